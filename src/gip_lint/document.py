"""What a reader returns: paragraphs and grids in reading order, each piece with its place in the source.

A document knows nothing of annual reports. Paragraphs and cells are named tuples because a report has
hundreds of them and they are built anew for every file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern

_WIDE = LazyPattern(r"[\u1100-\U0010ffff]")  # East Asian wide characters begin there; enough to line columns up


class Place(NamedTuple):
    """Where a piece stands in a source that is no lines of text; every number is 1-based, every field may be unknown.

    `line` is a line of the source (web pages); `page` and `box` (left, top, right, bottom in points from the page's
    upper left corner) are those of a paged one; `paragraph`, or `table`, `row` and `cell`, count a word processor's.
    """

    line: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None


class Location(NamedTuple):
    """A place in a document's `lines`: 1-based line and column, both ends included; `None` where there is none.

    `place` is where that stands in the source, when the lines are not the source's own.
    """

    line: int | None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    place: Place | None = None


def display_width(text: str) -> int:
    """Columns the text takes on a screen: two for a Chinese character."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


class Paragraph(NamedTuple):
    """One line of running text (or of a table whose separators were lost); `column` is that of its first character."""

    text: str
    line: int
    column: int


class GridCell(NamedTuple):
    """One cell of a grid; `offset` is its horizontal position in display columns, used only by spaced grids.

    A line break inside the cell is `\\n` in `text` and a space in the document's line.
    """

    text: str
    line: int
    column: int
    offset: int = 0


class Grid(NamedTuple):
    """Rows of cells; a merged cell stands once, in the row and place of its upper left corner.

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
    """One source as read. `lines` are its lines of text, for excerpts; line n stands at index n − 1.

    Where the source has no such lines, the reader lays its text out in lines of its own, and `places` says for each
    of them what stands from which column on: (column, place) in ascending order.
    """

    path: str
    blocks: tuple[Paragraph | Grid, ...]
    lines: tuple[str, ...]
    notes: tuple[SourceNote, ...] = ()
    places: Mapping[int, tuple[tuple[int, Place], ...]] = MappingProxyType({})

    def located(self, location: Location) -> Location:
        """The same location together with its place in the source; unchanged where the lines are the source's own."""
        if not self.places or location.line is None or location.place is not None:
            return location
        found: Place | None = None
        for column, place in self.places.get(location.line, ()):
            if found is not None and column > (location.column or 1):
                break
            found = place
        return location._replace(place=found or Place())
