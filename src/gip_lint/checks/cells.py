"""Whether every cell holds a usable figure: blanks, placeholders, text, fractions, signs and unusual forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Cell, State, Table
from gip_lint.checks import Parameter, Resources
from gip_lint.document import Location
from gip_lint.numerals import suggested_figure
from gip_lint.rule import NOTHING, CellRef, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "find": Parameter("text", "要找的情况", True, ("blank", "placeholder", "text", "fraction", "negative", "form")),
    "join": Parameter("text", "同一行相连的合为一条，或整表合为一条", False, ("cell", "row", "table")),
    "forms": Parameter("mapping", "find: form 时，各种写法的说法"),
}


class Cells(NamedTuple):
    """Finds cells of one condition."""

    find: str
    join: str
    forms: Mapping[str, str]

    def apply(self, report: AnnualReport) -> Result:
        """Look through every cell of every table."""
        faults: list[Fault] = []
        held = 0
        for table in report.tables.values():
            blank = self.find == "blank" and table.is_blank()
            if self.join == "table":
                if blank and any(cell.state is State.BLANK for cell in table.cells):
                    faults.append(self._whole(table))
                else:
                    held += 1
            elif not blank:
                found = [i for i in table.irregular if self._matches(table.cells[i], table, i)]
                held += len(table.cells) - len(found)
                faults += (self._fault(table, run) for run in self._runs(table, found))
        return Result(held, faults) if faults or held else NOTHING

    def _matches(self, cell: Cell, table: Table, index: int) -> bool:
        state = cell.state
        if state is State.NUMBER:
            if self.find == "form":
                return bool(cell.oddities)
            kind = table.form.cells[index][1].kind
            if self.find == "fraction":
                return cell.decimals > 0 and kind != "amount"
            if self.find == "negative":
                return kind != "signed" and cell.value is not None and cell.value < 0
            return False
        return state.value == self.find

    def _runs(self, table: Table, found: list[int]) -> Iterator[list[int]]:
        """Consecutive cells of one row; single cells when they are not to be joined."""
        run: list[int] = []
        for index in found:
            if run and (
                self.join != "row"
                or index != run[-1] + 1
                or table.form.cells[index][0] is not table.form.cells[run[-1]][0]
            ):
                yield run
                run = []
            run.append(index)
        if run:
            yield run

    def _fault(self, table: Table, run: list[int]) -> Fault:
        first, last = table.cells[run[0]], table.cells[run[-1]]
        row = table.form.cells[run[0]][0]
        columns = "、".join(table.form.cells[i][1].address for i in run)
        end = last.location
        facts: dict[str, object] = {
            "count": len(run),
            "columns": columns,
            "row": row.address or table.form.name,
            "table": table.form.name,
            "text": first.text,
            "value": first.value,
            "addresses": [table.form.address(i) for i in run],
            "forms": "、".join(self.forms.get(oddity, oddity) for oddity in first.oddities),
        }
        suggestion = None
        if self.find == "text":
            suggestion = suggested_figure(first.text)
        elif self.find == "form":
            suggestion = str(first.value)
        elif self.find == "fraction" and first.value is not None and first.value == int(first.value):
            suggestion = str(int(first.value))
        return Fault(
            address=table.form.address(run[0]),
            location=Location(first.line, first.column, end.end_line, end.end_column),
            facts=facts,
            cells=[CellRef(table.form.key, i) for i in run],
            variant="row" if len(run) == len(_row(table, run[0])) and len(run) > 1 else None,
            suggestion=suggestion,
        )

    def _whole(self, table: Table) -> Fault:
        facts: dict[str, object] = {"table": table.form.name, "title": table.form.title, "count": len(table.cells)}
        return Fault(table.form.name, table.location, facts)


def _row(table: Table, index: int) -> list[int]:
    row = table.form.cells[index][0]
    return [i for i, (other, _) in enumerate(table.form.cells) if other is row]


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Cells:
    """Make the check."""
    return Cells(given["find"], given.get("join", "cell"), given.get("forms", {}))
