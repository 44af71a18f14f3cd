"""Where in a configuration file each key stands; the TOML parser itself does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from gip_lint.config_file import ConfigFile


def key_lines(file: ConfigFile) -> dict[str, int]:
    """The 1-based line of every key, written as `ignore.label-wording` or `rules.label-wording.severity`.

    The file is parsed line by line more of it: what a line adds is what stands on it. Slow, exact, and seldom asked for.
    """
    lines = file.text.split("\n")
    found: dict[str, int] = {}
    begins = 1
    for number in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:number]) + "\n")
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a value
        for key in _keys(data, ""):
            if key.startswith(file.prefix):
                found.setdefault(key.removeprefix(file.prefix), begins)
        begins = number + 1
    return found


def _keys(data: Mapping[str, Any], inside: str) -> Iterator[str]:
    for name, value in data.items():
        key = f"{inside}{name}"
        yield key
        if isinstance(value, dict):
            yield from _keys(value, f"{key}.")
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict) and isinstance(item.get("rule"), str):
                    yield f"{key}.{item['rule']}"
