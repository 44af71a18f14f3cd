"""The command line of `gip-lint rules …`."""

from __future__ import annotations

from typing import Annotated

import typer

from gip_lint.cli.help import HelpfulCommand, HelpfulGroup
from gip_lint.cli.shared_options import LanguageOption, RulesOption, TextOrJson, language_asked, say

rules_app = typer.Typer(
    cls=HelpfulGroup, help=say("列出、测试、编写规则", "list, test and write rules"), no_args_is_help=True
)


@rules_app.command(name="list", cls=HelpfulCommand, help=say("列出全部规则", "list all rules"))
def _rules_list(
    output_format: Annotated[
        TextOrJson, typer.Option("--format", "-f", metavar="text|json", help=say("输出格式", "format of the output"))
    ] = TextOrJson.TEXT,
    rules: RulesOption = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import list_rules

    return list_rules(rules or (), output_format.value, language_asked(language))


@rules_app.command(name="test", cls=HelpfulCommand, help=say("运行规则自带的例子", "run the examples that rules carry"))
def _rules_test(
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            show_default=False,
            help=say("只测试这里的规则，默认全部", "test the rules in here only; all by default"),
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import test_rules

    return test_rules(place, language_asked(language))


@rules_app.command(
    name="schema",
    cls=HelpfulCommand,
    help=say("输出规则文件的 JSON Schema，供编辑器用", "print the JSON Schema of a rule file, for editors"),
)
def _rules_schema() -> int:
    from gip_lint.cli.schemas import schema

    return schema("rule")


@rules_app.command(name="new", cls=HelpfulCommand, help=say("写出一个新规则的样板", "write the skeleton of a new rule"))
def _rules_new(
    name: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help=say("新规则的 id", "id of the new rule"))
    ],
    directory: Annotated[
        str | None,
        typer.Option(
            "--rules",
            metavar="DIR",
            help=say("写入此目录，默认当前目录", "write into DIR; by default the current directory"),
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.rule_commands import new_rule

    return new_rule(name, directory, language_asked(language))
