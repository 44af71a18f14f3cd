"""Tables of Word files: merged, cut, nested, changed; each cell where it stands."""

from __future__ import annotations

from gip_lint.document import Paragraph, Place
from word_rendition import cell, control, list_level, lists, numbered, paragraph, row, run, table, text_box
from word_shown import blocks, document, shown

SPAN = '<w:gridSpan w:val="2"/>'
BEGIN = '<w:vMerge w:val="restart"/>'
GO_ON = "<w:vMerge/>"


def test_a_merged_cell_stands_once_in_its_upper_left_corner() -> None:
    body = table(
        row(cell("项目", SPAN + BEGIN), cell("数量", SPAN)),
        row(cell("", SPAN + GO_ON), "本年", "上年", properties="<w:tblHeader/>"),
        row(cell("组", BEGIN), "甲", "1", ""),
        row(cell("看不见的字", '<w:vMerge w:val="continue"/>'), "乙", "2", "3"),
        row("计", cell("", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "6"),
    )
    read = document(paragraph("前") + body)
    assert blocks(read)[1] == [
        ["项目", "数量"],
        ["本年", "上年"],
        ["组", "甲", "1", ""],
        ["乙", "2", "3"],
        ["计", "", "6"],
    ]
    grid = read.blocks[1]
    assert not isinstance(grid, Paragraph)
    assert [[one.offset for one in cells] for cells in grid.rows] == [
        [0, 2],
        [2, 3],
        [0, 1, 2, 3],
        [1, 2, 3],
        [0, 1, 3],
    ]
    assert read.places[5] == (
        (1, Place(table=1, row=4, cell=2)),
        (3, Place(table=1, row=4, cell=3)),
        (5, Place(table=1, row=4, cell=4)),
    )


def test_a_cell_that_goes_on_with_nothing_stands_for_itself() -> None:
    body = table(row(cell("甲", GO_ON), "1"), row("乙", "2"), row(cell("丙", GO_ON), "3"))
    assert shown(body) == [[["甲", "1"], ["乙", "2"], ["丙", "3"]]]


def test_rows_that_begin_late_or_have_too_few_cells() -> None:
    body = table(
        row("甲", "1", "2"),
        row("2", properties='<w:gridBefore w:val="2"/>'),
        row("乙", "3", properties='<w:gridAfter w:val="1"/>'),
    )
    read = document(body)
    assert blocks(read) == [[["甲", "1", "2"], ["2"], ["乙", "3"]]]
    grid = read.blocks[0]
    assert not isinstance(grid, Paragraph)
    assert [cells[-1].offset for cells in grid.rows] == [2, 2, 1]


def test_deleted_and_hidden_rows_and_cells_are_gone_and_keep_their_numbers() -> None:
    body = table(
        row("甲", "1"),
        row("乙", "2", properties='<w:del w:id="1" w:author="x"/>'),
        row("丙", "3", properties="<w:hidden/>"),
        row("丁", "4", properties='<w:ins w:id="2" w:author="x"/>'),
        row("戊", cell("5", '<w:cellDel w:id="3"/>'), cell("6", '<w:cellIns w:id="4"/>')),
        row(cell("己", '<w:cellMerge w:vMerge="rest"/>'), "7"),
        row(cell("庚", '<w:cellMerge w:vMerge="cont"/>'), "8"),
    )
    read = document(body)
    assert blocks(read) == [[["甲", "1"], ["丁", "4"], ["戊", "6"], ["己", "7"], ["8"]]]
    assert read.places[2][0][1] == Place(table=1, row=4, cell=1)


def test_content_controls_around_rows_and_cells() -> None:
    body = control(table(control(row("甲", control(cell("1")))), row(cell(control(paragraph("乙"))), "2")))
    assert shown(body) == [[["甲", "1"], ["乙", "2"]]]


def test_a_cell_keeps_its_paragraphs_and_the_numbers_of_a_list() -> None:
    body = table(
        row(cell(paragraph("商业") + paragraph("企业")), cell(paragraph("", numbered(0)))),
        row(cell(paragraph("甲", numbered(0))), "5"),
    )
    assert shown(body, numbering=lists(list_level(0, "decimal", "%1."))) == [[["商业\n企业", "1."], ["2. 甲", "5"]]]


def test_a_small_table_in_a_cell_is_text_of_the_cell() -> None:
    inner = table(row("其中", "3"), row("另", cell(table(row("4")))))
    body = table(row("甲", "1", "2", "3"), row("乙", cell(inner + paragraph()), "2", "3"))
    assert shown(body) == [[["甲", "1", "2", "3"], ["乙", "其中 3\n另 4", "2", "3"]]]


def test_a_table_that_only_lays_out_others_is_dissolved() -> None:
    inner = table(row("甲", "1"), row("乙", "2"))
    page = row(cell(paragraph("说明") + inner + paragraph("注")))
    read = document(table(row("", cell(paragraph("标题") + inner), "")) + table(page) + table(row(cell(table(page)))))
    assert blocks(read) == [
        "标题",
        [["甲", "1"], ["乙", "2"]],
        *["说明", [["甲", "1"], ["乙", "2"]], "注"] * 2,
    ]
    assert [read.places[line][0][1] for line in (1, 2)] == [
        Place(table=1, row=1, cell=2),
        Place(table=2, row=1, cell=1),
    ]


def test_a_cell_as_wide_as_its_table_with_several_paragraphs_is_running_text() -> None:
    body = table(
        row(cell("甲", SPAN)),
        row(cell(paragraph("一、总体情况") + paragraph("全年平稳。"), SPAN)),
        row("乙", "1"),
    )
    read = document(body)
    assert blocks(read) == [[["甲"]], "一、总体情况", "全年平稳。", [["乙", "1"]]]
    assert read.places[3] == ((1, Place(table=1, row=2, cell=1)),)


def test_a_text_box_is_the_text_of_an_empty_cell_and_stands_behind_the_table_otherwise() -> None:
    body = table(
        row(cell(paragraph(text_box(paragraph("项目")))), cell("数")),
        row("甲", cell(paragraph(run("5") + text_box(paragraph("盖章"))))),
    )
    assert shown(body) == [[["项目", "数"], ["甲", "5"]], "盖章"]


def test_tables_count_in_document_order() -> None:
    body = paragraph() + table(row("a", cell(table(row("x")) + paragraph()))) + paragraph("中") + table(row("b", "1"))
    read = document(body)
    assert [read.places[line][0][1] for line in (1, 2, 3)] == [
        Place(table=1, row=1, cell=1),
        Place(paragraph=2),
        Place(table=3, row=1, cell=1),
    ]
