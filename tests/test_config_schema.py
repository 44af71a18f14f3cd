"""The schema of a configuration takes what gip-lint takes and refuses what it refuses."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gip_lint.baseline import baseline_text
from gip_lint.config import read_config
from gip_lint.config_file import EXCEPTION_KEYS, KEYS, read_exceptions_beside
from gip_lint.config_schema import baseline_schema, config_schema, exceptions_schema
from gip_lint.errors import ConfigError
from gip_lint.finding import KnownFinding


def fits(schema: Any, text: str) -> bool:
    data = json.loads(json.dumps(tomllib.loads(text), default=str))  # editors hand a date over as text
    return jsonschema.Draft202012Validator(schema).is_valid(data)


def test_no_key_is_forgotten() -> None:
    properties = config_schema()["properties"]
    assert list(properties) == list(KEYS)
    assert set(properties["exceptions"]["items"]["properties"]) == set(EXCEPTION_KEYS)
    assert all("description" in schema for schema in properties.values())


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("", True),
        ('select = ["balance"]', True),
        ('select = "balance"', False),
        ('select = [""]', False),
        ("[ignore.cells]\nreason = 'x'", True),
        ("[ignore.cells]\nreason = ' '", False),
        ("[ignore.cells]", False),
        ("ignore = [{rule = 'cells', reason = 'x'}]", True),
        ("ignore = [{rule = 'cells'}]", False),
        ("ignore = ['cells']", False),
        ("rules = []", True),
        ("rules = 'x'", False),
        ("[rules]\ndirs = []\n[rules.blank-cell]\nseverity = 'info'", True),
        ("[rules.blank-cell]\nseverity = 'grave'", False),
        ("[rules.blank-cell]", False),
        ("[rules]\nblank-cell = 'info'", False),
        ("edition = 2021", True),
        ("edition = '2021'", True),
        ("edition = true", False),
        ("fail-on = 'never'", True),
        ("fail-on = 'warn'", False),
        ("fail-on-unchecked = false", True),
        ("fail-on-unchecked = 'no'", False),
        ("lang = 'zh'", True),
        ("lang = 'fr'", False),
        ("baseline = 'x.json'", True),
        ("baseline = ''", False),
        ("exceptions = []", True),
        ("exceptions = {}", False),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'", True),
        ("[[exceptions]]\nrule = ['cells', 'form']\nreason = 'x'\naddress = '表三'\nfiles = ['a', 'b/*']", True),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\nowner = 'y'\nuntil = 2027-03-31", True),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\nuntil = '2027-03-31'", True),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\nuntil = 2027", False),
        ("[[exceptions]]\nrule = []\nreason = 'x'", False),
        ("[[exceptions]]\nrule = 'cells'", False),
        ("[[exceptions]]\nreason = 'x'", False),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\nlines = 3", False),
        ("unknown = 1", False),
    ],
)
def test_the_schema_says_what_the_reader_does(tmp_path: Path, text: str, valid: bool) -> None:
    path = tmp_path / "gip-lint.toml"
    path.write_text(text, encoding="utf-8")
    assert fits(config_schema(), text) == valid
    if valid:
        assert read_config(str(path)).path == str(path)
    else:
        with pytest.raises(ConfigError):
            read_config(str(path))


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\naddress = ['表三']", True),
        ("[[exceptions]]\nrule = 'cells'\nreason = 'x'\nfiles = '*'", False),
        ("lang = 'zh'", False),
    ],
)
def test_the_schema_of_exceptions_beside_a_report(tmp_path: Path, text: str, valid: bool) -> None:
    path = tmp_path / "a.docx.gip-lint.toml"
    path.write_text(text, encoding="utf-8")
    assert fits(exceptions_schema(), text) == valid
    if valid:
        assert len(read_exceptions_beside(str(path))) == 1
    else:
        with pytest.raises(ConfigError):
            read_exceptions_beside(str(path))


def test_the_schema_of_a_baseline() -> None:
    validator = jsonschema.Draft202012Validator(baseline_schema())
    entry = KnownFinding("临江县教育局", 2023, "blank-cell", "表三", {"count": 1}, "ab")
    data = json.loads(baseline_text([entry]))
    assert validator.is_valid(data)
    del data["findings"][0]["year"]
    assert not validator.is_valid(data)
