"""How often each rule spoke and how much each unit has to mend, for whatever draws it; what does not count is left out."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from gip_lint.finding import Run, Severity


class Tally(NamedTuple):
    """One bar of a chart: its names, the figures that belong to it, and how long each of its parts is."""

    names: tuple[str, ...]
    figures: tuple[int, ...]
    counts: Counter[Severity]


def by_rule(run: Run, language: str) -> list[Tally]:
    """Each rule that spoke with its title: how often, and in how many reports."""
    counts: dict[str, Counter[Severity]] = {}
    paths: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    for audit in run.audits:
        for finding in audit.findings:
            if finding.counts:
                counts.setdefault(finding.rule, Counter())[finding.severity] += 1
                paths.setdefault(finding.rule, set()).add(audit.path)
                titles[finding.rule] = finding.title.in_language(language)
    rows = [
        Tally((rule, titles[rule]), (counted.total(), len(paths[rule])), counted) for rule, counted in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.counts.total(), row.names))


def by_unit(run: Run) -> list[Tally]:
    """Units by the findings of all their reports and by what was not evaluated; those with neither are left out."""
    counts: dict[str, Counter[Severity]] = {}
    unchecked: Counter[str] = Counter()
    for audit in run.audits:
        unit = audit.issuer or audit.path
        counts.setdefault(unit, Counter()).update(finding.severity for finding in audit.findings if finding.counts)
        unchecked[unit] += len(audit.not_evaluated)
    rows = [Tally((unit,), (counted.total(), unchecked[unit]), counted) for unit, counted in counts.items()]
    return sorted(
        (row for row in rows if any(row.figures)), key=lambda row: (*(-figure for figure in row.figures), row.names)
    )
