"""CSV: a spreadsheet shows what is there and calculates nothing."""

from __future__ import annotations

import csv
import io

import pytest

from gip_lint.finding import Run, Words
from gip_lint.reporters import Request
from gip_lint.reporters.csv import COLUMNS, defused, report
from results import audit, finding, run
from small_run import SMALL_RUN


def rows(result: Run) -> list[dict[str, str]]:
    text = "".join(report(Request(result, "zh")))
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") - sum(
        f.message.zh.count("\n") for a in result.audits for f in a.findings
    )
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_for_everything() -> None:
    read = rows(SMALL_RUN)
    assert list(read[0]) == list(COLUMNS)
    assert [row["kind"] for row in read] == [*["finding"] * 3, *["not-evaluated"] * 2, *["finding"] * 3, "skipped"]
    assert read[0]["message"] == "标题“五、问题|改进”\n与格式不同"
    assert {key: value for key, value in read[1].items() if value} == {
        "kind": "finding",
        "path": "报 告/临江县,教育局.txt",
        "issuer": "临江县教育局",
        "year": "2023",
        "edition": "2021",
        "severity": "error",
        "group": "balance",
        "rule": "application-balance",
        "title": "申请收支不平衡",
        "message": "自然人：6 ≠ 5，相差 1",
        "address": "表三/四、结转下年度继续办理/自然人",
        "place": "第 12 行第 3 列",
        "line": "12",
        "column": "3",
        "reported": "5",
        "computed": "6",
        "difference": "1",
        "excerpt": "四、结转下年度继续办理  1  0",
        "basis": "国办公开办函〔2021〕30号附件表三注",
        "suggestion": "表三/四、结转下年度继续办理/总计现为 0，改为 1 则本表各项勾稽关系全部成立",
        "fingerprint": "b" * 16,
    }


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_formulas_are_defused(text: str) -> None:
    assert defused(text) == "'" + text
    hostile = finding(message=Words(text, text), address=text, excerpt=text, suggestion=text)
    row = rows(run(audit(hostile, path=text)._replace(issuer=text)))[0]
    assert {row[key] for key in ("path", "issuer", "message", "address", "excerpt", "suggestion")} == {"'" + text}


@pytest.mark.parametrize("value", ["年报", "", "——", -1, None])
def test_everything_else_stays(value: object) -> None:
    assert defused(value) == value
