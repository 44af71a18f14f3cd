"""What `--format` and `--output` ask for: read before the run, written after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from gip_lint.cli.terminal import append, save, write, write_bytes, write_lines
from gip_lint.errors import UsageError
from gip_lint.finding import Words
from gip_lint.reporters import FORMATS, Content, Format, Request
from gip_lint.reporters.lines import Line, plain_line

_SCREEN = "-"
_ROOT_VARIABLES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")  # a checkout there may lack .git


class Output(NamedTuple):
    """One report to write: its format, and the file; None is standard output."""

    format: Format
    file: str | None = None


def read_outputs(given: Sequence[str], output: str | None, paths: Sequence[str] = ()) -> tuple[Output, ...]:
    """What `--format NAME[=FILE]`, as often as it was given, and `--output FILE` mean; `paths` are those to check.

    Raises `UsageError` for a format that does not exist, for two that would be mixed up on standard output or in a file,
    for bytes on a terminal, and for a file that is itself to be checked.
    """
    outputs = [_output(text) for text in given or ["text"]]
    if output is not None:
        if len(outputs) > 1 or outputs[0].file is not None:
            raise UsageError(
                "--output 只用于一种格式；多种格式请写 --format 格式=文件",
                "--output goes with a single format; for several write --format NAME=FILE",
            )
        outputs = [outputs[0]._replace(file=None if output == _SCREEN else output)]
    _refuse_mixture(outputs)
    for one in outputs:
        if one.file is None:
            _refuse_terminal(one.format)
        else:
            _refuse_source(one.file, paths)
    return tuple(outputs)


def write_outputs(outputs: Iterable[Output], request: Request) -> list[Words]:
    """Write every report; those that cannot be written are returned as problems and do not keep the others back."""
    problems: list[Words] = []
    for output in outputs:
        try:
            _write(output, request)
        except UsageError as error:
            problems.append(Words(error.zh, error.en))
    return problems


def repository_root() -> str:
    """The folder above this one that holds a repository, as CI names it or `.git` shows it; else this one."""
    here = folder = os.getcwd()
    named = [os.environ[name] for name in _ROOT_VARIABLES if os.environ.get(name)]
    while True:
        if os.path.exists(os.path.join(folder, ".git")) or any(
            os.path.isdir(name) and os.path.samefile(name, folder) for name in named
        ):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return here
        folder = parent


def _write(output: Output, request: Request) -> None:
    report = output.format.report(request)
    if isinstance(report, bytes):
        if output.file is None:
            write_bytes(report)
        else:
            save(output.file, report)
    elif output.format.content is Content.LINES:
        lines = cast("Iterable[Line]", report)
        if output.file is None:
            write_lines(lines)
        else:
            save(output.file, map(plain_line, lines))
    elif output.file is None:
        write(cast("Iterable[str]", report))
    else:
        save(output.file, cast("Iterable[str]", report))
    summary = os.environ.get(output.format.summary_variable) if output.format.summary_variable else None
    if summary:
        append(summary, output.format.summary(request))


def _output(text: str) -> Output:
    name, joined, file = text.partition("=")
    if name not in FORMATS:
        import difflib

        near = difflib.get_close_matches(name, FORMATS, 1)
        raise UsageError(
            f"没有格式 {name}，可用 {'、'.join(FORMATS)}" + (f"；是否指 {near[0]}？" if near else ""),
            f"no format {name}; there are {', '.join(FORMATS)}" + (f"; did you mean {near[0]}?" if near else ""),
        )
    if joined and not file:
        raise UsageError(f"--format {text} 没有写文件名", f"--format {text} names no file")
    return Output(FORMATS[name], file if joined and file != _SCREEN else None)


def _refuse_mixture(outputs: Sequence[Output]) -> None:
    screen = [output.format.name for output in outputs if output.file is None]
    if len(screen) > 1:
        raise UsageError(
            f"{'、'.join(screen)} 都要写屏幕，只能有一种；其余写作 --format {screen[-1]}=文件",
            f"only one of {', '.join(screen)} can go to the screen; write --format {screen[-1]}=FILE",
        )
    files = [os.path.abspath(output.file) for output in outputs if output.file is not None]
    twice = next((file for file in files if files.count(file) > 1), None)
    if twice is not None:
        raise UsageError(f"两种格式写同一个文件：{twice}", f"two formats for the same file: {twice}")


def _refuse_terminal(format: Format) -> None:
    if format.content is Content.BYTES and sys.stdout.isatty():
        raise UsageError(
            f"{format.name} 不能在屏幕上显示，请写 --format {format.name}=文件.{format.name}",
            f"{format.name} cannot be shown on a screen; write --format {format.name}=FILE.{format.name}",
        )


def _refuse_source(file: str, paths: Sequence[str]) -> None:
    if os.path.isfile(file) and any(os.path.isfile(path) and os.path.samefile(path, file) for path in paths):
        raise UsageError(
            f"{file} 是要审核的文件，不能用来写结果", f"{file} is to be checked; it cannot take the result"
        )
