"""Reads what stands in a configuration file, strictly: every fault is named with the file, the key and what was probably meant."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.config import OWN_FILE, SHARED_FILE, Config
from gip_lint.day import day_of
from gip_lint.errors import ConfigError
from gip_lint.exemption import Exemption, absolute_glob
from gip_lint.finding import Severity, Suppression

FAIL_ON = ("error", "warning", "info", "never")
LANGUAGES = ("zh", "en")
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
EXCEPTION_KEYS = ("rule", "files", "address", "reason", "owner", "until")
RULE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TABLE = "tool.gip-lint"


class ConfigFile(NamedTuple):
    """The keys of one file; `prefix` is what stands before each of them in it, `text` the file itself."""

    path: str
    prefix: str
    data: Mapping[str, Any]
    text: str


def read_chain(path: str) -> Config:
    """The configuration of a file together with those that it extends; what it says itself comes first.

    Raises `ConfigError`.
    """
    config = Config()
    for file in reversed(config_files(path)):
        config = _joined(config, _Keys(file.path, file.prefix).config(file))
    return config


def config_files(path: str) -> list[ConfigFile]:
    """The file at `path`, the one that it extends, and so on; none for a `pyproject.toml` without our table.

    Raises `ConfigError`, also for files that extend each other in a circle.
    """
    files: list[ConfigFile] = []
    seen: list[str] = []
    while True:
        file = _read(path)
        if file is None:
            if not files:
                return []
            extending = files[-1]
            raise _error(
                extending.path,
                f"{extending.prefix}extends",
                f"{path} 中没有 [{_TABLE}]",
                f"there is no [{_TABLE}] in {path}",
            )
        files.append(file)
        seen.append(os.path.realpath(path))
        extends = file.data.get("extends")
        if extends is None:
            return files
        if not isinstance(extends, str) or not extends:
            raise _error(
                file.path,
                f"{file.prefix}extends",
                '应是一个文件，例如 "../gip-lint.toml"',
                'must be a file, for example "../gip-lint.toml"',
            )
        path = os.path.normpath(os.path.join(os.path.dirname(path), extends))
        if os.path.realpath(path) in seen:
            circle = " → ".join([*(file.path for file in files), path])
            raise _error(
                file.path, f"{file.prefix}extends", f"互相引用，成了循环：{circle}", f"goes round in a circle: {circle}"
            )


def _read(path: str) -> ConfigFile | None:
    text, data = read_toml(path)
    if os.path.basename(path) == SHARED_FILE:
        tool = data.get("tool")
        if not isinstance(tool, dict) or "gip-lint" not in tool:
            return None
        if not isinstance(tool["gip-lint"], dict):
            raise _error(path, _TABLE, "应是一个表", "must be a table")
        return ConfigFile(path, f"{_TABLE}.", tool["gip-lint"], text)
    if set(data) == {"tool"} and isinstance(data["tool"], dict) and "gip-lint" in data["tool"]:
        raise _error(
            path,
            _TABLE,
            f"{OWN_FILE} 中直接写各个键，不要写在 [{_TABLE}] 下",
            f"in {OWN_FILE} the keys stand at the top, not under [{_TABLE}]",
        )
    return ConfigFile(path, "", data, text)


def read_toml(path: str) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and what it says. Raises `ConfigError`."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode().replace("\r\n", "\n")
        return text, tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path}：无法读取：{error.strerror}", f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}：不是合法的 TOML：{error}", f"{path}: not valid TOML: {error}") from error


def _joined(base: Config, own: Config) -> Config:
    """What one file says on top of the one that it extends: single values replace, collections add up."""
    return Config(
        path=own.path,
        select=own.select or base.select,
        ignore={**base.ignore, **own.ignore},
        rules=tuple(dict.fromkeys((*base.rules, *own.rules))),
        edition=own.edition or base.edition,
        fail_on=own.fail_on or base.fail_on,
        fail_on_unchecked=base.fail_on_unchecked if own.fail_on_unchecked is None else own.fail_on_unchecked,
        language=own.language or base.language,
        severities={**base.severities, **own.severities},
        exemptions=(*base.exemptions, *own.exemptions),
        baseline=own.baseline or base.baseline,
    )


def read_exceptions_beside(path: str) -> tuple[Exemption, ...]:
    """The exceptions in `NAME.gip-lint.toml`, the file beside a report. Raises `ConfigError`."""
    text, data = read_toml(path)
    keys = _Keys(path, "")
    keys.refuse_unknown("", data, ("exceptions",))
    return keys.exceptions(data.get("exceptions", []), text, beside=True)


def shown_path(path: str) -> str:
    """The path as seen from the current folder, where that is possible."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return path


