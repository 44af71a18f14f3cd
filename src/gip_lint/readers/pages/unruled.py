"""Rows of tables without lines: the figures that stand beside one another, and the label they belong to.

A label may be broken over several lines, beside a label of several rows that is broken as well, and lines at one
height need not belong together. But programs write a table cell by cell, row by row: what the source has between the
figures of one row and those of the next, line below line, is the next one's label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from gip_lint.readers.pages.columns import Cell, Row, is_figure, runs
from gip_lint.readers.pages.page import Box, Glyph, around
from gip_lint.readers.pages.text import ENUMERATOR, cell_text, first_word_width, text_line, text_of

TOUCHING = 0.15  # of a character's height
SAME_LINE = 0.1
ALIGNED = 0.7  # in ems
FARTHEST_LINE = 2.4  # in ems, from one line of a cell to the next
NARROW_CELL = 10.0  # in ems; no paragraph is broken into lines so short
RECENT = 2  # cells that a program may be writing at once, one character a line
FEWEST_ROWS = 2
FEWEST_FIGURES = 4  # of the only row of a table


class _Piece(NamedTuple):
    """Characters that follow one another on a line without a wide gap."""

    text: str
    box: Box
    em: float
    glyphs: list[Glyph]


class _Cell:
    """Pieces below one another that may be the lines of one cell, while the source is gone through."""

    __slots__ = ("box", "em", "lines")

    def __init__(self, *lines: _Piece) -> None:
        self.lines = list(lines)
        self.box = around([line.box for line in lines])
        self.em = lines[0].em

    @property
    def glyphs(self) -> list[Glyph]:
        return [glyph for line in self.lines for glyph in line.glyphs]

    @property
    def is_figure(self) -> bool:
        return len(self.lines) == 1 and is_figure(self.lines[0].text)

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2

    def parted(self, middles: Sequence[float]) -> list[_Cell]:
        """Two cells where lines over one column stand below some over several; `middles` are those of the columns."""
        spans = [_count_of(line.box, middles) > 1 for line in self.lines]
        narrow = spans.index(False) if False in spans else 0
        if not narrow or any(spans[narrow:]):
            return [self]
        return [_Cell(*self.lines[:narrow]), _Cell(*self.lines[narrow:])]

    @property
    def is_printed_down(self) -> bool:
        """Whether its characters stand below one another, and are no figures of different rows."""
        texts = [line.text for line in self.lines]
        return (
            len(texts) > 2
            and all(len(line.glyphs) == 1 for line in self.lines)
            and len(set(texts)) > 2
            and not all(text.isdigit() for text in texts)
        )

    def cell(self) -> Cell:
        """What it comes to."""
        if self.is_printed_down:
            return Cell(cell_text(self.glyphs, 0.0).text, self.box)
        return Cell("".join(line.text for line in self.lines), self.box)

    def take(self, lines: Sequence[_Piece]) -> bool:
        """Take the next lines of this cell; False if they are none."""
        if not self._continues_with(lines[0]):
            return False
        self.lines += lines
        self.box = around([line.box for line in self.lines])
        return True

    def _continues_with(self, piece: _Piece) -> bool:
        last = self.lines[-1]
        pitch = piece.box.bottom - last.box.bottom
        if self.is_figure or ENUMERATOR.match(piece.text) or (is_figure(piece.text) and not piece.text.isalpha()):
            return False
        if len(piece.glyphs) == len(last.glyphs) == 1:  # print turned to the left goes up
            goes_up = len(self.lines) > 1 and last.box.top < self.lines[-2].box.top
            pitch = -pitch if goes_up or (len(self.lines) == 1 and pitch < 0) else pitch
        if not 0.7 * piece.em < pitch < FARTHEST_LINE * piece.em:
            return False
        return any(_are_aligned(box, piece.box, ALIGNED * piece.em) for box in (last.box, self.box))


def _count_of(box: Box, middles: Iterable[float]) -> int:
    """How many of these places from left to right a box covers."""
    return sum(box.left < middle < box.right for middle in middles)


def _are_aligned(above: Box, box: Box, most: float) -> bool:
    left, right = box.left - above.left, box.right - above.right
    return min(abs(left), abs(right), abs(left + right) / 2) < most


def value_rows(glyphs: Sequence[Glyph]) -> tuple[list[Row], list[Glyph]]:
    """The rows among the characters, in the order of the source, and the characters outside them.

    None when they are too few to make a table, or when the source does not go down the page row by row.
    """
    cells = _cells(_pieces(glyphs))
    found = list(_rows_of_figures(cells))
    rows = [_row(cells[row.first : row.end]) for row in found]
    longest = max((len(row.figures) for row in found), default=0)
    bare = sum(cells[row.first].is_figure for row in found)
    if (
        (len(rows) < FEWEST_ROWS and longest < FEWEST_FIGURES)
        or (bare >= FEWEST_ROWS and 2 * bare > len(found))  # the labels were written at another time
        or any(below.top < above.top for above, below in pairwise(rows))
    ):
        return [], list(glyphs)
    used = {i for row in found for i in range(row.first, row.end)}
    rest: list[Glyph] = []
    for first, end in _between(used, len(cells)):
        below = next((row for row in found if row.first == end), None)
        if below is None:  # what follows the last row is no header
            rest += (glyph for cell in cells[first:end] for glyph in cell.glyphs)
            continue
        labels, others = _column_labels(cells[first:end], below)
        if labels:
            rows.append(_row(labels))
        headers, others = _header_rows(others)
        rows += headers
        rest += (glyph for cell in others for glyph in cell.glyphs)
    return rows, rest


class _FiguresOfARow(NamedTuple):
    """Figures beside one another, and where their label ends on the right.

    `first` is the index of the first cell of the label, `end` one past that of the last figure.
    """

    first: int
    end: int
    figures: Sequence[_Cell]
    label_end: float


def _rows_of_figures(cells: Sequence[_Cell]) -> Iterator[_FiguresOfARow]:
    used = 0
    i = 0
    while i < len(cells):
        if not cells[i].is_figure:
            i += 1
            continue
        end = i + 1
        while end < len(cells) and cells[end].is_figure and _stands_beside(cells[end - 1], cells[end]):
            end += 1
        first = _label_start(cells, i, used)
        if first < i or end - i > 1:
            label_end = max((cell.box.right for cell in cells[first:i]), default=cells[i].box.left - cells[i].em)
            yield _FiguresOfARow(first, end, cells[i:end], label_end)
            used = end
        i = end


def _column_labels(cells: Sequence[_Cell], row: _FiguresOfARow) -> tuple[list[_Cell], list[_Cell]]:
    """The label right above each figure of a row, from left to right, and the other cells of the header.

    No labels where it is not plain which they are.
    """
    if len(row.figures) < FEWEST_FIGURES:
        return [], list(cells)
    middles = [figure.middle for figure in row.figures]
    spacing = min(right - left for left, right in pairwise(middles))
    above: list[_Cell] = []
    others: list[_Cell] = []
    for cell in cells:
        if cell.middle < row.label_end:
            others.append(cell)
            continue
        for part in cell.parted(middles):
            # A program may write such a label in two goes.
            if len(above) > 1 and _count_of(above[-2].box, middles) == 1 and above[-2].take(part.lines):
                continue
            above.append(part)
    labels = [
        cell
        for cell in above
        if not any(
            other.box.top >= cell.box.bottom - 1 and other.box.left < cell.box.right and cell.box.left < other.box.right
            for other in above
        )
    ]
    labels.sort(key=lambda cell: cell.middle)
    if len(labels) != len(row.figures) or any(
        abs(label.middle - figure.middle) > spacing for label, figure in zip(labels, row.figures, strict=True)
    ):
        return [], list(cells)
    return labels, [*others, *(cell for cell in above if cell not in labels)]


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


def _header_rows(cells: Sequence[_Cell]) -> tuple[list[Row], list[_Cell]]:
    """Rows of labels beside one another, one of them broken over several lines or printed down; and the other cells."""
    rows: list[Row] = []
    others: list[_Cell] = []
    row: list[_Cell] = []

    def settle() -> None:
        nonlocal row
        narrow = row and row[0].box.right - row[0].box.left < NARROW_CELL * row[0].em
        if any(len(cell.lines) > 1 for cell in row) and (len(row) > 1 or narrow):
            rows.append(_row(row))
        else:
            others.extend(row)
        row = []

    for cell in cells:
        if len(cell.lines) > 1 and not (cell.is_printed_down or _is_one_cell(cell, cells)):
            settle()
            others.append(cell)
            continue
        if row and not (cell.box.left > row[-1].box.right and _overlaps(row, cell)):
            settle()
        row.append(cell)
    settle()
    return rows, others


def _is_one_cell(cell: _Cell, cells: Sequence[_Cell]) -> bool:
    """Whether lines below one another can be one cell's: each but the last one full, and nothing else among them."""
    widest = max(line.box.right - line.box.left for line in cell.lines)
    for line, following in pairwise(cell.lines):
        if line.box.right - line.box.left + first_word_width(text_line(following.glyphs)) < widest - 0.5 * line.em:
            return False
        if abs(line.em - following.em) > 0.1 * line.em:
            return False
    left, top, right, bottom = cell.box
    return not any(
        other.box.left < right and left < other.box.right and other.box.top < bottom - 1 and top + 1 < other.box.bottom
        for other in cells
        if other is not cell
    )


