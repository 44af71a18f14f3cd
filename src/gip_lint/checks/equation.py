"""Relations between the figures of one table, evaluated for each column, row or group of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, State, Table
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.equation import Comparison, Term, read_comparison
from gip_lint.finding import Compared, Severity
from gip_lint.form import TableForm
from gip_lint.issuer import issuer_kind
from gip_lint.rule import NOTHING, CellRef, Fault, Gap, Result

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "table": Parameter("text", "disclosure（表二）、applications（表三）或 reviews（表四）", True),
    "each": Parameter("text", "逐列、逐行或逐组列核对", True, ("column", "row", "group")),
    "equation": Parameter("text", "一个等式或不等式，用表式中的名称书写"),
    "relations": Parameter("mappings", "多个关系，每个可带 when（前提）与 severity（级别）"),
    "rows": Parameter("texts", "只核对这些行"),
    "columns": Parameter("texts", "只核对这些列"),
    "groups": Parameter("texts", "只核对这些组"),
    "issuers": Parameter("texts", "只对这几类机关核对（rules/words/issuers.yaml）"),
}


def _sum(
    values: Sequence[int | Decimal | None], plus: Sequence[int], minus: Sequence[int], constant: int
) -> int | Decimal | None:
    total: int | Decimal = constant
    for i in plus:
        value = values[i]
        if value is None:
            return None
        total += value
    for i in minus:
        value = values[i]
        if value is None:
            return None
        total -= value
    return total


class Relation(NamedTuple):
    """One comparison bound to cells: indices into the table's `values`, factors written out by repetition."""

    place: tuple[str, str]  # (what the message calls it, address below the table)
    target: int
    left_plus: tuple[int, ...]
    left_minus: tuple[int, ...]
    left_constant: int
    operator: str
    right_plus: tuple[int, ...]
    right_minus: tuple[int, ...]
    right_constant: int
    names: tuple[tuple[str, tuple[int, ...]], ...]
    grade: Severity | None
    condition: Relation | None

    @property
    def cells(self) -> frozenset[int]:
        """Every cell that takes part."""
        return frozenset((*self.left_plus, *self.left_minus, *self.right_plus, *self.right_minus))

    def sides(self, values: Sequence[int | Decimal | None]) -> tuple[int | Decimal, int | Decimal] | None:
        """Both sides, or None when an operand is no number."""
        left = _sum(values, self.left_plus, self.left_minus, self.left_constant)
        right = _sum(values, self.right_plus, self.right_minus, self.right_constant)
        return None if left is None or right is None else (left, right)

    def compared(self, left: int | Decimal, right: int | Decimal) -> Compared | None:
        """Which side the report states and which is worked out; None when an inequality states neither alone.

        An equation is written with what is stated on the right, unless only the left is a single cell.
        """
        left_alone, right_alone = (
            len(plus) == 1 and not minus and not constant
            for plus, minus, constant in (
                (self.left_plus, self.left_minus, self.left_constant),
                (self.right_plus, self.right_minus, self.right_constant),
            )
        )
        if left_alone and (self.operator != "=" or not right_alone):
            return Compared(left, right)
        return Compared(right, left) if self.operator == "=" else None

    def holds(self, left: int | Decimal, right: int | Decimal) -> bool:
        """Whether the comparison is true of these two sides."""
        if self.operator == "=":
            return left == right
        if self.operator == "≥":
            return left >= right
        if self.operator == "≤":
            return left <= right
        return left != right


