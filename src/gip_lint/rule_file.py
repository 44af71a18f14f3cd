"""Reads rule files strictly: an unknown key, check, label or a missing example stops that rule, with line and column."""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gip_lint.checks import Parameter, ParameterError, Resources, check_kind, check_names
from gip_lint.finding import Severity, Words
from gip_lint.rule import Example, Rule
from gip_lint.yaml_source import Path_, YamlSource, read_yaml

REQUIRED = ("id", "title", "why", "severity", "basis", "check", "message", "examples")
OPTIONAL = ("editions", "with", "origin", "fixable")
EXAMPLE_KINDS = ("ok", "bad", "not-evaluated")
EXAMPLE_KEYS = (
    "title", "issuer", "year", "edition", "disclosure", "applications", "reviews", "sections", "without", "replace",
    "text", "encoding", "says", "count",
)  # fmt: skip
_KINDS: Mapping[str, type] = {
    "text": str,
    "texts": list,
    "mapping": dict,
    "mappings": list,
    "number": int,
    "flag": bool,
}


def read_rule(path: Path, resources: Resources) -> Rule:
    """One rule. Raises `RuleError` with file, line and column of the first slip."""
    source = read_yaml(path)
    data = source.data
    if not isinstance(data, dict):
        raise source.error((), "规则文件应是若干“键: 值”", "a rule file is a mapping")
    _refuse_unknown(source, (), data, (*REQUIRED, *OPTIONAL))
    for key in REQUIRED:
        if key not in data:
            raise source.error((), f"缺少 {key}", f"{key} is missing")
    if data["id"] != path.stem:
        raise source.error(("id",), f"id 应与文件名相同：{path.stem}", f"the id must equal the file name: {path.stem}")
    editions = _editions(source, data, resources)
    return Rule(
        id=data["id"],
        group=path.parent.name,
        title=_words(source, ("title",), data["title"]),
        why=_words(source, ("why",), data["why"]),
        severity=Severity(_choice(source, ("severity",), data["severity"], [s.value for s in Severity])),
        origin=_choice(source, ("origin",), data.get("origin", "report"), ["report", "reading"]),
        editions=editions,
        bases=_bases(source, data["basis"], editions),
        check_name=data["check"],
        check=_check(source, data, editions, resources),
        relation=getattr(check_kind(data["check"]), "RELATION", False),
        messages=_messages(source, data["message"]),
        examples=_examples(source, data["examples"]),
        source=str(path),
        fixable=_flag(source, ("fixable",), data.get("fixable", False)),
    )


def _bases(source: YamlSource, value: Any, editions: frozenset[str]) -> Mapping[str, str]:
    if not isinstance(value, dict):
        text = _text(source, ("basis",), value)
        return dict.fromkeys(sorted(editions), text)
    bases = {str(edition): _text(source, ("basis", str(edition)), text) for edition, text in value.items()}
    if set(bases) != editions:
        known = "、".join(sorted(editions))
        raise source.error(
            ("basis",), f"basis 按版本书写时须写全：{known}", f"a basis by edition must be given for each of {known}"
        )
    return bases


def _refuse_unknown(source: YamlSource, at: Path_, given: Mapping[Any, Any], known: Iterable[str]) -> None:
    allowed = list(known)
    for key in given:
        if key not in allowed:
            near = difflib.get_close_matches(str(key), allowed, 1)
            hint_zh = f"，是否指 {near[0]}？" if near else "。"
            hint_en = f"; did you mean {near[0]}?" if near else "."
            raise source.error(
                (*at, key),
                f"不认识的键 {key}{hint_zh}可用：{'、'.join(allowed)}",
                f"unknown key {key}{hint_en} Allowed: {', '.join(allowed)}",
            )


def _choice(source: YamlSource, at: Path_, value: Any, allowed: list[str]) -> str:
    if value not in allowed:
        near = difflib.get_close_matches(str(value), allowed, 1)
        raise source.error(
            at,
            f"{value!r} 不可用" + (f"，是否指 {near[0]}？" if near else "。") + f"可用：{'、'.join(allowed)}",
            f"{value!r} is not allowed"
            + (f"; did you mean {near[0]}?" if near else ".")
            + f" Allowed: {', '.join(allowed)}",
        )
    return str(value)


