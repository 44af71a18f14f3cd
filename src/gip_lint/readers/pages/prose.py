"""Lines of text between ruled tables → paragraphs, and tables that only their columns' positions show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from gip_lint.readers.composition import Composition, Piece, PlacedCell
from gip_lint.readers.pages.columns import Cell, Row, cells_of
from gip_lint.readers.pages.page import Box, place_of
from gip_lint.readers.pages.text import ENUMERATOR, TextLine, first_word_width
from gip_lint.readers.pages.unruled import FEWEST_ROWS

ROWS_BETWEEN = 4  # lines of a wrapped label between two rows
WIDE_LINE = 0.6  # of the text's width: a line so wide is no part of a label
INDENT = 0.6  # in ems
DEEPEST_INDENT = 2.6
OTHER_SIZE = 0.12
NARROWEST_TEXT = 0.4  # of the page's width; lines that are all shorter were not broken because they were full
FEWEST_CHARACTERS = 12  # to a line of a paragraph
SAME_PITCH = 1.12  # in ems, the least that lines of a paragraph may be apart
WIDE_PITCH = 1.45  # the same where indents tell paragraphs apart
SPACED = 1.3  # the same from which on paragraphs stand apart
BETWEEN = 0.6  # of the way from the distance of lines to that of paragraphs
CENTRED = 0.5  # in ems
_SENTENCE_END = tuple("。；！？：”）)")


class Frame(NamedTuple):
    """What a line stands in: the page from edge to edge, or one of its columns."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left


class PlacedLine(NamedTuple):
    """A line, or a row of a table, the page it stands on, and the page's or its column's frame."""

    line: TextLine | Row
    page: int
    frame: Frame

    @property
    def box(self) -> Box:
        """Around all its characters."""
        return Box(self.line.left, self.line.top, self.line.right, self.line.bottom)


class _Column(NamedTuple):
    """Where the text of a page stands: its left and right margin.

    Lines of one paragraph stand no farther apart than `reach`, in print of the size `em`.
    """

    left: float
    right: float
    reach: float
    em: float

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.right - self.left


_Columns: TypeAlias = dict[Frame, _Column]


def add_prose(composition: Composition, lines: Sequence[PlacedLine], columns: _Columns) -> None:
    """Add lines that follow one another, on one page or several, as paragraphs and spaced tables."""
    i = 0
    cells = [cells_of(placed.line) for placed in lines]
    while i < len(lines):
        end = _table_end(lines, cells, i, columns)
        if end > i:
            composition.spaced_table(_rows(lines[i:end], cells[i:end]))
            i = end
            continue
        paragraph: list[PlacedLine] = []
        while i < len(lines) and (not paragraph or _table_end(lines, cells, i, columns) == i):
            if paragraph and not _goes_on(paragraph, lines[i], columns):
                break
            paragraph.append(lines[i])
            i += 1
        composition.paragraph(_pieces(paragraph))


def text_columns(lines: Iterable[PlacedLine]) -> _Columns:
    """The text column of each frame."""
    by_frame: dict[Frame, list[PlacedLine]] = {}
    for placed in lines:
        in_frame = by_frame.setdefault(placed.frame, [])
        if isinstance(placed.line, TextLine):
            in_frame.append(placed)
    columns = {}
    for frame, placed_lines in by_frame.items():
        if not placed_lines:
            columns[frame] = _Column(frame.left, frame.right, 0.0, 1.0)
            continue
        # Tables may stick out of the text on either side; only lines that can be of a paragraph count.
        wide = [
            placed
            for placed in placed_lines
            if placed.line.right - placed.line.left > NARROWEST_TEXT * frame.width and len(cells_of(placed.line)) == 1
        ]
        edge = min(placed.line.left for placed in wide or placed_lines)
        left = min(line.left for line, _, _ in placed_lines if edge - line.left < DEEPEST_INDENT * line.em)
        right = max(placed.line.right for placed in wide or placed_lines)
        columns[frame] = _Column(
            left, right, _reach(placed_lines, left, right), median(placed.line.em for placed in wide or placed_lines)
        )
    return columns


