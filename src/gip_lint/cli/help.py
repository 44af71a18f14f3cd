"""The `--help` pages, laid out for Chinese as well as English: an option parser's own count a Han character as one column."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from gip_lint.cli.terminal import columns
from gip_lint.finding import Words
from gip_lint.reporters.lines import Line, Span, line, plain, wrap

_WORDS = {
    "usage": Words("用法：", "Usage: "),
    "options": Words("[选项]", "[OPTIONS]"),
    "command": Words("命令 …", "COMMAND …"),
    "arguments": Words("参数", "Arguments"),
    "option list": Words("选项", "Options"),
    "commands": Words("命令", "Commands"),
    "help": Words("显示这页说明", "show this page"),
}
_MOST_INDENT = 34
_GAP = 2


class HelpfulCommand(TyperCommand):
    """A command with our help page."""

    def get_help(self, ctx: Any) -> str:
        """The page as text."""
        return help_page(self, ctx.command_path, ctx.find_root().obj)


class HelpfulGroup(TyperGroup):
    """A group of commands with our help page."""

    def get_help(self, ctx: Any) -> str:
        """The page as text."""
        return help_page(self, ctx.command_path, ctx.find_root().obj)


def help_page(command: TyperCommand | TyperGroup, path: str, language: str) -> str:
    """Usage, description, arguments, options and commands of the command called by `path`."""

    def say(key: str) -> str:
        return _WORDS[key].in_language(language)

    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    options = [param for param in command.params if isinstance(param, TyperOption)]
    commands = [(name, sub) for name, sub in command.commands.items()] if isinstance(command, TyperGroup) else []
    usage = [path, say("options"), *(param.metavar or "" for param in arguments)]
    if commands:
        usage.append(say("command"))
    width = columns()
    lines = wrap([" ".join(usage)], width, line(Span(say("usage"), "heading")))
    for paragraph in (command.help or "").split("\n\n"):
        lines += [(), *wrap([paragraph], width)]
    sections: list[tuple[str, list[tuple[str, str]]]] = [
        (say("arguments"), [(param.metavar or "", param.help or "") for param in arguments]),
        (say("commands"), [(name, (sub.help or "").partition("\n")[0]) for name, sub in commands]),
        (say("option list"), [*((_names(param), param.help or "") for param in options), ("-h, --help", say("help"))]),
    ]
    indent = min(_MOST_INDENT, 2 + _GAP + max(cell_len(name) for _, entries in sections for name, _ in entries))
    for title, entries in sections:
        if entries:
            lines += [(), line(Span(title, "heading"))]
            for name, text in entries:
                lines += _entry(name, text, indent, width)
    return plain(lines).rstrip("\n")


def _names(param: TyperOption) -> str:
    short = next((name for name in param.opts if not name.startswith("--")), "")
    long = next(name for name in param.opts if name.startswith("--"))
    names = f"{short}, {long}" if short else f"    {long}"
    return names if param.is_flag else f"{names} {param.metavar}"


def _entry(name: str, text: str, indent: int, width: int) -> list[Line]:
    head = f"  {name}"
    if cell_len(head) + _GAP > indent:
        return [line(head), *wrap([text], width, (Span(" " * indent),))]
    return wrap([text], width, (Span(head + " " * (indent - cell_len(head))),))
