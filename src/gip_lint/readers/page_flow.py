"""Lays pages of characters and lines out as a document: paragraphs and grids in reading order.

Knows neither the format the pages came from nor what stands in them; readers of paged sources share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from gip_lint.document import Document, Location, Place, SourceNote
from gip_lint.errors import UnreadableFile
from gip_lint.readers.composition import Composition
from gip_lint.readers.page import UNKNOWN, Glyph, Page
from gip_lint.readers.page_columns import Row, value_rows
from gip_lint.readers.page_furniture import furniture, without_watermark
from gip_lint.readers.page_prose import PlacedLine, add_prose, text_columns
from gip_lint.readers.page_ruling import Ruling, rulings
from gip_lint.readers.page_table import PageTable
from gip_lint.readers.page_text import CLOSING_MARKS, TextLine, text_lines, words

_Block: TypeAlias = PageTable | list[PlacedLine]


def compose(pages: Sequence[Page], path: str) -> Document:
    """The document that the pages make up.

    Raises `UnreadableFile` when no page has any text: a scan without a text layer is not read as an empty report.
    """
    if not any(page.glyphs for page in pages):
        raise UnreadableFile(
            "没有文字，可能是扫描件；请用文字版，或先作文字识别", "there is no text, perhaps a scan; use one with text"
        )
    tables: list[list[PageTable]] = []
    glyphs: list[list[Glyph]] = []
    for page in pages:
        on_page, outside = _tables_of(page)
        tables.append(on_page)
        glyphs.append(outside)
    lines = [text_lines(outside) for outside in glyphs]
    left_out = furniture(pages, lines)
    kept: list[list[TextLine | Row]] = []
    for texts, outside in zip(lines, glyphs, strict=True):
        dropped = {id(glyph) for line in texts if id(line) in left_out for glyph in line.glyphs}
        rows, rest = value_rows([glyph for glyph in outside if id(glyph) not in dropped])
        kept.append([*rows, *text_lines(rest)])
    columns = text_columns(
        PlacedLine(line, page.number, page.width) for page, texts in zip(pages, kept, strict=True) for line in texts
    )
    composition = Composition()
    for block in _blocks(pages, tables, kept):
        if isinstance(block, PageTable):
            composition.table(block.rows())
        else:
            add_prose(composition, block, columns)
    document = composition.document(path)
    return document._replace(notes=(*document.notes, *(note for page in pages for note in _notes(page))))


def _notes(page: Page) -> Iterator[SourceNote]:
    place = Location(None, place=Place(page=page.number))
    for remark in page.remarks:
        yield SourceNote(remark, place, {"page": page.number})
    unknown = sum(glyph.text == UNKNOWN for glyph in page.glyphs)
    if unknown:
        yield SourceNote("undecodable", place, {"count": unknown})


def _tables_of(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page, and the characters outside them."""
    glyphs = without_watermark(page)
    ruled = rulings(page.strokes, page.areas, glyphs)
    outside: list[Glyph] = []
    contents: list[list[list[Glyph]]] = [[[] for _ in ruling.cells] for ruling in ruled]
    for word in words(glyphs) if ruled else ():
        places = [_cell_around(ruled, glyph.left, glyph.right, glyph) for glyph in word]
        if len(set(places)) > 1 and _is_crossed(ruled, word, places):
            # It does not fit into its cell: it belongs where most of it stands.
            places = [_cell_around(ruled, word[0].left, word[-1].right, word[0])] * len(word)
        for glyph, place in zip(word, places, strict=True):
            if place is None:
                outside.append(glyph)
            else:
                contents[place[0]][place[1]].append(glyph)
    tables = [PageTable(page, ruling, cells) for ruling, cells in zip(ruled, contents, strict=True)]
    return [table for table in tables if table.has_text], outside if ruled else list(glyphs)


def _cell_around(ruled: Sequence[Ruling], left: float, right: float, glyph: Glyph) -> tuple[int, int] | None:
    """The cell, of the finest table there, around the middle of a stretch of a line: (table, cell)."""
    x, y = (left + right) / 2, (glyph.top + glyph.bottom) / 2
    found = [(i, cell) for i, ruling in enumerate(ruled) if (cell := ruling.cell_at(x, y)) is not None]
    return max(found, key=lambda place: len(ruled[place[0]].cells)) if len(found) > 1 else next(iter(found), None)


def _is_crossed(ruled: Sequence[Ruling], word: Sequence[Glyph], places: Sequence[tuple[int, int] | None]) -> bool:
    """Whether an edge of a cell runs through a character, or a closing mark hangs over it."""
    for place in places:
        if place is None:
            continue
        ruling = ruled[place[0]]
        box = ruling.box_of(ruling.cells[place[1]])
        for glyph in word:
            inset = 0.2 * (glyph.right - glyph.left)
            if any(glyph.left + inset < edge < glyph.right - inset for edge in (box.left, box.right)):
                return True
    return word[-1].text in CLOSING_MARKS and places[-1] != places[-2]


def _blocks(
    pages: Sequence[Page], tables: Sequence[Sequence[PageTable]], lines: Sequence[Sequence[TextLine | Row]]
) -> list[_Block]:
    """Tables, and lines that follow one another, in reading order; a table cut by a page break is one."""
    blocks: list[_Block] = []
    for page, on_page, texts in zip(pages, tables, lines, strict=True):
        items: list[tuple[float, PageTable | TextLine | Row]] = [(table.box.top, table) for table in on_page]
        items += [(line.top, line) for line in texts]
        items.sort(key=lambda item: item[0])
        for _, item in items:
            last = blocks[-1] if blocks else None
            if isinstance(item, PageTable):
                if isinstance(last, PageTable) and last.continues_with(item):
                    last.join(item)
                else:
                    blocks.append(item)
            elif isinstance(last, list):
                last.append(PlacedLine(item, page.number, page.width))
            else:
                blocks.append([PlacedLine(item, page.number, page.width)])
    return blocks
