"""Columns of text side by side on a page, such as a menu beside an article, told apart by the order of the source.

Programs write one column after the other, but the cells of a table row by row: only what goes up the page by several
lines, and stands beside all that was written since then, begins a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from gip_lint.readers.pages.columns import is_figure, runs
from gip_lint.readers.pages.page import Box, Glyph, around
from gip_lint.readers.pages.text import text_of

WAY_UP = 0.08  # of the page's height
FEWEST_LINES = 3
ONE_TO_A_LINE = 0.8
SINGLE = 4  # times the runs of one character there must be others: labels may be printed down the page
NARROWEST = 3.0  # in ems
ASIDE = 0.5  # of another column's width


class Region(NamedTuple):
    """Part of a page that is read from top to bottom: its characters, and the box around them.

    `aside` marks a column much narrower than the one beside it; that one may go on on the next page.
    """

    glyphs: list[Glyph]
    box: Box
    aside: bool = False


Band: TypeAlias = list[Region]
"""Regions side by side, in the order in which they are read."""


class _Run(NamedTuple):
    glyphs: list[Glyph]
    box: Box


_Column: TypeAlias = list[_Run]


def bands_of(glyphs: Sequence[Glyph], height: float) -> list[Band]:
    """The bands of a page so high, from top to bottom: a single one of one region unless columns stand side by side.

    `glyphs` come in the order of the source, without headers and footers.
    """
    way_up = WAY_UP * height
    if not any(before.top - glyph.top > way_up for before, glyph in pairwise(glyphs)):
        return [[_region(glyphs)]]
    found: list[list[_Column]] = []
    columns: list[_Column] = []  # those of the band so far, the last one still growing
    for run in (_Run(run, _around(run)) for run in runs(glyphs)):
        if not columns:
            columns = [[run]]
            continue
        column = columns[-1]
        if column[-1].box.top - run.box.top > way_up:
            first = next((i for i, other in enumerate(column) if other.box.bottom > run.box.top), len(column))
            if _are_apart(run, column[first:]) and not any(_overlap(run, other) for other in columns[:-1]):
                while first and not _overlap(run, [column[first - 1]]):
                    first -= 1
                if first and len(columns) == 1:
                    found.append([column[:first]])
                    columns = [column[first:]]
                columns.append([run])
                continue
        if len(columns) > 1 and any(_overlap(run, other) for other in columns[:-1]):
            if run.box.top > max(other.box.bottom for one in columns[:-1] for other in one) - 1:
                found.append(columns)
                columns = [[run]]
                continue
            columns = [[other for one in columns for other in one]]
        columns[-1].append(run)
    found.append(columns)
    return _settled(found)


def _settled(found: Sequence[list[_Column]]) -> list[Band]:
    """The bands; what only looked like columns is put together with what stands above and below it."""
    settled: list[list[_Column]] = []
    for columns in found:
        if len(columns) > 1 and not _are_columns(columns):
            columns = [[run for column in columns for run in column]]
        if len(columns) == 1 and settled and len(settled[-1]) == 1:
            settled[-1][0].extend(columns[0])
        else:
            settled.append(columns)
    return [_band(columns) for columns in settled]


def _band(columns: Sequence[_Column]) -> Band:
    """Columns side by side; the narrow ones come last."""
    regions = [_region([glyph for run in column for glyph in run.glyphs]) for column in columns]
    widest = max(box.right - box.left for _, box, _ in regions)
    regions = [region._replace(aside=region.box.right - region.box.left < ASIDE * widest) for region in regions]
    return sorted(regions, key=lambda region: region.aside)


def _are_columns(columns: Sequence[_Column]) -> bool:
    """Whether each holds several lines of words, one run to a line, beside those of the others."""
    boxes = [around([run.box for run in column]) for column in columns]
    sizes = [median(run.glyphs[0].bottom - run.glyphs[0].top for run in column) for column in columns]
    if any(min(a.bottom, b.bottom) - max(a.top, b.top) < FEWEST_LINES * min(sizes) for a, b in pairwise(boxes)):
        return False
    for column, box, em in zip(columns, boxes, sizes, strict=True):
        figures = sum(is_figure(text_of(run.glyphs)) for run in column)
        lines = 1 + sum(below.box.top > above.box.bottom - em / 2 for above, below in pairwise(column))
        single = sum(len(run.glyphs) == 1 for run in column)
        if lines < FEWEST_LINES or lines < ONE_TO_A_LINE * len(column) or SINGLE * single > len(column):
            return False
        if box.right - box.left < NARROWEST * em or 2 * figures >= len(column):
            return False
    return True


def _are_apart(run: _Run, others: Sequence[_Run]) -> bool:
    """Whether a run stands to one side of all others."""
    return bool(others) and (
        all(other.box.right <= run.box.left for other in others)
        or all(other.box.left >= run.box.right for other in others)
    )


def _overlap(run: _Run, column: _Column) -> bool:
    return any(other.box.left < run.box.right and run.box.left < other.box.right for other in column)


def _around(glyphs: Sequence[Glyph]) -> Box:
    return around([Box(*glyph[1:5]) for glyph in glyphs])


def _region(glyphs: Sequence[Glyph]) -> Region:
    return Region(list(glyphs), _around(glyphs) if glyphs else Box(0.0, 0.0, 0.0, 0.0))
