"""Which cell of a table each character of a page stands in."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.readers.pages.page import Glyph, Page
from gip_lint.readers.pages.ruling import Ruling, rulings
from gip_lint.readers.pages.table import PageTable
from gip_lint.readers.pages.text import CLOSING_MARKS, OPENING_MARKS, are_bound


def tables_of(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page, and those of these characters that stand outside them."""
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
