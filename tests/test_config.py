"""Configuration files: what is found where, what it says, and a clear word for every slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.config import Config, find_config, read_config
from gip_lint.errors import ConfigError
from gip_lint.finding import Severity


def write(directory: Path, text: str, name: str = "gip-lint.toml") -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    path = write(
        tmp_path,
        """
        select = ["balance", "cells"]
        edition = 2021
        fail-on = "warning"
        fail-on-unchecked = true
        lang = "en"
        [rules]
        dirs = ["ours"]
        [rules.label-wording]
        severity = "error"
        [ignore.overview-length]
        reason = "longer by order"
        """,
    )
    assert read_config(str(path)) == Config(
        path=str(path),
        select=("balance", "cells"),
        ignore={"overview-length": "longer by order"},
        rules=(str(tmp_path / "ours"),),
        edition="2021",
        fail_on="warning",
        fail_on_unchecked=True,
        language="en",
        severities={"label-wording": Severity.ERROR},
    )


def test_directories_and_ignores_may_be_lists(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    text = 'rules = ["ours"]\nignore = [{rule = "amounts", reason = "no procurement"}]'
    config = read_config(str(write(tmp_path, text)))
    assert config.rules == (str(tmp_path / "ours"),)
    assert config.ignore == {"amounts": "no procurement"}


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    write(tmp_path, 'lang = "en"')
    write(tmp_path / "a", '[tool.gip-lint]\nlang = "zh"', "pyproject.toml")
    write(tmp_path / "a" / "b", "[project]\nname = 'other'", "pyproject.toml")
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir()
    assert find_config(str(inner)).path == str(tmp_path / "a" / "pyproject.toml")
    assert find_config(str(tmp_path)).path == str(tmp_path / "gip-lint.toml")


def test_the_own_file_comes_before_the_shared_one(tmp_path: Path) -> None:
    write(tmp_path, '[tool.gip-lint]\nlang = "zh"', "pyproject.toml")
    own = write(tmp_path, 'lang = "en"')
    assert find_config(str(tmp_path)).path == str(own)


@pytest.mark.parametrize("table", ['[tool."gip-lint"]', "[tool]\n[tool.gip-lint]", "[ tool . gip-lint ]"])
def test_the_shared_table_is_found_however_it_is_written(tmp_path: Path, table: str) -> None:
    write(tmp_path, f'{table}\nlang = "en"', "pyproject.toml")
    assert find_config(str(tmp_path)).language == "en"


def test_a_shared_file_that_only_names_us_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, '[project]\ndependencies = ["gip-lint"]\n[tool]\n', "pyproject.toml")
    assert find_config(str(tmp_path)).path is None


IGNORE_ZH = '忽略一条规则须写明理由：[ignore.label-wording] 下写 reason = "……"'
IGNORE_EN = 'an ignored rule needs a reason: [ignore.label-wording] with reason = "…"'
KEYS = (
    "extends",
    "select",
    "ignore",
    "rules",
    "edition",
    "fail-on",
    "fail-on-unchecked",
    "lang",
    "baseline",
    "exceptions",
)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            'fail_on = "error"',
            f"fail_on：没有这个键，可用 {'、'.join(KEYS)}；是否指 fail-on？",
            f"fail_on: no such key; known are {', '.join(KEYS)}; did you mean fail-on?",
        ),
        (
            'fail-on = "warn"',
            "fail-on：'warn' 不可用，可选 error、warning、info、never；是否指 warning？",
            "fail-on: 'warn' is not one of error, warning, info, never; did you mean warning?",
        ),
        ('lang = "fr"', "lang：'fr' 不可用，可选 zh、en", "lang: 'fr' is not one of zh, en"),
        (
            "fail-on-unchecked = 1",
            "fail-on-unchecked：应是 true 或 false",
            "fail-on-unchecked: must be true or false",
        ),
        ("edition = true", 'edition：应是年份，例如 "2021"', 'edition: must be a year, for example "2021"'),
        (
            'select = "balance"',
            'select：应是文字列表，例如 ["balance"]',
            'select: must be a list of texts, for example ["balance"]',
        ),
        ('ignore = ["label-wording"]', f"ignore[1]：{IGNORE_ZH}", f"ignore[1]: {IGNORE_EN}"),
        ("[ignore.label-wording]", f"ignore.label-wording：{IGNORE_ZH}", f"ignore.label-wording: {IGNORE_EN}"),
        (
            '[ignore.label-wording]\nreason = " "',
            f"ignore.label-wording：{IGNORE_ZH}",
            f"ignore.label-wording: {IGNORE_EN}",
        ),
        (
            '[ignore.label-wording]\nreasons = "x"',
            "ignore.label-wording.reasons：没有这个键，可用 reason；是否指 reason？",
            "ignore.label-wording.reasons: no such key; known are reason; did you mean reason?",
        ),
        (
            '[rules.blank-cell]\nlevel = "info"',
            "rules.blank-cell.level：没有这个键，可用 severity",
            "rules.blank-cell.level: no such key; known are severity",
        ),
        ("[rules.blank-cell]", "rules.blank-cell：缺少 severity", "rules.blank-cell: severity is missing"),
        (
            '[rules]\nblank-cell = "info"',
            'rules.blank-cell：应写作 [rules.blank-cell]，其下 severity = "error"',
            'rules.blank-cell: write [rules.blank-cell] and below it severity = "error"',
        ),
        (
            '[tool.gip-lint]\nlang = "zh"',
            "tool.gip-lint：gip-lint.toml 中直接写各个键，不要写在 [tool.gip-lint] 下",
            "tool.gip-lint: in gip-lint.toml the keys stand at the top, not under [tool.gip-lint]",
        ),
    ],
)
def test_every_slip_is_named(tmp_path: Path, text: str, zh: str, en: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert (caught.value.zh, caught.value.en) == (f"{path}：{zh}", f"{path}: {en}")


def test_the_table_is_part_of_the_key_in_a_shared_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[tool.gip-lint]\nlang = "fr"', "pyproject.toml")
    with pytest.raises(ConfigError) as caught:
        find_config(str(tmp_path))
    assert caught.value.en == f"{path}: tool.gip-lint.lang: 'fr' is not one of zh, en"


def test_broken_toml_is_named_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "lang = \n")
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert caught.value.en == f"{path}: not valid TOML: Invalid value (at line 1, column 8)"


def test_a_rule_directory_must_exist(tmp_path: Path) -> None:
    path = write(tmp_path, 'rules = ["nowhere"]')
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert caught.value.en == f"{path}: rules: no such rule directory: {tmp_path / 'nowhere'}"
