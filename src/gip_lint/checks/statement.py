"""Whether what the prose says of a figure, or that there is none, is what the tables say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from gip_lint.annual_report import AnnualReport, State, Table
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.equation import read_comparison
from gip_lint.form import TableForm
from gip_lint.recognition.statement_words import MONEY, StatementWords, statement_words
from gip_lint.recognition.statements import Statement, statements
from gip_lint.rule import Fault, Gap, Result

PARAMETERS: Mapping[str, Parameter] = {
    "says": Parameter("text", "核对文中的数字（figures），还是“未收到”“无”“0 件”一类的说法（none）", True, ("figures", "none")),
    "readings": Parameter(
        "mapping", "表名（disclosure、applications、reviews）→ 说法（rules/words/statements.yaml）→ 它可以指的格或几格之和", True
    ),
}
_TOTAL = "total"
_YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


class Part(NamedTuple):
    """Cells to be added (or, with a negative factor, subtracted): rows and columns by key; None for the statement's column."""

    factor: int
    rows: tuple[str, ...]
    column: str | None


class Reading(NamedTuple):
    """One thing a statement may mean, with the rule's own words for it."""

    words: str
    parts: tuple[Part, ...]


class Reckoned(NamedTuple):
    """A reading worked out on a table; `step` is what one unit of the last printed digit is worth."""

    words: str
    value: int | Decimal
    terms: tuple[int | Decimal, ...]
    step: Decimal


@dataclass(frozen=True, slots=True)
class StatementCheck:
    """Readings of each edition: table → topic → what it may mean."""

    relation: ClassVar[bool] = True
    says: str
    readings: Mapping[str, Mapping[str, Mapping[str, tuple[Reading, ...]]]]
    words: StatementWords

    def apply(self, report: AnnualReport) -> Result:
        """Hold every statement of the reporting year and the issuer itself against the cells it may mean."""
        held = 0
        faults: list[Fault] = []
        gaps: list[Gap] = []
        for statement in statements(report, self.words):
            if statement.holds is not (self.says == "figures") or statement.scope or statement.period:
                continue
            key = statement.table
            table = report.tables.get(key)
            readings = self.readings[table.edition if table else report.due_form.edition].get(key)
            options = _options(statement, readings) if readings else ()
            if not options:
                continue
            address = f"{statement.address}/{statement.quote}"
            if table is None:
                gaps.append(Gap(address, "missing-table"))
                continue
            if statement.exactness:
                gaps.append(Gap(address, "approximate"))
                continue
            reckoned, gap = _reckon(table, options, statement, address)
            if any(_agree(statement, one) for one in reckoned):
                held += 1
            elif gap is not None:
                gaps.append(gap)
            else:
                faults.append(_fault(statement, reckoned, table, address))
        return Result(held, faults, gaps)


def _options(statement: Statement, readings: Mapping[str, tuple[Reading, ...]]) -> tuple[Reading, ...]:
    if len(statement.about) == 1:
        return readings.get(statement.about[0], ())
    chosen = [readings.get(topic) for topic in statement.about]
    if not all(chosen):
        return ()
    firsts = [options[0] for options in chosen if options]
    return (Reading(" + ".join(one.words for one in firsts), tuple(part for one in firsts for part in one.parts)),)


def _reckon(
    table: Table, options: tuple[Reading, ...], statement: Statement, address: str
) -> tuple[list[Reckoned], Gap | None]:
    """Every reading that has a figure in each cell; and why another has none."""
    reckoned = []
    gap = None
    for reading in options:
        terms: list[int | Decimal] = []
        step = Decimal(1)
        for factor, rows, column in reading.parts:
            part: int | Decimal = 0
            for index in _cells(table.form, rows, column, statement.column):
                value = table.values[index]
                cell = table.cells[index]
                if value is None:
                    cause = "text" if cell.state is State.NUMBER else cell.state.value
                    gap = gap or Gap(address, cause, table.form.address(index))
                    break
                if statement.counter in MONEY:
                    official = table.form.cells[index][1]
                    header = table.units.get(official.key, (official.unit if official.unit_printed else None, None))[0]
                    unit = cell.unit or header
                    if unit is None or unit not in _YUAN:
                        gap = gap or Gap(address, "unit", table.form.address(index))
                        break
                    step = max(step if terms else Decimal(0), _YUAN[unit] * Decimal(1).scaleb(-cell.decimals))
                    value = value * _YUAN[unit]
                part += value
            else:
                terms.append(factor * part)
                continue
            break
        else:
            reckoned.append(Reckoned(reading.words, sum(terms), tuple(terms), step))
    return reckoned, gap


