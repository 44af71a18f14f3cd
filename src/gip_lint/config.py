"""The configuration of an office: `gip-lint.toml` or `[tool.gip-lint]` in `pyproject.toml`, nearest upward, read strictly."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from gip_lint.errors import ConfigError
from gip_lint.finding import Severity

FAIL_ON = ("error", "warning", "info", "never")
LANGUAGES = ("zh", "en")
OWN_FILE = "gip-lint.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = "tool.gip-lint"
_OUR_TABLE = re.compile(rb"""\btool\s*\.\s*["']?gip-lint\b|^\s*\[\s*tool\s*\]""", re.MULTILINE)


class Config(NamedTuple):
    """What an office has settled for all its runs; `None` and empty mean that it says nothing.

    `ignore` maps a rule or group to the reason for which it is ignored; `rules` are directories, seen from where
    the file stands; `path` is the file, None when there is none.
    """

    path: str | None = None
    select: tuple[str, ...] = ()
    ignore: Mapping[str, str] = MappingProxyType({})
    rules: tuple[str, ...] = ()
    edition: str | None = None
    fail_on: str | None = None
    fail_on_unchecked: bool = False
    language: str | None = None
    severities: Mapping[str, Severity] = MappingProxyType({})


def find_config(directory: str) -> Config:
    """The configuration in force in that directory, an empty one when there is none.

    Raises `ConfigError` when the nearest file is not valid.
    """
    directory = os.path.abspath(directory)
    while True:
        own = os.path.join(directory, OWN_FILE)
        if os.path.isfile(own):
            return read_config(own)
        shared = os.path.join(directory, SHARED_FILE)
        if _mentions_us(shared):
            config = read_config(shared)
            if config.path is not None:
                return config
        parent = os.path.dirname(directory)
        if parent == directory:
            return Config()
        directory = parent


def _mentions_us(path: str) -> bool:
    # Loading a TOML parser takes as long as auditing a report, and most projects' pyproject.toml has no table of ours.
    try:
        with open(path, "rb") as file:
            return _OUR_TABLE.search(file.read()) is not None
    except OSError:
        return False


def read_config(path: str) -> Config:
    """One file, read strictly. A `pyproject.toml` without the table gives an empty configuration.

    Raises `ConfigError` with the file, the key and what was probably meant.
    """
    import tomllib

    try:
        with open(path, "rb") as file:
            data: Mapping[str, Any] = tomllib.load(file)
    except OSError as error:
        raise ConfigError(f"{path}：无法读取：{error.strerror}", f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}：不是合法的 TOML：{error}", f"{path}: not valid TOML: {error}") from error
    prefix = ""
    if os.path.basename(path) == SHARED_FILE:
        tool = data.get("tool")
        if not isinstance(tool, dict) or "gip-lint" not in tool:
            return Config()
        data, prefix = tool["gip-lint"], f"{_TABLE}."
        if not isinstance(data, dict):
            raise _error(path, _TABLE, "应是一个表", "must be a table")
    elif set(data) == {"tool"} and isinstance(data["tool"], dict) and "gip-lint" in data["tool"]:
        raise _error(
            path,
            _TABLE,
            f"{OWN_FILE} 中直接写各个键，不要写在 [{_TABLE}] 下",
            f"in {OWN_FILE} the keys stand at the top, not under [{_TABLE}]",
        )
    return _Keys(path, prefix).config(data)


def _error(path: str, key: str, zh: str, en: str) -> ConfigError:
    return ConfigError(f"{path}：{key}：{zh}", f"{path}: {key}: {en}")


