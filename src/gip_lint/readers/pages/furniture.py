"""What stands on a page and is no part of the text: page numbers, running headers and footers, watermarks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.pages.columns import cells_of
from gip_lint.readers.pages.page import Glyph, Page
from gip_lint.readers.pages.text import TextLine

MARGIN = 0.13  # of the page's height, at its top and at its bottom
VERY_EDGE = 0.06
SAME_HEIGHT = 3.0
LARGE_PRINT = 2.5
_PAGE_NUMBER = LazyPattern(
    r"[-—–－·•~\s]*(?:第\s*)?(?P<number>\d{1,3})(?:\s*页)?(?:\s*[/／,，共]\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—–－·•~\s]*"
)
# 2024/1/15 10:30, 1/15/24, 5:58 PM, 2024年1月15日 上午10:30; http://…, file:///…
_PRINTED_BY_A_BROWSER = LazyPattern(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?[,，]?(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?(?:[AP]M)?|(?:https?|file):\S+"
)
_DIGITS = LazyPattern(r"\d+")
_SENTENCE_ENDS = tuple("。；！？")


def without_watermarks(pages: Sequence[Page]) -> list[Sequence[Glyph]]:
    """The characters of each page but for slanted ones, and for large ones printed across others.

    Words printed across others on one page are no text on the other pages where they stand in the same place either.
    """
    upright: list[Sequence[Glyph]] = [
        page.glyphs
        if all(glyph.upright for glyph in page.glyphs)
        else [glyph for glyph in page.glyphs if glyph.upright]
        for page in pages
    ]
    large = [_large_words(glyphs) for glyphs in upright]
    crossing = {
        _mark(word)
        for words, glyphs in zip(large, upright, strict=True)
        for word in words
        if _crosses_others(word, glyphs)
    }
    if not crossing:
        return upright
    marks = {id(glyph) for words in large for word in words if _mark(word) in crossing for glyph in word}
    return [[glyph for glyph in glyphs if id(glyph) not in marks] for glyphs in upright]


def _large_words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters far larger than most, those that follow one another on a line together."""
    if not glyphs:
        return []
    limit = LARGE_PRINT * median(glyph.bottom - glyph.top for glyph in glyphs)
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.bottom - glyph.top > limit:
            if words and abs(glyph.bottom - words[-1][-1].bottom) < 1:
                words[-1].append(glyph)
            else:
                words.append([glyph])
    return words


def _mark(word: Sequence[Glyph]) -> tuple[str, int, int]:
    """What a watermark is known by on every page: its characters and its place."""
    return "".join(glyph.text for glyph in word), round(word[0].left), round(word[0].top)


def _crosses_others(word: Sequence[Glyph], glyphs: Iterable[Glyph]) -> bool:
    """Whether one of the characters is printed across at least two that are no part of the word."""
    top, bottom = word[0].top, word[0].bottom
    beside = [glyph for glyph in glyphs if top < (glyph.top + glyph.bottom) / 2 < bottom]
    return any(
        sum(large.left < (glyph.left + glyph.right) / 2 < large.right for glyph in beside if glyph is not large) > 1
        for large in word
    )


def furniture(pages: Sequence[Page], lines: Sequence[Sequence[TextLine]]) -> set[int]:
    """The ids of the lines that are page numbers, running headers or footers; `lines` are those of each page.

    Page numbers count with the pages; headers and footers stand at the same height on several pages, with the same
    words whatever the figures in them; neither has any text between itself and the edge of the paper. A sentence is
    text wherever it stands: two pages may well begin with the same one. At the very edge stands what a browser prints.
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
                    any(char.isalpha() for char in words)
                    and not words.endswith(_SENTENCE_ENDS)
                    and any(len(repeated[words, level]) > 1 for level in _levels(line))
                )
                counts = number is not None and (
                    numbered[number - page.number, at_top] > 1
                    or (len(pages) == 1 and number == page.number and not at_top)
                )
                if not (recurs or counts or _is_of_a_browser(line, page)):
                    break
                found.add(id(line))
    return found


def _is_of_a_browser(line: TextLine, page: Page) -> bool:
    """Whether a line at the very edge has a time or an address in it, as those that browsers add to a page."""
    edge = VERY_EDGE * page.height
    if edge < line.bottom and line.top < page.height - edge:
        return False
    texts = ["".join(cell.text.split()) for cell in cells_of(line)]
    pairs = (before + text for before, text in pairwise(texts))  # a date and a time stand apart as two figures do
    return any(_PRINTED_BY_A_BROWSER.fullmatch(text) for text in (*texts, *pairs))


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
