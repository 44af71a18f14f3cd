"""The command line with options and commands; its words are in the language of the user's locale."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from gip_lint import __version__
from gip_lint.cli import COMMANDS
from gip_lint.cli.check import Options, check
from gip_lint.cli.help import HelpfulCommand, HelpfulGroup
from gip_lint.cli.terminal import (
    USAGE,
    columns,
    environment_language,
    language_of,
    report_problem,
    save,
    write,
    write_lines,
)
from gip_lint.config import find_config
from gip_lint.errors import UsageError
from gip_lint.finding import Words

_LANGUAGE = language_of(sys.argv[1:])


def _say(zh: str, en: str) -> str:
    return en if _LANGUAGE == "en" else zh


class ReportFormat(StrEnum):
    """Formats of `check`."""

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


app = typer.Typer(
    name="gip-lint",
    cls=HelpfulGroup,
    help=_say(
        "审核政府信息公开工作年度报告：格式、勾稽关系、单位与文字。\n\n"
        "gip-lint 报告.txt 即 gip-lint check 报告.txt；各命令加 --help 看选项。\n\n"
        "退出码：0 没有问题；1 有达到 --fail-on 级别的问题；2 用法、配置或规则有误；3 有文件读不出来，或什么也没有审核。",
        "Audit annual reports on government information disclosure: form, figures, units and words.\n\n"
        "gip-lint report.txt is short for gip-lint check report.txt; every command has its own --help.\n\n"
        "Exit codes: 0 clean; 1 findings at or above --fail-on; 2 a fault in usage, configuration or rules; "
        "3 a file that cannot be read, or nothing checked.",
    ),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(
    cls=HelpfulGroup, help=_say("列出、测试、编写规则", "list, test and write rules"), no_args_is_help=True
)
app.add_typer(rules_app, name="rules")

LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=_say(
            "输出语言，默认随系统；不是英文的系统用中文",
            "language of the output; English in an English locale, else Chinese",
        ),
    ),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules", metavar="DIR", help=_say("另加一个目录中的规则，可重复", "also use the rules in DIR; repeatable")
    ),
]
EditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="2019|2021",
        help=_say("按此版格式审核，不看报告年份", "audit by this edition of the form, whatever the year"),
    ),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help=_say("写入文件，不写屏幕", "write to FILE instead of the screen")
    ),
]


def _show_version(asked: bool) -> None:
    if asked:
        write([f"gip-lint {__version__}\n"])
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=_say("显示版本", "show the version")),
    ] = False,
) -> None:
    pass


@app.command(name="check", cls=HelpfulCommand, help=_say("审核报告（默认命令）", "audit reports (the default command)"))
def _check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH …",
            show_default=False,
            help=_say("文件、文件夹、通配符；- 为标准输入", "files, folders, globs; - is standard input"),
        ),
    ],
    output_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", metavar="text|json", help=_say("输出格式", "format of the output"))
    ] = ReportFormat.TEXT,
    output: OutputOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            help=_say(
                "只用这些规则：id、规则组或 all；逗号分隔，可重复",
                "use only these: ids, groups or all; comma-separated, repeatable",
            ),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore", metavar="RULE", help=_say("不用这些规则，写法同上", "leave these out, written likewise")
        ),
    ] = None,
    rules: RulesOption = None,
    edition: EditionOption = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            metavar="LEVEL",
            help=_say(
                "从哪一级起退出码为 1：error（默认）、warning、info 或 never（从不）",
                "severity from which the exit code is 1: error (the default), warning, info, or never",
            ),
        ),
    ] = None,
    fail_on_unchecked: Annotated[
        bool,
        typer.Option(
            "--fail-on-unchecked",
            help=_say("有未核验的内容时退出码也为 1", "exit with 1 also when something was not evaluated"),
        ),
    ] = False,
    language: LanguageOption = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_say("最后列出各规则的次数", "end with a count for each rule"))
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            help=_say("同时用几个进程，0 为全部处理器", "processes to use; 0 for every processor"),
        ),
    ] = 1,
) -> int:
    if statistics and output_format is not ReportFormat.TEXT:
        raise UsageError("--statistics 只用于 --format text", "--statistics goes with --format text only")
    return check(
        Options(
            paths=tuple(paths),
            format=output_format.value,
            output=output,
            select=_names("--select", select),
            ignore=_names("--ignore", ignore),
            rules=tuple(rules or ()),
            edition=edition,
            fail_on=fail_on.value if fail_on else None,
            fail_on_unchecked=fail_on_unchecked,
            language=language.value if language else None,
            statistics=statistics,
            jobs=jobs,
        )
    )


@app.command(
    name="show",
    cls=HelpfulCommand,
    help=_say("显示读到了什么：标题、部分和三张表", "show what was recognised: title, sections and the three tables"),
)
def _show(
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH", show_default=False, help=_say("一份报告；- 为标准输入", "one report; - is standard input")
        ),
    ],
    output_format: Annotated[
        ViewFormat,
        typer.Option("--format", "-f", metavar="text|json|csv", help=_say("输出格式", "format of the output")),
    ] = ViewFormat.TEXT,
    output: OutputOption = None,
    edition: EditionOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.linter import Settings, recognise_file
    from gip_lint.reporters.lines import plain_line
    from gip_lint.reporters.show import csv_view, json_view, text_view

    report = recognise_file(path, Settings(edition=edition))
    if output_format is ViewFormat.TEXT:
        lines = text_view(report, _language(language), columns())
        if output is None:
            write_lines(lines)
        else:
            save(output, map(plain_line, lines))
        return 0
    text = json_view(report) if output_format is ViewFormat.JSON else csv_view(report)
    if output is None:
        write([text])
    else:
        # A spreadsheet takes a CSV file for UTF-8 only when it begins with a byte order mark.
        save(output, [text], "utf-8-sig" if output_format is ViewFormat.CSV else "utf-8")
    return 0


@app.command(
    name="compare",
    cls=HelpfulCommand,
    help=_say(
        "比对同一份报告的两个文件：逐格、逐标题、逐字",
        "say where two files of one report differ: cells, headings, text",
    ),
)
def _compare(
    left: Annotated[str, typer.Argument(metavar="A", show_default=False, help=_say("一份报告", "one report"))],
    right: Annotated[str, typer.Argument(metavar="B", show_default=False, help=_say("另一份", "the other"))],
    output_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", metavar="text|json", help=_say("输出格式", "format of the output"))
    ] = ReportFormat.TEXT,
    output: OutputOption = None,
    edition: EditionOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.compare import compare_files
    from gip_lint.linter import Settings

    return compare_files(left, right, Settings(edition=edition), output_format.value, output, _language(language))


@app.command(
    name="fix",
    cls=HelpfulCommand,
    help=_say(
        "改正法规名称、错别字、标点和括号；从不改数字，只改文本和 Markdown",
        "correct names of laws, misspellings, punctuation and brackets; never a figure; text and Markdown only",
    ),
)
def _fix(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH …", show_default=False, help=_say("文件、文件夹、通配符", "files, folders, globs")
        ),
    ],
    show_diff: Annotated[
        bool, typer.Option("--diff", help=_say("只显示会改什么，不写文件", "show what would change, write nothing"))
    ] = False,
    rules: RulesOption = None,
    edition: EditionOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.fix import fix
    from gip_lint.linter import Settings

    config = find_config(".")
    settings = Settings(
        select=config.select,
        ignore=tuple(config.ignore),
        rules=(*config.rules, *(rules or ())),
        edition=edition or config.edition,
    )
    return fix(paths, settings, _language(language), show_diff=show_diff)


@app.command(
    name="explain",
    cls=HelpfulCommand,
    help=_say("说明一条规则：查什么、为什么、依据、例子", "explain a rule: what, why, basis, examples"),
)
def _explain(
    name: Annotated[str, typer.Argument(metavar="ID", show_default=False, help=_say("规则 id", "id of the rule"))],
    rules: RulesOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import explain

    return explain(name, rules or (), _language(language))


@rules_app.command(name="list", cls=HelpfulCommand, help=_say("列出全部规则", "list all rules"))
def _rules_list(
    output_format: Annotated[
        ReportFormat, typer.Option("--format", "-f", metavar="text|json", help=_say("输出格式", "format of the output"))
    ] = ReportFormat.TEXT,
    rules: RulesOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import list_rules

    return list_rules(rules or (), output_format.value, _language(language))


@rules_app.command(
    name="test", cls=HelpfulCommand, help=_say("运行规则自带的例子", "run the examples that rules carry")
)
def _rules_test(
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            show_default=False,
            help=_say("只测试这里的规则，默认全部", "test the rules in here only; all by default"),
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import test_rules

    return test_rules(place, _language(language))


@rules_app.command(
    name="schema",
    cls=HelpfulCommand,
    help=_say("输出规则文件的 JSON Schema，供编辑器用", "print the JSON Schema of a rule file, for editors"),
)
def _rules_schema() -> int:
    from gip_lint.cli.rule_commands import write_schema

    return write_schema()


@rules_app.command(
    name="new", cls=HelpfulCommand, help=_say("写出一个新规则的样板", "write the skeleton of a new rule")
)
def _rules_new(
    name: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help=_say("新规则的 id", "id of the new rule"))
    ],
    directory: Annotated[
        str | None,
        typer.Option(
            "--rules",
            metavar="DIR",
            help=_say("写入此目录，默认当前目录", "write into DIR; by default the current directory"),
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import new_rule

    return new_rule(name, directory, _language(language))


def run(arguments: list[str]) -> int:
    """Parse the arguments and run the command; a command line that begins with a path or an option of `check` is a check."""
    if arguments and arguments[0] not in (*COMMANDS, "--help", "-h", "--version"):
        arguments = ["check", *arguments]
    try:
        result = app(arguments, prog_name="gip-lint", standalone_mode=False, obj=_LANGUAGE)
    except typer.TyperException as error:
        return _usage_error(error)
    return result if isinstance(result, int) else 0


def _usage_error(error: typer.TyperException) -> int:
    """Say what is wrong with the command line; the parser itself speaks English only."""
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":  # the help page is its message
        write([message + "\n"])
        return USAGE
    zh = message
    if kind == "NoSuchOption":
        near = "、".join(getattr(error, "possibilities", None) or ())
        zh = f"没有选项 {getattr(error, 'option_name', '')}" + (f"，是否指 {near}？" if near else "")
    elif kind == "MissingParameter":
        zh = f"缺少 {getattr(getattr(error, 'param', None), 'metavar', '')}"
    command = f"{context.command_path if context else 'gip-lint'} --help"
    report_problem(Words(f"{zh}（用法见 {command}）", f"{message} (see {command})"), _LANGUAGE)
    return USAGE


def _language(chosen: Language | None) -> str:
    return chosen.value if chosen else find_config(".").language or environment_language()


def _names(option: str, given: list[str] | None) -> tuple[str, ...]:
    """Comma-separated and repeated values as one tuple. An empty value would silently select nothing or everything."""
    names = tuple(name.strip() for value in given or () for name in value.split(","))
    if not all(names):
        raise UsageError(f"{option} 的值是空的", f"{option} has an empty value")
    return names