class Equation(NamedTuple):
    """The relations of one rule, bound to the cells of every edition it is for."""

    table: str
    table_name: str
    relations: Mapping[str, tuple[Relation, ...]]
    issuers: tuple[str, ...]
    issuer_words: Mapping[str, Sequence[str]]

    def apply(self, report: AnnualReport) -> Result:
        """Evaluate every relation of the report's edition."""
        if self.issuers and issuer_kind(report.issuer, self.issuer_words) not in self.issuers:
            return NOTHING
        table = report.tables.get(self.table)
        edition = table.edition if table else report.due_form.edition
        relations = self.relations.get(edition, ())
        if not relations:
            return NOTHING
        if table is None:
            return Result(0, (), [Gap(f"{self.table_name}/{r.place[1]}", "missing-table") for r in relations])
        held = 0
        faults: list[Fault] = []
        gaps: list[Gap] = []
        values = table.values
        seen: set[str] = set()  # a place already at fault by a graver relation of the same rule
        for relation in relations:
            if relation.condition is not None:
                premise = relation.condition.sides(values)
                if premise is None:
                    gaps.append(_gap(table, relation.condition))
                    continue
                if not relation.condition.holds(*premise):
                    continue
            sides = relation.sides(values)
            if sides is None:
                gaps.append(_gap(table, relation))
            elif relation.holds(*sides):
                held += 1
            elif relation.place[1] not in seen:
                seen.add(relation.place[1])
                faults.append(self._fault(table, relation, *sides))
        return Result(held, faults, gaps)

    def _fault(self, table: Table, relation: Relation, left: int | Decimal, right: int | Decimal) -> Fault:
        facts: dict[str, object] = {"place": relation.place[0], "column": relation.place[0], "row": relation.place[0]}
        condition = relation.condition.names if relation.condition else ()
        for name, cells in condition + relation.names:
            facts[name] = sum(value for i in cells if (value := table.values[i]) is not None)
        facts |= {"left": left, "right": right, "difference": abs(left - right)}
        return Fault(
            address=table.form.address(relation.target),
            location=table.cells[relation.target].location,
            facts=facts,
            cells=(CellRef(self.table, relation.target),),
            grade=relation.grade,
            relation=relation,
            operands=[CellRef(self.table, i) for i in sorted(relation.cells - {relation.target})],
            compared=relation.compared(left, right),
        )


def _gap(table: Table, relation: Relation) -> Gap:
    cells = sorted(relation.cells)
    blamed = next((i for i in cells if table.values[i] is None), cells[0])
    state = table.cells[blamed].state
    cause = "text" if state is State.NUMBER else state.value
    return Gap(f"{table.form.name}/{relation.place[1]}", cause, table.form.address(blamed))


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Equation:
    """Bind the rule's relations to the cells of the forms. Raises `ParameterError` for names that no form has."""
    relations = list(given.get("relations", ()))
    if ("equation" in given) == bool(relations):
        raise ParameterError("equation", "equation 与 relations 须且只能写一个", "give either equation or relations")
    if not relations:
        relations = [{"equation": given["equation"]}]
    for relation in relations:
        unknown = set(relation) - {"equation", "when", "severity"}
        if unknown or "equation" not in relation:
            raise ParameterError(
                "relations", "每个关系只有 equation、when、severity", "a relation has equation, when and severity only"
            )
    bound: dict[str, tuple[Relation, ...]] = {}
    table_name = ""
    for edition in sorted(editions):
        form = resources.forms[edition].tables.get(given["table"])
        if form is None:
            raise ParameterError("table", f"没有这样的表：{given['table']}", f"no such table: {given['table']}")
        table_name = form.name
        bound[edition] = tuple(r for relation in relations for r in _bind(form, given, relation))
        if not bound[edition]:
            raise ParameterError(
                "equation",
                f"{edition} 版{form.name}没有这些名称{_hint(form, relations)}",
                f"{form.name} of edition {edition} has no such names{_hint(form, relations)}",
            )
    issuers = tuple(given.get("issuers", ()))
    known = resources.words.get("issuers", {})
    for issuer in issuers:
        if issuer not in known:
            raise ParameterError("issuers", f"没有这类机关：{issuer}", f"no such kind of issuer: {issuer}")
    return Equation(given["table"], table_name, bound, issuers, known if issuers else {})


