"""Rows of tables without lines: the figures that stand beside one another, and the label they belong to.

A label may be broken over several lines, beside a label of several rows that is broken as well, and lines at one
height need not belong together. But programs write a table cell by cell, row by row: what the source has between the
figures of one row and those of the next, line below line, is the next one's label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.pages.page import Box, Glyph, around
from gip_lint.readers.pages.text import TextLine, cell_text, first_word_width, text_line, text_of

COLUMN_GAP = 1.2  # of a character's height: what parts two cells
FIGURE_GAP = 0.3  # the same between two figures
TOUCHING = 0.15
SAME_LINE = 0.1
ALIGNED = 0.7  # in ems
FARTHEST_LINE = 2.4  # in ems, from one line of a cell to the next
NARROW_CELL = 10.0  # in ems; no paragraph is broken into lines so short
FEWEST_ROWS = 2
_ENUMERATOR = LazyPattern(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)")
# a figure as it stands in a cell, with its unit, or a mark in place of one
_FIGURE = LazyPattern(
    r"[+\-－]?\d[\d,，]*(?:[.．]\d+)?(?:%|％|件|项|[亿万]?元)?(?:[（(](?:单位[：:]?)?[亿万]?元[）)])?|[-－—–/／×]{1,3}|无"
)


class Cell(NamedTuple):
    """The text of one cell and the box around it."""

    text: str
    box: Box


class Row(NamedTuple):
    """The cells of a row from left to right, the box around them, and the size of its print."""

    cells: tuple[Cell, ...]
    left: float
    top: float
    right: float
    bottom: float
    em: float


def cells_of(line: TextLine | Row) -> tuple[Cell, ...]:
    """The parts of a line that may stand in different columns."""
    if isinstance(line, Row):
        return line.cells
    parts = list(runs(line.glyphs))
    if len(parts) == 1:
        return (Cell(line.text, line.box),)
    return tuple(Cell(text_of(part), text_line(part).box) for part in parts)


def is_figure(text: str) -> bool:
    """Whether a text is a figure as it stands in a cell, or a mark in place of one."""
    return _FIGURE.fullmatch(text) is not None


class _Piece(NamedTuple):
    """Characters that follow one another without a wide gap; `down` is set for those below one another."""

    text: str
    box: Box
    em: float
    glyphs: list[Glyph]
    down: bool = False

    @property
    def is_figure(self) -> bool:
        return is_figure(self.text)


def value_rows(glyphs: Sequence[Glyph]) -> tuple[list[Row], list[Glyph]]:
    """The rows among the characters, in the order of the source, and the characters outside them.

    None when there are fewer than `FEWEST_ROWS`, or when the source does not go down the page row by row.
    """
    pieces = _with_columns(glyphs)
    rows: list[Row] = []
    used: set[int] = set()
    i = 0
    while i < len(pieces):
        if not pieces[i].is_figure:
            i += 1
            continue
        end = i + 1
        while end < len(pieces) and pieces[end].is_figure and _stands_beside(pieces[end - 1], pieces[end]):
            end += 1
        first = _label_start(pieces, i, max(used, default=-1) + 1)
        if first < i or end - i > 1:
            rows.append(_row(pieces[first:i], pieces[i:end]))
            used.update(range(first, end))
        i = end
    if len(rows) < FEWEST_ROWS or any(below.top < above.top for above, below in pairwise(rows)):
        return [], list(glyphs)
    rest: list[Glyph] = []
    for first, end in _between(used, len(pieces)):
        headers, others = _header_rows(pieces[first:end])
        rows += headers
        rest += (glyph for piece in others for glyph in piece.glyphs)
    return rows, rest


def _between(used: set[int], count: int) -> Iterator[tuple[int, int]]:
    """The stretches without an index in use: first, and one past last."""
    start = None
    for i in range(count + 1):
        if i == count or i in used:
            if start is not None:
                yield start, i
            start = None
        elif start is None:
            start = i


def _header_rows(pieces: Sequence[_Piece]) -> tuple[list[Row], list[_Piece]]:
    """Rows of labels beside one another, one of them broken over several lines; and the other pieces.

    A label of several rows, printed down the page, is a row by itself.
    """
    rows: list[Row] = []
    others: list[_Piece] = []
    row: list[list[_Piece]] = []

    def settle() -> None:
        nonlocal row
        narrow = row and row[0][0].box.right - row[0][0].box.left < NARROW_CELL * row[0][0].em
        if any(len(column) > 1 for column in row) and (len(row) > 1 or narrow):
            rows.append(_row_of(row, row[0][0].em))
        else:
            others.extend(piece for column in row for piece in column)
        row = []

    for piece in pieces:
        if piece.down:
            rows.append(_row_of([[piece]], piece.em))
        elif row and _continues(row[-1][-1], piece) and _is_one_cell([*row[-1], piece], pieces):
            row[-1].append(piece)
        else:
            if row and not (piece.box.left > row[-1][-1].box.right and _overlaps(row, piece)):
                settle()
            row.append([piece])
    settle()
    return rows, others


def _is_one_cell(lines: Sequence[_Piece], pieces: Sequence[_Piece]) -> bool:
    """Whether lines below one another can be one cell's: each but the last one full, and nothing else among them."""
    widest = max(line.box.right - line.box.left for line in lines)
    for line, following in pairwise(lines):
        if line.box.right - line.box.left + first_word_width(text_line(following.glyphs)) < widest - 0.5 * line.em:
            return False
        if abs(line.em - following.em) > 0.1 * line.em:
            return False
    left, top, right, bottom = around([line.box for line in lines])
    return not any(
        piece.box.left < right and left < piece.box.right and piece.box.top < bottom - 1 and top + 1 < piece.box.bottom
        for piece in pieces
        if not any(piece is line for line in lines)
    )


