"""Whether an amount reads like 元 in a column of 万元: too large for its issuer, or ten thousand times off the prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Table
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.checks.amounts import plain
from gip_lint.finding import Compared
from gip_lint.issuer import issuer_kind
from gip_lint.readings import Number, Readings, Reckoned, bind_readings, confused
from gip_lint.recognition.statement_reader import Statement
from gip_lint.recognition.statement_words import MONEY, StatementWords, statement_words
from gip_lint.recognition.statements import statements
from gip_lint.rule import CellRef, Fault, Gap, Result, gathered

PARAMETERS: Mapping[str, Parameter] = {
    "limit": Parameter("number", "按表式单位计的上限", True),
    "issuers": Parameter("texts", "上限只用于这几类机关（rules/words/issuers.yaml）", True),
    "readings": Parameter("mapping", "表名 → 文中的说法 → 所指的金额格；文中的数与它相差一万倍，即多半混用了元和万元"),
}


class Magnitude(NamedTuple):
    """Applies to every amount of the tables, and to every amount of the prose that means one."""

    limit: int
    issuers: tuple[str, ...]
    issuer_words: Mapping[str, Sequence[str]]
    readings: Mapping[str, Mapping[str, Mapping[str, Readings]]]
    words: StatementWords

    def apply(self, report: AnnualReport) -> Result:
        """What the prose contradicts is not called large as well."""
        contradicted = {fault.cells[0]: fault for fault in self._against_prose(report)}
        return gathered(self._outcomes(report, contradicted))

    def _outcomes(self, report: AnnualReport, contradicted: Mapping[CellRef, Fault]) -> Iterator[int | Fault | Gap]:
        limited = issuer_kind(report.issuer, self.issuer_words) in self.issuers
        for table in report.tables.values():
            for index in table.form.amounts:
                cell = table.cells[index]
                unit = cell.unit or _header_unit(table, index)
                if (table.form.key, index) in contradicted:
                    yield contradicted[CellRef(table.form.key, index)]
                elif cell.value is None:
                    if limited:
                        yield Gap(table.form.address(index), cell.state.value, table.form.address(index))
                elif limited and unit in (None, table.form.cells[index][1].unit) and cell.value >= self.limit:
                    yield _fault(table, index, cell.value)
                else:
                    yield 1

    def _against_prose(self, report: AnnualReport) -> Iterator[Fault]:
        for statement in statements(report, self.words) if self.readings else ():
            if statement.counter not in MONEY or statement.exactness or not statement.plain or len(statement.about) > 1:
                continue
            topics = self.readings.get(statement.table, {}).get(statement.about[0], {})
            table = report.tables.get(statement.table)
            if table is None or table.edition not in topics:
                continue
            for one in topics[table.edition].reckon(table, money=True):
                if isinstance(one, Reckoned) and confused(statement.amount, statement.counter, one):
                    yield _fault(table, one.cells[0], table.cells[one.cells[0]].value or 0, statement)


def _header_unit(table: Table, index: int) -> str | None:
    column = table.form.cells[index][1]
    return table.units.get(column.key, (column.unit, None))[0]


def _fault(table: Table, index: int, value: Number, statement: Statement | None = None) -> Fault:
    row, column = table.form.cells[index]
    cell = table.cells[index]
    facts: dict[str, object] = {
        "row": row.label,
        "column": column.label,
        "text": cell.text,
        "value": value,
        "standard": column.unit or "",
        "as_yuan": plain(value / Decimal(10_000)),
        "quote": statement.quote if statement else "",
        "unit": cell.unit or _header_unit(table, index) or "",
    }
    return Fault(
        table.form.address(index),
        cell.location,
        facts,
        cells=[CellRef(table.form.key, index)],
        variant="prose" if statement else None,
        compared=Compared(value, statement.amount) if statement else None,
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Magnitude:
    """Make the check. Raises `ParameterError` for a topic unknown, or names that no form has."""
    words = statement_words(resources.words["statements"])
    bound: dict[str, dict[str, dict[str, Readings]]] = {}
    for table, topics in given.get("readings", {}).items():
        for topic, texts in topics.items():
            if topic not in words.topics(table):
                raise ParameterError("readings", f"{table} 没有“{topic}”这种说法", f"{table} has no topic {topic}")
            bound.setdefault(table, {})[topic] = bind_readings(table, texts, editions, resources, "readings")
    return Magnitude(given["limit"], tuple(given["issuers"]), resources.words.get("issuers", {}), bound, words)