def _text(source: YamlSource, at: Path_, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise source.error(at, f"{at[-1]} 应是文字", f"{at[-1]} must be text")
    return value.strip()


def _flag(source: YamlSource, at: Path_, value: Any) -> bool:
    if not isinstance(value, bool):
        raise source.error(at, f"{at[-1]} 应是 true 或 false", f"{at[-1]} must be true or false")
    return value


def _words(source: YamlSource, at: Path_, value: Any) -> Words:
    if not isinstance(value, dict):
        raise source.error(at, f"{at[-1]} 应写 zh 与 en 两种文字", f"{at[-1]} needs zh and en")
    _refuse_unknown(source, at, value, ("zh", "en"))
    for language in ("zh", "en"):
        if language not in value:
            raise source.error(at, f"{at[-1]} 缺少 {language}", f"{at[-1]} lacks {language}")
    return Words(_text(source, (*at, "zh"), value["zh"]), _text(source, (*at, "en"), value["en"]))


def _editions(source: YamlSource, data: Mapping[str, Any], resources: Resources) -> frozenset[str]:
    given = data.get("editions", list(resources.forms))
    if not isinstance(given, list) or not given:
        raise source.error(
            ("editions",), "editions 应是列表，如 [2019, 2021]", "editions must be a list such as [2019, 2021]"
        )
    for edition in given:
        _choice(source, ("editions",), str(edition), list(resources.forms))
    return frozenset(str(edition) for edition in given)


def _messages(source: YamlSource, value: Any) -> Mapping[str, Words]:
    if not isinstance(value, dict) or not value:
        raise source.error(("message",), "message 应写 zh 与 en", "message needs zh and en")
    if set(value) <= {"zh", "en"}:
        messages = {"": _words(source, ("message",), value)}
    else:
        messages = {str(variant): _words(source, ("message", variant), words) for variant, words in value.items()}
        messages = {("" if variant == "default" else variant): words for variant, words in messages.items()}
    for variant, words in messages.items():
        for text in words:
            try:
                list(string.Formatter().parse(text))
            except ValueError as error:
                at = ("message", variant) if variant else ("message",)
                raise source.error(at, f"花括号有误：{error}", f"bad braces: {error}") from error
    return messages


def _check(source: YamlSource, data: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Any:
    name = _choice(source, ("check",), data["check"], list(check_names()))
    kind = check_kind(name)
    given = data.get("with") or {}
    if not isinstance(given, dict):
        raise source.error(("with",), "with 应是若干“键: 值”", "with must be a mapping")
    _refuse_unknown(source, ("with",), given, kind.PARAMETERS)
    for key, parameter in kind.PARAMETERS.items():
        if key in given:
            _parameter(source, key, given[key], parameter)
        elif parameter.required:
            raise source.error(("with",), f"check {name} 缺少 {key}：{parameter.meaning}", f"check {name} needs {key}")
    try:
        return kind.build(given, editions, resources)
    except ParameterError as error:
        raise source.error(("with", error.key), error.zh, error.en) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise source.error(("with",), f"with 的内容有误：{error}", f"bad value under with: {error}") from error


def _parameter(source: YamlSource, key: str, value: Any, parameter: Parameter) -> None:
    at: Path_ = ("with", key)
    wanted = _KINDS[parameter.kind]
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise source.error(
            at, f"{key} 的类型应是 {parameter.kind}：{parameter.meaning}", f"{key} must be of kind {parameter.kind}"
        )
    if parameter.kind == "texts" and isinstance(value, list):
        for item in value:
            _text(source, at, item)
    if parameter.choices:
        _choice(source, at, value, list(parameter.choices))


def _examples(source: YamlSource, value: Any) -> tuple[Example, ...]:
    if not isinstance(value, dict):
        raise source.error(("examples",), "examples 应有 ok 与 bad", "examples needs ok and bad")
    _refuse_unknown(source, ("examples",), value, EXAMPLE_KINDS)
    for kind in ("ok", "bad"):
        if not value.get(kind):
            raise source.error(
                ("examples",),
                f"缺少 {kind} 例子；没有例子的规则不装载",
                f"no {kind} example; a rule without examples does not load",
            )
    examples = []
    for kind, cases in value.items():
        if not isinstance(cases, list):
            raise source.error(("examples", kind), f"{kind} 应是列表", f"{kind} must be a list")
        for i, case in enumerate(cases):
            at: Path_ = ("examples", kind, i)
            if not isinstance(case, dict):
                raise source.error(at, "例子应是若干“键: 值”", "an example is a mapping")
            _refuse_unknown(source, at, case, EXAMPLE_KEYS)
            if kind == "bad" and "says" not in case:
                raise source.error(
                    at, "bad 例子要写 says：规则应说的话", "a bad example needs says: the message expected"
                )
            given = {key: content for key, content in case.items() if key != "says"}
            says = case.get("says")
            examples.append(Example(kind, given, None if says is None else str(says).strip(), source.places[at][0]))
    return tuple(examples)


def rule_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file, for editors that complete and check YAML."""
    types: dict[str, dict[str, Any]] = {
        "text": {"type": "string"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "mapping": {"type": "object"},
        "mappings": {"type": "array", "items": {"type": "object"}},
        "number": {"type": "integer"},
        "flag": {"type": "boolean"},
    }
    words = {
        "type": "object",
        "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
        "required": ["zh", "en"],
        "additionalProperties": False,
    }
    cases = []
    for name in check_names():
        parameters = check_kind(name).PARAMETERS
        properties: dict[str, dict[str, Any]] = {
            key: {
                **types[parameter.kind],
                "description": parameter.meaning,
                **({"enum": list(parameter.choices)} if parameter.choices else {}),
            }
            for key, parameter in parameters.items()
        }
        required = [key for key, parameter in parameters.items() if parameter.required]
        cases.append(
            {
                "if": {"properties": {"check": {"const": name}}},
                "then": {
                    "properties": {
                        "with": {
                            "type": "object",
                            "properties": properties,
                            "required": required,
                            "additionalProperties": False,
                        }
                    }
                },
            }
        )
    example = {"type": "object", "properties": {key: {} for key in EXAMPLE_KEYS}, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gip-lint rule",
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "title": words,
            "why": words,
            "severity": {"enum": [severity.value for severity in Severity]},
            "origin": {"enum": ["report", "reading"]},
            "editions": {"type": "array", "items": {"enum": [2019, 2021, "2019", "2021"]}, "minItems": 1},
            "basis": {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]},
            "fixable": {"type": "boolean"},
            "check": {"enum": list(check_names())},
            "with": {"type": "object"},
            "message": {"anyOf": [words, {"type": "object", "additionalProperties": words}]},
            "examples": {
                "type": "object",
                "properties": {kind: {"type": "array", "items": example} for kind in EXAMPLE_KINDS},
                "required": ["ok", "bad"],
                "additionalProperties": False,
            },
        },
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": cases,
    }
