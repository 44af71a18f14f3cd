"""Tables of web pages: which column every cell stands in, and whether a table holds data or only lays out the page.

The columns follow "forming a table" of the HTML standard: cells that span rows push the cells of the rows below to
the right, spans end with their row group, and the rows of `tfoot` come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.composition import MAX_CELLS, too_many_cells
from gip_lint.readers.web.block import (
    Block,
    LinesBlock,
    Stretch,
    TableBlock,
    TableCell,
    TextBlock,
    Unread,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

WIDEST_SPAN = 1000
HIGHEST_SPAN = 65534
MOST_PLACES = 3_000_000  # covered by spans and walked over; no table of any office comes near
LEAST_PROSE = 200  # characters in one cell: an article stands in it

_NUMBER = LazyPattern(r"[ \t\n\f\r]*\+?(\d+)")
_ORDER = {"thead": 0, "tfoot": 2}  # the first head is shown first, every foot last


def span(value: str | None, highest: int, zero: int = 1) -> int:
    """A span as browsers read it: the digits at the beginning; `zero` stands for 0, nonsense is 1."""
    number = _NUMBER.match(value) if value else None
    if number is None:
        return 1
    digits = number[1].lstrip("0")
    if not digits:
        return zero
    return highest if len(digits) > 6 else min(int(digits), highest)


class Cell:
    """A cell while the page is read; `flow` is what stands in it, or `text` alone where that is all there is."""

    __slots__ = ("columns", "element", "flow", "line", "rows", "text")

    def __init__(self, element: _Element, line: int, text: str | None = None) -> None:
        self.element = element
        self.line = line
        self.text = text
        rows, columns = element.get("rowspan"), element.get("colspan")
        # None: down to the end of the row group
        self.rows = 1 if rows is None else span(rows, HIGHEST_SPAN, 0) or None
        self.columns = 1 if columns is None else span(columns, WIDEST_SPAN)
        self.flow: list[Block] = []

    def written(self) -> str:
        """The text of the cell, line by line."""
        if self.text is not None:
            return self.text
        return "\n".join([block.text for block in self.flow if isinstance(block, TextBlock | LinesBlock)])

    def blocks(self) -> Sequence[Block]:
        """What stands in the cell when it is no part of a table."""
        if self.text:
            return [TextBlock((Stretch(self.text, self.line),), 0, self.element)]
        return self.flow


class OpenTable:
    """A table while the page is read: row groups of rows of cells."""

    def __init__(self, element: _Element, container: _Element) -> None:
        self.element = element
        self.container = container
        self.cell: Cell | None = None
        self._groups: list[tuple[int, list[list[Cell]]]] = []
        self._group: list[list[Cell]] | None = None
        self._group_element: _Element | None = None
        self._row: list[Cell] | None = None
        self._row_element: _Element | None = None
        self._count = 0

    def begin_group(self, element: _Element) -> None:
        """`thead`, `tbody` or `tfoot` begins."""
        self.end_group()
        tag = str(element.tag)
        first_head = tag != "thead" or all(order != 0 for order, _ in self._groups)
        self._group = []
        self._group_element = element
        self._groups.append((_ORDER.get(tag, 1) if first_head else 1, self._group))

    def end_group(self, element: _Element | None = None) -> None:
        """The row group at hand ends; with an element, only if it is that one."""
        if element is None or element is self._group_element:
            self.end_row()
            self._group = self._group_element = None

    def begin_row(self, element: _Element | None) -> None:
        """A row begins; a row outside a row group stands in one of its own kind."""
        self.end_row()
        if self._group is None:
            self._group = []
            self._groups.append((1, self._group))
        self._row = []
        self._row_element = element
        self._group.append(self._row)

    def end_row(self, element: _Element | None = None) -> None:
        """The row at hand ends; with an element, only if it is that one."""
        if element is None or element is self._row_element:
            self.cell = self._row = self._row_element = None

    def begin_cell(self, element: _Element, line: int) -> Cell:
        """A cell begins; without a row it stands in one of its own. Raises `UnreadableFile` when there are too many."""
        self.cell = Cell(element, line)
        self.add_cells([self.cell])
        return self.cell

    def add_cells(self, cells: Sequence[Cell]) -> None:
        """Add to the row at hand. Raises `UnreadableFile` when there are too many."""
        self._count += len(cells)
        if self._count > MAX_CELLS:
            raise too_many_cells()
        if self._row is None:
            cell = self.cell
            self.begin_row(None)
            self.cell = cell
        assert self._row is not None
        self._row += cells

    def blocks(self) -> Iterator[Block]:
        """What the table comes to: itself, or the contents of its cells when it only lays out the page."""
        groups = [rows for _, rows in sorted(self._groups, key=lambda group: group[0])]
        cells = [cell for rows in groups for row in rows for cell in row]
        if _is_layout(groups, cells):
            for cell in cells:
                yield from cell.blocks()
            return
        linked = 0
        unread: list[Block] = []
        for cell in cells:
            for block in cell.flow:
                if isinstance(block, Unread):
                    unread.append(block)
                else:
                    linked += block.linked
        yield TableBlock(tuple(_placed(groups)), linked, self.container)
        yield from unread


def _is_layout(groups: Sequence[Sequence[Sequence[Cell]]], cells: Sequence[Cell]) -> bool:
    """Whether the table holds other tables, one column only, or an article in one of its cells."""
    if all(len(row) <= 1 for rows in groups for row in rows):
        return True
    longest = total = 0
    for cell in cells:
        length = len(cell.text or "")
        for block in cell.flow:
            if isinstance(block, TableBlock):
                return True
            if not isinstance(block, Unread):
                length += len(block.text)
        total += length
        if length > longest:
            longest = length
    return longest > LEAST_PROSE and longest * 2 > total


def _placed(groups: Sequence[Sequence[Sequence[Cell]]]) -> Iterator[tuple[TableCell, ...]]:
    """The rows with the column of every cell. Raises `UnreadableFile` when the spans cover too much."""
    walked = 0
    for rows in groups:
        covered: dict[int, int] = {}  # column → the row below the last one that a cell above covers
        for number, row in enumerate(rows):
            placed = []
            column = 0
            for cell in row:
                if covered:
                    while covered.get(column, 0) > number:
                        column += 1
                        walked += 1
                placed.append(TableCell(cell.written(), cell.line, column))
                if cell.rows != 1:
                    below = len(rows) if cell.rows is None else number + cell.rows
                    for place in range(column, column + cell.columns):
                        covered[place] = max(covered.get(place, 0), below)
                    walked += cell.columns
                column += cell.columns
                if walked > MOST_PLACES:
                    raise too_many_cells()
            yield tuple(placed)
