"""The configuration of an office: `gip-lint.toml` or `[tool.gip-lint]` in `pyproject.toml`, nearest upward.

What stands in it is read by `config_file`, which is imported only where there is one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.finding import Severity

if TYPE_CHECKING:
    from gip_lint.exemption import Exemption

OWN_FILE = "gip-lint.toml"
SHARED_FILE = "pyproject.toml"
_OUR_TABLE = re.compile(rb"""\btool\s*\.\s*["']?gip-lint\b|^\s*\[\s*tool\s*\]""", re.MULTILINE)


class Config(NamedTuple):
    """What an office has settled for all its runs; `None` and empty mean that it says nothing.

    `ignore` maps a rule or group to the reason for which it is ignored; `rules` are directories and `baseline` is a
    file, seen from where the configuration stands; `path` is its file, None when there is none.
    """

    path: str | None = None
    select: tuple[str, ...] = ()
    ignore: Mapping[str, str] = MappingProxyType({})
    rules: tuple[str, ...] = ()
    edition: str | None = None
    fail_on: str | None = None
    fail_on_unchecked: bool | None = None
    language: str | None = None
    severities: Mapping[str, Severity] = MappingProxyType({})
    exemptions: tuple[Exemption, ...] = ()
    baseline: str | None = None


def find_config(directory: str) -> Config:
    """The configuration in force in that directory, an empty one when there is none.

    Raises `ConfigError` when the nearest file, or one that it extends, is not valid.
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
    """One file and those that it extends, read strictly. A `pyproject.toml` without the table gives an empty configuration.

    Raises `ConfigError` with the file, the key and what was probably meant.
    """
    from gip_lint.config_file import read_chain

    return read_chain(path)
