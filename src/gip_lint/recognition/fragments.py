"""Labels broken over several lines or cells: their beginnings are kept open until the rest is met."""

from __future__ import annotations

from typing import NamedTuple

from gip_lint.document import GridCell, display_width
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold, label_key
from gip_lint.recognition.found import FoundRow
from gip_lint.recognition.vocabulary import Label, Vocabulary

MOST_OPEN = 24  # a header of fifteen columns over several lines, and the labels beside it
UNIT_PART = LazyPattern(r"单位|万元|元|保留|小数")


class Fragment:
    """The beginning of a label; `row` is the row whose values already follow it.

    `last` is the part met last, which the rest should stand below.
    """

    __slots__ = ("column", "index", "last", "line", "offset", "row", "text")

    def __init__(self, cell: GridCell, index: int, row: FoundRow | None = None) -> None:
        self.text, self.line, self.column, self.offset = cell
        self.index = index
        self.row = row
        self.last = cell.text

    @property
    def cell(self) -> GridCell:
        """All of it so far, as if it stood where it began."""
        return GridCell(self.text, self.line, self.column, self.offset)


def overlap(above: str, above_offset: int, text: str, offset: int) -> bool:
    """Whether two pieces of a padded table stand below one another."""
    return above_offset <= offset + display_width(text) and offset <= above_offset + display_width(above)


def _distance(fragment: Fragment, text: str, offset: int) -> tuple[bool, int, int]:
    """How far a beginning is from the text that may go on with it: first those above it, then by columns and lines."""
    above = overlap(fragment.last, fragment.offset, text, offset)
    return not above, abs(fragment.offset - offset), -fragment.line


class _Joined(NamedTuple):
    """A beginning and the text that goes on with it: the label, None while incomplete, its text and a unit behind it."""

    fragment: Fragment
    label: Label | None
    text: str
    tail: str = ""


class Completed(NamedTuple):
    """A label whose last part was met; `tail` is a unit in brackets that is no part of its words."""

    fragment: Fragment
    label: Label
    tail: str = ""


class Fragments:
    """The labels begun and not yet complete."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.open: list[Fragment] = []

    @property
    def has_number(self) -> bool:
        """Whether what was met last is the number of a label and nothing else: 其他 below 2. begins another label."""
        return bool(self.open) and not label_key(self.open[-1].text)[1]

    def joins(self, text: str) -> bool:
        """Whether the text continues one of them."""
        vocabulary = self._vocabulary
        for fragment in self.open:
            if vocabulary.begins(fragment.text + text) or vocabulary.find(fragment.text + text):
                return True
        return False

    def completes(self, text: str) -> bool:
        """Whether the text ends one of them."""
        return any(self._vocabulary.find(fragment.text + text) for fragment in self.open)

    def above(self, text: str, offset: int) -> bool:
        """Whether one of them stands above the text."""
        return any(overlap(f.last, f.offset, text, offset) for f in self.open)

    def begin(self, fragment: Fragment, table: str) -> None:
        """Keep a new beginning; the oldest gives way when there are too many."""
        self.open.append(fragment)
        if len(self.open) > MOST_OPEN:
            self._resolve(self.open.pop(0), table)

    def extend(self, text: str, offset: int, table: str) -> Completed | bool:
        """Add the text to the beginning it continues, the nearest one first: the label if it is now complete.

        False when it continues none of them.
        """
        going_on = [one for fragment in self.open if (one := self._joined(fragment, text, table)) is not None]
        if not going_on:
            return False
        if len(going_on) > 1:
            going_on.sort(key=lambda one: _distance(one.fragment, text, offset))
        fragment, label, joined, tail = going_on[0]
        fragment.text = joined
        if label is None:
            fragment.last = text
            return True
        self.open.remove(fragment)
        return Completed(fragment, label, tail)

    def _joined(self, fragment: Fragment, text: str, table: str) -> _Joined | None:
        """The beginning together with the text, if they are a label of the table or the beginning of one."""
        joined = fragment.text + text
        label = self._vocabulary.find(joined)
        if label is not None and label.within(table):
            return _Joined(fragment, label, joined)
        if self._vocabulary.begins(joined):
            return _Joined(fragment, None, joined)
        head, bracket, tail = fold(joined).partition("(")
        label = self._vocabulary.find(head) if bracket and UNIT_PART.search(tail) else None
        meaning = label.within(table) if label is not None else None
        if label is not None and meaning is not None and meaning.column:
            return _Joined(fragment, label, head, bracket + tail)
        return None

    def rightmost_row(self, table: str) -> Fragment | None:
        """The beginning of a row label without values of its own that stands furthest to the right."""
        if not self.open:
            return None
        waiting = [f for f in self.open if f.row is None and self._vocabulary.rows_begun(f.text, table)]
        return max(waiting, key=lambda f: (f.offset, f.line), default=None)

    def close(self, table: str | None) -> None:
        """At the end of a table a label that never was completed is taken for what it alone can begin."""
        for fragment in self.open:
            self._resolve(fragment, table)
        self.open = []

    def _resolve(self, fragment: Fragment, table: str | None) -> None:
        if table is None or fragment.row is None or fragment.row.key is not None:
            return
        rows = self._vocabulary.rows_begun(fragment.text, table)
        if len(rows) == 1:
            fragment.row.candidate = rows.pop()