def _hint(form: TableForm, relations: Sequence[Mapping[str, str]]) -> str:
    import difflib  # only for a rule that is wrong

    known = {name for row, column in form.cells for name in (row.short, row.label, column.label)}
    known |= {short for _, _, short in form.row_groups if short}
    for relation in relations:
        for term in _terms(_parse(relation["equation"])):
            if term.name and term.name not in known:
                near = difflib.get_close_matches(term.name, known, 1, 0.5)
                return f"：{term.name}" + (f"，是否指“{near[0]}”" if near else "")
    return ""


def _parse(text: str) -> Comparison:
    try:
        return read_comparison(text)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise ParameterError("equation", f"“{text}”{zh}", f"“{text}”: {en}") from error


def _terms(comparison: Comparison) -> tuple[Term, ...]:
    return comparison.left + comparison.right


Place = tuple[str, str, dict[str, tuple[int, ...]]]  # name, address, names → cells


def _places(form: TableForm, each: str) -> Iterator[Place]:
    """Every column, row or group of the table with the cells that names stand for there."""
    names: dict[str, tuple[int, ...]]
    for block in form.blocks:
        if each == "row":
            for row in block.rows:
                names = {}
                for column in block.columns:
                    place = (form.positions[row.key, column.key],)
                    names[column.label] = names[column.key] = place
                yield row.label, row.address, names
        elif each == "column":
            for column in block.columns:
                names = {}
                for row in block.rows:
                    place = (form.positions[row.key, column.key],)
                    names[row.short] = names[row.label] = names[row.key] = place
                for key, label, short in form.row_groups:
                    members = tuple(form.positions[row.key, column.key] for row in block.rows if row.group_key == key)
                    if key and members:
                        names[short] = names[label] = names[key] = members
                yield column.label, column.address, names
        else:
            for key, label in form.column_groups:
                columns = [column for column in block.columns if column.group_key == key]
                if not key or not columns:
                    continue
                for row in block.rows:
                    names = {c.label: (form.positions[row.key, c.key],) for c in columns}
                    yield label, label, names


def _bind(form: TableForm, given: Mapping[str, Any], relation: Mapping[str, str]) -> Iterator[Relation]:
    comparison = _parse(relation["equation"])
    condition = _parse(relation["when"]) if "when" in relation else None
    each = given["each"]
    wanted = given.get({"row": "rows", "column": "columns", "group": "groups"}[each])
    for name, address, names in _places(form, each):
        if wanted is not None and name not in wanted:
            continue
        needed = [term.name for term in _terms(comparison) + (_terms(condition) if condition else ()) if term.name]
        if any(term not in names for term in needed):
            continue
        grade = Severity(relation["severity"]) if "severity" in relation else None
        premise = _relation(condition, (name, address), names, None, None) if condition else None
        yield _relation(comparison, (name, address), names, grade, premise)


def _relation(
    comparison: Comparison,
    place: tuple[str, str],
    names: Mapping[str, tuple[int, ...]],
    grade: Severity | None,
    condition: Relation | None,
) -> Relation:
    sides: list[tuple[tuple[int, ...], tuple[int, ...], int]] = []
    used: list[tuple[str, tuple[int, ...]]] = []
    for terms in (comparison.left, comparison.right):
        plus: list[int] = []
        minus: list[int] = []
        constant = 0
        for factor, name in terms:
            if name is None:
                constant += factor
                continue
            used.append((name, names[name]))
            (plus if factor > 0 else minus).extend(names[name] * abs(factor))
        sides.append((tuple(plus), tuple(minus), constant))
    target = used[-1][1][0]
    (left_plus, left_minus, left_constant), (right_plus, right_minus, right_constant) = sides
    return Relation(
        place, target, left_plus, left_minus, left_constant, comparison.operator,
        right_plus, right_minus, right_constant, tuple(used), grade, condition,
    )  # fmt: skip
