"""Years in the prose, held against the year of the title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.prose import HEADING, PREFACE, TITLE, Prose, prose_of
from gip_lint.rule import NOTHING, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "patterns": Parameter(
        "mappings",
        "各种写法：before、after 四位年份之前、之后须有的（正则表达式，after 中可有 until 组，是另一个要核对的年份）；"
        "allowed 可以是哪些年（0 报告年度，1 下一年），空列表表示总是有误；parts 只看这些部分；needs 同句须有；"
        "unless 同句有此则不算，unless-before 同句中到这些话为止有此则不算；alone 同段前后句提到报告年度则不算；variant 用哪条 message",
        True,
    ),
    "topics": Parameter("texts", "前后句说的是不是一回事，凭这些词看；没有写明，或一句中一个词也没有的，当作一回事"),
}
_KEYS = ("before", "after", "allowed", "parts", "needs", "unless", "unless-before", "alone", "variant")
_PARTS = (TITLE, PREFACE, HEADING, "overview", "disclosure", "applications", "reviews", "problems", "other")
_YEAR = LazyPattern(r"20\d\d")
_TOPIC = LazyPattern(
    r"[（(][一二三四五六七八九十]{1,2}[）)]|(?<=[。；：])[一二三四五六七八九十]是|(?<=[。；：])\d{1,2}[.．、](?!\d)"
)
_NAME = LazyPattern(r"《[^《》\n]*》")
_PERIOD = LazyPattern(
    r"20\d\d\s*年\s*1\s*月\s*1\s*日[^。；，\n]{0,30}12\s*月\s*31\s*日|截[至止]到?\s*20\d\d\s*年\s*(?:12\s*月|年?底)"
)
_BEGINS = LazyPattern(r"[\s；。]*(20\d\d)\s*年[，,]")
_EARLIER_STILL = LazyPattern(r"[，、；,;]\s*(20\d\d)\s*年度?[^，。；,;\d]{0,10}\d")
_COUNTED = LazyPattern(r"\d\s*[件条篇项]")
_LOOK_BACK = 48
_SAME_TOPIC = 120
_LONGEST_SHOWN = 36


class YearPattern(NamedTuple):
    """Where a year stands that says what is reported, and which years may stand there."""

    before: str
    after: str
    allowed: tuple[int, ...]
    parts: tuple[str, ...]
    needs: str | None
    unless: str | None
    unless_before: str | None
    alone: bool
    variant: str | None


class Found(NamedTuple):
    """A year in the text with the words after it that make it one to be checked."""

    start: int
    end: int
    years: tuple[int, ...]


class Years(NamedTuple):
    """A finding for each year out of place."""

    patterns: tuple[YearPattern, ...]
    topics: str | None

    def apply(self, report: AnnualReport) -> Result:
        """Without a year in the title there is nothing to hold the prose against."""
        year = report.title.year
        if year is None:
            return NOTHING
        prose = prose_of(report)
        held = 0
        faults: list[Fault] = []
        for match in _YEAR.finditer(prose.text):
            offset = int(match.group()) - year
            for pattern in self.patterns:
                if offset in pattern.allowed and "until" not in pattern.after:
                    continue
                found = _found(prose, pattern, match)
                if found is None or not self._applies(prose, pattern, found, year, report.issuer):
                    continue
                strange = [other for other in found.years if other - year not in pattern.allowed]
                if strange:
                    faults.append(_fault(prose, pattern, found, strange[0], year))
                    break
                held += 1
        return Result(held, faults)

    def _applies(self, prose: Prose, pattern: YearPattern, found: Found, year: int, issuer: str | None) -> bool:
        if pattern.parts and prose.passage(found.start).part not in pattern.parts:
            return False
        start, end = prose.sentence(found.start, found.end)
        sentence, so_far = prose.text[start:end], prose.text[start : found.end]
        if issuer:
            sentence, so_far = (
                sentence.replace(issuer, ""),
                so_far.replace(issuer, ""),
            )  # 规划局 plans nothing by its name
        if pattern.needs is not None and not compiled(pattern.needs).search(sentence):
            return False
        if pattern.unless is not None and compiled(pattern.unless).search(sentence):
            return False
        if pattern.unless_before is not None and compiled(pattern.unless_before).search(so_far):
            return False
        return not (pattern.alone and self._compared(prose, found, (start, end), year))

    def _compared(self, prose: Prose, found: Found, sentence: tuple[int, int], year: int) -> bool:
        """Whether the sentence, or the one before or after it, tells the same of the reporting year."""
        this_year = rf"{year}\s*年(?!度?(?:部门|财政|政府)?(?:预算|决算))|(?<!\d)[今本]年(?!度报告)"
        start, end = sentence
        text = prose.text
        if re.search(this_year, _told(text[start : found.start] + text[found.start + 4 : end])):
            return True
        passage = prose.passage(found.start)
        listed = _EARLIER_STILL.match(text, found.end, end)
        if (
            listed is not None
            and text[found.start : found.start + 4] > listed[1]
            and _COUNTED.search(self._same_topic(text, start))
        ):
            return True  # 收到2件：…。2023年收到3件，2022年收到1件
        before = max(prose.sentence(max(start - 2, 0), max(start - 1, 0))[0], passage.start)
        before = max((mark.end() for mark in _TOPIC.finditer(text, before, found.start)), default=before)
        after = min(prose.sentence(end, min(end + 1, len(text)))[1], passage.end)
        another = _TOPIC.search(text, found.end, after)
        after = another.start() if another else after
        own = self._topics(text[found.start : found.end])
        for around in (text[before:start], text[end:after]):
            chronicle = _BEGINS.match(around)
            if chronicle is not None and text[found.start : found.start + 4] != chronicle[1] <= str(year):
                return True  # year by year
            if re.search(this_year, _told(around)):
                other = self._topics(around)
                if not own or not other or not own.isdisjoint(other):
                    return True
        return False

    def _same_topic(self, text: str, end: int) -> str:
        """What is told right before on the same subject, in this paragraph or, where lines are broken, the one before."""
        before = text[max(end - _SAME_TOPIC, 0) : end]
        return before[max((mark.end() for mark in _TOPIC.finditer(before)), default=0) :]

    def _topics(self, words: str) -> set[str]:
        return set(compiled(self.topics).findall(words)) if self.topics else set()


def _told(text: str) -> str:
    """The text without names in 《》 and the period of the data: the years in them tell nothing of what was done."""
    return _PERIOD.sub("", _NAME.sub("", text) if "《" in text else text)


def _found(prose: Prose, pattern: YearPattern, match: re.Match[str]) -> Found | None:
    after = compiled(pattern.after).match(prose.text, match.end())
    if after is None:
        return None
    if pattern.before and not _ending(pattern.before).search(
        prose.text[max(0, match.start() - _LOOK_BACK) : match.start()]
    ):
        return None
    until = after.groupdict().get("until")
    years = (int(match.group()), int(until)) if until else (int(match.group()),)
    return Found(match.start(), after.end(), years)


def _ending(pattern: str) -> re.Pattern[str]:
    return compiled(rf"(?:{pattern})\Z")


def _fault(prose: Prose, pattern: YearPattern, found: Found, strange: int, year: int) -> Fault:
    text = prose.text[found.start : found.end].replace("\n", "")
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    facts = {"text": shown, "found": strange, "year": year}
    place = prose.location(found.start, found.end)
    return Fault(prose.passage(found.start).address, place, facts, variant=pattern.variant)


def _pattern(given: Mapping[str, Any]) -> YearPattern:
    unknown = sorted(set(given) - set(_KEYS))
    if unknown or "after" not in given:
        wrong = "、".join(unknown)
        zh = f"不认识的键 {wrong}，可用：{'、'.join(_KEYS)}" if unknown else "缺少 after"
        raise ParameterError("patterns", zh, f"unknown key {wrong}" if unknown else "after is missing")
    for key in ("before", "after", "needs", "unless", "unless-before"):
        try:
            re.compile(given.get(key) or "")
        except re.error as error:
            raise ParameterError(
                "patterns", f"{key}：正则表达式有误：{error}", f"{key}: bad pattern: {error}"
            ) from error
    for part in given.get("parts", ()):
        if part not in _PARTS:
            raise ParameterError("patterns", f"没有 {part} 这一部分，可用：{'、'.join(_PARTS)}", f"no part {part}")
    return YearPattern(
        given.get("before", ""),
        given["after"],
        tuple(given.get("allowed", (0,))),
        tuple(given.get("parts", ())),
        given.get("needs"),
        given.get("unless"),
        given.get("unless-before"),
        bool(given.get("alone", False)),
        given.get("variant"),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Years:
    """Make the check. Raises `ParameterError` for a pattern that is none, an unknown key or an unknown part."""
    topics = "|".join(given.get("topics", ()))
    try:
        re.compile(topics)
    except re.error as error:
        raise ParameterError("topics", f"topics：正则表达式有误：{error}", f"topics: {error}") from error
    return Years(tuple(map(_pattern, given["patterns"])), topics or None)
