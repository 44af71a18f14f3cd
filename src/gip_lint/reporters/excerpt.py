"""The excerpt of a finding: the line or row of the report, cut to what fits, the places at fault marked underneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from gip_lint.reporters.lines import Line, Span, clean

SEPARATOR = " │ "
BLANK = "□"
ELLIPSIS = "…"
_MOST_LINES = 6
_NEARBY = 10
_CONTEXT = 24  # columns kept on either side of a mark when a long paragraph is cut


class Piece(NamedTuple):
    """A character, or what stands for it, how wide it is, and whether it is marked."""

    text: str
    columns: int
    marked: bool
    style: str = ""


_CUT = Piece(ELLIPSIS, 1, False, "dim")


def excerpt_lines(excerpt: str, marks: Sequence[tuple[int, int]], columns: int, gutter: str, style: str) -> list[Line]:
    """The excerpt after its `gutter` (the line number), wrapped to `columns`, each line with carets under its marks.

    `marks` are half-open ranges; an empty range or one over nothing but spaces is a blank cell and is drawn as □.
    """
    room = max(columns - cell_len(gutter) - 3, 10)
    rows = _rows(_shortened(drawn_pieces(excerpt, marks), room), room)
    if len(rows) > _MOST_LINES:
        rows = [*rows[: _MOST_LINES - 1], [_CUT]]
    lines: list[Line] = []
    for number, row in enumerate(rows):
        head = gutter if number == 0 else " " * cell_len(gutter)
        lines.append((Span(f"{head} │ ", "dim"), *_styled(row, style)))
        carets = "".join(("^" if piece.marked else " ") * piece.columns for piece in row).rstrip(" ")
        if carets:
            lines.append((Span(" " * cell_len(gutter) + " │ ", "dim"), Span(carets, style)))
    return lines


def drawn_pieces(excerpt: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    """The excerpt character by character, cleaned, its blanks and separators drawn."""
    starts = {start: end for start, end in marks if not excerpt[start:end].strip(" \t\u3000\xa0")}
    marked = {i for start, end in marks for i in range(start, end)}
    first = len(excerpt) - len(excerpt.lstrip(" \u3000\xa0\t"))
    text = clean(excerpt)  # as long as the excerpt itself
    pieces: list[Piece] = []
    skip_to = 0
    for i in range(len(excerpt) + 1):
        if i in starts:
            pieces.append(Piece(BLANK, 1, True))
            # Spaces of the blank itself are replaced by the box, a separator after it is kept.
            skip_to = max(skip_to, i + len(excerpt[i : starts[i]].split("\t", 1)[0]))
        if i < skip_to or i == len(excerpt):
            continue
        if excerpt[i] == "\t":
            if i >= first or any(start <= i for start in starts):
                pieces.append(Piece(SEPARATOR, len(SEPARATOR), False, "dim"))
        elif i >= first or i in marked:
            char = text[i]
            pieces.append(Piece(char, get_character_cell_size(char), i in marked))
    return pieces


def _shortened(pieces: list[Piece], room: int) -> list[Piece]:
    """The pieces themselves when they fit on three lines, else what stands around the marks."""
    if sum(piece.columns for piece in pieces) <= 3 * room:
        return pieces
    marked = [i for i, piece in enumerate(pieces) if piece.marked]
    if not marked:
        return [*_from_left(pieces, 2 * room), _CUT]
    keep: set[int] = set()
    for i in marked:
        for step in (-1, 1):
            columns, at = 0, i
            while 0 <= at < len(pieces) and columns <= _CONTEXT:
                keep.add(at)
                columns += pieces[at].columns
                at += step
    shortened: list[Piece] = []
    last = -1
    for i in sorted(keep):
        if i != last + 1:
            shortened.append(_CUT)
        shortened.append(pieces[i])
        last = i
    if last != len(pieces) - 1:
        shortened.append(_CUT)
    return shortened


def _from_left(pieces: list[Piece], room: int) -> list[Piece]:
    columns = 0
    for i, piece in enumerate(pieces):
        columns += piece.columns
        if columns > room:
            return pieces[:i]
    return pieces


def _rows(pieces: list[Piece], room: int) -> list[list[Piece]]:
    rows: list[list[Piece]] = [[]]
    used = 0
    for piece in pieces:
        if used + piece.columns > room and rows[-1]:
            row = rows[-1]
            # A row of figures breaks between two cells, not inside a figure.
            nearby = range(len(row) - 1, max(len(row) - _NEARBY, 0), -1)
            gap = next((i for i in nearby if not row[i].text.strip(" ")), len(row) - 1)
            rows[-1] = row[: gap + 1]
            rows.append(row[gap + 1 :])
            used = sum(piece.columns for piece in rows[-1])
        rows[-1].append(piece)
        used += piece.columns
    return [_stripped(row) for row in rows]


def _stripped(row: list[Piece]) -> list[Piece]:
    start = next((i for i, piece in enumerate(row) if piece.text != " "), 0)
    return row[start:]


def _styled(row: list[Piece], style: str) -> list[Span]:
    spans: list[Span] = []
    for piece in row:
        name = style if piece.marked else piece.style
        if spans and spans[-1].style == name:
            spans[-1] = Span(spans[-1].text + piece.text, name)
        else:
            spans.append(Span(piece.text, name))
    return spans
