"""Tells page numbers from figures where both stand on lines of their own: page numbers count on through the report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.document import Location, SourceNote
from gip_lint.recognition.found import FoundRow, FoundTable, Slot, may_be_page_number

FEWEST_PAGES = 2  # whose numbers must count on
ENOUGH_PAGES = 3  # whose numbers tell a page number even between two values
MOST_EVENTS = 400  # no report has so many pages
COST_OF_LEAVING_OUT = 2  # a mark or a row, against that of a page whose number was lost
MOST_LOST = 2  # page numbers between two that were met


class _Mark(NamedTuple):
    """A page number met where no figure is due."""

    line: int
    number: int


def page_number(text: str, line: int, column: int) -> SourceNote:
    """The note of a page number within the text."""
    return SourceNote("page-number", Location(line, column, line, column + len(text) - 1), {"mark": text})


def without_page_numbers(
    tables: Collection[FoundTable], notes: Sequence[SourceNote], lines: Sequence[str]
) -> list[SourceNote]:
    """Take the page numbers out of the rows that have one figure too many, or no other figure, and note them.

    `notes` are those of the page numbers that stood where no figure is due, `lines` the document's. Every such row holds
    the number that follows the one before it; a row where more than one figure comes into question stays as it is. Where
    pages are not numbered elsewhere, a last figure that stands apart is the number.
    """
    table_of = {row: table for table in tables for row in table.rows if _may_hold_one(row)}
    if not table_of:
        return []
    rows = sorted(table_of, key=lambda row: row.line)
    marks = _marks(tables, notes)
    numbers, met = _numbers(marks, rows)
    found = []
    for row in rows:
        apart = _set_off(row, table_of[row], lines)
        slot = None
        if row in numbers:
            slot = _only(row, str(numbers[row]), apart)
            if met < ENOUGH_PAGES and slot is not row.figures[-1] and slot not in apart:
                slot = None
        elif not marks and len(row.figures) > 1 and row.figures[-1] in apart:
            slot = row.figures[-1] if may_be_page_number(row.figures[-1].text) else None
        if slot is not None:
            row.slots.remove(slot)
            row.figures.remove(slot)
            found.append(page_number(slot.text, slot.line, slot.column))
    return found


def _may_hold_one(row: FoundRow) -> bool:
    too_many = row.width <= 1 and bool(row.header.leaves) and len(row.figures) == row.header.due + 1
    return row.is_lone_page_number or (too_many and all(slot.figure.state is State.NUMBER for slot in row.figures))


def _marks(tables: Collection[FoundTable], notes: Sequence[SourceNote]) -> list[_Mark]:
    """The page numbers noted, and the figures that no row took."""
    found = {}
    for table in tables:
        for astray in table.astray:
            if may_be_page_number(astray.text):
                found[astray.location.line or 0] = int(astray.text)
    for note in notes:
        digits = re.search(r"\d+", str(note.facts["mark"])) if note.kind == "page-number" else None
        if digits is not None:
            found[note.location.line or 0] = int(digits[0])
    return [_Mark(line, number) for line, number in sorted(found.items())]


class _Count(NamedTuple):
    """The ways of counting on to some page that leave out least; in each row the numbers they see there, 0 for none."""

    left_out: int
    met: int
    rows: Mapping[FoundRow, frozenset[int]]


def _numbers(marks: Sequence[_Mark], rows: Sequence[FoundRow]) -> tuple[dict[FoundRow, int], int]:
    """The page number in each of the rows where just one is likely, and how many page numbers count on.

    Of all ways of counting those are taken that leave out least: a page number may have been lost, the first pages may
    have none; a mark may be none, and a row have another fault.
    """
    events: list[_Mark | FoundRow] = [*marks, *rows]
    if len(events) > MOST_EVENTS:
        return {}, 0
    events.sort(key=lambda event: event.line)
    counts = {0: _Count(0, 0, {})}  # by the last page met
    for event in events:
        following: dict[int, list[_Count]] = {}
        for last, count in counts.items():
            skipped = count if isinstance(event, _Mark) else _with_row(count, event, 0)
            following.setdefault(last, []).append(skipped._replace(left_out=count.left_out + COST_OF_LEAVING_OUT))
            for number in _read_on(event, last):
                lost = number - last - 1 if last else number > 1 + MOST_LOST
                read = count if isinstance(event, _Mark) else _with_row(count, event, number)
                following.setdefault(number, []).append(
                    read._replace(left_out=count.left_out + lost, met=count.met + 1)
                )
        counts = {last: _together(ways) for last, ways in following.items()}
    best = _together(list(counts.values()))
    if best.met < FEWEST_PAGES or best.left_out * 2 > best.met:
        return {}, 0
    return {row: min(seen) for row, seen in best.rows.items() if len(seen) == 1 and 0 not in seen}, best.met


def _with_row(count: _Count, row: FoundRow, number: int) -> _Count:
    return count._replace(rows={**count.rows, row: frozenset([number])})


def _read_on(event: _Mark | FoundRow, last: int) -> list[int]:
    """The numbers at that place that may follow the page number met last."""
    if isinstance(event, _Mark):
        numbers = {event.number}
    else:
        numbers = {int(slot.text) for slot in event.figures if may_be_page_number(slot.text)}
    return [number for number in numbers if not last or last < number <= last + 1 + MOST_LOST]


def _together(ways: Sequence[_Count]) -> _Count:
    """Those that leave out least, as one."""
    least = min(way.left_out for way in ways)
    best = [way for way in ways if way.left_out == least]
    if len(best) == 1:
        return best[0]
    rows = {row: frozenset().union(*(way.rows[row] for way in best)) for row in best[0].rows}
    return _Count(least, min(way.met for way in best), rows)


def _only(row: FoundRow, digits: str, apart: Sequence[Slot]) -> Slot | None:
    """The one figure of the row that is that number; of several the one that alone stands `apart`."""
    alike = [slot for slot in row.figures if slot.text == digits and slot.line != row.line]
    if len(alike) > 1 and row.figures.index(alike[-1]) - row.figures.index(alike[0]) == len(alike) - 1:
        return alike[-1]  # neighbours: whichever of them is taken, the values stay the same
    if len(alike) > 1:
        alike = [slot for slot in alike if slot in apart] if len(apart) <= 2 else []
    return alike[0] if len(alike) == 1 else None


def _set_off(row: FoundRow, table: FoundTable, lines: Sequence[str]) -> list[Slot]:
    """The figures of the row with an empty line above or below them that the other rows do not have there."""
    others = [other for other in table.rows if other.figures and other is not row]
    found = []
    last = len(row.figures) - 1
    for i, slot in enumerate(row.figures):
        above = below = False
        if i:
            above = slot.line - row.figures[i - 1].line > 1
        elif others:  # else it may always be so below a header
            above = _is_empty(slot.line - 1, lines) and not _most(
                _is_empty(o.figures[0].line - 1, lines) for o in others
            )
        if i < last:
            below = row.figures[i + 1].line - slot.line > 1
        else:
            below = _is_empty(slot.line + 1, lines) and not _most(
                _is_empty(o.figures[-1].line + 1, lines) for o in others
            )
        if above or below:
            found.append(slot)
    return found


def _most(answers: Iterable[bool]) -> bool:
    given = list(answers)
    return sum(given) * 2 > len(given)


def _is_empty(line: int, lines: Sequence[str]) -> bool:
    return 1 <= line <= len(lines) and not lines[line - 1].strip()
