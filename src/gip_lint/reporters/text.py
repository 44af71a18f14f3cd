"""The terminal view: what an officer reads every day, report by report, then the total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from rich.cells import cell_len

from gip_lint.finding import Audit, Finding, NotEvaluated, Run, Severity, Skipped, Suppression
from gip_lint.reporters import Request, wording
from gip_lint.reporters.excerpt import excerpt_lines
from gip_lint.reporters.lines import Line, Span, line, width, wrap
from gip_lint.reporters.reading_order import in_reading_order

_EMPTY: Line = ()
_ADDRESSES_SHOWN = 3
_PATHS_SHOWN = 3


def report(request: Request) -> Iterator[Line]:
    """The view, and the statistics where they are asked for."""
    yield from text_report(request.run, request.language, request.columns)
    if request.statistics:
        from gip_lint.reporters.statistics import statistics

        yield from statistics(request.run, request.language, request.columns)


def text_report(run: Run, language: str, columns: int) -> Iterator[Line]:
    """The whole view in lines of at most `columns`, one after the other: thousands of reports need not be held at once."""
    for audit in run.audits:
        yield from _audit(audit, language, columns)
        yield _EMPTY
    yield from _total(run, language, columns)


def _severity_width(language: str) -> int:
    return max(cell_len(words.in_language(language)) for words in wording.SEVERITIES.values())


# -- one report -------------------------------------------------------------------------------------------------------


def _audit(audit: Audit, language: str, columns: int) -> list[Line]:
    lines = _head(audit, language, columns)
    order = _counting(audit)
    for finding in order:
        lines += [_EMPTY, *_finding(finding, language, columns)]
    lines.append(_EMPTY)
    if audit.readable and not order:
        style = "good" if wording.all_checked(audit) else "warning"
        lines.append(line(Span(wording.no_findings(audit, language), style)))
    if audit.readable:
        style = "" if wording.all_checked(audit) else "warning"
        lines += wrap([Span(wording.coverage(audit, language), style)], columns, rest="  ")
        lines += _not_evaluated(audit.not_evaluated, language, columns)
    if len(order) < len(audit.findings):
        lines += _suppressed(audit, language, columns)
    return lines


def _counting(audit: Audit) -> list[Finding]:
    return [finding for finding in in_reading_order(audit) if finding.counts]


def _head(audit: Audit, language: str, columns: int) -> list[Line]:
    path = audit.path if audit.path != "-" else wording.STANDARD_INPUT.in_language(language)
    rule = line(Span("── ", "dim"), Span(path, "path"), " ")
    fill = Span("─" * (columns - width(rule)), "dim")
    if not audit.checked:
        return [(*rule, fill)]
    if language == "en":
        year = str(audit.year) if audit.year else "year unknown"
        parts = [audit.issuer or "issuer unknown", year, f"form of {audit.edition}"]
    else:
        year = f"{audit.year} 年" if audit.year else "年份不明"
        parts = [audit.issuer or "机关名称不明", year, f"{audit.edition} 年版格式"]
    return [(*rule, fill), *wrap([Span(parts[0], "heading"), Span(" · " + " · ".join(parts[1:]))], columns)]


def _finding(finding: Finding, language: str, columns: int) -> list[Line]:
    style = finding.severity.value
    label = wording.SEVERITIES[finding.severity].in_language(language)
    indent = _severity_width(language) + 2
    head: Line = (Span(label, style), Span(" " * (indent - cell_len(label))))
    lines = wrap([Span(finding.title.in_language(language), "heading")], columns, head)
    name = finding.rule
    if finding.origin == "reading":
        name = f"{'reading' if language == 'en' else '读取'} · {name}"
    space = columns - width(lines[-1]) - cell_len(name)
    if space >= 2:
        lines[-1] = (*lines[-1], Span(" " * space), Span(name, "dim"))
    else:
        lines.append((Span(" " * max(columns - cell_len(name), 0)), Span(name, "dim")))
    margin: Line = (Span(" " * indent),)
    lines += wrap([finding.message.in_language(language)], columns, margin)
    where = wording.where(finding, language)
    if where:
        lines += wrap([Span(where, "place")], columns, margin)
    if finding.excerpt:
        number = finding.location.line if finding.location.place is None else finding.location.place.line
        gutter = f"{number or '':>{indent}}"
        lines += excerpt_lines(finding.excerpt, finding.marks, columns, gutter, style)
    for words, text in _notes(finding, language):
        lines += wrap([text], columns, (*margin, Span(words, "label"), Span("  ")))
    return lines


def _notes(finding: Finding, language: str) -> list[tuple[str, str]]:
    notes = []
    if finding.suspect is not None:
        notes.append(("suspect" if language == "en" else "疑点", wording.suspect_sentence(finding.suspect, language)))
    if finding.suggestion:
        notes.append(("advice " if language == "en" else "建议", finding.suggestion))
    if finding.basis:
        notes.append(("basis  " if language == "en" else "依据", finding.basis))
    if finding.expired is not None:
        notes.append(("expired" if language == "en" else "例外", wording.expired_sentence(finding.expired, language)))
    return notes


# -- what does not count ----------------------------------------------------------------------------------------------


def _suppressed(audit: Audit, language: str, columns: int) -> list[Line]:
    """The findings that do not count: each exception with its reason, the baseline in one line."""
    excepted: dict[tuple[str, Suppression], int] = {}
    known: Counter[str] = Counter()
    for finding in audit.findings:
        if finding.suppression is None:
            continue
        if finding.suppression.kind == "baseline":
            known[finding.rule] += 1
        else:
            key = (finding.rule, finding.suppression)
            excepted[key] = excepted.get(key, 0) + 1
    english = language == "en"
    lines: list[Line] = []
    colon, comma = (": ", ", ") if english else ("：", "、")
    for (rule, suppression), count in excepted.items():
        head = f"{'excepted' if english else '例外'} {count}{colon}"
        lines += wrap([head, rule, "  ", wording.suppression(suppression, language)], columns, rest="  ")
    if known:
        head = f"{'baseline' if english else '基线'} {known.total()}{colon}"
        lines += wrap([head, comma.join(f"{rule} {known[rule]}" for rule in sorted(known))], columns, rest="  ")
    return lines


# -- what was not evaluated -------------------------------------------------------------------------------------------


def _not_evaluated(gaps: Sequence[NotEvaluated], language: str, columns: int) -> list[Line]:
    lines: list[Line] = []
    groups = [
        list(group) for _, group in groupby(sorted(gaps, key=attrgetter("rule", "cause")), attrgetter("rule", "cause"))
    ]
    longest = max((len(group[0].rule) for group in groups), default=0)
    for group in groups:
        head = line("  ", Span(group[0].rule.ljust(longest), "dim"), "  ")
        label = wording.cause(group[0].cause, language)
        lines += wrap(
            [f"{label} {len(group)}{': ' if language == 'en' else '：'}{_addresses(group, language)}"], columns, head
        )
    return lines


def _addresses(group: Sequence[NotEvaluated], language: str) -> str:
    unique = list(dict.fromkeys(gap.address for gap in group if gap.address))
    if not unique:
        return group[0].reason.in_language(language)
    shown = wording.places(unique)[:_ADDRESSES_SHOWN]
    if language == "en":
        return "; ".join(shown) + (f"; … ({len(unique)} places)" if len(unique) > len(shown) else "")
    return "；".join(shown) + (f" 等 {len(unique)} 处" if len(unique) > len(shown) else "")


# -- the total --------------------------------------------------------------------------------------------------------


def _total(run: Run, language: str, columns: int) -> list[Line]:
    head, *counts = wording.total(run, language)
    spans = [Span(head[0], "heading"), *(Span(text, severity.value if severity else "") for text, severity in counts)]
    lines: list[Line] = [(Span("─" * columns, "dim"),), *wrap(spans, columns)]
    if len(run.audits) > 1:
        lines += wrap([_reports_line(run, language)], columns)
    for reason, group in groupby(sorted(run.skipped, key=lambda s: (s.reason, s.path)), attrgetter("reason")):
        lines += wrap([_skipped_line(reason.in_language(language), list(group), language)], columns, rest="  ")
    return lines


def _reports_line(run: Run, language: str) -> str:
    faulty = sum(any(f.severity is Severity.ERROR for f in _counting(audit)) for audit in run.audits)
    clean = sum(not _counting(audit) and audit.readable for audit in run.audits)
    gaps = sum(audit.coverage.not_evaluated for audit in run.audits)
    if language == "en":
        return f"reports with errors {faulty}, without findings {clean}; relations not evaluated {gaps}"
    return f"有错误的报告 {faulty} 份，未发现问题的 {clean} 份；未核验的勾稽关系 {gaps} 项"


def _skipped_line(reason: str, skipped: Sequence[Skipped], language: str) -> str:
    paths = [item.path for item in skipped[:_PATHS_SHOWN]]
    more = len(skipped) > len(paths)
    if language == "en":
        return f"skipped {len(skipped)} ({reason}): {', '.join(paths)}{', …' if more else ''}"
    return f"跳过 {len(skipped)} 个文件（{reason}）：{'、'.join(paths)}{' 等' if more else ''}"
