"""Which figures of a list may be the items of a total, and whether they make it up."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.recognition.itemisations import IN_BRACKETS, Item
from gip_lint.recognition.prose_figures import Number, ProseFigure, SectionProse, added

_MOST_ITEMS = 200  # in which an inner list is looked for; no list of a report has as many


def outermost(figures: Sequence[ProseFigure]) -> list[ProseFigure]:
    """The figures without those right behind one that make exactly it: they divide it."""
    found: list[ProseFigure] = []
    place = 0
    while place < len(figures):
        found.append(figures[place])
        place += 1
        so_far: Number = 0
        for end in range(place, len(figures)):
            so_far += figures[end].amount
            if so_far >= found[-1].amount:
                place = end + 1 if so_far == found[-1].amount and end > place else place
                break
    return found


def possible_totals(totals: Sequence[ProseFigure]) -> list[Number]:
    """What the items may add up to: any figure before them, or the last ones together (收到9件，上年结转1件，其中…)."""
    return [*(total.amount for total in totals), *(added(totals[start:]) for start in range(len(totals) - 1))]


def adds_up(items: Sequence[Item], total: Number) -> bool:
    """Whether the items, or the first of them, make the total; a list begun in between belongs to the item before it."""
    so_far: Number = 0
    for place, item in enumerate(items):
        if item.restart and 0 < place < _MOST_ITEMS:
            parent = items[place - 1].figure.amount if item.parallel else None
            if _resumes(items[place:], total - so_far, parent):
                return True
        so_far += item.figure.amount
        if so_far == total and place and not (place + 1 < len(items) and items[place + 1].remainder):
            return True
    return False


def _resumes(items: Sequence[Item], missing: Number, parent: Number | None) -> bool:
    """Whether what follows an inner list supplies what is missing; the inner list may end behind any of its items.

    One that divides its parent anew (按内容分) makes up all of it.
    """
    if missing == 0:
        return True
    first = items[0].figure.amount
    so_far: Number = 0
    sums = {so_far} if parent in (None, first) else set()
    for item in items[1:]:
        so_far += item.figure.amount
        if so_far - missing in sums:
            return True
        if parent in (None, first + so_far):
            sums.add(so_far)
    return False


def until_restart(items: Sequence[Item]) -> list[ProseFigure]:
    found: list[ProseFigure] = []
    for item in items:
        if item.restart and found:
            break
        found.append(item.figure)
    return found


def until(prose: SectionProse, items: Sequence[Item], mark: str, unless: str = "") -> list[ProseFigure]:
    """The items up to a mark between two of them, once `unless` has stood between two others."""
    found: list[ProseFigure] = []
    armed = not unless
    for item in items:
        if found:
            pause = IN_BRACKETS.sub("", prose.text[found[-1].end : item.figure.start])
            if armed and mark in pause:
                break
            armed = armed or unless in pause
        found.append(item.figure)
    return found


def before_another(items: Sequence[Item], unit: str) -> list[ProseFigure]:
    """The items up to one that is counted otherwise."""
    found: list[ProseFigure] = []
    for item in items:
        if item.figure.unit != unit or (item.restart and found):
            break
        found.append(item.figure)
    return found or [item.figure for item in items if item.figure.unit == unit]
