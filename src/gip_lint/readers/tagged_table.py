"""Tables in HTML tags inside a text or Markdown file, where merged cells can be said in no other way."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.document import Document, Grid, GridCell, Location, Paragraph
from gip_lint.errors import UnreadableFile
from gip_lint.lazy_pattern import LazyPattern

MOST_LINES = 20_000
_OPENING = LazyPattern(r"(?i)<table\b")
_CLOSING = LazyPattern(r"(?i)</table\s*>")


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
    return [_placed(block, page, lines, start) for block in page.blocks], end + 1


def _placed(block: Paragraph | Grid, page: Document, lines: Sequence[str], start: int) -> Paragraph | Grid:
    """The same block with the places that it has in the text."""
    if isinstance(block, Paragraph):
        line, column = _place(block, page, lines, start)
        return Paragraph(block.text, line, column)
    return Grid(
        tuple(
            tuple(GridCell(cell.text, *_place(cell, page, lines, start), cell.offset) for cell in row)
            for row in block.rows
        ),
        block.ruled,
    )


def _place(piece: Paragraph | GridCell, page: Document, lines: Sequence[str], start: int) -> tuple[int, int]:
    place = page.located(Location(piece.line, piece.column)).place
    line = start + (place.line if place is not None and place.line is not None else 1)
    text = piece.text.partition("\n")[0]
    found = lines[line - 1].find(text) if text and line <= len(lines) else -1
    return min(line, len(lines)), found + 1 if found >= 0 else 1
