"""Applies the rules to one annual report: outcomes are counted, faults become findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gip_lint.annual_report import AnnualReport, State
from gip_lint.checks.equation import Equation, Relation
from gip_lint.checks.reading import Reading
from gip_lint.document import Location, SourceNote
from gip_lint.errors import UnreadableFile
from gip_lint.finding import (
    CAUSES,
    Audit,
    CellView,
    Coverage,
    Finding,
    NotEvaluated,
    Severity,
    Suspect,
    TableView,
    Words,
)
from gip_lint.rule import CellRef, Fault, Gap, Rule
from gip_lint.suspect import find_suspect

EXCERPT_AROUND = 45
MOST_FAULTS = 5_000
_BLANKS = {0xA0: " ", 0x09: " "}
_PLACES = frozenset(["line", "first", "previous_line"])  # facts that say where in the source something stands
_SHOWN_STATES = {State.BLANK: "〔空白〕", State.ABSENT: "〔缺〕", State.UNREADABLE: "〔无法读取〕"}


def audit(
    path: str, report: AnnualReport, rules: Sequence[Rule], severities: Mapping[str, Severity], tables: bool = False
) -> Audit:
    """Everything the rules say about one report; with its `tables` for a format that draws them.

    Raises `UnreadableFile` for what has more than `MOST_FAULTS`.
    """
    held = violated = 0
    inapplicable: list[str] = []
    faults: list[tuple[Rule, Fault]] = []
    gaps: list[NotEvaluated] = []
    unevaluated = 0
    due = report.due_form.edition
    for rule in rules:
        if (_edition(rule, report) if rule.relation else due) not in rule.editions:
            inapplicable.append(rule.id)
            continue
        result = rule.check.apply(report)
        if rule.relation:
            held += result.held
            violated += len(result.faults)
            unevaluated += len(result.gaps)
        if result.faults:
            faults += [(rule, fault) for fault in result.faults]
        if result.gaps:
            gaps += [_not_evaluated(rule, gap) for gap in result.gaps]
    if len(faults) > MOST_FAULTS:
        raise UnreadableFile(
            f"问题超过 {MOST_FAULTS:,} 处，不像一份年度报告的文字，未列出",
            f"more than {MOST_FAULTS:,} findings, hardly the text of an annual report; not listed",
        )
    suspects = _suspects(report, faults, rules) if violated > 1 else {}
    findings = []
    for rule, fault in faults:
        suspect = suspects.get(fault.cells[0].table) if fault.relation is not None and fault.cells else None
        findings.append(_finding(rule, fault, severities, report, suspect))
    findings.sort(key=lambda f: (f.location.line or 0, f.location.column or 0, -f.severity.rank, f.rule, f.address))
    return Audit(
        path=path,
        issuer=report.issuer,
        year=report.year,
        edition=report.form.edition,
        findings=tuple(_told_apart(findings)),
        coverage=Coverage(held, violated, unevaluated, len(inapplicable)),
        not_evaluated=tuple(gaps),
        readable=True,
        checked=True,
        tables=_table_views(report) if tables else (),
        inapplicable=tuple(inapplicable),
    )


def _table_views(report: AnnualReport) -> tuple[TableView, ...]:
    views = []
    for key, form in report.form.tables.items():
        table = report.tables.get(key)
        if table is None:
            views.append(TableView(form, ()))
        else:
            views.append(TableView(table.form, tuple([CellView(cell.state, cell.text) for cell in table.cells])))
    return tuple(views)


def unreadable(error: UnreadableFile) -> SourceNote:
    """The note of a file that no reader takes."""
    return SourceNote("unreadable", Location(None), {"reason": error.zh, "reason_en": error.en})


NOT_A_REPORT = SourceNote("not-an-annual-report", Location(1, 1, 1, None), {})


def audit_unreadable(path: str, note: SourceNote, rules: Sequence[Rule], severities: Mapping[str, Severity]) -> Audit:
    """The audit of a file that no reader could turn into a document: its one finding, and nothing checked."""
    findings = [
        _finding(rule, fault, severities, None, None)
        for rule in rules
        if isinstance(rule.check, Reading)
        for fault in rule.check.apply_notes([note]).faults
    ]
    return Audit(path, None, None, None, tuple(findings), Coverage(), (), readable=note is NOT_A_REPORT, checked=False)


def _edition(rule: Rule, report: AnnualReport) -> str:
    """The edition whose rules count: for relations that of the table they are about, else the one that is due."""
    table = report.tables.get(rule.check.table) if isinstance(rule.check, Equation) else None
    return table.edition if table is not None else report.due_form.edition


def _not_evaluated(rule: Rule, gap: Gap) -> NotEvaluated:
    cause = CAUSES[gap.cause]
    blame = gap.blame
    reason = Words(f"{blame}{cause.zh}", f"{blame} {cause.en}") if blame else cause
    return NotEvaluated(rule.id, gap.address, gap.cause, reason, rule.relation, blame)


def _suspects(
    report: AnnualReport, faults: Sequence[tuple[Rule, Fault]], rules: Sequence[Rule]
) -> dict[str, Suspect | None]:
    broken: dict[str, list[Relation]] = {}
    for _, fault in faults:
        if isinstance(fault.relation, Relation):
            broken.setdefault(fault.cells[0].table, []).append(fault.relation)
    found = {}
    for key, relations in broken.items():
        table = report.tables[key]
        others = [
            relation
            for rule in rules
            if isinstance(rule.check, Equation) and rule.check.table == key
            for relation in rule.check.relations.get(table.edition, ())
            if relation.operator == "=" and relation.condition is None
        ]
        suspect = find_suspect(table, relations, others)
        if suspect is not None:
            suspect = suspect._replace(location=report.document.located(suspect.location))
        found[key] = suspect
    return found


class _Facts(dict[str, object]):
    """A name that the check does not give stays visible in the message instead of losing the finding."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _finding(
    rule: Rule, fault: Fault, severities: Mapping[str, Severity], report: AnnualReport | None, suspect: Suspect | None
) -> Finding:
    words = rule.messages.get(fault.variant or "") or rule.messages.get("") or next(iter(rule.messages.values()))
    facts = _Facts({name: _shown(value) for name, value in fault.facts.items()})
    message = Words(words.zh.format_map(facts), words.en.format_map(facts))
    excerpt, marks = fault.excerpt or _excerpt(report, fault)
    figures: dict[str, object] = {
        name: value for name, value in fault.facts.items() if isinstance(value, (int, float, Decimal, list))
    }
    return Finding(
        rule=rule.id,
        group=rule.group,
        severity=severities.get(rule.id) or fault.grade or rule.severity,
        origin=rule.origin,
        title=rule.title,
        message=message,
        address=fault.address,
        location=report.document.located(fault.location) if report else fault.location,
        excerpt=excerpt,
        marks=marks,
        basis=rule.bases[_edition(rule, report)] if report else rule.basis,
        figures=figures,
        suggestion=fault.suggestion,
        suspect=suspect,
        fingerprint=_fingerprint(rule, fault, report, figures),
        cells=_addresses(report, fault.cells),
        operands=_addresses(report, fault.operands),
        compared=fault.compared,
    )


