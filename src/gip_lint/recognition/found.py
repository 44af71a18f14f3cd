"""What is collected for an official table before anyone knows which values belong to which column.

These grow while a report is read, so they are no tuples; and no dataclasses, which would cost at every start.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from gip_lint.document import GridCell, Location
from gip_lint.recognition.figure import BLANK, Figure

FEWEST_ASTRAY = 5
LONGEST_PAGE_NUMBER = 3  # digits


class Slot(NamedTuple):
    """A possible value: a figure, a blank between two separators, or text where a figure is due."""

    text: str
    figure: Figure
    line: int
    column: int
    offset: int  # display column in padded tables
    source: int  # number of that source row


def may_be_page_number(text: str) -> bool:
    """Whether the text of a line could be the number of a page."""
    return len(text) <= LONGEST_PAGE_NUMBER and text.isascii() and text.isdigit() and text[0] != "0"


class Astray(NamedTuple):
    """A figure that is no value where it stands; `source` is the number of the last source row before it."""

    text: str
    location: Location
    source: int


class Leaf:
    """A column label in the header; `key` is None for a foreign column and begins with + for a group of columns.

    `tail` is the rest of a label that was broken off: （单位：万元）. `whole`: it was met in one piece.
    """

    __slots__ = ("column", "decimals", "exact", "key", "line", "offset", "tail", "text", "unit", "whole")

    def __init__(
        self, key: str | None, text: str, line: int, column: int, offset: int,
        unit: str | None = None, decimals: int | None = None, exact: bool = True, tail: str = "", whole: bool = True,
    ) -> None:  # fmt: skip
        self.key = key
        self.text = text
        self.line = line
        self.column = column
        self.offset = offset
        self.unit = unit
        self.decimals = decimals
        self.exact = exact
        self.tail = tail
        self.whole = whole

    @property
    def location(self) -> Location:
        """Where the label stands."""
        return Location(self.line, self.column, self.line, self.column + max(len(self.text), 1) - 1)

    @property
    def is_group(self) -> bool:
        """Whether it heads several columns and has no values of its own."""
        return self.key is not None and self.key[0] == "+"


class Header:
    """The labels above a run of rows."""

    __slots__ = ("_due", "caption", "leaves", "ruled")

    def __init__(self, ruled: bool) -> None:
        self.caption = ""
        self.leaves: list[Leaf] = []
        self.ruled = ruled
        self._due = 0

    def add(self, leaf: Leaf) -> None:
        """Append a label."""
        self.leaves.append(leaf)
        self._due = 0

    @property
    def due(self) -> int:
        """The number of columns with values, counted when it is first asked for; 1 when no label is known.

        A label printed again in the lowest row of the header, as merged cells are written out, is one column.
        """
        if not self._due:
            leaves = [leaf for leaf in self.leaves if not leaf.is_group]
            lowest = {leaf.key for leaf in leaves if leaf.line == leaves[-1].line}
            again = sum(leaf.key in lowest for leaf in leaves if leaf.line != leaves[-1].line) if len(lowest) > 1 else 0
            self._due = len(leaves) - again or 1
        return self._due


class FoundRow:
    """A row label and the slots that follow it.

    `key` is None while the label is incomplete or in no form; `candidate` is what an incomplete one can only be.
    `index` is the cell of the source row that holds the label, -1 for a row without one; `width` counts the cells of
    that source row. `figures` are the slots that hold anything.
    """

    __slots__ = (
        "candidate", "column", "exact", "figures", "group", "header", "index", "key", "line", "offset", "ruled",
        "slots", "source", "text", "width",
    )  # fmt: skip

    def __init__(
        self, key: str | None, cell: GridCell, index: int, source: int, width: int, header: Header,
        *, ruled: bool, exact: bool = True, group: bool = False,
    ) -> None:  # fmt: skip
        self.key = key
        self.text, self.line, self.column, self.offset = cell
        self.index = index
        self.source = source
        self.width = width
        self.header = header
        self.ruled = ruled
        self.exact = exact
        self.group = group
        self.slots: list[Slot] = []
        self.figures: list[Slot] = []
        self.candidate: str | None = None

    @property
    def location(self) -> Location:
        """Where the label stands."""
        return Location(self.line, self.column, self.line, self.column + max(len(self.text), 1) - 1)

    @property
    def is_lone_page_number(self) -> bool:
        """Whether all that was met of its values is a figure by itself, as a page number stands above them."""
        alone = len(self.slots) == 1 and (self.width <= 1 or self.slots[0].source != self.source)
        return alone and (self.header.due > 1 or not self.text) and may_be_page_number(self.slots[0].text)

    @property
    def is_full(self) -> bool:
        """Whether it has as many values as its header announces, be it as digits run together."""
        due = self.header.due
        if len(self.figures) == 1 < due:
            text = self.figures[0].text
            return text.isdigit() and len(text) >= due
        return len(self.figures) >= due

    def add(self, slot: Slot) -> None:
        """Append what stands after the label."""
        self.slots.append(slot)
        if slot.figure is not BLANK:
            self.figures.append(slot)


class FoundTable:
    """Everything collected for one official table; `groups` are the labels above several rows.

    `unread` is a line of figures in its midst that could not be taken for values, `astray` are single ones.
    """

    __slots__ = ("astray", "groups", "headers", "key", "location", "note", "rows", "unread")

    def __init__(self, key: str, location: Location) -> None:
        self.key = key
        self.location = location
        self.headers: list[Header] = []
        self.rows: list[FoundRow] = []
        self.groups: list[tuple[str, str, Location]] = []
        self.note: str | None = None
        self.unread: Location | None = None
        self.astray: list[Astray] = []

    @property
    def is_scrambled(self) -> bool:
        """Whether labels and figures do not stand in the order of the rows, as when a table was copied by columns.

        Page numbers between the rows do not make it so: they count on, with a row in between.
        """
        if any(a.source == b.source for a, b in pairwise(self.astray)):
            return True
        pages = all(may_be_page_number(one.text) for one in self.astray) and all(
            int(a.text) < int(b.text) for a, b in pairwise(self.astray)
        )
        return len(self.astray) >= FEWEST_ASTRAY and not pages
