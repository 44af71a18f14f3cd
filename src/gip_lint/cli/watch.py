"""`gip-lint check --watch`: audits again whenever a report, a rule or the configuration changes, until interrupted."""

from __future__ import annotations

import fnmatch
import glob
import os
import sys
from collections.abc import Callable, Sequence

from gip_lint.cli.check import check
from gip_lint.cli.outputs import read_outputs
from gip_lint.cli.settled import Options, settled
from gip_lint.cli.terminal import report_problem, write
from gip_lint.config import OWN_FILE, SHARED_FILE
from gip_lint.errors import GipLintError, UsageError
from gip_lint.finding import Words
from gip_lint.readers import readable_suffixes
from gip_lint.sources import ARCHIVE_SUFFIX, STANDARD_INPUT

_CLEAR = "\x1b[2J\x1b[H"
_RULES = (".yaml", ".yml")
_SIDECAR = f".{OWN_FILE}"  # exceptions beside a report: 年报.docx.gip-lint.toml
_SHOWN = 3


def watch(options: Options, language: str) -> int:
    """Check, and check again after every change; the exit code is that of the last check.

    Raises `UsageError` for what cannot be watched.
    """
    if STANDARD_INPUT in options.paths:
        raise UsageError("--watch 不能用于标准输入", "--watch cannot be used on standard input")
    import watchfiles

    # Files that the check itself writes: a change of theirs is none.
    outputs = read_outputs(options.formats, options.output, options.paths)
    written = {os.path.abspath(output.file) for output in outputs if output.file is not None}
    given = settled(options)
    rules = [os.path.abspath(folder) for folder in given.settings.rules]
    files = (*options.paths, given.config.path, given.settings.baseline)
    named = {os.path.abspath(path) for path in files if path is not None and not os.path.isdir(path)}
    folders = [os.path.abspath(path) for path in options.paths if os.path.isdir(path)]
    relevant = _relevance(named, folders, rules, written)
    roots = {*folders, *rules, *(_existing_folder(path) for path in named), os.getcwd()}
    code = _check(options, language)
    _say_waiting(language)
    try:
        for changes in watchfiles.watch(*sorted(roots), watch_filter=lambda _, path: relevant(path)):
            if sys.stdout.isatty():
                write([_CLEAR])
            _say_changed(sorted({os.path.relpath(path) for _, path in changes}), language)
            code = _check(options, language)
            _say_waiting(language)
    except KeyboardInterrupt:
        write(["\n"])  # the way to end it
    return code


def _check(options: Options, language: str) -> int:
    """One check. A slip in the configuration does not end the watch: mending it is the next change."""
    try:
        code = check(options)
    except GipLintError as error:
        report_problem(Words(error.zh, error.en), language)
        code = 2
    sys.stdout.flush()
    return code


def _existing_folder(path: str) -> str:
    """The nearest folder above a file or glob that exists: editors replace files, so that a file itself is no safe anchor."""
    folder = path
    while glob.has_magic(folder) or not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _relevance(
    named: set[str], folders: Sequence[str], rules: Sequence[str], outputs: set[str]
) -> Callable[[str], bool]:
    """Whether a changed file can change the result."""
    suffixes = (*readable_suffixes(), ARCHIVE_SUFFIX)
    patterns = [path for path in named if glob.has_magic(path)]

    def within(path: str, roots: Sequence[str]) -> bool:
        return any(path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)

    def relevant(path: str) -> bool:
        if path in outputs:
            return False
        if os.path.basename(path) in (OWN_FILE, SHARED_FILE) or path in named:
            return True
        if within(path, rules):
            return path.endswith(_RULES)
        report = path.removesuffix(_SIDECAR)
        if report in named or any(fnmatch.fnmatch(report, pattern) for pattern in patterns):
            return True
        return within(path, folders) and report.lower().endswith(suffixes)

    return relevant


def _say_changed(paths: Sequence[str], language: str) -> None:
    shown = "、".join(paths[:_SHOWN]) + (" …" if len(paths) > _SHOWN else "")
    write([f"\nchanged: {shown}\n\n" if language == "en" else f"\n有改动：{shown}\n\n"])


def _say_waiting(language: str) -> None:
    write(["waiting for changes; Ctrl+C ends\n" if language == "en" else "等待改动；按 Ctrl+C 结束\n"])
    sys.stdout.flush()
