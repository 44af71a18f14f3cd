"""The layouts in which a published report reaches a linter as text, each as a function from a draft to text."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rendition import Draft, Grid, Role, Slot, grid_of

NBSP = "\N{NO-BREAK SPACE}"

TableLayout: TypeAlias = Callable[[list[Grid], random.Random], str]
"""Lays out the grids of one official table; the text ends without a line break."""


@dataclass(frozen=True, slots=True)
class Layout:
    family: str
    variant: str
    table: TableLayout
    paragraph_gap: str = "\n"
    one_line: bool = False
    keeps_blank_cells: bool = True
    """Whether a blank cell can be told from no cell at all."""
    keeps_cell_borders: bool = True
    """Whether the digits of two neighbouring cells stay apart."""
    keeps_lines: bool = True
    """Whether a row stays on a line of its own."""
    suffix: str = ".txt"
    write: Callable[[Draft, random.Random], bytes] | None = None
    """Makes the file where it is no text: only what is done to the draft can then be done to it."""

    @property
    def name(self) -> str:
        return f"{self.family}/{self.variant}"

    def render(self, draft: Draft, rng: random.Random) -> str:
        paragraphs = list(_paragraphs(draft, self.table, rng))
        if self.one_line:
            # The title keeps its line: without it no dump of this kind could be told from running prose.
            title, *rest = paragraphs
            return title + "\n" + "".join(text.replace("\n", "") for text in rest) + "\n"
        return self.paragraph_gap.join(paragraphs) + "\n"


def _paragraphs(draft: Draft, table: TableLayout, rng: random.Random) -> Iterator[str]:
    yield from draft.title
    yield from draft.preface
    for section in draft.sections:
        yield section.heading
        yield from section.before
        if section.table is not None:
            yield table([grid_of(block) for block in section.table.blocks], rng)
        yield from section.after
    yield from draft.signature


def _own(line: list[Slot | None], row: int) -> list[Slot]:
    """The slots that begin in this row, in order."""
    return [slot for column, slot in enumerate(line) if slot is not None and (slot.row, slot.column) == (row, column)]


# --- word_dump: a tab before every cell, one cell a line, a blank line between rows --------------------------------


def word_dump(blank: str = NBSP, figure_prefix: str = "", broken_headers: bool = False) -> TableLayout:
    def cell(slot: Slot) -> str:
        if slot.role is Role.FIGURE:
            return figure_prefix + slot.text if slot.text else blank
        if broken_headers and slot.role is Role.HEADER and slot.text.startswith("本年新"):
            return slot.text.replace("本年新", "本年新\n", 1)
        return slot.text

    def render(grids: list[Grid], rng: random.Random) -> str:
        rows: list[str] = []
        for grid in grids:
            rows.extend(grid.before)
            for number, line in enumerate(grid.lines()):
                cells: list[str] = []
                for column, slot in enumerate(line):
                    if slot is None or slot.column != column:
                        continue
                    # A cell merged downwards is dumped as an empty one, a cell merged sideways is not dumped.
                    cells.append("\t" + (cell(slot) if slot.row == number else ""))
                rows.append("\n".join(cells))
        return "\n\n".join(rows) + "\n\n"

    return render


# --- tab_rows: a row a line, cells parted by tabs ------------------------------------------------------------------


def tab_rows_full(grids: list[Grid], rng: random.Random) -> str:
    lines: list[str] = []
    for grid in grids:
        lines.extend(grid.before)
        for number, line in enumerate(grid.lines()):
            own = _own(line, number)
            lines.append(
                "\t".join(
                    slot.text if slot in own and slot.column == column else ""
                    for column, slot in enumerate(line)
                    if slot is not None
                )
            )
    return "\n".join(lines)


def _compact_cells(line: list[Slot | None], row: int) -> list[str]:
    """Cells of a row in which a label over several columns takes one field only."""
    cells = []
    for column, slot in enumerate(line):
        if slot is None or (slot.column != column and slot.role in (Role.LABEL, Role.CAPTION)):
            continue
        cells.append(slot.text if (slot.row, slot.column) == (row, column) else "")
    return cells


def tab_rows_compact(grids: list[Grid], rng: random.Random) -> str:
    lines: list[str] = []
    for grid in grids:
        lines.extend(grid.before)
        for number, line in enumerate(grid.lines()):
            cells = _compact_cells(line, number)
            width = max(grid.width, 4)
            lines.append("\t".join(cells + [""] * (width - len(cells))))
    return "\n".join(lines)


def tab_rows_shifted(grids: list[Grid], rng: random.Random) -> str:
    """As after a page break: a blank line inside the table, then label columns lost or a group label on its own."""
    lines: list[str] = []
    for grid in grids:
        lines.extend(grid.before)
        first_row = next((slot.row for slot in grid.slots if slot.role in (Role.LABEL, Role.FIGURE)), 0)
        long = grid.label_columns > 1
        cut = rng.randint(first_row + 3, grid.height - 3) if long and grid.height > first_row + 6 else grid.height
        for number, line in enumerate(grid.lines()):
            if number < cut:
                cells = _compact_cells(line, number)
                if number == cut - 1 and cut < grid.height:
                    cells = cells[next(place for place, cell in enumerate(cells) if cell) :]
                    cells.append("")
                lines.append("\t".join(cells))
                continue
            if number == cut:
                lines.append("")
            groups = [s for s in _own(line, number) if s.role is Role.LABEL and s.rows > 1]
            cells = _compact_cells(line, number)
            if groups and rng.random() < 0.5:
                lines.append("\t".join(slot.text for slot in groups))
                cells = ["" if cell in {slot.text for slot in groups} else cell for cell in cells]
            lines.append("\t".join(cells[1:] if not cells[0] else cells))
    return "\n".join(lines)


# --- markdown ------------------------------------------------------------------------------------------------------


def markdown(*, repeat_spans: bool = False, table_per_row: bool = False) -> TableLayout:
    def row_text(line: list[Slot | None], number: int) -> str:
        cells = [
            slot.text if repeat_spans or (slot.row, slot.column) == (number, column) else ""
            for column, slot in enumerate(line)
            if slot is not None
        ]
        return "| " + " | ".join(cells) + " |"

    def render(grids: list[Grid], rng: random.Random) -> str:
        tables: list[str] = []
        for grid in grids:
            rows = [row_text(line, number) for number, line in enumerate(grid.lines())]
            rule = "|" + " --- |" * grid.width
            tables.extend(grid.before)
            if table_per_row:
                tables.extend(f"{row}\n{rule}" for row in rows)
            else:
                tables.append("\n".join([rows[0], rule, *rows[1:]]))
        return "\n\n".join(tables)

    return render


# --- padded: columns aligned with spaces ---------------------------------------------------------------------------


def display_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text cut into lines of at most `width` columns, as a narrow cell wraps Chinese."""
    lines, line = [], ""
    for char in text:
        if display_width(line + char) > width and line:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines or [""]


