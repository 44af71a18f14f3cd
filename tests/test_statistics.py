"""The bar charts of `--statistics`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gip_lint.finding import Coverage, Run, Severity
from gip_lint.reporters.lines import plain, width
from gip_lint.reporters.statistics import statistics
from results import audit, blank, exception, finding, run

WARNING, INFO = Severity.WARNING, Severity.INFO
OFFICE = run(
    audit(*[finding("blank-cell")] * 7, finding("report-title", severity=WARNING), path="甲.txt"),
    audit(finding("blank-cell"), finding("note", severity=INFO), not_evaluated=(blank(), blank()), path="乙.txt"),
    audit(not_evaluated=(blank(),), path="丙.txt")._replace(issuer="柳河镇人民政府"),
    audit(path="丁.txt")._replace(issuer="没有问题的单位"),
    audit(finding("blank-cell", suppression=exception()), path="戊.txt")._replace(issuer="有例外的单位"),
    audit(finding("unreadable-file"), path="己.pdf")._replace(issuer=None),
)


def test_rules_and_units() -> None:
    assert plain(statistics(OFFICE, "zh", 80)) == (
        "\n"
        "按规则                               问题  报告\n"
        "  blank-cell       申请收支不平衡       8     2  ███████████████████████████████\n"
        "  note             申请收支不平衡       1     1  ░░░░\n"
        "  report-title     申请收支不平衡       1     1  ▓▓▓▓\n"
        "  unreadable-file  申请收支不平衡       1     1  ████\n"
        "\n"
        "按单位              问题  未核验\n"
        "  临江县教育局        10       2  ████████████████████████████████▓▓▓▓░░░░\n"
        "  己.pdf               1       0  ████\n"
        "  柳河镇人民政府       0       1\n"
        "█ 错误  ▓ 警告  ░ 提示\n"
    )


def test_in_english() -> None:
    lines = plain(statistics(OFFICE, "en", 80)).splitlines()
    assert lines[1] == "by rule                                           findings  reports"
    assert lines[7] == "by unit             findings  unchecked"
    assert lines[-1] == "█ errors  ▓ warnings  ░ infos"


def test_what_does_not_fit_is_cut_or_left_out() -> None:
    assert plain(statistics(OFFICE, "zh", 40)) == (
        "\n"
        "按规则              问题  报告\n"
        "  blank-cell           8     2  ████████\n"
        "  note                 1     1  ░\n"
        "  report-title         1     1  ▓\n"
        "  unreadable-fi…       1     1  █\n"
        "\n"
        "按单位            问题  未核验\n"
        "  临江县教育局      10       2  ██████▓░\n"
        "  己.pdf             1       0  █\n"
        "  柳河镇人民…        0       1\n"
        "█ 错误  ▓ 警告  ░ 提示\n"
    )


@pytest.mark.parametrize("result", [run(), run(audit(coverage=Coverage(3)))])
def test_nothing_to_count_is_no_chart(result: Run) -> None:
    assert statistics(result, "zh", 80) == []


@given(
    st.lists(st.tuples(st.sampled_from(Severity), st.sampled_from(["a", "a-rather-long-rule-id", "b"])), max_size=60),
    st.text(max_size=60),
    st.integers(40, 120),
)
def test_no_line_is_too_wide_and_nothing_found_is_without_a_bar(
    found: list[tuple[Severity, str]], issuer: str, columns: int
) -> None:
    findings = [finding(rule, severity=severity) for severity, rule in found]
    lines = statistics(run(audit(*findings)._replace(issuer=issuer)), "zh", columns)
    assert max(map(width, lines), default=0) <= columns
    for severity, block in zip(Severity, "█▓░", strict=True):
        drawn = any(span.text.startswith(block) for line in lines[:-1] for span in line)
        assert drawn == any(given == severity for given, _ in found)
