"""The HTML page: one file that explains itself to whoever opens or prints it, with nothing to load from elsewhere."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from gip_lint import __version__
from gip_lint.finding import Audit, Coverage, Finding, Run, Severity
from gip_lint.reporters import Request, wording
from gip_lint.reporters.bars import charts
from gip_lint.reporters.drawn_table import DrawnTable, drawn_tables
from gip_lint.reporters.excerpt import drawn_pieces
from gip_lint.reporters.headings import headings
from gip_lint.reporters.lines import clean
from gip_lint.reporters.sheet import note, ordered, result, unit

_FOLDER = os.path.join(os.path.dirname(__file__), "page")


class PageFinding(NamedTuple):
    """A finding with its number in the report and what the page derives from it; the rest is asked of `finding`."""

    number: int
    anchor: str
    finding: Finding
    source: str
    excerpt: tuple[tuple[str, bool], ...]  # (text, whether it is at fault)
    suspect: str
    note: str


class PageGaps(NamedTuple):
    """What one rule left unevaluated for one cause."""

    rule: str
    cause: str
    number: int
    places: str


class PageEntry(NamedTuple):
    """One report in the table of contents and at the head of its part of the page."""

    anchor: str
    audit: Audit
    unit: str
    result: str
    counts: Mapping[Severity, int]


class PageReport(NamedTuple):
    """One report on the page."""

    entry: PageEntry
    findings: tuple[PageFinding, ...]
    tables: tuple[DrawnTable, ...]
    gaps: tuple[PageGaps, ...]


def report(request: Request) -> Iterator[str]:
    """The page in pieces, report by report."""
    return html_report(request.run, request.language)


def html_report(run: Run, language: str) -> Iterator[str]:
    """The page for a run whose audits carry their tables."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Whatever moves a cursor or is no character of HTML stays out, wherever it came from.
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    script, style = _file("page.js"), _file("page.css")
    return environment.get_template("page.html").generate(
        language=language,
        w=headings(language),
        version=__version__,
        run=run,
        totals=_totals(run),
        entries=lambda: _entries(run, language),
        reports=lambda: _reports(run, language),
        charts=charts(run, language, _anchors(run)),
        severities=[(severity, wording.SEVERITIES[severity].in_language(language)) for severity in Severity],
        labels={severity: wording.SEVERITIES[severity].in_language(language) for severity in Severity},
        rules=_rules(run, language),
        coverage=lambda audit: wording.coverage(audit, language),
        script=Markup(script),
        style=Markup(style),
        policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'",
    )


def _file(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _totals(run: Run) -> dict[str, Any]:
    audits = run.audits
    return {
        "counts": {severity: run.count(severity) for severity in Severity},
        "faulty": sum(wording.counted(audit)[Severity.ERROR] > 0 for audit in audits),
        "coverage": Coverage(*map(sum, zip(*(audit.coverage for audit in audits), strict=True)))
        if audits
        else Coverage(),
    }


def _anchors(run: Run) -> dict[str, str]:
    """Where the first report of each unit stands; a file that could not be read is its own unit."""
    anchors: dict[str, str] = {}
    for number, audit in enumerate(run.audits, 1):
        anchors.setdefault(audit.issuer or audit.path, _anchor(number))
    return anchors


def _rules(run: Run, language: str) -> list[tuple[str, str]]:
    """(id, title) of every rule that spoke."""
    titles = {f.rule: f.title.in_language(language) for audit in run.audits for f in audit.findings}
    return sorted(titles.items())


def _anchor(number: int) -> str:
    return f"r{number}"


def _entries(run: Run, language: str) -> Iterator[PageEntry]:
    for number, audit in enumerate(run.audits, 1):
        name = unit(audit, language) if audit.checked else audit.path
        yield PageEntry(_anchor(number), audit, name, result(audit, language), wording.counted(audit))


def _reports(run: Run, language: str) -> Iterator[PageReport]:
    for entry in _entries(run, language):
        audit = entry.audit
        findings = tuple(_finding(f, n, entry.anchor, language) for n, f in enumerate(ordered(audit), 1))
        yield PageReport(
            entry=entry,
            findings=findings,
            tables=drawn_tables(audit.tables, [item.finding for item in findings], audit.not_evaluated),
            gaps=tuple(_gaps(audit, language)),
        )


def _finding(finding: Finding, number: int, report: str, language: str) -> PageFinding:
    pieces = drawn_pieces(finding.excerpt, finding.marks)
    return PageFinding(
        number=number,
        anchor=f"{report}-{number}",
        finding=finding,
        source=wording.place(finding.location, language),
        excerpt=tuple(
            ("".join(piece.text for piece in run), marked) for marked, run in groupby(pieces, attrgetter("marked"))
        ),
        suspect=wording.suspect_sentence(finding.suspect, language) if finding.suspect else "",
        note=note(finding, language),
    )


def _gaps(audit: Audit, language: str) -> Iterator[PageGaps]:
    key = attrgetter("rule", "cause")
    separator = "; " if language == "en" else "；"
    for (rule, cause), found in groupby(sorted(audit.not_evaluated, key=key), key):
        gaps = list(found)
        places = wording.places(list(dict.fromkeys(gap.address or gap.reason.in_language(language) for gap in gaps)))
        yield PageGaps(rule, wording.cause(cause, language), len(gaps), separator.join(places))