def padded(*, centred: bool = True, gap_lines: int = 0) -> TableLayout:
    def render(grids: list[Grid], rng: random.Random) -> str:
        return "\n".join(_padded_grid(grid, centred, gap_lines) for grid in grids)

    return render


def _padded_grid(grid: Grid, centred: bool, gap_lines: int) -> str:
    figures = [slot for slot in grid.slots if slot.role is Role.FIGURE]
    narrowest = 6 if grid.width - grid.label_columns > 7 else 10
    figure_width = max([narrowest, *(display_width(slot.text) for slot in figures)])
    label_widths = {0: [], 1: [24], 2: [10, 30], 3: [8, 10, 26]}[grid.label_columns]
    widths = [*label_widths, *[figure_width] * (grid.width - grid.label_columns)]
    starts = [sum(widths[:column]) + 2 * column for column in range(grid.width)]

    def room(slot: Slot) -> int:
        return sum(widths[slot.column : slot.column + slot.columns]) + 2 * (slot.columns - 1)

    texts = {slot: wrapped(slot.text, room(slot)) for slot in grid.slots}
    heights = [1] * grid.height
    for slot in sorted(grid.slots, key=lambda slot: slot.rows):
        # A merged label longer than its rows makes the last of them taller.
        last = slot.row + slot.rows
        heights[last - 1] += max(0, len(texts[slot]) - sum(heights[slot.row : last]))
    tops = [sum(heights[:row]) + gap_lines * row for row in range(grid.height + 1)]
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for slot in grid.slots:
        lines = texts[slot]
        space = tops[slot.row + slot.rows] - gap_lines - tops[slot.row]
        top = tops[slot.row] + ((space - len(lines)) // 2 if centred else 0)
        for number, text in enumerate(lines):
            margin = (room(slot) - display_width(text)) // 2 if slot.role is not Role.LABEL else 0
            canvas[top + number].append((starts[slot.column] + margin, text))
    drawn = []
    for pieces in canvas:
        line = ""
        for start, text in sorted(piece for piece in pieces if piece[1]):
            line += " " * max(1 if line else 0, start - display_width(line)) + text
        drawn.append(line)
    return "\n".join([*grid.before, *drawn])


# --- cells and rows without a grid ---------------------------------------------------------------------------------


def line_cells(*, blank_lines: bool, gap: bool = False) -> TableLayout:
    """One cell a line; a blank figure is an empty line, or nothing where blank lines part the rows."""

    def render(grids: list[Grid], rng: random.Random) -> str:
        lines: list[str] = []
        for grid in grids:
            lines.extend(grid.before)
            for number, line in enumerate(grid.lines()):
                own = _own(line, number)
                lines.extend(slot.text for slot in own if slot.text or (blank_lines and slot.role is Role.FIGURE))
                if gap:
                    lines.append("")
        return "\n".join(lines)

    return render


def cell_pipe(*, merged_cells: bool) -> TableLayout:
    """`cell |` a line; optionally with an empty cell for each merged place."""

    def render(grids: list[Grid], rng: random.Random) -> str:
        lines: list[str] = []
        for grid in grids:
            lines.extend(grid.before)
            for number, line in enumerate(grid.lines()):
                for column, slot in enumerate(line):
                    if slot is None:
                        continue
                    own = (slot.row, slot.column) == (number, column)
                    if own and (slot.text or slot.role is Role.FIGURE):
                        lines.append(f"{slot.text} |")
                    elif merged_cells:
                        lines.append(" |")
                lines.extend([""] if merged_cells else [])
        return "\n".join(lines)

    return render


def joined_rows(separator: str) -> TableLayout:
    """A row a line, its cells joined by `separator` and blank cells gone."""

    def render(grids: list[Grid], rng: random.Random) -> str:
        lines: list[str] = []
        for grid in grids:
            lines.extend(grid.before)
            for number, line in enumerate(grid.lines()):
                lines.append(separator.join(slot.text for slot in _own(line, number) if slot.text))
        return "\n".join(lines)

    return render


# --- what text browsers and converters make of a table -------------------------------------------------------------


def drawn(*, boxes: bool) -> TableLayout:
    """A table drawn with lines of characters, merged cells and wrapped text in it: ┌──┬──┐ or +---+---+."""

    def render(grids: list[Grid], rng: random.Random) -> str:
        lines: list[str] = []
        for grid in grids:
            lines += [*grid.before, *_drawn_grid(grid, rng, boxes)]
            if rng.random() < 0.5:
                lines.append("")
        return "\n".join(lines)

    return render


_CORNERS = {
    (False, True, False, True): "┌", (False, True, True, True): "┬", (False, True, True, False): "┐",
    (True, True, False, True): "├", (True, True, True, True): "┼", (True, True, True, False): "┤",
    (True, False, False, True): "└", (True, False, True, True): "┴", (True, False, True, False): "┘",
    (True, True, False, False): "│", (False, False, True, True): "─",
}  # fmt: skip


def _drawn_grid(grid: Grid, rng: random.Random, boxes: bool) -> list[str]:
    narrowest = max([4, *(display_width(slot.text) + 1 for slot in grid.slots if slot.role is Role.FIGURE)])
    widths = [rng.choice((10, 16, 40)) if c < grid.label_columns else narrowest for c in range(grid.width)]
    edges = [sum(widths[:c]) + c for c in range(grid.width + 1)]
    texts = {s: wrapped(s.text, edges[s.column + s.columns] - edges[s.column] - 1) for s in grid.slots}
    heights = [1] * grid.height
    for slot in sorted(grid.slots, key=lambda slot: slot.rows):
        last = slot.row + slot.rows
        room = sum(heights[slot.row : last]) + slot.rows - 1
        heights[last - 1] += max(0, len(texts[slot]) - room)
    tops = [sum(heights[:r]) + r for r in range(grid.height + 1)]
    height, width = tops[-1] + 1, edges[-1] + 1
    ruled = [[[False] * 2 for _ in range(width)] for _ in range(height)]  # to the right, downwards
    pieces: list[list[tuple[int, str]]] = [[] for _ in range(height)]
    for slot in grid.slots:
        left, right = edges[slot.column], edges[slot.column + slot.columns]
        top, bottom = tops[slot.row], tops[slot.row + slot.rows]
        for x in range(left, right):
            ruled[top][x][0] = ruled[bottom][x][0] = True
        for y in range(top, bottom):
            ruled[y][left][1] = ruled[y][right][1] = True
        space = bottom - top - 1 - len(texts[slot])
        centred = slot.role is not Role.FIGURE and rng.random() < 0.5
        first = top + 1 + (space // 2 if centred else 0)
        pieces_of = ((left + 1, text) for text in texts[slot])
        for number, piece in enumerate(pieces_of):
            pieces[first + number].append(piece)
    lines = []
    for y in range(height):
        marks = {}
        for x in range(width):
            arms = (y > 0 and ruled[y - 1][x][1], ruled[y][x][1], x > 0 and ruled[y][x - 1][0], ruled[y][x][0])
            if any(arms):
                mark = _CORNERS[arms]
                marks[x] = mark if boxes else {"│": "|", "─": "-"}.get(mark, "+")
        line, x = "", 0
        starts = dict(pieces[y])
        while x < width:
            text = starts.get(x) or marks.get(x, " ")
            line += text
            x += display_width(text) if x in starts else 1
        lines.append(line)
    return lines


def tagged(grids: list[Grid], rng: random.Random) -> str:
    """Tables in HTML tags, as Markdown has them where cells are merged."""
    lines: list[str] = []
    styled = rng.random() < 0.5
    for grid in grids:
        lines += [*grid.before, rng.choice(("<table>", '<table border="1">', '<div align="center">\n\n<table>'))]
        for number, line in enumerate(grid.lines()):
            cells = []
            for slot in _own(line, number):
                spans = f' rowspan="{slot.rows}"' * (slot.rows > 1) + f' colspan="{slot.columns}"' * (slot.columns > 1)
                text = f'<span style="color:#000">{slot.text}</span>' if styled else slot.text
                cells.append(f"<td{spans}>{text}</td>")
            lines.append(f"<tr>{''.join(cells)}</tr>" if rng.random() < 0.5 else "\n".join(["<tr>", *cells, "</tr>"]))
        lines.append("</table>")
    return "\n".join(lines)


def pieces(*, figures_together: bool) -> TableLayout:
    """Every line of every narrow cell on a line of its own, one cell after another."""

    def render(grids: list[Grid], rng: random.Random) -> str:
        lines: list[str] = []
        for grid in grids:
            lines.extend(grid.before)
            narrow = rng.choice((4, 8, 12))
            for number, line in enumerate(grid.lines()):
                own = _own(line, number)
                figures = [slot.text for slot in own if slot.role is Role.FIGURE]
                for slot in own:
                    if slot.role is not Role.FIGURE and slot.text:
                        lines += wrapped(slot.text, 20 if slot.columns > 1 else narrow)
                lines += [" ".join(filter(None, figures))] * bool(figures) if figures_together else figures
        return "\n".join(lines)

    return render


LAYOUTS = (
    Layout("word_dump", "nbsp", word_dump()),
    Layout("word_dump", "bare", word_dump(blank="")),
    Layout("word_dump", "nbsp-figures", word_dump(figure_prefix=NBSP, broken_headers=True)),
    Layout("tab_rows", "full", tab_rows_full, "\n\n"),
    Layout("tab_rows", "compact", tab_rows_compact, "\n\n"),
    Layout("tab_rows", "shifted", tab_rows_shifted, "\n\n"),
    Layout("markdown", "plain", markdown(), "\n\n"),
    Layout("markdown", "repeated", markdown(repeat_spans=True), "\n\n"),
    Layout("markdown", "row-tables", markdown(table_per_row=True), "\n\n"),
    Layout("padded", "centred", padded()),
    Layout("padded", "top", padded(centred=False)),
    Layout("padded", "gaps", padded(gap_lines=1), "\n\n"),
    Layout("line_cells", "plain", line_cells(blank_lines=False), keeps_blank_cells=False, keeps_lines=False),
    Layout("line_cells", "empty-lines", line_cells(blank_lines=True), keeps_lines=False),
    Layout("line_cells", "gaps", line_cells(blank_lines=False, gap=True), keeps_blank_cells=False, keeps_lines=False),
    Layout("single_spaces", "rows", joined_rows(" "), keeps_blank_cells=False),
    Layout("cell_pipe", "plain", cell_pipe(merged_cells=False), keeps_lines=False),
    Layout("cell_pipe", "merged", cell_pipe(merged_cells=True), keeps_lines=False),
    Layout("drawn", "boxes", drawn(boxes=True)),
    Layout("drawn", "ascii", drawn(boxes=False)),
    Layout("tagged", "html", tagged, "\n\n", keeps_lines=False),
    Layout("pieces", "lines", pieces(figures_together=False), keeps_blank_cells=False, keeps_lines=False),
    Layout("pieces", "rows", pieces(figures_together=True), keeps_blank_cells=False),
    Layout("run_together", "lines", joined_rows(""), keeps_blank_cells=False, keeps_cell_borders=False),
    Layout(
        "run_together",
        "document",
        joined_rows(""),
        one_line=True,
        keeps_blank_cells=False,
        keeps_cell_borders=False,
        keeps_lines=False,
    ),
)
