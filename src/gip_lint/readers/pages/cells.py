"""Which cell of a table each character of a page stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from gip_lint.readers.pages.page import UNKNOWN, Glyph, Page
from gip_lint.readers.pages.ruling import Ruling, rulings
from gip_lint.readers.pages.table import PageTable
from gip_lint.readers.pages.text import CLOSING_MARKS, OPENING_MARKS, are_bound

FOOT = 0.06  # of the page's height: no text but footers stands below
_Place: TypeAlias = tuple[int, int]  # of a table on the page, and of a cell in it
HANGING = 0.8  # of a character's height, from one line to the next


def tables_of(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page, and those of these characters that stand outside them."""
    ruled = rulings(page.strokes, page.areas, glyphs)
    if not ruled:
        return [], list(glyphs)
    _reach_down(ruled, glyphs, page.height)
    ruled.sort(key=lambda ruling: len(ruling.cells), reverse=True)  # of two tables in one place the finer one
    glyphs = list(glyphs)
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


def _reach_down(ruled: list[Ruling], glyphs: Sequence[Glyph], height: float) -> None:
    """Take what hangs out of the last table of a page so high, where it is cut, into its last row.

    Browsers end the lines of a cut row above the text in it. Where more text follows, the table ends there.
    """
    last = max(ruled, key=lambda ruling: ruling.ys[-1])
    if not last.is_open:
        return
    left, _, right, bottom = last.box
    reach = bottom
    for glyph in sorted((g for g in glyphs if g.top + g.bottom > 2 * bottom), key=lambda glyph: glyph.bottom):
        if glyph.top > (1 - FOOT) * height:
            break
        if glyph.top > reach + HANGING * (glyph.bottom - glyph.top) or not left < glyph.left < glyph.right < right:
            return
        reach = glyph.bottom
    ruled[ruled.index(last)] = last._replace(ys=(*last.ys[:-1], reach))


def _cells_of(glyphs: list[Glyph], ruled: Sequence[Ruling]) -> list[_Place | None]:
    """For each character its table and its cell there; what no edge of a cell can part stands in one.

    Digits that fit into none of the cells in which they stand may be one figure or two: they become `UNKNOWN`.
    """
    places = [_cell_around(ruled, glyph.left, glyph.right, glyph) for glyph in glyphs]
    for i in range(1, len(glyphs)):
        if places[i] == places[i - 1] or not are_bound(glyphs[i - 1], glyphs[i]):
            continue
        first, end = i - 1, i + 1
        while first and are_bound(glyphs[first - 1], glyphs[first]):
            first -= 1
        while end < len(glyphs) and are_bound(glyphs[end - 1], glyphs[end]):
            end += 1
        word = glyphs[first:end]
        if _is_crossed(ruled, word, places[first:end]):
            narrow, others = _crossed_cells(ruled, word, places[first:end])
            if len(narrow) > 1 and not others and all(glyph.text.isdigit() for glyph in word):
                glyphs[first:end] = [glyph._replace(text=UNKNOWN) for glyph in word]
            else:
                # What is too wide for its cell begins in it.
                whole = narrow[0] if narrow else _cell_around(ruled, word[0].left, word[-1].right, word[0])
                places[first:end] = [whole] * (end - first)
    return places


def _crossed_cells(
    ruled: Sequence[Ruling], word: Sequence[Glyph], places: Sequence[_Place | None]
) -> tuple[list[_Place], list[_Place]]:
    """The cells in which parts of a word stand: those too narrow for it, and the others."""
    width = word[-1].right - word[0].left
    narrow: list[_Place] = []
    others: list[_Place] = []
    for place in dict.fromkeys(places):
        if place is not None:
            box = ruled[place[0]].box_of(ruled[place[0]].cells[place[1]])
            (narrow if box.right - box.left < width else others).append(place)
    return narrow, others


def _cell_around(ruled: Sequence[Ruling], left: float, right: float, glyph: Glyph) -> _Place | None:
    """The table and the cell around the middle of a stretch of a line."""
    x, y = (left + right) / 2, (glyph.top + glyph.bottom) / 2
    for i, ruling in enumerate(ruled):
        cell = ruling.cell_at(x, y)
        if cell is not None:
            return i, cell
    return None


def _is_crossed(ruled: Sequence[Ruling], word: Sequence[Glyph], places: Sequence[_Place | None]) -> bool:
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
