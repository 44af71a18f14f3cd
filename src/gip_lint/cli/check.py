"""The check itself: options and configuration → run → report → exit code. The one path, whoever calls it."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.cli.outputs import read_outputs, repository_root, write_outputs
from gip_lint.cli.progress import ProgressBar
from gip_lint.cli.settled import Options, settled
from gip_lint.cli.terminal import UNREADABLE, USAGE, columns, report_notice, report_problem, write_lines
from gip_lint.errors import UsageError
from gip_lint.finding import Run, Severity, Words
from gip_lint.kept_patterns import keep_patterns
from gip_lint.linter import lint
from gip_lint.reporters import FORMATS, Request

NEVER = "never"


def check(options: Options) -> int:
    """Audit, report, and say by the exit code how it went.

    A configuration that is not valid is a problem of the run (exit code 2), not the end of it: the officer gets her report.
    """
    outputs = read_outputs(options.formats, options.output, options.paths)
    if options.statistics and not any(output.format.statistics for output in outputs):
        able = [format.name for format in FORMATS.values() if format.statistics]
        raise UsageError(
            f"--statistics 只用于 --format {'、'.join(able)}", f"--statistics goes with --format {', '.join(able)} only"
        )
    plan = settled(options)
    language = plan.language
    if options.show_settings:
        from gip_lint.cli.settings_view import settings_view

        write_lines(settings_view(options, plan, language, columns()))
        return _reported(plan.problems, plan.notices, language)
    settings = plan.settings._replace(tables=any(output.format.tables for output in outputs))
    with ProgressBar(language) as progress:
        run = lint(options.paths, settings, progress)
    keep_patterns()
    run = run._replace(problems=(*plan.problems, *run.problems), notices=(*plan.notices, *run.notices))
    code = exit_code(
        run,
        NEVER if options.exit_zero else plan.fail_on,
        plan.fail_on_unchecked and not options.exit_zero,
        may_be_empty=options.skip_others,
    )
    request = Request(run, language, columns(), code, repository_root(), options.statistics, plan.fail_on)
    unwritten = write_outputs(outputs, request)
    if not run.audits and not run.problems and code:
        problems_of_nothing = Words(
            "没有审核任何报告：所给路径下没有年度报告", "nothing was checked: no annual report was found"
        )
        report_problem(problems_of_nothing, language)
    return _reported((*run.problems, *unwritten), run.notices, language) or code


def _reported(problems: Sequence[Words], notices: Sequence[Words], language: str) -> int:
    """The exit code that problems lead to, once they and the notices have been said."""
    for notice in notices:
        report_notice(notice, language)
    for problem in problems:
        report_problem(problem, language)
    return USAGE if problems else 0


def exit_code(run: Run, fail_on: str, fail_on_unchecked: bool, *, may_be_empty: bool = False) -> int:
    """0 clean, 1 findings, 2 a problem of gip-lint's own input, 3 something not read or nothing checked; 2 before 3 before 1.

    `may_be_empty`: nothing checked is no fault where every file was skipped. A hook hands over whatever changed.
    """
    if run.problems:
        return USAGE
    if may_be_empty and run.skipped and not run.audits:
        return 0
    if not any(audit.checked for audit in run.audits) or not all(audit.readable for audit in run.audits):
        return UNREADABLE
    if fail_on != NEVER and any(
        run.count(severity) for severity in Severity if severity.rank >= Severity(fail_on).rank
    ):
        return 1
    if fail_on_unchecked and any(audit.not_evaluated or audit.coverage.not_evaluated for audit in run.audits):
        return 1
    return 0