def _reach(lines: Sequence[PlacedLine], left: float, right: float) -> float:
    """How far apart lines of one paragraph may stand, where the text has these margins."""
    within: Counter[float] = Counter()
    between = []
    for (above, page, _), (below, page_below, _) in pairwise(lines):
        if page == page_below:
            distance, room = below.bottom - above.bottom, (right - above.right) / above.em
            if room < 2:
                within[round(distance, 0)] += 1
            elif room > 3 and distance > 0:
                between.append(distance)
    pitch = within.most_common(1)[0][0] if within else 0.0
    indented = sum(1.5 < (line.left - left) / line.em < DEEPEST_INDENT for line, _, _ in lines)
    if indented * 5 > len(lines):
        return WIDE_PITCH * pitch
    nearest = sorted(between)[len(between) // 5] if between else 0.0
    return pitch + BETWEEN * (nearest - pitch) if nearest > SPACED * pitch else SPACED * pitch


def _goes_on(paragraph: Sequence[PlacedLine], following: PlacedLine, columns: _Columns) -> bool:
    """Whether a line belongs to the paragraph above it: that one was full, and this one is not indented."""
    above, line = paragraph[-1].line, following.line
    if isinstance(line, Row) or isinstance(above, Row):
        return False
    em = line.em
    column, above_column = columns[following.frame], columns[paragraph[-1].frame]
    if (
        column.width < max(NARROWEST_TEXT * following.frame.width, FEWEST_CHARACTERS * column.em)
        or abs(above.em - em) > OTHER_SIZE * em
    ):
        return False
    goes_down = following.frame == paragraph[-1].frame
    if not goes_down and abs(column.width - above_column.width) > 2 * em:
        return False
    ends = above.text.endswith(_SENTENCE_END)
    needed = first_word_width(line) + em
    left = min([column.left, *(placed.line.left for placed in paragraph if placed.frame == following.frame)])
    if line.left > left + INDENT * em:
        if ends or not (_is_centred(above, above_column) and _is_centred(line, column)):
            return False
        if column.width - (above.right - above.left) > needed:
            return False
    elif above_column.right - above.right > needed:
        return False
    reach = max(column.reach * max(em / column.em, 1), SAME_PITCH * em)
    if goes_down and following.page == paragraph[-1].page and line.bottom - above.bottom > reach:
        return False
    return not (ENUMERATOR.match(line.text) and (ends or len(paragraph) == 1))


def _is_centred(line: TextLine, column: _Column) -> bool:
    return abs(line.left + line.right - column.left - column.right) < 2 * CENTRED * line.em


def _pieces(paragraph: Sequence[PlacedLine]) -> Iterator[Piece]:
    before = ""
    for placed in paragraph:
        line = placed.line
        text = " ".join(cell.text for cell in line.cells) if isinstance(line, Row) else line.text
        if before.isascii() and before.isalpha() and text[0].isascii() and text[0].isalpha():
            text = f" {text}"
        yield Piece(text, place_of(placed.page, placed.box))
        before = text[-1]


# -- tables without lines -------------------------------------------------------------------------------------------


def _table_end(lines: Sequence[PlacedLine], cells: Sequence[Sequence[Cell]], start: int, columns: _Columns) -> int:
    """The index after the last row of the spaced table that begins here; `start` when none does."""
    if len(cells[start]) < 2:
        return start
    end = start + 1
    rows = 1
    i = end
    while i < len(lines) and i - end <= ROWS_BETWEEN:
        line = lines[i].line
        if len(cells[i]) > 1:
            rows += 1
            end = i + 1
        elif line.right - line.left > WIDE_LINE * columns[lines[i].frame].width:
            break
        i += 1
    return end if rows >= FEWEST_ROWS or isinstance(lines[start].line, Row) else start


def _rows(lines: Sequence[PlacedLine], cells: Sequence[Sequence[Cell]]) -> Iterator[list[PlacedCell]]:
    half = median(placed.line.em for placed in lines) / 2
    left = min(placed.line.left for placed in lines)
    for placed, row in zip(lines, cells, strict=True):
        yield [
            PlacedCell(cell.text, place_of(placed.page, cell.box), round((cell.box.left - left) / half)) for cell in row
        ]
