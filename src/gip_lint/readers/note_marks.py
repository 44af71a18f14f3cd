"""Leaves out the marks of notes that were typed: a figure with a small ¹ behind it is that figure and a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NOTE_MARK = re.compile(
    r"[\[［【(（〔]?\s*(?:注\s*)?(?:\d{1,2}|[①-⑳㉑-㉟*＊※†‡#]{1,3}|[a-z])\s*[\]］】)）〕]?(?:[,，、]\d{1,2})*"
)


def without_note_marks(parts: Sequence[str], raised: Sequence[int]) -> str:
    """The parts of a paragraph as one text, without those of its raised ones (by place) that are marks of notes.

    Read as digits they would make another figure. What is raised as a whole (a cell formatted by mistake) is no mark,
    nor is the ² of m².
    """
    if not raised:
        return "".join(parts)
    kept = list(parts)
    before = ""  # the last character that is no space
    at = 0
    for group in _groups(raised):
        before = _last_character(kept[at : group[0]]) or before
        mark = "".join(kept[i] for i in group).strip()
        at = group[-1] + 1
        if before and _NOTE_MARK.fullmatch(mark) and not (before in "mM" and mark in ("2", "3")):
            for i in group:
                kept[i] = ""
        else:
            before = mark[-1:] or before
    return "".join(kept)


def _last_character(parts: Sequence[str]) -> str:
    return next((text.rstrip()[-1:] for text in reversed(parts) if not text.isspace() and text), "")


def _groups(places: Sequence[int]) -> Iterator[list[int]]:
    """Runs of consecutive numbers."""
    group: list[int] = []
    for place in places:
        if group and place != group[-1] + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
