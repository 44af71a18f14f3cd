"""The rules of group publication: when a report was signed or published, and by whom."""

from __future__ import annotations

import pytest

from prose_reports import findings, report


def test_a_department_is_late_after_31_january_and_signed_by_another_body() -> None:
    assert findings(report(signature="临江县财政局\n2025年2月18日\n")) == [
        ("issuer-mismatch", "info", 11, 1, 6, "落款为“临江县财政局”，标题为“临江县教育局”", None),
        (
            "late-publication", "warning", 12, 1, 10,
            "落款日期 2025年2月18日 晚于期限 2025年1月31日（晚 18 天）", None,
        ),
    ]  # fmt: skip


def test_a_government_is_late_after_31_march() -> None:
    text = report(issuer="临江县人民政府", signature="临江县人民政府\n二〇二五年四月二日\n")
    assert findings(text) == [
        (
            "late-publication", "error", 12, 1, 9,
            "落款日期 二〇二五年四月二日 晚于期限 2025年3月31日（晚 2 天）", None,
        )
    ]  # fmt: skip


def test_a_report_cannot_be_older_than_its_year() -> None:
    assert findings(report(signature="临江县教育局\n2024年1月15日\n")) == [
        ("premature-date", "error", 12, 1, 10, "落款日期 2024年1月15日 早于 2024 年度结束", None)
    ]


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "临江县教育局\n2025年1月31日\n",
        "云岭市临江县教育局\n2024年12月31日\n",
        "县教育局\n2025 年 1 月 6 日\n",
        "临江县教育局\n2025年13月45日\n",
    ],
    ids=["none", "last day", "full name", "short name", "no date"],
)
def test_dates_and_names_that_are_fine(signature: str) -> None:
    assert findings(report(signature=signature)) == []


def test_the_date_of_signing_counts_before_that_of_a_web_page() -> None:
    page = "发布时间: 2025-03-10 15:35\n"
    assert findings(page + report(signature="临江县教育局\n2025年1月20日\n")) == []
    assert findings(page + report()) == [
        (
            "late-publication", "warning", 1, 7, 16,
            "发布日期 2025-03-10 晚于期限 2025年1月31日（晚 38 天）", None,
        )
    ]  # fmt: skip
