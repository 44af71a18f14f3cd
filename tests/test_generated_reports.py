"""Generated reports in every layout: correct ones are silent and read back equal, each fault is named by its rule."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from faults import FAULTS
from gip_lint.annual_report import AnnualReport, State
from gip_lint.engine import audit
from gip_lint.errors import UnreadableFile
from gip_lint.finding import Finding, Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from layouts import LAYOUTS, Layout
from rendition import Draft, Row, Table
from samples import Sample, samples

RULES = load(Settings())
BALANCE = [rule for rule in RULES.rules if rule.group == "balance"]
RECOGNISER = Recogniser(RULES.forms)
# Not every fault can be seen in every layout: digits run together hide a column that is too many.
LEAST_SHARE_FOUND = 0.98


def recognised(octets: bytes) -> AnnualReport:
    return RECOGNISER.recognise(read_document(octets, "report.txt"))


def findings(sample: Sample) -> tuple[Finding, ...]:
    return audit(sample.name, recognised(sample.octets), RULES.rules, {}).findings


def grave(found: tuple[Finding, ...]) -> Iterator[str]:
    return (f"{f.rule}: {f.message.zh}" for f in found if f.severity is not Severity.INFO)


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
def test_a_correct_report_has_no_error_or_warning(layout: str) -> None:
    for sample in samples(24, 11, layout, "clean", "some"):
        false = [text for text in grave(findings(sample)) if text.partition(":")[0] not in sample.allowed]
        assert false == [], sample.label


def test_every_fault_is_found_in_every_layout() -> None:
    missed: list[str] = []
    seen = 0
    for layout in LAYOUTS:
        for fault in FAULTS.values():
            if fault.apart:
                continue
            for sample in samples(1, 5, layout.name, fault.name, "none"):
                seen += 1
                if not {finding.rule for finding in findings(sample)} & sample.expected:
                    missed.append(sample.label)
    assert seen > 2000
    assert len(missed) <= seen * (1 - LEAST_SHARE_FOUND), missed


def test_no_false_arithmetic_beside_any_fault() -> None:
    balance = {rule.id for rule in RULES.rules if rule.group == "balance"}
    for sample in samples(600, 23, None, None, "some"):
        if sample.fault is not None and sample.fault.apart:
            continue
        try:
            found = {finding.rule for finding in findings(sample)}
        except UnreadableFile:
            continue  # bytes that no reader takes have no arithmetic
        assert found & balance <= sample.expected | sample.allowed, sample.label


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), layout=st.sampled_from([x for x in LAYOUTS if x.family != "run_together"]))
def test_a_report_reads_back_equal_in_any_layout(seed: int, layout: Layout) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    report = recognised(layout.render(draft, rng).encode())
    read = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read == [(State.NUMBER, figure) for figure in draft.figures().values()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), more=st.integers(1, 9))
def test_a_changed_cell_is_the_suspect_of_every_relation_it_breaks(seed: int, more: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    rows = [
        row for table in draft.tables() if table.key == "applications" for block in table.blocks for row in block.rows
    ]
    row = rng.choice(rows)
    place = rng.randrange(len(row.figures))
    figures = list(row.figures)
    right = int(figures[place])
    figures[place] = str(right + more)
    changed = with_row(draft, row, replace(row, figures=tuple(figures)))
    layout = rng.choice([x for x in LAYOUTS if x.family != "run_together"])
    report = recognised(layout.render(changed, rng).encode())
    broken = [f for f in audit("report.txt", report, BALANCE, {}).findings if f.address.startswith("表三")]
    assert {f.rule for f in broken} <= {
        "application-balance",
        "applicant-total",
        "outcome-total",
        "carry-forward-share",
    }
    sums = [f for f in broken if f.rule != "carry-forward-share"]
    assert len(sums) >= 2
    for finding in sums:
        assert finding.suspect is not None, finding.message.zh
        assert (finding.suspect.value, finding.suspect.expected) == (right + more, right)


def with_row(draft: Draft, old: Row, new: Row) -> Draft:
    """The draft with one row exchanged."""

    def table(given: Table | None) -> Table | None:
        if given is None:
            return None
        blocks = (replace(b, rows=tuple(new if row is old else row for row in b.rows)) for b in given.blocks)
        return replace(given, blocks=tuple(blocks))

    return replace(draft, sections=tuple(replace(section, table=table(section.table)) for section in draft.sections))
