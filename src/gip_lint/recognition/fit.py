"""Fits the values found after a row's label to the columns of its table; what cannot be fitted is never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.document import display_width
from gip_lint.recognition.figure import read_figure
from gip_lint.recognition.found import FoundRow, Slot

FEWEST_COLUMNS = 5  # five digits behind a label are rather five figures than one
LONGEST_COUNT = 8  # digits; no organ counts a thousand million of anything in this form


class Fitted(NamedTuple):
    """One slot a column (None: blank without a place of its own), or the reason why the row cannot be read."""

    slots: tuple[Slot | None, ...] | None
    problem: str | None = None  # ragged or glued


class Shape:
    """How the complete rows of a table lie, so that the incomplete ones can be read by their neighbours."""

    def __init__(self, rows: Sequence[FoundRow], width: int) -> None:
        self.width = width
        self._rows = rows
        self._measured = False

    def _measure(self) -> None:
        # Most tables have no incomplete row and are never measured.
        if self._measured:
            return
        self._measured = True
        width = self.width
        self._starts: Counter[tuple[int, int]] = Counter()
        self._trailing: Counter[int] = Counter()
        self._steps: Counter[int] = Counter()
        self._offsets: list[tuple[int, ...]] = []
        for row in self._rows:
            figures = row.figures
            if len(figures) != width or not figures:
                continue
            lead = next(i for i, slot in enumerate(row.slots) if slot.figure.state is not State.BLANK)
            self._starts[self._form(row), lead] += 1
            self._trailing[len(row.slots) - lead - width] += 1
            if figures[0].line != figures[-1].line or row.line != figures[0].line:
                lines = [row.line, *(slot.line for slot in figures)]
                steps = {b - a for a, b in pairwise(lines)}
                if len(steps) == 1:
                    self._steps[steps.pop()] += 1
            elif not row.ruled:
                self._offsets.append(tuple(slot.offset + display_width(slot.text) for slot in figures))

    @staticmethod
    def _form(row: FoundRow) -> int:
        """Rows are neighbours in shape when their label stands in the same cell of the source row."""
        return row.index if row.width > 1 else -1

    def leads(self, row: FoundRow) -> set[int]:
        """How many blank cells stand between label and first value in the complete rows of this row's shape."""
        self._measure()
        form = self._form(row)
        return {lead for (f, lead) in self._starts if f == form}

    def step(self) -> int | None:
        """The distance in lines from value to value where every cell has a line of its own."""
        self._measure()
        return next(iter(self._steps)) if len(self._steps) == 1 else None

    def by_offset(self, figures: Sequence[Slot]) -> tuple[Slot | None, ...] | None:
        """Fit figures of a padded row by the place where the values of complete rows end."""
        self._measure()
        if not self._offsets or len({len(ends) for ends in self._offsets}) != 1:
            return None
        lows = [min(ends[i] for ends in self._offsets) for i in range(self.width)]
        highs = [max(ends[i] for ends in self._offsets) for i in range(self.width)]
        found: list[Slot | None] = [None] * self.width
        for slot in figures:
            end = slot.offset + display_width(slot.text)
            near = [i for i in range(self.width) if lows[i] - 2 <= end <= highs[i] + 2]
            if len(near) != 1 or found[near[0]] is not None:
                return None
            found[near[0]] = slot
        return tuple(found)


def fit(row: FoundRow, shape: Shape) -> Fitted:
    """The row's slots column by column.

    A row with no figure at all is blank, whatever the number of its separators.
    """
    width = shape.width
    figures = row.figures
    if not figures:
        places: list[Slot | None] = list(row.slots[:width]) if len(row.slots) == width else [None] * width
        return Fitted(tuple(places))
    if len(figures) == width:
        return Fitted(tuple(figures))
    if len(figures) > width:
        return Fitted(None, "ragged")
    if row.ruled and len(row.slots) >= width and all(len(slot.text) <= LONGEST_COUNT for slot in figures):
        return _by_separators(row, shape)
    single = _digits_apart(row, width)
    if single is not None:
        return Fitted(single)
    if _are_glued(figures, width):
        return Fitted(None, "glued")
    if row.ruled:
        return Fitted(None, "ragged")
    step = shape.step()
    if step is not None and (row.width <= 1 or figures[0].line != row.line):
        return _by_lines(row, figures, shape, step)
    fitted = shape.by_offset(figures) if all(slot.line == figures[0].line for slot in figures) else None
    return Fitted(fitted) if fitted else Fitted(None, "ragged")


def _digits_apart(row: FoundRow, width: int) -> tuple[Slot, ...] | None:
    """As many digits as columns, run together: each is one figure.

    `12` behind two columns may as well be a twelve and a blank that left no trace: only digits that stick to the
    label, that no number begins with, or that are too many for one figure are taken apart.
    """
    figures = row.figures
    if len(row.slots) > len(figures):
        return None  # blanks have their places: so has every figure
    first = figures[0]
    sticks = not row.ruled and first.line == row.line and first.column == row.column + len(row.text)
    if not (sticks or first.text[0] == "0" or width >= FEWEST_COLUMNS):
        return None
    if width < 2 or any(not slot.text.isascii() or not slot.text.isdigit() for slot in figures):
        return None
    if sum(len(slot.text) for slot in figures) != width:
        return None
    if len(figures) > 1 and any(len(slot.text) > 1 and slot.text[0] != "0" for slot in figures):
        return None
    apart = []
    for slot in figures:
        for i, digit in enumerate(slot.text):
            apart.append(slot._replace(text=digit, figure=read_figure(digit), column=slot.column + i))
    return tuple(apart)


def _are_glued(figures: Sequence[Slot], width: int) -> bool:
    """Fewer figures than columns, but digits enough for all of them, or one too long for any count."""
    if width < 2:
        return False
    if any(len(slot.text) > LONGEST_COUNT and slot.text.isdigit() for slot in figures):
        return True
    if len(figures) == 1 and sum(char.isdigit() for char in figures[0].text) > 1:
        return True
    if any(not slot.text.isascii() or not slot.text.replace(".", "").isdigit() for slot in figures):
        return False
    digits = sum(len(slot.text) for slot in figures)
    return digits > width and any(len(slot.text) > 1 and slot.text[0] == "0" for slot in figures)


def _by_separators(row: FoundRow, shape: Shape) -> Fitted:
    """The window of cells that holds all figures and has the right width; by the neighbours where several do."""
    slots, width = row.slots, shape.width
    blank = [slot.figure.state is State.BLANK for slot in slots]
    windows = [start for start in range(len(slots) - width + 1) if all(blank[:start]) and all(blank[start + width :])]
    leads = shape.leads(row)
    if leads:
        windows = [start for start in windows if start in leads]
    if len(windows) != 1:
        return Fitted(None, "ragged")
    return Fitted(tuple(slots[windows[0] : windows[0] + width]))


def _by_lines(row: FoundRow, figures: Sequence[Slot], shape: Shape, step: int) -> Fitted:
    """One cell a line: an empty line where a figure is due is a blank cell."""
    found: list[Slot | None] = [None] * shape.width
    for slot in figures:
        steps, rest = divmod(slot.line - row.line, step)
        if rest or not 1 <= steps <= shape.width or found[steps - 1] is not None:
            return Fitted(None, "ragged")
        found[steps - 1] = slot
    # Without an empty line at the place of each blank the rows would only have moved together.
    return Fitted(tuple(found)) if figures[-1].line - row.line > len(figures) * step else Fitted(None, "ragged")
