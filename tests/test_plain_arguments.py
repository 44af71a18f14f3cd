"""The short way through the command line says the same as the option parser, or says nothing."""

from __future__ import annotations

import pytest

from gip_lint.cli.check import Options
from gip_lint.cli.plain_arguments import plain_options


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["a.txt"], Options(("a.txt",))),
        (["check", "a.txt", "-"], Options(("a.txt", "-"))),
        (["--format", "json", "a.txt"], Options(("a.txt",), format="json")),
        (["a.txt", "--lang=en", "--fail-on", "never"], Options(("a.txt",), language="en", fail_on="never")),
        (["--fail-on-unchecked", "a.txt"], Options(("a.txt",), fail_on_unchecked=True)),
        # left to the parser: mistakes, everything that needs more than a list of words, and nothing to check
        (["--format", "jsn", "a.txt"], None),
        (["a.txt", "--format"], None),
        (["--format", "json", "--format", "text", "a.txt"], None),
        (["--select", "cells", "a.txt"], None),
        (["--help"], None),
        (["check"], None),
        ([], None),
    ],
)
def test_plain_options(arguments: list[str], options: Options | None) -> None:
    assert plain_options(arguments) == options
