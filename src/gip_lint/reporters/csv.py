"""CSV for spreadsheets: a row for each finding, each thing not evaluated and each file skipped, under names that never change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gip_lint.finding import Audit, Finding
from gip_lint.reporters import Request, wording
from gip_lint.reporters.json import location_keys, plain_figures
from gip_lint.reporters.reading_order import in_reading_order

COLUMNS = (
    "kind",
    "path",
    "issuer",
    "year",
    "edition",
    "severity",
    "group",
    "rule",
    "title",
    "message",
    "address",
    "place",
    "line",
    "column",
    "page",
    "reported",
    "computed",
    "difference",
    "excerpt",
    "basis",
    "suggestion",
    "suppression",
    "fingerprint",
)
_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def report(request: Request) -> Iterator[str]:
    """The rows in pieces, line ends as RFC 4180 has them."""
    yield _BYTE_ORDER_MARK
    yield _line(dict(zip(COLUMNS, COLUMNS, strict=True)))
    for audit in request.run.audits:
        for finding in in_reading_order(audit):
            yield _line(_report(audit) | _finding(finding, request.language))
        for gap in audit.not_evaluated:
            row = {"kind": "not-evaluated", "rule": gap.rule, "address": gap.address}
            yield _line(_report(audit) | row | {"message": gap.reason.in_language(request.language)})
    for item in request.run.skipped:
        yield _line({"kind": "skipped", "path": item.path, "message": item.reason.in_language(request.language)})


def _report(audit: Audit) -> dict[str, object]:
    return {"path": audit.path, "issuer": audit.issuer, "year": audit.year, "edition": audit.edition}


def _finding(finding: Finding, language: str) -> dict[str, object]:
    place = location_keys(finding.location)
    compared = finding.compared
    figures = plain_figures(compared._asdict() | {"difference": compared.difference}) if compared else {}
    return {
        "kind": "finding",
        "severity": finding.severity.value,
        "group": finding.group,
        "rule": finding.rule,
        "title": finding.title.in_language(language),
        "message": finding.message.in_language(language),
        "address": finding.address,
        "place": wording.place(finding.location, language),
        "line": place["line"],
        "column": place["column"],
        "page": place["page"],
        **figures,
        "excerpt": finding.excerpt,
        "basis": finding.basis,
        "suggestion": wording.suggestion(finding, language),
        "suppression": wording.suppression(finding.suppression, language) if finding.suppression else None,
        "fingerprint": finding.fingerprint,
    }


def _line(row: dict[str, object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([defused(row.get(name)) for name in COLUMNS])
    return text.getvalue()


def defused(value: object) -> object:
    """Text that a spreadsheet would calculate gets an apostrophe before it: reports and file names come from strangers."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
