"""JUnit: valid for Jenkins, and a rule's case says what became of the rule."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from gip_lint.finding import Coverage, Run, Severity
from gip_lint.reporters import Request
from gip_lint.reporters.junit import report
from results import audit, blank, exception, finding, run, unreadable
from small_run import RULES, SMALL_RUN

XSD = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "junit-10.xsd"))
BALANCE = "application-balance"
WARNING, INFO = Severity.WARNING, Severity.INFO


def xml(result: Run, fail_on: str = "error") -> str:
    return "".join(report(Request(result._replace(rules=RULES), "zh", fail_on=fail_on)))


def outcome(result: Run, fail_on: str = "error", rule: str = BALANCE) -> list[tuple[str, str | None]]:
    """The children of the rule's only case: tag and message."""
    root = ElementTree.fromstring(xml(result, fail_on))
    cases = [case for case in root.iter("testcase") if case.get("name", "").startswith(f"{rule} ")]
    assert len(cases) == 1
    return [(child.tag, child.get("message")) for child in cases[0]]


@pytest.mark.parametrize(
    "result", [SMALL_RUN, run(), run(audit()), run(unreadable("-")), run(audit(finding("?\x00\ud800")))]
)
@pytest.mark.parametrize("fail_on", ["error", "info", "never"])
def test_valid_for_jenkins(result: Run, fail_on: str) -> None:
    XSD.assertValid(etree.fromstring(xml(result, fail_on).encode()))


def test_the_schema_refuses_what_is_wrong() -> None:
    assert not XSD.validate(
        etree.fromstring(xml(SMALL_RUN).replace("<failure", "<fault").replace("</failure", "</fault").encode())
    )


@pytest.mark.parametrize(
    ("result", "fail_on", "children"),
    [
        (run(audit()), "error", []),
        (run(audit(finding())), "error", [("failure", "自然人：6 ≠ 5，相差 1")]),
        (run(audit(finding())), "never", [("failure", "自然人：6 ≠ 5，相差 1")]),
        (run(audit(finding(), finding())), "error", [("failure", "自然人：6 ≠ 5，相差 1（共 2 处）")]),
        (run(audit(finding(severity=WARNING))), "error", [("system-out", None)]),
        (run(audit(finding(severity=WARNING))), "warning", [("failure", "自然人：6 ≠ 5，相差 1")]),
        (run(audit(finding(severity=INFO))), "warning", [("system-out", None)]),
        (
            run(audit(not_evaluated=(blank(BALANCE, "表三/甲"), blank(BALANCE, "表三/乙")))),
            "error",
            [("skipped", "未核验：表三/甲（表三/甲空白）；表三/乙（表三/乙空白）")],
        ),
        (
            run(audit(finding(severity=INFO), not_evaluated=(blank(BALANCE, "表三"),))),
            "error",
            [("skipped", "未核验：表三（表三空白）"), ("system-out", None)],
        ),
        (run(audit(finding(), not_evaluated=(blank(BALANCE),))), "error", [("failure", "自然人：6 ≠ 5，相差 1")]),
        (
            run(audit(finding(suppression=exception()))),
            "error",
            [("skipped", "主管部门要求写细（办公室，至 2027-03-31，gip-lint.toml:12）")],
        ),
        (run(audit()._replace(inapplicable=(BALANCE,))), "error", [("skipped", "不适用于本报告的版本")]),
    ],
)
def test_what_became_of_a_rule(result: Run, fail_on: str, children: list[tuple[str, str | None]]) -> None:
    assert outcome(result, fail_on) == children


def test_a_report_that_could_not_be_read_has_no_rule_that_passed() -> None:
    suite = ElementTree.fromstring(xml(run(unreadable())))[0]
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "1",
        "failures": "0",
        "errors": "1",
        "skipped": "0",
    }
    assert outcome(run(unreadable()), rule="unreadable-file") == [("error", "文件是空的")]


def test_the_text_of_a_failure_says_all() -> None:
    result = run(audit(finding(suggestion="改为 2"), not_evaluated=(blank(BALANCE, "表三"),), coverage=Coverage(1)))
    failure = ElementTree.fromstring(xml(result)).find(".//failure")
    assert failure is not None
    assert failure.text == (
        "错误 申请收支不平衡\n"
        "自然人：6 ≠ 5，相差 1\n"
        "第 12 行第 3 列 · 表三/四、结转下年度继续办理/自然人\n"
        "建议：改为 2\n"
        "依据：国办公开办函〔2021〕30号附件表三注\n"
        "四、结转下年度继续办理  1  0\n"
        "\n"
        "未核验：表三（表三空白）"
    )


def test_jenkins_finds_package_and_class() -> None:
    case = ElementTree.fromstring(xml(run(audit(path="镇/2023.年报.txt")))).find(".//testcase")
    assert case is not None
    assert case.get("classname") == "镇/2023_年报_txt.reading"
