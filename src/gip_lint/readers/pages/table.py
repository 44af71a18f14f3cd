"""A ruled table with its text, put together again where a page break cut it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.composition import PlacedCell
from gip_lint.readers.pages.columns import is_figure
from gip_lint.readers.pages.page import Box, Glyph, Page, place_of
from gip_lint.readers.pages.ruling import NEAR, Ruling
from gip_lint.readers.pages.text import ENUMERATOR, CellText, cell_text, text_line

SAME_WIDTH = 6.0  # points by which two parts of a table may differ
LOWEST_ROW = 0.9  # of a character's height; what is lower is the rest of a row that was cut
REST_OF_A_ROW = 0.8  # of the usual row: what is lower and empty is one, too
FIGURES_SIDE_BY_SIDE = 3
NEAR_BORDER = 1.2  # of a character's height
_FIGURE = LazyPattern(r"[\s\d.,%+\-－—/]+")


class _Cell:
    """A cell while its table is put together; `columns` and `rows` are spans, `box` is on page `page`.

    `ends_low` and `begins_high`: its text reaches down to its lower border, begins right below its upper one.
    `ends_in_figure`: a figure stands below other text.
    """

    __slots__ = (
        "begins_high",
        "box",
        "column",
        "columns",
        "content",
        "ends_in_figure",
        "ends_low",
        "page",
        "row",
        "rows",
    )

    def __init__(self, row: int, column: int, rows: int, columns: int, content: CellText, page: int, box: Box) -> None:
        self.row = row
        self.column = column
        self.rows = rows
        self.columns = columns
        self.content = content
        self.page = page
        self.box = box
        self.begins_high = self.ends_low = self.ends_in_figure = False

    @property
    def text(self) -> str:
        return self.content.text

    def text_goes_on(self, other: _Cell) -> bool:
        """Whether the other's text is the rest of this one's: words broken off at the end of a full line."""
        return (
            self.ends_low
            and other.begins_high
            and self.content.goes_on_with(other.content)
            and not ENUMERATOR.match(other.text.lstrip())
            and not any(_FIGURE.fullmatch(text) for text in (self.text, other.text))
        )

    def take_text(self, other: _Cell) -> None:
        """Go on with the text of the other part of the same cell."""
        if not self.text:
            self.content, self.page, self.box = other.content, other.page, other.box
        elif other.text and _squeezed(other.text) != _squeezed(self.text):
            self.content = CellText(self.text + other.text, other.content.room, self.content.first_word)
        self.ends_low = other.ends_low


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _ends_in_figure(glyphs: Sequence[Glyph], text: str) -> bool:
    """Whether a figure stands below other text, which is not the beginning of the same figure."""
    lowest = max(glyphs, key=lambda glyph: glyph.bottom)
    if not lowest.text.isdigit():
        return False
    height = lowest.bottom - lowest.top
    line = [glyph for glyph in glyphs if glyph.bottom > lowest.bottom - 0.4 * height]
    if len(line) == len(glyphs) or not is_figure(text_line(line).text):
        return False
    return "\n" in text or not _FIGURE.fullmatch(text)


class PageTable:
    """A table, or the part of it on one page; grows by what follows on the next ones."""

    def __init__(self, page: Page, ruling: Ruling, contents: Sequence[Sequence[Glyph]]) -> None:
        """`contents` are the characters of each of the ruling's cells, in the order of the source."""
        self.box = ruling.box
        self.last_page = page.number
        self._xs = list(ruling.xs)
        self._heights = [lower - upper for upper, lower in zip(ruling.ys, ruling.ys[1:], strict=False)]
        self._cells = []
        sizes = [glyph.bottom - glyph.top for glyphs in contents for glyph in glyphs]
        self._print = median(sizes) if sizes else 0.0
        for (row, column, rows, columns), glyphs in zip(ruling.cells, contents, strict=True):
            box = Box(ruling.xs[column], ruling.ys[row], ruling.xs[column + columns], ruling.ys[row + rows])
            content = cell_text(glyphs, box.right - box.left)
            cell = _Cell(row, column, rows, columns, content, page.number, box)
            if glyphs:
                cell.begins_high = min(glyph.top for glyph in glyphs) - box.top < NEAR_BORDER * self._print
                cell.ends_low = box.bottom - max(glyph.bottom for glyph in glyphs) < NEAR_BORDER * self._print
                cell.ends_in_figure = len(glyphs) > 1 and _ends_in_figure(glyphs, content.text)
            self._cells.append(cell)

    @property
    def has_text(self) -> bool:
        """Whether anything stands in it."""
        return any(cell.text for cell in self._cells)

    @property
    def lacks_lines(self) -> bool:
        """Whether some of its rows or columns are not parted by lines: what is drawn as one cell holds several.

        Several figures stand side by side in a cell, or below other text in most cells of a row.
        """
        cells: Counter[int] = Counter()
        stacks: Counter[int] = Counter()
        for cell in self._cells:
            for line in cell.text.split("\n"):
                if sum(map(is_figure, line.split(" "))) >= FIGURES_SIDE_BY_SIDE:
                    return True
            cells[cell.row] += bool(cell.text)
            stacks[cell.row] += cell.ends_in_figure
        return any(stacks[row] > 1 and cells[row] <= 2 * stacks[row] for row in stacks)

    def rows(self) -> list[list[PlacedCell]]:
        """The table's rows; a merged cell stands in the first one it covers."""
        rows: list[list[PlacedCell]] = [[] for _ in self._heights]
        for cell in sorted(self._cells, key=lambda cell: cell.column):
            rows[cell.row].append(PlacedCell(cell.text, place_of(cell.page, cell.box), cell.column))
        return rows

    # -- putting together ---------------------------------------------------------------------------------------------

    def continues_with(self, other: PageTable) -> bool:
        """Whether the other, first on the next page, can be the rest of this one by its width."""
        return (
            other.last_page == self.last_page + 1
            and abs((self.box.right - self.box.left) - (other.box.right - other.box.left)) <= SAME_WIDTH
        )

    def join(self, other: PageTable) -> None:
        """Take the rest of the table from the next page; the other one is used up."""
        repeated = self._repeated_rows(other)
        if repeated:
            other._drop_rows(repeated)
        self.last_page = other.last_page
        self.box = other.box
        if not other._heights:
            return
        self._share_columns(other)
        height = len(self._heights)
        pairs = self._pairs(other)
        cut = self._is_row_cut(other, pairs)
        offset = height - 1 if cut else height
        taken = set()
        for upper, lower in pairs:
            if (cut and upper.row + upper.rows == height) or self._goes_on(upper, lower, pairs):
                upper.take_text(lower)
                upper.rows = lower.rows + offset - upper.row
                taken.add(id(lower))
        for cell in other._cells:
            if id(cell) not in taken:
                cell.row += offset
                self._cells.append(cell)
        self._heights += other._heights[1:] if cut else other._heights

    def _row_signature(self, row: int) -> list[tuple[str, int, int]] | None:
        """Text, place and width of a row's cells; None where one of them goes on below or above."""
        signature = []
        for cell in sorted(self._cells, key=lambda cell: cell.column):
            if cell.row <= row < cell.row + cell.rows:
                signature.append((_squeezed(cell.text), round(self._xs[cell.column]), cell.row - row))
        return signature

    def _repeated_rows(self, other: PageTable) -> int:
        """How many rows at the top of the other are this table's first rows once more."""
        count = 0
        shift = round(other.box.left) - round(self._xs[0])
        limit = min(len(self._heights), len(other._heights))
        while count < limit:
            own, its = self._row_signature(count), other._row_signature(count)
            if own is None or its is None or len(own) != len(its) or not any(text for text, _, _ in own):
                break
            if any(
                a[0] != b[0] or a[2] != b[2] or abs(a[1] + shift - b[1]) > NEAR for a, b in zip(own, its, strict=True)
            ):
                break
            count += 1
        while count and any(cell.row < count < cell.row + cell.rows for cell in other._cells):
            count -= 1
        return count

    def _drop_rows(self, count: int) -> None:
        self._cells = [cell for cell in self._cells if cell.row >= count]
        for cell in self._cells:
            cell.row -= count
        del self._heights[:count]

    def _share_columns(self, other: PageTable) -> None:
        """Count the columns of both by the edges of either."""
        shift = self._xs[0] - other._xs[0]
        edges: list[float] = []
        for x in sorted([*self._xs, *(x + shift for x in other._xs)]):
            if not edges or x - edges[-1] > NEAR:
                edges.append(x)
        for table, moved in ((self, 0.0), (other, shift)):
            index = [min(range(len(edges)), key=lambda i: abs(edges[i] - x)) for x in (x + moved for x in table._xs)]
            for cell in table._cells:
                first, last = index[cell.column], index[cell.column + cell.columns]
                cell.column, cell.columns = first, last - first
        self._xs = edges

    def _pairs(self, other: PageTable) -> list[tuple[_Cell, _Cell]]:
        """The cells that touch the break and stand below one another, with the same edges."""
        height = len(self._heights)
        upper = {(cell.column, cell.columns): cell for cell in self._cells if cell.row + cell.rows == height}
        return [
            (upper[cell.column, cell.columns], cell)
            for cell in sorted(other._cells, key=lambda cell: cell.column)
            if cell.row == 0 and (cell.column, cell.columns) in upper
        ]

    def _is_row_cut(self, other: PageTable, pairs: Sequence[tuple[_Cell, _Cell]]) -> bool:
        """Whether the last row and the first of the other are two parts of one row."""
        height = len(self._heights)
        above = [cell for cell in self._cells if cell.row == height - 1]
        below = [cell for cell in other._cells if cell.row == 0 and cell.rows == 1]
        if len(pairs) < len([cell for cell in other._cells if cell.row == 0]) or not above or not below:
            return False
        if not any(cell.text for cell in above):
            return True
        usual = median(self._heights)
        if not any(cell.text for cell in below):
            lowest = max(LOWEST_ROW * self._print, REST_OF_A_ROW * usual)
            return other._heights[0] < lowest
        # Every cell has its text on one side, but for words that go on.
        apart = 0
        for upper, lower in pairs:
            if upper.row < height - 1 or lower.rows > 1:
                continue
            if upper.text and lower.text:
                if not upper.text_goes_on(lower):
                    return False
            elif upper.text or lower.text:
                apart += 1
        return apart > 0

    def _goes_on(self, upper: _Cell, lower: _Cell, pairs: Sequence[tuple[_Cell, _Cell]]) -> bool:
        """Whether a cell that a clean break between two rows runs through goes on below it."""
        if upper.rows == 1 and lower.rows == 1:
            leads = all(not other.text for _, other in pairs if other.column < lower.column)
            more = any(other.text for _, other in pairs if other.column > lower.column)
            return bool(upper.text) and not lower.text and leads and more
        if not upper.text or not lower.text or _squeezed(upper.text) == _squeezed(lower.text):
            return True
        return upper.text_goes_on(lower)
