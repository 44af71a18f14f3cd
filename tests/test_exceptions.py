"""Exceptions, wherever they are written: what they cover, what is said of them, and that nothing vanishes."""

from __future__ import annotations

import json
import quopri
import random
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from gip_lint.annual_report import State
from gip_lint.engine import audit
from gip_lint.exceptions_beside import exceptions_beside
from gip_lint.exemption import Exemption, absolute_glob
from gip_lint.finding import Coverage, Suppression, Words
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.readers.comment import without_comments
from gip_lint.recognition import Recogniser
from layouts import LAYOUTS, Layout
from office import FAULTY, Office, Outcome

BALANCE = "表三/四、结转下年度继续办理/自然人"
COMMENT = '<!-- gip-lint: ignore report-title reason="（x）, 截止目前,台帐;12件" -->'
RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
TODAY = {"GIP_LINT_TODAY": "2026-06-01"}


def states(outcome: Outcome) -> dict[str, tuple[Any, Any]]:
    """Rule → why it does not count, and what has expired."""
    return {
        finding["rule"]: (finding["suppression"], finding["expired"])
        for report in json.loads(outcome.out)["reports"]
        for finding in report["findings"]
        if finding["suppression"] or finding["expired"]
    }


def exception(
    source: str, reason: str = "主管部门要求", owner: str | None = None, until: str | None = None
) -> dict[str, str | None]:
    return {"kind": "exception", "source": source, "reason": reason, "owner": owner, "until": until}


def with_comment(comment: str, before: str = "一、总体情况") -> str:
    assert before in FAULTY
    return FAULTY.replace(before, f"{comment}\n{before}", 1)


# -- in gip-lint.toml -------------------------------------------------------------------------------------------------


def test_an_exception_of_the_configuration(office: Office) -> None:
    office.write(
        "gip-lint.toml",
        f'lang = "zh"\n\n[[exceptions]]\nrule = "application-balance"\nfiles = "faulty.txt"\naddress = "{BALANCE}"\n'
        'reason = "主管部门要求"\nowner = "办公室"\nuntil = 2026-12-31\n',
    )
    outcome = office.run("faulty.txt", "--format", "json", environment=TODAY)
    assert states(outcome) == {
        "application-balance": (exception("gip-lint.toml:3", owner="办公室", until="2026-12-31"), None)
    }
    assert json.loads(outcome.out)["summary"] == {
        "reports": 1,
        "errors": 3,
        "warnings": 1,
        "infos": 0,
        "excepted": 1,
        "baselined": 0,
    }
    assert (outcome.code, outcome.err) == (1, "")


def test_a_report_with_nothing_but_exceptions_passes_and_says_so(office: Office) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = "all"\nreason = "机构已撤销"\n')
    outcome = office.run("faulty.txt")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[3:] == [
        "除例外和基线外，未发现问题，但有内容未能核验",
        "勾稽关系 54 项：一致 51，不一致 2，未核验 1（空白 1）",
        "  litigation-total  空白 1：表四/未经复议直接起诉",
        "例外 1：unit-conflict  机构已撤销（gip-lint.toml:1）",
        "例外 1：application-balance  机构已撤销（gip-lint.toml:1）",
        "例外 1：applicant-total  机构已撤销（gip-lint.toml:1）",
        "例外 1：blank-cell  机构已撤销（gip-lint.toml:1）",
        "例外 1：section-heading  机构已撤销（gip-lint.toml:1）",
        "",
        "────────────────────────────────────────────────────────────────────────────────",
        "共 1 份报告：错误 0，警告 0，提示 0；例外 5",
    ]


@pytest.mark.parametrize(
    ("address", "covered"),
    [
        (f'"{BALANCE}"', True),
        ('"表三"', True),
        ('"表三/四、结转下年度继续办理"', True),
        ('"表*/*/自然人"', True),
        ('["表二", "表三/*/自然人"]', True),
        ('"表 三/四、结转下年度继续办理/自然人/"', True),
        ('"表三/自然人"', False),
        ('"表三/四"', False),
        (f'"{BALANCE}/x"', False),
        ('"表四"', False),
    ],
)
def test_addresses(office: Office, address: str, covered: bool) -> None:
    office.write(
        "gip-lint.toml", f'[[exceptions]]\nrule = "application-balance"\naddress = {address}\nreason = "主管部门要求"'
    )
    outcome = office.run("faulty.txt", "--format", "json")
    assert states(outcome) == ({"application-balance": (exception("gip-lint.toml:1"), None)} if covered else {})


