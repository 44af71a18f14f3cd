"""What a shell offers after the Tab key: commands, options, and the names of rules and formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

from gip_lint.cli import COMMANDS
from gip_lint.cli.help import HelpfulGroup
from gip_lint.cli.shared_options import LANGUAGE, say
from gip_lint.config import find_config
from gip_lint.errors import GipLintError
from gip_lint.reporters import FORMATS

if TYPE_CHECKING:
    from gip_lint.builtin_rules import RuleSet

OWN_OPTIONS = ("--help", "-h", "--version", "--install-completion", "--show-completion")
DEFAULT = "check"
Offers = list[tuple[str, str]]  # word, help


class RootGroup(HelpfulGroup):
    """The command line as a whole: what is no command is a path or an option of `check`, also while it is completed."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """As of every command; a command line without one is a check."""
        if args and args[0] not in COMMANDS and args[0] not in OWN_OPTIONS:
            args = [DEFAULT, *args]
        return super().make_context(info_name, args, parent, **extra)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands; for the beginning of an option also the options of `check`."""
        offered = super().shell_complete(ctx, incomplete)
        check = self.get_command(ctx, DEFAULT)
        return offered if check is None else [*offered, *check.shell_complete(ctx, incomplete)]

    def get_params(self, ctx: Any) -> Any:
        """The options; those for completion come with the option parser, in English only."""
        params = super().get_params(ctx)
        for param in params:
            if not isinstance(param, TyperOption):
                continue
            if param.name == "install_completion":
                param.help = say("为当前的命令行环境安装 Tab 补全", "install completion with Tab for the current shell")
            elif param.name == "show_completion":
                param.help = say("显示补全脚本，可自行安装", "show the completion script, to install it by hand")
        return params


def rule_ids(incomplete: str) -> Offers:
    """The rules whose id begins so."""
    return [(rule, title) for rule, title in _rules() if rule.startswith(incomplete)]


def rule_names(incomplete: str) -> Offers:
    """The ids and groups that may follow in a list separated by commas."""
    before, comma, last = incomplete.rpartition(",")
    groups = dict.fromkeys(rule.group for rule in _rule_set().rules)
    words = [*_rules(), *((group, say("规则组", "a group")) for group in groups), ("all", say("全部", "all"))]
    return [(f"{before}{comma}{word}", title) for word, title in words if word.startswith(last)]


def format_names(incomplete: str) -> Offers:
    """The formats of `check`."""
    return [
        (format.name, format.about.in_language(LANGUAGE))
        for format in FORMATS.values()
        if format.name.startswith(incomplete)
    ]


def _rules() -> Offers:
    return [(rule.id, rule.title.in_language(LANGUAGE)) for rule in _rule_set().rules]


def _rule_set() -> RuleSet:
    from gip_lint.linter import Settings, load

    try:
        directories = find_config(".").rules
    except GipLintError:  # no place to complain: the shipped rules are offered
        directories = ()
    return load(Settings(rules=directories))
