"""The official tables of a report with every cell that a finding is about marked by the finding's number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.finding import Finding, NotEvaluated, Severity, TableView
from gip_lint.form import TableForm
from gip_lint.reporters.form_grid import FormGrid, form_grid

_SIGNS = {State.BLANK: "□", State.UNREADABLE: "？", State.ABSENT: "×"}


class Mark(NamedTuple):
    """Why a cell or label is marked: the findings it is at fault in, by number, and the gravest of their severities.

    The severity is none when none of the findings counts.
    `operand`: a finding held another figure against it. `suspect`: it alone would explain its table's broken relations.
    `gap`: something could not be evaluated because of it.
    """

    findings: tuple[int, ...] = ()
    severity: Severity | None = None
    operand: bool = False
    suspect: bool = False
    gap: bool = False


class DrawnCell(NamedTuple):
    """What stands in a cell and how it is marked."""

    text: str
    state: State
    mark: Mark


class DrawnTable(NamedTuple):
    """A table as the form has it. `cells` are by their index in the form, `labels` are the marks by address.

    `findings` are the numbers of all that concern the table, `mark` is for those that concern it as a whole.
    """

    form: TableForm
    grid: FormGrid
    cells: tuple[DrawnCell, ...]
    labels: Mapping[str, Mark]
    mark: Mark
    findings: tuple[int, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark in it."""
        return tuple(
            mark for mark in (self.mark, *self.labels.values(), *(cell.mark for cell in self.cells)) if any(mark)
        )

    @property
    def states(self) -> frozenset[State]:
        """What its cells hold besides figures."""
        return frozenset(cell.state for cell in self.cells if cell.state is not State.NUMBER)


def drawn_tables(
    views: Iterable[TableView], findings: Sequence[Finding], gaps: Iterable[NotEvaluated]
) -> tuple[DrawnTable, ...]:
    """The tables with their marks; the number of a finding is its place in `findings`, from 1."""
    marks = _marks(findings, gaps)
    return tuple(_drawn(view, findings, marks) for view in views)


def _drawn(view: TableView, findings: Sequence[Finding], marks: Mapping[str, Mark]) -> DrawnTable:
    form = view.form
    own = {address: mark for address, mark in marks.items() if _within(form, address)}
    cells = []
    for index, (state, text) in enumerate(view.cells):
        mark = own.pop(form.address(index), Mark())
        cells.append(DrawnCell(_SIGNS.get(state) or text, state, mark))
    whole = own.pop(form.name, Mark())
    concerned = tuple(number for number, finding in enumerate(findings, 1) if _concerns(finding, form))
    return DrawnTable(form, form_grid(form), tuple(cells), own, whole, concerned)


def _within(form: TableForm, address: str) -> bool:
    return address == form.name or address.startswith(f"{form.name}/")


def _concerns(finding: Finding, form: TableForm) -> bool:
    return any(_within(form, address) for address in (finding.address, *finding.cells, *finding.operands))


def _marks(findings: Sequence[Finding], gaps: Iterable[NotEvaluated]) -> dict[str, Mark]:
    """Address → mark. A finding without cells marks what its address names."""
    marks: dict[str, Mark] = {}
    for number, finding in enumerate(findings, 1):
        for address in finding.cells or (finding.address,):
            mark = marks.get(address, Mark())
            severity = mark.severity
            if finding.counts and (severity is None or finding.severity.rank > severity.rank):
                severity = finding.severity
            marks[address] = mark._replace(findings=(*mark.findings, number), severity=severity)
        for address in finding.operands:
            marks[address] = marks.get(address, Mark())._replace(operand=True)
        if finding.suspect is not None:
            address = finding.suspect.address
            marks[address] = marks.get(address, Mark())._replace(suspect=True)
    for gap in gaps:
        if gap.blame:
            marks[gap.blame] = marks.get(gap.blame, Mark())._replace(gap=True)
    return marks
