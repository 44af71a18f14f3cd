"""The command from end to end, as a user runs it: arguments and files in; output, errors and exit code out."""

from __future__ import annotations

import csv
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Mapping

import pytest

import gip_lint
from office import CLEAN, FAULTY, PYTHON, ROOT, Office, Outcome, heed_interrupts


def rules_found(outcome: Outcome) -> list[str]:
    return [finding["rule"] for report in json.loads(outcome.out)["reports"] for finding in report["findings"]]


# -- exit codes -------------------------------------------------------------------------------------------------------


def test_a_clean_report(office: Office) -> None:
    assert office.run("clean.txt") == (
        0,
        "── clean.txt ───────────────────────────────────────────────────────────────────\n"
        "青石县柳河镇人民政府 · 2023 年 · 2021 年版格式\n"
        "\n"
        "未发现问题\n"
        "勾稽关系 54 项：一致 54，不一致 0，未核验 0\n"
        "\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "共 1 份报告：错误 0，警告 0，提示 0\n",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("faulty.txt",), 1),
        (("faulty.txt", "--fail-on", "never"), 0),
        (("faulty.txt", "--select", "section-heading"), 0),
        (("faulty.txt", "--select", "section-heading", "--fail-on", "warning"), 1),
        (("faulty.txt", "--select", "section-heading", "--fail-on", "info"), 1),
        (("faulty.txt", "--select", "review-total,litigation-total"), 0),
        (("faulty.txt", "--select", "litigation-total", "--fail-on-unchecked"), 1),
        (("clean.txt", "--fail-on-unchecked", "--fail-on", "info"), 0),
        (("clean.txt", "faulty.txt"), 1),
        (("nowhere.txt",), 2),
        (("nowhere.txt", "empty.txt", "faulty.txt"), 2),
        (("empty.txt", "faulty.txt"), 3),
        (("empty.txt", "--fail-on", "never"), 3),
        (("letter.txt",), 3),
        (("letters",), 3),
        ((".",), 3),
        (("clean.txt", "--edition", "1999"), 2),
        (("clean.txt", "--format", "pdf"), 2),
        (("clean.txt", "--statistics", "--format", "json"), 2),
        (("clean.txt", "--rules", "nowhere"), 2),
        (("clean.txt", "--output", "nowhere/x.txt"), 2),
        (("check",), 2),
        ((), 2),
    ],
)
@pytest.mark.parametrize("output_format", ["text", "json"])
def test_exit_codes(office: Office, arguments: tuple[str, ...], code: int, output_format: str) -> None:
    office.write("empty.txt", "")
    office.write("letter.txt", "关于召开会议的通知\n请各单位准时参加。\n")
    office.write("letters/letter.txt", "关于召开会议的通知\n请各单位准时参加。\n")
    if output_format == "json" and arguments and "--format" not in arguments:
        arguments = (*arguments, "--format", "json")
    assert office.run(*arguments).code == code


def test_what_can_be_done_is_done(office: Office) -> None:
    office.write("ours/broken.yaml", "id: broken\n")
    outcome = office.run("--rules", "ours", "nowhere.txt", "faulty.txt", "--format", "json")
    assert outcome.code == 2
    assert "application-balance" in rules_found(outcome)
    assert "ours/broken.yaml" in outcome.err
    assert "错误：没有这个文件或文件夹：nowhere.txt\n" in outcome.err


def test_nothing_checked_is_said(office: Office) -> None:
    office.write("letters/letter.txt", "关于召开会议的通知\n请各单位准时参加。\n")
    outcome = office.run("letters")
    assert outcome.err == "错误：没有审核任何报告：所给路径下没有年度报告\n"
    assert "跳过 1 个文件" in outcome.out


# -- what is read -----------------------------------------------------------------------------------------------------


def test_paths_alone_and_the_check_command_are_the_same(office: Office) -> None:
    assert office.run("faulty.txt", "clean.txt") == office.run("check", "faulty.txt", "clean.txt")
    assert office.run("faulty.txt") == office.run("--lang", "zh", "faulty.txt")


def test_standard_input(office: Office) -> None:
    outcome = office.run("-", given=CLEAN)
    assert (outcome.code, outcome.out.splitlines()[0]) == (0, "── 标准输入 " + "─" * 68)


