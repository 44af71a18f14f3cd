"""Where settings come from: the nearest file, those it extends, the command line; and `--show-settings`, which says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.config import Config, read_config
from gip_lint.config_file import config_files
from gip_lint.config_places import key_lines
from gip_lint.errors import ConfigError
from gip_lint.finding import Severity
from office import Office


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


# -- extends ----------------------------------------------------------------------------------------------------------


def test_a_file_builds_on_another(tmp_path: Path) -> None:
    (tmp_path / "base" / "rules").mkdir(parents=True)
    (tmp_path / "own" / "rules").mkdir(parents=True)
    write(
        tmp_path / "base" / "gip-lint.toml",
        'select = ["balance"]\nedition = "2019"\nfail-on = "warning"\nfail-on-unchecked = true\nlang = "en"\n'
        'baseline = "known.json"\n[rules]\ndirs = ["rules"]\n[rules.blank-cell]\nseverity = "info"\n'
        '[rules.blank-table]\nseverity = "info"\n[ignore.cells]\nreason = "a"\n[ignore.form]\nreason = "b"\n'
        '[[exceptions]]\nrule = "amounts"\nfiles = "x/*.txt"\nreason = "c"\n',
    )
    path = write(
        tmp_path / "own" / "gip-lint.toml",
        'extends = "../base/gip-lint.toml"\nedition = "2021"\nfail-on-unchecked = false\n[rules]\ndirs = ["rules"]\n'
        '[rules.blank-cell]\nseverity = "error"\n[ignore.form]\nreason = "d"\n'
        '[[exceptions]]\nrule = "wording"\nreason = "e"\n',
    )
    config = read_config(path)
    assert config._replace(exemptions=()) == Config(
        path=path,
        select=("balance",),
        ignore={"cells": "a", "form": "d"},
        rules=(str(tmp_path / "base" / "rules"), str(tmp_path / "own" / "rules")),
        edition="2021",
        fail_on="warning",
        fail_on_unchecked=False,
        language="en",
        severities={"blank-cell": Severity.ERROR, "blank-table": Severity.INFO},
        baseline=str(tmp_path / "base" / "known.json"),
    )
    assert [(e.rules, e.files) for e in config.exemptions] == [
        (("amounts",), (f"{tmp_path}/base/x/*.txt",)),
        (("wording",), ()),
    ]


def test_a_chain_may_be_long_and_begin_in_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.gip-lint]\nlang = "en"\nedition = "2019"')
    write(tmp_path / "middle.toml", 'extends = "pyproject.toml"\nedition = "2021"')
    path = write(tmp_path / "a" / "gip-lint.toml", 'extends = "../middle.toml"\nfail-on = "never"')
    config = read_config(path)
    assert (config.language, config.edition, config.fail_on) == ("en", "2021", "never")


def fault(path: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    return caught.value.zh


def test_files_that_go_round_in_a_circle_are_refused(tmp_path: Path) -> None:
    one = write(tmp_path / "one.toml", 'extends = "two.toml"')
    two = write(tmp_path / "two.toml", 'extends = "./one.toml"')
    assert fault(one) == f"{two}：extends：互相引用，成了循环：{one} → {two} → {one}"
    itself = write(tmp_path / "itself.toml", 'extends = "itself.toml"')
    assert fault(itself) == f"{itself}：extends：互相引用，成了循环：{itself} → {itself}"


def test_slips_of_extends(tmp_path: Path) -> None:
    path = write(tmp_path / "gip-lint.toml", 'extends = "base.toml"')
    assert fault(path) == f"{tmp_path}/base.toml：无法读取：No such file or directory"
    write(tmp_path / "base.toml", "x = 1")
    assert fault(path).startswith(f"{tmp_path}/base.toml：x：没有这个键")
    write(tmp_path / "pyproject.toml", "[project]")
    write(tmp_path / "gip-lint.toml", 'extends = "pyproject.toml"')
    assert fault(path) == f"{path}：extends：{tmp_path}/pyproject.toml 中没有 [tool.gip-lint]"
    write(tmp_path / "gip-lint.toml", "extends = []")
    assert fault(path) == f'{path}：extends：应是一个文件，例如 "../gip-lint.toml"'


# -- --config and --isolated ------------------------------------------------------------------------------------------


def test_another_configuration_and_none(office: Office) -> None:
    office.write("gip-lint.toml", 'fail-on = "never"')
    office.write("strict/other.toml", 'fail-on = "info"')
    office.write("pyproject.toml", "[project]")
    assert office.run("faulty.txt", "--select", "section-heading").code == 0
    assert office.run("faulty.txt", "--select", "section-heading", "--config", "strict/other.toml").code == 1
    assert office.run("faulty.txt", "--select", "section-heading", "--isolated").code == 0
    assert office.run("faulty.txt", "--select", "section-heading", "--isolated", "--fail-on", "warning").code == 1
    outcome = office.run("clean.txt", "--config", "nowhere.toml")
    assert (outcome.code, outcome.err) == (
        2,
        "错误：nowhere.toml：无法读取：No such file or directory（本次未使用此配置）\n",
    )
    outcome = office.run("clean.txt", "--config", "pyproject.toml")
    assert (outcome.code, outcome.err) == (2, "错误：pyproject.toml 中没有 [tool.gip-lint]（本次未使用此配置）\n")


def test_a_broken_configuration_does_not_matter_when_isolated(office: Office) -> None:
    office.write("gip-lint.toml", "broken")
    assert office.run("clean.txt", "--isolated").code == 0


# -- --show-settings --------------------------------------------------------------------------------------------------


def test_every_setting_with_its_origin(office: Office) -> None:
    office.write(
        "base.toml",
        '# ours\nedition = 2021\n\n[ignore.cells]\nreason = "旧系统导出"\n\n[rules.blank-cell]\nseverity = "info"\n',
    )
    office.write(
        "gip-lint.toml",
        'extends = "base.toml"\nselect = [\n  "balance",\n  "cells",\n]\nfail-on = "warning"\n'
        '[[exceptions]]\nrule = "amounts"\nfiles = "2023/*.txt"\nreason = "主管部门要求"\nuntil = 2027-03-31\n',
    )
    assert office.run("--show-settings", "--fail-on", "never", "--ignore", "form") == (
        0,
        "配置文件：gip-lint.toml → base.toml\n"
        "select                     balance、cells（gip-lint.toml:2）\n"
        "ignore                     cells: 旧系统导出（base.toml:4）\n"
        "ignore                     form（命令行）\n"
        "rules.blank-cell.severity  info（base.toml:8）\n"
        "edition                    2021（base.toml:2）\n"
        "fail-on                    never（命令行）\n"
        "fail-on-unchecked          false（默认）\n"
        "lang                       zh（系统语言）\n"
        "baseline                   无（默认）\n"
        "exceptions                 amounts · 2023/*.txt · 主管部门要求 ·\n"
        "                           2027-03-31（gip-lint.toml:7）\n",
        "",
    )
    assert office.run("--show-settings", "--isolated", "--lang=en", "--rules", "x", "--baseline=b.json").out == (
        "configuration: none\n"
        "select             all  (default)\n"
        "rules              x  (command line)\n"
        "edition            by the year of the report  (default)\n"
        "fail-on            error  (default)\n"
        "fail-on-unchecked  false  (default)\n"
        "lang               en  (command line)\n"
        "baseline           b.json  (command line)\n"
    )


def test_settings_of_a_broken_configuration(office: Office) -> None:
    office.write("gip-lint.toml", "x = 1")
    outcome = office.run("--show-settings")
    assert outcome.code == 2
    assert outcome.out.startswith("配置文件：无\n")
    assert "x：没有这个键" in outcome.err


def test_the_lines_of_the_keys(tmp_path: Path) -> None:
    path = write(
        tmp_path / "pyproject.toml",
        '[project]\nname = "x"\ndescription = """\n[tool.gip-lint]\nlang = "fr"\n"""\n\n[tool.gip-lint]\n# c\nlang = "zh"\n'
        'ignore = [\n  {rule = "cells", reason = "a"},\n]\n[tool.gip-lint.rules]\ndirs = []\nblank-cell.severity = "info"\n',
    )
    assert key_lines(config_files(path)[0]) == {
        "lang": 10,
        "ignore": 11,
        "ignore.cells": 11,
        "rules": 14,
        "rules.dirs": 15,
        "rules.blank-cell": 16,
        "rules.blank-cell.severity": 16,
    }
