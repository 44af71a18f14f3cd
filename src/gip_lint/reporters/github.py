"""Annotations of GitHub's workflow commands on standard output, and the table of all findings for the job summary.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. GitHub shows ten annotations of each level a step;
the summary has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gip_lint.document import Location
from gip_lint.finding import Audit, Finding, Severity
from gip_lint.reporters import Request, wording
from gip_lint.reporters.lines import clean
from gip_lint.reporters.reading_order import in_reading_order
from gip_lint.reporters.source_paths import STANDARD_INPUT, shown_path

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SUMMARY_LIMIT = 1_000_000  # bytes; GitHub refuses a summary of more than 1 MiB


def report(request: Request) -> Iterator[str]:
    """The annotations of what counts, then what was and was not checked, as plain lines of the log."""
    language = request.language
    for problem in request.run.problems:
        yield _command("error", {"title": "gip-lint"}, problem.in_language(language))
    for audit in request.run.audits:
        for finding in in_reading_order(audit):
            if finding.counts:
                yield _annotation(finding, audit, request)
    colon = ": " if language == "en" else "："
    for audit in request.run.audits:
        if audit.checked:
            name = clean(shown_path(audit.path, request.root))
            yield f"gip-lint{colon}{name}{colon}{wording.coverage(audit, language)}\n"
    yield f"gip-lint{colon}{wording.total_line(request.run, language)}\n"


def _annotation(finding: Finding, audit: Audit, request: Request) -> str:
    language = request.language
    place = {} if audit.path == STANDARD_INPUT else {"file": shown_path(audit.path, request.root)}
    place |= {key: str(value) for key, value in _position(finding.location).items()}
    place["title"] = f"{finding.title.in_language(language)} ({finding.rule})"
    return _command(_LEVELS[finding.severity], place, "\n".join(wording.details(finding, language)))


def _position(location: Location) -> dict[str, int]:
    """Lines, and columns where they are in one line; nothing for a source without lines."""
    line = location.line if location.place is None else location.place.line
    if line is None:
        return {}
    if location.place is not None or location.end_line is None:
        return {"line": line}
    position = {"line": line, "endLine": location.end_line}
    if location.end_line == line and location.column is not None and location.end_column is not None:
        position |= {"col": location.column, "endColumn": max(location.column, location.end_column)}
    return position


def _command(level: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{level} {listed}::{_escaped(message)}\n"


def _escaped(text: str, more: str = "") -> str:
    """Percent-encoded as the workflow commands want it, so that no report can give commands of its own."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text


# -- the job summary --------------------------------------------------------------------------------------------------


def summary(request: Request) -> str:
    """Markdown: the total, every finding, what was checked. Cut where GitHub would refuse it, and said to be cut."""
    language = request.language
    english = language == "en"
    head = f"## gip-lint\n\n{_cell(wording.total_line(request.run, language))}\n"
    for problem in request.run.problems:
        head += f"\n> {_cell(problem.in_language(language))}\n"
    coverage = _table(
        ("report", "year", "hold", "broken", "not evaluated")
        if english
        else ("报告", "年度", "一致", "不一致", "未核验"),
        [
            (
                _unit(audit, request),
                str(audit.year or ""),
                *map(str, (audit.coverage.held, audit.coverage.violated, audit.coverage.not_evaluated)),
            )
            for audit in request.run.audits
            if audit.checked
        ],
    )
    rows = [_row(finding, audit, request) for audit in request.run.audits for finding in in_reading_order(audit)]
    names = (
        ("level", "report", "place", "finding", "rule", "basis")
        if english
        else ("级别", "报告", "位置", "问题", "规则", "依据")
    )
    room = _SUMMARY_LIMIT - len((head + coverage).encode())
    shown = 0
    for row in rows:
        room -= len("|".join(row).encode()) + 20
        if room < 0:
            break
        shown += 1
    findings = _table(names, rows[:shown])
    if shown < len(rows):
        left = len(rows) - shown
        findings += f"\n{left} more findings do not fit here\n" if english else f"\n另有 {left} 条放不下\n"
    return "\n".join(part for part in (head, findings, coverage) if part) + "\n"


def _row(finding: Finding, audit: Audit, request: Request) -> tuple[str, ...]:
    language = request.language
    level = wording.SEVERITIES[finding.severity].in_language(language)
    if finding.suppression is not None:
        level += f" ({wording.SUPPRESSIONS[finding.suppression.kind].in_language(language)})"
    return (
        level,
        _unit(audit, request),
        wording.where(finding, language),
        finding.message.in_language(language),
        finding.rule,
        finding.basis,
    )


def _unit(audit: Audit, request: Request) -> str:
    path = shown_path(audit.path, request.root)
    return f"{audit.issuer} ({path})" if audit.issuer else path


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(map(_cell, row)) + " |\n" for row in rows]
    if not lines:
        return ""
    return "| " + " | ".join(names) + " |\n|" + "---|" * len(names) + "\n" + "".join(lines)


def _cell(text: str) -> str:
    """As text in Markdown: nothing in a report may become a link, an image, HTML, a mention or another cell."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>|#~!@:." else char for char in clean(text))
    return escaped.replace("&", "&amp;")
