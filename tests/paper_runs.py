"""Builders of results for the formats an office reads: findings that point into tables, and the tables themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from gip_lint.annual_report import State
from gip_lint.document import Location
from gip_lint.finding import (
    Audit,
    CellView,
    Compared,
    Coverage,
    Finding,
    KnownFinding,
    NotEvaluated,
    Run,
    Severity,
    Skipped,
    Suppression,
    Suspect,
    TableView,
    Words,
)
from gip_lint.form import TableForm
from gip_lint.linter import Settings, lint, load
from gip_lint.reporters import Request
from results import audit, exception, finding, run, unreadable

CARRIED_OUT = "表三/四、结转下年度继续办理/自然人"
CARRIED_TOTAL = "表三/四、结转下年度继续办理/总计"
RECEIVED = "表三/一、本年新收政府信息公开申请数量/自然人"


@cache
def _forms() -> tuple[TableForm, ...]:
    return tuple(load(Settings()).forms["2021"].tables.values())


def tables(changed: Mapping[str, CellView] | None = None) -> tuple[TableView, ...]:
    """The three tables of the edition of 2021, every cell 0 but those changed, by address."""
    given = changed or {}
    views = []
    for form in _forms():
        addresses = [form.address(place) for place in range(len(form.cells))]
        views.append(TableView(form, tuple(given.get(address, CellView(State.NUMBER, "0")) for address in addresses)))
    return tuple(views)


def unbalanced(**changes: object) -> Finding:
    """A broken relation between cells of table three."""
    made = finding(
        suspect=Suspect(CARRIED_OUT, Location(12, 3), 1, 2),
    )._replace(cells=(CARRIED_OUT,), operands=(RECEIVED,), compared=Compared(5, 6))
    return made._replace(**changes)  # type: ignore[arg-type]


def a_run() -> Run:
    """A report with every sort of finding, one without any, a file that could not be read, and one that was skipped."""
    wording = finding(
        "label-wording",
        group="form",
        severity=Severity.WARNING,
        message=Words("表三“社会组织”应为“社会公益组织”", "“社会组织” should read “社会公益组织”"),
        address="表三/社会公益组织",
        location=Location(30, 1),
        excerpt="社会组织\t其他",
        marks=((0, 4),),
        suggestion="社会公益组织",
    )
    excepted = finding(
        "overview-length",
        group="form",
        severity=Severity.INFO,
        address="一、总体情况",
        location=Location(2),
        suppression=exception(),
        excerpt="",
        marks=(),
    )
    gap = NotEvaluated(
        "review-total",
        "表四/行政复议",
        "blank",
        Words("表四/行政复议/总计空白", "…/总计 blank"),
        True,
        "表四/行政复议/总计",
    )
    blank = {"表四/行政复议/总计": CellView(State.BLANK, ""), CARRIED_OUT: CellView(State.NUMBER, "1")}
    first = audit(unbalanced(), wording, excepted, coverage=Coverage(48, 1, 1), not_evaluated=(gap,))
    second = audit(path="乙.txt")._replace(issuer="临江县财政局", tables=tables())
    made = run(
        first._replace(tables=tables(blank)),
        second,
        unreadable(),
        skipped=(Skipped("通知.txt", Words("不是年报", "no report")),),
        problems=(Words("规则文件有误", "a rule file is at fault"),),
    )
    known = KnownFinding("临江县教育局", 2023, "blank-cell", "表二/规章/现行有效件数", {}, "0" * 16)
    return made._replace(notices=(Words("例外没有用到", "an exception is not needed"),), absent=(known,))


def hostile_run(folder: Path) -> Run:
    """A real run over a report that holds markup and formulas where the linter quotes it."""
    path = folder / "=cmd<b>.txt"
    text = (
        "<script>alert(1)</script>县教育局2023年政府信息公开工作年度报告\n一、总体情况\n"
        "2023年收到申请5件，其中自然人3件、<img src=x onerror=alert(2)>法人3件。</style></script>\n"
        "二、主动公开情况<iframe src=https://example.org></iframe>\n第二十条第（八）项\n"
        "信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t=1+1<q>元\n"
    )
    path.write_text(text, encoding="utf-8")
    return lint([str(path)], Settings(tables=True))


def request(made: Run, language: str = "zh") -> Request:
    return Request(made, language)


def suppressed() -> Audit:
    """A report nothing of which counts."""
    return audit(unbalanced(suppression=Suppression("baseline", "baseline.json")))
