"""Reads the commonest command lines of `check` without an option parser, which would take longer than the check.

Only words whose every value is known here are read; anything else, mistakes included, is left to the real parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gip_lint.cli.check import Options

CHOICES = {
    "--format": ("format", ("text", "json")),
    "--lang": ("language", ("zh", "en")),
    "--fail-on": ("fail_on", ("error", "warning", "info", "never")),
}
FLAGS = {"--fail-on-unchecked": "fail_on_unchecked"}


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
        elif word in FLAGS:
            given[FLAGS[word]] = True
        elif name in CHOICES:
            field, choices = CHOICES[name]
            value = value if joined else (words.pop(0) if words else "")
            if value not in choices or field in given:
                return None
            given[field] = value
        else:
            return None
    return Options(tuple(paths))._replace(**given) if paths else None
