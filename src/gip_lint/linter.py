"""The whole run on one screen: paths → files → documents → annual reports → audits."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.builtin_rules import RuleSet, load_rules
from gip_lint.day import today
from gip_lint.document import Document
from gip_lint.document_cache import DocumentCache
from gip_lint.engine import NOT_A_REPORT, audit, audit_unreadable, unreadable
from gip_lint.errors import ConfigError, UnreadableFile, UsageError
from gip_lint.finding import Audit, Run, Severity, Skipped, Words
from gip_lint.readers import read_document
from gip_lint.readers.comment import may_have_comments
from gip_lint.recognition import Recogniser
from gip_lint.rule import Rule
from gip_lint.sources import STANDARD_INPUT, Source, SourceReader, find_member, find_sources

if TYPE_CHECKING:
    from gip_lint.exemption import Exemption
    from gip_lint.recognition.itemisations import Itemisation
    from gip_lint.recognition.statement_reader import Statement
    from gip_lint.recognition.statement_words import StatementWords


LONGEST_REPORT = 200_000  # characters, blanks included; ten times the longest of the published ones at hand


class Settings(NamedTuple):
    """What to check and how.

    `rules` are directories of an office's own rule files; `tables` keeps every report's official tables for a format
    that draws them; `skip_others` treats a named file that is no annual report like one met in a folder: skipped and
    counted, no finding. `exemptions` are the exceptions of the configuration; those of a single report are found with
    it. `today` is the day by which they expire, 2027-03-31. `baseline` is the file of the findings that do not count
    because they are known. `cache`: what slow readers made is kept for the next run.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    edition: str | None = None
    severities: Mapping[str, Severity] = MappingProxyType({})
    jobs: int = 1
    tables: bool = False
    skip_others: bool = False
    exemptions: tuple[Exemption, ...] = ()
    today: str = ""
    baseline: str | None = None
    cache: bool = True


def load(settings: Settings) -> RuleSet:
    """The forms and all rules, selected or not."""
    return load_rules(settings.rules)


def lint(paths: Sequence[str], settings: Settings, progress: Callable[[int, int], None] | None = None) -> Run:
    """Audit files, folders, globs and `-`.

    A path that does not exist becomes a problem of the run, as does a rule that did not load: the rest is still done.
    Raises `UsageError` for an unknown rule or edition and `RuleError` when the forms cannot be read.
    """
    rule_set = load(settings)
    rules = select_rules(rule_set.rules, settings)
    unknown = unknown_names_ignored(rule_set.rules, settings.ignore)
    if settings.edition is not None and settings.edition not in rule_set.forms:
        known = "、".join(rule_set.forms)
        raise UsageError(
            f"没有 {settings.edition} 版表式，可用：{known}", f"no edition {settings.edition}; known: {known}"
        )
    sources, problems = find_sources(paths)
    settings = settings._replace(today=settings.today or today())
    worker = _Worker(rules, rule_set, settings)
    audits: list[Audit] = []
    skipped: list[Skipped] = []
    for done, result in enumerate(_results(worker, sources, settings.jobs), 1):
        if isinstance(result, Skipped):
            skipped.append(result)
        else:
            audits.append(result)
        if progress is not None:
            progress(done, len(sources))
    notices = [notice for audit in audits for notice in audit.notices]
    if settings.exemptions:
        from gip_lint.exemption import unknown_names, unused

        notices += unknown_names(settings.exemptions, rule_names(rule_set.rules))
        folders = [path for path in paths if os.path.isdir(path)]
        notices += unused(settings.exemptions, audits, rules, folders, settings.today)
    problems += [problem for audit in audits for problem in audit.problems]
    run = Run(tuple(audits), tuple(skipped), (*rule_set.problems, *problems), rules, (*unknown, *notices))
    return run if settings.baseline is None else _with_baseline(run, settings.baseline)


def _with_baseline(run: Run, path: str) -> Run:
    from gip_lint.baseline import read_baseline, with_baseline

    try:
        return with_baseline(run, read_baseline(path), path)
    except ConfigError as error:
        return run._replace(problems=(*run.problems, Words(error.zh, error.en)))


def recognise_file(path: str, settings: Settings) -> AnnualReport:
    """One file as recognised, for `gip-lint show`. Raises `UnreadableFile` or `UsageError`."""
    rule_set = load(settings)
    source = Source(path) if path == STANDARD_INPUT or os.path.isfile(path) else find_member(path)
    if source is None:
        raise UsageError(f"没有这个文件：{path}", f"no such file: {path}")
    document = read_document(SourceReader()(source), path)
    return Recogniser(rule_set.forms).recognise(document, settings.edition)


class Said(NamedTuple):
    """What the prose of one report says: its statements and its lists of items, and how the topics are called."""

    statements: tuple[Statement, ...]
    itemisations: tuple[Itemisation, ...]
    words: StatementWords


