"""Drafts of annual reports for testing: sections, tables after the official form, and the grids they are drawn on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

FORMS = Path(__file__).resolve().parent.parent / "rules" / "forms"

Address: TypeAlias = tuple[str, str, str]
"""Table, row and column key of one figure."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures; `path` holds the labels above it, outermost first, its own last."""

    key: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures; `path` holds its group labels and its own label, and is empty where the form has no label."""

    key: str
    path: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a table under one header."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    corner: str = ""
    note: str = ""
    header: bool = True
    before: tuple[str, ...] = ()
    """What a page break left in front of the block, such as a page number."""


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: str
    before: tuple[str, ...] = ()
    table: Table | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One annual report before it is laid out as text."""

    edition: str
    year: int
    issuer: str
    title: tuple[str, ...]
    preface: tuple[str, ...]
    sections: tuple[Section, ...]
    signature: tuple[str, ...] = ()

    def tables(self) -> Iterator[Table]:
        return (section.table for section in self.sections if section.table is not None)

    def figures(self) -> dict[Address, str]:
        return {
            (table.key, row.key, column.key): figure
            for table in self.tables()
            for block in table.blocks
            for row in block.rows
            for column, figure in zip(block.columns, row.figures, strict=False)
        }

    def with_figures(self, changes: Mapping[Address, str]) -> Draft:
        """The draft with other figures; an address it has not is an error of the caller."""
        unknown = set(changes) - set(self.figures())
        if unknown:
            raise KeyError(f"no such figures: {sorted(unknown)}")

        def change(table: Table, block: Block, row: Row) -> Row:
            figures = tuple(
                changes.get((table.key, row.key, column.key), figure)
                for column, figure in zip(block.columns, row.figures, strict=True)
            )
            return replace(row, figures=figures)

        return self.with_blocks(
            lambda table, block: replace(block, rows=tuple(change(table, block, row) for row in block.rows))
        )

    def with_blocks(self, change: Callable[[Table, Block], Block]) -> Draft:
        return self.with_tables(
            lambda table: replace(table, blocks=tuple(change(table, block) for block in table.blocks))
        )

    def with_tables(self, change: Callable[[Table], Table]) -> Draft:
        return replace(
            self,
            sections=tuple(
                section if section.table is None else replace(section, table=change(section.table))
                for section in self.sections
            ),
        )

    def with_section(self, key: str, change: Callable[[Section], Section]) -> Draft:
        return replace(
            self, sections=tuple(change(section) if section.key == key else section for section in self.sections)
        )


def with_labels(draft: Draft, change: Callable[[str], str]) -> Draft:
    """The draft with every label of its tables rewritten."""

    def relabel(_: Table, block: Block) -> Block:
        return replace(
            block,
            columns=tuple(replace(column, path=tuple(map(change, column.path))) for column in block.columns),
            rows=tuple(replace(row, path=tuple(map(change, row.path))) for row in block.rows),
            caption=change(block.caption),
            corner=change(block.corner),
            note=change(block.note),
        )

    return draft.with_blocks(relabel)


def with_prose(draft: Draft, change: Callable[[str], str]) -> Draft:
    """The draft with every paragraph of prose rewritten, headings and title left alone."""
    return replace(
        draft,
        preface=tuple(map(change, draft.preface)),
        sections=tuple(
            replace(section, before=tuple(map(change, section.before)), after=tuple(map(change, section.after)))
            for section in draft.sections
        ),
    )


# --- the official form as empty tables -----------------------------------------------------------------------------


@cache
def official_form(edition: str) -> Any:
    return yaml.safe_load((FORMS / f"{edition}.yaml").read_text(encoding="utf-8"))


def official_headings(edition: str) -> dict[str, str]:
    """Section key → numbered heading in the official words."""
    return {
        section["key"]: f"{section['number']}、{section['heading']}" for section in official_form(edition)["sections"]
    }


def empty_table(edition: str, key: str) -> Table:
    """An official table with a blank figure in every cell."""
    table = next(table for table in official_form(edition)["tables"] if table["key"] == key)
    return Table(key, tuple(_empty_block(table, block) for block in table["blocks"]))


