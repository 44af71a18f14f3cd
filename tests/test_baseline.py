"""Baselines: only what is new fails a run, nothing is swallowed unasked, and the file says the same for the same findings."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faults import FAULTS
from gip_lint.baseline import baseline_text, change, read_baseline, with_baseline, write_baseline
from gip_lint.engine import audit as audited
from gip_lint.errors import ConfigError
from gip_lint.finding import Audit, KnownFinding, Run, Severity, Suppression, Words
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from office import CLEAN, FAULTY, Office, Outcome
from results import audit, exception, finding, run, unreadable
from samples import samples

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
FILE = "gip-lint-baseline.json"
WRONG_UNIT = ("8.6500", "86500元")  # right and wrong
BLANK = ("1\t0\t0\t0\t1\t0\t0\t0\t0", "1\t0\t0\t0\t1\t0\t0\t\t0")
ISSUER = "青石县柳河镇人民政府"
BLANK_ADDRESS = "表四/未经复议直接起诉/其他结果"
UNIT_ADDRESS = "表二/行政事业性收费/本年收费金额"


def report(*faults: tuple[str, str]) -> str:
    """The clean report with these faults put into it."""
    text = CLEAN
    for right, wrong in faults:
        assert right in text
        text = text.replace(right, wrong)
    return text


def entries(office: Office, name: str = FILE) -> list[tuple[str, str]]:
    data = json.loads((office.folder / name).read_text(encoding="utf-8"))
    return [(entry["rule"], entry["address"]) for entry in data["findings"]]


def states(outcome: Outcome) -> list[tuple[str, str | None, str | None]]:
    return [
        (f["rule"], f["baseline_state"], f["suppression"] and f["suppression"]["kind"])
        for one in json.loads(outcome.out)["reports"]
        for f in one["findings"]
    ]


def line_count(outcome: Outcome) -> int:
    return len(outcome.out.splitlines())


# -- create -----------------------------------------------------------------------------------------------------------


def test_create_writes_one_finding_a_line(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT, BLANK))
    outcome = office.run("baseline", "create", "report.txt")
    assert outcome == (
        0,
        f"已写入 {FILE}：1 份报告的 2 个问题\n"
        f'使用：gip-lint check --baseline {FILE} 报告…，或在 gip-lint.toml 中写 baseline = "{FILE}"\n',
        "",
    )
    text = (office.folder / FILE).read_text(encoding="utf-8")
    fingerprints = [entry["fingerprint"] for entry in json.loads(text)["findings"]]
    assert text == (
        '{\n  "version": 1,\n  "findings": [\n'
        f'    {{"issuer": "{ISSUER}", "year": 2023, "rule": "blank-cell", "address": "{BLANK_ADDRESS}", '
        f'"figures": {{"count": 1, "addresses": ["{BLANK_ADDRESS}"]}}, "fingerprint": "{fingerprints[0]}"}},\n'
        f'    {{"issuer": "{ISSUER}", "year": 2023, "rule": "unit-conflict", "address": "{UNIT_ADDRESS}", '
        f'"figures": {{"value": 86500, "decimals": 0, "due": 4}}, "fingerprint": "{fingerprints[1]}"}}\n'
        "  ]\n}\n"
    )


def test_create_overwrites_nothing(office: Office) -> None:
    office.write(FILE, "mine")
    assert office.run("baseline", "create", "faulty.txt") == (
        2,
        "",
        f"错误：基线文件已存在，未改动：{FILE}；用 gip-lint baseline update 更新\n",
    )
    assert (office.folder / FILE).read_text() == "mine"


def test_create_leaves_out_what_an_exception_covers(office: Office) -> None:
    office.write("gip-lint.toml", '[[exceptions]]\nrule = "cells"\nreason = "旧系统导出"')
    office.write("report.txt", report(WRONG_UNIT, BLANK))
    assert office.run("baseline", "create", "report.txt").code == 0
    assert entries(office) == [("unit-conflict", UNIT_ADDRESS)]


def test_create_of_nothing(office: Office) -> None:
    assert office.run("baseline", "create", "clean.txt").code == 0
    assert (office.folder / FILE).read_text() == '{\n  "version": 1,\n  "findings": []\n}\n'


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        (("nowhere.txt", "faulty.txt"), 2, "错误：没有这个文件或文件夹：nowhere.txt\n错误：基线未改动\n"),
        (("letters",), 3, "错误：没有审核任何报告：所给路径下没有年度报告\n"),
        (("empty.txt",), 3, "错误：empty.txt：没有审核\n"),
    ],
)
def test_create_writes_nothing_when_it_cannot_tell(
    office: Office, arguments: tuple[str, ...], code: int, err: str
) -> None:
    office.write("empty.txt", "")
    office.write("letters/letter.txt", "关于召开会议的通知\n请各单位准时参加。\n")
    outcome = office.run("baseline", "create", *arguments)
    assert (outcome.code, outcome.err) == (code, err)
    assert not (office.folder / FILE).exists()


def test_create_with_an_unreadable_file_beside_others(office: Office) -> None:
    office.write("empty.txt", "")
    outcome = office.run("baseline", "create", ".")
    assert (outcome.code, outcome.err) == (3, "错误：empty.txt：没有审核\n")
    assert len(entries(office)) == 5


def test_a_broken_configuration_makes_no_baseline(office: Office) -> None:
    office.write("gip-lint.toml", "x = 1")
    outcome = office.run("baseline", "create", "faulty.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert not (office.folder / FILE).exists()


# -- check ------------------------------------------------------------------------------------------------------------


def test_what_is_in_the_baseline_does_not_count_and_stays_in_sight(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT, BLANK))
    office.run("baseline", "create", "report.txt")
    outcome = office.run("report.txt", "--baseline", FILE)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[3:] == [
        "除例外和基线外，未发现问题，但有内容未能核验",
        "勾稽关系 54 项：一致 53，不一致 0，未核验 1（空白 1）",
        "  litigation-total  空白 1：表四/未经复议直接起诉",
        "基线 2：blank-cell 1、unit-conflict 1",
        "",
        "────────────────────────────────────────────────────────────────────────────────",
        "共 1 份报告：错误 0，警告 0，提示 0；基线 2",
    ]
    data = json.loads(office.run("report.txt", "--baseline", FILE, "--format", "json").out)
    known = {"kind": "baseline", "source": FILE, "reason": None, "owner": None, "until": None}
    assert [(f["baseline_state"], f["suppression"]) for f in data["reports"][0]["findings"]] == [
        ("unchanged", known),
        ("unchanged", known),
    ]
    assert data["summary"]["baselined"] == 2


def test_one_mended_and_one_new_fails(office: Office) -> None:
    """The swap: the count is the same, the findings are not."""
    office.write("report.txt", report(WRONG_UNIT))
    office.run("baseline", "create", "report.txt")
    office.write("report.txt", report(BLANK))
    outcome = office.run("report.txt", "--baseline", FILE, "--format", "json")
    assert (outcome.code, states(outcome)) == (1, [("blank-cell", "new", None)])
    assert outcome.err == f"注意：{FILE}：1 个问题已不存在，gip-lint baseline prune 可以删去\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("台帐，完善办法。", "办法，完善帐号。"),  # another misspelling in the same section
        ("台帐。", "台帐，更新台帐。"),  # the same once more
    ],
)
def test_a_slip_in_the_prose_is_not_taken_for_another(office: Office, before: str, after: str) -> None:
    def text(words: str) -> str:
        return CLEAN.replace("一、总体情况\n", f"一、总体情况\n建立{words}\n", 1)

    office.write("report.txt", text(before))
    office.run("baseline", "create", "report.txt")
    assert office.run("report.txt", "--baseline", FILE, "--fail-on", "info").code == 0
    office.write("report.txt", text(after))
    outcome = office.run("report.txt", "--baseline", FILE, "--fail-on", "info", "--format", "json")
    assert outcome.code == 1
    assert [state for _, state, _ in states(outcome)].count("new") == 1


def test_other_figures_at_the_same_place_are_new(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT))
    office.run("baseline", "create", "report.txt")
    office.write("report.txt", report((WRONG_UNIT[0], "86501元")))
    assert office.run("report.txt", "--baseline", FILE).code == 1


def test_neither_path_nor_line_is_part_of_it(office: Office) -> None:
    office.write("report.txt", FAULTY)
    office.run("baseline", "create", "report.txt")
    office.write("elsewhere/another.md", "\n\n" + FAULTY)
    assert office.run("elsewhere", "--baseline", FILE, "--fail-on", "info").code == 0


def test_a_report_of_another_office_or_year_is_not_covered(office: Office) -> None:
    office.run("baseline", "create", "faulty.txt")
    for old, new in (("柳河镇", "柳林镇"), ("2023", "2022")):
        office.write("other.txt", FAULTY.replace(old, new))
        assert office.run("other.txt", "--baseline", FILE).code == 1


def test_a_baseline_in_the_configuration_is_seen_from_there(office: Office) -> None:
    office.write("gip-lint.toml", f'baseline = "known/{FILE}"')
    (office.folder / "known").mkdir()
    office.write("towns/a.txt", FAULTY)
    created = office.run("baseline", "create", "towns")
    assert created.out == f"已写入 {office.folder}/known/{FILE}：1 份报告的 5 个问题\n"
    assert office.run("towns").code == 0
    assert office.run("towns", "--isolated").code == 1


def test_an_exception_comes_before_the_baseline(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT, BLANK))
    office.run("baseline", "create", "report.txt")
    office.write("report.txt.gip-lint.toml", '[[exceptions]]\nrule = "cells"\nreason = "旧系统导出"')
    outcome = office.run("report.txt", "--baseline", FILE, "--format", "json")
    assert states(outcome) == [
        ("unit-conflict", "unchanged", "baseline"),
        ("blank-cell", "unchanged", "exception"),
    ]


def test_a_report_of_unknown_year_is_never_covered() -> None:
    nameless = audit(finding())._replace(year=None)
    known = known_as(finding())
    marked = with_baseline(run(nameless, audit(finding())), [known], FILE)
    assert [[f.baseline_state for f in one.findings] for one in marked.audits] == [["new"], ["unchanged"]]
    assert change([], run(nameless)).nameless == ((nameless, finding()),)
    assert change([], run(nameless)).new == ()


def test_create_says_what_it_cannot_keep(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT).replace("2023年政府信息公开", "政府信息公开").replace("2023", "××××"))
    outcome = office.run("baseline", "create", "report.txt")
    assert entries(office) == []
    assert "其报告认不出机关名称或年份：report.txt\n" in outcome.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, f"没有基线文件 {FILE}；先运行 gip-lint baseline create"),
        ("{", f"{FILE}：不是基线文件：Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", f"{FILE}：不是基线文件"),
        ('{"version": 2, "findings": []}', f"{FILE}：version 应为 1，请重新生成"),
        (
            '{"version": 1, "findings": [{"rule": "x"}]}',
            f"{FILE}：第 1 项有误，应有 issuer、year、rule、address、figures、fingerprint",
        ),
    ],
)
def test_a_broken_baseline_costs_no_report(office: Office, content: str | None, words: str) -> None:
    plain = office.run("faulty.txt")
    if content is not None:
        office.write(FILE, content)
    assert office.run("faulty.txt", "--baseline", FILE) == (2, plain.out, f"错误：{words}\n")


# -- update, prune, show ----------------------------------------------------------------------------------------------


def test_update_swallows_nothing_unasked(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT))
    office.run("baseline", "create", "report.txt")
    office.write("report.txt", report(BLANK))
    outcome = office.run("baseline", "update", "report.txt")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == (
        f"{FILE}：\n  仍存在：0\n  已不存在，已删去：1\n  新问题，未记入：1（确认暂缓的，加 --accept-new）\n"
        f"    错误  report.txt  blank-cell  {BLANK_ADDRESS}  表四：未经复议\n"
        "    直接起诉/其他结果 空白（1 格），应填数字，没有发生的填 0\n"
    )
    assert entries(office) == []
    assert office.run("report.txt", "--baseline", FILE).code == 1
    outcome = office.run("baseline", "update", "report.txt", "--accept-new", "--lang", "en")
    assert outcome.code == 0
    assert outcome.out.startswith(f"{FILE}:\n  still there: 0\n  gone, taken out: 0\n  new, put in: 1\n")
    assert entries(office) == [("blank-cell", BLANK_ADDRESS)]
    assert office.run("report.txt", "--baseline", FILE).code == 0


def test_prune_takes_out_what_is_gone_and_nothing_else(office: Office) -> None:
    office.write("report.txt", report(WRONG_UNIT, BLANK))
    office.run("baseline", "create", "report.txt")
    office.write("report.txt", report(BLANK, ("五、存在的主要问题及改进情况", "五、主要问题及改进措施")))
    outcome = office.run("baseline", "prune", "report.txt")
    assert outcome == (0, f"{FILE}：\n  仍存在：1\n  已不存在，已删去：1\n", "")
    assert entries(office) == [("blank-cell", BLANK_ADDRESS)]


@pytest.mark.parametrize("command", ["update", "prune"])
def test_what_was_not_looked_at_stays_unless_told(office: Office, command: str) -> None:
    office.write("a.txt", report(WRONG_UNIT, BLANK))
    office.write("b.txt", report(BLANK).replace("柳河镇", "柳林镇"))
    office.run("baseline", "create", "a.txt", "b.txt")
    office.write("gip-lint.toml", 'select = ["cells"]')
    office.write("a.txt", CLEAN)
    outcome = office.run("baseline", command, "a.txt")
    assert outcome == (0, f"{FILE}：\n  仍存在：0\n  已不存在，已删去：1\n  本次未核对，保留：2\n", "")
    assert entries(office) == [("blank-cell", BLANK_ADDRESS), ("unit-conflict", UNIT_ADDRESS)]
    outcome = office.run("baseline", command, "b.txt", "--drop-unseen")
    assert outcome == (0, f"{FILE}：\n  仍存在：1\n  已不存在，已删去：0\n  本次未核对，已删去：1\n", "")
    assert entries(office) == [("blank-cell", BLANK_ADDRESS)]


def test_a_report_that_cannot_be_read_keeps_its_place(office: Office) -> None:
    office.write("a.txt", report(BLANK))
    office.run("baseline", "create", "a.txt")
    before = (office.folder / FILE).read_bytes()
    office.write("a.txt", "")
    assert office.run("baseline", "prune", "a.txt").code == 3
    assert (office.folder / FILE).read_bytes() == before


def test_update_leaves_the_file_alone_when_a_path_is_wrong(office: Office) -> None:
    office.write("a.txt", report(BLANK))
    office.run("baseline", "create", "a.txt")
    before = (office.folder / FILE).read_bytes()
    office.write("a.txt", CLEAN)
    assert office.run("baseline", "update", "a.txt", "nowhere.txt").code == 2
    assert (office.folder / FILE).read_bytes() == before


def test_show(office: Office) -> None:
    office.write("a.txt", report(WRONG_UNIT, BLANK))
    office.write("b.txt", report(WRONG_UNIT).replace("柳河镇", "柳林镇"))
    office.run("baseline", "create", "a.txt", "b.txt")
    assert office.run("baseline", "show") == (
        0,
        f"{FILE}：2 份报告，3 个问题\n"
        "\n"
        "青石县柳林镇人民政府 · 2023 年\n"
        f"  unit-conflict  {UNIT_ADDRESS} value=86500 decimals=0 due=4\n"
        "\n"
        "青石县柳河镇人民政府 · 2023 年\n"
        "  blank-cell     表四/未经复议直接起诉/其他结果 count=1 addresses=['表四/未经复\n"
        "                 议直接起诉/其他结果']\n"
        f"  unit-conflict  {UNIT_ADDRESS} value=86500 decimals=0 due=4\n",
        "",
    )
    english = office.run("baseline", "show", FILE, "--lang", "en").out
    assert english.startswith(f"{FILE}: 3 finding(s) in 2 report(s)\n\n青石县柳林镇人民政府 · 2023\n")
    assert office.run("baseline", "show", "nowhere.json").code == 2


# -- the data ---------------------------------------------------------------------------------------------------------


def known_as(found: Any) -> KnownFinding:
    return KnownFinding("临江县教育局", 2023, found.rule, found.address, dict(found.figures), found.fingerprint)


def test_the_text_does_not_depend_on_the_order(tmp_path: Path) -> None:
    known = [
        KnownFinding("乙局", 2023, "b", "表三", {"left": 1}, "2"),
        KnownFinding("乙局", 2022, "c", "表三", {}, "3"),
        KnownFinding("乙局", 2023, "a", "表三", {"share": 0.5, "items": [1, "2"]}, "1"),
    ]
    shuffled = random.Random(1).sample(known, 3)
    assert baseline_text(known) == baseline_text([*shuffled, *known])
    path = tmp_path / FILE
    write_baseline(str(path), known)
    assert [finding.fingerprint for finding in read_baseline(str(path))] == ["3", "1", "2"]
    assert sorted(read_baseline(str(path)), key=lambda f: f.fingerprint) == [known[2], known[0], known[1]]
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


def test_absent_findings_are_those_that_this_run_would_have_found() -> None:
    rules = tuple(rule for rule in RULES.rules if rule.id in ("application-balance", "blank-cell"))
    known = known_as(finding())
    gone = known._replace(rule="blank-cell", fingerprint="a")
    other_rule = known._replace(rule="unit-conflict", fingerprint="b")
    other_report = known._replace(year=2022, fingerprint="c")
    marked = with_baseline(
        run(audit(finding()), unreadable())._replace(rules=rules), [known, gone, other_rule, other_report], FILE
    )
    assert marked.absent == (gone,)
    assert marked.notices == (
        Words(
            f"{FILE}：1 个问题已不存在，gip-lint baseline prune 可以删去",
            f"{FILE}: 1 finding(s) are no longer there; gip-lint baseline prune takes them out",
        ),
    )
    assert marked.audits[0].findings[0].suppression == Suppression("baseline", FILE)
    assert (marked.count(Severity.ERROR), marked.suppressed("baseline")) == (1, 1)


def test_what_an_exception_covers_needs_no_baseline() -> None:
    rules = tuple(rule for rule in RULES.rules if rule.id == "application-balance")
    excepted = finding(suppression=exception())
    made = change([known_as(excepted)], run(audit(excepted))._replace(rules=rules))
    assert (made.kept, made.gone, made.new) == ((), (known_as(excepted),), ())


def test_a_file_that_is_no_baseline_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_baseline(str(tmp_path))
    assert caught.value.en == f"{tmp_path}: cannot be read: Is a directory"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6), fault=st.sampled_from([f.name for f in FAULTS.values() if not f.apart]))
def test_fingerprints_are_single_and_know_no_lines(seed: int, fault: str) -> None:
    (sample,) = samples(1, seed, None, fault, "some")
    if sample.octets.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return
    found = fingerprints(sample.octets)
    assert len(set(found)) == len(found)
    # A line above the title that means nothing moves everything that follows.
    assert sorted(fingerprints(b"\n\n" + sample.octets)) == sorted(found)


def fingerprints(octets: bytes) -> list[str]:
    report = RECOGNISER.recognise(read_document(octets, "report.txt"), None)
    result: Audit = audited("report.txt", report, RULES.rules, {})
    return [found.fingerprint for found in result.findings]


def test_a_run_without_reports_has_nothing_to_say() -> None:
    assert with_baseline(Run(()), [known_as(finding())], FILE) == Run(())
