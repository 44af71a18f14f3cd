"""Lays pages of characters and lines out as a document: paragraphs and grids in reading order.

Knows neither the format the pages came from nor what stands in them; readers of paged sources share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from gip_lint.document import Document, Place
from gip_lint.errors import UnreadableFile
from gip_lint.readers.composition import Composition
from gip_lint.readers.pages.columns import Row, cells_of, value_rows
from gip_lint.readers.pages.furniture import furniture, without_watermark
from gip_lint.readers.pages.page import PAGE_WITHOUT_TEXT, UNKNOWN, Box, Glyph, Page, place_of
from gip_lint.readers.pages.prose import PlacedLine, add_prose, text_columns
from gip_lint.readers.pages.ruling import Ruling, rulings
from gip_lint.readers.pages.table import PageTable
from gip_lint.readers.pages.text import CLOSING_MARKS, OPENING_MARKS, TextLine, are_bound, text_lines

_Block: TypeAlias = "PageTable | _PageNote | list[PlacedLine]"


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
        rest = [line for line in texts if id(line) not in left_out]
        rows: list[Row] = []
        if any(len(cells_of(line)) > 1 for line in rest):
            rows, others = value_rows([glyph for glyph in outside if id(glyph) not in dropped])
            rest = text_lines(others) if rows else rest
        kept.append([*rows, *rest])
    columns = text_columns(
        PlacedLine(line, page.number, page.width) for page, texts in zip(pages, kept, strict=True) for line in texts
    )
    composition = Composition()
    for block in _blocks(pages, tables, kept):
        if isinstance(block, PageTable):
            composition.table(block.rows())
        elif isinstance(block, _PageNote):
            composition.note(*block)
        else:
            add_prose(composition, block, columns)
    return composition.document(path)


class _PageNote(NamedTuple):
    kind: str
    facts: dict[str, object]
    place: Place


def _notes(page: Page) -> Iterator[_PageNote]:
    """What is to be said of the page as a whole."""
    for remark in page.remarks:
        yield _PageNote(remark, {"page": page.number}, Place(page=page.number))
    unknown = sum(glyph.text == UNKNOWN for glyph in page.glyphs)
    if unknown:
        yield _PageNote("undecodable", {"count": unknown}, Place(page=page.number))


def _tables_of(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page, and the characters outside them."""
    glyphs = without_watermark(page)
    ruled = rulings(page.strokes, page.areas, glyphs)
    if not ruled:
        return [], list(glyphs)
    ruled.sort(key=lambda ruling: len(ruling.cells), reverse=True)  # of two tables in one place the finer one
    places = _cells_of(glyphs, ruled)
    contents: list[list[list[Glyph]]] = [[[] for _ in ruling.cells] for ruling in ruled]
    for glyph, place in zip(glyphs, places, strict=True):
        if place is not None:
            contents[place[0]][place[1]].append(glyph)
    tables = [PageTable(page, ruling, cells) for ruling, cells in zip(ruled, contents, strict=True)]
    frames = {i for i, table in enumerate(tables) if table.lacks_lines}
    outside = [
        glyph for glyph, place in zip(glyphs, places, strict=True) if place is None or (frames and place[0] in frames)
    ]
    return [table for i, table in enumerate(tables) if table.has_text and i not in frames], outside


def _cells_of(glyphs: Sequence[Glyph], ruled: Sequence[Ruling]) -> list[tuple[int, int] | None]:
    """For each character its table and its cell there; what no edge of a cell can part stands in one."""
    places = [_cell_around(ruled, glyph.left, glyph.right, glyph) for glyph in glyphs]
    for i in range(1, len(glyphs)):
        if places[i] == places[i - 1] or not are_bound(glyphs[i - 1], glyphs[i]):
            continue
        first, end = i - 1, i + 1
        while first and are_bound(glyphs[first - 1], glyphs[first]):
            first -= 1
        while end < len(glyphs) and are_bound(glyphs[end - 1], glyphs[end]):
            end += 1
        if _is_crossed(ruled, glyphs[first:end], places[first:end]):
            places[first:end] = [_place_of_word(ruled, glyphs[first:end], places[first:end])] * (end - first)
    return places


def _place_of_word(
    ruled: Sequence[Ruling], word: Sequence[Glyph], places: Sequence[tuple[int, int] | None]
) -> tuple[int, int] | None:
    """Where a word belongs that hangs over the edge of its cell: in the one too narrow for it, or where most of it is."""
    width = word[-1].right - word[0].left
    crossed = {place for place in places if place is not None}
    narrow = []
    for place in crossed:
        box = ruled[place[0]].box_of(ruled[place[0]].cells[place[1]])
        if box.right - box.left < width:
            narrow.append(place)
    return narrow[0] if len(narrow) == 1 else _cell_around(ruled, word[0].left, word[-1].right, word[0])


def _cell_around(ruled: Sequence[Ruling], left: float, right: float, glyph: Glyph) -> tuple[int, int] | None:
    """The table and the cell around the middle of a stretch of a line."""
    x, y = (left + right) / 2, (glyph.top + glyph.bottom) / 2
    for i, ruling in enumerate(ruled):
        cell = ruling.cell_at(x, y)
        if cell is not None:
            return i, cell
    return None


def _is_crossed(ruled: Sequence[Ruling], word: Sequence[Glyph], places: Sequence[tuple[int, int] | None]) -> bool:
    """Whether an edge of a cell runs through a character, or parts one from its punctuation mark."""
    for place in places:
        if place is None:
            continue
        ruling = ruled[place[0]]
        box = ruling.box_of(ruling.cells[place[1]])
        for glyph in word:
            inset = 0.2 * (glyph.right - glyph.left)
            if any(glyph.left + inset < edge < glyph.right - inset for edge in (box.left, box.right)):
                return True
    return any(
        places[i - 1] != places[i] and (word[i].text in CLOSING_MARKS or word[i - 1].text in OPENING_MARKS)
        for i in range(1, len(word))
    )


def _blocks(
    pages: Sequence[Page], tables: Sequence[Sequence[PageTable]], lines: Sequence[Sequence[TextLine | Row]]
) -> list[_Block]:
    """Tables, and lines that follow one another, in reading order; a table cut by a page break is one."""
    blocks: list[_Block] = []
    last: PageTable | list[PlacedLine] | None = None
    for page, on_page, texts in zip(pages, tables, lines, strict=True):
        blocks += _notes(page)
        if PAGE_WITHOUT_TEXT in page.remarks and isinstance(last, list):
            last = None  # what follows stands behind what was said of this page
        items: list[tuple[float, PageTable | TextLine | Row | Box]] = [(table.box.top, table) for table in on_page]
        items += [(line.top, line) for line in texts]
        items += [(picture.top, picture) for picture in page.pictures]
        items.sort(key=lambda item: item[0])
        for _, item in items:
            if isinstance(item, Box):
                blocks.append(_PageNote("unread-picture", {"name": ""}, place_of(page.number, item)))
                last = last if isinstance(last, PageTable) else None
            elif isinstance(item, PageTable):
                if isinstance(last, PageTable) and last.continues_with(item):
                    last.join(item)
                else:
                    last = item
                    blocks.append(item)
            else:
                if not isinstance(last, list):
                    last = []
                    blocks.append(last)
                last.append(PlacedLine(item, page.number, page.width))
    return blocks