def _empty_block(table: Any, block: Any) -> Block:
    corner, note = table.get("corner", ""), table.get("note", "")
    # In table three the corner label stands above the columns, because the note takes the corner itself.
    above = (corner,) if note else ()
    columns = tuple(_columns(block["columns"], above, ""))
    blanks = ("",) * len(columns)
    rows = tuple(Row(key, path, blanks) for key, path in _rows(block.get("rows", ()), ()))
    return Block(
        columns,
        rows or (Row("cases", (), blanks),),
        caption=block.get("caption", ""),
        corner="" if note else corner,
        note=note,
    )


def _columns(entries: Any, above: tuple[str, ...], prefix: str) -> Iterator[Column]:
    for entry in entries:
        if "group" in entry:
            inner = f"{entry['key']}/" if "key" in entry else prefix
            yield from _columns(entry["columns"], (*above, entry["group"]), inner)
        else:
            unit = f"（单位：{entry['unit']}）" if "unit" in entry and entry.get("unit-printed", True) else ""
            yield Column(prefix + entry["key"], (*above, entry["label"] + unit))


def _rows(entries: Any, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in entries:
        if "group" in entry:
            yield from _rows(entry["rows"], (*above, entry["group"]))
        else:
            yield entry["key"], (*above, entry["label"])


# --- the grid a block is drawn on ----------------------------------------------------------------------------------


class Role(StrEnum):
    CAPTION = "caption"
    HEADER = "header"
    LABEL = "label"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a grid with its spans; `row` and `column` are 0-based."""

    text: str
    role: Role
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A block as drawn: every slot in reading order, and how many of its columns hold labels."""

    slots: tuple[Slot, ...]
    height: int
    width: int
    label_columns: int
    before: tuple[str, ...] = ()

    def lines(self) -> list[list[Slot | None]]:
        """The slot covering each place, row by row; None where a short row has nothing."""
        places: list[list[Slot | None]] = [[None] * self.width for _ in range(self.height)]
        for slot in self.slots:
            for row in range(slot.row, slot.row + slot.rows):
                for column in range(slot.column, slot.column + slot.columns):
                    places[row][column] = slot
        return places


def grid_of(block: Block) -> Grid:
    labels = max((len(row.path) for row in block.rows), default=1 if block.corner else 0)
    width = labels + max([len(block.columns), *(len(row.figures) for row in block.rows)])
    slots: list[Slot] = []
    top = 0
    if block.caption and block.header:
        slots.append(Slot(block.caption, Role.CAPTION, 0, 0, 1, width))
        top = 1
    if block.header:
        depth = max(len(column.path) for column in block.columns)
        if labels:
            slots.append(Slot(block.note or block.corner, Role.HEADER, top, 0, depth, labels))
        paths = [column.path for column in block.columns]
        for start, end, level, text in _spans(paths):
            rows = depth - level if level == len(paths[start]) - 1 else 1
            slots.append(Slot(text, Role.HEADER, top + level, labels + start, rows, end - start))
        top += depth
    paths = [row.path for row in block.rows]
    for start, end, level, text in _spans(paths):
        columns = labels - level if level == len(paths[start]) - 1 else 1
        slots.append(Slot(text, Role.LABEL, top + start, level, end - start, columns))
    for number, row in enumerate(block.rows):
        slots.extend(
            Slot(figure, Role.FIGURE, top + number, labels + place) for place, figure in enumerate(row.figures)
        )
    slots.sort(key=lambda slot: (slot.row, slot.column))
    return Grid(tuple(slots), top + len(block.rows), width, labels, block.before)


def _spans(paths: list[tuple[str, ...]]) -> Iterator[tuple[int, int, int, str]]:
    """First, one past last, level and text of each label; equal group labels side by side are one merged label."""
    for level in range(max(map(len, paths), default=0)):
        start = 0
        while start < len(paths):
            path, end = paths[start], start + 1
            if level < len(path) - 1:
                while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
                    end += 1
            if level < len(path):
                yield start, end, level, path[level]
            start = end
