"""Builders of small results (findings, audits, runs) for the tests of everything that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Location
from gip_lint.finding import Audit, Coverage, Finding, NotEvaluated, Run, Severity, Skipped, Suppression, Suspect, Words
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser


def finding(
    rule: str = "application-balance",
    *,
    group: str = "balance",
    severity: Severity = Severity.ERROR,
    origin: str = "report",
    message: Words = Words("自然人：6 ≠ 5，相差 1", "natural persons: 6 but 5, off by 1"),
    address: str = "表三/四、结转下年度继续办理/自然人",
    location: Location = Location(12, 3, 12, 5),
    excerpt: str = "四、结转下年度继续办理  1  0",
    marks: tuple[tuple[int, int], ...] = ((13, 14),),
    basis: str = "国办公开办函〔2021〕30号附件表三注",
    figures: Mapping[str, object] | None = None,
    suggestion: str | None = None,
    suspect: Suspect | None = None,
    suppression: Suppression | None = None,
    expired: Suppression | None = None,
    baseline_state: str | None = None,
) -> Finding:
    return Finding(
        rule=rule,
        group=group,
        severity=severity,
        origin=origin,
        title=Words("申请收支不平衡", "applications do not balance"),
        message=message,
        address=address,
        location=location,
        excerpt=excerpt,
        marks=marks,
        basis=basis,
        figures=dict(figures or {"left": 6, "right": 5, "difference": 1}),
        suggestion=suggestion,
        suspect=suspect,
        fingerprint="f" * 20,
        suppression=suppression,
        expired=expired,
        baseline_state=baseline_state,
    )


def exception(until: str | None = "2027-03-31") -> Suppression:
    return Suppression("exception", "gip-lint.toml:12", "主管部门要求写细", "办公室", until)


def blank(rule: str = "applicant-total", address: str = "表三/（一）予以公开") -> NotEvaluated:
    return NotEvaluated(rule, address, "blank", Words(f"{address}空白", f"{address} blank"))


def audit(
    *findings: Finding,
    path: str = "年报.txt",
    coverage: Coverage = Coverage(50),
    not_evaluated: tuple[NotEvaluated, ...] = (),
) -> Audit:
    return Audit(path, "临江县教育局", 2023, "2021", findings, coverage, not_evaluated, readable=True, checked=True)


def unreadable(path: str = "空.txt") -> Audit:
    fault = finding(
        "unreadable-file",
        group="reading",
        origin="reading",
        message=Words("文件是空的", "the file is empty"),
        address="",
        location=Location(None),
        excerpt="",
        marks=(),
    )
    return Audit(path, None, None, None, (fault,), Coverage(), (), readable=False, checked=False)


def run(*audits: Audit, skipped: tuple[Skipped, ...] = (), problems: tuple[Words, ...] = ()) -> Run:
    return Run(audits, skipped, problems)


@cache
def a_report() -> AnnualReport:
    text = "临江县教育局2023年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息120条。\n"
    return Recogniser(load(Settings()).forms).recognise(read_document(text.encode(), "年报.txt"), None)
