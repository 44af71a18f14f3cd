"""Reads the command lines of `check` without an option parser, which would take longer than the check.

Only words whose every value is known here are read; anything else, mistakes included, is left to the real parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gip_lint.cli.settled import Options
from gip_lint.errors import UsageError

_FIELDS = {
    "--format": "formats",
    "-f": "formats",
    "--output": "output",
    "-o": "output",
    "--select": "select",
    "--ignore": "ignore",
    "--rules": "rules",
    "--edition": "edition",
    "--lang": "language",
    "--fail-on": "fail_on",
    "--jobs": "jobs",
    "-j": "jobs",
    "--baseline": "baseline",
    "--config": "config",
}
_CHOICES = {"language": ("zh", "en"), "fail_on": ("error", "warning", "info", "never")}
_REPEATED = ("formats", "select", "ignore", "rules")
_NAMES = ("select", "ignore")
_FLAGS = {
    "--fail-on-unchecked": "fail_on_unchecked",
    "--exit-zero": "exit_zero",
    "--statistics": "statistics",
    "--skip-others": "skip_others",
    "--no-cache": "no_cache",
    "--isolated": "isolated",
    "--show-settings": "show_settings",
}


def plain_options(arguments: Sequence[str]) -> Options | None:
    """The options that the arguments stand for; None when a word needs the parser."""
    words = list(arguments[1:] if arguments[:1] == ["check"] else arguments)
    paths: list[str] = []
    given: dict[str, Any] = {}
    while words:
        word = words.pop(0)
        name, joined, value = word.partition("=")
        if word == "-" or not word.startswith("-"):
            paths.append(word)
        elif word in _FLAGS:
            given[_FLAGS[word]] = True
        elif name in _FIELDS and (not joined or name.startswith("--")):
            field = _FIELDS[name]
            value = value if joined else (words.pop(0) if words else "")
            if not _is_plain(field, value) or (field in given and field not in _REPEATED):
                return None
            if field in _REPEATED:
                given.setdefault(field, []).append(value)
            else:
                given[field] = int(value) if field == "jobs" else value
        else:
            return None
    for field in _REPEATED:
        if field in given:
            given[field] = split_names(f"--{field}", given[field]) if field in _NAMES else tuple(given[field])
    return Options(tuple(paths))._replace(**given) if paths or "show_settings" in given else None


def split_names(option: str, given: Sequence[str] | None) -> tuple[str, ...]:
    """Comma-separated and repeated values as one tuple.

    Raises `UsageError` for an empty value, which would silently select nothing or everything.
    """
    names = tuple(name.strip() for value in given or () for name in value.split(","))
    if not all(names):
        raise UsageError(f"{option} 的值是空的", f"{option} has an empty value")
    return names


def _is_plain(field: str, value: str) -> bool:
    """A value that begins like an option is more likely a forgotten value; the parser knows what to say."""
    if field in _CHOICES:
        return value in _CHOICES[field]
    if field == "jobs":
        return value.isascii() and value.isdecimal()
    return bool(value) and (value == "-" or not value.startswith("-"))
