"""Tables on pages: what is ruled, what is only shaded, and what the lines leave out."""

from __future__ import annotations

from collections.abc import Iterable

from gip_lint.document import Document, Grid, Paragraph
from gip_lint.readers.pages.flow import compose
from gip_lint.readers.pages.page import Box, Glyph, Page, Stroke
from test_page_flow import written


def page(lines: Iterable[list[Glyph]], strokes: Iterable[Stroke] = (), areas: Iterable[Box] = ()) -> Page:
    return Page(1, 595.0, 842.0, tuple(g for line in lines for g in line), tuple(strokes), (), tuple(areas))


def ruled(xs: Iterable[float], ys: Iterable[float]) -> list[Stroke]:
    """Every line of a table with these edges."""
    xs, ys = list(xs), list(ys)
    return [Stroke(xs[0], y, xs[-1], y) for y in ys] + [Stroke(x, ys[0], x, ys[-1]) for x in xs]


def grids(document: Document) -> list[tuple[bool, list[list[str]]]]:
    """Of each grid whether it was ruled, and its cells."""
    return [
        (block.ruled, [[cell.text for cell in row] for row in block.rows])
        for block in document.blocks
        if isinstance(block, Grid)
    ]


def test_lines_of_the_table_above_move_no_line_of_another_table() -> None:
    upper = ruled((50, 103, 150), (100, 120, 140, 160, 180, 200))
    lower = ruled((50, 106.5, 150), (220, 240))
    document = compose(
        [page([written("甲", 60, 105), written("7", 101, 225), written("8", 130, 225)], [*upper, *lower])], "a.pdf"
    )
    assert grids(document)[1] == (True, [["7", "8"]])


def test_a_word_too_wide_for_its_cell_is_in_that_cell_all_the_same() -> None:
    lines = ruled((50, 64, 300), (100, 120, 140))
    document = compose(
        [page([written("（三）", 52, 105), written("第一行", 150, 105), written("乙", 150, 125)], lines)], "a.pdf"
    )
    assert grids(document) == [(True, [["（三）", "第一行"], ["", "乙"]])]


def test_shades_of_every_other_row_make_no_table_of_each_row() -> None:
    rows = [("甲类数量", "3", "4"), ("乙类数量", "0", "9"), ("丙类数量", "1", "2"), ("丁类数量", "5", "6")]
    lines = [
        written(text, left, 105 + 20 * i)
        for i, row in enumerate(rows)
        for left, text in zip((60, 160, 260), row, strict=True)
    ]
    shades = [Box(left, 100 + 20 * i, left + 100, 120 + 20 * i) for i in (0, 2) for left in (50, 150, 250)]
    assert grids(compose([page(lines, areas=shades)], "a.pdf")) == [(False, [list(row) for row in rows])]


def test_a_table_made_of_shades_alone_is_one() -> None:
    lines = [written("甲类数量", 60, 105), written("3", 160, 105), written("乙类数量", 60, 125), written("4", 160, 125)]
    shades = [Box(left, top, left + 99, top + 19) for top in (100, 120) for left in (50, 150)]
    assert grids(compose([page(lines, areas=shades)], "a.pdf")) == [(True, [["甲类数量", "3"], ["乙类数量", "4"]])]


def test_figures_of_columns_without_lines_between_them_are_not_one_cell() -> None:
    rows = [("甲类数量", "3", "4", "7"), ("乙类数量", "0", "9", "9")]
    lines = [
        written(text, left, 105 + 20 * i)
        for i, row in enumerate(rows)
        for left, text in zip((60, 160, 230, 300), row, strict=True)
    ]
    document = compose([page(lines, ruled((50, 140, 350), (100, 120, 140)))], "a.pdf")
    assert grids(document) == [(False, [list(row) for row in rows])]


def test_figures_of_rows_without_lines_between_them_are_not_one_cell() -> None:
    rows = [("结果维持", "结果纠正", "总计"), ("3", "4", "7"), ("0", "9", "9")]
    lines = [
        written(text, left, 105 + 20 * i)
        for i, row in enumerate(rows)
        for left, text in zip((60, 160, 260), row, strict=True)
    ]
    document = compose([page(lines, ruled((50, 150, 250, 350), (100, 170)))], "a.pdf")
    assert grids(document) == [(False, [list(row) for row in rows])]


def test_figures_broken_in_cells_too_narrow_for_them_are_whole() -> None:
    lines = [written("12345", 51, 102), written("67", 51, 113), written("23456", 79, 102), written("78", 79, 113)]
    document = compose([page(lines, ruled((50, 77.5, 105), (100, 125)))], "a.pdf")
    assert grids(document) == [(True, [["1234567", "2345678"]])]


