"""Pages of characters and lines are read as paragraphs and grids, whatever format they came from."""

from __future__ import annotations

import pytest

from gip_lint.document import Document, Location, Paragraph, Place, SourceNote
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
