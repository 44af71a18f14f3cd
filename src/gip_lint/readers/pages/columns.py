"""Lines of text and rows of tables → the cells in them: what stands apart, and what is a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.pages.page import Box, Glyph
from gip_lint.readers.pages.text import TextLine, text_line, text_of

COLUMN_GAP = 1.2  # of a character's height: what parts two cells
FIGURE_GAP = 0.3  # the same between two figures
# a figure as it stands in a cell, with its unit, or a mark in place of one
_FIGURE = LazyPattern(
    r"[+\-－]?\d[\d,，]*(?:[.．]\d+)?(?:%|％|件|项|[亿万]?元)?(?:[（(](?:单位[：:]?)?[亿万]?元[）)])?|[-－—–/／×]{1,3}|无"
)


class Cell(NamedTuple):
    """The text of one cell and the box around it."""

    text: str
    box: Box


class Row(NamedTuple):
    """The cells of a row from left to right, the box around them, and the size of its print."""

    cells: tuple[Cell, ...]
    left: float
    top: float
    right: float
    bottom: float
    em: float


def cells_of(line: TextLine | Row) -> tuple[Cell, ...]:
    """The parts of a line that may stand in different columns."""
    if isinstance(line, Row):
        return line.cells
    parts = list(runs(line.glyphs))
    if len(parts) == 1:
        return (Cell(line.text, line.box),)
    return tuple(Cell(text_of(part), text_line(part).box) for part in parts)


def is_figure(text: str) -> bool:
    """Whether a text is a figure as it stands in a cell, or a mark in place of one."""
    return _FIGURE.fullmatch(text) is not None


def runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow one another in the source and on a line, without a gap as wide as between two cells."""
    piece: list[Glyph] = []
    before, end, ground = "", 0.0, 0.0
    for glyph in glyphs:
        text, left, top, right, bottom, _ = glyph
        if piece:
            height = bottom - top
            gap = left - end
            if gap > FIGURE_GAP * height or gap <= -0.7 * height or abs(bottom - ground) > 0.4 * height:
                widest = (FIGURE_GAP if text.isdigit() and before.isdigit() else COLUMN_GAP) * height
                if not -0.7 * height < gap < widest or abs(bottom - ground) > 0.4 * height:
                    yield piece
                    piece = []
        piece.append(glyph)
        before, end, ground = text, right, bottom
    if piece:
        yield piece
