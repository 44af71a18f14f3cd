"""Years in the prose, held against the year of the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.prose import HEADING, PREFACE, TITLE, Prose, prose_of
from gip_lint.rule import NOTHING, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "patterns": Parameter(
        "mappings",
        "各种写法：find 正则表达式，year、until 两组是要核对的年份；allowed 可以是哪些年（0 报告年度，1 下一年），空列表表示总是有误；"
        "parts 只看这些部分；needs 同句须有；unless 同句有此则不算；alone 前后句提到报告年度则不算；variant 用哪条 message",
        True,
    ),
}
_KEYS = ("find", "allowed", "parts", "needs", "unless", "alone", "variant")
_PARTS = (TITLE, PREFACE, HEADING, "overview", "disclosure", "applications", "reviews", "problems", "other")
_LONGEST_SHOWN = 36


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class YearPattern:
    """Where a year stands that says what is reported, and which years may stand there."""

    find: str
    allowed: tuple[int, ...]
    parts: tuple[str, ...]
    needs: str | None
    unless: str | None
    alone: bool
    variant: str | None


@dataclass(frozen=True, slots=True)
class Years:
    """A finding for each year out of place."""

    relation: ClassVar[bool] = False
    patterns: tuple[YearPattern, ...]

    def apply(self, report: AnnualReport) -> Result:
        """Without a year in the title there is nothing to hold the prose against."""
        year = report.title.year
        if year is None:
            return NOTHING
        prose = prose_of(report)
        alone = all(int(found) == year for found in _ANY_YEAR.findall(prose.text))
        held = 0
        faults: list[Fault] = []
        taken: set[int] = set()
        for pattern in self.patterns:
            if alone and 0 in pattern.allowed:
                held += 1
                continue
            for match in _compiled(pattern.find).finditer(prose.text):
                start = match.start("year")
                if start in taken or (pattern.parts and prose.passage(start).part not in pattern.parts):
                    continue
                if not self._applies(prose, pattern, match, year):
                    continue
                strange = [found for found in _years(match) if found - year not in pattern.allowed]
                if strange:
                    taken.add(start)
                    faults.append(_fault(prose, pattern, match, strange[0], year))
                else:
                    held += 1
        return Result(held, faults)

    @staticmethod
    def _applies(prose: Prose, pattern: YearPattern, match: re.Match[str], year: int) -> bool:
        start, end = prose.sentence(match.start("year"), match.end())
        sentence = prose.text[start:end]
        if pattern.needs is not None and not _compiled(pattern.needs).search(sentence):
            return False
        if pattern.unless is not None and _compiled(pattern.unless).search(sentence):
            return False
        if pattern.alone:
            # a sentence of last year beside one of this year is a comparison
            before = prose.sentence(max(start - 2, 0), max(start - 1, 0))[0]
            after = prose.sentence(end, min(end + 1, len(prose.text)))[1]
            around = prose.text[before : match.start("year")] + prose.text[match.end("year") : after]
            return not re.search(rf"{year}\s*年|(?<!\d)[今本]年(?!度报告)", around)
        return True


_ANY_YEAR = re.compile(r"20\d\d")


def _years(match: re.Match[str]) -> Iterator[int]:
    for name, text in match.groupdict().items():
        if text and name in ("year", "until"):
            yield int(text)


def _fault(prose: Prose, pattern: YearPattern, match: re.Match[str], found: int, year: int) -> Fault:
    start = match.start("year")
    end = max(match.end(), match.end("year"))
    text = prose.text[start:end].replace("\n", "")
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    facts = {"text": shown, "found": found, "year": year, "found_year": f"{found}年"}
    place = prose.location(start, end)
    return Fault(prose.passage(start).address, place, facts, variant=pattern.variant)


def _pattern(given: Mapping[str, Any]) -> YearPattern:
    unknown = sorted(set(given) - set(_KEYS))
    if unknown or "find" not in given:
        wrong = "、".join(unknown)
        zh = f"不认识的键 {wrong}，可用：{'、'.join(_KEYS)}" if unknown else "缺少 find"
        raise ParameterError("patterns", zh, f"unknown key {wrong}" if unknown else "find is missing")
    for key in ("find", "needs", "unless"):
        try:
            compiled = re.compile(given.get(key) or "")
        except re.error as error:
            raise ParameterError("patterns", f"{key}：正则表达式有误：{error}", f"{key}: bad pattern: {error}") from error
        if key == "find" and "year" not in compiled.groupindex:
            raise ParameterError("patterns", "find 中没有名为 year 的组", "find has no group named year")
    for part in given.get("parts", ()):
        if part not in _PARTS:
            raise ParameterError("patterns", f"没有 {part} 这一部分，可用：{'、'.join(_PARTS)}", f"no part {part}")
    return YearPattern(
        given["find"],
        tuple(given.get("allowed", (0,))),
        tuple(given.get("parts", ())),
        given.get("needs"),
        given.get("unless"),
        bool(given.get("alone", False)),
        given.get("variant"),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Years:
    """Make the check. Raises `ParameterError` for a pattern that is none, an unknown key or an unknown part."""
    return Years(tuple(map(_pattern, given["patterns"])))
