"""Lays pages of characters and lines out as a document: paragraphs and grids in reading order.

Knows neither the format the pages came from nor what stands in them; readers of paged sources share it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple, TypeAlias

from gip_lint.document import Document, Place
from gip_lint.errors import UnreadableFile
from gip_lint.readers.composition import Composition
from gip_lint.readers.pages.cells import tables_of
from gip_lint.readers.pages.columns import Row, cells_of
from gip_lint.readers.pages.furniture import furniture, without_watermarks
from gip_lint.readers.pages.page import PAGE_WITHOUT_TEXT, UNKNOWN, Box, Glyph, Page, place_of
from gip_lint.readers.pages.prose import Frame, PlacedLine, add_prose, text_columns
from gip_lint.readers.pages.regions import bands_of
from gip_lint.readers.pages.table import PageTable
from gip_lint.readers.pages.text import TextLine, text_lines
from gip_lint.readers.pages.unruled import value_rows

_Block: TypeAlias = "PageTable | _PageNote | list[PlacedLine]"
_Item: TypeAlias = PageTable | PlacedLine | Box


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
    for page, upright in zip(pages, without_watermarks(pages), strict=True):
        on_page, outside = tables_of(page, upright)
        tables.append(on_page)
        glyphs.append(outside)
    lines = [text_lines(outside) for outside in glyphs]
    left_out = furniture(pages, lines)
    bands = [
        _laid_out(page, outside, texts, left_out) for page, outside, texts in zip(pages, glyphs, lines, strict=True)
    ]
    columns = text_columns(
        placed for on_page in bands for band in on_page for region in band for placed in region.lines
    )
    composition = Composition()
    for block in _blocks(pages, tables, bands):
        if isinstance(block, PageTable):
            composition.table(block.rows())
        elif isinstance(block, _PageNote):
            composition.note(*block)
        else:
            add_prose(composition, block, columns)
    return composition.document(path)


class _Region(NamedTuple):
    """A region of a page with its lines and rows, in no particular order."""

    lines: list[PlacedLine]
    box: Box
    aside: bool


def _laid_out(
    page: Page, glyphs: Sequence[Glyph], lines: Sequence[TextLine], left_out: AbstractSet[int]
) -> list[list[_Region]]:
    """The bands of a page with the lines in each of their regions; `left_out` are the ids of lines that are no text."""
    dropped = {id(glyph) for line in lines if id(line) in left_out for glyph in line.glyphs}
    kept = [glyph for glyph in glyphs if id(glyph) not in dropped] if dropped else glyphs
    found = bands_of(kept, page.height)
    laid_out = []
    for band in found:
        regions = []
        for region in band:
            whole = len(found) == len(band) == 1
            texts = [line for line in lines if id(line) not in left_out] if whole else text_lines(region.glyphs)
            rows: list[Row] = []
            if any(len(cells_of(line)) > 1 for line in texts):
                rows, others = value_rows(region.glyphs)
                texts = text_lines(others) if rows else texts
            frame = Frame(0.0, page.width) if len(band) == 1 else Frame(region.box.left, region.box.right)
            placed = [PlacedLine(row, page.number, frame) for row in rows]
            placed += [PlacedLine(line, page.number, frame) for line in texts]
            regions.append(_Region(placed, region.box, region.aside))
        laid_out.append(regions)
    return laid_out


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


def _blocks(
    pages: Sequence[Page], tables: Sequence[Sequence[PageTable]], bands: Sequence[Sequence[Sequence[_Region]]]
) -> list[_Block]:
    """Tables, and lines that follow one another, in reading order; a table cut by a page break is one.

    What stands aside on a page is read after it, and parts nothing there from what follows on the next page.
    """
    blocks: list[_Block] = []
    last: PageTable | list[PlacedLine] | None = None
    for page, on_page, on_bands in zip(pages, tables, bands, strict=True):
        blocks += _notes(page)
        if PAGE_WITHOUT_TEXT in page.remarks and isinstance(last, list):
            last = None  # what follows stands behind what was said of this page
        contents = _contents(page, on_page, on_bands)
        for aside in (False, True):
            before = None if aside else last
            for item in chain.from_iterable(items for region, items in contents if region.aside is aside):
                if isinstance(item, Box):
                    blocks.append(_PageNote("unread-picture", {"name": ""}, place_of(page.number, item)))
                    before = before if isinstance(before, PageTable) else None
                elif isinstance(item, PageTable):
                    if isinstance(before, PageTable) and before.continues_with(item):
                        before.join(item)
                    else:
                        before = item
                        blocks.append(item)
                else:
                    if not isinstance(before, list):
                        before = []
                        blocks.append(before)
                    before.append(item)
            last = last if aside else before
    return blocks


def _contents(
    page: Page, tables: Sequence[PageTable], bands: Sequence[Sequence[_Region]]
) -> list[tuple[_Region, list[_Item]]]:
    """The regions of a page in reading order, and the tables, lines and pictures of each from top to bottom."""
    starts = [min(region.box.top for region in band) for band in bands[1:]]
    contents: list[list[list[_Item]]] = [[[*region.lines] for region in band] for band in bands]
    besides: list[_Item] = [*tables, *page.pictures]
    for item in besides:
        box = _box_of(item)
        place = bisect_right(starts, box.top)
        middle = (box.left + box.right) / 2
        around = (i for i, region in enumerate(bands[place]) if region.box.left <= middle <= region.box.right)
        contents[place][next(around, 0)].append(item)
    return [
        (region, sorted(items, key=lambda item: _box_of(item).top))
        for band, of_band in zip(bands, contents, strict=True)
        for region, items in zip(band, of_band, strict=True)
    ]


def _box_of(item: _Item) -> Box:
    return item if isinstance(item, Box) else item.box
