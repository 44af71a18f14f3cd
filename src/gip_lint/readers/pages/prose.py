"""Lines of text between ruled tables → paragraphs, and tables that only their columns' positions show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.composition import Composition, Piece, PlacedCell
from gip_lint.readers.pages.columns import FEWEST_ROWS, Cell, Row, cells_of
from gip_lint.readers.pages.page import Box, place_of
from gip_lint.readers.pages.text import TextLine, first_word_width

ROWS_BETWEEN = 4  # lines of a wrapped label between two rows
WIDE_LINE = 0.6  # of the text's width: a line so wide is no part of a label
INDENT = 0.6  # in ems
DEEPEST_INDENT = 2.6
OTHER_SIZE = 0.12
NARROWEST_TEXT = 0.4  # of the page's width; lines that are all shorter were not broken because they were full
SAME_PITCH = 1.12  # times the distance of the lines of a paragraph
WIDE_PITCH = 1.45  # times the usual distance of lines
_ENUMERATOR = LazyPattern(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)")
_SENTENCE_END = tuple("。；！？：”）)")


class PlacedLine(NamedTuple):
    """A line, or a row of a table, and the page it stands on; `width` is the page's."""

    line: TextLine | Row
    page: int
    width: float


class _Column(NamedTuple):
    """Where the text of a page stands: its left and right margin, and the distance of the lines of a paragraph.

    `indents` says that paragraphs begin further to the right than their other lines.
    """

    left: float
    right: float
    pitch: float
    indents: bool

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.right - self.left


_Columns: TypeAlias = dict[float, _Column]


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
            if paragraph and not _goes_on(paragraph, lines[i], columns[lines[i].width]):
                break
            paragraph.append(lines[i])
            i += 1
        composition.paragraph(_pieces(paragraph))


def text_columns(lines: Iterable[PlacedLine]) -> _Columns:
    """The text column of the pages of each width."""
    by_width: dict[float, list[PlacedLine]] = {}
    for placed in lines:
        if isinstance(placed.line, TextLine):
            by_width.setdefault(placed.width, []).append(placed)
    columns = {}
    for width, placed_lines in by_width.items():
        # Tables may stick out of the text on either side; only lines that can be of a paragraph count.
        wide = [placed for placed in placed_lines if placed.line.right - placed.line.left > NARROWEST_TEXT * width]
        edge = min(placed.line.left for placed in wide or placed_lines)
        left = min(line.left for line, _, _ in placed_lines if edge - line.left < DEEPEST_INDENT * line.em)
        right = max(placed.line.right for placed in wide or placed_lines)
        pitches = Counter(
            round(below.line.bottom - above.line.bottom, 0)
            for above, below in pairwise(placed_lines)
            if above.page == below.page and right - above.line.right < 2 * above.line.em
        )
        indented = sum(1.5 < (line.left - left) / line.em < DEEPEST_INDENT for line, _, _ in placed_lines)
        pitch = pitches.most_common(1)[0][0] if pitches else 0.0
        columns[width] = _Column(left, right, pitch, indented * 5 > len(placed_lines))
    return columns


def _goes_on(paragraph: Sequence[PlacedLine], following: PlacedLine, column: _Column) -> bool:
    """Whether a line belongs to the paragraph above it: that one was full, and this one is not indented."""
    above, line = paragraph[-1].line, following.line
    if isinstance(line, Row) or isinstance(above, Row):
        return False
    em = line.em
    if column.width < NARROWEST_TEXT * following.width:
        return False
    if following.width != paragraph[-1].width or abs(above.em - em) > OTHER_SIZE * em:
        return False
    if column.right - above.right > first_word_width(line) + em:
        return False
    if line.left > min(column.left, *(placed.line.left for placed in paragraph)) + INDENT * em:
        return False
    if following.page == paragraph[-1].page and line.bottom - above.bottom > max(column.pitch, em) * (
        WIDE_PITCH if column.indents else SAME_PITCH
    ):
        return False
    text = above.text
    return not (_ENUMERATOR.match(line.text) and (text.endswith(_SENTENCE_END) or len(paragraph) == 1))


def _pieces(paragraph: Sequence[PlacedLine]) -> Iterator[Piece]:
    before = ""
    for line, page, _ in paragraph:
        text = " ".join(cell.text for cell in line.cells) if isinstance(line, Row) else line.text
        if before.isascii() and before.isalpha() and text[0].isascii() and text[0].isalpha():
            text = f" {text}"
        yield Piece(text, place_of(page, _box_of(line)))
        before = text[-1]


def _box_of(line: TextLine | Row) -> Box:
    return Box(line.left, line.top, line.right, line.bottom)


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
        elif line.right - line.left > WIDE_LINE * columns[lines[i].width].width:
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
