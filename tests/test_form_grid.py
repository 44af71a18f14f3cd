"""The tables drawn as the form prints them: every figure once, no hole and no overlap, headings where the form has them."""

from __future__ import annotations

from itertools import chain

import pytest

from gip_lint.form import TableForm
from gip_lint.linter import Settings, load
from gip_lint.reporters.form_grid import Figure, FormGrid, GridRow, Heading, form_grid

FORMS = load(Settings()).forms
TABLES = [(edition, key) for edition, form in FORMS.items() for key in form.tables]


def table(edition: str, key: str) -> TableForm:
    return FORMS[edition].tables[key]


def occupied(grid: FormGrid) -> list[list[int]]:
    """How many boxes cover each place of the table, row by row, rowspans and colspans carried out."""
    rows: list[list[tuple[int, int]]] = []
    for block in grid.blocks:
        if block.caption:
            rows.append([(1, block.caption.columns)])
        rows += [[(head.rows, head.columns) for head in row] for row in block.header]
        for line in block.rows:
            rows.append([(h.rows, h.columns) for h in line.labels] + [(1, f.columns) for f in line.figures])
    width = grid.label_columns + grid.figure_columns
    covered = [[0] * width for _ in rows]
    for at, boxes in enumerate(rows):
        for height, columns in boxes:
            start = covered[at].index(0)
            for row in covered[at : at + height]:
                for place in range(start, start + columns):
                    row[place] += 1
    return covered


@pytest.mark.parametrize(("edition", "key"), TABLES)
def test_the_boxes_fill_the_table(edition: str, key: str) -> None:
    assert set(chain.from_iterable(occupied(form_grid(table(edition, key))))) == {1}


@pytest.mark.parametrize(("edition", "key"), TABLES)
def test_every_figure_stands_once_in_its_order(edition: str, key: str) -> None:
    form = table(edition, key)
    places = [f.place for block in form_grid(form).blocks for row in block.rows for f in row.figures]
    assert places == list(range(len(form.cells)))


def test_a_table_of_one_row_without_labels() -> None:
    (block,) = form_grid(table("2021", "reviews")).blocks
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    assert block.caption is None
    assert block.header == (
        (Heading("行政复议", 1, 5, "表四/行政复议"), Heading("行政诉讼", 1, 10, "表四/行政诉讼")),
        (
            *(Heading(label, 2, 1, f"表四/行政复议/{label}") for label in outcomes),
            Heading("未经复议直接起诉", 1, 5, "表四/未经复议直接起诉"),
            Heading("复议后起诉", 1, 5, "表四/复议后起诉"),
        ),
        (
            *(Heading(label, 1, 1, f"表四/未经复议直接起诉/{label}") for label in outcomes),
            *(Heading(label, 1, 1, f"表四/复议后起诉/{label}") for label in outcomes),
        ),
    )
    assert block.rows == (GridRow((), tuple(Figure(place, 1) for place in range(15))),)


def test_a_table_of_blocks_each_with_its_caption() -> None:
    first, *_, last = form_grid(table("2021", "disclosure")).blocks
    assert first.caption == Heading("第二十条第（一）项", 1, 4)
    assert first.header == (
        (
            Heading("信息内容", 1, 1),
            Heading("本年制发件数", 1, 1, "表二/本年制发件数"),
            Heading("本年废止件数", 1, 1, "表二/本年废止件数"),
            Heading("现行有效件数", 1, 1, "表二/现行有效件数"),
        ),
    )
    assert last.header == (
        (Heading("信息内容", 1, 1), Heading("本年收费金额（单位：万元）", 1, 3, "表二/本年收费金额")),
    )
    assert last.rows == (GridRow((Heading("行政事业性收费", 1, 1, "表二/行政事业性收费"),), (Figure(9, 3),)),)


def test_labels_stand_beside_their_groups() -> None:
    grid = form_grid(table("2021", "applications"))
    (block,) = grid.blocks
    assert (grid.label_columns, grid.figure_columns) == (3, 7)
    assert block.header[0] == (
        Heading("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
        Heading("申请人情况", 1, 7),
    )
    labels = [[(h.text, h.rows, h.columns) for h in row.labels] for row in block.rows]
    assert labels[0] == [("一、本年新收政府信息公开申请数量", 1, 3)]
    assert labels[2] == [("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2)]
    assert labels[4] == [("（三）不予公开", 8, 1), ("1.属于国家秘密", 1, 1)]
    assert labels[5] == [("2.其他法律行政法规禁止公开", 1, 1)]
    assert labels[-1] == [("四、结转下年度继续办理", 1, 3)]
