"""Tables in HTML tags inside a text or Markdown file, where merged cells can be said in no other way."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.document import Document, Grid, GridCell, Location, Paragraph
from gip_lint.errors import UnreadableFile
from gip_lint.lazy_pattern import LazyPattern

MOST_LINES = 20_000
MOST_LINES_TO_TEXT = 5  # from the tag of a cell to its words
_OPENING = LazyPattern(r"(?i)<table\b")
_CLOSING = LazyPattern(r"(?i)</table\s*>")
_TAG = LazyPattern(r"<[^<>]*>")


def tagged_table(lines: Sequence[str], start: int) -> tuple[list[Paragraph | Grid], int] | None:
    """The paragraphs and grids of the table that begins on that line, and the index of the line after it.

    None when no table begins there, it is never closed, or nothing can be read of it.
    """
    if not _OPENING.match(lines[start].lstrip()):
        return None
    depth = 0
    for end in range(start, min(len(lines), start + MOST_LINES)):
        depth += len(_OPENING.findall(lines[end])) - len(_CLOSING.findall(lines[end]))
        if depth <= 0:
            break
    else:
        return None
    from gip_lint.readers.web import read

    source = '<meta charset="utf-8">' + "\n".join(lines[start : end + 1])
    try:
        page = read(source.encode("utf-8", "replace"), "table.html")
    except UnreadableFile:
        return None
    places = _Places(page, lines[start : end + 1], start)
    return [_placed(block, places) for block in page.blocks], end + 1


class _Places:
    """Finds the pieces of a table, in reading order, in the lines it was read from; lines[0] is line `start` + 1."""

    def __init__(self, page: Document, lines: Sequence[str], start: int) -> None:
        self._page = page
        # a figure inside a tag (colspan="2") is no cell's
        self._lines = [_TAG.sub(lambda tag: "\0" * len(tag.group()), line) for line in lines]
        self._start = start
        self._ends = [0] * len(lines)  # of the piece found last in each line

    def of(self, piece: Paragraph | GridCell) -> tuple[int, int]:
        """Line and column of the piece, 1-based; column 1 where its text is not found as printed."""
        place = self._page.located(Location(piece.line, piece.column)).place
        index = (place.line if place is not None and place.line is not None else 1) - 1
        words = piece.text.split(maxsplit=1)  # the rest may stand on another line
        for i in range(index, min(index + MOST_LINES_TO_TEXT, len(self._lines))) if words else ():
            found = self._lines[i].find(words[0], self._ends[i])
            if found >= 0:
                self._ends[i] = found + len(words[0])
                return self._start + i + 1, found + 1
        return self._start + min(index, len(self._lines) - 1) + 1, 1


def _placed(block: Paragraph | Grid, places: _Places) -> Paragraph | Grid:
    """The same block with the places that it has in the text."""
    if isinstance(block, Paragraph):
        return Paragraph(block.text, *places.of(block))
    return Grid(
        tuple(tuple(GridCell(cell.text, *places.of(cell), cell.offset) for cell in row) for row in block.rows),
        block.ruled,
    )
