"""An official table laid out as the form prints it: captions, headings over headings, labels beside labels, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from gip_lint.form import Block, Column, Row, TableForm


class Heading(NamedTuple):
    """A heading or label with the rows and columns it spans; `address` is what findings about it name, if any can."""

    text: str
    rows: int
    columns: int
    address: str = ""


class Figure(NamedTuple):
    """A figure by its place among the cells of the form, with the columns it spans."""

    place: int
    columns: int


class GridRow(NamedTuple):
    """The labels that begin in this row, then its figures."""

    labels: tuple[Heading, ...]
    figures: tuple[Figure, ...]


class GridBlock(NamedTuple):
    """Rows under one header; the caption, if any, spans the whole width."""

    caption: Heading | None
    header: tuple[tuple[Heading, ...], ...]
    rows: tuple[GridRow, ...]


class FormGrid(NamedTuple):
    """A whole table: so many columns of labels, so many of figures."""

    label_columns: int
    figure_columns: int
    blocks: tuple[GridBlock, ...]


def form_grid(form: TableForm) -> FormGrid:
    """Lay the table out.

    Where the form has a note, the note stands in the corner and the corner's words head the figures (表三); where a block
    has fewer columns than the widest, its last one takes their room (表二).
    """
    labelled = any(row.label for block in form.blocks for row in block.rows)
    depth = max(len(row.groups) + 1 for block in form.blocks for row in block.rows) if labelled else 0
    width = max(len(block.columns) for block in form.blocks)
    blocks = []
    start = 0
    for block in form.blocks:
        blocks.append(
            GridBlock(
                Heading(block.caption, 1, depth + width) if block.caption else None,
                tuple(_header(form, block, depth, width)),
                tuple(_rows(form, block, depth, width, start)),
            )
        )
        start += len(block.rows) * len(block.columns)
    return FormGrid(depth, width, tuple(blocks))


def _header(form: TableForm, block: Block, depth: int, width: int) -> Iterator[tuple[Heading, ...]]:
    levels = max(len(column.groups) for column in block.columns) + 1
    corner: tuple[Heading, ...] = ()
    if depth and form.note:
        yield Heading(form.note, levels + 1, depth), Heading(form.corner, 1, width)
    elif depth:
        corner = (Heading(form.corner, levels, depth),)
    spans = _spans(len(block.columns), width)
    for level in range(levels):
        yield (*corner, *_level(form, block.columns, spans, level, levels))
        corner = ()


def _level(
    form: TableForm, columns: Sequence[Column], spans: Sequence[int], level: int, levels: int
) -> Iterator[Heading]:
    """The headings that begin at that level; a column under fewer groups reaches down to the figures."""
    numbered = enumerate(columns)
    for group, members in groupby(numbered, lambda item: item[1].groups[: level + 1]):
        found = list(members)
        if len(group) > level:
            yield Heading(group[level], 1, sum(spans[i] for i, _ in found), f"{form.name}/{group[level]}")
            continue
        for i, column in found:
            if len(column.groups) == level:
                yield Heading(_label(column), levels - level, spans[i], f"{form.name}/{column.address}")


def _label(column: Column) -> str:
    return f"{column.label}（单位：{column.unit}）" if column.unit and column.unit_printed else column.label


def _spans(count: int, width: int) -> list[int]:
    return [1] * (count - 1) + [width - count + 1]


def _rows(form: TableForm, block: Block, depth: int, width: int, start: int) -> Iterator[GridRow]:
    spans = _spans(len(block.columns), width)
    for number in range(len(block.rows)):
        figures = tuple(Figure(start + number * len(spans) + i, span) for i, span in enumerate(spans))
        yield GridRow(tuple(_labels(form, block.rows, number, depth)), figures)


def _labels(form: TableForm, rows: Sequence[Row], number: int, depth: int) -> Iterator[Heading]:
    if not depth:
        return
    row = rows[number]
    for level, group in enumerate(row.groups):
        path = row.groups[: level + 1]
        if number and rows[number - 1].groups[: level + 1] == path:
            continue
        following = 0
        while number + following < len(rows) and rows[number + following].groups[: level + 1] == path:
            following += 1
        yield Heading(group, following, 1, f"{form.name}/{group}")
    yield Heading(row.label, 1, depth - len(row.groups), f"{form.name}/{row.address}")
