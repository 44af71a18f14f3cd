"""Which lines of running text belong together: a page breaks a sentence, a converter breaks every line, an author a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
_BEGINS_ANEW = LazyPattern(
    r"[\s#*>\-•●·]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、部章]"
    r"|[一二三四五六七八九十]{1,2}是|[#*•●]|附件|附表|附注|注[:：])"
)
_NUMBERED = LazyPattern(r"[\s#*]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|[①-⑳])")
_INNER_MARK = LazyPattern(r"[，。；：]")


def page_width(paragraphs: Iterable[Paragraph]) -> int:
    """The columns that a converter broke every line at; 0 when the lines are paragraphs.

    Lines are broken when none is wider than a page and several go right up to the widest without ending a sentence.
    """
    unfinished = 0
    lines = [paragraph.text for paragraph in paragraphs]
    for text in lines:
        if len(text) > _WIDEST_PAGE:
            return 0
        unfinished += text[-1:] not in _SENTENCE_ENDS
    if unfinished < _LEAST_BROKEN:
        return 0
    # a Han character is three bytes and two columns, an ASCII one a single byte and column
    widths = [(len(text.encode()) + len(text)) // 2 for text in lines]
    widest = max(widths)
    if not _NARROWEST_PAGE <= widest <= _WIDEST_PAGE:
        return 0
    least = _full(widest)
    full = sum(width >= least and text[-1:] not in _SENTENCE_ENDS for width, text in zip(widths, lines, strict=True))
    return widest if full >= _LEAST_BROKEN else 0


def _full(width: int) -> int:
    """From how many columns on a line counts as full: an indent or a number that is not divided makes it shorter."""
    return width - max(5, width // 8)


def joined(paragraphs: Sequence[Paragraph], width: int) -> list[list[Paragraph]]:
    """Lines grouped into passages: a line cut in the middle of a sentence goes on in the next one."""
    groups: list[list[Paragraph]] = []
    before = ""
    for paragraph in paragraphs:
        if before and _goes_on(before, paragraph.text, width):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        before = paragraph.text
    return groups


def _goes_on(before: str, after: str, width: int) -> bool:
    last = before[-1]
    if last in _SENTENCE_ENDS:
        return False
    if width and (len(before.encode()) + len(before)) // 2 >= _full(width):
        return last in _OPEN or not _BEGINS_ANEW.match(after)
    if last in _CLOSING or last in _PAUSES:
        return False
    if (
        last not in _OPEN
        and before.count("《") <= before.count("》")
        and (
            width  # the author ended this line before the page did
            or len(before) < _SHORTEST_FULL_LINE
            or (_NUMBERED.match(before) and not _INNER_MARK.search(before))
        )
    ):
        return False
    return not _BEGINS_ANEW.match(after)
