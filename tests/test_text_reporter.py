"""The terminal view: complete output for small runs, and nothing wider than the terminal."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from gip_lint.document import Location
from gip_lint.finding import Coverage, NotEvaluated, Run, Severity, Skipped, Suppression, Suspect, Words
from gip_lint.reporters.excerpt import excerpt_lines
from gip_lint.reporters.lines import Line, Span, clean, plain, wrap
from gip_lint.reporters.text import text_report
from results import audit, blank, exception, finding, run, unreadable


def shown(result: Run, language: str = "zh", columns: int = 80) -> str:
    return plain(text_report(result, language, columns))


def test_a_finding_is_complete() -> None:
    suspect = Suspect("表三/四、结转下年度继续办理/自然人", Location(12, 3), 1, 2)
    result = run(
        audit(
            finding(suspect=suspect),
            coverage=Coverage(48, 1, 1),
            not_evaluated=(blank(),),
        )
    )
    assert shown(result) == (
        "── 年报.txt ────────────────────────────────────────────────────────────────────\n"
        "临江县教育局 · 2023 年 · 2021 年版格式\n"
        "\n"
        "错误  申请收支不平衡                                         application-balance\n"
        "      自然人：6 ≠ 5，相差 1\n"
        "      第 12 行第 3 列 · 表三/四、结转下年度继续办理/自然人\n"
        "    12 │ 四、结转下年度继续办理  1  0\n"
        "       │                         ^\n"
        "      疑点  表三/四、结转下年度继续办理/自然人现为 1，改为 2 则本表各项勾稽关系\n"
        "            全部成立\n"
        "      依据  国办公开办函〔2021〕30号附件表三注\n"
        "\n"
        "勾稽关系 50 项：一致 48，不一致 1，未核验 1（空白 1）\n"
        "  applicant-total  空白 1：表三/（一）予以公开\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "共 1 份报告：错误 1，警告 0，提示 0\n"
    )


def test_the_same_in_english() -> None:
    result = run(audit(finding(suggestion="2"), coverage=Coverage(48, 1, 1), not_evaluated=(blank(),)))
    assert shown(result, "en") == (
        "── 年报.txt ────────────────────────────────────────────────────────────────────\n"
        "临江县教育局 · 2023 · form of 2021\n"
        "\n"
        "error    applications do not balance                         application-balance\n"
        "         natural persons: 6 but 5, off by 1\n"
        "         line 12, column 3 · 表三/四、结转下年度继续办理/自然人\n"
        "       12 │ 四、结转下年度继续办理  1  0\n"
        "          │                         ^\n"
        "         advice   2\n"
        "         basis    国办公开办函〔2021〕30号附件表三注\n"
        "\n"
        "50 relations of figures: 48 hold, 1 broken, 1 not evaluated (blank 1)\n"
        "  applicant-total  blank 1: 表三/（一）予以公开\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "1 report: 1 error, 0 warnings, 0 infos\n"
    )


def test_a_clean_report_says_so_with_its_coverage() -> None:
    assert shown(run(audit())) == (
        "── 年报.txt ────────────────────────────────────────────────────────────────────\n"
        "临江县教育局 · 2023 年 · 2021 年版格式\n"
        "\n"
        "未发现问题\n"
        "勾稽关系 50 项：一致 50，不一致 0，未核验 0\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "共 1 份报告：错误 0，警告 0，提示 0\n"
    )


@pytest.mark.parametrize(
    ("coverage", "line"),
    [
        (Coverage(), "没有核验任何勾稽关系"),
        (Coverage(3, 0, 1), "勾稽关系 4 项：一致 3，不一致 0，未核验 1（空白 1）"),
    ],
)
def test_no_finding_is_not_called_clean_while_something_was_not_checked(coverage: Coverage, line: str) -> None:
    gaps = (blank(),) if coverage.not_evaluated else ()
    lines = shown(run(audit(coverage=coverage, not_evaluated=gaps))).splitlines()
    assert lines[3:5] == ["未发现问题，但有内容未能核验", line]


KNOWN = Suppression("baseline", "gip-lint-baseline.json")


def test_what_does_not_count_is_counted_by_itself() -> None:
    result = run(
        audit(
            finding("b", suppression=KNOWN),
            finding("b", suppression=KNOWN),
            finding("a", suppression=KNOWN, severity=Severity.INFO),
            finding("overview-length", suppression=exception()),
            finding("overview-length", suppression=exception()),
        )
    )
    assert shown(result).splitlines()[3:] == [
        "除例外和基线外，未发现问题",
        "勾稽关系 50 项：一致 50，不一致 0，未核验 0",
        "例外 2：overview-length  主管部门要求写细（办公室，至 2027-03-31，",
        "  gip-lint.toml:12）",
        "基线 3：a 1、b 2",
        "",
        "────────────────────────────────────────────────────────────────────────────────",
        "共 1 份报告：错误 0，警告 0，提示 0；例外 2；基线 3",
    ]
    assert shown(result, "en").splitlines()[3:] == [
        "nothing found but what is excepted or in the baseline",
        "50 relations of figures: 50 hold, 0 broken, 0 not evaluated",
        "excepted 2: overview-length  主管部门要求写细 (办公室, until 2027-03-31,",
        "  gip-lint.toml:12)",
        "baseline 3: a 1, b 2",
        "",
        "────────────────────────────────────────────────────────────────────────────────",
        "1 report: 0 errors, 0 warnings, 0 infos; 2 excepted; 3 in the baseline",
    ]


def test_a_finding_says_that_its_exception_has_expired() -> None:
    result = run(audit(finding(expired=exception("2026-03-31"))))
    assert shown(result).splitlines()[8:11] == [
        "      依据  国办公开办函〔2021〕30号附件表三注",
        "      例外  已于 2026-03-31 到期：主管部门要求写细（办公室，gip-lint.toml:12）",
        "",
    ]
    assert shown(result, "en").splitlines()[9] == (
        "         expired  2026-03-31: 主管部门要求写细 (办公室, gip-lint.toml:12)"
    )


def test_an_unreadable_file_claims_no_coverage() -> None:
    assert shown(run(unreadable())) == (
        "── 空.txt ──────────────────────────────────────────────────────────────────────\n"
        "\n"
        "错误  申请收支不平衡                                      读取 · unreadable-file\n"
        "      文件是空的\n"
        "      依据  国办公开办函〔2021〕30号附件表三注\n"
        "\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "共 1 份报告：错误 1，警告 0，提示 0\n"
    )


def test_findings_stand_in_reading_order() -> None:
    result = run(
        audit(
            finding("b", location=Location(20, 1)),
            finding("z", location=Location(3, 9)),
            finding("c", location=Location(20, 1)),
            finding("y", location=Location(3, 2)),
            finding("x", location=Location(None)),
        )
    )
    order = [line.split()[-1] for line in shown(result).splitlines() if line.startswith("错误")]
    assert order == ["x", "y", "z", "b", "c"]


def test_gaps_are_grouped_by_rule_and_cause() -> None:
    places = ["一、新收", "二、结转", "（一）予以公开", "（二）部分公开"]
    gaps = (
        *(blank(address=f"表三/{place}") for place in places),
        NotEvaluated("applicant-total", "表三/四、结转", "absent", Words("缺", "missing")),
        NotEvaluated("amount-precision", "", "unit", Words("单位不明", "unit unknown"), relation=False),
    )
    lines = shown(run(audit(coverage=Coverage(45, 0, 5), not_evaluated=gaps))).splitlines()
    assert lines[4:8] == [
        "勾稽关系 50 项：一致 45，不一致 0，未核验 5（空白 4、缺行或缺列 1）",
        "  amount-precision  单位不明 1：单位不明",
        "  applicant-total   缺行或缺列 1：表三/四、结转",
        "  applicant-total   空白 4：表三/一、新收；二、结转；（一）予以公开 等 4 处",
    ]


def test_several_reports_and_skipped_files_are_totalled() -> None:
    skipped = tuple(Skipped(f"{name}.txt", Words("不是年报", "no report")) for name in "abcd")
    result = run(
        audit(finding(), finding("w", severity=Severity.WARNING), path="甲.txt", coverage=Coverage(40, 1, 2)),
        audit(path="乙.txt"),
        unreadable("丙.txt"),
        skipped=skipped,
    )
    assert shown(result).splitlines()[-3:] == [
        "共 3 份报告：错误 2，警告 1，提示 0",
        "有错误的报告 2 份，未发现问题的 1 份；未核验的勾稽关系 2 项",
        "跳过 4 个文件（不是年报）：a.txt、b.txt、c.txt 等",
    ]
    assert shown(result, "en").splitlines()[-3:] == [
        "3 reports: 2 errors, 1 warning, 0 infos",
        "reports with errors 2, without findings 1; relations not evaluated 2",
        "skipped 4 (no report): a.txt, b.txt, c.txt, …",
    ]


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_the_terminal(columns: int, language: str) -> None:
    long = "总体情况应写到主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面，" * 8
    result = run(
        audit(
            finding(
                message=Words(long, long), excerpt=long, marks=((3, 9), (200, 230)), basis=long, address="表三/" + long
            ),
            coverage=Coverage(1, 1, 1),
            not_evaluated=(blank(address=long),),
        )
    )
    assert max(cell_len(line) for line in shown(result, language, columns).splitlines()) <= columns


def test_two_runs_print_the_same() -> None:
    result = run(audit(finding(), finding("w")))
    assert shown(result) == shown(result)


# -- excerpts ---------------------------------------------------------------------------------------------------------


def excerpt(text: str, *marks: tuple[int, int], columns: int = 60) -> str:
    return plain(excerpt_lines(text, marks, columns, "  7", "error"))


def test_marks_stand_under_wide_characters() -> None:
    assert excerpt("收到申请5件", (2, 4), (4, 5)) == "  7 │ 收到申请5件\n    │     ^^^^^\n"


def test_separators_and_blank_cells_are_drawn() -> None:
    assert excerpt("\t1\t\xa0\t3", (3, 4)) == "  7 │ 1 │ □ │ 3\n    │     ^\n"
    assert excerpt("1\t\t3", (2, 2)) == "  7 │ 1 │ □ │ 3\n    │     ^\n"


def test_a_long_paragraph_is_cut_to_the_places_at_fault() -> None:
    text = "甲" * 150 + "乙" + "丙" * 150
    assert excerpt(text, (150, 151), columns=70) == (
        "  7 │ …甲甲甲甲甲甲甲甲甲甲甲甲乙丙丙丙丙丙丙丙丙丙丙丙丙…\n    │                          ^^\n"
    )


def test_an_excerpt_without_marks_is_cut_from_the_left() -> None:
    assert excerpt("甲" * 300, columns=26) == "  7 │ " + "甲" * 10 + "\n    │ " + "甲" * 10 + "\n    │ …\n"


# -- lines ------------------------------------------------------------------------------------------------------------


def words(text: str, columns: int, first: Line = ()) -> list[str]:
    return plain(wrap([text], columns, first)).splitlines()


def test_punctuation_stays_with_its_word() -> None:
    assert words("主动公开，依申请公开", 8) == ["主动公", "开，依申", "请公开"]
    assert words("见（一）予以公开", 6) == ["见", "（一）", "予以公", "开"]


def test_latin_words_and_figures_are_not_broken() -> None:
    assert words("规则 application-balance 报告", 21) == ["规则", "application-balance", "报告"]
    assert words("共有共有1234件", 12) == ["共有共有", "1234件"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert words("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_following_lines_are_indented_as_far_as_the_first() -> None:
    assert words("甲乙丙丁", 10, (Span("依据  "),)) == ["依据  甲乙", "      丙丁"]


def test_a_report_cannot_reach_the_terminal_with_escape_sequences() -> None:
    assert clean("\x1b[31m红\u202e\u3000a\tb\xa0c") == "\ufffd[31m红\ufffd\u3000a b c"
    assert "\x1b" not in shown(run(audit(finding(excerpt="\x1b[2J\u20281", marks=((0, 1),), address="\x1b[0m"))))
