"""The JSON format: a contract of its own, version 1; the same keys always, whatever the types inside look like."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gip_lint import __version__
from gip_lint.document import Location, Place
from gip_lint.finding import Audit, Compared, Finding, Run, Severity
from gip_lint.reporters import Request
from gip_lint.reporters.reading_order import in_reading_order
from gip_lint.reporters.wording import suggestion

VERSION = 1


def report(request: Request) -> Iterator[str]:
    """The run as JSON text in pieces."""
    return json_report(request.run, request.language)


def json_report(run: Run, language: str) -> Iterator[str]:
    """The run as JSON text in pieces, report by report: thousands need not be held at once."""
    frame = json.dumps(frame_data(run, language), ensure_ascii=False, indent=2)
    before, reports, after = frame.partition('"reports": []')
    yield before + reports[:-1]
    for number, audit in enumerate(run.audits):
        text = json.dumps(report_data(audit, language), ensure_ascii=False, indent=2)
        yield (",\n    " if number else "\n    ") + text.replace("\n", "\n    ")
    yield ("\n  ]" if run.audits else "]") + after + "\n"


def json_data(run: Run, language: str) -> dict[str, Any]:
    """The same as plain dictionaries and lists."""
    return frame_data(run, language) | {"reports": [report_data(audit, language) for audit in run.audits]}


def frame_data(run: Run, language: str) -> dict[str, Any]:
    """The whole but for the reports, in whose place stands an empty list."""
    return {
        "version": VERSION,
        "tool": {"name": "gip-lint", "version": __version__},
        "reports": [],
        "skipped": [{"path": item.path, "reason": item.reason.in_language(language)} for item in run.skipped],
        "problems": [problem.in_language(language) for problem in run.problems],
        "notices": [notice.in_language(language) for notice in run.notices],
        "absent": [known._asdict() | {"figures": plain_figures(known.figures)} for known in run.absent],
        "summary": {
            "reports": len(run.audits),
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "infos": run.count(Severity.INFO),
            "excepted": run.suppressed("exception"),
            "baselined": run.suppressed("baseline"),
        },
    }


def report_data(audit: Audit, language: str) -> dict[str, Any]:
    """What is said of one report."""
    return {
        "path": audit.path,
        "issuer": audit.issuer,
        "year": audit.year,
        "edition": audit.edition,
        "findings": [finding_data(finding, language) for finding in in_reading_order(audit)],
        "coverage": {
            "held": audit.coverage.held,
            "violated": audit.coverage.violated,
            "not_evaluated": audit.coverage.not_evaluated,
            "not_applicable": audit.coverage.not_applicable,
        },
        "not_evaluated": [
            {"rule": gap.rule, "address": gap.address, "reason": gap.reason.in_language(language)}
            for gap in audit.not_evaluated
        ],
    }


def finding_data(finding: Finding, language: str) -> dict[str, Any]:
    """One finding, with the same keys whatever was found."""
    return {
        "rule": finding.rule,
        "group": finding.group,
        "severity": finding.severity.value,
        "origin": finding.origin,
        "title": finding.title.in_language(language),
        "message": finding.message.in_language(language),
        "address": finding.address,
        "cells": list(finding.cells),
        "operands": list(finding.operands),
        **location_keys(finding.location),
        "excerpt": finding.excerpt,
        "basis": finding.basis,
        "figures": plain_figures(finding.figures),
        "compared": _compared(finding.compared),
        "suggestion": suggestion(finding, language),
        "fingerprint": finding.fingerprint,
        "suppression": finding.suppression._asdict() if finding.suppression else None,
        "expired": finding.expired._asdict() if finding.expired else None,
        "baseline_state": finding.baseline_state,
    }


def location_keys(location: Location) -> dict[str, Any]:
    """Line and column, or what the source has in their stead: page and box, paragraph, or table, row and cell."""
    place = location.place or Place(location.line)
    own = location.place is None  # the lines counted are those of the source itself
    return {
        "line": place.line,
        "column": location.column if own else None,
        "end_line": location.end_line if own else None,
        "end_column": location.end_column if own else None,
        "page": place.page,
        "box": list(place.box) if place.box else None,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "cell": place.cell,
    }


def plain_figures(figures: Mapping[str, object]) -> dict[str, Any]:
    """The figures with every exact number as a JSON number, where one says the same, else as text."""
    return {name: _plain(value) for name, value in figures.items()}


def _compared(compared: Compared | None) -> dict[str, Any] | None:
    """The figure of the report, the one it ought to be, and how far apart they are."""
    return None if compared is None else plain_figures(compared._asdict() | {"difference": compared.difference})


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        if value == value.to_integral_value() and abs(value) < 2**53:
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
