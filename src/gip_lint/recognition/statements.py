"""Statements: figures and claims of the prose tied to what they are about (收到…申请7件, 未发生行政复议), as data."""

from __future__ import annotations

from gip_lint.annual_report import AnnualReport
from gip_lint.prose import kept_for_latest
from gip_lint.recognition.claims import all_claims, none_claims, section_claims
from gip_lint.recognition.prose_figures import section_prose
from gip_lint.recognition.statement_reader import Reader, Statement
from gip_lint.recognition.statement_words import StatementWords

_PLANS = "problems"  # section five tells of shortcomings and of next year


@kept_for_latest
def statements(report: AnnualReport, words: StatementWords) -> tuple[Statement, ...]:
    """Every statement of the report's prose, section by section; recognised once for all rules."""
    found = list(section_claims(report, words))
    for prose in section_prose(report):
        if prose.section.form.key == _PLANS:
            continue
        reader = Reader(report, prose, words)
        figures = reader.figures()
        found += [*figures, *none_claims(reader), *all_claims(reader, figures)]
    return tuple(found)