@pytest.mark.parametrize(
    ("files", "path", "covered"),
    [
        ("a.txt", "a.txt", True),
        ("a.txt", "x/y/a.txt", True),
        ("./a.txt", "a.txt", True),
        ("./a.txt", "x/a.txt", False),
        ("x/a.txt", "x/a.txt", True),
        ("x/a.txt", "y/x/a.txt", False),
        ("x/", "x/y/a.txt", True),
        ("x/*.txt", "x/a.txt", True),
        ("x/*.txt", "x/y/a.txt", False),
        ("x/**/*.txt", "x/a.txt", True),
        ("x/**/*.txt", "x/y/z/a.txt", True),
        ("*/a.txt", "x/a.txt", True),
        ("a.t?t", "a.txt", True),
        ("a.tx", "a.txt", False),
        ("a+b (1).txt", "a+b (1).txt", True),
        ("../offices/x/a.txt", "x/a.txt", True),
        ("../other/**", "x/a.txt", False),
    ],
)
def test_globs(files: str, path: str, covered: bool) -> None:
    exemption = Exemption(("all",), Suppression("exception", "x"), (absolute_glob(files, "/srv/offices"),))
    assert exemption.is_about(f"/srv/offices/{path}") == covered


def test_files_are_seen_from_where_the_configuration_stands(office: Office) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = "all"\nfiles = "2023/*"\nreason = "机构已撤销"')
    for name in ("2023/a.txt", "2024/a.txt"):
        office.write(name, FAULTY)
    data = json.loads(office.run("2023", "2024", "--format", "json").out)
    assert [sum(f["suppression"] is not None for f in report["findings"]) for report in data["reports"]] == [5, 0]


def test_several_processes_find_the_same(office: Office) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = "amounts"\nreason = "主管部门要求"\nuntil = 2026-06-01')
    for number in range(6):
        office.write(f"towns/{number}.txt", with_comment("<!-- gip-lint: 例外 cells 理由：旧系统导出 -->"))
    one, two = (office.run("towns", "--jobs", jobs, "--format", "json", environment=TODAY) for jobs in ("1", "2"))
    assert one == two
    assert set(states(one)) == {"unit-conflict", "blank-cell"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('rule = "cells"', 'exceptions[1]：例外须写明理由：reason = "……"'),
        ('rule = "cells"\nreason = " "', 'exceptions[1]：例外须写明理由：reason = "……"'),
        ('reason = "x"', "exceptions[1]：缺少 rule（规则 id 或规则组）"),
        ('rule = []\nreason = "x"', "exceptions[1].rule：是空的"),
        ('rule = 3\nreason = "x"', 'exceptions[1].rule：应是文字列表，例如 ["balance"]'),
        ('rule = "cells"\nreason = "x"\nuntil = "明年"', "exceptions[1].until：应是日期，例如 2027-03-31"),
        ('rule = "cells"\nreason = "x"\nuntil = 2027', "exceptions[1].until：应是日期，例如 2027-03-31"),
        ('rule = "cells"\nreason = "x"\nowner = 3', 'exceptions[1].owner：应是文字，例如 "办公室"'),
        (
            'rule = "cells"\nreson = "x"',
            "exceptions[1].reson：没有这个键，可用 rule、files、address、reason、owner、until；是否指 reason？",
        ),
    ],
)
def test_slips_of_an_exception(office: Office, text: str, words: str) -> None:
    office.write("gip-lint.toml", f"[[exceptions]]\n{text}")
    outcome = office.run("faulty.txt")
    path = office.folder / "gip-lint.toml"
    assert (outcome.code, outcome.err) == (2, f"错误：{path}：{words}（本次未使用此配置）\n")
    assert "错误 4，警告 1，提示 0\n" in outcome.out


# -- expiry, and exceptions that nothing needs ------------------------------------------------------------------------


