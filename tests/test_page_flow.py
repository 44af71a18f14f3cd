"""Pages of characters and lines are read as paragraphs and grids, whatever format they came from."""

from __future__ import annotations

import pytest

from gip_lint.document import Document, Grid, Location, Paragraph, Place, SourceNote
from gip_lint.errors import UnreadableFile
from gip_lint.readers.pages.flow import compose
from gip_lint.readers.pages.page import Glyph, Page

SIZE = 10.0


def written(text: str, left: float, top: float, size: float = SIZE) -> list[Glyph]:
    """The characters of a line in a font of square ones; ASCII takes half the width, a space is not drawn."""
    glyphs = []
    for char in text:
        width = size / 2 if char.isascii() else size
        if not char.isspace():
            glyphs.append(Glyph(char, left, top, left + width, top + size))
        left += width
    return glyphs


def page(*lines: list[Glyph], number: int = 1, remarks: tuple[str, ...] = ()) -> Page:
    return Page(number, 595.0, 842.0, tuple(glyph for line in lines for glyph in line), (), remarks)


def test_lines_are_read_from_top_to_bottom_whatever_order_they_were_drawn_in() -> None:
    document = compose([page(written("第二行", 50, 120), written("第一行", 50, 100))], "a.pdf")
    assert document == Document(
        "a.pdf",
        (Paragraph("第一行", 1, 1), Paragraph("第二行", 2, 1)),
        ("第一行", "第二行"),
        (),
        {
            1: ((1, Place(page=1, box=(50.0, 100.0, 80.0, 110.0))),),
            2: ((1, Place(page=1, box=(50.0, 120.0, 80.0, 130.0))),),
        },
    )


def test_a_page_without_text_among_others_is_noted() -> None:
    document = compose([page(written("有文字", 50, 100)), page(number=2, remarks=("page-without-text",))], "a.pdf")
    assert document.notes == (SourceNote("page-without-text", Location(1, place=Place(page=2)), {"page": 2}),)


def test_a_source_without_any_text_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="没有文字"):
        compose([page(), page(number=2)], "a.pdf")


def test_running_headers_and_page_numbers_are_no_text() -> None:
    document = compose(
        [
            page(
                written("某县政府信息公开", 50, 40),
                written(text, 50, 100),
                written(str(number), 290, 800),
                number=number,
            )
            for number, text in ((1, "第一页。"), (2, "第二页。"))
        ],
        "a.pdf",
    )
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["第一页。", "第二页。"]


def test_two_pages_may_begin_with_the_same_sentence() -> None:
    document = compose(
        [
            page(written("以上数据截至年底。", 50, 40), written(text, 50, 100), number=number)
            for number, text in ((1, "第一页。"), (2, "第二页。"))
        ],
        "a.pdf",
    )
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["以上数据截至年底。", "第一页。", "以上数据截至年底。", "第二页。"]


FULL = "全年主动公开各类信息并按时更新各栏目"  # a line of a column so wide


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on_in_the_next_one() -> None:
    left = [written(FULL, 50, 100 + 20 * i) for i in range(10)]
    right = [written(FULL, 300, 100 + 20 * i) for i in range(3)]
    end = [
        written(text, 300, 160 + 20 * i) for i, text in enumerate(("到此为止。", "（一）另一段。", "（二）第三段。"))
    ]
    title = written("跨两栏的标题写在上面", 215, 60)
    document = compose([page(title, *left, *right, *end)], "a.pdf")
    assert paragraphs(document) == [
        "跨两栏的标题写在上面",
        f"{FULL * 13}到此为止。",
        "（一）另一段。",
        "（二）第三段。",
    ]


def test_what_stands_beside_the_text_is_read_after_it_and_parts_no_paragraph() -> None:
    menu = [written(text, 30, 100 + 20 * i) for i, text in enumerate(("首页", "公开指南", "公开制度", "公开年报"))]
    article = [written(FULL * 2, 150, 90 + 20 * i) for i in range(7)]
    rest = written("另外" * 18, 150, 90), written("到此为止。", 150, 110)
    document = compose([page(*menu, *article), page(*rest, number=2)], "a.pdf")
    assert paragraphs(document) == [f"{FULL * 14}{'另外' * 18}到此为止。", "首页", "公开指南", "公开制度", "公开年报"]


def test_a_tall_label_beside_rows_of_figures_is_no_column_of_text() -> None:
    label = [written(text, 50, 160 + 12 * i) for i, text in enumerate(("办理的各", "种结果的", "分项情况"))]
    rows = [
        written(text, left, 100 + 20 * i)
        for i, name in enumerate("甲乙丙丁戊己庚")
        for left, text in ((120, f"{name}类数量"), (220, "3"), (270, "14"))
    ]
    document = compose([page(*label, *rows)], "a.pdf")
    grid = [[cell.text for cell in row] for block in document.blocks if isinstance(block, Grid) for row in block.rows]
    assert [row[-3:] for row in grid if len(row) > 2] == [[f"{name}类数量", "3", "14"] for name in "甲乙丙丁戊己庚"]


@pytest.mark.parametrize("time", ["1/15/24, 5:58 PM", "2024/1/15 17:58", "2024年1月15日 下午5:58"])
def test_what_a_browser_prints_at_the_edges_of_the_paper_is_no_text(time: str) -> None:
    header = written(time, 30, 15, 8) + written("某县年度报告", 300, 15, 8)
    footer = written("https://www.example.gov.cn/art/1.html", 30, 820, 8) + written("1/1", 560, 820, 8)
    text = written("网址：https://www.example.gov.cn/", 50, 100)
    document = compose([page(header, text, footer)], "a.pdf")
    assert paragraphs(document) == ["网址：https://www.example.gov.cn/"]


def test_words_printed_large_across_others_are_a_watermark_on_every_page() -> None:
    mark = written("内部资料", 60, 90, 60)
    lines = [written(FULL * 2, 50, 100 + 20 * i) for i in range(3)]
    document = compose([page(mark, *lines), page(mark, written("到此为止。", 50, 400), number=2)], "a.pdf")
    assert paragraphs(document) == [f"{FULL * 6}到此为止。"]
