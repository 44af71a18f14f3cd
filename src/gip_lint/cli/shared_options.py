"""What the commands share: the language of their help pages, and the options that several of them have."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from gip_lint.cli.terminal import environment_language, language_of
from gip_lint.config import find_config

LANGUAGE = language_of(sys.argv[1:])


def say(zh: str, en: str) -> str:
    """The words in the language of the help pages."""
    return en if LANGUAGE == "en" else zh


class TextOrJson(StrEnum):
    """Formats of commands that only show something."""

    TEXT = "text"
    JSON = "json"


class ViewFormat(StrEnum):
    """Formats of `show`."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class FailOn(StrEnum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Language(StrEnum):
    """Languages of all output."""

    ZH = "zh"
    EN = "en"


LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=say(
            "输出语言，默认随系统；不是英文的系统用中文",
            "language of the output; English in an English locale, else Chinese",
        ),
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules", metavar="DIR", help=say("另加一个目录中的规则，可重复", "also use the rules in DIR; repeatable")
    ),
]
EditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="2019|2021",
        help=say("按此版格式审核，不看报告年份", "audit by this edition of the form, whatever the year"),
    ),
]
ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help=say("用此配置文件，不找最近的 gip-lint.toml", "use this configuration, not the nearest gip-lint.toml"),
    ),
]
IsolatedOption = Annotated[
    bool, typer.Option("--isolated", help=say("不用任何配置文件", "use no configuration file at all"))
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help=say("写入文件，不写屏幕", "write to FILE instead of the screen")
    ),
]


def language_asked(chosen: Language | None) -> str:
    """The language of the output: as asked for, configured, or that of the environment."""
    return chosen.value if chosen else find_config(".").language or environment_language()
