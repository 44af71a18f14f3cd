"""Paragraphs of prose that end without a mark."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.prose import HEADING, TITLE, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "shortest": Parameter("number", "至少多少字才算一段正文", True),
}
_ANEW = LazyPattern(
    r"[\s#*]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]，|附件|附表|附注|注[:：])"
)
# behind a comma 二是 goes on with the sentence
_HEADED = LazyPattern(r"[\s#*]*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))")
_NO_PROSE = LazyPattern(r"[\s#*]*(?:附件|附表|附注|注|来源|联系|地址|电话|邮编|网址|责任编辑)")
_DATE = LazyPattern(
    r"\d\s*[日号]\Z|20\d\d\s*年\s*\d{1,2}\s*月\Z|[一二三四五六七八九十]日\Z"
)  # a signature run into the last paragraph
_CLOSING = frozenset("）》”")
_OPENING = ("（", "(", "“", "【")
_OPEN = frozenset("，、%％")
_ENDS = frozenset("。！？；…")
_SHOWN = 12


class Ending(NamedTuple):
    """One finding for each paragraph that has the marks of a sentence inside but none at its end."""

    shortest: int

    def apply(self, report: AnnualReport) -> Result:
        """Only where the next paragraph begins something new, or none follows: else the sentence may go on there."""
        prose = prose_of(report)
        held = 0
        faults = []
        for passage, after in zip_longest(prose.passages, prose.passages[1:]):
            if passage.part in (HEADING, TITLE):
                continue
            last = prose.text[passage.end - 1 : passage.end]
            text = prose.text[passage.start : passage.end]
            inside = last in _CLOSING and text[-2:-1] not in _ENDS and not text.lstrip().startswith(_OPENING)
            listed = last == "；" and (after is None or after.part != passage.part)  # the last point of a list
            if not ("\u4e00" <= last <= "\u9fff" or inside or listed or last in _OPEN):
                held += 1
                continue
            if (
                len(text) < self.shortest
                or passage.tabular
                or not ("，" in text or "。" in text)
                or _NO_PROSE.match(text)
                or _DATE.search(text)
            ):
                continue
            anew = _HEADED if last in _OPEN else _ANEW
            goes_on = after is not None and after.part == passage.part and not anew.match(prose.text, after.start)
            if not goes_on:
                place = prose.location(passage.end - 1, passage.end)
                faults.append(Fault(passage.address, place, {"text": text[-_SHOWN:]}))
        return Result(held, faults)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Ending:
    """Make the check."""
    return Ending(given["shortest"])
