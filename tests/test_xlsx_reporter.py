"""The workbook, as another program reads it: every finding in its row, figures as figures, no text as a formula."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from gip_lint.finding import Compared, Run, Words
from gip_lint.reporters.xlsx import report
from paper_runs import a_run, hostile_run, request, suppressed, unbalanced
from results import audit, finding, run


def workbook(made: Run, language: str = "zh") -> Any:
    return load_workbook(BytesIO(report(request(made, language))))


def rows(sheet: Any) -> list[list[Any]]:
    """What stands below the header."""
    return [[cell.value if cell.value is not None else "" for cell in row] for row in sheet.iter_rows(min_row=3)]


def head(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[2]]


def test_the_opinion_sheet() -> None:
    sheet = workbook(a_run())["核查意见表"]
    assert sheet["A1"].value == "政府信息公开工作年度报告核查意见表"
    assert head(sheet) == [
        "单位", "年度", "序号", "级别", "核查事项", "核查意见", "表内位置", "报告中的位置", "报告数", "核算数", "差额",
        "建议", "依据", "备注", "规则", "文件",
    ]  # fmt: skip
    balance, wording, excepted, unread = rows(sheet)
    basis = "国办公开办函〔2021〕30号附件表三注"
    assert balance == [
        "临江县教育局", 2023, 1, "错误", "申请收支不平衡", "自然人：6 ≠ 5，相差 1", "表三/四、结转下年度继续办理/自然人",
        "第 12 行第 3 列", 5, 6, 1, "表三/四、结转下年度继续办理/自然人现为 1，改为 2 则本表各项勾稽关系全部成立", basis,
        "", "application-balance", "年报.txt",
    ]  # fmt: skip
    assert wording[3:13] == [
        "警告", "申请收支不平衡", "表三“社会组织”应为“社会公益组织”", "表三/社会公益组织", "第 30 行第 1 列", "", "", "",
        "社会公益组织", basis,
    ]  # fmt: skip
    assert excepted[13] == "例外，不计入：主管部门要求写细（办公室，至 2027-03-31，gip-lint.toml:12）"
    assert unread[:6] == ["机关名称不明", "", 1, "错误", "申请收支不平衡", "文件是空的"]


def test_the_second_sheet_says_how_much_was_checked() -> None:
    sheet = workbook(a_run())["核验范围"]
    assert head(sheet) == [
        "单位", "年度", "格式版本", "错误", "警告", "提示", "一致", "不一致", "未核验", "结论", "文件",
    ]  # fmt: skip
    assert rows(sheet) == [
        ["临江县教育局", 2023, "2021", 1, 1, 0, 48, 1, 1,
         "错误 1，警告 1。勾稽关系 50 项：一致 48，不一致 1，未核验 1（空白 1）。", "年报.txt"],
        ["临江县财政局", 2023, "2021", 0, 0, 0, 50, 0, 0,
         "未发现问题。勾稽关系 50 项：一致 50，不一致 0，未核验 0。", "乙.txt"],
        ["机关名称不明", "", "", 1, 0, 0, "", "", "", "文件读不出来，没有核验任何内容", "空.txt"],
        ["", "", "", "", "", "", "", "", "", "不是年报", "通知.txt"],
        ["", "", "", "", "", "", "", "", "", "规则文件有误", ""],
    ]  # fmt: skip


def test_the_third_sheet_says_what_was_not_checked() -> None:
    sheet = workbook(a_run())["未核验事项"]
    assert head(sheet) == ["单位", "年度", "规则", "位置", "原因", "文件"]
    assert rows(sheet) == [
        ["临江县教育局", 2023, "review-total", "表四/行政复议", "表四/行政复议/总计空白", "年报.txt"]
    ]


def test_nothing_found_is_said() -> None:
    book = workbook(run(audit()))
    assert rows(book["核查意见表"])[0][0] == "没有发现问题；核验了多少、什么没有核验，见后两张表"
    assert rows(book["未核验事项"])[0][0] == "没有未核验的事项"
    assert rows(workbook(run())["核验范围"])[0][0] == "没有审核任何报告"


def test_a_finding_that_does_not_count_is_no_clean_report() -> None:
    book = workbook(run(suppressed()))
    assert rows(book["核查意见表"])[0][13] == "基线中已有，不计入"
    assert rows(book["核验范围"])[0][3] == 0
    assert rows(book["核验范围"])[0][9].startswith("除例外和基线外，未发现问题")


def test_the_sheets_can_be_filtered_and_printed() -> None:
    for sheet in workbook(a_run()).worksheets:
        last = f"{sheet.cell(2, sheet.max_column).column_letter}{sheet.max_row}"
        assert sheet.freeze_panes == "B3"
        assert sheet.auto_filter.ref == f"A2:{last}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$2:$2"
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=2) for cell in row if cell.value)
    opinions = workbook(a_run())["核查意见表"]
    assert opinions.print_area == "'核查意见表'!$A$1:$N$6"


def test_a_row_is_as_high_as_its_text() -> None:
    long = Words("请核对。" * 60, "")
    sheet = workbook(run(audit(finding(), finding(message=long), finding(message=Words("请" * 9000, "")))))[
        "核查意见表"
    ]
    heights = [sheet.row_dimensions[number].height for number in (3, 4, 5)]
    assert heights[0] < heights[1] / 2
    assert heights[1] < heights[2] <= 409  # no row may be higher


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")', "https://example.org", "12.0", "{=1}"]
)
def test_what_a_report_says_stays_text(text: str) -> None:
    made = unbalanced(
        message=Words(text, text), address=text, suggestion=text, suspect=None, basis=text, compared=None,
        excerpt=text, marks=((0, len(text)),),
    )  # fmt: skip
    sheet = workbook(run(audit(made, path=text)._replace(issuer=text)))["核查意见表"]
    cells = [cell for cell in sheet[3] if cell.value == text]
    assert len(cells) == 7
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_no_formula_and_no_link_from_a_hostile_report(tmp_path: Path) -> None:
    with ZipFile(BytesIO(report(request(hostile_run(tmp_path))))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, part in parts.items() if name.startswith("xl/worksheets/") and "<f>" in part]
    assert not [name for name, part in parts.items() if "example.org" in part and "sharedStrings" not in name]


def test_exact_figures() -> None:
    figures: list[tuple[int | Decimal, int | Decimal]] = [
        (Decimal("8.65"), Decimal("86500")),
        (2**60 + 1, 3),
        (Decimal("0.12345678901234567890"), 0),
    ]
    made = run(audit(*(unbalanced(compared=Compared(*pair)) for pair in figures)))
    shown = [row[8:10] for row in rows(workbook(made)["核查意见表"])]
    assert shown == [[8.65, 86500], [str(2**60 + 1), 3], ["0.12345678901234567890", 0]]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    made = run(audit(finding(message=Words("长" * 40_000, ""))))
    shown = rows(workbook(made)["核查意见表"])[0][5]
    assert (len(shown), shown[-1]) == (32_767, "…")


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    made = run(audit(finding(message=Words("\x00甲\x1b\ud800\uffff", ""))))
    assert rows(workbook(made)["核查意见表"])[0][5] == "\ufffd甲\ufffd\ufffd\ufffd"


def test_english() -> None:
    book = workbook(a_run(), "en")
    assert book.sheetnames == ["Opinions", "Coverage", "Not evaluated"]
    assert rows(book["Opinions"])[0][5] == "natural persons: 6 but 5, off by 1"


def test_two_runs_make_the_same_bytes() -> None:
    assert workbook(a_run()).properties.created == datetime(2000, 1, 1)
    assert report(request(a_run())) == report(request(a_run()))
