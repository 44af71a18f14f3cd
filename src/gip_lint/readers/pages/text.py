"""Characters at their places → lines of text and the text of a cell, read as they were meant to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.pages.page import Box, Glyph

WIDE_FROM = 0x2E80  # East Asian characters begin here: each as wide as it is high
LATIN_GAP = 0.2  # in ems: what parts two words or figures
SPREAD = 0.6  # in ems: how far characters of a cell may be spread out
WIDE_GAP = 1.0  # in ems: what parts Chinese characters that are not only spread out
SAME_PLACE = 0.35  # of a character's width: the same one drawn twice for bold print
RAISED_SIZE = 0.75
CELL_PADDING = 12.0  # left and right together, at most


# what begins a point of a list or a numbered label
ENUMERATOR = LazyPattern(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)")
CLOSING_MARKS = frozenset("，。、；：？！”’）》〕」』】,.;:?!)%")
OPENING_MARKS = frozenset("“‘（《〔「『【(")


class TextLine(NamedTuple):
    """Characters side by side, from left to right, with the box around them."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The characters, with a space where words or figures stand apart."""
        return text_of(self.glyphs)

    @property
    def box(self) -> Box:
        """Around all characters."""
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def em(self) -> float:
        """The size of the print, in points."""
        return median([glyph.bottom - glyph.top for glyph in self.glyphs[:: len(self.glyphs) // 8 + 1]])


def text_line(glyphs: Iterable[Glyph]) -> TextLine:
    """The line that these characters make up: none twice in one place, and no footnote marks."""
    glyphs = list(glyphs)
    if len(glyphs) == 1:
        return TextLine(tuple(glyphs), *glyphs[0][1:5])
    ordered: list[Glyph] = []
    figures = False
    last = last_but_one = ""
    for glyph in sorted(glyphs, key=_left):
        text = glyph[0]
        if text in (last, last_but_one) and any(_is_same(before, glyph) for before in ordered[-2:]):
            continue
        last_but_one, last = last, text
        ordered.append(glyph)
        figures = figures or text.isdigit()
    if figures and len(ordered) > 1:
        ordered = _without_raised(ordered)
    return TextLine(
        tuple(ordered),
        ordered[0].left,
        min([glyph.top for glyph in ordered]),
        max([glyph.right for glyph in ordered]),
        max([glyph.bottom for glyph in ordered]),
    )


_left = itemgetter(1)


def _is_same(before: Glyph, glyph: Glyph) -> bool:
    return before.text == glyph.text and glyph.left - before.left < SAME_PLACE * (glyph.right - glyph.left)


def _without_raised(glyphs: list[Glyph]) -> list[Glyph]:
    """Small raised figures mark a footnote; read as print they would be digits of the figure before them."""
    sizes = [glyph.bottom - glyph.top for glyph in glyphs]
    size = max(sizes)
    if min(sizes) > RAISED_SIZE * size:
        return glyphs
    ground = median(glyph.bottom for glyph, em in zip(glyphs, sizes, strict=True) if em > RAISED_SIZE * size)
    kept = [
        glyph
        for glyph, em in zip(glyphs, sizes, strict=True)
        if em > RAISED_SIZE * size or not glyph.text.isdigit() or glyph.bottom > ground - 0.15 * size
    ]
    return kept or glyphs


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters of a line from left to right, with a space where words or figures stand apart."""
    before, _, above, end, ground, _ = glyphs[0]
    parts = [before]
    for text, left, top, right, bottom, _ in glyphs[1:]:
        gap = left - end
        if gap > 1:
            wide = ord(text[0]) >= WIDE_FROM or ord(before[0]) >= WIDE_FROM
            if gap > (WIDE_GAP if wide else LATIN_GAP) * min(bottom - top, ground - above):
                parts.append(" ")
        parts.append(text)
        before, above, end, ground = text, top, right, bottom
    return "".join(parts)


def are_bound(before: Glyph, glyph: Glyph) -> bool:
    """Whether no edge of a cell can part two characters: digits of a figure, or one and its punctuation mark."""
    if glyph.text in CLOSING_MARKS or before.text in OPENING_MARKS:
        widest = SPREAD
    elif glyph.text.isdigit() and (before.text.isdigit() or before.text in ".,-+"):
        widest = LATIN_GAP
    else:
        return False
    height = glyph.bottom - glyph.top
    return abs(glyph.left - before.right) < widest * height and abs(glyph.bottom - before.bottom) < 0.3 * height


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that the characters stand in, from top to bottom: those whose middles are at one height."""
    lines: list[list[Glyph]] = []
    middle = limit = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom):
        height = (glyph.top + glyph.bottom) / 2
        if lines and height - middle <= limit:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle, limit = height, (glyph.bottom - glyph.top) * 0.4
    return [text_line(line) for line in lines]


class CellText(NamedTuple):
    """The text of a cell; `room` is the width its last line left free, `first_word` the width of its first word."""

    text: str
    room: float = 0.0
    first_word: float = 0.0

    def goes_on_with(self, following: CellText) -> bool:
        """Whether the last line was broken because it was full."""
        return self.room <= following.first_word + CELL_PADDING


NO_TEXT = CellText("")


def cell_text(glyphs: Sequence[Glyph], width: float) -> CellText:
    """The text of a cell so wide; its characters come in the order of the source.

    Lines broken because the cell is full are joined; a break in a line that had room is one in the text.
    """
    if not glyphs:
        return NO_TEXT
    if len(glyphs) == 1:
        size = glyphs[0].right - glyphs[0].left
        return CellText(glyphs[0].text, width - size, size)
    if _runs_down(glyphs):
        return CellText(_vertical_text(glyphs))
    lines = text_lines(glyphs)
    parts: list[str] = []
    before = NO_TEXT
    for line in lines:
        part = CellText(line.text, width - (line.right - line.left), first_word_width(line))
        if parts and not before.goes_on_with(part):
            parts.append("\n")
        parts.append(part.text)
        before = part
    return CellText("".join(parts), before.room, first_word_width(lines[0]))


def first_word_width(line: TextLine) -> float:
    """What would have had to fit into the line before: a Chinese character or a whole word, and the marks around it."""
    before = line.glyphs[0]
    for glyph in line.glyphs[1:]:
        bound = glyph.text in CLOSING_MARKS or before.text in OPENING_MARKS
        if not (bound or max(ord(before.text[0]), ord(glyph.text[0])) < WIDE_FROM) or glyph.left - before.right > 1:
            break
        before = glyph
    return before.right - line.left


def _runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Whether most characters stand below the one before."""
    if len(glyphs) < 3:
        return False
    steps = 0
    for before, glyph in pairwise(glyphs):
        aside = abs(glyph.left + glyph.right - before.left - before.right) / 2
        down = abs(glyph.top + glyph.bottom - before.top - before.bottom) / 2
        steps += aside < 0.3 * (glyph.right - glyph.left) and down > 0.5 * (glyph.bottom - glyph.top)
    return steps * 2 > len(glyphs) - 1


def _vertical_text(glyphs: Sequence[Glyph]) -> str:
    """Columns in the order of the source, for they may follow one another to either side, each read down or up.

    What goes back on its way begins a column, or holds the characters of another font in the same one.
    """
    ups = sum(glyph.top < before.top - 1 for before, glyph in pairwise(glyphs))
    downs = sum(glyph.top > before.top + 1 for before, glyph in pairwise(glyphs))
    sign = -1 if ups > downs else 1
    runs = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if sign * (glyph.top - before.top) < -0.5 * (glyph.bottom - glyph.top):
            runs.append([])
        runs[-1].append(glyph)
    columns: list[list[Glyph]] = []
    for run in runs:
        middle = median(glyph.left + glyph.right for glyph in run) / 2
        for column in columns:
            if min(glyph.left for glyph in column) < middle < max(glyph.right for glyph in column):
                column += run
                break
        else:
            columns.append(run)
    return "".join(line.text for column in columns for line in text_lines(column)[::sign])
