"""What is collected for an official table before anyone knows which values belong to which column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gip_lint.document import Location
from gip_lint.recognition.figure import BLANK, Figure


class Slot(NamedTuple):
    """A possible value: a figure, a blank between two separators, or text where a figure is due."""

    text: str
    figure: Figure
    line: int
    column: int
    offset: int  # display column in padded tables
    index: int  # cell within its source row
    source: int  # number of that source row


@dataclass(slots=True)
class Leaf:
    """A column label in the header; `key` is None for a foreign column and begins with + for a group of columns."""

    key: str | None
    text: str
    line: int
    column: int
    offset: int
    unit: str | None = None
    decimals: int | None = None
    exact: bool = True
    tail: str = ""  # the rest of a label that was broken off: （单位：万元）

    @property
    def location(self) -> Location:
        """Where the label stands."""
        return Location(self.line, self.column, self.line, self.column + max(len(self.text), 1) - 1)

    @property
    def is_group(self) -> bool:
        """Whether it heads several columns and has no values of its own."""
        return self.key is not None and self.key[0] == "+"


@dataclass(slots=True)
class Header:
    """The labels above a run of rows; `due` is how many values they announce, counted when it is first asked for."""

    caption: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    ruled: bool = True
    _due: int = 0

    def add(self, leaf: Leaf) -> None:
        """Append a label."""
        self.leaves.append(leaf)
        self._due = 0

    @property
    def due(self) -> int:
        """The number of columns with values; 1 when no label is known."""
        if not self._due:
            self._due = sum(not leaf.is_group for leaf in self.leaves) or 1
        return self._due


@dataclass(slots=True)
class FoundRow:
    """A row label and the slots that follow it. `key` is None while the label is incomplete or in no form."""

    key: str | None
    text: str
    line: int
    column: int
    offset: int
    index: int  # the cell of the source row that holds the label; -1 for a row without one
    source: int
    width: int  # cells of that source row
    header: Header
    ruled: bool
    exact: bool = True
    group: bool = False
    slots: list[Slot] = field(default_factory=list)
    figures: list[Slot] = field(default_factory=list)  # the slots that hold anything
    candidate: str | None = None  # what an incomplete label can only be

    @property
    def location(self) -> Location:
        """Where the label stands."""
        return Location(self.line, self.column, self.line, self.column + max(len(self.text), 1) - 1)

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


@dataclass(slots=True)
class FoundTable:
    """Everything collected for one official table; `groups` are the labels above several rows."""

    key: str
    location: Location
    headers: list[Header] = field(default_factory=list)
    rows: list[FoundRow] = field(default_factory=list)
    groups: list[tuple[str, str, Location]] = field(default_factory=list)
    note: str | None = None