def test_folders_and_globs(office: Office) -> None:
    office.write("towns/a.txt", CLEAN)
    office.write("towns/inner/b.md", CLEAN)
    office.write("towns/letter.txt", "关于召开会议的通知\n")
    for path in ("towns", "t*s", "towns/**/*.*"):
        data = json.loads(office.run(path, "--format", "json").out)
        assert [report["path"] for report in data["reports"]][:2] == ["towns/a.txt", "towns/inner/b.md"], path
    assert json.loads(office.run("towns", "--format", "json").out)["skipped"] == [
        {"path": "towns/letter.txt", "reason": "不是政府信息公开工作年度报告"}
    ]


def test_several_processes_say_the_same_as_one(office: Office) -> None:
    for number in range(9):
        office.write(f"towns/{number}.txt", FAULTY if number % 2 else CLEAN)
    assert office.run("towns", "--jobs", "2") == office.run("towns")


# -- what is written --------------------------------------------------------------------------------------------------


def test_json(office: Office) -> None:
    outcome = office.run("--format", "json", "faulty.txt")
    data = json.loads(outcome.out)
    assert outcome.err == ""
    assert (data["version"], data["tool"]) == (1, {"name": "gip-lint", "version": gip_lint.__version__})
    assert data["summary"] == {"reports": 1, "errors": 4, "warnings": 1, "infos": 0, "excepted": 0, "baselined": 0}
    assert data["reports"][0]["coverage"]["violated"] == 2
    assert rules_found(outcome) == [
        "unit-conflict",
        "application-balance",
        "applicant-total",
        "blank-cell",
        "section-heading",
    ]
    balance = data["reports"][0]["findings"][1]
    assert (balance["line"], balance["column"]) == (52, 15)
    assert balance["suggestion"].startswith("表三/四、结转下年度继续办理/自然人现为 2，改为 3")


def test_output_goes_to_a_file(office: Office) -> None:
    shown = office.run("faulty.txt").out
    assert office.run("faulty.txt", "--output", "out.txt") == (1, "", "")
    assert (office.folder / "out.txt").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize(
    ("environment", "arguments", "last"),
    [
        ({"LANG": ""}, (), "共 1 份报告"),
        ({"LANG": "C.UTF-8"}, (), "共 1 份报告"),
        ({"LANG": "en_GB.UTF-8"}, (), "1 report"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, (), "共 1 份报告"),
        ({"LANG": "en_GB.UTF-8"}, ("--lang", "zh"), "共 1 份报告"),
        ({}, ("--lang", "en"), "1 report"),
    ],
)
def test_languages(office: Office, environment: dict[str, str], arguments: tuple[str, ...], last: str) -> None:
    assert office.run("clean.txt", *arguments, environment=environment).out.splitlines()[-1].startswith(last)


def test_an_ascii_locale_loses_nothing(office: Office) -> None:
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert office.run("faulty.txt", environment=environment) == office.run("faulty.txt")


