"""Whether the prose of a section speaks of every topic it must."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.finding import Severity
from gip_lint.issuer import issuer_kind
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.rule import NOTHING, Fault, Gap, Result

_SENTENCE = LazyPattern(r"[^。；;！？①-⑳·●◆✔→|]+")
_FEWEST_CHARACTERS = 6  # a shorter one says nothing
PARAMETERS: Mapping[str, Parameter] = {
    "section": Parameter("text", "哪一部分：overview、disclosure、applications、reviews、problems、other", True),
    "topics": Parameter("mapping", "每个方面及表明写到它的词句（正则表达式）", True),
    "nothing": Parameter("text", "等于什么都没写的全文（正则表达式），如 无"),
    "nothing-severity": Parameter("text", "整个部分等于没写时的级别", False, ("error", "warning", "info")),
    "issuers": Parameter("texts", "只对这几类机关核对（rules/words/issuers.yaml）"),
    "issuer-not": Parameter("text", "机关名称与此匹配的不核对（正则表达式）"),
    "only": Parameter("flag", "每一句都写的是别的方面，才算缺少"),
}


class Topics(NamedTuple):
    """One finding that names every topic left out."""

    section: str
    topics: Mapping[str, str]
    nothing: str | None
    nothing_severity: Severity | None
    issuers: tuple[str, ...]
    issuer_words: Mapping[str, Sequence[str]]
    issuer_not: str | None
    only: bool

    def apply(self, report: AnnualReport) -> Result:
        """Search the section, together with any second section taken for the same."""
        if self.issuers and issuer_kind(report.issuer, self.issuer_words) not in self.issuers:
            return NOTHING
        if self.issuer_not and compiled(self.issuer_not).search(report.issuer or ""):
            return NOTHING
        sections = [section for section in report.sections if section.form.key == self.section]
        form = report.due_form.section(self.section)
        address = f"{form.number}、{form.heading}"
        if not sections:
            return Result(0, (), [Gap(address, "missing-section")])
        text = "\n".join(section.text for section in sections)
        if not text.strip():
            return NOTHING  # an empty section is said by the rule on empty sections
        plain = "".join(text.split())
        if self.nothing and compiled(self.nothing).fullmatch(plain):
            place = sections[0].paragraphs[0]
            location = sections[0].location._replace(
                line=place.line, column=place.column, end_line=place.line, end_column=None
            )
            return Result(
                0,
                [
                    Fault(
                        address,
                        location,
                        {"text": plain, "section": address},
                        grade=self.nothing_severity,
                        variant="nothing",
                    )
                ],
            )
        left_out = [topic for topic, pattern in self.topics.items() if not compiled(pattern).search(plain)]
        if not left_out or (self.only and self._says_more(plain)):
            return Result(1)
        facts = {"topics": "、".join(left_out), "count": len(left_out), "section": address}
        return Result(0, [Fault(address, sections[0].location, facts)])

    def _says_more(self, plain: str) -> bool:
        """Whether a sentence bears no word of any topic: it may speak of the one left out, in words of its own."""
        sentences = [words for words in _SENTENCE.findall(plain) if len(words) >= _FEWEST_CHARACTERS]
        words = compiled("|".join(f"(?:{pattern})" for pattern in self.topics.values()))
        return len(sentences) > 1 and not all(map(words.search, sentences))


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Topics:
    """Make the check. Raises `ParameterError` for a pattern that is none."""
    topics = {}
    for topic, patterns in given["topics"].items():
        pattern = "|".join(patterns) if isinstance(patterns, list) else patterns
        try:
            re.compile(pattern)
        except re.error as error:
            raise ParameterError(
                "topics", f"{topic}：正则表达式有误：{error}", f"{topic}: bad pattern: {error}"
            ) from error
        topics[topic] = pattern
    issuers = tuple(given.get("issuers", ()))
    severity = given.get("nothing-severity")
    return Topics(
        given["section"], topics, given.get("nothing"), Severity(severity) if severity else None,
        issuers, resources.words.get("issuers", {}) if issuers else {}, given.get("issuer-not"),
        given.get("only", False),
    )  # fmt: skip