class _Keys:
    """Reads the keys of one file; every fault is named with the file and the full key."""

    def __init__(self, path: str, prefix: str) -> None:
        self.path = path
        self.prefix = prefix

    def config(self, data: Mapping[str, Any]) -> Config:
        known = ("select", "ignore", "rules", "edition", "fail-on", "fail-on-unchecked", "lang")
        self._refuse_unknown("", data, known)
        directories, severities = self._rules(data.get("rules", []))
        unchecked = data.get("fail-on-unchecked", False)
        if not isinstance(unchecked, bool):
            raise self._error("fail-on-unchecked", "应是 true 或 false", "must be true or false")
        edition = data.get("edition")
        if edition is not None and (isinstance(edition, bool) or not isinstance(edition, (str, int))):
            raise self._error("edition", '应是年份，例如 "2021"', 'must be a year, for example "2021"')
        return Config(
            path=self.path,
            select=self._texts("select", data.get("select", [])),
            ignore=self._ignore(data.get("ignore", {})),
            rules=directories,
            edition=None if edition is None else str(edition),
            fail_on=self._choice("fail-on", data["fail-on"], FAIL_ON) if "fail-on" in data else None,
            fail_on_unchecked=unchecked,
            language=self._choice("lang", data["lang"], LANGUAGES) if "lang" in data else None,
            severities=severities,
        )

    def _rules(self, value: Any) -> tuple[tuple[str, ...], dict[str, Severity]]:
        """`rules = ["dir"]`; or the table `[rules]` with `dirs = ["dir"]` and one table for each re-levelled rule."""
        if isinstance(value, list):
            return self._directories("rules", value), {}
        if not isinstance(value, dict):
            raise self._error(
                "rules", "应是目录列表，或 [rules.规则id] 表", "must be a list of directories or tables [rules.<id>]"
            )
        severities = {}
        for name, content in value.items():
            if name == "dirs":
                continue
            if not isinstance(content, dict):
                raise self._error(
                    f"rules.{name}",
                    f'应写作 [rules.{name}]，其下 severity = "error"',
                    f'write [rules.{name}] and below it severity = "error"',
                )
            self._refuse_unknown(f"rules.{name}.", content, ("severity",))
            if "severity" not in content:
                raise self._error(f"rules.{name}", "缺少 severity", "severity is missing")
            key = f"rules.{name}.severity"
            severities[name] = Severity(self._choice(key, content["severity"], [s.value for s in Severity]))
        return self._directories("rules.dirs", value.get("dirs", [])), severities

    def _directories(self, key: str, value: Any) -> tuple[str, ...]:
        base = os.path.dirname(self.path)
        directories = tuple(os.path.join(base, text) for text in self._texts(key, value))
        for directory in directories:
            if not os.path.isdir(directory):
                raise self._error(key, f"规则目录不存在：{directory}", f"no such rule directory: {directory}")
        return directories

    def _ignore(self, value: Any) -> dict[str, str]:
        """`[ignore.<id>] reason = "…"`, or a list of tables with `rule` and `reason`."""
        if isinstance(value, dict):
            return {name: self._reason(f"ignore.{name}", name, content) for name, content in value.items()}
        if not isinstance(value, list):
            raise self._error("ignore", self._ignore_zh("label-wording"), self._ignore_en("label-wording"))
        ignored = {}
        for number, item in enumerate(value, 1):
            key = f"ignore[{number}]"
            if isinstance(item, str):
                raise self._error(key, self._ignore_zh(item), self._ignore_en(item))
            if not isinstance(item, dict) or not isinstance(item.get("rule"), str):
                raise self._error(key, "缺少 rule（规则 id 或规则组）", "rule (an id or a group) is missing")
            ignored[item["rule"]] = self._reason(key, item["rule"], {k: v for k, v in item.items() if k != "rule"})
        return ignored

    def _reason(self, key: str, name: str, content: Any) -> str:
        if isinstance(content, dict):
            self._refuse_unknown(f"{key}.", content, ("reason",))
            reason = content.get("reason")
            if isinstance(reason, str) and reason.strip():
                return reason.strip()
        raise self._error(key, self._ignore_zh(name), self._ignore_en(name))

    @staticmethod
    def _ignore_zh(name: str) -> str:
        return f'忽略一条规则须写明理由：[ignore.{name}] 下写 reason = "……"'

    @staticmethod
    def _ignore_en(name: str) -> str:
        return f'an ignored rule needs a reason: [ignore.{name}] with reason = "…"'

    def _texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self._error(key, '应是文字列表，例如 ["balance"]', 'must be a list of texts, for example ["balance"]')
        return tuple(value)

    def _choice(self, key: str, value: Any, allowed: Iterable[str]) -> str:
        allowed = list(allowed)
        if isinstance(value, str) and value in allowed:
            return value
        zh, en = _did_you_mean(str(value), allowed)
        raise self._error(
            key,
            f"{value!r} 不可用，可选 {'、'.join(allowed)}{zh}",
            f"{value!r} is not one of {', '.join(allowed)}{en}",
        )

    def _refuse_unknown(self, inside: str, data: Mapping[str, Any], known: Iterable[str]) -> None:
        known = list(known)
        for key in data:
            if key not in known:
                zh, en = _did_you_mean(key, known)
                raise self._error(
                    inside + key,
                    f"没有这个键，可用 {'、'.join(known)}{zh}",
                    f"no such key; known are {', '.join(known)}{en}",
                )

    def _error(self, key: str, zh: str, en: str) -> ConfigError:
        return _error(self.path, self.prefix + key, zh, en)


def _did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    import difflib

    near = difflib.get_close_matches(word.replace("_", "-"), list(known), 1)
    return (f"；是否指 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
