"""Two renditions of one report: what `gip-lint compare` says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gip_lint.cli import main

REPORT = Path(__file__).parent.parent / "samples" / "clean-2021-markdown" / "report.md"


@pytest.fixture
def original() -> str:
    return REPORT.read_text(encoding="utf-8")


def compared(capsys: pytest.CaptureFixture[str], left: Path, right: Path, *options: str) -> tuple[int, str, str]:
    code = main(["compare", str(left), str(right), *options])
    out, err = capsys.readouterr()
    return code, out, err


def differences(capsys: pytest.CaptureFixture[str], right: Path) -> list[tuple[str, str, str | None, str | None]]:
    _, out, _ = compared(capsys, REPORT, right, "--format", "json")
    return [
        (item["kind"], item["address"], item["left"]["text"], item["right"]["text"])
        for item in json.loads(out)["differences"]
    ]


def test_the_same_report_in_another_dress_does_not_differ(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, original: str
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(original.replace("，", ",").replace("## ", "").replace("2024年，我局", "2024 年,我局\n"), "utf-8")
    code, out, err = compared(capsys, REPORT, other, "--lang", "zh")
    assert (code, err) == (0, "")
    assert "".join(out.splitlines()[3:]) == (
        "没有不同；比对了标题、6 个部分的标题和正文、200 个单元格，未比对第一个标题之前的文字和落款"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| 1027 | 230", "| 1028 | 230", ("cell", "表三/一、本年新收政府信息公开申请数量/自然人", "1027", "1028")),
        ("| 1027 | 230", "|  | 230", ("cell", "表三/一、本年新收政府信息公开申请数量/自然人", "1027", "")),
        ("5321.9256", "53219256元", ("cell", "表二/行政事业性收费/本年收费金额", "5321.9256", "53219256元")),
        ("| 社会公益组织 |", "| 社会组织 |", ("label", "表三/社会公益组织", "社会公益组织", "社会组织")),
        ("青石县财政局2024年", "青石县财政局2023年", (
            "title", "标题", "青石县财政局2024年政府信息公开工作年度报告", "青石县财政局2023年政府信息公开工作年度报告",
        )),
        ("## 六、其他需要报告的事项", "## 六、其他事项", (
            "heading", "其他需要报告的事项", "六、其他需要报告的事项", "六、其他事项",
        )),
        ("对栏目内容按月巡查", "对栏目内容按季巡查", (
            "text", "总体情况", "…体日常维护，对栏目内容按【月】巡查，及时修复错链断链。…",
            "…体日常维护，对栏目内容按【季】巡查，及时修复错链断链。…",
        )),
    ],
)  # fmt: skip
def test_one_change_is_one_difference(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, original: str, old: str, new: str, expected: tuple[str, ...]
) -> None:
    other = tmp_path / "other.md"
    assert old in original
    other.write_text(original.replace(old, new, 1), "utf-8")
    assert differences(capsys, other) == [expected]


def test_a_lost_section_and_its_table(capsys: pytest.CaptureFixture[str], tmp_path: Path, original: str) -> None:
    other = tmp_path / "other.md"
    start, end = original.index("## 四、"), original.index("## 五、")
    other.write_text(original[:start] + original[end:], "utf-8")
    heading = "政府信息公开行政复议、行政诉讼情况"
    assert differences(capsys, other) == [
        ("heading", heading, f"四、{heading}", None),
        ("table", "表四", "", None),
    ]


def test_what_cannot_be_read_is_not_called_equal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, original: str
) -> None:
    other = tmp_path / "other.md"
    other.write_text(
        original.replace("| 1027 | 230 | 20 | 33 | 42 | 0 | 1352 |", "| 1027 | 230 | 20 | 33 | 42 |"), "utf-8"
    )
    code, out, _ = compared(capsys, REPORT, other, "--lang", "zh")
    assert code == 0
    assert "193 个单元格" in out
    assert "未能比对：表三/一、本年新收政府信息公开申请数量/自然人、" in out.replace("\n", "")


def test_files_that_are_no_reports(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    empty, other = tmp_path / "empty.txt", tmp_path / "note.txt"
    empty.write_bytes(b"")
    other.write_text("会议通知\n", "utf-8")
    code, out, err = compared(capsys, empty, other, "--lang", "zh")
    assert (code, out) == (3, "")
    assert err == f"错误：{empty}：文件是空的\n错误：{other}：不是政府信息公开工作年度报告\n"
    assert compared(capsys, REPORT, tmp_path / "none.txt")[0] == 2
