"""The command line with options and commands; its words are in the language of the user's locale."""

from __future__ import annotations

from typing import Annotated

import typer

from gip_lint import __version__
from gip_lint.cli.baseline_app import baseline_app
from gip_lint.cli.check import check
from gip_lint.cli.completion import RootGroup, format_names, rule_ids, rule_names
from gip_lint.cli.help import HelpfulCommand
from gip_lint.cli.plain_arguments import split_names
from gip_lint.cli.rules_app import rules_app
from gip_lint.cli.schemas import SCHEMAS, schema
from gip_lint.cli.settled import Options
from gip_lint.cli.shared_options import (
    LANGUAGE,
    ConfigOption,
    EditionOption,
    FailOn,
    IsolatedOption,
    LanguageOption,
    OutputOption,
    RulesOption,
    TextOrJson,
    ViewFormat,
    language_asked,
    say,
)
from gip_lint.cli.terminal import USAGE, columns, report_problem, save, write, write_lines
from gip_lint.config import find_config
from gip_lint.finding import Words
from gip_lint.reporters import FORMATS

app = typer.Typer(
    name="gip-lint",
    cls=RootGroup,
    help=say(
        "审核政府信息公开工作年度报告：格式、勾稽关系、单位与文字。\n\n"
        "gip-lint 报告.txt 即 gip-lint check 报告.txt；各命令加 --help 看选项。\n\n"
        "退出码：0 没有问题；1 有达到 --fail-on 级别的问题；2 用法、配置或规则有误；3 有文件读不出来，或什么也没有审核。",
        "Audit annual reports on government information disclosure: form, figures, units and words.\n\n"
        "gip-lint report.txt is short for gip-lint check report.txt; every command has its own --help.\n\n"
        "Exit codes: 0 clean; 1 findings at or above --fail-on; 2 a fault in usage, configuration or rules; "
        "3 a file that cannot be read, or nothing checked.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(rules_app, name="rules")
app.add_typer(baseline_app, name="baseline")


def _show_version(asked: bool) -> None:
    if asked:
        write([f"gip-lint {__version__}\n"])
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help=say("显示版本", "show the version")),
    ] = False,
) -> None:
    pass


@app.command(name="check", cls=HelpfulCommand, help=say("审核报告（默认命令）", "audit reports (the default command)"))
def _check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH …",
            show_default=False,
            help=say("文件、文件夹、通配符；- 为标准输入", "files, folders, globs; - is standard input"),
        ),
    ],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME[=FILE]",
            autocompletion=format_names,
            help=say(
                f"输出格式：{'、'.join(FORMATS)}；加 =文件 则写入文件，可重复",
                f"format of the output: {', '.join(FORMATS)}; with =FILE written to a file, repeatable",
            ),
        ),
    ] = None,
    output: OutputOption = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            autocompletion=rule_names,
            help=say(
                "只用这些规则：id、规则组或 all；逗号分隔，可重复",
                "use only these: ids, groups or all; comma-separated, repeatable",
            ),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="RULE",
            autocompletion=rule_names,
            help=say("不用这些规则，写法同上", "leave these out, written likewise"),
        ),
    ] = None,
    rules: RulesOption = None,
    edition: EditionOption = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            metavar="LEVEL",
            help=say(
                "从哪一级起退出码为 1：error（默认）、warning、info 或 never（从不）",
                "severity from which the exit code is 1: error (the default), warning, info, or never",
            ),
        ),
    ] = None,
    fail_on_unchecked: Annotated[
        bool,
        typer.Option(
            "--fail-on-unchecked",
            help=say("有未核验的内容时退出码也为 1", "exit with 1 also when something was not evaluated"),
        ),
    ] = False,
    exit_zero: Annotated[
        bool,
        typer.Option(
            "--exit-zero",
            help=say("有问题时退出码也为 0；2 和 3 不变", "exit with 0 whatever was found; 2 and 3 stay as they are"),
        ),
    ] = False,
    skip_others: Annotated[
        bool,
        typer.Option(
            "--skip-others",
            help=say(
                "点名的文件不是年度报告时跳过并计数，不算错误（供钩子使用）",
                "skip and count named files that are no annual report (for hooks)",
            ),
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help=say("报告、规则或配置有改动时重新审核，直到按 Ctrl+C", "audit again after every change, until Ctrl+C"),
        ),
    ] = False,
    language: LanguageOption = None,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics",
            help=say("最后按规则和按单位计数，附条形图", "end with counts by rule and by unit, with bars"),
        ),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            help=say("同时用几个进程，0 为全部处理器", "processes to use; 0 for every processor"),
        ),
    ] = 1,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help=say("此基线文件中的问题不计入", "findings in this baseline do not count"),
        ),
    ] = None,
    no_cache: Annotated[
        bool,
        typer.Option(
            "--no-cache",
            help=say(
                "重新读取 Word、网页、PDF 等文件，不用上次读取的结果",
                "read Word, web, PDF and other files anew, nothing kept",
            ),
        ),
    ] = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: Annotated[
        bool,
        typer.Option(
            "--show-settings",
            help=say("只显示各项设置及其出处，不审核", "only show each setting and where it comes from"),
        ),
    ] = False,
) -> int:
    options = Options(
        paths=tuple(paths),
        formats=tuple(formats or ()),
        output=output,
        select=split_names("--select", select),
        ignore=split_names("--ignore", ignore),
        rules=tuple(rules or ()),
        edition=edition,
        fail_on=fail_on.value if fail_on else None,
        fail_on_unchecked=fail_on_unchecked,
        exit_zero=exit_zero,
        language=language.value if language else None,
        statistics=statistics,
        jobs=jobs,
        skip_others=skip_others,
        baseline=baseline,
        config=config,
        isolated=isolated,
        show_settings=show_settings,
        no_cache=no_cache,
    )
    if not watch:
        return check(options)
    from gip_lint.cli.watch import watch as watch_for_changes

    return watch_for_changes(options, language_asked(language))


