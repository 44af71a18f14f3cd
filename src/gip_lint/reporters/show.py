"""What was recognised of one report: title, sections and the official tables drawn as tables, nothing judged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.cells import cell_len

from gip_lint import __version__
from gip_lint.annual_report import AnnualReport, Cell, Section, State, Table, Wording
from gip_lint.document import Document, Location, Paragraph
from gip_lint.form import Block, TableForm
from gip_lint.linter import Said
from gip_lint.reporters import wording
from gip_lint.reporters.json import VERSION, location_keys, plain_figures
from gip_lint.reporters.lines import Line, Span, line, wrap
from gip_lint.reporters.ruled_table import Box, TableRow, draw, total_width
from gip_lint.reporters.said import said_data, said_lines

_SIGNS = {State.BLANK: "□", State.UNREADABLE: "？", State.ABSENT: "×"}
_STYLES = {State.NUMBER: "", State.UNREADABLE: "warning"}
_LEGEND = {
    "zh": {State.BLANK: "空白", State.UNREADABLE: "无法读取", State.ABSENT: "缺行或缺列"},
    "en": {State.BLANK: "blank", State.UNREADABLE: "unreadable", State.ABSENT: "row or column missing"},
}
_WORDINGS = {
    Wording.LONG: ("通知中的长名称", "the notice's longer name"),
    Wording.ANNOTATED: ("另加了注记", "with an annotation"),
    Wording.OTHER: ("非规定用语", "not the official words"),
}
_LABEL_WIDTH = (12, 46)  # least and most columns for the labels of a table's rows
_FIGURE_WIDTH = (4, 14)
CSV_COLUMNS = ("table", "row", "column", "address", "state", "value", "unit", "text", "line", "character")


# -- text -------------------------------------------------------------------------------------------------------------


def text_view(report: AnnualReport, said: Said, language: str, columns: int) -> list[Line]:
    """The report in lines of at most `columns`, as far as its tables can be drawn so narrow."""
    lines = _overview(report, language, columns)
    for key, form in report.form.tables.items():
        lines.append(())
        table = report.tables.get(key)
        if table is None:
            missing = "not found" if language == "en" else "未找到"
            lines += wrap([Span(f"{form.name} {form.title}", "heading"), Span(f"  {missing}", "error")], columns)
        else:
            lines += _table(report.document, table, language, columns)
    return [*lines, *said_lines(report, said, language, columns)]


def _overview(report: AnnualReport, language: str, columns: int) -> list[Line]:
    english = language == "en"
    unknown = Span("not recognised" if english else "未识别", "error")
    edition = (
        f"{report.form.edition} ({report.form.notice})"
        if english
        else f"{report.form.edition} 年版（{report.form.notice}）"
    )
    due = report.due_form.edition
    if due != report.form.edition:
        edition += f"; the year requires {due}" if english else f"，该年度应为 {due} 年版"
    rows: list[tuple[str, Span | str]] = [
        ("title" if english else "标题", Span(report.title.text, "heading") if report.title.text else unknown),
        ("issuer" if english else "机关", report.issuer or unknown),
        ("year" if english else "年度", str(report.year) if report.year else unknown),
        ("form" if english else "格式", edition),
    ]
    indent = 10 if english else 6
    lines: list[Line] = []
    for label, content in rows:
        lines += wrap([content], columns, _labelled(label, indent))
    label = "sections" if english else "部分"
    if not report.sections:
        lines += wrap([unknown], columns, _labelled(label, indent))
    for number, section in enumerate(report.sections):
        lines += wrap(
            _section(report.document, section, language), columns, _labelled(label if number == 0 else "", indent)
        )
    return lines


def _labelled(label: str, indent: int) -> Line:
    return line(Span(label, "label"), " " * (indent - cell_len(label)))


def _section(document: Document, section: Section, language: str) -> list[Span | str]:
    english = language == "en"
    facts = [wording.place(document.located(section.location), language)]
    if section.paragraphs:
        count, characters = len(section.paragraphs), sum(len(paragraph.text) for paragraph in section.paragraphs)
        facts.append(f"{count} paragraphs, {characters} characters" if english else f"{count} 段 {characters} 字")
    if section.has_table:
        facts.append("table" if english else "有表")
    spans: list[Span | str] = [
        Span(section.heading, "heading"),
        Span("  " + (", " if english else "，").join(facts), "dim"),
    ]
    if section.wording in _WORDINGS:
        zh, en = _WORDINGS[section.wording]
        spans.append(Span(f"  {en if english else zh}", "warning"))
    return spans


def _table(document: Document, table: Table, language: str, columns: int) -> list[Line]:
    form = table.form
    place = wording.place(document.located(table.location), language)
    lines = wrap([Span(f"{form.name} {form.title}", "heading"), Span(f"  {place}", "dim")], columns)
    start = 0
    # The blocks of one table line up.
    longest = max(cell_len(row.label) + 2 * len(row.groups) for block in form.blocks for row in block.rows)
    for block in form.blocks:
        count = len(block.rows) * len(block.columns)
        lines += _block(form, block, table.cells[start : start + count], columns, longest)
        start += count
    legend = _LEGEND["en" if language == "en" else "zh"]
    states = [state for state in _SIGNS if any(cell.state is state for cell in table.cells)]
    if states:
        lines.append(line(Span("  ".join(f"{_SIGNS[state]} {legend[state]}" for state in states), "dim")))
    return lines


def _block(form: TableForm, block: Block, cells: Sequence[Cell], columns: int, longest: int) -> list[Line]:
    width = len(block.columns)
    labelled = any(row.label for row in block.rows)
    rows = [*_caption(block, width, labelled), *_header(form, block, labelled)]
    previous: tuple[str, ...] = ()
    for number, row in enumerate(block.rows):
        for depth, group in enumerate(row.groups):
            if previous[: depth + 1] != row.groups[: depth + 1]:
                rows.append(TableRow([Box(group, indent=2 * depth)] * (width + 1), ruled=not number and not depth))
        first = not number and not row.groups
        previous = row.groups
        figures = [_figure(cell) for cell in cells[number * width : (number + 1) * width]]
        label = [Box(row.label, indent=2 * len(row.groups))] if labelled else []
        rows.append(TableRow([*label, *figures], ruled=first))
    padding, widths = _widths(rows, labelled, columns, longest)
    return draw(rows, widths, padding)


def _caption(block: Block, width: int, labelled: bool) -> list[TableRow]:
    if not block.caption:
        return []
    return [TableRow([Box(block.caption, "label", "center")] * (width + labelled))]


def _header(form: TableForm, block: Block, labelled: bool) -> list[TableRow]:
    """One row a level of headings; a column under fewer of them has its label at the bottom."""
    levels = max(len(column.groups) for column in block.columns)
    corner = [Box(form.corner, "label")] if labelled else []
    leaves = [Box(column.label, "label", "center") for column in block.columns]
    groups: dict[tuple[str, ...], Box] = {}
    rows = []
    for level in range(levels):
        boxes = [
            groups.setdefault(column.groups[: level + 1], Box(column.groups[level], "label", "center"))
            if level < len(column.groups)
            else groups[column.groups]
            if column.groups
            else leaf
            for column, leaf in zip(block.columns, leaves, strict=True)
        ]
        rows.append(TableRow([*corner, *boxes], ruled=bool(block.caption) or level > 0))
    rows.append(TableRow([*corner, *leaves], ruled=bool(block.caption) or levels > 0))
    return rows


def _figure(cell: Cell) -> Box:
    if cell.state is State.NUMBER:
        return Box(shown_value(cell.value) + (cell.unit or ""), align="right")
    return Box(_SIGNS.get(cell.state, cell.text), _STYLES.get(cell.state, "error"), "right")


def shown_value(value: int | Decimal | None) -> str:
    """A figure in plain digits; empty for none."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _widths(rows: Sequence[TableRow], labelled: bool, columns: int, longest: int) -> tuple[int, list[int]]:
    """The padding and the widths of the columns: figures as wide as they are, labels as wide as room is left."""
    count = len(rows[-1].boxes)
    least, most = _FIGURE_WIDTH
    figures = []
    for c in range(labelled, count):
        boxes = [row.boxes[c] for row in rows if row.boxes[c].align == "right"]
        figures.append(min(most, max(least, *(cell_len(box.text) for box in boxes))))
    least, most = _LABEL_WIDTH
    for padding in (1, 0):
        if not labelled:
            if total_width(figures, padding) <= columns or padding == 0:
                return padding, figures
            continue
        room = columns - total_width([*figures, 0], padding)
        if room >= least or padding == 0:
            return padding, [max(least, min(room, most, longest)), *_spread(figures, room - min(most, longest))]
    raise AssertionError("a table without columns")


