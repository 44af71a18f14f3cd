"""Words that may not stand in the prose: named patterns with their exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.issuer import issuer_kind
from gip_lint.lazy_pattern import compiled
from gip_lint.prose import HEADING, PREFACE, TITLE, Prose, prose_of
from gip_lint.rule import Fault, Gap, Result

PARAMETERS: Mapping[str, Parameter] = {
    "patterns": Parameter(
        "mappings",
        "各种写法：find 正则表达式；contains 必有的字样（快速预筛，不写则由正则表达式推出）；unless 同句中有此则不算；name {zh, en} 名称；"
        "issuers 只对这几类机关；issuer、issuer-not 机关名称须（不得）匹配；replace 改成什么；titles 书名号内也算",
        True,
    ),
    "parts": Parameter(
        "texts", "只看这些部分：preface、heading、overview、disclosure、applications、reviews、problems、other"
    ),
    "engine": Parameter(
        "text", "re（快，自带规则用）或 regex（默认，限时一秒，支持 \\p{Han} 等）", False, ("re", "regex")
    ),
}
_KEYS = ("find", "contains", "unless", "name", "issuers", "issuer", "issuer-not", "replace", "titles")
_PARTS = (TITLE, PREFACE, HEADING, "overview", "disclosure", "applications", "reviews", "problems", "other")
_SECONDS = 1.0


class TooSlow(Exception):
    """A pattern of an office's own rule did not finish in time."""


def _matches(pattern: str, text: str, engine: str) -> Iterator[Any]:
    """All matches; raises `TooSlow`. Patterns of unknown origin run under a time limit."""
    if engine == "re":
        yield from compiled(pattern).finditer(text)
        return
    import regex  # costs 20 ms, and only an office's own rules need it

    try:
        yield from regex.finditer(pattern, text, timeout=_SECONDS)
    except TimeoutError as error:
        raise TooSlow from error


class Wanted(NamedTuple):
    """One pattern of the rule with its conditions."""

    find: str
    contains: tuple[str, ...]
    unless: str | None
    name: Mapping[str, str]
    issuers: tuple[str, ...]
    issuer: str | None
    issuer_not: str | None
    replace: str | None
    titles: bool

    def concerns(self, report: AnnualReport, words: Mapping[str, Sequence[str]]) -> bool:
        """Whether the pattern is meant for this issuer."""
        name = report.issuer
        if self.issuers and issuer_kind(name, words) not in self.issuers:
            return False
        if self.issuer and (name is None or not compiled(self.issuer).search(name)):
            return False
        return not (self.issuer_not and (name is None or compiled(self.issuer_not).search(name)))


class Patterns(NamedTuple):
    """Every match of every pattern is a finding."""

    patterns: tuple[Wanted, ...]
    parts: tuple[str, ...]
    engine: str
    issuer_words: Mapping[str, Sequence[str]]

    def apply(self, report: AnnualReport) -> Result:
        """Search the prose once per pattern."""
        prose = prose_of(report)
        faults: list[Fault] = []
        gaps: list[Gap] = []
        taken: list[tuple[int, int]] = []
        for wanted in self.patterns:
            if wanted.contains and not any(word in prose.text for word in wanted.contains):
                continue
            if not wanted.concerns(report, self.issuer_words):
                continue
            try:
                for match in _matches(wanted.find, prose.text, self.engine):
                    start, end = match.span()
                    if end > start and self._counts(prose, wanted, start, end, taken):
                        taken.append((start, end))
                        faults.append(_fault(prose, wanted, match))
            except TooSlow:
                gaps.append(Gap(wanted.find, "timeout"))
        return Result(0 if faults or gaps else 1, faults, gaps)

    def _counts(self, prose: Prose, wanted: Wanted, start: int, end: int, taken: list[tuple[int, int]]) -> bool:
        if self.parts and prose.passage(start).part not in self.parts:
            return False
        if any(first < end and start < last for first, last in taken):
            return False  # said by an earlier pattern
        if wanted.unless is not None:
            first, last = prose.sentence(start, end)
            if any(True for _ in _matches(wanted.unless, prose.text[first:last], self.engine)):
                return False
        return wanted.titles or not any(first < start and end < last for first, last in prose.titles())


def _fault(prose: Prose, wanted: Wanted, match: Any) -> Fault:
    start, end = match.span()
    suggestion = match.expand(wanted.replace) if wanted.replace else None
    facts: dict[str, object] = {
        "text": match.group(),
        "name": wanted.name.get("zh", ""),
        "name_en": wanted.name.get("en", ""),
        "suggestion": suggestion or "",
    }
    facts |= {f"group{i}": group or "" for i, group in enumerate(match.groups(), 1)}
    facts |= {name: group or "" for name, group in match.groupdict().items()}
    return Fault(prose.passage(start).address, prose.location(start, end), facts, suggestion=suggestion)


def _wanted(given: Mapping[str, Any], engine: str) -> Wanted:
    unknown = set(given) - set(_KEYS)
    if unknown or "find" not in given:
        wrong = "、".join(sorted(unknown))
        zh = f"不认识的键 {wrong}，可用：{'、'.join(_KEYS)}" if unknown else "缺少 find"
        raise ParameterError("patterns", zh, f"unknown key {wrong}" if unknown else "find is missing")
    for key in ("find", "unless", "issuer", "issuer-not"):
        try:
            if engine == "re" or key.startswith("issuer"):
                re.compile(given.get(key) or "")
            else:
                import regex

                regex.compile(given.get(key) or "")
        except Exception as error:  # re.error or regex.error, which are not related
            raise ParameterError("patterns", f"正则表达式有误：{error}", f"bad pattern: {error}") from error
    from gip_lint.needed_words import needed_words  # only when rules are compiled

    contains = given.get("contains") or (needed_words(given["find"]) if engine == "re" else ())
    return Wanted(
        given["find"],
        (contains,) if isinstance(contains, str) else tuple(contains),
        given.get("unless"),
        given.get("name", {}),
        tuple(given.get("issuers", ())),
        given.get("issuer"),
        given.get("issuer-not"),
        given.get("replace"),
        bool(given.get("titles", False)),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Patterns:
    """Make the check. Raises `ParameterError` for a pattern that is none, an unknown key or an unknown part."""
    engine = given.get("engine", "regex")
    parts = tuple(given.get("parts", ()))
    for part in parts:
        if part not in _PARTS:
            raise ParameterError("parts", f"没有 {part} 这一部分，可用：{'、'.join(_PARTS)}", f"no part {part}")
    wanted = tuple(_wanted(pattern, engine) for pattern in given["patterns"])
    return Patterns(wanted, parts, engine, resources.words.get("issuers", {}))
