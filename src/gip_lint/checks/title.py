"""Whether the title is 机关名称＋年份＋“年政府信息公开工作年度报告”."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Severity
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "flaws": Parameter("mapping", "各种毛病的说法：{毛病: {zh, en}}", True),
    "grades": Parameter("mapping", "级别与规则不同的毛病：{毛病: error|warning|info}"),
}


class TitleCheck(NamedTuple):
    """One finding that names every flaw of the title."""

    flaws: Mapping[str, Mapping[str, str]]
    grades: Mapping[str, Severity]

    def apply(self, report: AnnualReport) -> Result:
        """Compare the flaws that recognition found with those the rule names."""
        title = report.title
        found = [flaw for flaw in title.flaws if flaw in self.flaws]
        if not found:
            return Result(1)
        issuer = title.issuer or "××（机关名称）"
        year = title.year or report.year or "××××"
        proper = f"{issuer}{year}年{report.due_form.title}"
        facts: dict[str, object] = {
            "title": title.text,
            "proper": proper,
            "flaws": "、".join(self.flaws[flaw]["zh"] for flaw in found),
            "flaws_en": "; ".join(self.flaws[flaw]["en"] for flaw in found),
        }
        absent = found == ["absent"]
        grades = [self.grades[flaw] for flaw in found if flaw in self.grades]
        return Result(
            0,
            [
                Fault(
                    "标题", title.location, facts,
                    grade=max(grades, key=lambda grade: grade.rank) if len(grades) == len(found) else None,
                    variant="absent" if absent else None,
                    suggestion=proper if title.issuer and title.year else None,
                )
            ],
        )  # fmt: skip


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> TitleCheck:
    """Make the check."""
    return TitleCheck(given["flaws"], {flaw: Severity(level) for flaw, level in given.get("grades", {}).items()})
