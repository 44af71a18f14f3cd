"""A draft as a PDF file: typeset here, with tables ruled in the ways that programs rule them, cut by page breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from pdf_file import PdfPage, pdf_file, width_of
from rendition import Draft, Grid, Role, Slot, grid_of

LEADING = 1.35
CLOSERS = "，。；：、）”》？！"


class Canvas(Protocol):
    """A page to draw on; points from the upper left corner."""

    def text(self, left: float, top: float, text: str, size: float = ...) -> None: ...

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None: ...

    def rectangle(self, left: float, top: float, right: float, bottom: float, paint: str = ...) -> None: ...

    def grey(self, shade: float) -> None: ...


Page = TypeVar("Page", bound=Canvas)


class Ruled(StrEnum):
    """How the lines of a table are drawn."""

    LINES = "lines"
    THIN_AREAS = "thin-areas"
    CELL_BOXES = "cell-boxes"
    DOUBLED = "doubled"
    PIECES = "pieces"
    SHORT = "short"
    BACKGROUNDS = "backgrounds"
    OPEN_SIDES = "open-sides"


class Unruled(StrEnum):
    """What is drawn of a table that is not ruled."""

    NOTHING = "nothing"
    STRIPES = "stripes"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class Style:
    """The typesetting of one file; lengths in points."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 72.0
    print: float = 14.0
    cell_print: float = 10.5
    padding: float = 4.0
    ruled: Ruled = Ruled.LINES
    vertical_label: bool = True
    """One character a line in the first label column of table three."""
    repeats_header: bool = False
    cuts_rows: bool = True
    numbers: bool = True
    running_header: str = ""
    lines: bool = True
    """Whether tables are ruled at all."""
    unruled: Unruled = Unruled.NOTHING
    watermark: bool = False
    """Large words across the page."""
    browser: bool = False
    """Time and address at the edges of the paper, as browsers print them."""

    @classmethod
    def any(cls, rng: random.Random) -> Style:
        width, height = rng.choice(((595.0, 842.0), (595.0, 842.0), (842.0, 595.0), (842.0, 1191.0)))
        return cls(
            width,
            height,
            rng.uniform(40, 100),
            rng.choice((10.5, 12, 14, 16)),
            rng.choice((7.5, 9, 10.5, 12)),
            rng.uniform(1, 6),
            rng.choice(list(Ruled)),
            rng.random() < 0.7,
            rng.random() < 0.3,
            rng.random() < 0.5,
            rng.random() < 0.7,
            rng.choice(("", "", "政府信息公开工作年度报告", "https://www.example.gov.cn/art/2024/1/10/art_1_2.html")),
            unruled=rng.choice(list(Unruled)),
            watermark=rng.random() < 0.2,
            browser=rng.random() < 0.2,
        )


def pdf_of(draft: Draft, style: Style = Style()) -> bytes:
    """The file."""
    return pdf_file(typeset(draft, style, PdfPage))


def typeset(draft: Draft, style: Style, new_page: Callable[[float, float], Page]) -> list[Page]:
    """The pages of the draft; `new_page` makes an empty one of a width and a height."""
    setter = _Typesetter(style, new_page)
    for title in draft.title:
        setter.paragraph(title, style.print * 1.5, centred=True)
    for text in draft.preface:
        setter.paragraph(text)
    for section in draft.sections:
        setter.paragraph(section.heading)
        for text in section.before:
            setter.paragraph(text)
        for block in section.table.blocks if section.table is not None else ():
            setter.table(grid_of(block))
        for text in section.after:
            setter.paragraph(text)
    for text in draft.signature:
        setter.paragraph(text, right=True)
    return setter.pages


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than that; figures and Latin words are kept whole, a closing mark never begins a line."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and width_of(lines[-1] + word, size) > width and word not in CLOSERS:
            lines.append("")
        lines[-1] += word
    return lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
            continue
        if word:
            yield word
        word = ""
        yield char
    if word:
        yield word


@dataclass(slots=True)
class _Laid:
    """A slot with its lines, edges (left, right) and rows; `top` is the first row's place in the table."""

    slot: Slot
    lines: list[str]
    left: float
    right: float


