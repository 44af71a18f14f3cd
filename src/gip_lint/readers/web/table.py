"""Tables of web pages: which column every cell stands in, and whether a table holds data or only lays out the page.

The columns follow "forming a table" of the HTML standard: cells that span rows push the cells of the rows below to
the right, spans end with their row group, and the rows of `tfoot` come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.composition import MAX_CELLS, too_many_cells
from gip_lint.readers.web.block import (
    Block,
    Box,
    LinesBlock,
    TableBlock,
    TableRow,
    TextBlock,
    Unread,
    squeezed,
)
from gip_lint.readers.web.marks import CELL, CELL_END, FIELD, FOOT, GROUP, HEAD, LINE, ROW, ROW_END, TOKEN

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDEST_SPAN = 1000
HIGHEST_SPAN = 65534
MOST_PLACES = 3_000_000  # covered by spans and walked over; no table of any office comes near
LEAST_PROSE = 200  # characters in one cell: an article stands in it

_NUMBER = LazyPattern(r"[ \t\n\f\r]*\+?(\d+)")
_ORDER = {"thead": 0, "tfoot": 2}  # the first head is shown first, every foot last
_GROUPS = {HEAD: "thead", FOOT: "tfoot", GROUP: "tbody"}
_BLANK = f" \n\r\t\f\xa0{LINE}"

# The rows (None: down to the end of the row group) and columns that a cell covers.
Span: TypeAlias = tuple[int | None, int]
# The cells of a row before their columns are known: texts, lines and spans (None: each covers its own place alone).
MetRow: TypeAlias = tuple[Sequence[str], Sequence[int], Sequence[Span] | None]
_ONE: Span = (1, 1)
_Row = TypeVar("_Row")


def span_of(rows: str | None, columns: str | None) -> Span:
    """What a cell covers by its `rowspan` and `colspan`."""
    return _span(rows, HIGHEST_SPAN, 0) or None, _span(columns, WIDEST_SPAN, 1)


def _span(value: str | None, highest: int, zero: int) -> int:
    """A span as browsers read it: the digits at the beginning; `zero` stands for 0, nonsense is 1."""
    number = _NUMBER.match(value) if value else None
    if number is None:
        return 1
    digits = number[1].lstrip("0")
    if not digits:
        return zero
    return highest if len(digits) > 6 else min(int(digits), highest)


class _RowGroups(Generic[_Row]):
    """The rows of a table in groups; a row outside of any stands in one of its own kind."""

    def __init__(self) -> None:
        self._groups: list[tuple[int, list[_Row]]] = []
        self._open: list[_Row] | None = None

    def begin(self, tag: str) -> None:
        """`thead`, `tbody` or `tfoot` begins."""
        first_head = tag != "thead" or all(order != 0 for order, _ in self._groups)
        self._open = []
        self._groups.append((_ORDER.get(tag, 1) if first_head else 1, self._open))

    def end(self) -> None:
        """The group at hand ends."""
        self._open = None

    def add(self, row: _Row) -> None:
        """Add a row to the group at hand."""
        if self._open is None:
            self.begin("")
            assert self._open is not None
        self._open.append(row)

    def shown(self) -> list[list[_Row]]:
        """All of them in the order in which a browser shows them."""
        return [rows for _, rows in sorted(self._groups, key=lambda group: group[0])]


# --- tables of words alone -------------------------------------------------------------------------------------------


def plain_rows(stream: str, table: _Element) -> tuple[TableRow, ...] | None:
    """The rows of a data table that is told by the words in it; None when that is too little.

    Raises `UnreadableFile` when it is too large.
    """
    cells = list(table.iter("td", "th"))
    if len(cells) > MAX_CELLS:
        raise too_many_cells()
    if TOKEN in stream or stream.count(CELL) != len(cells):
        return None
    parts = stream.replace(CELL_END, CELL).split(CELL)
    texts = [text if text.isalnum() else _words(text) for text in map(str.strip, parts[1::2], repeat(_BLANK))]
    lines: list[int] = [cell.sourceline or 1 for cell in cells]  # type: ignore[misc]
    groups = _RowGroups[MetRow]()
    first = 0
    spanning = False
    for end, between in enumerate(parts[::2]):
        if not between or between.isspace():
            continue
        for mark in between:
            if mark == ROW:
                first = end
                spanning = False
            elif mark == FIELD:
                spanning = True
            elif mark == ROW_END:
                spans = None
                if spanning:
                    spans = [span_of(cell.get("rowspan"), cell.get("colspan")) for cell in cells[first:end]]
                groups.add((texts[first:end], lines[first:end], spans))
            elif mark in _GROUPS:
                groups.begin(_GROUPS[mark])
            elif mark not in _BLANK:
                return None  # text beside the cells
    shown = groups.shown()
    written = "".join(texts)
    if _is_layout(shown) or any(mark in written for mark in (ROW, *_GROUPS)):
        return None  # rows in cells
    return tuple(_placed(shown))


def _words(text: str) -> str:
    if LINE not in text and "\n" not in text:
        return " ".join(text.split())
    lines = ["".join([words for words, _ in squeezed([(line, 1)])]) for line in text.split(LINE)]
    return "\n".join(filter(None, lines))


# --- all others ------------------------------------------------------------------------------------------------------


class Cell:
    """A cell while the page is read; `flow` is what stands in it."""

    __slots__ = ("box", "flow", "line", "span")

    def __init__(self, box: Box, line: int, span: Span) -> None:
        self.box = box
        self.line = line
        self.span = span
        self.flow: list[Block] = []

    def text(self) -> str:
        """What is written in it, line by line."""
        return "\n".join([block.text for block in self.flow if isinstance(block, TextBlock | LinesBlock)])


class OpenTable:
    """A table while the page is read. Rows and cells end with the boxes that they began with, or when others begin."""

    def __init__(self, outside: list[Block], box: Box) -> None:
        self.outside = outside  # the flow in which it stands
        self.cell: Cell | None = None
        self._box = box
        self._groups = _RowGroups[list[Cell]]()
        self._group_box: Box | None = None
        self._row: list[Cell] | None = None
        self._row_box: Box | None = None
        self._count = 0

    def begin_group(self, box: Box) -> None:
        """`thead`, `tbody` or `tfoot` begins."""
        self._leave_row()
        self._groups.begin(box.tag)
        self._group_box = box

    def end_group(self, box: Box) -> None:
        """A row group ends; the one at hand if it is that."""
        if box is self._group_box:
            self._leave_row()
            self._groups.end()
            self._group_box = None

    def begin_row(self, box: Box | None) -> None:
        """A row begins."""
        self._leave_row()
        self._row = []
        self._row_box = box
        self._groups.add(self._row)

    def end_row(self, box: Box) -> None:
        """A row ends; the one at hand if it is that."""
        if box is self._row_box:
            self._leave_row()

    def _leave_row(self) -> None:
        self.cell = self._row = self._row_box = None

    def begin_cell(self, cell: Cell) -> None:
        """A cell begins; without a row it stands in one of its own. Raises `UnreadableFile` when there are too many."""
        self._count += 1
        if self._count > MAX_CELLS:
            raise too_many_cells()
        if self._row is None:
            self.begin_row(None)
            assert self._row is not None
        self._row.append(cell)
        self.cell = cell

    def end_cell(self, box: Box) -> None:
        """A cell ends; the one at hand if it is that."""
        if self.cell is not None and self.cell.box is box:
            self.cell = None

    def blocks(self) -> Iterator[Block]:
        """What the table comes to: itself, or the contents of its cells when it only lays out the page."""
        groups = self._groups.shown()
        met = [[_met(row) for row in rows] for rows in groups]
        inside = [block for rows in groups for row in rows for cell in row for block in cell.flow]
        if _is_layout(met) or any(isinstance(block, TableBlock) for block in inside):
            yield from inside
            return
        unread = [block for block in inside if isinstance(block, Unread)]
        linked = sum(block.linked for block in inside if not isinstance(block, Unread))
        yield TableBlock(tuple(_placed(met)), linked, self._box)
        yield from unread


def _met(row: Sequence[Cell]) -> MetRow:
    return [cell.text().strip() for cell in row], [cell.line for cell in row], [cell.span for cell in row]


# --- all tables ------------------------------------------------------------------------------------------------------


def _is_layout(groups: Sequence[Sequence[MetRow]]) -> bool:
    """Whether the table has one column only, or an article in one of its cells."""
    rows = [texts for group in groups for texts, _, _ in group]
    if all(len(texts) <= 1 for texts in rows):
        return True
    longest = max([len(max(texts, key=len)) for texts in rows if texts])
    return longest > LEAST_PROSE and longest * 2 > sum([len(text) for texts in rows for text in texts])


def _placed(groups: Sequence[Sequence[MetRow]]) -> Iterator[TableRow]:
    """The rows with the column of every cell. Raises `UnreadableFile` when the spans cover too much."""
    walked = 0
    for rows in groups:
        covered: dict[int, int] = {}  # column → the row below the last one that a cell above covers
        for number, (texts, lines, spans) in enumerate(rows):
            if spans is None and not covered:
                yield texts, lines, range(len(texts))
                continue
            positions = []
            column = 0
            for height, width in spans or repeat(_ONE, len(texts)):
                while covered.get(column, 0) > number:
                    column += 1
                    walked += 1
                positions.append(column)
                if height != 1:
                    below = len(rows) if height is None else number + height
                    for place in range(column, column + width):
                        covered[place] = max(covered.get(place, 0), below)
                    walked += width
                column += width
                if walked > MOST_PLACES:
                    raise too_many_cells()
            yield texts, lines, positions