def _cells(form: TableForm, rows: tuple[str, ...], column: str | None, chosen: str) -> list[int]:
    if column is not None:
        return [form.index[row, column] for row in rows if (row, column) in form.index]
    wanted = chosen or _TOTAL
    columns = [c.key for block in form.blocks for c in block.columns if c.key == wanted]
    if not columns:  # organisations: every applicant that is no natural person
        columns = [c.key for block in form.blocks for c in block.columns if c.groups]
    return [form.index[row, key] for row in rows for key in columns if (row, key) in form.index]


def _agree(statement: Statement, reckoned: Reckoned) -> bool:
    if statement.counter not in MONEY:
        return statement.amount == reckoned.value
    amount = Decimal(statement.amount)
    exponent = amount.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    factor = _YUAN[statement.counter]
    coarser = max(reckoned.step, factor * Decimal(1).scaleb(-decimals))
    return abs(amount * factor - reckoned.value) < coarser


def _fault(statement: Statement, reckoned: list[Reckoned], table: Table, address: str) -> Fault:
    column = next((c.label for block in table.form.blocks for c in block.columns if c.key == statement.column), "")
    column = column or ("法人或其他组织" if statement.column else "")
    shown = []
    for words, value, terms, _ in reckoned:
        amounts = "＋".join(_plain(term) for term in terms).replace("＋-", "－")
        arithmetic = f"{amounts}＝{_plain(value)}" if len(terms) > 1 else _plain(value)
        if statement.counter in MONEY:
            arithmetic = f"{_plain(Decimal(value) / _YUAN[statement.counter])} {statement.counter}"
        name = words.replace(" + ", "＋").replace(" - ", "－").replace("/", "的")
        text = f"{column}{name} {arithmetic}"
        if text not in shown:
            shown.append(text)
    facts: dict[str, object] = {
        "quote": statement.quote,
        "amount": statement.amount,
        "counter": statement.counter,
        "table": table.form.name,
        "cells": "，".join(shown),
        "cell": reckoned[0].value,
        "difference": abs(Decimal(statement.amount) - reckoned[0].value)
        if statement.counter in MONEY
        else abs(statement.amount - reckoned[0].value),
    }
    return Fault(address, statement.location, facts)


def _plain(value: int | Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> StatementCheck:
    """Bind readings to the forms. Raises `ParameterError` for a table or topic unknown, or names that no form has."""
    words = statement_words(resources.words["statements"])
    bound: dict[str, dict[str, dict[str, tuple[Reading, ...]]]] = {edition: {} for edition in editions}
    for table, topics in given["readings"].items():
        known = {topic for family in words.families if family.table == table for topic in family.subjects}
        if not known:
            raise ParameterError("readings", f"没有说到这张表的话：{table}", f"no words for such a table: {table}")
        for topic, texts in topics.items():
            if topic not in known:
                raise ParameterError("readings", f"{table} 没有“{topic}”这种说法", f"{table} has no topic {topic}")
            found = False
            for edition in editions:
                form = resources.forms[edition].tables[table]
                readings = tuple(r for text in texts if (r := _reading(form, text)) is not None)
                if readings:
                    bound[edition].setdefault(table, {})[topic] = readings
                    found = True
            if not found:
                raise ParameterError("readings", f"表式中没有 {'、'.join(texts)}", f"no form has {', '.join(texts)}")
    return StatementCheck(given["says"], bound, words)


def _reading(form: TableForm, text: str) -> Reading | None:
    """`第一项 + 第二项`, `行政处罚/处理决定数量`; None when this edition has no such row or column."""
    try:
        terms = read_comparison(f"{text} = 0").left
    except ValueError as error:
        raise ParameterError("readings", f"“{text}”{str(error).partition(' / ')[0]}", f"“{text}”: {error}") from error
    parts = []
    for factor, name in terms:
        if name is None:
            return None
        first, divided, second = name.partition("/")
        found = _named(form, first, second if divided else None)
        if found is None:
            return None
        parts.append(Part(factor, *found))
    return Reading(text, tuple(parts))


def _named(form: TableForm, first: str, second: str | None) -> tuple[tuple[str, ...], str | None] | None:
    if second is None:
        rows = [row.key for row, _ in form.cells if first in (row.short, row.label, row.key)]
        groups = [key for key, label, short in form.row_groups if key and first in (short, label, key)]
        rows += [row.key for row, _ in form.cells if row.group_key in groups]
        return (tuple(dict.fromkeys(rows)), None) if rows else None
    for row, column in form.cells:
        group = next((label for key, label in form.column_groups if key and key == column.group_key), None)
        if first in (row.short, row.label, row.key) and second in (column.label, column.key):
            return (row.key,), column.key
        if first == group and second == column.label:
            return (row.key,), column.key
    return None