def what_is_said(report: AnnualReport, settings: Settings) -> Said:
    """The statements of a report's prose, for `gip-lint show`, in reading order."""
    from gip_lint.recognition.itemisations import itemisations
    from gip_lint.recognition.statements import statements

    rule_set = load(settings)
    said = sorted(statements(report, rule_set.statement_words), key=lambda one: one.place)
    return Said(tuple(said), tuple(itemisations(report, rule_set.item_words)), rule_set.statement_words)


def select_rules(rules: Sequence[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that `select` names and `ignore` does not; by id, group or `all`.

    Raises `UsageError` for a name in `select` that no rule bears, which would check less than was meant.
    """
    names = rule_names(rules)
    for name in (*settings.select, *settings.severities):
        if name not in names:
            import difflib

            near = difflib.get_close_matches(name, names, 1)
            raise UsageError(
                f"没有叫 {name} 的规则或规则组" + (f"，是否指 {near[0]}？" if near else ""),
                f"no rule or group is called {name}" + (f"; did you mean {near[0]}?" if near else ""),
            )
    chosen = frozenset(settings.select) or frozenset(["all"])
    ignored = frozenset(settings.ignore)
    return tuple(
        rule for rule in rules if {rule.id, rule.group, "all"} & chosen and not {rule.id, rule.group, "all"} & ignored
    )


def rule_names(rules: Sequence[Rule]) -> frozenset[str]:
    """All words by which rules can be selected: ids, groups and `all`."""
    return frozenset(rule.id for rule in rules) | {rule.group for rule in rules} | {"all"}


def unknown_names_ignored(rules: Sequence[Rule], ignore: Sequence[str], source: str = "--ignore") -> list[Words]:
    """What is to be said of names to be ignored that no rule bears: too little ignored shows, so it is no error."""
    known = rule_names(rules)
    unknown = [name for name in ignore if name not in known]
    if not unknown:
        return []
    from gip_lint.exemption import unknown_rule

    return [unknown_rule(name, known, source) for name in unknown]


def with_exceptions(
    audit: Audit, data: bytes, known: Collection[str], rules: Sequence[Rule], settings: Settings
) -> Audit:
    """The audit of a file, whose bytes are `data`, with the findings marked that an exception covers.

    `known` are all words by which rules can be selected, `rules` those that were applied.
    """
    beside = may_have_comments(data) or os.path.isfile(f"{audit.path}.gip-lint.toml")
    if not beside and not settings.exemptions:
        return audit
    from gip_lint.exemption import exempted, unknown_names, unused

    day = settings.today or today()
    if not beside:
        return exempted(audit, settings.exemptions, day)
    from gip_lint.exceptions_beside import exceptions_beside

    own, problems = exceptions_beside(audit.path, data)
    audit = exempted(audit, (*own, *settings.exemptions), day)
    notices = (*unknown_names(own, known), *unused(own, [audit], rules, [], day))
    return audit._replace(problems=problems, notices=notices)


class _Worker:
    """Audits one file after another with the same rules."""

    def __init__(self, rules: Sequence[Rule], rule_set: RuleSet, settings: Settings) -> None:
        self.rules = rules
        self.known = rule_names(rule_set.rules)
        self.recogniser = Recogniser(rule_set.forms)
        self.settings = settings
        self.read = SourceReader()
        self.document = DocumentCache().read if settings.cache else read_document

    def __call__(self, source: Source) -> Audit | Skipped:
        path = source.path
        data = b""
        try:
            data = self.read(source)
            result = self._audit(path, self.document(data, path), named=source.named)
        except UnreadableFile as error:
            result = audit_unreadable(path, unreadable(error), self.rules, self.settings.severities)
        return (
            result
            if isinstance(result, Skipped)
            else with_exceptions(result, data, self.known, self.rules, self.settings)
        )

    def _audit(self, path: str, document: Document, *, named: bool) -> Audit | Skipped:
        severities = self.settings.severities
        report = self.recogniser.recognise(document, self.settings.edition)
        if not report.recognisable:
            if not named or self.settings.skip_others:
                return Skipped(path, Words("不是政府信息公开工作年度报告", "not an annual report"))
            return audit_unreadable(path, NOT_A_REPORT, self.rules, severities)
        if sum(map(len, document.lines)) > LONGEST_REPORT:
            raise UnreadableFile(
                f"超过 {LONGEST_REPORT:,} 字，不是一份年度报告，未审核",
                f"more than {LONGEST_REPORT:,} characters, not one annual report; not audited",
            )
        return audit(path, report, self.rules, severities, self.settings.tables)


def _results(worker: _Worker, sources: Sequence[Source], jobs: int) -> Iterator[Audit | Skipped]:
    if jobs <= 1 or len(sources) < 2 * jobs:
        yield from map(worker, sources)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(worker.rules, worker.settings)) as pool:
        yield from pool.map(_audit_in_process, sources, chunksize=max(1, min(32, len(sources) // (jobs * 4))))


_worker: _Worker | None = None


def _start(rules: Sequence[Rule], settings: Settings) -> None:
    global _worker
    _worker = _Worker(rules, load(settings), settings)


def _audit_in_process(source: Source) -> Audit | Skipped:
    assert _worker is not None  # set by the pool's initializer
    return _worker(source)
