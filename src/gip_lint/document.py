"""What a reader returns: paragraphs and grids in reading order, each piece with its place in the source.

A document knows nothing of annual reports. Paragraphs and cells are named tuples because a report has
hundreds of them and they are built anew for every file.
"""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """A place in the source: 1-based line and column, both ends included; `None` where a format has none."""

    line: int | None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class Paragraph(NamedTuple):
    """One line of running text (or of a table whose separators were lost); `column` is that of its first character."""

    text: str
    line: int
    column: int


class GridCell(NamedTuple):
    """One cell of a grid; `offset` is its horizontal position in display columns, used only by spaced grids."""

    text: str
    line: int
    column: int
    offset: int = 0


class Grid(NamedTuple):
    """Rows of cells.

    `ruled` says that every cell has its separator, so that an empty cell is a blank one; in a grid whose columns
    are only padded with spaces a blank cell leaves no trace but its position.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    ruled: bool


class SourceNote(NamedTuple):
    """Something a reader or the recognition met that whoever trusts the result must know.

    `kind` is matched by the rules of check `reading`; `facts` fill their messages.
    """

    kind: str
    location: Location
    facts: dict[str, object]
    address: str = ""


class Document(NamedTuple):
    """One source as read. `lines` are its lines of text, for excerpts; line n stands at index n − 1."""

    path: str
    blocks: tuple[Paragraph | Grid, ...]
    lines: tuple[str, ...]
    notes: tuple[SourceNote, ...] = ()
