"""Tables drawn with characters, +---+---+ or ┌──┬──┐: merged cells and text wrapped inside them are read whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from gip_lint.document import GridCell
from gip_lint.lazy_pattern import LazyPattern

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("│┃║｜", "|"),
        **dict.fromkeys("─━═╌╍┄┅┈┉=", "-"),
        **dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯┏┳┓┣╋┫┗┻┛╓╥╖╟╫╢╙╨╜╒╤╕╞╪╡╘╧╛┠┨┯┷┿┝┥┰┸╂", "+"),
    }
)
_TOP = LazyPattern(r"\s*\+-[-+:]*\+\s*")
_EDGE = LazyPattern(r"\||(?<=-)\+|\+(?=-)")
_BORDER = LazyPattern(r":?-+:?")


class _ByWidth(dict[str, int]):
    """One number for characters of some East Asian widths, another for the rest; looked up once each."""

    def __init__(self, widths: str, inside: int, outside: int) -> None:
        super().__init__()
        self._of = widths, inside, outside

    def __missing__(self, char: str) -> int:
        widths, inside, outside = self._of
        self[char] = number = inside if east_asian_width(char) in widths else outside
        return number


_WIDTH = _ByWidth("WF", 2, 1)
_UNSURE = _ByWidth("A", 1, 0)


class _Segment(NamedTuple):
    """What stands between two edges of one line; `start` and `end` are the edges' display columns."""

    start: int
    end: int
    text: str
    at: int  # index in the line


class _Cell:
    """A cell while its lines are read."""

    __slots__ = ("column", "line", "row", "start", "texts")

    def __init__(self, row: int, start: int, line: int, column: int) -> None:
        self.row = row
        self.start = start
        self.line = line
        self.column = column
        self.texts: list[str] = []


def drawn_table(lines: Sequence[str], start: int) -> tuple[list[tuple[GridCell, ...]], int] | None:
    """The rows of the table whose upper border is that line, and the index of the line after it.

    None when no table begins there, or its lines do not fit together.
    """
    top = lines[start].translate(_PLAIN)
    if not _TOP.fullmatch(top):
        return None
    end = start
    drawn: list[str] = []
    while end < len(lines) and (plain := lines[end].translate(_PLAIN)).lstrip()[:1] in ("|", "+"):
        if end > start + 1 and _TOP.fullmatch(plain) and _TOP.fullmatch(drawn[-1]):
            break  # the next table follows at once
        drawn.append(plain)
        end += 1
    edges = sorted(
        {
            position
            for line in drawn
            if "-+" in line or "+-" in line
            for sure in (_sure_length(line),)
            for position, index in _positions(line)
            if index <= sure and line[index] == "+"
        }
    )
    reading = _Reading()
    for number, (line, plain) in enumerate(zip(lines[start:end], drawn, strict=True), start + 1):
        segments = _segments(line, plain, edges)
        if segments is None or not reading.take(segments, number):
            return None
    return reading.rows(), end


class _Reading:
    """The cells of one table, those still open by their place."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int], _Cell] = {}
        self._cells: list[_Cell] = []
        self._row = 0

    def take(self, segments: Sequence[_Segment], number: int) -> bool:
        """Take one line; False when it does not fit to those above it."""
        borders = [segment for segment in segments if _BORDER.fullmatch(segment.text)]
        if borders:
            self._row += 1
            for start, end in list(self._open):
                if any(border.start <= start < border.end for border in borders):
                    del self._open[start, end]
        for segment in segments:
            if segment in borders:
                continue
            place = segment.start, segment.end
            cell = self._open.get(place)
            if cell is None:
                if any(start < segment.end and segment.start < end for start, end in self._open):
                    return False
                cell = self._open[place] = _Cell(self._row, segment.start, number, segment.at + 1)
                self._cells.append(cell)
            text = segment.text.strip()
            if text:
                if not cell.texts:
                    cell.line, cell.column = number, segment.at + segment.text.index(text) + 1
                cell.texts.append(text)
        return True

    def rows(self) -> list[tuple[GridCell, ...]]:
        """What was read, a merged cell in the row where it begins."""
        rows: dict[int, list[_Cell]] = {}
        for cell in self._cells:
            rows.setdefault(cell.row, []).append(cell)
        return [
            tuple(
                GridCell("\n".join(cell.texts), cell.line, cell.column)
                for cell in sorted(rows[row], key=lambda cell: cell.start)
            )
            for row in sorted(rows)
        ]


def _segments(line: str, plain: str, edges: Sequence[int]) -> list[_Segment] | None:
    """What stands between the edges of a line; None when they are not those of the borders.

    Programs do not agree on the width of characters such as “ and ·: each may shift the edges behind it by a column.
    """
    found = []
    shift = 0
    before: tuple[int, int] | None = None
    for position, index in _positions(plain):
        unsure = 0 if before is None else sum(map(_UNSURE.__getitem__, plain[before[1] : index]))
        expected = position + shift
        following = bisect_left(edges, expected)
        known = min(edges[max(following - 1, 0) : following + 1], key=lambda edge: abs(edge - expected))
        if abs(known - expected) > unsure:
            return None
        shift = known - position
        if before is not None:
            is_border = plain[before[1] : index].strip(":-") == ""
            text = (plain if is_border else line)[before[1] : index]
            found.append(_Segment(before[0], known, text, before[1]))
        before = known, index + 1
    if before is None or not found or (found[0].start, before[0]) != (edges[0], edges[-1]):
        return None
    return found


def _positions(plain: str) -> list[tuple[int, int]]:
    """The edges in a line: display column and index."""
    found = []
    width = at = 0
    for edge in _EDGE.finditer(plain):
        width += _width(plain[at : edge.start()])
        found.append((width, edge.start()))
        at = edge.start()
    return found


def _sure_length(plain: str) -> int:
    """How far the columns of a line are certain."""
    return next((index for index, char in enumerate(plain) if _UNSURE[char]), len(plain))


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_WIDTH.__getitem__, text))
