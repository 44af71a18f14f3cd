"""`gip-lint init`: a configuration to start from, which changes nothing and is never written over another."""

from __future__ import annotations

import re
import tomllib

from gip_lint.cli.init import TEMPLATE
from gip_lint.config_file import EXCEPTION_KEYS, KEYS
from office import Office


def test_it_writes_a_configuration_that_changes_nothing(office: Office) -> None:
    plain = office.run("faulty.txt")
    assert office.run("init") == (
        0,
        "已写入 gip-lint.toml；其中各项设置都还是注释\n现在各项的值：gip-lint --show-settings\n",
        "",
    )
    assert (office.folder / "gip-lint.toml").read_text(encoding="utf-8") == TEMPLATE.read_text(encoding="utf-8")
    assert office.run("faulty.txt") == plain


def test_every_key_is_explained_and_right(office: Office) -> None:
    """With every setting made to count, the file is valid, and no key is missing from it."""
    text = re.sub(r"^# (?=\[|[a-z-]+ = )", "", TEMPLATE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    data = tomllib.loads(text)
    assert set(KEYS) == set(data)
    assert set(data["exceptions"][0]) == set(EXCEPTION_KEYS)
    office.write("gip-lint.toml", "")
    (office.folder / "inner" / "our-rules").mkdir(parents=True)
    office.write("inner/gip-lint-baseline.json", '{"version": 1, "findings": []}')
    office.write("inner/gip-lint.toml", text)
    office.write("inner/report.txt", "")
    outcome = office.run("--config", "inner/gip-lint.toml", "clean.txt")
    assert (outcome.code, outcome.err) == (0, "")


def test_it_overwrites_nothing(office: Office) -> None:
    office.write("gip-lint.toml", 'lang = "en"')
    assert office.run("init", "--lang", "zh") == (2, "", "错误：文件已存在，未改动：gip-lint.toml\n")
    assert (office.folder / "gip-lint.toml").read_text() == 'lang = "en"'


def test_a_table_in_pyproject_is_not_put_out_of_force(office: Office) -> None:
    office.write("pyproject.toml", '[tool.gip-lint]\nlang = "zh"')
    assert office.run("init") == (
        2,
        "",
        "错误：pyproject.toml 已有 [tool.gip-lint]，gip-lint.toml 会取代它；未写入\n",
    )
    assert not (office.folder / "gip-lint.toml").exists()


def test_it_builds_on_the_configuration_above(office: Office) -> None:
    office.write("gip-lint.toml", 'fail-on = "never"')
    (office.folder / "town").mkdir()
    assert office.run("init", "town") == (
        0,
        "已写入 town/gip-lint.toml；其中各项设置都还是注释\n"
        "它以这里原来生效的 gip-lint.toml 为基础\n现在各项的值：gip-lint --show-settings\n",
        "",
    )
    assert 'extends = "../gip-lint.toml"\n' in (office.folder / "town" / "gip-lint.toml").read_text(encoding="utf-8")
    assert office.run("faulty.txt", "--config", "town/gip-lint.toml").code == 0


def test_a_folder_that_is_none(office: Office) -> None:
    assert office.run("init", "nowhere") == (2, "", "错误：没有这个文件夹：nowhere\n")
