"""Which lines of running text belong together: a page breaks a sentence, a converter breaks every line, an author a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gip_lint.document import Paragraph
from gip_lint.lazy_pattern import LazyPattern

_SENTENCE_ENDS = frozenset("。！？!?…")
_PAUSES = frozenset("；：;:")
_CLOSING = frozenset('”’"》）)】]')
_OPEN = frozenset("，、,（(《“‘〔[")
_SHORTEST_FULL_LINE = 20
_WIDEST_PAGE = 140  # columns; a longer line is a whole paragraph
_NARROWEST_PAGE = 16
_LEAST_BROKEN = 3
_MOST_SHORT = 4  # characters: an indent, or a mark moved so that it begins or ends no line
_BEGINS_ANEW = LazyPattern(
    r"[\s#*>\-•●·]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、部章]"
    r"|[一二三四五六七八九十]{1,2}是|[#*•●]|附[件表注]\s*[\d一二三四五六七八九十]{0,2}(?:[:：.．、\s]|$)|注[:：])"
)
_NUMBERED = LazyPattern(r"[\s#*]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|[①-⑳])")
_INNER_MARK = LazyPattern(r"[，。；：]")


class Page(NamedTuple):
    """What every line of a text was broken at: so many columns, or so many characters whatever their width."""

    columns: int
    characters: int

    def is_full(self, line: Paragraph) -> bool:
        """Whether the line goes right up to the edge: an indent or a number not divided makes it a little shorter."""
        least = self.columns - max(5, self.columns // 8)
        indent = 2 * min(line.column - 1, 2)  # of two Han characters or four columns
        return _columns(line.text) + indent >= least or len(line.text) >= self.characters - _MOST_SHORT


def _is_row(line: str) -> bool:
    """Whether it is a row of a table of the office's own, which is never broken and goes on nowhere."""
    return "|" in line or "\t" in line


def _columns(line: str) -> int:
    # a Han character is three bytes and two columns, an ASCII one a single byte and column
    return (len(line.encode()) + len(line)) // 2


def page_width(paragraphs: Iterable[Paragraph]) -> Page | None:
    """What a converter broke every line at; None when the lines are paragraphs.

    Lines are broken when none is wider than a page and several go right up to the widest without ending a sentence.
    """
    unfinished = 0
    given = [paragraph for paragraph in paragraphs if not _is_row(paragraph.text)]
    lines = [paragraph.text for paragraph in given]
    for text in lines:
        if len(text) > _WIDEST_PAGE:
            return None
        unfinished += text[-1:] not in _SENTENCE_ENDS
    if unfinished < _LEAST_BROKEN:
        return None
    # quotation marks are as wide as a Han character in one typeface and half as wide in another
    page = Page(max(_columns(line) - line.count("“") - line.count("”") for line in lines), max(map(len, lines)))
    if not _NARROWEST_PAGE <= page.columns <= _WIDEST_PAGE:
        return None
    full = sum(line.text[-1:] not in _SENTENCE_ENDS and page.is_full(line) for line in given)
    return page if full >= _LEAST_BROKEN else None


def joined(paragraphs: Sequence[Paragraph], page: Page | None) -> list[list[Paragraph]]:
    """Lines grouped into passages: a line cut in the middle of a sentence goes on in the next one."""
    groups: list[list[Paragraph]] = []
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before is not None and _goes_on(before, paragraph.text, page):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        before = paragraph
    return groups


def _goes_on(line: Paragraph, after: str, page: Page | None) -> bool:
    before = line.text
    last = before[-1]
    if last in _SENTENCE_ENDS or _is_row(before) or _is_row(after):
        return False
    if page is not None and page.is_full(line):
        # 公开2 / 1、部分公开4: a figure cut by the end of the line
        inside = before.count("（") > before.count("）")  # （微信 / 49、微博16）
        return last in _OPEN or inside or (last.isdigit() and after[0].isdigit()) or not _BEGINS_ANEW.match(after)
    if last in _CLOSING or last in _PAUSES:
        return False
    if (
        last not in _OPEN
        and before.count("《") <= before.count("》")
        and (
            page is not None  # the author ended this line before the page did
            or len(before) < _SHORTEST_FULL_LINE
            or (_NUMBERED.match(before) and not _INNER_MARK.search(before))
        )
    ):
        return False
    return not _BEGINS_ANEW.match(after)
