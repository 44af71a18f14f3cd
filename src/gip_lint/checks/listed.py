"""Whether a number of documents in the prose is the number of titles listed with it: 制度5个，包括《…》《…》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Compared
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import CUT, ProseFigure, SectionProse, section_prose
from gip_lint.rule import Fault, Gap, Result, gathered

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "introducers": Parameter("texts", "数字之后引出书名的词：包括、分别为", True),
    "counters": Parameter("texts", "计数单位", True),
    "nouns": Parameter("texts", "书名之后的数字所数的东西：…等4项制度", True),
    "open-ended": Parameter("texts", "表明没有列全的词：等", True),
    "openers": Parameter("texts", "在书名之前表明没有列全的词：主要", True),
}
# Titles one after the other, each with its document number in brackets; titles quoted within a title belong to it.
_TITLE = r"《[^《》]*(?:《[^《》]*》[^《》]*)*》"
_BETWEEN = r"(?:[（(][^（）()]*[）)])?\s*(?:[、，,；;]|和|及|以及|与)?\s*(?:\d{1,2}[.．、])?\s*"
_TITLES = LazyPattern(rf"{_TITLE}(?:{_BETWEEN}{_TITLE})*(?:[（(][^（）()]*[）)])?")
_ONE = LazyPattern(_TITLE)


class Listed(NamedTuple):
    """Every number of documents that is followed or preceded by their titles."""

    counters: frozenset[str]
    before: str
    after: str
    ends: str
    openers: str

    def apply(self, report: AnnualReport) -> Result:
        """Count the titles."""
        return gathered(
            _judge(prose, figure, titles, complete)
            for prose in section_prose(report)
            if "》" in prose.text
            for figure, titles, complete in self._lists(prose)
        )

    def _lists(self, prose: SectionProse) -> Iterator[tuple[ProseFigure, re.Match[str], bool]]:
        """(the number, the titles, whether they are said to be all)."""
        text = prose.text
        for place, figure in enumerate(prose.figures):
            if figure.counter not in self.counters:
                continue
            opening = text.find("《", figure.end, figure.end + 26)
            nearer = prose.figures[place + 1] if place + 1 < len(prose.figures) else None
            if nearer and nearer.bracket < 0 and nearer.end <= opening and nearer.counter in self.counters:
                continue  # 现行文件9件，其中新制定1件，即《…》
            words = text[figure.end : opening] if opening >= 0 else ""
            if opening >= 0 and "。" not in words and compiled(self.before).search(words):
                titles = _TITLES.match(text, opening)
                if titles is not None:
                    rest = text[titles.end() : titles.end() + 12].lstrip(" ")
                    ended = compiled(self.ends).match(rest)
                    if ended is not None:
                        complete = not ended["open"] and not compiled(self.openers).search(words)
                        yield figure, titles, complete
                    continue
            closing = text.rfind("》", figure.sentence, figure.start)
            if closing >= 0:
                between = compiled(self.after).fullmatch(text, closing + 1, figure.end + 8)
                if between is None or between.end("number") != figure.end:
                    continue  # 《…》《…》2件规范性文件，废止3件
                titles = self._titles_ending(text, figure.sentence, closing + 1)
                if titles is not None:
                    yield figure, titles, not between["open"]

    @staticmethod
    def _titles_ending(text: str, start: int, end: int) -> re.Match[str] | None:
        for titles in _TITLES.finditer(text, start):
            if titles.end() >= end:
                return titles
        return None


def _judge(prose: SectionProse, figure: ProseFigure, titles: re.Match[str], complete: bool) -> int | Fault | Gap:
    quote = prose.quote(figure.clause, figure.end)
    address = f"{prose.address}/{quote}"
    names = [one.group() for one in _ONE.finditer(titles.group())]
    count = len(names)
    if figure.exactness not in ("", CUT):
        return Gap(address, "approximate")
    if count == figure.amount or (not complete and count < figure.amount):
        return 1
    if figure.exactness:
        return Gap(address, "cut")
    facts: dict[str, object] = {
        "quote": quote,
        "amount": figure.amount,
        "listed": count,
        "titles": "".join(names),
    }
    return Fault(
        address,
        prose.location(figure.start, figure.end),
        facts,
        compared=Compared(figure.amount, count),
        excerpt=prose.excerpt([(figure.start, figure.end), titles.span()]),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Listed:
    """Make the check."""

    def any_of(words: Sequence[str]) -> str:
        return "|".join(sorted(words, key=len, reverse=True))

    opens = any_of(given["open-ended"])
    return Listed(
        counters=frozenset(given["counters"]),
        before=rf"(?:{any_of(given['introducers'])})\s*[：:]?\s*$|^[^，。]{{0,8}}[：:（(]\s*$",
        after=rf"(?:[（(][^（）()]*[）)])?(?P<open>{opens})?(?:共|共计)?\s*"
        rf"(?P<number>[\d一二三四五六七八九十]+\s*(?:{any_of(given['counters'])}))[^，。；]{{0,4}}?(?:{any_of(given['nouns'])})[\s\S]*",
        # 《…》《…》，以及…制度 goes on without titles and cannot be counted
        ends=rf"(?P<open>{opens})|(?:{any_of(given['nouns'])})?(?:[。；;）)\n]|$|，(?!以及|和|并|还|另|同时|及|与|修订|完善))",
        openers=any_of(given["openers"]),
    )
