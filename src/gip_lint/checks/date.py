"""When a report was signed or published: not before its year is over, not after the day it is due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.document import Location, Paragraph
from gip_lint.finding import Severity
from gip_lint.issuer import issuer_kind
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.numerals import chinese_number
from gip_lint.prose import PREFACE, prose_of
from gip_lint.rule import NOTHING, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "test": Parameter("text", "late：晚于期限；premature：早于报告年度结束", True, ("late", "premature")),
    "deadlines": Parameter(
        "mapping", "各类机关（rules/words/issuers.yaml）次年的期限：{类: {date: MM-DD, grade: 级别}}"
    ),
    "plausible-until": Parameter("text", "网页上的日期晚于次年的这一天（MM-DD）时视为改版迁移，不算"),
}
_YEAR_AND_MONTH = r"(?P<year>20\d\d|二[〇○零O0Oo][〇○零一二三四五六七八九]{2})\s*[年\-/.]\s*(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九元])\s*"
_DATE = LazyPattern(
    rf"{_YEAR_AND_MONTH}[月\-/.]\s*(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*日?"
)
_MONTH = LazyPattern(rf"{_YEAR_AND_MONTH}月\Z")
_WHOLE = LazyPattern(rf"[（(]?\s*(?:日期[:：]|发布时间[:：])?\s*{_DATE.pattern}\s*[）)]?")
_PUBLISHED = LazyPattern(r"(?:发布|公开|公布|发文|成文|生成)(?:日期|时间)\s*[:：]")
_WRITTEN = LazyPattern(r"(?:发文|成文|生成)(?:日期|时间)\s*[:：]")
_ZEROES = str.maketrans("○零O0o元", "〇〇〇〇〇一")


class Dated(NamedTuple):
    """A date that the report bears; `signed` when it stands under the report or its title, else a web page gives it."""

    day: date
    text: str
    location: Location
    signed: bool
    written: bool  # a web page says that the text was made then, not published
    last: date  # later than `day` where only the month is given


class DateCheck(NamedTuple):
    """At most one finding, on the date of signing, or on that of publication where there is none."""

    test: str
    deadlines: Mapping[str, tuple[tuple[int, int], Severity]]
    plausible_until: tuple[int, int]
    issuer_words: Mapping[str, Sequence[str]]

    def apply(self, report: AnnualReport) -> Result:
        """Nothing is said without a date, or without a year in the title to hold it against."""
        year = report.title.year
        if year is None:
            return NOTHING
        dated = next(iter(sorted(_dates(report), key=_rank)), None)
        if dated is None:
            return NOTHING
        facts: dict[str, object] = {"date": dated.text, "year": year, "issuer": report.issuer or ""}
        if self.test == "premature":
            if dated.last >= date(year, 12, 31):
                return Result(1)
            return Result(0, [Fault("落款", dated.location, facts, variant=None if dated.signed else "page")])
        due = self.deadlines.get(issuer_kind(report.issuer, self.issuer_words) or "")
        if due is None or (not dated.signed and dated.day > date(year + 1, *self.plausible_until)):
            return NOTHING
        (month, day), grade = due
        if dated.day <= date(year + 1, month, day):
            return Result(1)
        facts |= {"deadline": f"{year + 1}年{month}月{day}日", "days": (dated.day - date(year + 1, month, day)).days}
        return Result(0, [Fault("落款", dated.location, facts, grade=grade, variant=None if dated.signed else "page")])


def _rank(found: Dated) -> tuple[bool, bool]:
    """The date of signing goes first, that of publication before that of writing."""
    return not found.signed, found.written


def _dates(report: AnnualReport) -> Iterator[Dated]:
    for paragraph in reversed(report.signature):
        match = _DATE.search(paragraph.text) or _MONTH.search(paragraph.text)
        if match is not None:
            found = _dated(paragraph, match, signed=_PUBLISHED.search(paragraph.text) is None)
            if found is not None:
                yield found
    prose = prose_of(report)
    for paragraph in prose.metadata:
        label = _PUBLISHED.search(paragraph.text)
        match = _DATE.search(paragraph.text, label.end()) if label else _WHOLE.fullmatch(paragraph.text)
        found = _dated(paragraph, match, signed=False) if match else None
        if found is not None:
            yield found
    for passage in prose.passages:
        if passage.part != PREFACE:
            continue
        text = prose.text[passage.start : passage.end]
        match = _WHOLE.fullmatch(text) if len(text) < 24 else None
        if match is not None:
            place = prose.location(passage.start, passage.end)
            found = _dated(Paragraph(text, place.line or 1, place.column or 1), match, signed=True)
            if found is not None:
                yield found


def _dated(paragraph: Paragraph, match: re.Match[str], *, signed: bool) -> Dated | None:
    """None for a date that no calendar has."""
    given = match.groupdict()
    year, month = _number(match["year"]), _number(match["month"])
    try:
        day = date(year, month, _number(given["day"]) if "day" in given else 1)
    except ValueError:
        return None
    last = day if "day" in given else date(year, month, monthrange(year, month)[1])
    start = match.start("year")
    end = start + len(paragraph.text[start : match.end()].rstrip(" \xa0）)"))
    place = Location(paragraph.line, paragraph.column + start, paragraph.line, paragraph.column + end - 1)
    return Dated(
        day,
        "".join(paragraph.text[start:end].split()),
        place,
        signed,
        _WRITTEN.search(paragraph.text, 0, start) is not None,
        last,
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text.translate(_ZEROES)) or 0


def _month_and_day(key: str, text: str) -> tuple[int, int]:
    try:
        month, day = map(int, str(text).split("-"))
        date(2023, month, day)
    except ValueError as error:
        raise ParameterError(key, f"{text} 应写作 MM-DD", f"{text} must be MM-DD") from error
    return month, day


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> DateCheck:
    """Make the check. Raises `ParameterError` for a day that no calendar has."""
    deadlines = {
        kind: (_month_and_day("deadlines", due["date"]), Severity(due["grade"]))
        for kind, due in given.get("deadlines", {}).items()
    }
    until = _month_and_day("plausible-until", given.get("plausible-until", "12-31"))
    return DateCheck(given["test"], deadlines, until, resources.words.get("issuers", {}) if deadlines else {})
