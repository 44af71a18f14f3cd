"""The six sections of the form: present, once, in order, under the official headings, and not empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Section, Wording
from gip_lint.checks import Parameter, Resources
from gip_lint.document import Location
from gip_lint.finding import Severity
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "test": Parameter("text", "核对什么", True, ("present", "once", "ordered", "worded", "filled")),
    "grades": Parameter("mapping", "test: worded 时，各种写法的级别：{long|annotated|other: error|warning|info}"),
}


class Sections(NamedTuple):
    """Applies one test to the sections found."""

    test: str
    grades: Mapping[str, Severity]

    def apply(self, report: AnnualReport) -> Result:
        """One outcome for each of the six sections."""
        faults = list(_TESTS[self.test](report))
        if self.test == "worded":
            faults = [fault._replace(grade=self.grades.get(str(fault.variant))) for fault in faults]
        return Result(max(len(report.due_form.sections) - len(faults), 0), faults)


def _facts(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "official": f"{section.form.number}、{section.form.heading}",
        "line": section.location.line,
    }


def _official_first(report: AnnualReport) -> dict[str, Section]:
    """The section meant by each key: where a heading stands twice, the one with the official words."""
    chosen: dict[str, Section] = {}
    for section in report.sections:
        known = chosen.get(section.form.key)
        if known is None or (section.wording is Wording.OFFICIAL and known.wording is not Wording.OFFICIAL):
            chosen[section.form.key] = section
    return chosen


def _absent(report: AnnualReport) -> Iterator[Fault]:
    present = {section.form.key for section in report.sections}
    last = Location(1, 1, 1, 1)
    for form in report.due_form.sections:
        if form.key in present:
            last = next(section.location for section in report.sections if section.form.key == form.key)
            continue
        facts = {"official": f"{form.number}、{form.heading}"}
        # the place is where the section should follow: after the heading before it
        yield Fault(
            f"{form.number}、{form.heading}", Location(last.line, last.column, last.end_line, last.end_column), facts
        )


def _repeated(report: AnnualReport) -> Iterator[Fault]:
    chosen = _official_first(report)
    for section in report.sections:
        first = chosen[section.form.key]
        if section is not first:
            facts = _facts(section) | {"first": first.location.line}
            yield Fault(f"{section.form.number}、{section.form.heading}", section.location, facts)


def _misplaced(report: AnnualReport) -> Iterator[Fault]:
    chosen = _official_first(report)
    order = {form.key: i for i, form in enumerate(report.due_form.sections)}
    found = [section for section in report.sections if chosen[section.form.key] is section]
    kept = _longest_rising([order[section.form.key] for section in found])
    for i, section in enumerate(found):
        if i not in kept:
            due = order[section.form.key]
            before = report.due_form.sections[due - 1] if due else None
            facts = _facts(section) | {
                "before": f"在“{before.number}、{before.heading}”之后" if before else "在最前",
                "before_en": f"after “{before.number}、{before.heading}”" if before else "first",
            }
            yield Fault(f"{section.form.number}、{section.form.heading}", section.location, facts)


def _longest_rising(numbers: list[int]) -> set[int]:
    """The positions of a longest rising sequence: what stands outside it is out of place."""
    best: list[list[int]] = []
    for i, number in enumerate(numbers):
        longest: list[int] = max((run for run in best if numbers[run[-1]] < number), key=len, default=[])
        best.append([*longest, i])
    kept: list[int] = max(best, key=len, default=[])
    return set(kept)


def _reworded(report: AnnualReport) -> Iterator[Fault]:
    chosen = _official_first(report)
    for section in report.sections:
        if section.wording is not Wording.OFFICIAL and chosen[section.form.key] is section:
            facts = _facts(section)
            yield Fault(
                f"{section.form.number}、{section.form.heading}", section.location, facts,
                variant=section.wording.value, suggestion=str(facts["official"]),
            )  # fmt: skip


def _empty(report: AnnualReport) -> Iterator[Fault]:
    chosen = _official_first(report)
    for section in report.sections:
        if chosen[section.form.key] is not section or section.paragraphs or section.has_table:
            continue
        if section.form.table is not None:
            continue  # a section without its table is said by the rule on tables
        yield Fault(f"{section.form.number}、{section.form.heading}", section.location, _facts(section))


_TESTS: Mapping[str, Callable[[AnnualReport], Iterator[Fault]]] = {
    "present": _absent,
    "once": _repeated,
    "ordered": _misplaced,
    "worded": _reworded,
    "filled": _empty,
}


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Sections:
    """Make the check."""
    return Sections(given["test"], {key: Severity(level) for key, level in given.get("grades", {}).items()})
