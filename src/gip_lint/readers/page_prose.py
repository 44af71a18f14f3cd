"""Lines of text between ruled tables → paragraphs, and tables that only their columns' positions show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from gip_lint.document import Place
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.composition import Composition, Piece, PlacedCell
from gip_lint.readers.page_text import TextLine, first_word_width, text_of

COLUMN_GAP = 1.8  # in ems: what parts two columns
FEWEST_ROWS = 2
ROWS_BETWEEN = 2  # lines of a wrapped label between two rows
INDENT = 0.6  # in ems
OTHER_SIZE = 0.12
NARROWEST_TEXT = 0.4  # of the page's width; lines that are all shorter were not broken because they were full
SAME_PITCH = 1.12  # times the distance of the lines of a paragraph
WIDE_PITCH = 1.45  # times the usual distance of lines
_ENUMERATOR = LazyPattern(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)")
_SENTENCE_END = tuple("。；！？：”）)")


class PlacedLine(NamedTuple):
    """A line and the page it stands on; `width` is the page's."""

    line: TextLine
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


def add_prose(composition: Composition, lines: Sequence[PlacedLine], columns: dict[float, _Column]) -> None:
    """Add lines that follow one another, on one page or several, as paragraphs and spaced tables."""
    i = 0
    segments = [_segments(placed.line) for placed in lines]
    while i < len(lines):
        end = _table_end(lines, segments, i)
        if end > i:
            composition.spaced_table(_rows(lines[i:end], segments[i:end]))
            i = end
            continue
        paragraph = [lines[i]]
        i += 1
        while (
            i < len(lines)
            and _table_end(lines, segments, i) == i
            and _goes_on(paragraph, lines[i], columns[lines[i].width])
        ):
            paragraph.append(lines[i])
            i += 1
        composition.paragraph(_pieces(paragraph))


def text_columns(lines: Iterable[PlacedLine]) -> dict[float, _Column]:
    """The text column of the pages of each width."""
    by_width: dict[float, list[PlacedLine]] = {}
    for placed in lines:
        by_width.setdefault(placed.width, []).append(placed)
    columns = {}
    for width, placed_lines in by_width.items():
        left = min(placed.line.left for placed in placed_lines)
        right = max(placed.line.right for placed in placed_lines)
        pitches = Counter(
            round(below.line.bottom - above.line.bottom, 0)
            for above, below in pairwise(placed_lines)
            if above.page == below.page and right - above.line.right < 2 * above.line.em
        )
        indented = sum(1.5 < (line.left - left) / line.em < 2.6 for line, _, _ in placed_lines)
        pitch = pitches.most_common(1)[0][0] if pitches else 0.0
        columns[width] = _Column(left, right, pitch, indented * 5 > len(placed_lines))
    return columns


def _goes_on(paragraph: Sequence[PlacedLine], following: PlacedLine, column: _Column) -> bool:
    """Whether a line belongs to the paragraph above it: that one was full, and this one is not indented."""
    above, line = paragraph[-1].line, following.line
    em = line.em
    if column.right - column.left < NARROWEST_TEXT * following.width:
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
    for number, placed in enumerate(paragraph):
        text = placed.line.text
        if number and text[0].isascii() and text[0].isalpha() and paragraph[number - 1].line.text[-1].isascii():
            text = f" {text}"
        yield Piece(text, _place(placed.page, placed.line))


def _place(page: int, line: TextLine) -> Place:
    return Place(page=page, box=(round(line.left, 1), round(line.top, 1), round(line.right, 1), round(line.bottom, 1)))


# -- tables without lines -------------------------------------------------------------------------------------------


def _segments(line: TextLine) -> list[TextLine]:
    """The parts of a line that stand in different columns."""
    glyphs = line.glyphs
    limit = COLUMN_GAP * line.em
    starts = [0, *(i for i in range(1, len(glyphs)) if glyphs[i].left - glyphs[i - 1].right > limit), len(glyphs)]
    if len(starts) == 2:
        return [line]
    parts = (glyphs[start:end] for start, end in pairwise(starts))
    return [
        TextLine(part, part[0].left, min(g.top for g in part), part[-1].right, max(g.bottom for g in part))
        for part in parts
    ]


def _table_end(lines: Sequence[PlacedLine], segments: Sequence[Sequence[TextLine]], start: int) -> int:
    """The index after the last row of the spaced table that begins here; `start` when none does."""
    if len(segments[start]) < 2:
        return start
    end = start + 1
    rows = 1
    i = end
    while i < len(lines) and i - end <= ROWS_BETWEEN:
        if len(segments[i]) > 1:
            rows += 1
            end = i + 1
        i += 1
    return end if rows >= FEWEST_ROWS else start


def _rows(lines: Sequence[PlacedLine], segments: Sequence[Sequence[TextLine]]) -> Iterator[list[PlacedCell]]:
    half = median(placed.line.em for placed in lines) / 2
    left = min(placed.line.left for placed in lines)
    for placed, parts in zip(lines, segments, strict=True):
        yield [
            PlacedCell(text_of(part.glyphs), _place(placed.page, part), round((part.left - left) / half))
            for part in parts
        ]
