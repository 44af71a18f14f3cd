"""What is known of the terminal (language, width, colour) and the only place that writes to it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from gip_lint.errors import GipLintError, UnreadableFile, UsageError
from gip_lint.finding import Words
from gip_lint.reporters.lines import Line, plain_line

if TYPE_CHECKING:
    from types import TracebackType

    from rich.text import Text

USAGE = 2
UNREADABLE = 3
_WIDTHS = (40, 120)  # a report is hard to read in longer lines, however wide the window
_PIPED_WIDTH = 80
_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "good": "bold green",
    "heading": "bold",
    "label": "bold",
    "path": "bold blue",
    "place": "dim",
    "dim": "dim",
}


def environment_language() -> str:
    """Chinese unless the locale is an English one."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for on a command line that may not be valid; needed to say what is wrong with it."""
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return environment_language()


def columns() -> int:
    """The width to write for: the terminal's, `COLUMNS`, or 80 when piped."""
    least, most = _WIDTHS
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return min(max(int(given), least), most)
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        width = 0
    return min(max(width or _PIPED_WIDTH, least), most)  # some terminals do not know how wide they are


class _StandardOutput:
    """A context in which standard output is written; a full disk behind it becomes a `UsageError`."""

    def __enter__(self) -> TextIO:
        _prepare(sys.stdout)
        return sys.stdout

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            try:
                sys.stdout.flush()
            except OSError as failed:
                error = failed
        if isinstance(error, OSError):
            abandon_output()
            if not isinstance(error, BrokenPipeError):
                raise UsageError(
                    f"无法写入标准输出：{error.strerror}", f"cannot write standard output: {error.strerror}"
                ) from error
            raise error


def abandon_output() -> None:
    """Let go of a standard output that takes nothing any more: Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(pieces: Iterable[str]) -> None:
    """Write text to standard output, in UTF-8 unless a terminal wants it otherwise. Raises `UsageError`."""
    with _StandardOutput() as out:
        out.writelines(pieces)


def write_lines(lines: Iterable[Line]) -> None:
    """Write styled lines to standard output, in colour when that is a terminal and `NO_COLOR` is not set.

    Raises `UsageError`.
    """
    with _StandardOutput() as out:
        if not _wants_colour(out):
            out.writelines(map(plain_line, lines))
            return
        from rich.console import Console

        console = Console(file=out, highlight=False)
        for text in styled(lines):
            console.print(text, soft_wrap=True)


def styled(lines: Iterable[Line]) -> Iterator[Text]:
    """The lines as texts that rich can print."""
    from rich.text import Text

    for line in lines:
        yield Text.assemble(*((span.text, _STYLES.get(span.style, "")) for span in line))


def write_bytes(data: bytes) -> None:
    """Write to standard output what is no text. Raises `UsageError`."""
    with _StandardOutput() as out:
        out.flush()
        out.buffer.write(data)


def save(path: str, content: Iterable[str] | bytes, encoding: str = "utf-8") -> None:
    """Write a report to a file. Raises `UsageError` when that cannot be."""
    try:
        if isinstance(content, bytes):
            with open(path, "wb") as binary:
                binary.write(content)
        else:
            with open(path, "w", encoding=encoding, errors="backslashreplace", newline="\n") as file:
                file.writelines(content)
    except OSError as error:
        raise _not_written(path, error) from error


def append(path: str, text: str) -> None:
    """Add text to the end of a file. Raises `UsageError` when that cannot be."""
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: str, error: OSError) -> UsageError:
    return UsageError(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")


def report_error(error: GipLintError, arguments: Sequence[str]) -> None:
    """Say on standard error what was wrong."""
    report_problem(Words(error.zh, error.en), language_of(arguments))


def report_problem(problem: Words, language: str) -> None:
    """One problem on standard error, in the language of the run."""
    _report("错误：", "error: ", problem, language)


def report_notice(notice: Words, language: str) -> None:
    """Something worth knowing that is no problem, on standard error."""
    _report("注意：", "note: ", notice, language)


def _report(zh: str, en: str, words: Words, language: str) -> None:
    sys.stdout.flush()
    _prepare(sys.stderr)
    sys.stderr.write((en if language == "en" else zh) + words.in_language(language) + "\n")


def exit_code_of(error: GipLintError) -> int:
    """3 for what cannot be read, 2 for every other fault of gip-lint's own input."""
    return UNREADABLE if isinstance(error, UnreadableFile) else USAGE


def _wants_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _prepare(stream: TextIO) -> None:
    """A file name or a console that knows fewer characters must not end the run."""
    if isinstance(stream, io.TextIOWrapper) and stream.errors != "backslashreplace":
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
