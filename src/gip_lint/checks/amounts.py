"""Amounts of money: which unit they have, and how many decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Cell, Table
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Severity
from gip_lint.rule import CellRef, Fault, Gap, Result

PARAMETERS: Mapping[str, Parameter] = {
    "test": Parameter("text", "核对什么", True, ("unit-given", "units-agree", "unit-standard", "precision")),
    "decimals": Parameter("number", "test: precision 时，表头未写明时的小数位数"),
}
_TEN_THOUSAND = Decimal(10_000)


class Amounts(NamedTuple):
    """Applies one test to every amount of the tables."""

    test: str
    decimals: int

    def apply(self, report: AnnualReport) -> Result:
        """Test each amount whose value could be read."""
        held = 0
        faults: list[Fault] = []
        gaps: list[Gap] = []
        for table, index, cell in _amounts(report):
            column = table.form.cells[index][1]
            if cell.value is None:
                gaps.append(Gap(table.form.address(index), cell.state.value, table.form.address(index)))
                continue
            if column.key not in table.units and cell.unit is None:
                # without its header nobody can tell which unit it names
                gaps.append(Gap(table.form.address(index), "unit", table.form.address(index)))
                continue
            header_unit, header_decimals = table.units.get(column.key, (column.unit, None))
            fault = self._fault(table, index, cell, header_unit, header_decimals)
            if fault is None:
                held += 1
            else:
                faults.append(fault)
        return Result(held, faults, gaps)

    def _fault(self, table: Table, index: int, cell: Cell, unit: str | None, decimals: int | None) -> Fault | None:
        row, column = table.form.cells[index]
        assert cell.value is not None
        printed = cell.unit or unit
        grade = variant = None
        if self.test == "unit-given":
            broken = printed is None and cell.value != 0
        elif self.test == "units-agree":
            broken = cell.unit is not None and unit is not None and cell.unit != unit
        elif self.test == "unit-standard":
            conflict = cell.unit is not None and unit is not None and cell.unit != unit
            broken = printed is not None and printed != column.unit and cell.value != 0 and not conflict
        else:
            due = self.decimals if decimals is None else decimals
            broken = printed == column.unit and cell.value != 0 and cell.decimals != due
            if decimals is None:
                broken = broken and unit is not None and cell.decimals < due
                grade = Severity.INFO
                variant = "unasked"
        if not broken:
            return None
        converted = _in_standard_unit(cell.value, printed or "")
        facts: dict[str, object] = {
            "row": row.label,
            "column": column.label,
            "text": cell.text,
            "value": cell.value,
            "unit": printed or "",
            "header_unit": unit or "",
            "cell_unit": cell.unit or "",
            "standard": column.unit or "",
            "converted": converted,
            "as_yuan": plain(cell.value / _TEN_THOUSAND),
            "decimals": cell.decimals,
            "due": self.decimals if decimals is None else decimals,
        }
        suggestion = f"{converted}" if self.test in ("unit-standard", "units-agree") and converted else None
        return Fault(
            address=table.form.address(index),
            location=cell.location,
            facts=facts,
            cells=[CellRef(table.form.key, index)],
            grade=grade,
            variant=variant,
            suggestion=suggestion,
        )


def _amounts(report: AnnualReport) -> Iterator[tuple[Table, int, Cell]]:
    for table in report.tables.values():
        for index in table.form.amounts:
            yield table, index, table.cells[index]


def plain(value: int | Decimal) -> str:
    """A number without exponent and without needless zeros: `572.83`."""
    if isinstance(value, int):
        return str(value)
    return f"{value.normalize():f}"


def _in_standard_unit(value: int | Decimal, unit: str) -> str:
    """The amount in 万元; empty when the unit is unknown."""
    if unit == "元":
        return f"{plain(Decimal(value) / _TEN_THOUSAND)}万元"
    if unit == "亿元":
        return f"{plain(Decimal(value) * _TEN_THOUSAND)}万元"
    return f"{plain(value)}万元" if unit == "万元" else ""


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Amounts:
    """Make the check."""
    return Amounts(given["test"], given.get("decimals", 4))
