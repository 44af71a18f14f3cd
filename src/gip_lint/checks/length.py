"""Whether a section keeps to the length the notice asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.rule import NOTHING, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "section": Parameter("text", "哪一部分", True),
    "limit": Parameter("number", "最多多少字（含标点，不含空白与表格）", True),
}


class Length(NamedTuple):
    """Counts characters, punctuation included, spaces and tables not."""

    section: str
    limit: int

    def apply(self, report: AnnualReport) -> Result:
        """Count the prose of the section."""
        sections = [section for section in report.sections if section.form.key == self.section]
        if not sections:
            return NOTHING
        count = sum(len("".join(section.text.split())) for section in sections)
        if count <= self.limit:
            return Result(1)
        form = report.due_form.section(self.section)
        facts = {"count": count, "limit": self.limit, "over": count - self.limit, "section": form.heading}
        return Result(0, [Fault(f"{form.number}、{form.heading}", sections[0].location, facts)])


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Length:
    """Make the check."""
    return Length(given["section"], given["limit"])
