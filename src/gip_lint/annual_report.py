"""One annual report as recognised: title, sections and the three official tables, every figure with its place."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gip_lint.document import Document, Location, Paragraph, SourceNote
from gip_lint.form import Column, Form, Row, SectionForm, TableForm


class State(StrEnum):
    """What stands in a cell. Only `NUMBER` may be calculated with; a blank is not a zero."""

    NUMBER = "number"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    TEXT = "text"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Cell(NamedTuple):
    """One figure of an official table.

    `value` is the exact number as printed (before any conversion of `unit`); `decimals` counts its printed decimals;
    `oddities` names unusual ways of writing it (full-width digits, thousands separators …). A named tuple,
    because a report has two hundred.
    """

    state: State
    value: int | Decimal | None = None
    text: str = ""
    line: int | None = None
    column: int | None = None
    unit: str | None = None
    decimals: int = 0
    oddities: tuple[str, ...] = ()

    @property
    def location(self) -> Location:
        """Line and columns of the cell's text; of its place, when it is blank."""
        end = None if self.column is None else self.column + max(len(self.text), 1) - 1
        return Location(self.line, self.column, self.line, end)


class FoundLabel(NamedTuple):
    """A label of the table that is not in the official words, or belongs to no form (`official` is None)."""

    kind: str  # row, column or group
    official: str | None
    text: str
    location: Location
    address: str


class Table(NamedTuple):
    """An official table as found; `cells` and `values` run parallel to `form.cells`."""

    form: TableForm
    edition: str
    cells: tuple[Cell, ...]
    values: tuple[int | Decimal | None, ...]
    irregular: tuple[int, ...]  # the cells that are not simply a whole number; checks of single cells look only here
    location: Location
    reworded: tuple[FoundLabel, ...]
    extra: tuple[FoundLabel, ...]
    missing_rows: tuple[Row, ...]
    missing_columns: tuple[Column, ...]
    note: str | None
    units: dict[str, tuple[str | None, int | None]]  # column key → (unit in its header, decimals it asks for)
    column_locations: dict[str, Location]  # of the column labels; given where a column is missing

    def is_blank(self) -> bool:
        """No cell holds anything: said once for the table, not cell by cell."""
        return all(cell.state in (State.BLANK, State.ABSENT) for cell in self.cells)


class Wording(StrEnum):
    """How a heading relates to the official words."""

    OFFICIAL = "official"
    LONG = "long"
    ANNOTATED = "annotated"
    OTHER = "other"


class Section(NamedTuple):
    """A section as found; `form` is None for a heading of the same rank that no form has."""

    form: SectionForm
    heading: str
    wording: Wording
    location: Location
    paragraphs: tuple[Paragraph, ...]
    has_table: bool

    @property
    def text(self) -> str:
        """The section's prose without its tables, one line a paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Title(NamedTuple):
    """The title, possibly over several lines; `flaws` are the keys that rule `report-title` explains."""

    text: str
    location: Location
    issuer: str | None
    year: int | None
    flaws: tuple[str, ...]


class AnnualReport(NamedTuple):
    """One report. `form` is the edition its tables are written in, `due_form` the one its year requires."""

    document: Document
    title: Title
    year: int | None
    form: Form
    due_form: Form
    sections: tuple[Section, ...]
    tables: dict[str, Table]
    preface: tuple[Paragraph, ...]
    signature: tuple[Paragraph, ...]  # who signed and when, below the last section
    notes: tuple[SourceNote, ...]

    @property
    def issuer(self) -> str | None:
        """The body whose report this is, as the title names it."""
        return self.title.issuer

    @property
    def recognisable(self) -> bool:
        """A title, or two of the six sections, or one official table."""
        kinds = {section.form.key for section in self.sections}
        return bool("absent" not in self.title.flaws or len(kinds) >= 2 or self.tables)