@dataclass(slots=True)
class _Typesetter(Generic[Page]):
    style: Style
    new_page: Callable[[float, float], Page]
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0

    def __post_init__(self) -> None:
        self._turn()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def bottom(self) -> float:
        return self.style.height - self.style.margin

    def _turn(self) -> None:
        style = self.style
        self.pages.append(self.new_page(style.width, style.height))
        self.y = style.margin
        if style.watermark:
            self.page.text(style.margin, style.height / 2, "内部资料", 80)
        if style.browser and not style.running_header:
            self.page.text(20, 12, "2024/1/15 10:30", 8)
            self.page.text(20, style.height - 20, "https://www.example.gov.cn/art/1.html", 8)
        if style.running_header:
            self.page.text(style.margin, style.margin * 0.4, style.running_header, 9)
        if style.numbers:
            self.page.text(style.width / 2 - 10, style.height - style.margin * 0.6, f"- {len(self.pages)} -", 9)

    def paragraph(self, text: str, size: float = 0.0, *, centred: bool = False, right: bool = False) -> None:
        style = self.style
        size = size or style.print
        width = style.width - 2 * style.margin
        for line in wrapped(text if centred or right else "　　" + text, width, size):
            if self.y + size * LEADING > self.bottom:
                self._turn()
            left = style.margin
            if centred or right:
                left += (width - width_of(line, size)) / (2 if centred else 1)
            self.page.text(left, self.y, line, size)
            self.y += size * LEADING

    # -- tables -------------------------------------------------------------------------------------------------------

    def table(self, grid: Grid) -> None:
        style = self.style
        xs = self._edges(grid)
        laid = [self._laid(slot, grid, xs) for slot in grid.slots]
        heights = self._heights(grid, laid)
        header = max((s.row + s.rows for s in grid.slots if s.role in (Role.CAPTION, Role.HEADER)), default=0)
        row = 0
        part = 0
        cut: dict[int, int] = {}  # slot → lines already printed on an earlier page
        while row < grid.height:
            top = self.y
            if part and style.repeats_header and row >= header:
                self._print([one for one in laid if one.slot.row < header], 0, header, heights, {})
            first = row
            start = self.y
            while row < grid.height and start + sum(heights[first : row + 1]) <= self.bottom:
                row += 1
            if row == grid.height:
                self._print(laid, first, row, heights, cut)
                break
            rest = self.bottom - start - sum(heights[first:row])
            lines = int((rest - 2 * style.padding) // (style.cell_print * LEADING))
            if row == first and lines < 1:
                self._turn()
                if top == self.y:
                    raise ValueError("a row higher than the page")
                continue
            alone = [one for one in laid if one.slot.row == row and one.slot.rows == 1]
            if style.cuts_rows and row >= header and 0 < lines < max(len(one.lines) for one in alone):
                heights[row] = 2 * style.padding + lines * style.cell_print * LEADING
                self._print(laid, first, row + 1, heights, cut, {id(one): lines for one in alone})
                for one in alone:
                    one.lines = one.lines[lines:]
                heights[row] = 2 * style.padding + max(len(one.lines) for one in alone) * style.cell_print * LEADING
            elif row > first:
                self._print(laid, first, row, heights, cut)
            self._turn()
            part += 1
        self.y += style.print

    def _edges(self, grid: Grid) -> list[float]:
        style = self.style
        labels = grid.label_columns
        weights = [1.0] * grid.width
        for column in range(labels):
            weights[column] = 3.0 if labels == 1 or column == labels - 1 else 1.2
        if style.vertical_label and labels > 1:
            weights[0] = 0.0
        least = style.cell_print * 1.2 + 2 * style.padding
        whole = style.width - 2 * style.margin
        room = whole - least * grid.width
        xs = [style.margin]
        for weight in weights:
            xs.append(xs[-1] + least + room * weight / sum(weights))
        return xs

    def _laid(self, slot: Slot, grid: Grid, xs: Sequence[float]) -> _Laid:
        style = self.style
        left, right = xs[slot.column], xs[slot.column + slot.columns]
        width = right - left - 2 * style.padding
        if slot.role is Role.LABEL and slot.rows > 5 and style.vertical_label:
            lines = list(slot.text)
        else:
            lines = wrapped(slot.text, width, style.cell_print)
        return _Laid(slot, lines, left, right)

    def _heights(self, grid: Grid, laid: Sequence[_Laid]) -> list[float]:
        style = self.style
        heights = [style.cell_print * LEADING + 2 * style.padding] * grid.height
        for one in sorted(laid, key=lambda one: one.slot.rows):
            slot = one.slot
            needed = len(one.lines) * style.cell_print * LEADING + 2 * style.padding
            missing = needed - sum(heights[slot.row : slot.row + slot.rows])
            if missing > 0 and not (slot.rows > 5 and style.vertical_label):
                heights[slot.row + slot.rows - 1] += missing
        return heights

    def _print(
        self,
        laid: Sequence[_Laid],
        first: int,
        end: int,
        heights: Sequence[float],
        printed: dict[int, int],
        lines_left: dict[int, int] | None = None,
    ) -> None:
        """Print the rows from `first` to `end`; of a merged cell as much of its text as there is room for."""
        style = self.style
        leading = style.cell_print * LEADING
        if not style.lines and style.unruled is Unruled.FRAME:
            self.page.rectangle(style.margin, self.y, style.width - style.margin, self.y + sum(heights[first:end]))
        for one in laid:
            slot = one.slot
            top_row, last = max(slot.row, first), min(slot.row + slot.rows, end)
            if top_row >= last:
                continue
            top = self.y + sum(heights[first:top_row])
            bottom = self.y + sum(heights[first:last])
            self._rule(one.left, top, one.right, bottom, slot)
            done = printed.get(id(one), 0)
            lines = one.lines[done:]
            if slot.rows == 1:
                if lines_left and id(one) in lines_left:
                    lines = lines[: lines_left[id(one)]]
            else:
                lines = lines[: max(int((bottom - top - 2 * style.padding) / leading + 0.01), 0)]
                printed[id(one)] = done + len(lines)
            is_cut = slot.row + slot.rows > end or done or (lines_left or {}).get(id(one))
            y = top + style.padding if is_cut else (top + bottom - len(lines) * leading) / 2
            for line in lines:
                left = one.left + style.padding
                if slot.role is not Role.LABEL or len(one.lines) > 5:
                    left = (one.left + one.right - width_of(line, style.cell_print)) / 2
                self.page.text(left, y, line, style.cell_print)
                y += leading
        self.y += sum(heights[first:end])

    def _rule(self, left: float, top: float, right: float, bottom: float, slot: Slot) -> None:
        page, ruled = self.page, self.style.ruled
        edges = [(left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom),
                 (right, top, right, bottom)]  # fmt: skip
        if not self.style.lines:
            if self.style.unruled is Unruled.STRIPES and slot.row % 2:
                page.grey(0.9)
                page.rectangle(left, top, right, bottom, "f")
                page.grey(0)
            return
        if ruled is Ruled.CELL_BOXES:
            page.rectangle(left + 0.7, top + 0.7, right - 0.7, bottom - 0.7)
        elif ruled is Ruled.BACKGROUNDS:
            page.grey(0.9 if (slot.row + slot.column) % 2 else 0.8)
            page.rectangle(left, top, right, bottom, "f")
            page.grey(0)
        elif ruled is Ruled.THIN_AREAS:
            for x0, y0, x1, y1 in edges:
                page.rectangle(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25, "f")
        elif ruled is Ruled.DOUBLED:
            for shift in (-0.8, 0.8):
                for x0, y0, x1, y1 in edges:
                    page.line(x0 + shift, y0 + shift, x1 + shift, y1 + shift)
        elif ruled is Ruled.SHORT:
            for x0, y0, x1, y1 in edges:
                dx, dy = (2.0, 0.0) if y0 == y1 else (0.0, 2.0)
                page.line(x0 + dx, y0 + dy, x1 - dx, y1 - dy)
        elif ruled is Ruled.PIECES:
            for x0, y0, x1, y1 in edges:
                self._pieces(x0, y0, x1, y1)
        else:
            outer = (self.style.margin, self.style.width - self.style.margin)
            for x0, y0, x1, y1 in edges:
                is_side = x0 == x1 and min(abs(x0 - side) for side in outer) < 0.1
                if ruled is not Ruled.OPEN_SIDES or not is_side:
                    page.line(x0, y0, x1, y1)

    def _pieces(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line of dashes, each drawn by itself."""
        length = max(x1 - x0, y1 - y0)
        at = 0.0
        while at < length:
            to = min(at + 3, length)
            if y0 == y1:
                self.page.line(x0 + at, y0, x0 + to, y1)
            else:
                self.page.line(x0, y0 + at, x1, y0 + to)
            at += 5