def test_text_below_the_open_end_of_a_cut_row_is_in_it() -> None:
    lines = [*ruled((50, 150, 250), (700, 720)), *(Stroke(x, 720, x, 740) for x in (50, 150, 250))]
    texts = [written(text, left, top) for text, left, top in (("甲", 60, 705), ("乙类", 60, 725), ("机构", 60, 741))]
    footer = written("1", 140, 815)
    assert grids(compose([page([*texts, footer], lines)], "a.pdf")) == [(True, [["甲", ""], ["乙类\n机构", ""]])]
    below = written("表后另有一段。", 60, 770)
    assert grids(compose([page([*texts, below, footer], lines)], "a.pdf")) == [(True, [["甲", ""], ["乙类", ""]])]


def test_one_line_across_parts_two_rows_that_are_cut_off_at_both_ends() -> None:
    lines = [Stroke(50, 400, 250, 400), *(Stroke(x, 60, x, 780) for x in (50, 150, 250))]
    texts = [
        written(text, left, top)
        for text, left, top in (("甲", 60, 70), ("3", 160, 70), ("乙", 60, 410), ("4", 160, 410))
    ]
    assert grids(compose([page(texts, lines)], "a.pdf")) == [(True, [["甲", "3"], ["乙", "4"]])]


def test_digits_that_fit_into_no_cell_may_be_one_figure_or_two() -> None:
    lines = ruled((50, 65, 84), (100, 120))
    assert grids(compose([page([written("181337", 52, 105)], lines)], "a.pdf")) == [
        (True, [["\ufffd\ufffd\ufffd", "\ufffd\ufffd\ufffd"]])
    ]


def test_a_label_with_one_character_to_a_line_keeps_its_number() -> None:
    label = [written("1.", 52, 105), *(written(char, 52, 117 + 12 * i) for i, char in enumerate("国家秘密"))]
    lines = ruled((50, 64, 150), (100, 170))
    assert grids(compose([page([*label, written("3", 100, 130)], lines)], "a.pdf")) == [(True, [["1.国家秘密", "3"]])]


def paragraphs(*lines: list[Glyph]) -> list[str]:
    return [block.text for block in compose([page(lines)], "a.pdf").blocks if isinstance(block, Paragraph)]


def test_a_line_mostly_of_figures_in_a_wide_font_is_of_the_same_print() -> None:
    digits, left = [], 50.0
    for char in "2023123120231231":
        digits.append(Glyph(char, left, 115.0, left + 6.5, 125.0))
        left += 6.5
    whole = "本机关全年主动公开各类信息并按时更新各个栏目的内容其编号为"
    assert paragraphs(written(whole, 70, 100), digits) == [f"{whole}2023123120231231"]


def test_lines_at_changing_distances_are_one_paragraph_where_paragraphs_stand_further_apart() -> None:
    full = "本机关全年主动公开各类信息并按时更新各个栏目的内容完善制度"
    lines, top = [], 100.0
    for _ in range(4):
        for text, distance in ((full, 14.0), (full, 18.0), ("到此为止。", 28.0)):
            lines.append(written(text, 50, top))
            top += distance
    assert paragraphs(*lines) == [f"{full}{full}到此为止。"] * 4


def test_an_opening_bracket_goes_to_the_next_line_with_the_word_behind_it() -> None:
    upper, lower = "本机关依照有关文件的统一格式编制全年度报告见（函", "〔2021〕30号）编写。"
    full = "本机关全年主动公开各类信息并按时更新各个栏目的内容完善"
    assert paragraphs(
        written(full, 50, 60), written("到此为止。", 50, 75), written(upper, 50, 90), written(lower, 50, 105)
    ) == [
        f"{full}到此为止。",
        f"{upper}{lower}",
    ]


def test_a_title_in_two_centred_lines_is_one() -> None:
    full = "本机关全年主动公开各类信息并按时更新各个栏目的内容完善制度"
    upper, lower = "某县人民政府办公室某某年政府信息", "公开工作年度报告"
    title = [written(upper, 195 - len(upper) * 9, 60, 18), written(lower, 195 - len(lower) * 9, 85, 18)]
    assert paragraphs(*title, written(full, 50, 130), written("到此为止。", 50, 145)) == [
        f"{upper}{lower}",
        f"{full}到此为止。",
    ]


# --- tables without lines ------------------------------------------------------------------------------------------


def placed(*texts: tuple[float, float, str]) -> list[list[Glyph]]:
    """Lines at left and top, in the order of the source."""
    return [written(text, left, top) for left, top, text in texts]


def down(left: float, top: float, text: str) -> list[tuple[float, float, str]]:
    """A label printed down the page."""
    return [(left, top + 11 * i, char) for i, char in enumerate(text)]


def test_a_single_row_of_many_figures_is_a_table() -> None:
    header = [(60 + 50 * i, 100, text) for i, text in enumerate(("甲类", "乙类", "丙类", "总计"))]
    figures = [(65 + 50 * i, 140, text) for i, text in enumerate("1236")]
    assert grids(compose([page(placed(*header, *figures))], "a.pdf")) == [
        (False, [["甲类", "乙类", "丙类", "总计"], ["1", "2", "3", "6"]])
    ]