@pytest.mark.parametrize(("today", "code"), [("2026-06-30", 0), ("2026-07-01", 1)])
def test_an_exception_holds_until_the_end_of_its_day(office: Office, today: str, code: int) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = "all"\nreason = "x"\nuntil = "2026年6月30日"')
    assert office.run("faulty.txt", environment={"GIP_LINT_TODAY": today}).code == code


def test_the_finding_of_an_expired_exception_comes_back_and_says_so(office: Office) -> None:
    office.write(
        "gip-lint.toml",
        '[[exceptions]]\nrule = "blank-cell"\nreason = "主管部门要求"\nowner = "办公室"\nuntil = 2026-05-31',
    )
    outcome = office.run("faulty.txt", "--format", "json", environment=TODAY)
    assert (outcome.code, outcome.err) == (1, "")
    expired = exception("gip-lint.toml:1", owner="办公室", until="2026-05-31")
    assert states(outcome) == {"blank-cell": (None, expired)}
    assert json.loads(outcome.out)["summary"]["excepted"] == 0
    text = office.run("faulty.txt", environment=TODAY).out
    assert "      例外  已于 2026-05-31 到期：主管部门要求（办公室，gip-lint.toml:1）\n" in text


def test_of_two_exceptions_the_one_that_still_holds_counts(office: Office) -> None:
    office.write(
        "gip-lint.toml",
        '[[exceptions]]\nrule = "blank-cell"\nreason = "一"\nuntil = 2026-05-31\n'
        '[[exceptions]]\nrule = "cells"\nreason = "二"\n',
    )
    outcome = office.run("faulty.txt", "--format", "json", environment=TODAY)
    assert states(outcome) == {"blank-cell": (exception("gip-lint.toml:5", "二"), None)}


def test_a_day_that_is_none_is_an_error(office: Office) -> None:
    outcome = office.run("faulty.txt", environment={"GIP_LINT_TODAY": "2026-02-30"})
    assert (outcome.code, outcome.err) == (2, "错误：环境变量 GIP_LINT_TODAY 不是日期：2026-02-30\n")


UNUSED = '[[exceptions]]\nrule = "title"\nreason = "x"\n'.replace("title", "report-title")


@pytest.mark.parametrize(
    ("exception", "arguments", "err"),
    [
        (UNUSED, (".",), "gip-lint.toml:1：例外 report-title 没有用上，可以删去"),
        (UNUSED + "until = 2026-05-31", (".",), "例外 report-title 没有用上，且已于 2026-05-31 到期，可以删去"),
        (UNUSED + 'files = "./clean.txt"', ("clean.txt",), "例外 report-title 没有用上，可以删去"),
        (UNUSED + 'files = "c*.txt"', (".",), "例外 report-title 没有用上，可以删去"),
        (UNUSED + 'files = "gone/a.txt"', (".",), "例外 report-title 没有用上，可以删去"),
        # this run cannot know
        (UNUSED, ("clean.txt",), ""),
        (UNUSED + 'files = "c*.txt"', ("clean.txt",), ""),
        (UNUSED + 'files = "./faulty.txt"', ("clean.txt",), ""),
        (UNUSED, (".", "--select", "cells"), ""),
    ],
)
def test_an_exception_that_nothing_needs_is_mentioned(
    office: Office, exception: str, arguments: tuple[str, ...], err: str
) -> None:
    office.write("gip-lint.toml", exception)
    outcome = office.run(*arguments, "--fail-on", "never", environment=TODAY)
    assert outcome.code == 0
    assert (outcome.err == "") if not err else outcome.err.endswith(f"{err}\n")


def test_nothing_is_called_unused_while_a_report_could_not_be_read(office: Office) -> None:
    office.write("gip-lint.toml", UNUSED)
    office.write("empty.txt", "")
    outcome = office.run(".")
    assert (outcome.code, outcome.err) == (3, "")


def test_an_unknown_rule_is_worth_a_word_and_covers_nothing(office: Office) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = ["blank-cel", "section-heading"]\nreason = "x"')
    outcome = office.run("faulty.txt", "--format", "json")
    note = "gip-lint.toml:1：没有叫 blank-cel 的规则；是否指 blank-cell？"
    assert (outcome.code, outcome.err) == (1, f"注意：{note}\n")
    assert json.loads(outcome.out)["notices"] == [note]
    assert list(states(outcome)) == ["section-heading"]


