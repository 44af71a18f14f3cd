"""Corrections: exactly the safe ones, nothing else of the file changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.cli import main
from gip_lint.fix import diff, fixable_rules, fixed_text
from prose_reports import audited, prose_rules, report

FAULTY = report(
    "贯彻《中华人民共和\n国信息公开条例》，截止2024年12月31日公开信息12条，建立信息发布台帐;规范流程（含图解)。"
    "资金资金投入和国办发[2016]80号文件的落实情况良好,继续加强。"
)
RIGHT = report(
    "贯彻《中华人民共和\n国政府信息公开条例》，截至2024年12月31日公开信息12条，建立信息发布台账；规范流程（含图解）。"
    "资金资金投入和国办发[2016]80号文件的落实情况良好，继续加强。"
)


def fixed(text: str) -> str:
    return fixed_text(text, audited(text), fixable_rules(prose_rules())).text


def test_the_rules_that_may_be_applied() -> None:
    assert fixable_rules(prose_rules()) == {"law-name", "known-misspelling", "mixed-punctuation", "unbalanced-brackets"}


def test_safe_suggestions_are_put_in_and_others_left() -> None:
    assert fixed(FAULTY) == RIGHT
    assert fixed(RIGHT) == RIGHT


def test_line_ends_stay_as_they_are() -> None:
    assert fixed(FAULTY.replace("\n", "\r\n")) == RIGHT.replace("\n", "\r\n")


def test_findings_answered_are_named() -> None:
    result = fixed_text(FAULTY, audited(FAULTY), {"law-name"})
    assert [finding.rule for finding in result.findings] == ["law-name"]
    assert result.text == FAULTY.replace("国信息公开条例", "国政府信息公开条例")


def test_a_word_with_two_corrections_is_left_to_a_person() -> None:
    text = report("加强与传媒体中心的合作。")
    assert [finding.rule for finding in audited(text).findings] == ["known-misspelling"]
    assert fixed(text) == text


def test_diff() -> None:
    assert diff("甲\n乙丙", "甲\n乙丁", "r.txt") == (
        "--- r.txt\n+++ r.txt\n@@ -1,2 +1,2 @@\n 甲\n-乙丙\n\\ No newline at end of file\n+乙丁\n\\ No newline at end of file\n"
    )
    assert diff("甲\n", "甲\n", "r.txt") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_command_shows_then_writes(
    tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("report.md")
    file.write_bytes(FAULTY.encode(encoding))
    assert main(["fix", "--diff", "report.md", "--lang", "zh"]) == 1
    assert capsys.readouterr().out == diff(FAULTY, RIGHT, "report.md")
    assert file.read_bytes() == FAULTY.encode(encoding)
    assert main(["fix", "report.md", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "report.md：改正 5 处\n"
    assert file.read_bytes() == RIGHT.encode(encoding)
    assert main(["fix", "--diff", "report.md", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == ""


def test_other_files_are_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.docx").write_bytes(b"PK")
    assert main(["fix", "report.docx", "--lang", "zh"]) == 2
    assert capsys.readouterr().err == "错误：report.docx：只能改文本和 Markdown 文件\n"
    Path("broken.txt").write_bytes(FAULTY.encode() + b"\xff")
    assert main(["fix", "broken.txt", "--lang", "zh"]) == 3
    assert capsys.readouterr().err == "错误：broken.txt：文字编码有损坏，未改\n"
    Path("notes.txt").write_text("会议在二楼,请准时。\n", encoding="utf-8")
    assert main(["fix", "notes.txt", "--lang", "zh"]) == 0
    assert Path("notes.txt").read_text(encoding="utf-8") == "会议在二楼,请准时。\n"