def _overlaps(row: Sequence[Sequence[_Piece]], piece: _Piece) -> bool:
    """Whether the piece stands at the height of one of the row's cells."""
    top, bottom = piece.box.top, piece.box.bottom
    return any(column[0].box.top < bottom and top < column[-1].box.bottom for column in row)


def runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow one another in the source and on a line, without a gap as wide as between two cells."""
    piece: list[Glyph] = []
    for glyph in glyphs:
        if piece:
            before = piece[-1]
            height = glyph.bottom - glyph.top
            gap = glyph.left - before.right
            widest = (FIGURE_GAP if glyph.text.isdigit() and before.text.isdigit() else COLUMN_GAP) * height
            if abs(glyph.bottom - before.bottom) > 0.4 * height or not -0.7 * height < gap < widest:
                yield piece
                piece = []
        piece.append(glyph)
    if piece:
        yield piece


def _with_columns(glyphs: Sequence[Glyph]) -> list[_Piece]:
    """The pieces of the source, in its order; single characters below one another are one of them."""
    loose: list[list[Glyph]] = []
    down: list[list[Glyph]] = []
    run: list[Glyph] = []

    def settle() -> None:
        nonlocal run
        if len(run) > 2 and len({glyph.text for glyph in run}) > 2 and not all(glyph.text.isdigit() for glyph in run):
            down.append(run)
        else:
            loose.extend([glyph] for glyph in run)
        run = []

    for piece in runs(glyphs):
        if len(piece) == 1 and (not run or _runs_on(run, piece[0])):
            run += piece
            continue
        settle()
        if len(piece) == 1:
            run = piece
        else:
            loose.append(piece)
    settle()
    order = {id(glyph): i for i, glyph in enumerate(glyphs)}
    found = [_piece(piece) for piece in _mended(loose)]
    found += (_column_piece(run) for run in down)
    found.sort(key=lambda piece: min(order[id(glyph)] for glyph in piece.glyphs))
    return found


def _mended(pieces: Iterable[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Pieces that touch as one: a program may draw the characters of one font first, those of another into the gaps."""
    lines: list[list[list[Glyph]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].bottom):
        ground = lines[-1][0][0].bottom if lines else 0.0
        if lines and piece[0].bottom - ground < SAME_LINE * (piece[0].bottom - piece[0].top):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        whole: list[Glyph] = []
        right = 0.0
        for piece in sorted(line, key=lambda piece: min(glyph.left for glyph in piece)):
            if whole and min(glyph.left for glyph in piece) - right > TOUCHING * (piece[0].bottom - piece[0].top):
                yield whole
                whole = []
            right = max(right if whole else 0.0, *(glyph.right for glyph in piece))
            whole = whole + piece
        yield whole


def _piece(glyphs: list[Glyph]) -> _Piece:
    line = text_line(glyphs)
    return _Piece(line.text, line.box, line.em, glyphs)


def _column_piece(run: list[Glyph]) -> _Piece:
    box = around([Box(*glyph[1:5]) for glyph in run])
    return _Piece(cell_text(run, 0.0).text, box, text_line(run[:1]).em, run, down=True)


def _runs_on(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character stands below or above the one before, or begins the next column of such characters."""
    before = run[-1]
    size = before.bottom - before.top
    aside = abs(glyph.left + glyph.right - before.left - before.right) / 2
    if aside < 0.4 * size:
        return 0.6 * size < abs(glyph.top - before.top) < 2.2 * size
    top, bottom = min(one.top for one in run), max(one.bottom for one in run)
    return len(run) > 1 and aside < 2.2 * size and (abs(glyph.top - top) < size or abs(glyph.bottom - bottom) < size)


def _stands_beside(before: _Piece, piece: _Piece) -> bool:
    return piece.box.left > before.box.right and abs(piece.box.bottom - before.box.bottom) < 0.5 * piece.em


def _label_start(pieces: Sequence[_Piece], figures: int, least: int) -> int:
    """The index of the first piece of the label before these figures: lines up one column, then the one to its left."""
    first = figures
    _, top, _, bottom = pieces[figures].box
    right = pieces[figures].box.left
    while first > least and pieces[first - 1].box.right <= right + 0.5 and not pieces[first - 1].is_figure:
        start = first - 1
        while start > least and _continues(pieces[start - 1], pieces[start]):
            start -= 1
        box = around([piece.box for piece in pieces[start:first]])
        em = pieces[start].em
        if box.top > bottom + em or box.bottom < top - em:
            break  # it stands beside something else
        first = start
        right = box.left
    return first


def _continues(above: _Piece, piece: _Piece) -> bool:
    """Whether a line is the next one of the same cell."""
    em = piece.em
    pitch = piece.box.bottom - above.box.bottom
    if above.down or piece.down or not 0.7 * em < pitch < FARTHEST_LINE * em:
        return False
    if _ENUMERATOR.match(piece.text) or above.is_figure:
        return False
    left, right = piece.box.left - above.box.left, piece.box.right - above.box.right
    return min(abs(left), abs(right), abs(left + right) / 2) < ALIGNED * em


def _row(label: Sequence[_Piece], figures: Sequence[_Piece]) -> Row:
    columns: list[list[_Piece]] = []
    for piece in label:
        if columns and _continues(columns[-1][-1], piece):
            columns[-1].append(piece)
        else:
            columns.append([piece])
    return _row_of([*columns, *([piece] for piece in figures)], (*label, *figures)[0].em)


def _row_of(columns: Sequence[Sequence[_Piece]], em: float) -> Row:
    cells = tuple(
        Cell("".join(piece.text for piece in column), around([piece.box for piece in column])) for column in columns
    )
    return Row(cells, *around([cell.box for cell in cells]), em)
