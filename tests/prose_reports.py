"""Small reports for the tests of wording and dates: correct but for the sentences that a test puts in."""

from __future__ import annotations

from functools import lru_cache

from gip_lint.builtin_rules import RuleSet
from gip_lint.engine import audit
from gip_lint.finding import Audit, Finding
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.rule import Rule

GROUPS = frozenset({"wording", "publication"})
YEARS = frozenset({"duty-denied", "reporting-year", "stale-year"})


def report(
    overview: str = "本机关按时公开信息。",
    problems: str = "存在的主要问题是解读形式单一。改进情况是增加了图解。",
    other: str = "未收取信息处理费。",
    *,
    issuer: str = "临江县教育局",
    year: int = 2024,
    preface: str = "",
    signature: str = "",
) -> str:
    """A report without tables; the overview begins on line 4, or two lines further down below a preface."""
    head = f"{issuer}{year}年政府信息公开工作年度报告\n\n" + (f"{preface}\n\n" if preface else "")
    return (
        f"{head}一、总体情况\n{overview}\n\n五、存在的主要问题及改进情况\n{problems}\n\n"
        f"六、其他需要报告的事项\n{other}\n{signature}"
    )


@lru_cache(maxsize=1)
def rule_set() -> RuleSet:
    loaded = load(Settings())
    assert loaded.problems == ()
    return loaded


def prose_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in rule_set().rules if rule.group in GROUPS or rule.id in YEARS)


def audited(text: str, *only: str) -> Audit:
    """What the rules of wording, dates and years say, or only those named."""
    rules = [rule for rule in prose_rules() if not only or rule.id in only]
    recogniser = Recogniser(rule_set().forms)
    return audit("report.txt", recogniser.recognise(read_document(text.encode(), "report.txt")), rules, {})


def told(finding: Finding) -> tuple[str, str, int | None, int | None, int | None, str, str | None]:
    """Rule, severity, line, first and last column, message and suggestion."""
    place = finding.location
    return (
        finding.rule,
        finding.severity.value,
        place.line,
        place.column,
        place.end_column,
        finding.message.zh,
        finding.suggestion,
    )


def findings(text: str, *only: str) -> list[tuple[str, str, int | None, int | None, int | None, str, str | None]]:
    return [told(finding) for finding in audited(text, *only).findings]
