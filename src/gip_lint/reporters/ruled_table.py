"""Draws a table with box characters: cells may span columns and header rows, texts wrap, Han characters take two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gip_lint.reporters.lines import Line, Span, width, wrap

# (up, down, left, right) → the character in which these lines meet.
_JUNCTIONS = {
    (0, 0, 0, 0): " ",
    (1, 1, 0, 0): "│",
    (0, 0, 1, 1): "─",
    (0, 1, 0, 1): "┌",
    (0, 1, 1, 0): "┐",
    (1, 0, 0, 1): "└",
    (1, 0, 1, 0): "┘",
    (1, 1, 0, 1): "├",
    (1, 1, 1, 0): "┤",
    (0, 1, 1, 1): "┬",
    (1, 0, 1, 1): "┴",
    (1, 1, 1, 1): "┼",
}


class Box(NamedTuple):
    """One cell, possibly over several columns or rows: the same box stands at every place it covers."""

    text: str
    style: str = ""
    align: str = "left"
    indent: int = 0


class TableRow(NamedTuple):
    """The boxes of one row, one a column; `ruled` draws a line above it."""

    boxes: Sequence[Box]
    ruled: bool = False


def draw(rows: Sequence[TableRow], widths: Sequence[int], padding: int) -> list[Line]:
    """The rows with the given inner widths of the columns; boxes that are the same object are one cell."""
    lines = [_rule(None, rows[0].boxes, widths, padding)]
    for number, row in enumerate(rows):
        if number and row.ruled:
            lines.append(_rule(rows[number - 1].boxes, row.boxes, widths, padding))
        # A cell over several rows shows its text in the last of them.
        following = rows[number + 1].boxes if number + 1 < len(rows) else None
        lines += _row(row.boxes, following, widths, padding)
    lines.append(_rule(rows[-1].boxes, None, widths, padding))
    return lines


def total_width(widths: Sequence[int], padding: int) -> int:
    """How many columns the drawn table takes."""
    return sum(widths) + len(widths) * (2 * padding + 1) + 1


def _rule(above: Sequence[Box] | None, below: Sequence[Box] | None, widths: Sequence[int], padding: int) -> Line:
    count = len(widths)
    drawn = [above is None or below is None or above[c] is not below[c] for c in range(count)]
    text = ""
    for c in range(count + 1):
        up = above is not None and (c in (0, count) or above[c - 1] is not above[c])
        down = below is not None and (c in (0, count) or below[c - 1] is not below[c])
        left = c > 0 and drawn[c - 1]
        right = c < count and drawn[c]
        text += _JUNCTIONS[int(up), int(down), int(left), int(right)]
        if c < count:
            text += ("─" if drawn[c] else " ") * (widths[c] + 2 * padding)
    return (Span(text, "dim"),)


def _row(boxes: Sequence[Box], following: Sequence[Box] | None, widths: Sequence[int], padding: int) -> list[Line]:
    cells: list[tuple[int, list[Line]]] = []
    c = 0
    while c < len(boxes):
        end = c + 1
        while end < len(boxes) and boxes[end] is boxes[c]:
            end += 1
        room = sum(widths[c:end]) + (end - c - 1) * (2 * padding + 1)
        goes_on = following is not None and following[c] is boxes[c]
        cells.append((room, [] if goes_on else _content(boxes[c], room)))
        c = end
    height = max(1, *(len(content) for _, content in cells))
    space = Span(" " * padding)
    lines: list[Line] = []
    for number in range(height):
        spans: list[Span] = [Span("│", "dim")]
        for room, content in cells:
            inner: Line = content[number] if number < len(content) else (Span(" " * room),)
            spans += [space, *inner, space, Span("│", "dim")]
        lines.append(tuple(spans))
    return lines


def _content(box: Box, room: int) -> list[Line]:
    if not box.text:
        return []
    indent = min(box.indent, room // 3)
    lines = []
    for wrapped in wrap([Span(box.text, box.style)], room, (Span(" " * indent),) if indent else ()):
        free = max(room - width(wrapped), 0)
        left = {"left": 0, "right": free, "center": free // 2}[box.align]
        lines.append((Span(" " * left), *wrapped, Span(" " * (free - left))))
    return lines
