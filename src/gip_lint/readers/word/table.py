"""The rows and cells of a table in a Word document: where each stands in the grid, and which are merged away."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from gip_lint.readers.word.xml import TBL, TC, TR, VAL, W, flat, is_on, whole_number

_ROW_PROPERTIES = W + "trPr"
_CELL_PROPERTIES = W + "tcPr"
_GRID_BEFORE = W + "gridBefore"
_ROW_GONE = (W + "del", W + "hidden")
_GRID_SPAN = W + "gridSpan"
_MERGED_DOWN = W + "vMerge"
_MERGED_ACROSS = W + "hMerge"
_DELETED = W + "cellDel"
_CHANGED_MERGE = W + "cellMerge"


class WordCell(NamedTuple):
    """A cell that is to be seen: its w:tc, its number in the row as Word counts (from 1), its grid column (from 0)."""

    element: etree._Element
    number: int
    column: int


class WordRow(NamedTuple):
    """A row that is to be seen, `number` counted from 1; `cells` without those that a merged cell covers.

    `is_whole` says that a single cell takes all of it.
    """

    number: int
    cells: tuple[WordCell, ...]
    is_whole: bool


class _Properties(NamedTuple):
    span: int = 1
    down: str | None = None
    across: str | None = None
    deleted: bool = False


_PLAIN = _Properties()


def rows_of(table: etree._Element) -> list[WordRow]:
    """The rows of a table in order, without deleted and hidden ones.

    A cell that goes on with a merge from the row above is covered by it, whatever text it holds; one that says so
    without such a cell above it stands for itself.
    """
    rows = []
    above: frozenset[int] | set[int] = frozenset()  # columns where a vertical merge stands in the row before
    row = 0
    for element in flat(table):
        if element.tag != TR:
            continue
        row += 1
        column = 0
        gone = False
        cells: list[WordCell] = []
        merging: set[int] = set()
        count = place = 0
        for child in flat(element):
            if child.tag == TC:
                place += 1
                properties = _properties(child)
                if properties.deleted:
                    continue
                count += 1
                if properties.down is not None:
                    merging.add(column)
                covered = properties.down == "continue" and column in above
                if not covered and properties.across != "continue":
                    cells.append(WordCell(child, place, column))
                column += properties.span
            elif child.tag == _ROW_PROPERTIES:
                for own in child.iterchildren(_GRID_BEFORE, *_ROW_GONE):
                    if own.tag == _GRID_BEFORE:
                        column = whole_number(own, 0)
                    else:
                        gone = gone or is_on(own)
        if gone:
            continue
        above = merging
        rows.append(WordRow(row, tuple(cells), count == 1 and len(cells) == 1))
    return rows


def _properties(cell: etree._Element) -> _Properties:
    if not len(cell) or cell[0].tag != _CELL_PROPERTIES or not len(cell[0]):
        return _PLAIN
    span, down, across, deleted = 1, None, None, False
    for child in cell[0]:
        tag = child.tag
        if tag == _GRID_SPAN:
            span = max(whole_number(child, 1), 1)
        elif tag == _MERGED_DOWN:
            down = child.get(VAL, "continue")
        elif tag == _MERGED_ACROSS:
            across = child.get(VAL, "continue")
        elif tag == _DELETED:
            deleted = True
        elif tag == _CHANGED_MERGE:  # made while changes were tracked
            down = {"cont": "continue", "rest": "restart"}.get(child.get(_MERGED_DOWN, ""), down)
    return _Properties(span, down, across, deleted)


def is_frame(table: etree._Element, rows: list[WordRow]) -> bool:
    """Whether the table only lays out others: a table in one of its cells has as many cells as itself, or more."""
    if next(table.iterdescendants(TBL), None) is None:
        return False
    count = sum(len(row.cells) for row in rows)
    for row in rows:
        for cell in row.cells:
            for child in flat(cell.element):
                if child.tag == TBL and sum(1 for _ in child.iter(TC)) >= count:
                    return True
    return False
