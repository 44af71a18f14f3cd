"""The JSON format is a contract: the whole output is compared, and the keys are the same whatever was found."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gip_lint import __version__
from gip_lint.document import Location
from gip_lint.finding import Coverage, Severity, Skipped, Suppression, Suspect, Words
from gip_lint.reporters.json import json_data, json_report, plain_figures
from results import audit, blank, exception, finding, run, unreadable


def test_the_whole_shape() -> None:
    result = run(
        audit(finding(), coverage=Coverage(48, 1, 1, 3), not_evaluated=(blank(),)),
        skipped=(Skipped("通知.txt", Words("不是年报", "no report")),),
    )
    assert json.loads("".join(json_report(result, "zh"))) == {
        "version": 1,
        "tool": {"name": "gip-lint", "version": __version__},
        "reports": [
            {
                "path": "年报.txt",
                "issuer": "临江县教育局",
                "year": 2023,
                "edition": "2021",
                "findings": [
                    {
                        "rule": "application-balance",
                        "group": "balance",
                        "severity": "error",
                        "origin": "report",
                        "title": "申请收支不平衡",
                        "message": "自然人：6 ≠ 5，相差 1",
                        "address": "表三/四、结转下年度继续办理/自然人",
                        "cells": [],
                        "operands": [],
                        "line": 12,
                        "column": 3,
                        "end_line": 12,
                        "end_column": 5,
                        "page": None,
                        "box": None,
                        "paragraph": None,
                        "table": None,
                        "row": None,
                        "cell": None,
                        "excerpt": "四、结转下年度继续办理  1  0",
                        "basis": "国办公开办函〔2021〕30号附件表三注",
                        "figures": {"left": 6, "right": 5, "difference": 1},
                        "compared": None,
                        "suggestion": None,
                        "fingerprint": "f" * 20,
                        "suppression": None,
                        "expired": None,
                        "baseline_state": None,
                    }
                ],
                "coverage": {"held": 48, "violated": 1, "not_evaluated": 1, "not_applicable": 3},
                "not_evaluated": [
                    {"rule": "applicant-total", "address": "表三/（一）予以公开", "reason": "表三/（一）予以公开空白"}
                ],
            }
        ],
        "skipped": [{"path": "通知.txt", "reason": "不是年报"}],
        "problems": [],
        "notices": [],
        "absent": [],
        "summary": {"reports": 1, "errors": 1, "warnings": 0, "infos": 0, "excepted": 0, "baselined": 0},
    }


def keys(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: keys(value) for key, value in data.items() if key != "figures"}
    return [keys(data[0])] if isinstance(data, list) and data else None


def test_the_keys_do_not_depend_on_what_was_found() -> None:
    full = json_data(run(audit(finding(suggestion="2"))), "zh")["reports"][0]["findings"][0]
    bare = json_data(run(unreadable()), "zh")["reports"][0]["findings"][0]
    assert keys(full) == keys(bare)
    assert list(json_data(run(), "zh")) == list(json_data(run(audit()), "zh"))
    assert list(json_data(run(unreadable()), "zh")["reports"][0]) == list(json_data(run(audit()), "zh")["reports"][0])


def test_an_unreadable_file_has_null_where_nothing_is_known() -> None:
    report = json_data(run(unreadable()), "zh")["reports"][0]
    assert (report["issuer"], report["year"], report["edition"]) == (None, None, None)
    assert report["findings"][0]["line"] is None
    assert report["coverage"] == {"held": 0, "violated": 0, "not_evaluated": 0, "not_applicable": 0}


def test_messages_follow_the_language() -> None:
    result = run(audit(finding(), not_evaluated=(blank(),)), skipped=(Skipped("a", Words("不是年报", "no report")),))
    data = json_data(result, "en")
    assert data["reports"][0]["findings"][0]["message"] == "natural persons: 6 but 5, off by 1"
    assert data["reports"][0]["not_evaluated"][0]["reason"] == "表三/（一）予以公开 blank"
    assert data["skipped"][0]["reason"] == "no report"


def test_a_suspect_cell_is_the_suggestion_where_the_rule_has_none() -> None:
    suspect = Suspect("表三/甲", Location(3), 1, 2)
    findings = json_data(run(audit(finding(suspect=suspect), finding(suspect=suspect, suggestion="x"))), "zh")
    assert [f["suggestion"] for f in findings["reports"][0]["findings"]] == [
        "表三/甲现为 1，改为 2 则本表各项勾稽关系全部成立",
        "x",
    ]


def test_exact_numbers_become_json_numbers() -> None:
    figures = {
        "whole": Decimal("3.00"),
        "amount": Decimal("572.83"),
        "long": Decimal("0.12345678901234567890"),
        "huge": Decimal(10) ** 30,
        "items": [Decimal("1.5"), 2],
        "none": None,
    }
    assert plain_figures(figures) == {
        "whole": 3,
        "amount": 572.83,
        "long": "0.12345678901234567890",
        "huge": 1e30,
        "items": [1.5, 2],
        "none": None,
    }


def test_severities_are_summed() -> None:
    result = run(audit(finding(), finding("w", severity=Severity.WARNING)), audit(finding("i", severity=Severity.INFO)))
    assert json_data(result, "zh")["summary"] == {
        "reports": 2,
        "errors": 1,
        "warnings": 1,
        "infos": 1,
        "excepted": 0,
        "baselined": 0,
    }


def test_what_does_not_count_is_there_with_its_reason() -> None:
    known = Suppression("baseline", "gip-lint-baseline.json")
    result = run(
        audit(
            finding(suppression=exception(), baseline_state="new"),
            finding(suppression=known, baseline_state="unchanged"),
            finding(expired=exception("2026-03-31")),
        ),
    )._replace(notices=(Words("没用上的例外", "an unused exception"),))
    data = json_data(result, "zh")
    reason = {
        "kind": "exception",
        "source": "gip-lint.toml:12",
        "reason": "主管部门要求写细",
        "owner": "办公室",
        "until": "2027-03-31",
    }
    basis = {"kind": "baseline", "source": "gip-lint-baseline.json", "reason": None, "owner": None, "until": None}
    assert [(f["suppression"], f["expired"], f["baseline_state"]) for f in data["reports"][0]["findings"]] == [
        (reason, None, "new"),
        (basis, None, "unchanged"),
        (None, {**reason, "until": "2026-03-31"}, None),
    ]
    assert data["notices"] == ["没用上的例外"]
    assert data["summary"] == {"reports": 1, "errors": 1, "warnings": 0, "infos": 0, "excepted": 1, "baselined": 1}


def test_chinese_is_written_as_it_is_and_ends_with_a_line_break() -> None:
    text = "".join(json_report(run(audit()), "zh"))
    assert "临江县教育局" in text
    assert text.endswith("}\n")


def test_the_pieces_make_the_same_text_as_a_single_dump() -> None:
    for result in (run(), run(audit()), run(audit(finding()), unreadable(), skipped=(Skipped("a", Words("b", "c")),))):
        whole = json.dumps(json_data(result, "zh"), ensure_ascii=False, indent=2) + "\n"
        assert "".join(json_report(result, "zh")) == whole
