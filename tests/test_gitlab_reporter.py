"""GitLab's code quality report: the keys that its documentation asks for, and fingerprints that are unique."""

from __future__ import annotations

from gip_lint.document import Location, Place
from gip_lint.finding import Severity
from gip_lint.reporters import Request
from gip_lint.reporters.gitlab import gitlab_data
from results import audit, exception, finding, run


def test_the_whole_shape() -> None:
    assert gitlab_data(Request(run(audit(finding(), path="./镇/年报.txt")), "zh")) == [
        {
            "description": "自然人：6 ≠ 5，相差 1（表三/四、结转下年度继续办理/自然人）",
            "check_name": "application-balance",
            "fingerprint": "f" * 20,
            "severity": "major",
            "location": {"path": "镇/年报.txt", "lines": {"begin": 12}},
        }
    ]


def test_severities_lines_and_what_does_not_count() -> None:
    result = run(
        audit(
            finding("a", severity=Severity.WARNING, location=Location(3, place=Place(page=2))),
            finding("b", severity=Severity.INFO, location=Location(4, place=Place(line=40))),
            finding("c", location=Location(None)),
            finding("d", suppression=exception()),
        )
    )
    data = gitlab_data(Request(result, "en"))
    assert [(issue["check_name"], issue["severity"], issue["location"]["lines"]["begin"]) for issue in data] == [
        ("c", "major", 1),
        ("a", "minor", 1),
        ("b", "info", 40),
    ]


def test_findings_with_one_fingerprint_are_told_apart() -> None:
    result = run(audit(finding(), finding()), audit(finding()))
    assert [issue["fingerprint"] for issue in gitlab_data(Request(result, "zh"))] == [
        "f" * 20,
        "f" * 20 + "-2",
        "f" * 20 + "-3",
    ]
