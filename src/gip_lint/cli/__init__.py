"""argv → run → print → exit code.

Nothing is imported here that a plain `gip-lint report.txt` can do without: an option parser alone would double its time.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

OTHER_COMMANDS = ("show", "compare", "fix", "rules", "explain", "init", "schema", "baseline")
COMMANDS = ("check", *OTHER_COMMANDS)
INTERRUPTED = 130  # like every program that a signal ended: 128 and its number
BROKEN_PIPE = 141
INTERNAL_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    # Almost nothing here is cyclic: looking for cycles as often as Python does by default takes a tenth of a run.
    gc.set_threshold(100_000, 50, 50)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read us has seen enough (`| head`).
        from gip_lint.cli.terminal import abandon_output

        abandon_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        print("\n已中断 / interrupted", file=sys.stderr)
        return INTERRUPTED
    except Exception:
        # Python itself would exit with 1, which says that there are findings.
        import traceback

        traceback.print_exc()
        print("gip-lint 内部错误，结果不完整 / internal error of gip-lint, the result is incomplete", file=sys.stderr)
        return INTERNAL_ERROR


def _run(arguments: list[str]) -> int:
    from gip_lint.errors import GipLintError

    try:
        if arguments and arguments[0] not in OTHER_COMMANDS:
            _refuse_mistyped_command(arguments[0])
            from gip_lint.cli.plain_arguments import plain_options

            options = plain_options(arguments)
            if options is not None:
                from gip_lint.cli.check import check

                return check(options)
        from gip_lint.cli.app import run

        return run(arguments)
    except GipLintError as error:
        from gip_lint.cli.terminal import exit_code_of, report_error

        report_error(error, arguments)
        return exit_code_of(error)


def _refuse_mistyped_command(word: str) -> None:
    """`gip-lint chek report.txt`: a word that is no path and nearly a command."""
    if word in COMMANDS or not word.isalpha() or os.path.exists(word):
        return
    import difflib

    from gip_lint.errors import UsageError

    near = difflib.get_close_matches(word, COMMANDS, 1, 0.7)
    if near:
        raise UsageError(
            f"没有命令 {word}，也没有这个文件；是否指 {near[0]}？",
            f"no command or file {word}; did you mean {near[0]}?",
        )
