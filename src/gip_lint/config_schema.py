"""The JSON Schemas of the files that an office writes in TOML, for editors that complete and check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gip_lint.baseline import VERSION
from gip_lint.config_file import FAIL_ON, LANGUAGES
from gip_lint.finding import Severity

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_ONE_OR_MORE = {"anyOf": [_TEXT, {**_TEXTS, "minItems": 1}]}
_REASON = {"type": "string", "pattern": r"\S", "description": "理由，必填 / the reason, required"}


def config_schema() -> dict[str, Any]:
    """Of `gip-lint.toml`, and of the table `[tool.gip-lint]` in `pyproject.toml`."""
    reasoned = _table({"reason": _REASON}, required=["reason"])
    named = _table(
        {"rule": _described(_TEXT, "规则 id 或规则组 / id of a rule, or a group"), "reason": _REASON},
        ["rule", "reason"],
    )
    level = _table({"severity": {"enum": [severity.value for severity in Severity]}}, required=["severity"])
    return {
        "$schema": _DRAFT,
        "title": "gip-lint.toml",
        "description": "gip-lint 的配置 / the configuration of gip-lint",
        **_table(
            {
                "extends": _described(
                    _TEXT, "在此文件的基础上；路径从本文件算起 / builds on that file, seen from where this one stands"
                ),
                "select": _described(_TEXTS, "只用这些规则：id、规则组或 all / only these rules: ids, groups or all"),
                "ignore": _described(
                    {
                        "anyOf": [
                            {"type": "object", "additionalProperties": reasoned},
                            {"type": "array", "items": named},
                        ]
                    },
                    "不用的规则，各有理由 / rules left out, each with its reason",
                ),
                "rules": _described(
                    {
                        "anyOf": [
                            _TEXTS,
                            {"type": "object", "properties": {"dirs": _TEXTS}, "additionalProperties": level},
                        ]
                    },
                    "自己的规则所在目录（dirs）；[rules.<id>] 下的 severity 改变级别 / directories of own rules (dirs); "
                    "severity under [rules.<id>] changes the level of a rule",
                ),
                "edition": _described(
                    {"anyOf": [_TEXT, {"type": "integer"}]},
                    '按此版格式审核，如 "2021"；不写则看报告年份 / the edition of the form; by default that of the year',
                ),
                "fail-on": _described(
                    {"enum": list(FAIL_ON)}, "从哪一级起退出码为 1 / severity from which the exit code is 1"
                ),
                "fail-on-unchecked": _described(
                    {"type": "boolean"},
                    "有未核验的内容时退出码也为 1 / exit with 1 also when something was not evaluated",
                ),
                "lang": _described({"enum": list(LANGUAGES)}, "输出语言 / language of the output"),
                "baseline": _described(_TEXT, "基线文件，其中的问题不计入 / the baseline: its findings do not count"),
                "exceptions": _exceptions(with_files=True),
            }
        ),
    }


def exceptions_schema() -> dict[str, Any]:
    """Of `NAME.gip-lint.toml`, the exceptions beside a report."""
    return {
        "$schema": _DRAFT,
        "title": "NAME.gip-lint.toml",
        "description": "旁边一份报告的例外 / exceptions for the report beside it",
        **_table({"exceptions": _exceptions(with_files=False)}),
    }


def baseline_schema() -> dict[str, Any]:
    """Of a baseline file, which gip-lint itself writes."""
    properties = {
        "issuer": {"type": "string"},
        "year": {"type": "integer"},
        "rule": {"type": "string"},
        "address": {"type": "string"},
        "figures": {"type": "object"},
        "fingerprint": {"type": "string"},
    }
    entry = _table(properties, required=list(properties))
    return {
        "$schema": _DRAFT,
        "title": "gip-lint-baseline.json",
        "description": "已知而暂缓处理的问题 / findings that are known and put off",
        **_table(
            {"version": {"const": VERSION}, "findings": {"type": "array", "items": entry}}, ["version", "findings"]
        ),
    }


def _exceptions(*, with_files: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "rule": _described(_ONE_OR_MORE, "规则 id、规则组或 all，可写几个 / ids, groups or all"),
        "address": _described(
            _ONE_OR_MORE,
            "位置，如 表三/*/自然人；不写则不限 / the address or its beginning, * for any words; by default everywhere",
        ),
        "reason": _REASON,
        "owner": _described(_TEXT, "负责人 / who answers for it"),
        "until": _described(
            _TEXT, "有效到哪一天（含），如 2027-03-31；写作日期或文字 / the last day on which it holds, a date or text"
        ),
    }
    if with_files:
        properties["files"] = _described(
            _ONE_OR_MORE,
            "文件，可用 * 和 **，从本文件所在目录算起；不写则不限 / globs seen from the folder of this file; by default every file",
        )
    return _described(
        {"type": "array", "items": _table(properties, required=["rule", "reason"])},
        "例外：这些问题不计入，但仍可见 / findings that do not count and stay in sight",
    )


def _table(properties: Mapping[str, Any], required: list[str] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _described(schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}
