"""Two renditions of one report held against each other: the signed file and the published page should say the same.

Title, year, headings, table labels and cells are compared one by one; the prose section by section, without spaces
and without regard to the width of punctuation, since line breaks and fonts differ between formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from gip_lint.annual_report import AnnualReport, Cell, FoundLabel, Section, State, Table
from gip_lint.document import Location
from gip_lint.recognition.characters import fold

_CONTEXT = 12  # characters shown before and after the first difference of two texts
_SHOWN = 40  # of the differing text itself
_IGNORED = frozenset("#*\u200b\ufeff\xad")  # Markdown's marks and characters that nobody sees
_NO_FIGURE = {State.BLANK: "", State.ABSENT: ""}


class Kind(StrEnum):
    """What differs."""

    TITLE = "title"
    YEAR = "year"
    HEADING = "heading"
    TABLE = "table"
    LABEL = "label"
    CELL = "cell"
    TEXT = "text"


class Side(NamedTuple):
    """What one rendition has there; `text` is None where it has nothing, not even a place for it."""

    text: str | None
    location: Location


class Difference(NamedTuple):
    """One place where two renditions differ."""

    kind: Kind
    address: str
    left: Side
    right: Side


class NotCompared(NamedTuple):
    """A cell that could not be read in one rendition, or a table that is in neither; `left` and `right` say in which."""

    address: str
    left: bool
    right: bool


class Comparison(NamedTuple):
    """Everything two renditions of a report were compared on; `cells` and `headings` count what was compared."""

    left: AnnualReport
    right: AnnualReport
    differences: tuple[Difference, ...]
    not_compared: tuple[NotCompared, ...]
    cells: int
    headings: int


def compare(left: AnnualReport, right: AnnualReport) -> Comparison:
    """Every difference in reading order: title, headings with their prose, then the tables."""
    found = [*_title(left, right), *_sections(left, right)]
    not_compared: list[NotCompared] = []
    cells = 0
    for key in left.form.tables:
        ours, theirs = left.tables.get(key), right.tables.get(key)
        name = left.form.tables[key].name
        if ours is None or theirs is None:
            if ours is theirs:
                not_compared.append(NotCompared(name, True, True))
            else:
                found.append(Difference(Kind.TABLE, name, _there(left, ours), _there(right, theirs)))
            continue
        if ours.edition != theirs.edition:
            found.append(Difference(Kind.TABLE, name, _edition(left, ours), _edition(right, theirs)))
            continue
        found += _labels(left, right, ours, theirs)
        for index, (mine, other) in enumerate(zip(ours.cells, theirs.cells, strict=True)):
            address = ours.form.address(index)
            unread = mine.state is State.UNREADABLE, other.state is State.UNREADABLE
            if any(unread):
                not_compared.append(NotCompared(address, *unread))
                continue
            cells += 1
            column = ours.form.cells[index][1].key
            if _value(mine, ours, column) != _value(other, theirs, column):
                found.append(Difference(Kind.CELL, address, _cell(left, mine), _cell(right, other)))
    headings = max(len(left.sections), len(right.sections))
    return Comparison(left, right, tuple(found), tuple(not_compared), cells, headings)


# -- title and sections -----------------------------------------------------------------------------------------------


def _title(left: AnnualReport, right: AnnualReport) -> Iterator[Difference]:
    if _bare(left.title.text) != _bare(right.title.text):
        yield Difference(
            Kind.TITLE, "标题",
            Side(left.title.text or None, left.document.located(left.title.location)),
            Side(right.title.text or None, right.document.located(right.title.location)),
        )  # fmt: skip
    elif left.year != right.year:
        yield Difference(
            Kind.YEAR, "年度",
            Side(str(left.year) if left.year else None, left.document.located(left.title.location)),
            Side(str(right.year) if right.year else None, right.document.located(right.title.location)),
        )  # fmt: skip


def _sections(left: AnnualReport, right: AnnualReport) -> Iterator[Difference]:
    """Headings in the order of the report; the prose of the sections that both have."""
    ours = [section.form.key for section in left.sections]
    theirs = [section.form.key for section in right.sections]
    for _, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        mine, other = left.sections[start:end], right.sections[other_start:other_end]
        if ours[start:end] == theirs[other_start:other_end]:
            for section, twin in zip(mine, other, strict=True):
                if _bare(section.heading) != _bare(twin.heading):
                    yield Difference(Kind.HEADING, section.form.heading, _heading(left, section), _heading(right, twin))
                yield from _text(left, right, section, twin)
            continue
        for section in mine:
            yield Difference(Kind.HEADING, section.form.heading, _heading(left, section), Side(None, Location(None)))
        for section in other:
            yield Difference(Kind.HEADING, section.form.heading, Side(None, Location(None)), _heading(right, section))


def _heading(report: AnnualReport, section: Section) -> Side:
    return Side(section.heading.strip("#* "), report.document.located(section.location))


def _text(left: AnnualReport, right: AnnualReport, section: Section, twin: Section) -> Iterator[Difference]:
    """The stretch of a section's prose that differs, with a few characters around it as printed."""
    ours, theirs = _bare(section.text), _bare(twin.text)
    if ours == theirs:
        return
    printed, other_printed = _printed(section.text), _printed(twin.text)
    start = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    rest, other_rest = ours[start:], theirs[start:]
    tail = next(
        (i for i, (a, b) in enumerate(zip(reversed(rest), reversed(other_rest), strict=False)) if a != b),
        min(len(rest), len(other_rest)),
    )
    yield Difference(
        Kind.TEXT,
        section.form.heading,
        Side(_around(printed, start, len(ours) - tail), _place_in(left, section, start)),
        Side(_around(other_printed, start, len(theirs) - tail), _place_in(right, twin, start)),
    )


