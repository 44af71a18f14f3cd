"""The lines drawn on a page → the tables they rule: column and row edges, and cells with their spans.

Lines may be dashed, dotted, doubled, cut into pieces or end short of one another; a cell's border may be a rectangle
of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gip_lint.readers.composition import MAX_CELLS, too_many_cells
from gip_lint.readers.pages.columns import cells_of, is_figure
from gip_lint.readers.pages.page import Box, Glyph, Stroke
from gip_lint.readers.pages.text import text_lines

NEAR = 4.0  # points between lines that are one, and between ends that meet; no row of text is as low
SHORTEST_LINE = 5.0
SLANT = 1.0


class Line(NamedTuple):
    """A horizontal or a vertical line: `at` is where it stands across its direction, `start` and `end` along it."""

    at: float
    start: float
    end: float


class RuledCell(NamedTuple):
    """A cell of a ruled table; `row` and `column` are 0-based and those of its upper left corner."""

    row: int
    column: int
    rows: int
    columns: int


class Ruling(NamedTuple):
    """A table's edges, from left to right and from top to bottom, and its cells in reading order.

    `owners` says for each elementary cell, row by row, which of `cells` covers it. `is_open` tells that there is no line
    below the last row, as where a page break cut it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]
    owners: tuple[tuple[int, ...], ...]
    is_open: bool

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """The index of the cell around a point; None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owners[row][column]
        return None

    def box_of(self, cell: RuledCell) -> Box:
        """The rectangle that a cell covers."""
        return Box(
            self.xs[cell.column], self.ys[cell.row], self.xs[cell.column + cell.columns], self.ys[cell.row + cell.rows]
        )


def rulings(strokes: Iterable[Stroke], areas: Iterable[Box], glyphs: Sequence[Glyph]) -> list[Ruling]:
    """The tables that the lines of a page rule, from top to bottom; frames and underlines are none.

    The edges of areas count where no lines are drawn. Raises `UnreadableFile` for more cells than any report has.
    """
    found = _tables(strokes, glyphs)
    taken = [table.box for table in found]
    edges: list[Stroke] = []
    for left, top, right, bottom in areas:
        x, y = (left + right) / 2, (top + bottom) / 2
        if not any(box.left <= x <= box.right and box.top <= y <= box.bottom for box in taken):
            edges += (
                Stroke(left, top, right, top),
                Stroke(left, bottom, right, bottom),
                Stroke(left, top, left, bottom),
                Stroke(right, top, right, bottom),
            )
    if edges:
        shaded = _tables(edges, glyphs)
        if shaded and not _are_stripes(shaded, found, glyphs):
            found += shaded
    found.sort(key=lambda table: (table.ys[0], table.xs[0]))
    return found


def _are_stripes(shaded: Sequence[Ruling], ruled: Sequence[Ruling], glyphs: Iterable[Glyph]) -> bool:
    """Whether shades set off some rows of a table from others: rows of figures stand beside the shades as well."""
    boxes = [table.box for table in (*shaded, *ruled)]
    left, right = min(table.xs[0] for table in shaded), max(table.xs[-1] for table in shaded)
    outside = (
        glyph
        for glyph in glyphs
        if not any(
            box.left <= (glyph.left + glyph.right) / 2 <= box.right
            and box.top <= (glyph.top + glyph.bottom) / 2 <= box.bottom
            for box in boxes
        )
    )
    for line in text_lines(outside):
        cells = cells_of(line)
        if len(cells) > 1 and left <= line.left and line.right <= right and any(is_figure(cell.text) for cell in cells):
            return True
    return False


def _tables(strokes: Iterable[Stroke], glyphs: Sequence[Glyph]) -> list[Ruling]:
    horizontal: list[Line] = []
    vertical: list[Line] = []
    for x0, y0, x1, y1 in strokes:
        width, height = abs(x1 - x0), abs(y1 - y0)
        # A dot is a piece of either; which of the two shows when it is joined to its neighbours.
        if height <= SLANT or (height < SHORTEST_LINE and width < SHORTEST_LINE):
            horizontal.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        if width <= SLANT or (height < SHORTEST_LINE and width < SHORTEST_LINE):
            vertical.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    tables = []
    for rows, columns in _connected(_joined(horizontal), _joined(vertical)):
        # Lines of one table only: those of the table above it may well stand a little beside them.
        table = _table(_snapped(rows), _snapped(columns), glyphs)
        if table is not None:
            tables.append(table)
    return tables


def _joined(pieces: Iterable[Line]) -> list[Line]:
    """Pieces that follow one another on the same line as one; what stays too short to be a line is left out."""
    levels: dict[int, list[Line]] = {}
    for piece in pieces:
        levels.setdefault(round(piece.at * 2), []).append(piece)
    lines = []
    for level in levels.values():
        level.sort(key=lambda line: line.start)
        at, start, end = level[0]
        for piece in level[1:]:
            if piece.start - end <= NEAR:
                end = max(end, piece.end)
            else:
                lines.append(Line(at, start, end))
                at, start, end = piece
        lines.append(Line(at, start, end))
    return [line for line in lines if line.end - line.start >= SHORTEST_LINE]


def _snapped(lines: list[Line]) -> list[Line]:
    """Lines next to one another, as a doubled border or the borders of two cells, moved to one place and joined."""
    lines.sort()
    snapped: list[Line] = []
    i = 0
    while i < len(lines):
        first = i
        while i < len(lines) and lines[i].at - lines[first].at <= NEAR:
            i += 1
        group = lines[first:i]
        length = sum(line.end - line.start for line in group)
        at = sum(line.at * (line.end - line.start) for line in group) / length
        start, end = None, 0.0
        for line in sorted(group, key=lambda line: line.start):
            if start is None:
                start, end = line.start, line.end
            elif line.start - end <= NEAR:
                end = max(end, line.end)
            else:
                snapped.append(Line(at, start, end))
                start, end = line.start, line.end
        if start is not None:
            snapped.append(Line(at, start, end))
    return snapped


def _connected(rows: Sequence[Line], columns: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The horizontal and the vertical lines of each table: lines that meet belong together."""
    if len(rows) * len(columns) > MAX_CELLS * 10:
        raise too_many_cells()
    parents = list(range(len(rows) + len(columns)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for j, column in enumerate(columns, len(rows)):
        x, top, bottom = column.at, column.start - NEAR, column.end + NEAR
        for i, (y, left, right) in enumerate(rows):
            if top <= y <= bottom and left - NEAR <= x <= right + NEAR:
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate((*rows, *columns)):
        groups.setdefault(root(i), ([], []))[i >= len(rows)].append(line)
    return [group for group in groups.values() if (len(group[0]) > 1 and group[1]) or _parts_rows(*group)]


def _parts_rows(across: Sequence[Line], down: Sequence[Line]) -> bool:
    """Whether the only line across stands between two rows that are cut off at the top and at the bottom of a page."""
    if len(across) > 1 or not across:
        return False
    above, below = across[0].at - SHORTEST_LINE, across[0].at + SHORTEST_LINE
    return sum(line.start < above < below < line.end for line in down) > 2


def _table(rows: Sequence[Line], columns: Sequence[Line], glyphs: Sequence[Glyph]) -> Ruling | None:
    """The table of a group of lines that meet; None for a frame, and where no column is parted from another."""
    left = min(min(line.start for line in rows), min(line.at for line in columns))
    right = max(max(line.end for line in rows), max(line.at for line in columns))
    top = min(min(line.start for line in columns), min(line.at for line in rows))
    bottom = max(max(line.end for line in columns), max(line.at for line in rows))
    inside = [
        ((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top)
        for glyph in glyphs
        if left <= (glyph.left + glyph.right) / 2 <= right and top <= (glyph.top + glyph.bottom) / 2 <= bottom
    ]
    # A gap that holds no character, and could hold none, stands between two borders.
    gap = max(NEAR, 0.9 * sorted(height for _, _, height in inside)[len(inside) // 2]) if inside else NEAR
    xs = _edges([line.at for line in columns], left, right, gap, sorted(x for x, _, _ in inside))
    ys = _edges([line.at for line in rows], top, bottom, gap, sorted(y for _, y, _ in inside))
    if len(xs) < 3 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
        raise too_many_cells()
    beside = _walls(columns, xs, ys)
    below = _walls(rows, ys, xs)
    cells, owners = _cells(len(ys) - 1, len(xs) - 1, beside, below)
    if all(cell.columns == len(xs) - 1 for cell in cells):
        return None
    closed = sum(xs[column + 1] - xs[column] for row, column in below if row == len(ys) - 1)
    return Ruling(tuple(xs), tuple(ys), tuple(cells), owners, is_open=closed * 2 < xs[-1] - xs[0])


def _edges(places: Iterable[float], first: float, last: float, gap: float, middles: Sequence[float]) -> list[float]:
    """Where the edges stand: one for two lines with nothing between them, and one at each end, drawn or not."""
    edges: list[float] = []
    for place in sorted({*places, first, last}):
        if edges:
            empty = bisect_right(middles, place) == bisect_right(middles, edges[-1])
            if place - edges[-1] <= NEAR or (place - edges[-1] < gap and empty):
                continue
        edges.append(place)
    return edges


def _walls(lines: Iterable[Line], places: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """(index of the edge, index of the stretch along it) wherever a line covers most of the stretch."""
    covered: dict[tuple[int, int], float] = {}
    for line in lines:
        edge = bisect_right(places, line.at)
        if edge == len(places) or (edge and line.at - places[edge - 1] < places[edge] - line.at):
            edge -= 1
        for stretch in range(max(bisect_right(along, line.start) - 1, 0), len(along) - 1):
            start, end = along[stretch], along[stretch + 1]
            if start >= line.end:
                break
            share = (min(end, line.end) - max(start, line.start)) / (end - start)
            if share > 0:
                covered[edge, stretch] = covered.get((edge, stretch), 0.0) + share
    return {place for place, share in covered.items() if share > 0.5}


def _cells(
    height: int, width: int, beside: set[tuple[int, int]], below: set[tuple[int, int]]
) -> tuple[list[RuledCell], tuple[tuple[int, ...], ...]]:
    """The cells that the walls leave: each the largest rectangle without a wall in it that begins at its corner."""
    owners = [[-1] * width for _ in range(height)]
    cells: list[RuledCell] = []
    for row in range(height):
        for column in range(width):
            if owners[row][column] >= 0:
                continue
            columns = 1
            while (
                column + columns < width and owners[row][column + columns] < 0 and (column + columns, row) not in beside
            ):
                columns += 1
            rows = 1
            while row + rows < height and _goes_down(row + rows, column, columns, beside, below, owners):
                rows += 1
            for r in range(row, row + rows):
                owners[r][column : column + columns] = [len(cells)] * columns
            cells.append(RuledCell(row, column, rows, columns))
    return cells, tuple(map(tuple, owners))


def _goes_down(
    row: int,
    column: int,
    columns: int,
    beside: set[tuple[int, int]],
    below: set[tuple[int, int]],
    owners: Sequence[Sequence[int]],
) -> bool:
    """Whether a cell of the row above, so wide, covers this row as well."""
    return all(
        (row, column + i) not in below and owners[row][column + i] < 0 and (i == 0 or (column + i, row) not in beside)
        for i in range(columns)
    )
