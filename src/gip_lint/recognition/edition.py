"""Which edition of the form a report should follow, and in which one each of its tables is written."""

from __future__ import annotations

from collections.abc import Mapping

from gip_lint.form import Form
from gip_lint.recognition.found import FoundTable


def form_of_year(forms: Mapping[str, Form], year: int | None, found: Mapping[str, FoundTable]) -> Form:
    """The edition due for a report of that year; where the year is not known, the one that the tables resemble."""
    editions = sorted(forms.values(), key=lambda form: form.years[0])
    if year is None:
        return max(editions, key=lambda form: (sum(_likeness(form, t) for t in found.values()), form.years[0]))
    for form in editions:
        if year <= (form.years[1] or year):
            return form
    return editions[-1]


def form_of_table(forms: Mapping[str, Form], found: Mapping[str, FoundTable], key: str, due: Form) -> Form:
    """The edition a table is written in: another than the due one only when its own words say so.

    Table two differs in most of its labels. A table three that merely lacks the rows under （六） is incomplete,
    unless table two is of the older edition as well.
    """
    if key == "disclosure":
        if _likeness(due, found[key]) == _most_likely(found[key]):
            return due
        best = max(_likeness(form, found[key]) for form in forms.values())
        return (
            due
            if _likeness(due, found[key]) == best
            else next(f for f in forms.values() if _likeness(f, found[key]) == best)
        )
    likely = form_of_table(forms, found, "disclosure", due) if "disclosure" in found else due
    rows = {row.key for row in found[key].rows if row.key is not None}
    return next((form for form in [likely, *forms.values()] if rows <= _row_keys(form, key)), likely)


def _row_keys(form: Form, key: str) -> set[str]:
    table = form.tables[key]
    return table.rows.keys() | {group or label for group, label, _ in table.row_groups}


def _likeness(form: Form, table: FoundTable) -> int:
    """How many labels of the found table this edition has."""
    official = form.tables[table.key]
    leaves = [1 for header in table.headers for leaf in header.leaves if leaf.key in official.leaves]
    return len(leaves) + len([1 for row in table.rows if row.key in official.rows])


def _most_likely(table: FoundTable) -> int:
    """The likeness of a form that has every label found."""
    return sum(len(header.leaves) for header in table.headers) + len(table.rows)