def _around(text: str, start: int, end: int) -> str:
    shown = text[start : min(end, start + _SHOWN)]
    cut = "…" if end > start + _SHOWN else ""
    head, tail = text[max(start - _CONTEXT, 0) : start], "" if cut else text[end : end + _CONTEXT]
    return f"{'…' if start > _CONTEXT else ''}{head}【{shown}{cut}】{tail}{'…' if end + _CONTEXT < len(text) else ''}"


def _place_in(report: AnnualReport, section: Section, position: int) -> Location:
    """Where the character stands that is `position` in the section's bare text."""
    for paragraph in section.paragraphs:
        length = len(_bare(paragraph.text))
        if position < length:
            seen = -1
            for i, char in enumerate(paragraph.text):
                seen += char not in _IGNORED and not char.isspace()
                if seen == position:
                    column = paragraph.column + i
                    return report.document.located(Location(paragraph.line, column, paragraph.line, column))
        position -= length
    last = section.paragraphs[-1] if section.paragraphs else None
    return report.document.located(Location(last.line, last.column) if last else section.location)


def _printed(text: str) -> str:
    """The characters that count, as they are printed."""
    return "".join(char for char in text if char not in _IGNORED and not char.isspace())


def _bare(text: str) -> str:
    """The same in one width, brackets and quotes in one form; exactly as long as `_printed`."""
    return fold(_printed(text))


# -- tables -----------------------------------------------------------------------------------------------------------


def _there(report: AnnualReport, table: Table | None) -> Side:
    return Side("", report.document.located(table.location)) if table else Side(None, Location(None))


def _edition(report: AnnualReport, table: Table) -> Side:
    return Side(table.edition, report.document.located(table.location))


def _labels(left: AnnualReport, right: AnnualReport, ours: Table, theirs: Table) -> Iterator[Difference]:
    """Labels that are worded differently, or that only one of the two has besides the form's."""
    mine, other = _by_address(ours.reworded), _by_address(theirs.reworded)
    for address in dict.fromkeys((*mine, *other)):
        a, b = mine.get(address), other.get(address)
        if a is None or b is None or _bare(a.text) != _bare(b.text):
            official = next(label.official for label in (a, b) if label is not None)
            yield Difference(Kind.LABEL, address, _label(left, a, official, ours), _label(right, b, official, theirs))
    for label in ours.extra:
        if not any(_bare(label.text) == _bare(twin.text) for twin in theirs.extra):
            yield Difference(Kind.LABEL, label.address, _label(left, label, None, ours), Side(None, Location(None)))
    for label in theirs.extra:
        if not any(_bare(label.text) == _bare(twin.text) for twin in ours.extra):
            yield Difference(Kind.LABEL, label.address, Side(None, Location(None)), _label(right, label, None, theirs))


def _by_address(labels: Sequence[FoundLabel]) -> dict[str, FoundLabel]:
    return {label.address: label for label in labels}


def _label(report: AnnualReport, label: FoundLabel | None, official: str | None, table: Table) -> Side:
    """The label as printed; where it was not worded differently, it is the official one."""
    if label is None:
        return Side(official, report.document.located(table.location))
    return Side(label.text, report.document.located(label.location))


def _value(cell: Cell, table: Table, column: str) -> tuple[object, ...]:
    """What two cells must have in common: the figure and its unit, or the words that stand there instead."""
    unit = cell.unit or table.units.get(column, (None, None))[0]
    if cell.state is State.NUMBER:
        return (cell.value, unit if cell.value else None)
    return (cell.state, _NO_FIGURE.get(cell.state, _bare(cell.text)))


def _cell(report: AnnualReport, cell: Cell) -> Side:
    text = None if cell.state is State.ABSENT else " ".join(cell.text.split())
    return Side(text, report.document.located(cell.location))
