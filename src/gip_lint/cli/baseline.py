"""The commands that keep a baseline: create, update, prune and show. Each returns its exit code."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import groupby

from gip_lint.baseline import FILE, Change, change, known_finding, read_baseline, write_baseline
from gip_lint.cli.progress import ProgressBar
from gip_lint.cli.settled import Options, Settled, settled
from gip_lint.cli.terminal import UNREADABLE, USAGE, columns, report_notice, report_problem, write_lines
from gip_lint.config import find_config
from gip_lint.errors import ConfigError, UsageError
from gip_lint.finding import Audit, Finding, KnownFinding, Run, Words
from gip_lint.linter import lint
from gip_lint.reporters import wording
from gip_lint.reporters.lines import Line, Span, line, wrap


def create(options: Options) -> int:
    """Write a new baseline of everything found. Raises `UsageError` when there is one already."""
    plan = _plan(options)
    path = _file(options.baseline, plan.config.baseline)
    if os.path.exists(path):
        raise UsageError(
            f"基线文件已存在，未改动：{path}；用 gip-lint baseline update 更新",
            f"the baseline exists and was left alone: {path}; use gip-lint baseline update",
        )
    run = _run(options, plan)
    if run is None:
        return USAGE
    made = change((), run)
    code = _unreadable(run)
    if not any(audit.checked for audit in run.audits):
        return UNREADABLE
    findings = {item[1].fingerprint: known_finding(*item) for item in made.new}.values()
    write_baseline(path, findings)
    english = plan.language == "en"
    reports = len({(finding.issuer, finding.year) for finding in findings})
    told = [
        f"wrote {path}: {len(findings)} finding(s) in {reports} report(s)"
        if english
        else f"已写入 {path}：{reports} 份报告的 {len(findings)} 个问题",
        *_nameless(made, plan.language),
    ]
    if plan.config.baseline is None:
        told.append(
            f'use it: gip-lint check --baseline {path} PATH …, or baseline = "{path}" in gip-lint.toml'
            if english
            else f'使用：gip-lint check --baseline {path} 报告…，或在 gip-lint.toml 中写 baseline = "{path}"'
        )
    write_lines([line(text) for text in told])
    return code


def update(options: Options, *, accept_new: bool, drop_unseen: bool) -> int:
    """Take out what is gone, and put in what is new if told to: otherwise 1 when there is something new."""
    plan = _plan(options)
    path = _file(options.baseline, plan.config.baseline)
    baseline = read_baseline(path)
    run = _run(options, plan)
    if run is None:
        return USAGE
    made = change(baseline, run)
    kept = _kept(made, drop_unseen)
    added = [known_finding(*item) for item in made.new] if accept_new else []
    write_baseline(path, [*kept, *added])
    english = plan.language == "en"
    told = _told(path, made, drop_unseen, plan.language)
    count = len(made.new)
    if accept_new:
        told.append(f"  new, put in: {count}" if english else f"  新问题，已记入：{count}")
    elif count:
        told.append(
            f"  new, not put in: {count} (--accept-new does)"
            if english
            else f"  新问题，未记入：{count}（确认暂缓的，加 --accept-new）"
        )
    lines = [line(text) for text in [*told, *_nameless(made, plan.language)]]
    write_lines([*lines, *_listed(made.new, plan.language)])
    return _unreadable(run) or int(not accept_new and bool(made.new))


def prune(options: Options, *, drop_unseen: bool) -> int:
    """Take out what is gone; what is new is left to `check` and `update`."""
    plan = _plan(options)
    path = _file(options.baseline, plan.config.baseline)
    baseline = read_baseline(path)
    run = _run(options, plan)
    if run is None:
        return USAGE
    made = change(baseline, run)
    write_baseline(path, _kept(made, drop_unseen))
    write_lines([line(text) for text in _told(path, made, drop_unseen, plan.language)])
    return _unreadable(run)


def show(file: str | None, language: str) -> int:
    """List a baseline report by report."""
    path = _file(file, None if file else find_config(os.getcwd()).baseline)
    baseline = sorted(read_baseline(path), key=lambda f: (f.issuer, f.year, f.rule, f.address))
    english = language == "en"
    reports = {(finding.issuer, finding.year) for finding in baseline}
    head = (
        f"{path}: {len(baseline)} finding(s) in {len(reports)} report(s)"
        if english
        else f"{path}：{len(reports)} 份报告，{len(baseline)} 个问题"
    )
    lines: list[Line] = [line(Span(head, "heading"))]
    longest = max((len(finding.rule) for finding in baseline), default=0)
    for (issuer, year), group in groupby(baseline, key=lambda f: (f.issuer, f.year)):
        lines += [(), line(Span(f"{issuer} · {year}{'' if english else ' 年'}", "heading"))]
        for finding in group:
            lines += wrap(
                [" ".join([finding.address, *_figures(finding)])],
                columns(),
                line("  ", Span(finding.rule.ljust(longest), "dim"), "  "),
            )
    write_lines(lines)
    return 0


def _figures(finding: KnownFinding) -> list[str]:
    return [f"{name}={value}" for name, value in finding.figures.items()]


def _plan(options: Options) -> Settled:
    """Raises `ConfigError`: other rules than those configured would make a baseline of other findings."""
    plan = settled(options)
    for problem in plan.problems:
        raise ConfigError(problem.zh, problem.en)
    return plan


def _file(asked: str | None, configured: str | None) -> str:
    return asked or configured or FILE


def _run(options: Options, plan: Settled) -> Run | None:
    """The run without any baseline; None, with everything said, when a problem would falsify it."""
    with ProgressBar(plan.language) as progress:
        run = lint(options.paths, plan.settings._replace(baseline=None), progress)
    for notice in (*plan.notices, *run.notices):
        report_notice(notice, plan.language)
    for problem in run.problems:
        report_problem(problem, plan.language)
    if run.problems:
        untouched = Words("基线未改动", "the baseline was left alone")
        report_problem(untouched, plan.language)
        return None
    for audit in run.audits:
        if not audit.checked:
            words = Words(f"{audit.path}：没有审核", f"{audit.path}: not audited")
            report_problem(words, plan.language)
    if not run.audits:
        report_problem(
            Words("没有审核任何报告：所给路径下没有年度报告", "nothing was checked: no annual report was found"),
            plan.language,
        )
    return run


def _unreadable(run: Run) -> int:
    unread = not all(audit.readable for audit in run.audits) or not any(audit.checked for audit in run.audits)
    return UNREADABLE if unread else 0


def _kept(made: Change, drop_unseen: bool) -> list[KnownFinding]:
    return [*made.kept, *(() if drop_unseen else made.unseen)]


def _told(path: str, made: Change, drop_unseen: bool, language: str) -> list[str]:
    if language == "en":
        told = [f"{path}:", f"  still there: {len(made.kept)}", f"  gone, taken out: {len(made.gone)}"]
        unseen = "taken out" if drop_unseen else "left in"
        return told + ([f"  not looked at now, {unseen}: {len(made.unseen)}"] if made.unseen else [])
    told = [f"{path}：", f"  仍存在：{len(made.kept)}", f"  已不存在，已删去：{len(made.gone)}"]
    unseen = "已删去" if drop_unseen else "保留"
    return told + ([f"  本次未核对，{unseen}：{len(made.unseen)}"] if made.unseen else [])


def _nameless(made: Change, language: str) -> list[str]:
    paths = list(dict.fromkeys(audit.path for audit, _ in made.nameless))
    if not paths:
        return []
    count = len(made.nameless)
    if language == "en":
        return [f"not put in: {count} in reports without a recognised issuer or year: {', '.join(paths)}"]
    return [f"未记入：{count} 个，其报告认不出机关名称或年份：{'、'.join(paths)}"]


def _listed(found: Sequence[tuple[Audit, Finding]], language: str) -> Iterable[Line]:
    for audit, finding in found:
        label = wording.SEVERITIES[finding.severity].in_language(language)
        head = f"{audit.path}  {finding.rule}  {finding.address}"
        yield from wrap(
            [Span(f"{label}  ", finding.severity.value), f"{head}  {finding.message.in_language(language)}"],
            columns(),
            line("    "),
        )