def in_terminal(office: Office, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    main, terminal = pty.openpty()
    with subprocess.Popen(
        [*PYTHON, *arguments],
        cwd=office.folder,
        env={**office.environment, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(terminal)
        written = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            written += piece
        process.wait()
    os.close(main)
    return written.decode().replace("\r\n", "\n")


def test_colour_in_a_terminal_only(office: Office) -> None:
    piped = office.run("faulty.txt").out
    coloured = in_terminal(office, "faulty.txt")
    assert "\x1b[1;31m错误\x1b[0m" in coloured
    assert "\x1b" not in piped
    assert in_terminal(office, "faulty.txt", environment={"NO_COLOR": "1"}) == piped
    assert in_terminal(office, "faulty.txt", environment={"TERM": "dumb"}) == piped


def test_a_piped_check_loads_neither_the_option_parser_nor_the_console(office: Office) -> None:
    code = (
        "import sys; from gip_lint.cli import main; main(['clean.txt']);"
        "print([m for m in ('typer', 'rich.console', 'yaml', 'json', 'tomllib', 'regex', 'lxml', 'jinja2', 'xlsxwriter') if m in sys.modules], file=sys.stderr)"
    )
    office.run("clean.txt")  # compiles the rules
    done = subprocess.run([sys.executable, "-c", code], cwd=office.folder, env=office.environment, capture_output=True)
    assert done.stderr.decode() == "[]\n"


def test_a_reader_that_stops_early_gets_no_traceback(office: Office) -> None:
    with subprocess.Popen(
        [*PYTHON, "faulty.txt"],
        cwd=office.folder,
        env=office.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full is Linux's")
@pytest.mark.parametrize("arguments", [("faulty.txt",), ("faulty.txt", "--format", "json"), ("rules", "list")])
def test_a_full_disk_behind_standard_output_is_no_traceback(office: Office, arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PYTHON, *arguments], cwd=office.folder, env=office.environment, stdout=full, stderr=subprocess.PIPE
        )
    assert (done.returncode, done.stderr.decode()) == (2, "错误：无法写入标准输出：No space left on device\n")


def test_an_interruption_is_no_traceback(office: Office) -> None:
    with subprocess.Popen(
        [*PYTHON, "-"],
        cwd=office.folder,
        env=office.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,
    ) as process:
        with pytest.raises(subprocess.TimeoutExpired):  # it waits for its input
            process.wait(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.decode()) == (130, b"", "\n已中断 / interrupted\n")


# -- selecting, configuration -----------------------------------------------------------------------------------------


def test_select_and_ignore(office: Office) -> None:
    def found(*arguments: str) -> list[str]:
        return rules_found(office.run("faulty.txt", "--format", "json", *arguments))

    assert found("--select", "balance") == ["application-balance", "applicant-total"]
    assert found("--select", "cells,section-heading") == ["blank-cell", "section-heading"]
    assert found("--select", "cells", "--select", "amounts") == ["unit-conflict", "blank-cell"]
    assert found("--ignore", "balance,amounts", "--ignore", "form") == ["blank-cell"]
    assert found("--ignore", "all") == []


def test_a_selector_that_matches_nothing_is_an_error(office: Office) -> None:
    assert office.run("faulty.txt", "--select", "blank-cel") == (
        2,
        "",
        "错误：没有叫 blank-cel 的规则或规则组，是否指 blank-cell？\n",
    )
    for option in ("--select", "--ignore"):
        assert office.run("faulty.txt", option, "cells,") == (2, "", f"错误：{option} 的值是空的\n")


def test_a_name_to_be_ignored_that_no_rule_bears_is_worth_a_word(office: Office) -> None:
    plain = office.run("faulty.txt")
    assert office.run("faulty.txt", "--ignore", "blank-cel") == (
        1,
        plain.out,
        "注意：--ignore：没有叫 blank-cel 的规则；是否指 blank-cell？\n",
    )
    office.write("gip-lint.toml", '[ignore.blank-cel]\nreason = "x"\n[ignore.amounts]\nreason = "y"')
    outcome = office.run("faulty.txt", "--lang", "en", "--format", "json")
    note = f"{office.folder}/gip-lint.toml [ignore.blank-cel]: no rule is called blank-cel; did you mean blank-cell?"
    assert (outcome.code, outcome.err) == (1, f"note: {note}\n")
    assert json.loads(outcome.out)["notices"] == [note]
    assert rules_found(outcome) == ["application-balance", "applicant-total", "blank-cell", "section-heading"]


def test_configuration(office: Office) -> None:
    office.write(
        "gip-lint.toml",
        'lang = "en"\nfail-on = "warning"\nselect = ["form", "balance"]\n'
        '[rules.section-heading]\nseverity = "info"\n[ignore.balance]\nreason = "checked elsewhere"\n',
    )
    outcome = office.run("faulty.txt", "--format", "json")
    assert rules_found(outcome) == ["section-heading"]
    assert json.loads(outcome.out)["summary"]["infos"] == 1
    assert outcome.code == 0
    assert office.run("faulty.txt", "--fail-on", "info").code == 1
    assert office.run("faulty.txt").out.endswith("1 report: 0 errors, 0 warnings, 1 info\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('fail_on = "error"', "fail_on：没有这个键"),
        ("lang = ", "不是合法的 TOML"),
        ('select = ["blank-cel"]', "select：没有叫 blank-cel 的规则；是否指 blank-cell？"),
        ('[[exceptions]]\nrule = "cells"', "exceptions[1]：例外须写明理由"),
        ('[rules.cells]\nseverity = "info"', "rules.cells：没有叫 cells 的规则"),
    ],
)
def test_a_broken_configuration_costs_no_report(office: Office, text: str, words: str) -> None:
    plain = office.run("faulty.txt")
    office.write("gip-lint.toml", text)
    outcome = office.run("faulty.txt")
    assert (outcome.code, outcome.out) == (2, plain.out)
    assert words in outcome.err
    assert "gip-lint.toml" in outcome.err
    assert outcome.err.endswith("（本次未使用此配置）\n")


# -- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--formt", "json", "x"), "没有选项 --formt，是否指 --format？（用法见 gip-lint check --help）"),
        (("check",), "缺少 PATH …（用法见 gip-lint check --help）"),
        (("chek", "faulty.txt"), "没有命令 chek，也没有这个文件；是否指 check？"),
        (("explain", "blank-cel"), "没有叫 blank-cel 的规则；是否指 blank-cell？"),
        (("explain", "xyz"), "没有叫 xyz 的规则；gip-lint rules list 列出全部规则"),
        (("show", "nowhere.txt"), "没有这个文件：nowhere.txt"),
        (("rules", "test", "nowhere"), "没有这个文件或目录：nowhere"),
        (("rules", "new", "Our Rule"), "规则 id 只用小写字母、数字和连字符，如 our-own-rule：Our Rule"),
        (("rules", "new", "blank-cell"), "已有规则 blank-cell，请另取 id"),
        (("clean.txt", "--statistics", "--format", "json"), "--statistics 只用于 --format text、html"),
    ],
)
def test_slips_of_the_command_line(office: Office, arguments: tuple[str, ...], error: str) -> None:
    assert office.run(*arguments) == (2, "", f"错误：{error}\n")