def test_labels_written_before_all_figures_stay_beside_their_own() -> None:
    names = ("第一行", "第二行", "第三行")
    labels = [(60, 100 + 20 * i, name) for i, name in enumerate(names)]
    figures = [(160 + 50 * k, 99.5 + 20 * i, str(i + k)) for i in range(3) for k in range(4)]
    assert grids(compose([page(placed(*labels, *figures))], "a.pdf")) == [
        (False, [[name, *(str(i + k) for k in range(4))] for i, name in enumerate(names)])
    ]


def test_lines_below_the_last_row_are_no_label() -> None:
    rows = [
        piece
        for i, name in enumerate(("第一行", "第二行"))
        for piece in ((60, 100 + 20 * i, name), (160, 100 + 20 * i, "3"), (210, 100 + 20 * i, "5"))
    ]
    signature = ((400, 180, "某县教育局"), (390, 200, "2024年1月15日"))
    document = compose([page(placed(*rows, *signature))], "a.pdf")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["某县教育局", "2024年1月15日"]


def test_labels_printed_down_beside_one_another_keep_their_order() -> None:
    header = [
        piece
        for i, text in enumerate(("甲类机构", "乙类机构", "丙类机构", "全部总计"))
        for piece in down(150 + 14 * i, 60, text)
    ]
    rows = [
        piece
        for i, name in enumerate(("第一行", "第二行"))
        for piece in ((60, 120 + 20 * i, name), *((152 + 14 * k, 120 + 20 * i, str(i + k)) for k in range(4)))
    ]
    assert grids(compose([page(placed(*header, *rows))], "a.pdf")) == [
        (
            False,
            [["甲类机构", "乙类机构", "丙类机构", "全部总计"], ["第一行", *"0123"], ["第二行", *"1234"]],
        )
    ]


def test_labels_of_columns_are_one_row_however_many_lines_they_take_and_whenever_they_were_written() -> None:
    header = [
        (130, 80, "自然人"),
        (180, 60, "法人或其他组织"),
        (180, 80, "商业企"),
        (330, 70, "总计"),  # written before the label beside it is whole
        (180, 92, "业"),
        (230, 74, "社会公"),
        (230, 86, "益组织"),
        (280, 80, "其他"),
    ]
    rows = [
        piece
        for i, name in enumerate(("第一行", "第二行"))
        for piece in ((60, 120 + 20 * i, name), *((132 + 50 * k, 120 + 20 * i, str(i + k)) for k in range(5)))
    ]
    ((ruled_at_all, grid),) = grids(compose([page(placed(*header, *rows))], "a.pdf"))
    assert not ruled_at_all
    assert grid[-3:] == [
        ["自然人", "商业企业", "社会公益组织", "其他", "总计"],
        ["第一行", *"01234"],
        ["第二行", *"12345"],
    ]


def test_figures_that_touch_the_label_beside_them_are_no_part_of_it() -> None:
    rows = [
        piece
        for i in (0, 1)
        for piece in (
            (60, 100 + 40 * i, "一类数量"),
            (60, 112 + 40 * i, "共计"),
            (100, 106 + 40 * i, "30"),
            (150, 106 + 40 * i, "4"),
        )
    ]
    assert grids(compose([page(placed(*rows))], "a.pdf")) == [(False, [["一类数量共计", "30", "4"]] * 2)]


def test_rows_of_figures_at_the_same_height_of_two_pages_are_no_header() -> None:
    def numbered(number: int, first: int) -> Page:
        rows = [
            piece
            for i in range(2)
            for piece in ((60, 60 + 20 * i, f"{first + i}."), (160, 60 + 20 * i, "3"), (210, 60 + 20 * i, "5"))
        ]
        return page(placed(*rows))._replace(number=number)

    found = grids(compose([numbered(1, 1), numbered(2, 3)], "a.pdf"))
    assert [row for _, grid in found for row in grid] == [[f"{i}.", "3", "5"] for i in (1, 2, 3, 4)]


def test_a_label_in_columns_is_read_in_the_order_of_the_source() -> None:
    lines = placed(*down(52, 105, "三、本年"), *down(64, 105, "度结果"), (90, 115, "甲"))
    assert grids(compose([page(lines, ruled((50, 80, 150), (100, 160)))], "a.pdf")) == [
        (True, [["三、本年度结果", "甲"]])
    ]


def test_rows_wider_than_the_text_move_none_of_its_margins() -> None:
    full = "本机关全年主动公开各类信息并按时更新各个栏目的内容完善"
    labels = [(50, 200 + 30 * i, name) for i, name in enumerate(("1.第一行", "2.第二行"))]
    figures = [(400 + 50 * k, 200 + 30 * i, str(i + k)) for i in range(2) for k in range(4)]
    lines = [written(full, 50, 60), written("到此为止。", 50, 75), *placed(*labels, *figures)]
    assert paragraphs(*lines) == [f"{full}到此为止。"]
