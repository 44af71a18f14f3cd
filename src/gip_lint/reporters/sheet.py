"""The rows of the opinion sheet (核查意见表) and of its coverage, whatever they are written to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gip_lint.finding import Audit, Finding, Run
from gip_lint.reporters import wording
from gip_lint.reporters.reading_order import in_reading_order


class Opinion(NamedTuple):
    """One finding as a row: figures are numbers where the report gives numbers, else the words found in their place."""

    number: int
    severity: str
    title: str
    rule: str
    message: str
    address: str
    source: str
    reported: int | Decimal | str
    computed: int | Decimal | str
    difference: int | Decimal | str
    suggestion: str
    basis: str
    note: str


class Gap(NamedTuple):
    """Something that was not evaluated."""

    rule: str
    address: str
    reason: str


def unit(audit: Audit, language: str) -> str:
    """The body whose report it is, as the report names it."""
    if audit.issuer:
        return audit.issuer
    return "unit unknown" if language == "en" else "机关名称不明"


def ordered(audit: Audit) -> list[Finding]:
    """The findings in reading order, those that do not count last."""
    return sorted(in_reading_order(audit), key=lambda finding: not finding.counts)


def opinions(audit: Audit, language: str) -> Iterator[Opinion]:
    """The rows of one report, in reading order."""
    for number, finding in enumerate(ordered(audit), 1):
        compared = finding.compared
        yield Opinion(
            number=number,
            severity=wording.SEVERITIES[finding.severity].in_language(language),
            title=finding.title.in_language(language),
            rule=finding.rule,
            message=finding.message.in_language(language),
            address=finding.address,
            source=wording.place(finding.location, language),
            reported=compared.reported if compared else _found(finding),
            computed=compared.computed if compared else "",
            difference=compared.difference if compared else "",
            suggestion=advice(finding, language),
            basis=finding.basis,
            note=note(finding, language),
        )


def _found(finding: Finding) -> str:
    """What stands in the offending cells, where it is a matter of cells."""
    if not finding.cells:
        return ""
    return "、".join(finding.excerpt[start:end] for start, end in finding.marks)


def advice(finding: Finding, language: str) -> str:
    """The rule's own suggestion and the suspect cell, as far as there are any."""
    parts = [finding.suggestion or ""]
    if finding.suspect is not None:
        parts.append(wording.suspect_sentence(finding.suspect, language))
    return ("; " if language == "en" else "；").join(part for part in parts if part)


def note(finding: Finding, language: str) -> str:
    """Why the finding does not count, or since when the exception that covered it has been over; mostly empty."""
    if finding.expired is not None:
        expired = wording.expired_sentence(finding.expired, language)
        return f"expired exception: {expired}" if language == "en" else f"例外{expired}"
    given = finding.suppression
    if given is None:
        return ""
    if given.kind == "baseline":
        return "in the baseline, does not count" if language == "en" else "基线中已有，不计入"
    reason = wording.suppression(given, language)
    return f"excepted, does not count: {reason}" if language == "en" else f"例外，不计入：{reason}"


def gaps(audit: Audit, language: str) -> Iterator[Gap]:
    """What was not evaluated, in the order of the rules."""
    for gap in audit.not_evaluated:
        yield Gap(gap.rule, gap.address, gap.reason.in_language(language))


def gaps_by_cause(audit: Audit, language: str) -> list[str]:
    """What was not evaluated in as few words as name every place: `空白 2：表四/行政复议；未经复议直接起诉`."""
    colon, semicolon = (": ", "; ") if language == "en" else ("：", "；")
    found: dict[str, list[str]] = {}
    for gap in audit.not_evaluated:
        found.setdefault(gap.cause, []).append(gap.address or gap.reason.in_language(language))
    return [
        f"{wording.cause(cause, language)} {len(places)}{colon}{semicolon.join(wording.places(list(dict.fromkeys(places))))}"
        for cause, places in found.items()
    ]


def result(audit: Audit, language: str) -> str:
    """In one sentence: what was found and how much was checked; or that nothing was."""
    if not audit.checked:
        return wording.not_checked(audit, language)
    stop = ". " if language == "en" else "。"
    sentences = [wording.found(audit, language), wording.coverage(audit, language)]
    return stop.join(sentences) + stop.rstrip()


def not_audited(run: Run, language: str) -> list[tuple[str, str]]:
    """(file, reason) of every file that a folder walk passed over."""
    return [(skipped.path, skipped.reason.in_language(language)) for skipped in run.skipped]
