"""Passes on what the reader and the recognition noted: rows they could not fit, encodings, leftovers of converters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.document import SourceNote
from gip_lint.finding import Severity
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "notes": Parameter("mapping", "读取中记下的情况及其级别：{情况: error|warning|info}", True),
}


class Reading(NamedTuple):
    """Turns notes of the given kinds into findings, each with its own severity and its own message."""

    notes: Mapping[str, Severity]

    def apply(self, report: AnnualReport) -> Result:
        """The notes of the report that are of this rule's kinds."""
        if not report.notes:
            return Result(0)
        return self.apply_notes(report.notes)

    def apply_notes(self, notes: Iterable[SourceNote]) -> Result:
        """The same for a file that never became a report."""
        return Result(
            0,
            [
                Fault(note.address, note.location, note.facts, grade=self.notes[note.kind], variant=note.kind)
                for note in notes
                if note.kind in self.notes
            ],
        )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Reading:
    """Make the check; the severities are those of the notes, not of the rule."""
    return Reading({kind: Severity(level) for kind, level in given["notes"].items()})
