"""Lays the pieces of a source that is no lines of text out in lines, and keeps where each of them stands.

Readers of Word, web, PDF and OFD files hand over paragraphs and tables in reading order; a paragraph becomes a line,
a table row becomes a line with its cells separated by tabs. Locations of findings count these lines until
`Document.located` says where they stand in the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, TypeAlias

from gip_lint.document import Document, Grid, GridCell, Location, Paragraph, Place, SourceNote, display_width
from gip_lint.errors import UnreadableFile

MAX_CELLS = 200_000
_EDGES = " \t\r\n\u3000\xa0\f\u200b\ufeff"


class Piece(NamedTuple):
    """A stretch of text with one place in the source."""

    text: str
    place: Place


class PlacedCell(NamedTuple):
    """A table cell as a reader met it; `position` is its column in the grid, counted from 0."""

    text: str
    place: Place
    position: int = 0


# The cells of a table row: their texts, with no white space around them, their places and their positions.
PlacedRow: TypeAlias = tuple[Sequence[str], Sequence[Place], Sequence[int]]


def too_many_cells() -> UnreadableFile:
    """No annual report has such a table; reading it would take more time and memory than anyone gives it."""
    return UnreadableFile(
        f"表格超过 {MAX_CELLS:,} 个单元格，不是年度报告，未读取", f"more than {MAX_CELLS:,} table cells; not read"
    )


class Composition:
    """Grows while a source is read; `document` is what it comes to.

    Raises `UnreadableFile` when the tables have more cells than `MAX_CELLS`.
    """

    def __init__(self) -> None:
        self._blocks: list[Paragraph | Grid] = []
        self._lines: list[str] = []
        self._places: dict[int, tuple[tuple[int, Place], ...]] = {}
        self._notes: list[SourceNote] = []
        self._cells = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing with text in it was added."""
        return not self._blocks

    def paragraph(self, pieces: Iterable[Piece]) -> None:
        """Add a paragraph; each line break in it begins a line of its own. Nothing is added for blank ones."""
        line: list[Piece] = []
        for piece in pieces:
            if "\n" not in piece.text:
                line.append(piece)
                continue
            first, *others = piece.text.split("\n")
            line.append(Piece(first, piece.place))
            for text in others:
                self._paragraph_line(line)
                line = [Piece(text, piece.place)]
        self._paragraph_line(line)

    def _paragraph_line(self, pieces: Sequence[Piece]) -> None:
        whole = "".join([text for text, _ in pieces])
        text = whole.strip(_EDGES)
        if not text:
            return
        self._lines.append(whole)
        number = len(self._lines)
        places = []
        column = 1
        for stretch, place in pieces:
            if stretch:
                places.append((column, place))
                column += len(stretch)
        self._places[number] = tuple(places)
        self._blocks.append(Paragraph(text, number, whole.find(text) + 1))

    def table(self, rows: Iterable[Sequence[PlacedCell]]) -> None:
        """Add a table in which every cell has its separator: an empty one is blank."""
        self.table_rows(
            ([cell.text.strip(_EDGES) for cell in row], [cell.place for cell in row], [cell.position for cell in row])
            for row in rows
        )

    def table_rows(self, rows: Iterable[PlacedRow]) -> None:
        """Add such a table; building a cell for each of its cells beforehand would take twice as long."""
        grid = []
        is_blank = True
        for texts, places, positions in rows:
            self._cells += len(texts)
            if self._cells > MAX_CELLS:
                raise too_many_cells()
            if not texts:
                continue
            number = len(self._lines) + 1
            columns = []
            column = 1
            for text in texts:
                columns.append(column)
                column += len(text) + 1
            line = "\t".join(texts)
            is_blank = is_blank and column == len(texts) + 1
            self._lines.append(line.replace("\n", " "))
            self._places[number] = tuple(zip(columns, places, strict=True))
            grid.append(tuple(map(GridCell, texts, repeat(number), columns, positions)))
        if not is_blank:
            self._blocks.append(Grid(tuple(grid), ruled=True))

    def lines(self, lines: Iterable[Piece], blocks: Iterable[Paragraph | Grid]) -> None:
        """Add lines as they stand; `blocks` are what the text reader finds in them, their first line being 1."""
        above = len(self._lines)
        for text, place in lines:
            self._lines.append(text)
            self._places[len(self._lines)] = ((1, place),)
        for block in blocks:
            if isinstance(block, Paragraph):
                self._blocks.append(block._replace(line=above + block.line))
            else:
                rows = tuple(tuple(cell._replace(line=above + cell.line) for cell in row) for row in block.rows)
                self._blocks.append(Grid(rows, block.ruled))

    def spaced_table(self, rows: Iterable[Sequence[PlacedCell]]) -> None:
        """Add a table whose cells only stand apart; `position` is a cell's place in display columns, from 0."""
        grid = []
        for row in rows:
            self._cells += len(row)
            if self._cells > MAX_CELLS:
                raise too_many_cells()
            number = len(self._lines) + 1
            line = ""
            width = 0
            cells = []
            places = []
            for cell in row:
                blanks = max(cell.position - width, 2 if line else 0)
                line += " " * blanks
                cells.append(GridCell(cell.text, number, len(line) + 1, cell.position))
                places.append((len(line) + 1, cell.place))
                line += cell.text
                width += blanks + display_width(cell.text)
            self._lines.append(line)
            self._places[number] = tuple(places)
            grid.append(tuple(cells))
        if grid:
            self._blocks.append(Grid(tuple(grid), ruled=False))

    def note(self, kind: str, facts: dict[str, object], place: Place = Place()) -> None:
        """Add something that whoever trusts the result must know, at the line added last."""
        self._notes.append(SourceNote(kind, Location(max(len(self._lines), 1), place=place), facts))

    def document(self, path: str) -> Document:
        """The document; raises `UnreadableFile` when there is no text in it."""
        if self.is_empty:
            raise UnreadableFile("文件里没有文字", "there is no text in the file")
        return Document(path, tuple(self._blocks), tuple(self._lines), tuple(self._notes), self._places)
