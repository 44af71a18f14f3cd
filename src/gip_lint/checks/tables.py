"""The official tables: present, of the right edition, with all their rows and columns, in the official words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, FoundLabel, Table
from gip_lint.checks import Parameter, Resources
from gip_lint.document import Location
from gip_lint.recognition.characters import squeeze
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "test": Parameter(
        "text",
        "核对什么",
        True,
        ("present", "rows", "columns", "foreign-rows", "foreign-columns", "worded", "edition", "note"),
    ),
}


class Tables(NamedTuple):
    """Applies one test to the official tables."""

    test: str

    def apply(self, report: AnnualReport) -> Result:
        """One outcome for each table, or for each label where labels are tested."""
        faults = list(_TESTS[self.test](report))
        return Result(max(len(report.due_form.tables) - len(faults), 0), faults)


def _section_place(report: AnnualReport, table: str) -> Location:
    for section in report.sections:
        if section.form.table == table:
            return section.location
    return report.sections[-1].location if report.sections else Location(1, 1, 1, 1)


def _absent(report: AnnualReport) -> Iterator[Fault]:
    unread = {note.address for note in report.notes if note.kind in ("unread-table", "pictured-table")}
    for form in report.due_form.tables.values():
        if form.key not in report.tables and form.name not in unread:
            facts = {"table": form.name, "title": form.title}
            yield Fault(form.name, _section_place(report, form.key), facts)


def _missing_rows(report: AnnualReport) -> Iterator[Fault]:
    for table in report.tables.values():
        order = {row.key: i for i, row in enumerate(row for block in table.form.blocks for row in block.rows)}
        # consecutive rows of one group that are missing together are one fault
        keyed = ((order[row.key] - i, row.group_key, row) for i, row in enumerate(table.missing_rows))
        for (_, group), found in groupby(keyed, key=lambda item: (item[0], item[1])):
            rows = [row for _, _, row in found]
            group_label = next((label for key, label, _ in table.form.row_groups if key and key == group), "")
            facts: dict[str, object] = {
                "table": table.form.name,
                "rows": "、".join(f"“{row.label}”" for row in rows),
                "count": len(rows),
                "group": group_label,
                "under": f"“{group_label}”下的" if group_label else "",
                "under_en": f" under “{group_label}”" if group_label else "",
            }
            yield Fault(f"{table.form.name}/{rows[0].address}", table.location, facts)


def _missing_columns(report: AnnualReport) -> Iterator[Fault]:
    for table in report.tables.values():
        for column in table.missing_columns:
            place = next(
                (
                    table.column_locations[other.key]
                    for _, other in reversed(table.form.cells)
                    if other.groups == column.groups and other.key in table.column_locations
                ),
                table.location,
            )
            facts = {"table": table.form.name, "column": column.address, "count": len(table.cells)}
            yield Fault(f"{table.form.name}/{column.address}", place, facts)


def _foreign(kind: str) -> Callable[[AnnualReport], Iterator[Fault]]:
    def found(report: AnnualReport) -> Iterator[Fault]:
        for table in report.tables.values():
            for label in table.extra:
                if label.kind == kind:
                    yield _label_fault(table, label)

    return found


def _reworded(report: AnnualReport) -> Iterator[Fault]:
    for table in report.tables.values():
        for label in table.reworded:
            yield _label_fault(table, label)


def _label_fault(table: Table, label: FoundLabel) -> Fault:
    facts = {"table": table.form.name, "label": label.text, "official": label.official or ""}
    return Fault(label.address, label.location, facts, suggestion=label.official)


def _other_edition(report: AnnualReport) -> Iterator[Fault]:
    due = report.due_form
    found = [table for table in report.tables.values() if table.edition != due.edition]
    if found:
        facts = {
            "tables": "、".join(table.form.name for table in found),
            "year": report.year or "",
            "found": found[0].edition,
            "due": due.edition,
            "notice": due.notice,
        }
        yield Fault(found[0].form.name, found[0].location, facts)


def _note(report: AnnualReport) -> Iterator[Fault]:
    for table in report.tables.values():
        official = table.form.note
        if not official:
            continue
        facts = {"table": table.form.name, "official": official, "note": table.note or ""}
        if table.note is None:
            yield Fault(table.form.name, table.location, facts, variant="missing")
        elif squeeze(table.note) != squeeze(official):
            yield Fault(table.form.name, table.location, facts, variant="changed", suggestion=official)


_TESTS: Mapping[str, Callable[[AnnualReport], Iterator[Fault]]] = {
    "present": _absent,
    "rows": _missing_rows,
    "columns": _missing_columns,
    "foreign-rows": _foreign("row"),
    "foreign-columns": _foreign("column"),
    "worded": _reworded,
    "edition": _other_edition,
    "note": _note,
}


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Tables:
    """Make the check."""
    return Tables(given["test"])