@app.command(
    name="show",
    cls=HelpfulCommand,
    help=say(
        "显示读到了什么：标题、部分、三张表、文中的数字",
        "show what was recognised: title, sections, the three tables, figures of the prose",
    ),
)
def _show(
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH", show_default=False, help=say("一份报告；- 为标准输入", "one report; - is standard input")
        ),
    ],
    output_format: Annotated[
        ViewFormat,
        typer.Option("--format", "-f", metavar="text|json|csv", help=say("输出格式", "format of the output")),
    ] = ViewFormat.TEXT,
    output: OutputOption = None,
    edition: EditionOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.linter import Settings, recognise_file, what_is_said
    from gip_lint.reporters.lines import plain_line
    from gip_lint.reporters.show import csv_view, json_view, text_view

    settings = Settings(edition=edition)
    report = recognise_file(path, settings)
    said = what_is_said(report, settings)
    if output_format is ViewFormat.TEXT:
        lines = text_view(report, said, language_asked(language), columns())
        if output is None:
            write_lines(lines)
        else:
            save(output, map(plain_line, lines))
        return 0
    text = json_view(report, said) if output_format is ViewFormat.JSON else csv_view(report)
    if output is None:
        write([text])
    else:
        # A spreadsheet takes a CSV file for UTF-8 only when it begins with a byte order mark.
        save(output, [text], "utf-8-sig" if output_format is ViewFormat.CSV else "utf-8")
    return 0


@app.command(
    name="compare",
    cls=HelpfulCommand,
    help=say(
        "比对同一份报告的两个文件：逐格、逐标题、逐字",
        "say where two files of one report differ: cells, headings, text",
    ),
)
def _compare(
    left: Annotated[str, typer.Argument(metavar="A", show_default=False, help=say("一份报告", "one report"))],
    right: Annotated[str, typer.Argument(metavar="B", show_default=False, help=say("另一份", "the other"))],
    output_format: Annotated[
        TextOrJson, typer.Option("--format", "-f", metavar="text|json", help=say("输出格式", "format of the output"))
    ] = TextOrJson.TEXT,
    output: OutputOption = None,
    edition: EditionOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.compare import compare_files
    from gip_lint.linter import Settings

    return compare_files(left, right, Settings(edition=edition), output_format.value, output, language_asked(language))


@app.command(
    name="fix",
    cls=HelpfulCommand,
    help=say(
        "改正法规名称、错别字、标点和括号；从不改数字，只改文本和 Markdown",
        "correct names of laws, misspellings, punctuation and brackets; never a figure; text and Markdown only",
    ),
)
def _fix(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH …", show_default=False, help=say("文件、文件夹、通配符", "files, folders, globs")),
    ],
    show_diff: Annotated[
        bool, typer.Option("--diff", help=say("只显示会改什么，不写文件", "show what would change, write nothing"))
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
        exemptions=config.exemptions,
    )
    return fix(paths, settings, language_asked(language), show_diff=show_diff)


@app.command(
    name="explain",
    cls=HelpfulCommand,
    help=say("说明一条规则：查什么、为什么、依据、例子", "explain a rule: what, why, basis, examples"),
)
def _explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", show_default=False, autocompletion=rule_ids, help=say("规则 id", "id of the rule")
        ),
    ],
    rules: RulesOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import explain

    return explain(name, rules or (), language_asked(language))


@app.command(
    name="init",
    cls=HelpfulCommand,
    help=say("写出一个带注释的 gip-lint.toml", "write a commented gip-lint.toml to start from"),
)
def _init(
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]", show_default=False, help=say("写在哪里，默认当前文件夹", "where; by default here")
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.init import init

    return init(directory, language_asked(language))


@app.command(
    name="schema",
    cls=HelpfulCommand,
    help=say(f"输出 JSON Schema：{'、'.join(SCHEMAS)}", f"print a JSON Schema: {', '.join(SCHEMAS)}"),
)
def _schema(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help=say("描述什么的", "of what"))],
) -> int:
    return schema(name)


def run(arguments: list[str]) -> int:
    """Parse the arguments and run the command."""
    try:
        result = app(arguments, prog_name="gip-lint", standalone_mode=False, obj=LANGUAGE)
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
    report_problem(Words(f"{zh}（用法见 {command}）", f"{message} (see {command})"), LANGUAGE)
    return USAGE