def test_errors_follow_the_language(office: Office) -> None:
    assert office.run("explain", "blank-cel", "--lang", "en").err == (
        "error: no rule is called blank-cel; did you mean blank-cell?\n"
    )
    assert office.run("--lang=en", "--formt", "x").err == (
        "error: No such option: --formt (Possible options: --format) (see gip-lint check --help)\n"
    )


def test_version(office: Office) -> None:
    assert office.run("--version") == (0, f"gip-lint {gip_lint.__version__}\n", "")


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en_US.UTF-8"), ("README.zh-CN.md", "zh_CN.UTF-8")])
@pytest.mark.parametrize("command", ["gip-lint --help", "gip-lint check --help"])
def test_the_readme_shows_the_real_help(office: Office, readme: str, language: str, command: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    block = text.partition(f"```console\n$ {command}\n")[2].partition("```")[0]
    assert block == office.run(*command.split()[1:], environment={"LANG": language}).out


# -- the other commands -----------------------------------------------------------------------------------------------


def test_show_draws_the_tables(office: Office) -> None:
    outcome = office.run("show", "faulty.txt")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[:5] == [
        "标题  青石县柳河镇人民政府2023年政府信息公开工作年度报告",
        "机关  青石县柳河镇人民政府",
        "年度  2023",
        "格式  2021 年版（国办公开办函〔2021〕30号）",
        "部分  一、总体情况  第 5 行第 1 列，1 段 245 字",
    ]
    said = lines.index("文中的数字和说法  4 条")
    assert lines[said - 12 : said - 1] == [
        "┌────────────────────────┬─────────────────────────────────────────────────┐",
        "│                        │                    行政诉讼                     │",
        "│                        ├────────────────────────┬────────────────────────┤",
        "│        行政复议        │    未经复议直接起诉    │       复议后起诉       │",
        "├────┬────┬────┬────┬────┼────┬────┬────┬────┬────┼────┬────┬────┬────┬────┤",
        "│结果│结果│其他│尚未│总计│结果│结果│其他│尚未│总计│结果│结果│其他│尚未│总计│",
        "│维持│纠正│结果│审结│    │维持│纠正│结果│审结│    │维持│纠正│结果│审结│    │",
        "├────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┤",
        "│   1│   0│   0│   0│   1│   0│   0│   □│   0│   0│   0│   0│   0│   0│   0│",
        "└────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┴────┘",
        "□ 空白",
    ]


def test_show_as_data(office: Office) -> None:
    data = json.loads(office.run("show", "faulty.txt", "--format", "json").out)
    assert (data["issuer"], data["year"], data["edition"]) == ("青石县柳河镇人民政府", 2023, "2021")
    assert [section["key"] for section in data["sections"]] == [
        "overview",
        "disclosure",
        "applications",
        "reviews",
        "problems",
        "other",
    ]
    fees = next(cell for cell in data["tables"][0]["cells"] if cell["row"] == "administrative-fees")
    assert (fees["value"], fees["unit"], fees["text"], fees["line"]) == (86500, "元", "86500元", 22)


def test_show_as_a_spreadsheet(office: Office) -> None:
    assert office.run("show", "faulty.txt", "--format", "csv", "--output", "cells.csv") == (0, "", "")
    content = (office.folder / "cells.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    blank = next(row for row in rows if row["state"] == "blank")
    assert blank["address"] == "表四/未经复议直接起诉/其他结果"
    assert blank["value"] == ""


def test_show_of_what_cannot_be_read(office: Office) -> None:
    office.write("empty.txt", "")
    assert office.run("show", "empty.txt")[:2] == (3, "")


def test_explain(office: Office) -> None:
    lines = office.run("explain", "application-balance").out.splitlines()
    assert lines[0] == "application-balance  申请收支不平衡"
    assert any(line.startswith("依据    国办公开办函〔2019〕60号") for line in lines)
    assert "  有误    applications: {自然人: {第一项: 5, 第二项: 1, 第三项: 4, 第四项: 1}}" in lines


def test_rules_list(office: Office) -> None:
    rules = json.loads(office.run("rules", "list", "--format", "json").out)
    assert {"id", "group", "severity", "title", "basis"} <= set(rules[0])
    text = office.run("rules", "list").out
    assert all(rule["id"] in text for rule in rules)
    assert text.endswith(f"共 {len(rules)} 条规则\n")


def test_rules_test_runs_every_example(office: Office) -> None:
    outcome = office.run("rules", "test")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("，失败 0\n")


def test_a_new_rule_passes_its_examples_and_is_used(office: Office) -> None:
    assert office.run("rules", "new", "our-own-rule", "--rules", "ours").code == 0
    assert office.run("rules", "test", "ours") == (
        0,
        "ours\n  our-own-rule  通过 3\n共 1 条规则、3 个例子，失败 0\n",
        "",
    )
    rule = office.folder / "ours" / "our-own-rule.yaml"
    assert office.run("rules", "new", "our-own-rule", "--rules", "ours").err == (
        "错误：文件已存在，未改动：ours/our-own-rule.yaml\n"
    )
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("第四项 ≤ 第一项 + 第二项", "第四项 ≤ 0"), encoding="utf-8"
    )
    failed = office.run("rules", "test", "ours")
    assert failed.code == 1
    assert "失败" in failed.out
    found = rules_found(office.run("clean.txt", "--rules", "ours", "--format", "json"))
    assert found == ["our-own-rule", "our-own-rule"]


def test_rules_test_names_a_file_that_does_not_load(office: Office) -> None:
    office.run("rules", "new", "our-own-rule", "--rules", "ours")
    rule = office.folder / "ours" / "our-own-rule.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("check: equation", "check: equatio"), encoding="utf-8")
    outcome = office.run("rules", "test", "ours")
    assert outcome.code == 2
    assert outcome.err.startswith("错误：ours/our-own-rule.yaml:18:1：")


def test_rules_schema(office: Office) -> None:
    schema = json.loads(office.run("rules", "schema").out)
    assert {"id", "title", "why", "severity", "basis", "check", "message", "examples"} <= set(schema["properties"])


def test_statistics(office: Office) -> None:
    lines = office.run("faulty.txt", "--statistics").out.splitlines()
    assert lines[-10:] == [
        "按规则                                             问题  报告",
        "  applicant-total      各类申请人之和不等于总计       1     1  █████████████████",
        "  application-balance  申请收支不平衡                 1     1  █████████████████",
        "  blank-cell           应填数字的格子空白             1     1  █████████████████",
        "  section-heading      部分标题与规定不同             1     1  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        "  unit-conflict        表头与格内单位不一             1     1  █████████████████",
        "",
        "按单位                    问题  未核验",
        "  青石县柳河镇人民政府       5       1  ████████████████████████████████▓▓▓▓▓▓▓▓",
        "█ 错误  ▓ 警告  ░ 提示",
    ]