def _overlaps(row: Sequence[_Cell], cell: _Cell) -> bool:
    """Whether the cell stands at the height of one of the row's cells."""
    return any(other.box.top < cell.box.bottom and cell.box.top < other.box.bottom for other in row)


def _cells(pieces: Iterable[_Piece]) -> list[_Cell]:
    """The pieces of the source as cells, in the order in which the cells were begun."""
    cells: list[_Cell] = []
    recent: list[_Cell] = []
    for piece in pieces:
        single = len(piece.glyphs) == 1
        taking = next((cell for i, cell in enumerate(recent) if (i == 0 or single) and cell.take([piece])), None)
        if taking is None:
            taking = _Cell(piece)
            cells.append(taking)
        else:
            recent.remove(taking)
        recent = [taking, *recent[: RECENT - 1]]
    return _with_labels_in_columns(cells)


def _with_labels_in_columns(cells: Sequence[_Cell]) -> list[_Cell]:
    """Labels printed down in several columns made one.

    Columns of one label that goes down the page follow one another to the left: what stands to the right is another
    label. It is the other way round where the print is turned to the left and goes up.
    """
    whole: list[_Cell] = []
    for cell in cells:
        before = whole[-1] if whole else None
        if before and before.is_printed_down and len(cell.lines[0].glyphs) == 1 and _is_next_column(before, cell):
            before.lines += cell.lines
            before.box = around((before.box, cell.box))
        else:
            whole.append(cell)
    return whole