def test_an_exception_does_not_make_an_unreadable_file_read(office: Office) -> None:
    office.write("empty.txt", "")
    office.write("empty.txt.gip-lint.toml", '[[exceptions]]\nrule = "unreadable-file"\nreason = "x"')
    outcome = office.run("empty.txt", "clean.txt", "--format", "json")
    assert (outcome.code, list(states(outcome))) == (3, ["unreadable-file"])


# -- beside a report --------------------------------------------------------------------------------------------------


def test_exceptions_beside_a_report_are_for_that_one(office: Office) -> None:
    office.write("年报.txt", FAULTY)
    office.write("年报.txt.gip-lint.toml", '\n[[exceptions]]\nrule = "cells"\nreason = "旧系统导出"\nowner = "张三"\n')
    outcome = office.run("年报.txt", "faulty.txt", "--format", "json")
    assert states(outcome) == {"blank-cell": (exception("年报.txt.gip-lint.toml:2", "旧系统导出", "张三"), None)}
    assert json.loads(outcome.out)["summary"]["excepted"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[exceptions]]\nrule = "cells"', "exceptions[1]：例外须写明理由"),
        (
            '[[exceptions]]\nrule = "cells"\nreason = "x"\nfiles = "*"',
            "exceptions[1].files：这里的例外只用于旁边的报告",
        ),
        ('edition = "2021"', "edition：没有这个键，可用 exceptions"),
        ("x", "不是合法的 TOML"),
    ],
)
def test_slips_beside_a_report_cover_nothing(office: Office, text: str, words: str) -> None:
    office.write("faulty.txt.gip-lint.toml", text)
    outcome = office.run("faulty.txt", "--format", "json")
    assert (outcome.code, states(outcome)) == (2, {})
    assert outcome.err.startswith(f"错误：faulty.txt.gip-lint.toml：{words}")


def test_an_unused_exception_beside_a_report_is_mentioned(office: Office) -> None:
    office.write("clean.txt.gip-lint.toml", '[[exceptions]]\nrule = "cells"\nreason = "x"')
    outcome = office.run("clean.txt")
    assert (outcome.code, outcome.err) == (0, "注意：clean.txt.gip-lint.toml:1：例外 cells 没有用上，可以删去\n")
    assert office.run("clean.txt", "--select", "balance").err == ""


# -- in a comment -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        '<!-- gip-lint: ignore cells reason="旧系统导出" owner="张三" until=2027-03-31 -->',
        "<!-- gip-lint：例外 cells；理由：旧系统导出；负责人：张三；到期：2027年3月31日 -->",
        "<!--gip-lint:忽略 cells 理由：旧系统导出 负责人：张三 到期：2027/3/31-->",
        "<!-- gip-lint: ignore blank-cell, litigation-total\n     reason=“旧系统导出”\n     until: 2027-3-31 owner: 张三 -->",
        '<!-- gip-lint: 例外：cells 位置：表四/未经复议直接起诉 到期：2027.3.31 理由："旧系统导出"，负责人：张三 -->',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_comment_in_the_text(office: Office, comment: str, encoding: str) -> None:
    office.write("report.md", with_comment(comment).encode(encoding))
    line = FAULTY[: FAULTY.index("一、总体情况")].count("\n") + 1
    outcome = office.run("report.md", "--format", "json", environment=TODAY)
    given = exception(f"report.md:{line}", "旧系统导出", "张三", "2027-03-31")
    assert states(outcome) == {"blank-cell": (given, None)}
    assert outcome.err == ""


def test_a_comment_is_no_text_of_the_report(office: Office) -> None:
    plain = json.loads(office.run("faulty.txt", "--format", "json").out)["reports"][0]
    lines = FAULTY.split("\n")
    lines[3] += f"  {COMMENT}"
    lines.insert(20, COMMENT)
    office.write("faulty.txt", "\n".join(lines))
    report = json.loads(office.run("faulty.txt", "--format", "json").out)["reports"][0]
    assert without_lines(report) == without_lines(plain)
    assert [f["line"] for f in report["findings"]] == [f["line"] + 1 for f in plain["findings"]]


