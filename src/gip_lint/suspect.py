"""Looks for the one cell that explains every broken sum of a table, and for the figure that would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from gip_lint.annual_report import Table
from gip_lint.checks.equation import Relation
from gip_lint.finding import Suspect


def find_suspect(table: Table, broken: Sequence[Relation], others: Iterable[Relation]) -> Suspect | None:
    """The suspect, when at least two equations are broken and exactly one cell accounts for all of them.

    `others` are the remaining equations on the table: one that holds clears every cell it contains.
    """
    equations = [relation for relation in broken if relation.operator == "="]
    if len(equations) < 2:
        return None
    shared = frozenset.intersection(*(relation.cells for relation in equations))
    for relation in others:
        if shared & relation.cells and relation not in equations:
            sides = relation.sides(table.values)
            if sides is not None and relation.holds(*sides):
                shared -= relation.cells
    found: list[tuple[int, int | Decimal]] = []
    for index in shared:
        expected = _mending_figure(table, index, equations)
        if expected is not None:
            found.append((index, expected))
    if len(found) != 1:
        return None
    index, expected = found[0]
    value = table.values[index]
    assert value is not None  # a cell of an evaluated relation is a number
    return Suspect(table.form.address(index), table.cells[index].location, value, expected)


def _mending_figure(table: Table, index: int, equations: Sequence[Relation]) -> int | Decimal | None:
    """What the cell would have to be for every equation to hold; None when they ask for different figures."""
    value = table.values[index]
    wanted: set[int | Decimal] = set()
    for relation in equations:
        sides = relation.sides(table.values)
        weight = (
            relation.left_plus.count(index)
            - relation.left_minus.count(index)
            - relation.right_plus.count(index)
            + relation.right_minus.count(index)
        )
        if sides is None or value is None or weight not in (1, -1):
            return None
        wanted.add(value - (sides[0] - sides[1]) * weight)
    if len(wanted) != 1:
        return None
    figure = wanted.pop()
    return figure if figure >= 0 or table.form.cells[index][1].kind == "signed" else None
