"""The short way through the command line says the same as the option parser, or says nothing."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from gip_lint.cli import app
from gip_lint.cli.plain_arguments import plain_options
from gip_lint.cli.settled import Options

READ = [
    (["a.txt"], Options(("a.txt",))),
    (["check", "a.txt", "-"], Options(("a.txt", "-"))),
    (["--format", "json", "a.txt"], Options(("a.txt",), formats=("json",))),
    (
        ["-f", "text", "a.txt", "--format=json=a=b.json", "--statistics"],
        Options(("a.txt",), formats=("text", "json=a=b.json"), statistics=True),
    ),
    (["a.txt", "--lang=en", "--fail-on", "never"], Options(("a.txt",), language="en", fail_on="never")),
    (
        ["--fail-on-unchecked", "a.txt", "--exit-zero"],
        Options(("a.txt",), fail_on_unchecked=True, exit_zero=True),
    ),
    (["a", "b", "-o", "-", "--edition", "2021"], Options(("a", "b"), output="-", edition="2021")),
    (
        ["--select", "cells, form", "a", "--select=balance", "--ignore", "x"],
        Options(("a",), select=("cells", "form", "balance"), ignore=("x",)),
    ),
    (["a", "--rules", "r", "--rules=s", "-j", "2"], Options(("a",), rules=("r", "s"), jobs=2)),
]


@pytest.mark.parametrize(("arguments", "options"), READ)
def test_plain_options(arguments: list[str], options: Options) -> None:
    assert plain_options(arguments) == options


@pytest.mark.parametrize(("arguments", "options"), READ)
def test_the_option_parser_says_the_same(arguments: list[str], options: Options) -> None:
    with patch.object(app, "check", return_value=0) as check:
        assert app.run(arguments) == 0
    check.assert_called_once_with(options)


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.txt", "--format"],
        ["--lang", "fr", "a.txt"],
        ["--lang", "en", "--lang", "zh", "a.txt"],
        ["-fjson", "a.txt"],
        ["--jobs", "-1", "a.txt"],
        ["--jobs", "two", "a.txt"],
        ["--output", "--statistics", "a.txt"],
        ["--statistics=yes", "a.txt"],
        ["--help"],
        ["--", "a.txt"],
        ["check"],
        [],
    ],
)
def test_mistakes_and_everything_else_are_left_to_the_parser(arguments: list[str]) -> None:
    assert plain_options(arguments) is None