def _addresses(report: AnnualReport | None, cells: Sequence[CellRef]) -> tuple[str, ...]:
    if report is None:
        return ()
    return tuple([report.tables[cell.table].form.address(cell.place) for cell in cells])


def _shown(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _fingerprint(rule: Rule, fault: Fault, report: AnnualReport | None, figures: Mapping[str, object]) -> str:
    """Rule, issuer, year, address and figures; neither path nor line, so that it survives edits elsewhere.

    Where no cell is at fault, the words that were found are part of it: one section may hold many misspellings.
    """
    issuer, year = (report.issuer, report.year) if report else (None, None)
    facts = figures if fault.cells else {**fault.facts, **figures}
    named = (f"{key}={facts[key]}" for key in sorted(facts) if key not in _PLACES)
    return _hash("|".join([rule.id, issuer or "", str(year or ""), fault.address, *named]))


def _hash(identity: str) -> str:
    # FNV-1a: hashlib would load OpenSSL, as long as everything else a small report takes
    value = 0xCBF29CE484222325
    for byte in identity.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def _told_apart(findings: Sequence[Finding]) -> list[Finding]:
    """The same findings, no two with one fingerprint: the second of two that are alike in everything is the second."""
    seen: dict[str, int] = {}
    apart = []
    for finding in findings:
        number = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        if number > 1:
            finding = finding._replace(fingerprint=_hash(f"{finding.fingerprint}|{number}"))
        apart.append(finding)
    return apart


# -- excerpts ---------------------------------------------------------------------------------------------------------


def _excerpt(report: AnnualReport | None, fault: Fault) -> tuple[str, tuple[tuple[int, int], ...]]:
    if report is None:
        return "", ()
    if fault.cells:
        return _row_excerpt(report, fault.cells)
    return _line_excerpt(report.document.lines, fault.location)


def _row_excerpt(report: AnnualReport, cells: Sequence[CellRef]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The row as the form has it, the offending cells marked: alike in every layout."""
    table = report.tables[cells[0].table]
    row, column = table.form.cells[cells[0].place]
    offending = {cell.place for cell in cells}
    text = row.label or column.address.partition("/")[0]
    marks = []
    for index, (other, other_column) in enumerate(table.form.cells):
        if other is not row or (not row.label and other_column.group_key != column.group_key):
            continue
        cell = table.cells[index]
        shown = _SHOWN_STATES.get(cell.state) or " ".join(cell.text[:EXCERPT_AROUND].split()) or "〔空白〕"
        text += "  "
        if index in offending:
            marks.append((len(text), len(text) + len(shown)))
        text += shown
    return text, tuple(marks)


def _line_excerpt(lines: Sequence[str], location: Location) -> tuple[str, tuple[tuple[int, int], ...]]:
    if location.line is None or not 1 <= location.line <= len(lines):
        return "", ()
    line = lines[location.line - 1].rstrip()
    start = (location.column or 1) - 1
    same_line = location.end_line in (None, location.line)
    end = location.end_column if location.end_column is not None and same_line else len(line)
    end = max(end, start + 1)
    left = max(0, start - EXCERPT_AROUND)
    right = min(len(line), max(end, start + 1) + EXCERPT_AROUND) if end - start < 200 else start + EXCERPT_AROUND
    stripped = len(line[left:right]) - len(line[left:right].lstrip())
    left = left + stripped if left == 0 else left
    head = "…" if left > stripped else ""
    text = head + line[left:right].translate(_BLANKS) + ("…" if right < len(line) else "")
    if location.column is None:
        return text, ()
    shift = len(head) - left
    marks = (max(start, left) + shift, min(end, right) + shift)
    return text, (marks,) if marks[0] < marks[1] else ()