def _is_next_column(label: _Cell, cell: _Cell) -> bool:
    if any(len(line.glyphs) > 1 for line in cell.lines):
        return False
    last, first = label.lines[-1].box, cell.lines[0].box
    aside = (first.left + first.right - last.left - last.right) / 2
    goes_down = label.lines[1].box.top > label.lines[0].box.top
    if not 0.4 * cell.em < abs(aside) < 2.2 * cell.em or (aside < 0) != goes_down:
        return False
    return abs(cell.box.top - label.box.top) < cell.em or abs(cell.box.bottom - label.box.bottom) < cell.em


def _pieces(glyphs: Sequence[Glyph]) -> list[_Piece]:
    """The pieces of the source, in its order."""
    order = {id(glyph): i for i, glyph in enumerate(glyphs)}
    found = [_piece(piece) for piece in _mended(list(runs(glyphs)))]
    found.sort(key=lambda piece: min(order[id(glyph)] for glyph in piece.glyphs))
    return found


def _mended(pieces: Sequence[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Pieces that touch as one: a program may draw the characters of one font first, those of another into the gaps.

    Where it does so with a line and not with a page, such pieces follow one another in the source. Figures drawn one
    after another with nothing between them are those of a row, whatever they touch.
    """
    page_by_fonts = not any(map(_mixes_scripts, pieces))
    lines: list[list[tuple[int, list[Glyph]]]] = []
    for place, piece in sorted(enumerate(pieces), key=lambda placed: placed[1][0].bottom):
        ground = lines[-1][0][1][0].bottom if lines else 0.0
        if lines and piece[0].bottom - ground < SAME_LINE * (piece[0].bottom - piece[0].top):
            lines[-1].append((place, piece))
        else:
            lines.append([(place, piece)])
    for line in lines:
        line.sort(key=lambda placed: min([glyph.left for glyph in placed[1]]))
        of_a_row = _figures_of_a_row(line)
        whole: list[Glyph] = []
        places: list[int] = []
        for place, piece in line:
            if whole:
                gap = min([glyph.left for glyph in piece]) - max([glyph.right for glyph in whole])
                touches = gap <= TOUCHING * (piece[0].bottom - piece[0].top)
                follows = page_by_fonts or any(abs(place - other) == 1 for other in places)
                if not (touches and follows) or place in of_a_row or places[-1] in of_a_row:
                    yield whole
                    whole, places = [], []
            whole = whole + piece
            places.append(place)
        yield whole


def _mixes_scripts(glyphs: Sequence[Glyph]) -> bool:
    """Whether Chinese characters and figures or letters follow one another: they were not drawn font by font."""
    return any(
        before.text.isalnum() and glyph.text.isalnum() and before.text.isascii() is not glyph.text.isascii()
        for before, glyph in pairwise(glyphs)
    )


def _figures_of_a_row(line: Sequence[tuple[int, list[Glyph]]]) -> set[int]:
    """The places in the source of figures that are neighbours on a line, from left to right, as they are there."""
    found: set[int] = set()
    for (before, left), (place, right) in pairwise(line):
        if place == before + 1 and is_figure(text_of(left)) and is_figure(text_of(right)):
            found.update((before, place))
    return found


def _piece(glyphs: list[Glyph]) -> _Piece:
    line = text_line(glyphs)
    return _Piece(line.text, line.box, line.em, glyphs)


def _stands_beside(before: _Cell, cell: _Cell) -> bool:
    return cell.box.left > before.box.right and abs(cell.box.bottom - before.box.bottom) < 0.5 * cell.em


def _label_start(cells: Sequence[_Cell], figures: int, least: int) -> int:
    """The index of the first cell of the label before these figures: one cell, then the one to its left."""
    first = figures
    _, top, right, bottom = cells[figures].box
    right = cells[figures].box.left
    while first > least:
        cell = cells[first - 1]
        if cell.is_figure or cell.box.right > right + 0.5:
            break
        if cell.box.top > bottom + cell.em or cell.box.bottom < top - cell.em:
            break  # it stands beside something else
        first -= 1
        right = cell.box.left
    return first


def _row(cells: Sequence[_Cell]) -> Row:
    made = tuple(cell.cell() for cell in cells)
    return Row(made, *around([cell.box for cell in made]), cells[0].em)
