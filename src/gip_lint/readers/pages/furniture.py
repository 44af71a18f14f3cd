"""What stands on a page and is no part of the text: page numbers, running headers and footers, watermarks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.pages.page import Glyph, Page
from gip_lint.readers.pages.text import TextLine

MARGIN = 0.13  # of the page's height, at its top and at its bottom
SAME_HEIGHT = 3.0
LARGE_PRINT = 2.5
_PAGE_NUMBER = LazyPattern(
    r"[-—–－·•~\s]*(?:第\s*)?(?P<number>\d{1,3})(?:\s*页)?(?:\s*[/／,，共]\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—–－·•~\s]*"
)
_DIGITS = LazyPattern(r"\d+")
_SENTENCE_ENDS = tuple("。；！？")


def without_watermark(page: Page) -> Sequence[Glyph]:
    """The characters of a page but for slanted ones, and for large ones printed across others."""
    glyphs: Sequence[Glyph] = page.glyphs
    if any(not glyph.upright for glyph in glyphs):
        glyphs = [glyph for glyph in glyphs if glyph.upright]
    if not glyphs:
        return glyphs
    limit = LARGE_PRINT * median(glyph.bottom - glyph.top for glyph in glyphs)
    large = [glyph for glyph in glyphs if glyph.bottom - glyph.top > limit]
    if not large:
        return glyphs
    crossing = {id(glyph) for glyph in large if _covers_others(glyph, glyphs)}
    return [glyph for glyph in glyphs if id(glyph) not in crossing]


def _covers_others(large: Glyph, glyphs: Sequence[Glyph]) -> bool:
    left, top, right, bottom = large[1:5]
    inside = (
        glyph is not large
        and left < (glyph.left + glyph.right) / 2 < right
        and top < (glyph.top + glyph.bottom) / 2 < bottom
        for glyph in glyphs
    )
    return sum(inside) > 1


def furniture(pages: Sequence[Page], lines: Sequence[Sequence[TextLine]]) -> set[int]:
    """The ids of the lines that are page numbers, running headers or footers; `lines` are those of each page.

    Page numbers count with the pages; headers and footers stand at the same height on several pages, with the same
    words whatever the figures in them; neither has any text between itself and the edge of the paper. A sentence is
    text wherever it stands: two pages may well begin with the same one.
    """
    outer = [_outer_lines(page, on_page) for page, on_page in zip(pages, lines, strict=True)]
    repeated: dict[tuple[str, int], set[int]] = defaultdict(set)
    numbered: Counter[tuple[int, bool]] = Counter()
    for page, sides in zip(pages, outer, strict=True):
        for at_top, side in zip((True, False), sides, strict=True):
            for line in side:
                words, number = _words_and_number(line)
                for level in _levels(line):
                    repeated[words, level].add(page.number)
                if number is not None:
                    numbered[number - page.number, at_top] += 1
    found = set()
    for page, sides in zip(pages, outer, strict=True):
        for at_top, side in zip((True, False), sides, strict=True):
            for line in side:
                words, number = _words_and_number(line)
                recurs = (
                    words.strip("#/-")
                    and not words.endswith(_SENTENCE_ENDS)
                    and any(len(repeated[words, level]) > 1 for level in _levels(line))
                )
                counts = number is not None and (
                    numbered[number - page.number, at_top] > 1
                    or (len(pages) == 1 and number == page.number and not at_top)
                )
                if not (recurs or counts):
                    break
                found.add(id(line))
    return found


def _outer_lines(page: Page, lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """The lines in the page's upper and in its lower margin, from the edge inwards."""
    upper = [line for line in lines if line.bottom < MARGIN * page.height]
    lower = [line for line in lines if line.top > (1 - MARGIN) * page.height]
    return upper, lower[::-1]


def _words_and_number(line: TextLine) -> tuple[str, int | None]:
    text = "".join(line.text.split())
    number = _PAGE_NUMBER.fullmatch(text)
    return _DIGITS.sub("#", text), int(number["number"]) if number else None


def _levels(line: TextLine) -> tuple[int, int]:
    """The height of a line, twice over, so that a small difference never parts two equal ones."""
    level = round(line.top / SAME_HEIGHT)
    return level, level + 1