def without_lines(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: without_lines(value) for key, value in data.items() if key not in ("line", "end_line")}
    return [without_lines(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5"])
@pytest.mark.parametrize("saved_whole", [False, True])
def test_a_comment_in_a_web_page(office: Office, declared: str, saved_whole: bool) -> None:
    codec = {"gb2312": "gb18030", "big5": "big5-hkscs"}.get(declared, declared)
    reason = "沿用原文"
    page = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{declared}"></head><body>\n'
        f"<!-- gip-lint: 例外 wording；理由：{reason} -->\n<p>2023年度工作</p>\n</body></html>\n"
        if codec != "big5-hkscs"
        else f'<html><head><meta charset="big5"></head><body>\n\n<!-- gip-lint: ignore wording reason="{reason}" -->'
    ).encode(codec)
    if saved_whole:
        page = (
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n'
            b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(page) + b"\n--x--\n"
        )
    own, problems = exceptions_beside("a.html", page)
    assert ([(e.rules, e.suppression.reason, e.source) for e in own], problems) == (
        [(("wording",), reason, "a.html:3")],
        (),
    )


def test_only_formats_with_comments_have_them() -> None:
    comment = b"<!-- gip-lint: ignore -->"
    assert exceptions_beside("a.pdf", b"%PDF-1.4\n" + comment) == ((), ())
    assert exceptions_beside("a.txt", b"\x00" + comment) == ((), ())
    assert len(exceptions_beside("a.txt", comment).problems) == 1


def test_exceptions_of_a_member_of_an_archive(office: Office) -> None:
    with zipfile.ZipFile(office.folder / "all.zip", "w") as archive:
        archive.writestr("town/a.txt", with_comment("<!-- gip-lint: 例外 cells 理由：旧系统导出 -->"))
    office.write(
        "gip-lint.toml", '[[exceptions]]\nrule = "amounts"\nfiles = "all.zip/*/a.txt"\nreason = "主管部门要求"'
    )
    assert set(states(office.run("all.zip", "--format", "json"))) == {"blank-cell", "unit-conflict"}


def test_every_place_behind_a_comment_stays_where_it_is() -> None:
    text = f"一、总体{COMMENT}情况\r\n{COMMENT}  二\n<!-- gip-lint:\n例外 -->三\n尾{COMMENT}"
    blank = " " * len(COMMENT)
    assert without_comments(text) == (
        f"一、总体{chr(0x200B) * len(COMMENT)}情况\r\n{blank}  二\n{' ' * 14}\n      三\n尾{blank}"
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), layout=st.sampled_from(LAYOUTS), own_line=st.booleans())
def test_a_comment_changes_nothing_in_any_layout(seed: int, layout: Layout, own_line: bool) -> None:
    rng = random.Random(seed)
    text = layout.render(clean_draft(rng), rng)
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    if not own_line:
        lines[at] += f" {COMMENT}"
    elif lines[at].startswith("\t") and lines[at - 1].startswith("\t"):
        return  # a word processor's dump ends its rows with empty lines: nobody puts a comment between its cells
    else:
        lines.insert(at, COMMENT)
    assert outcome_of("\n".join(lines)) == outcome_of(text)


def outcome_of(text: str) -> tuple[list[tuple[State, str]], list[str], Coverage]:
    report = RECOGNISER.recognise(read_document(text.encode(), "report.txt"), None)
    result = audit("report.txt", report, RULES.rules, {})
    cells = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    return cells, [finding.fingerprint for finding in result.findings], result.coverage


