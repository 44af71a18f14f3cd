"""The official form of an edition as data: sections, tables, rows and columns with their official labels."""

from __future__ import annotations

from typing import Any, NamedTuple

from gip_lint.errors import RuleError

UNLABELLED_ROW = "cases"  # the key of the one row of a table without row labels


class SectionForm(NamedTuple):
    """One of the six sections; `long` are the longer names used by the notice itself."""

    key: str
    number: str
    heading: str
    long: tuple[str, ...]
    variants: tuple[str, ...]
    table: str | None


class Column(NamedTuple):
    """A leaf column; `groups` are the headings above it, `address` the words that name it to a clerk."""

    key: str
    label: str
    address: str
    groups: tuple[str, ...]
    group_key: str
    kind: str  # count, signed or amount
    unit: str | None
    unit_printed: bool
    variants: tuple[str, ...]


class Row(NamedTuple):
    """A leaf row; `group_key` names the keyed group it is summed in (不予公开), empty if none."""

    key: str
    label: str
    address: str
    short: str
    groups: tuple[str, ...]
    group_key: str
    variants: tuple[str, ...]


class Block(NamedTuple):
    """Rows under one header. Tables three and four have one block, table two has one for each 第二十条第（…）项."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class TableForm(NamedTuple):
    """An official table. `cells` lists (row, column) of every figure in reading order; a cell's index is its identity."""

    key: str
    name: str
    title: str
    corner: str
    note: str
    blocks: tuple[Block, ...]
    cells: tuple[tuple[Row, Column], ...]
    positions: dict[tuple[str, str], int]  # of (row key, column key)
    row_groups: tuple[tuple[str, str, str], ...]  # (key, label, short); key is empty for a group without a sum
    column_groups: tuple[tuple[str, str], ...]  # (key, label)
    amounts: tuple[int, ...]  # the cells that hold money
    rows: dict[str, Row]  # by key
    leaves: frozenset[str]  # the keys of the column labels, without those of the groups above them

    def address(self, index: int) -> str:
        """Where a cell stands, in words: `表三/（三）不予公开/8.属于行政查询事项/自然人`."""
        row, column = self.cells[index]
        return "/".join(part for part in (self.name, row.address, column.address) if part)


class Form(NamedTuple):
    """One edition of the form; `years` is (first, last), last `None` while it is in force."""

    edition: str
    notice: str
    years: tuple[int, int | None]
    title: str
    sections: tuple[SectionForm, ...]
    tables: dict[str, TableForm]

    def section(self, key: str) -> SectionForm:
        """The section of that key; raises `KeyError`."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def _columns(
    nodes: list[dict[str, Any]], groups: tuple[str, ...], key: str, found: list[tuple[str, str]]
) -> list[Column]:
    leaves: list[Column] = []
    for node in nodes:
        if "group" in node:
            own = node.get("key", "")
            found.append((own, node["group"]))
            leaves += _columns(node["columns"], (*groups, node["group"]), own or key, found)
            continue
        keyed_group = next((label for k, label in found if k and k == key), "")
        leaves.append(
            Column(
                key=f"{key}.{node['key']}" if key else node["key"],
                label=node["label"],
                address=f"{keyed_group}/{node['label']}" if keyed_group else node["label"],
                groups=groups,
                group_key=key,
                kind=node.get("kind", "count"),
                unit=node.get("unit"),
                unit_printed=node.get("unit-printed", True),
                variants=tuple(node.get("variants", ())),
            )
        )
    return leaves


def _rows(
    nodes: list[dict[str, Any]], groups: tuple[str, ...], key: str, label: str, found: list[tuple[str, str, str]]
) -> list[Row]:
    leaves: list[Row] = []
    for node in nodes:
        if "group" in node:
            own = node.get("key", "")
            found.append((own, node["group"], node.get("short", "")))
            leaves += _rows(node["rows"], (*groups, node["group"]), own or key, node["group"] if own else label, found)
            continue
        leaves.append(
            Row(
                key=node["key"],
                label=node["label"],
                address=f"{label}/{node['label']}" if label else node["label"],
                short=node.get("short", node["label"]),
                groups=groups,
                group_key=key,
                variants=tuple(node.get("variants", ())),
            )
        )
    return leaves


def _table(data: dict[str, Any]) -> TableForm:
    row_groups: list[tuple[str, str, str]] = []
    column_groups: list[tuple[str, str]] = []
    blocks = []
    for block in data["blocks"]:
        # A table of one unlabelled row (表四) is written without rows.
        rows = _rows(block.get("rows", [{"key": UNLABELLED_ROW, "label": ""}]), (), "", "", row_groups)
        columns = _columns(block["columns"], (), "", column_groups)
        blocks.append(Block(block.get("caption", ""), tuple(columns), tuple(rows)))
    cells = tuple((row, column) for block in blocks for row in block.rows for column in block.columns)
    return TableForm(
        key=data["key"],
        name=data["name"],
        title=data["title"],
        corner=data.get("corner", ""),
        note=data.get("note", ""),
        blocks=tuple(blocks),
        cells=cells,
        positions={(row.key, column.key): i for i, (row, column) in enumerate(cells)},
        row_groups=tuple(row_groups),
        column_groups=tuple(column_groups),
        amounts=tuple(i for i, (_, column) in enumerate(cells) if column.kind == "amount"),
        rows={row.key: row for row, _ in cells},
        leaves=frozenset(column.key.rpartition(".")[2] for _, column in cells),
    )


def read_form(data: dict[str, Any], source: str) -> Form:
    """Build a form from the content of `rules/forms/<edition>.yaml`.

    Raises `RuleError` naming the missing key when the file is not of that shape.
    """
    try:
        sections = tuple(
            SectionForm(
                key=s["key"],
                number=s["number"],
                heading=s["heading"],
                long=tuple(s.get("long", ())),
                variants=tuple(s.get("variants", ())),
                table=s.get("table"),
            )
            for s in data["sections"]
        )
        return Form(
            edition=data["edition"],
            notice=data["notice"],
            years=(data["years"]["from"], data["years"].get("to")),
            title=data["title"],
            sections=sections,
            tables={t["key"]: _table(t) for t in data["tables"]},
        )
    except (KeyError, TypeError) as error:
        raise RuleError(
            f"{source}：表式文件缺少或写错了 {error}", f"{source}: the form lacks or misspells {error}"
        ) from error