def _spread(figures: list[int], spare: int) -> list[int]:
    """Wider columns for the figures when the labels leave room, so that headings break less often."""
    if spare <= 0:
        return figures
    more = min(spare // len(figures), 4)
    return [width + more for width in figures]


# -- data -------------------------------------------------------------------------------------------------------------


def json_view(report: AnnualReport, said: Said) -> str:
    """Everything recognised as JSON text."""
    data = {
        "version": VERSION,
        "tool": {"name": "gip-lint", "version": __version__},
        "path": report.document.path,
        "title": report.title.text,
        "issuer": report.issuer,
        "year": report.year,
        "edition": report.form.edition,
        "due_edition": report.due_form.edition,
        "sections": [_section_data(report.document, section) for section in report.sections],
        "tables": [_table_data(report.document, table) for table in report.tables.values()],
        **said_data(report, said),
        "notes": [
            {
                "kind": note.kind,
                **location_keys(report.document.located(note.location)),
                "address": note.address,
                "facts": plain_figures(note.facts),
            }
            for note in report.notes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _section_data(document: Document, section: Section) -> dict[str, Any]:
    return {
        "key": section.form.key,
        "heading": section.heading,
        "wording": section.wording.value,
        **location_keys(document.located(section.location)),
        "paragraphs": [
            {"text": paragraph.text, **location_keys(document.located(_whole(paragraph)))}
            for paragraph in section.paragraphs
        ],
        "has_table": section.has_table,
    }


def _whole(paragraph: Paragraph) -> Location:
    end = paragraph.column + max(len(paragraph.text), 1) - 1
    return Location(paragraph.line, paragraph.column, paragraph.line, end)


def _table_data(document: Document, table: Table) -> dict[str, Any]:
    return {
        "key": table.form.key,
        "name": table.form.name,
        "edition": table.edition,
        "line": location_keys(document.located(table.location))["line"],
        "place": location_keys(document.located(table.location)),
        "cells": [
            {
                "row": row.key,
                "column": column.key,
                "address": table.form.address(index),
                "state": cell.state.value,
                **plain_figures({"value": cell.value}),
                "unit": cell.unit,
                "text": cell.text,
                "line": place["line"],
                "character": place["column"],
                "place": place,
            }
            for index, ((row, column), cell) in enumerate(zip(table.form.cells, table.cells, strict=True))
            for place in [location_keys(document.located(cell.location))]
        ],
        "missing_rows": [row.address for row in table.missing_rows],
        "missing_columns": [column.address for column in table.missing_columns],
        "extra": [label.text for label in table.extra],
    }


def csv_view(report: AnnualReport) -> str:
    """One line a cell of the official tables, with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for table in report.tables.values():
        for index, ((row, column), cell) in enumerate(zip(table.form.cells, table.cells, strict=True)):
            place = location_keys(report.document.located(cell.location))
            writer.writerow(
                [
                    table.form.key,
                    row.key,
                    column.key,
                    table.form.address(index),
                    cell.state.value,
                    shown_value(cell.value),
                    cell.unit or "",
                    _not_a_formula(cell),
                    place["line"] or "",
                    place["column"] or "",
                ]
            )
    return out.getvalue()


def _not_a_formula(cell: Cell) -> str:
    """The text as found; a spreadsheet must not calculate what a stranger's report says."""
    if cell.state is not State.NUMBER and cell.text.startswith(("=", "+", "-", "@")) and len(cell.text) > 1:
        return "'" + cell.text
    return cell.text