@pytest.mark.parametrize(
    ("comment", "zh", "en"),
    [
        ("例外 cells", "例外须写明理由：理由：……", 'an exception needs a reason: reason="…"'),
        ("例外 cells 理由：", "理由 是空的", "理由 is empty"),
        ('例外 cells reason=""', "reason 是空的", "reason is empty"),
        ('ignore reason="x"', "没有写规则 id", "there is no rule id"),
        ('ignore cells reasn="x"', '应写规则 id，不是 reasn="x"', 'reasn="x" is no rule id'),
        (
            'ignore cells reason="x" expires=2026-01-01',
            "看不懂：expires=2026-01-01",
            "not understood: expires=2026-01-01",
        ),
        (
            "例外 cells 理由：旧系统导出 截止：2026-01-01",
            "看不懂 截止，可用 理由、负责人、到期、位置；若属于理由，请加引号",
            "截止 is not understood; known are reason, owner, until, address; quote the value of 理由",
        ),
        ('例外 cells 理由：一 reason="二"', "reason 写了两次", "reason stands twice"),
        ('ignore cells reason="x', "reason 的引号没有结尾", "the quotation mark after reason is not closed"),
        (
            "例外 cells 理由：x 到期：明年",
            "到期 应是日期，例如 2027-03-31，不是 明年",
            "until must be a date, for example 2027-03-31, not 明年",
        ),
        ("disable cells", "gip-lint 后应写 例外 规则id 理由：……", 'after gip-lint write: ignore rule-id reason="…"'),
    ],
)
def test_slips_of_a_comment(comment: str, zh: str, en: str) -> None:
    data = f"第一行\n<!-- gip-lint: {comment} -->\n".encode()
    assert exceptions_beside("a.md", data) == ((), (Words(f"a.md:2：{zh}", f"a.md:2: {en}"),))


def test_a_slip_in_one_comment_keeps_back_no_other_and_costs_exit_code_2(office: Office) -> None:
    office.write(
        "report.txt",
        with_comment(
            "<!-- gip-lint: 例外 cells -->\n<!-- gip-lint: 例外 form 理由：x -->\n<!-- gip-lint: 例外 amounts"
        ),
    )
    outcome = office.run("report.txt", "--format", "json")
    assert (outcome.code, list(states(outcome))) == (2, ["section-heading"])
    assert outcome.err == (
        f"错误：report.txt:{line_of(office, 'cells')}：例外须写明理由：理由：……\n"
        f"错误：report.txt:{line_of(office, 'amounts')}：注释没有结尾的 -->\n"
    )


def line_of(office: Office, word: str) -> int:
    text = (office.folder / "report.txt").read_text(encoding="utf-8")
    return text[: text.index(word)].count("\n") + 1


def test_an_unused_comment_and_an_unknown_rule_are_mentioned(office: Office) -> None:
    office.write("report.txt", with_comment("<!-- gip-lint: ignore law-nme, numbering reason='x' -->"))
    at = line_of(office, "law-nme")
    outcome = office.run("report.txt", "--fail-on", "never")
    assert (outcome.code, outcome.err) == (
        0,
        f"注意：report.txt:{at}：没有叫 law-nme 的规则；是否指 law-name？\n",
    )
    office.write("report.txt", with_comment("<!-- gip-lint: ignore numbering reason='x' -->"))
    outcome = office.run("report.txt", "--fail-on", "never")
    assert outcome.err == f"注意：report.txt:{at}：例外 numbering 没有用上，可以删去\n"


def test_other_comments_and_words_are_left_alone() -> None:
    data = "<!-- 2023 -->\n本报告由 gip-lint 核对。\ngip-lint: 例外 cells\n".encode()
    assert exceptions_beside("a.md", data) == ((), ())


def test_fix_leaves_alone_what_an_exception_covers(office: Office) -> None:
    text = FAULTY.replace("一、总体情况\n", "一、总体情况\n建立台帐，完善帐号管理。\n", 1)
    assert text != FAULTY
    office.write("report.txt", text)
    assert "台账" in office.run("fix", "--diff", "report.txt").out
    for comment in (
        "<!-- gip-lint: 例外 known-misspelling 理由：引用原文 -->",
        "<!-- gip-lint: 例外 known-misspelling 理由：引用原文 位置：一、总体情况 -->",
    ):
        office.write("report.txt", f"{text}{comment}\n")
        assert office.run("fix", "--diff", "report.txt").out == ""


def test_fix_touches_no_report_whose_exceptions_it_does_not_understand(office: Office) -> None:
    text = FAULTY.replace("一、总体情况\n", "一、总体情况\n建立台帐，完善帐号管理。\n", 1)
    text += "<!-- gip-lint: 例外 known-misspelling -->\n"
    office.write("report.txt", text)
    outcome = office.run("fix", "report.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert "例外须写明理由" in outcome.err
    assert (office.folder / "report.txt").read_text(encoding="utf-8") == text
