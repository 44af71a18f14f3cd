"""Whether what the prose says of a figure, or that there is none, is what the tables say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Table
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.finding import Compared
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readings import Number, Readings, Reckoned, Unknown, agrees, bind_readings, confused, joined
from gip_lint.recognition.prose_figures import CUT, YUAN
from gip_lint.recognition.statement_reader import Statement
from gip_lint.recognition.statement_words import MONEY, StatementWords, statement_words
from gip_lint.recognition.statements import statements
from gip_lint.rule import CellRef, Fault, Gap, Result, gathered

_MANY = 3
_SENTENCE_END = LazyPattern(r"[。\n]")
RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "says": Parameter(
        "text", "核对文中的数字（figures），还是“未收到”“无”“0 件”一类的说法（none）", True, ("figures", "none")
    ),
    "alike": Parameter("texts", "一句里分列各类申请人的说法，各项应指同一种含义"),
    "readings": Parameter("mapping", "表名（disclosure、applications、reviews）→ 说法 → 可以指的格或几格之和", True),
}


class StatementCheck(NamedTuple):
    """What each topic may mean: table → topic → edition."""

    figures: bool
    readings: Mapping[str, Mapping[str, Mapping[str, Readings]]]
    words: StatementWords
    alike: frozenset[str] = frozenset()

    def apply(self, report: AnnualReport) -> Result:
        """Hold every statement of the reporting year and the issuer itself against the cells it may mean."""
        return gathered(self._outcomes(report))

    def _outcomes(self, report: AnnualReport) -> Iterator[int | Fault | Gap]:
        said = statements(report, self.words)
        for statement in said:
            topics = self.readings.get(statement.table)
            if topics is None or statement.holds is not self.figures or statement.scope or statement.period:
                continue
            table = report.tables.get(statement.table)
            readings = _readings(statement, topics, table.edition if table else report.due_form.edition)
            if readings is None:
                continue
            if table is None:
                yield Gap(_address(statement), "missing-table")
            elif statement.exactness not in ("", CUT):
                yield Gap(_address(statement), "approximate")
            else:
                yield _judge(statement, readings, table)
        for series in _series(said, self.alike) if self.alike else ():
            first = series[0]
            table = report.tables.get(first.table)
            if table is not None:
                bound = self.readings[first.table][first.about[0]].get(table.edition)
                yield from _together(series, bound, table) if bound is not None else ()


def _address(statement: Statement) -> str:
    return f"{statement.address}/{statement.quote}"


def _judge(statement: Statement, readings: Readings, table: Table) -> int | Fault | Gap:
    reckoned: list[Reckoned] = []
    unknown: Unknown | None = None
    paid = statement.counter in MONEY
    columns = statement.column.split("|")  # 企业 may be the enterprises or all organisations
    for one in (one for column in columns for one in readings.reckon(table, column, paid)):
        if isinstance(one, Unknown):
            unknown = unknown or one
        elif _agree(statement, one):
            return 1
        else:
            reckoned.append(one)
    if unknown is not None:
        return Gap(_address(statement), unknown.cause, table.form.address(unknown.cell))
    if statement.exactness:
        return Gap(_address(statement), "cut")
    return _fault(statement, reckoned, table)


def _series(said: Sequence[Statement], alike: frozenset[str]) -> Iterator[list[Statement]]:
    """Statements of one sentence about the columns of one topic, each another column (公民13件，企业2件，律师事务所1件)."""
    series: list[Statement] = []
    for one in said:
        if len(one.about) > 1 or one.about[0] not in alike or not one.column:
            continue
        last = series[-1] if series else None
        goes_on = (
            last is not None
            and last.prose.start == one.prose.start
            and not _SENTENCE_END.search(one.prose.text, last.figure[1], one.figure[0])
            and last.scope == one.scope
            and last.period == one.period
            and one.column not in {other.column for other in series}
        )
        if not goes_on and len(series) > 1:
            yield series
        series = [*series, one] if goes_on else [one]
    if len(series) > 1:
        yield series


def _together(series: Sequence[Statement], readings: Readings, table: Table) -> Iterator[Fault]:
    """Nothing where one meaning gives all figures of a series, or one of them is wrong by itself; else those that the best leaves."""
    if any(one.scope or one.period or one.exactness or not one.holds for one in series):
        return
    grouped = {c.key for block in table.form.blocks for c in block.columns if c.groups}
    several = sum(one.column.partition("|")[0] in grouped for one in series) > 1  # then 企业 is not all organisations
    outcomes: list[list[list[Reckoned]]] = []  # by statement, by meaning: what each column gives
    for one in series:
        meanings: list[list[Reckoned]] = [[] for _ in readings.readings]
        agrees = False
        for number, column in enumerate(one.column.split("|")):
            for meaning, each in enumerate(readings.reckon(table, column)):
                if isinstance(each, Unknown):
                    return
                agrees = agrees or _agree(one, each)
                if not (number and several):
                    meanings[meaning].append(each)
        if not agrees:
            return  # said already
        outcomes.append(meanings)
    wrong = [
        [place for place, one in enumerate(series) if not any(_agree(one, e) for e in outcomes[place][meaning])]
        for meaning in range(len(readings.readings))
    ]
    fewest = min(range(len(wrong)), key=lambda meaning: len(wrong[meaning]))
    for place in wrong[fewest]:
        yield _fault(series[place], outcomes[place][fewest], table)


def _readings(statement: Statement, topics: Mapping[str, Mapping[str, Readings]], edition: str) -> Readings | None:
    found = [topics[topic][edition] for topic in statement.about if topic in topics and edition in topics[topic]]
    if len(found) != len(statement.about) or not all(one.readings for one in found):
        return None
    return found[0] if len(found) == 1 else joined(found)


def _agree(statement: Statement, reckoned: Reckoned) -> bool:
    """Counts exactly, none where none is claimed; money within the coarser of the two precisions printed."""
    if not statement.holds:
        return reckoned.value <= 0
    if statement.counter not in MONEY:
        return statement.amount == reckoned.value
    return agrees(statement.amount, statement.counter, reckoned)


def _fault(statement: Statement, reckoned: Sequence[Reckoned], table: Table) -> Fault:
    columns = [
        c.label for block in table.form.blocks for c in block.columns if c.key == statement.column.partition("|")[0]
    ]
    column = (
        columns[0]
        if columns
        else next((c.groups[0] for _, c in table.form.cells if c.groups), "")
        if statement.column
        else ""
    )
    factor = YUAN[statement.counter] if statement.counter in MONEY else 1
    unit = f" {statement.counter}" if statement.counter in MONEY else ""
    in_table = Decimal(reckoned[0].value) / factor if factor != 1 else reckoned[0].value
    facts: dict[str, object] = {
        "quote": statement.quote,
        "amount": statement.amount,
        "counter": statement.counter,
        "table": table.form.name,
        "cells": "，".join(dict.fromkeys(f"{column}{_shown(one, factor)}{unit}" for one in reckoned)),
        "cell": in_table,
    }
    paid = statement.counter in MONEY
    mixed = paid and any(confused(statement.amount, statement.counter, one) for one in reckoned)
    return Fault(
        _address(statement),
        statement.location,
        facts,
        variant="confused" if mixed else None,
        operands=[CellRef(table.form.key, i) for i in sorted({i for one in reckoned for i in one.cells})],
        compared=Compared(statement.amount, in_table) if len(reckoned) == 1 else None,
        excerpt=statement.prose.excerpt([statement.figure]),
    )


def _shown(reckoned: Reckoned, factor: int) -> str:
    """`第一项＋第二项 7＋1＝8`; of many terms only those that are not 0."""
    terms = reckoned.terms
    if len(terms) > _MANY:
        terms = tuple(term for term in terms if term.value) or terms[:1]
    shown = reckoned._replace(terms=terms)
    signed = (("＋" if term.factor > 0 else "－") + _plain(term.value, factor) for term in terms)
    amounts = "".join(signed).removeprefix("＋")
    return f"{shown.name} {amounts}" + (f"＝{_plain(reckoned.value, factor)}" if len(terms) > 1 else "")


def _plain(value: Number, factor: int = 1) -> str:
    text = f"{Decimal(value) / factor:f}" if factor != 1 else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> StatementCheck:
    """Bind readings to the forms. Raises `ParameterError` for a table or topic unknown, or names that no form has."""
    words = statement_words(resources.words["statements"])
    bound: dict[str, dict[str, dict[str, Readings]]] = {}
    for table, topics in given["readings"].items():
        known = words.topics(table)
        if not known:
            raise ParameterError("readings", f"没有说到这张表的话：{table}", f"no words for such a table: {table}")
        for topic, texts in topics.items():
            if topic not in known:
                raise ParameterError("readings", f"{table} 没有“{topic}”这种说法", f"{table} has no topic {topic}")
            bound.setdefault(table, {})[topic] = bind_readings(table, texts, editions, resources, "readings")
    alike = frozenset(given.get("alike", ()))
    if not alike <= {topic for topics in bound.values() for topic in topics}:
        raise ParameterError("alike", "不在 readings 中", "not among the readings")
    return StatementCheck(given["says"] == "figures", bound, words, alike)