def _error(path: str, key: str, zh: str, en: str) -> ConfigError:
    return ConfigError(f"{path}：{key}：{zh}", f"{path}: {key}: {en}")


class _Keys:
    """Reads the keys of one file; every fault is named with the file and the full key."""

    def __init__(self, path: str, prefix: str) -> None:
        self.path = path
        self.prefix = prefix

    def config(self, file: ConfigFile) -> Config:
        data = file.data
        self.refuse_unknown("", data, KEYS)
        directories, severities = self._rules(data.get("rules", []))
        unchecked = data.get("fail-on-unchecked")
        if unchecked is not None and not isinstance(unchecked, bool):
            raise self._error("fail-on-unchecked", "应是 true 或 false", "must be true or false")
        edition = data.get("edition")
        if edition is not None and (isinstance(edition, bool) or not isinstance(edition, (str, int))):
            raise self._error("edition", '应是年份，例如 "2021"', 'must be a year, for example "2021"')
        baseline = data.get("baseline")
        if baseline is not None and (not isinstance(baseline, str) or not baseline):
            raise self._error(
                "baseline",
                '应是一个文件，例如 "gip-lint-baseline.json"',
                'must be a file, for example "gip-lint-baseline.json"',
            )
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
            exemptions=self.exceptions(data.get("exceptions", []), file.text),
            baseline=None if baseline is None else os.path.join(os.path.dirname(self.path), baseline),
        )

    def exceptions(self, value: Any, text: str, *, beside: bool = False) -> tuple[Exemption, ...]:
        """`[[exceptions]]` tables; those `beside` a report are about that one alone."""
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._error(
                "exceptions", "每个例外写作一个 [[exceptions]] 表", "write a table [[exceptions]] for each exception"
            )
        header = re.compile(rf"^[ \t]*\[\[\s*{re.escape(self.prefix)}exceptions\s*\]\]", re.MULTILINE)
        lines = [text.count("\n", 0, match.start()) + 1 for match in header.finditer(text)]
        shown = shown_path(self.path)
        exemptions = []
        for number, item in enumerate(value):
            # Written otherwise than in tables of their own, they have no line that could be told for certain.
            source = f"{shown}:{lines[number]}" if len(lines) == len(value) else shown
            exemptions.append(self._exception(f"exceptions[{number + 1}]", item, source, beside=beside))
        return tuple(exemptions)

    def _exception(self, key: str, item: Mapping[str, Any], source: str, *, beside: bool) -> Exemption:
        if beside and "files" in item:
            raise self._error(
                f"{key}.files",
                "这里的例外只用于旁边的报告，不写 files",
                "exceptions here are for the report beside this file; leave out files",
            )
        self.refuse_unknown(f"{key}.", item, EXCEPTION_KEYS)
        if "rule" not in item:
            raise self._error(key, "缺少 rule（规则 id 或规则组）", "rule (an id or a group) is missing")
        rules = self._one_or_more(f"{key}.rule", item["rule"])
        reason = item.get("reason")
        if not isinstance(reason, str) or not reason.strip():
            raise self._error(key, '例外须写明理由：reason = "……"', 'an exception needs a reason: reason = "…"')
        owner = item.get("owner")
        if owner is not None and (not isinstance(owner, str) or not owner.strip()):
            raise self._error(
                f"{key}.owner", '应是文字，例如 "办公室"', 'must be a text, for example "office of the county"'
            )
        folder = os.path.dirname(os.path.abspath(self.path))
        files = self._one_or_more(f"{key}.files", item["files"]) if "files" in item else ()
        return Exemption(
            rules=rules,
            suppression=Suppression(
                "exception",
                source,
                reason.strip(),
                owner.strip() if owner else None,
                self._until(f"{key}.until", item["until"]) if "until" in item else None,
            ),
            files=tuple(absolute_glob(pattern, folder) for pattern in files),
            addresses=self._one_or_more(f"{key}.address", item["address"]) if "address" in item else (),
            scope=None if beside else folder.replace(os.sep, "/"),
        )

    def _until(self, key: str, value: Any) -> str:
        day = day_of(value if isinstance(value, str) else str(value)[:10])
        if day is None:
            raise self._error(key, "应是日期，例如 2027-03-31", "must be a date, for example 2027-03-31")
        return day

    def _one_or_more(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str) and value:
            return (value,)
        if isinstance(value, list) and not value:
            raise self._error(key, "是空的", "is empty")
        return self._texts(key, value)

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
            self.refuse_unknown(f"rules.{name}.", content, ("severity",))
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
            self.refuse_unknown(f"{key}.", content, ("reason",))
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

    def refuse_unknown(self, inside: str, data: Mapping[str, Any], known: Sequence[str]) -> None:
        """Raises `ConfigError` for a key that is not one of the known."""
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
