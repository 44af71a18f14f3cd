"""The check itself: options and configuration → run → report → exit code. The one path, whoever calls it."""

from __future__ import annotations

import os
from typing import NamedTuple

from gip_lint.cli.outputs import read_outputs, repository_root, write_outputs
from gip_lint.cli.progress import ProgressBar
from gip_lint.cli.terminal import (
    UNREADABLE,
    USAGE,
    columns,
    environment_language,
    report_problem,
)
from gip_lint.config import Config, find_config
from gip_lint.errors import ConfigError, UsageError
from gip_lint.finding import Run, Severity, Words
from gip_lint.linter import Settings, lint, load
from gip_lint.reporters import FORMATS, Request

NEVER = "never"


class Options(NamedTuple):
    """What the command line asks for; `None` and empty leave the word to the configuration."""

    paths: tuple[str, ...]
    formats: tuple[str, ...] = ()
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    edition: str | None = None
    fail_on: str | None = None
    fail_on_unchecked: bool = False
    exit_zero: bool = False
    language: str | None = None
    statistics: bool = False
    jobs: int = 1
    skip_others: bool = False


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
    problems: list[Words] = []
    try:
        config = find_config(os.getcwd())
        _refuse_unknown_rules(config)
    except ConfigError as error:
        config = Config()
        problems.append(
            Words(f"{error.zh}（本次未使用此配置）", f"{error.en} (this run did without the configuration)")
        )
    language = options.language or config.language or environment_language()
    settings = Settings(
        select=options.select or config.select,
        ignore=(*config.ignore, *options.ignore),
        rules=(*config.rules, *options.rules),
        edition=options.edition or config.edition,
        severities=config.severities,
        jobs=options.jobs or os.cpu_count() or 1,
        skip_others=options.skip_others,
    )
    with ProgressBar(language) as progress:
        run = lint(options.paths, settings, progress)
    run = run._replace(problems=(*problems, *run.problems))
    fail_on = options.fail_on or config.fail_on or Severity.ERROR.value
    code = exit_code(
        run,
        NEVER if options.exit_zero else fail_on,
        not options.exit_zero and (options.fail_on_unchecked or config.fail_on_unchecked),
        may_be_empty=options.skip_others,
    )
    request = Request(run, language, columns(), code, repository_root(), options.statistics, fail_on)
    unwritten = write_outputs(outputs, request)
    if not run.audits and not run.problems and code:
        problems_of_nothing = Words(
            "没有审核任何报告：所给路径下没有年度报告", "nothing was checked: no annual report was found"
        )
        report_problem(problems_of_nothing, language)
    for problem in (*run.problems, *unwritten):
        report_problem(problem, language)
    return USAGE if unwritten else code


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


def _refuse_unknown_rules(config: Config) -> None:
    """A name in the configuration that no rule bears would silently do nothing."""
    if not (config.select or config.ignore or config.severities):
        return
    rules = load(Settings(rules=config.rules)).rules
    ids = {rule.id for rule in rules}
    names = ids | {rule.group for rule in rules} | {"all"}
    given = [
        *(("select", name, names) for name in config.select),
        *((f"ignore.{name}", name, names) for name in config.ignore),
        *((f"rules.{name}", name, ids) for name in config.severities),
    ]
    for key, name, known in given:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, sorted(known), 1)
            raise ConfigError(
                f"{config.path}：{key}：没有叫 {name} 的规则" + (f"；是否指 {near[0]}？" if near else ""),
                f"{config.path}: {key}: no rule is called {name}" + (f"; did you mean {near[0]}?" if near else ""),
            )
