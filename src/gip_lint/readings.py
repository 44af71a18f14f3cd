"""Readings: the cells, or sums of cells, that a statement of the prose may mean, bound to the form of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from gip_lint.annual_report import State, Table
from gip_lint.checks import ParameterError, Resources
from gip_lint.equation import read_comparison
from gip_lint.form import Row, TableForm
from gip_lint.recognition.prose_figures import YUAN

_CONFUSED = (Decimal(10_000), Decimal(1) / 10_000)  # by how much 元 and 万元 taken for each other are off
_TOTAL = "total"
Number = int | Decimal


class Part(NamedTuple):
    """Rows to be added (or, with a negative factor, subtracted) by key; column None is the one that is asked for.

    `name` is what the rule calls them: 第一项, 行政复议/总计.
    """

    factor: int
    name: str
    rows: tuple[str, ...]
    column: str | None

    def cells(self, form: TableForm, asked: str) -> list[int]:
        """The cells: in the part's own column, in the one asked for, or in 总计."""
        if self.column is not None:
            return [form.positions[row, self.column] for row in self.rows]
        columns = [c.key for block in form.blocks for c in block.columns if c.key == (asked or _TOTAL)]
        if not columns:  # every organisation together: the applicants under a common heading
            columns = [c.key for block in form.blocks for c in block.columns if c.groups]
        return [form.positions[row, column] for row in self.rows for column in columns]


class Reading(NamedTuple):
    """One thing a statement may mean."""

    parts: tuple[Part, ...]


class Term(NamedTuple):
    """A part of a reading worked out: `factor` is 1 or -1."""

    factor: int
    name: str
    value: Number


class Reckoned(NamedTuple):
    """A reading worked out; amounts of money in 元, `step` what one unit of their last printed digit is worth.

    `cells` are those it was worked out from.
    """

    terms: tuple[Term, ...]
    value: Number
    step: Decimal
    cells: tuple[int, ...]

    @property
    def name(self) -> str:
        """The reading in words: 第一项＋第二项."""
        names = (("＋" if term.factor > 0 else "－") + term.name.replace("/", "的") for term in self.terms)
        return "".join(names).removeprefix("＋")


def agrees(amount: Number, unit: str, reckoned: Reckoned) -> bool:
    """Whether an amount of money is that of a reading, within the coarser precision printed."""
    exponent = Decimal(amount).as_tuple().exponent
    factor = YUAN[unit]
    coarser = max(reckoned.step, factor * Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
    return abs(Decimal(amount) * factor - Decimal(reckoned.value)) < coarser


def confused(amount: Number, unit: str, reckoned: Reckoned) -> bool:
    """Whether an amount of money is ten thousand times that of a reading, or the reverse: 元 taken for 万元."""
    amount_in_yuan = Decimal(amount) * YUAN[unit]
    value = Decimal(reckoned.value)
    return any(abs(amount_in_yuan * times - value) * 100 < value for times in _CONFUSED)


class Unknown(NamedTuple):
    """Why a reading cannot be worked out: a cell and a key of `finding.CAUSES`."""

    cell: int
    cause: str


class Readings(NamedTuple):
    """Everything that one kind of statement may mean."""

    readings: tuple[Reading, ...]

    def reckon(self, table: Table, asked: str = "", money: bool = False) -> Iterator[Reckoned | Unknown]:
        """Each reading worked out on a table."""
        for reading in self.readings:
            yield _reckon(reading, table, asked, money)

    def values(self, table: Table) -> Iterator[Number]:
        """The values of those that can be worked out."""
        for reckoned in self.reckon(table):
            if isinstance(reckoned, Reckoned):
                yield reckoned.value


def _reckon(reading: Reading, table: Table, asked: str, money: bool) -> Reckoned | Unknown:
    terms: list[Term] = []
    cells: list[int] = []
    step = Decimal(0)
    for part in reading.parts:
        added: Number = 0
        for index in part.cells(table.form, asked):
            value = table.values[index]
            cell = table.cells[index]
            if value is None:
                return Unknown(index, "text" if cell.state is State.NUMBER else cell.state.value)
            if money:
                column = table.form.cells[index][1]
                header = table.units.get(column.key, (column.unit if column.unit_printed else None, None))[0]
                unit = cell.unit or header
                if unit is None or unit not in YUAN:
                    return Unknown(index, "unit")
                step = max(step, YUAN[unit] * Decimal(1).scaleb(-cell.decimals))
                value = value * YUAN[unit]
            added += value
            cells.append(index)
        terms.append(Term(part.factor, part.name, added))
    return Reckoned(tuple(terms), sum(term.factor * term.value for term in terms), step, tuple(cells))


def bind_readings(
    table: str, texts: Sequence[str], editions: frozenset[str], resources: Resources, key: str
) -> dict[str, Readings]:
    """Readings by edition; one that an edition's form has no names for is left out there.

    Raises `ParameterError` for `key` when no edition has any of them.
    """
    bound = {}
    known: set[str] = set()
    for edition in editions:
        form = resources.forms[edition].tables.get(table)
        if form is None:
            raise ParameterError(key, f"没有这样的表：{table}", f"no such table: {table}")
        made = {text: reading for text in texts if (reading := _reading(form, text, key)) is not None}
        known.update(made)
        bound[edition] = Readings(tuple(made.values()))
    for text in texts:
        if text not in known:
            raise ParameterError(key, f"表式中没有“{text}”", f"no form has “{text}”")
    return bound


def joined(several: Sequence[Readings]) -> Readings:
    """The sum of what each means first: 予以公开和部分公开共5件."""
    firsts = [readings.readings[0] for readings in several]
    return Readings((Reading(tuple(part for one in firsts for part in one.parts)),))


def _reading(form: TableForm, text: str, key: str) -> Reading | None:
    """`第一项 + 第二项`, `行政处罚/处理决定数量`; None when the form has no such row or column."""
    try:
        terms = read_comparison(f"{text} = 0").left
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise ParameterError(key, f"“{text}”{zh}", f"“{text}”: {en}") from error
    parts = []
    for factor, name in terms:
        first, divided, second = (name or "").partition("/")
        found = _cell(form, first, second) if divided else _rows(form, first)
        if found is None:
            return None
        parts.append(Part(factor, name or "", *found))
    return Reading(tuple(parts))


def _rows(form: TableForm, name: str) -> tuple[tuple[str, ...], None] | None:
    groups = [key for key, label, short in form.row_groups if key and name in (short, label, key)]
    rows = [row.key for row, _ in form.cells if _is_row(row, name) or row.group_key in groups]
    return (tuple(dict.fromkeys(rows)), None) if rows else None


def _is_row(row: Row, name: str) -> bool:
    """Whether a row goes by that name, its number left out: 属于行政查询事项 for 8.属于行政查询事项."""
    return name in (row.short, row.label, row.key, row.label.partition(".")[2])


def _cell(form: TableForm, first: str, second: str) -> tuple[tuple[str, ...], str] | None:
    labels = dict(form.column_groups)
    for row, column in form.cells:
        by_row = first in (row.short, row.label, row.key) and second in (column.label, column.key)
        if by_row or (first == labels.get(column.group_key) and second == column.label):
            return (row.key,), column.key
    return None
