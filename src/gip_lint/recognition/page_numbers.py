"""Tells page numbers from figures where both stand on lines of their own: page numbers count on through the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from gip_lint.document import Location, SourceNote
from gip_lint.recognition.found import FoundRow, FoundTable, Slot

LONGEST = 3  # digits


def page_number(text: str, line: int, column: int) -> SourceNote:
    """The note of a page number within the text."""
    return SourceNote("page-number", Location(line, column, line, column + len(text) - 1), {"mark": text})


def without_page_numbers(
    tables: Iterable[FoundTable], notes: Sequence[SourceNote], lines: Sequence[str]
) -> list[SourceNote]:
    """Take out of rows with one figure too many the one that is the next page number, and note it.

    `notes` are those of the page numbers that stood where no figure is due, `lines` the document's. Where none was met,
    or more than one figure comes into question, the row stays as it is.
    """
    known = [(note.location.line or 0, int(mark[0])) for note in notes if (mark := _digits(note)) is not None]
    found = []
    rows = chain.from_iterable(table.rows for table in tables)
    for row in sorted((row for row in rows if _has_one_too_many(row)), key=lambda row: row.line):
        number = _due(sorted(known), row)
        slot = _only(row, str(number), lines) if number is not None else None
        if number is None or slot is None:
            continue
        row.slots.remove(slot)
        row.figures.remove(slot)
        known.append((slot.line, number))
        found.append(page_number(slot.text, slot.line, slot.column))
    return found


def _digits(note: SourceNote) -> re.Match[str] | None:
    return re.search(r"\d+", str(note.facts["mark"])) if note.kind == "page-number" else None


def _has_one_too_many(row: FoundRow) -> bool:
    due = row.header.due
    return row.width <= 1 and due > 1 and len(row.figures) == due + 1


def _due(known: Sequence[tuple[int, int]], row: FoundRow) -> int | None:
    """The number of the page that may end within the row or right behind it."""
    before = [number for line, number in known if line < row.line]
    after = [number for line, number in known if line > row.figures[-1].line]
    number = before[-1] + 1 if before else after[0] - 1 if after else None
    return None if number is None or (after and number >= after[0]) else number


def _only(row: FoundRow, digits: str, lines: Sequence[str]) -> Slot | None:
    """The one figure of the row that is that number; of several the one that an empty line sets off."""
    alike = [slot for slot in row.figures if slot.text == digits and slot.line != row.line]
    if len(alike) > 1:
        alike = [slot for slot in alike if _is_set_off(slot.line, lines)]
    return alike[0] if len(alike) == 1 and len(digits) <= LONGEST else None


def _is_set_off(line: int, lines: Sequence[str]) -> bool:
    return any(not lines[other - 1].strip() for other in (line - 1, line + 1) if 1 <= other <= len(lines))
