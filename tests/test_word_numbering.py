"""Numbers that exist only as properties of paragraphs in a Word file are part of the text."""

from __future__ import annotations

import pytest

from word_rendition import list_level, lists, numbered, paragraph, run, style
from word_shown import shown

CHINESE = list_level(0, "chineseCountingThousand", "%1、") + list_level(1, "japaneseCounting", "（%2）")


def test_the_number_of_a_list_item_is_part_of_its_text() -> None:
    items = ((0, "总体"), (1, "主动公开"), (1, "依申请"), (0, "问题"), (1, "存在的问题"))
    body = "".join(paragraph(text, numbered(level)) for level, text in items)
    assert shown(body, numbering=lists(CHINESE)) == [
        "一、总体",
        "（一）主动公开",
        "（二）依申请",
        "二、问题",
        "（一）存在的问题",
    ]


@pytest.mark.parametrize(
    ("level", "printed"),
    [
        (list_level(0, "decimal", "%1."), "3. 甲"),
        (list_level(0, "decimal", "%1"), "3 甲"),
        (list_level(0, "decimal", "（%1）"), "（3）甲"),
        (list_level(0, "decimalEnclosedCircleChinese", "%1"), "③ 甲"),
        (list_level(0, "ideographTraditional", "%1、"), "丙、甲"),
        (list_level(0, "chineseLegalSimplified", "第%1条"), "第叁条 甲"),
        (list_level(0, "upperLetter", "%1)"), "C) 甲"),
        (list_level(0, "lowerRoman", "%1."), "iii. 甲"),
        (list_level(0, "somethingNew", "%1、"), "3、甲"),
        (list_level(0, "bullet", "•"), "甲"),
        (list_level(0, "none", "注："), "注：甲"),
        (list_level(0, "decimal", "%1、", '<w:rPr><w:vanish/></w:rPr>'), "甲"),
        (list_level(0, "decimal", "%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1%1、"), "3" * 30 + " 甲"),
    ],
)  # fmt: skip
def test_every_notation_of_a_list(level: str, printed: str) -> None:
    body = "".join(paragraph(text, numbered(0)) for text in "子丑甲")
    assert shown(body, numbering=lists(level))[-1] == printed


@pytest.mark.parametrize(
    ("value", "notation", "printed"),
    [
        (10, "chineseCounting", "十"),
        (12, "taiwaneseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (103, "chineseCountingThousand", "一百零三"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (110, "chineseCounting", "一一〇"),
        (12, "ideographDigital", "一二"),
        (28, "upperLetter", "BB"),
        (1994, "upperRoman", "MCMXCIV"),
        (25, "decimalEnclosedCircle", "㉕"),
        (60, "ideographZodiacTraditional", "癸亥"),
        (7, "decimalZero", "07"),
        (11, "ideographTraditional", "11"),
        (12, "decimalFullWidth", "１２"),
        (900_000, "lowerLetter", "900000"),
    ],
)
def test_larger_numbers_of_lists(value: int, notation: str, printed: str) -> None:
    numbering = lists(list_level(0, notation, "%1、", start=value))
    assert shown(paragraph("甲", numbered(0)), numbering=numbering) == [f"{printed}、甲"]


def test_lists_go_on_begin_anew_and_belong_to_styles() -> None:
    anew = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = (
        style("heading", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("sub", '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>', based_on="heading")
        + style("plain", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', based_on="heading")
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="heading"/>')
        + paragraph("乙", '<w:pStyle w:val="sub"/>')
        + paragraph("丙", '<w:pStyle w:val="plain"/>')
        + paragraph("丁", '<w:pStyle w:val="heading"/>' + numbered(0, 0))
        + paragraph("戊", numbered(0, 8))  # the same list under another number goes on
        + paragraph("己", numbered(0, 7))  # one that begins anew, once
        + paragraph("庚", numbered(0, 7))
        + paragraph("辛", numbered(0, 99))  # no such list
    )
    assert shown(body, styles=styles, numbering=lists(CHINESE, more=anew)) == [
        "一、甲",
        "（一）乙",
        "丙",
        "丁",
        "二、戊",
        "一、己",
        "二、庚",
        "辛",
    ]


def test_levels_that_show_others_or_never_begin_anew() -> None:
    levels = (
        list_level(0, "chineseCounting", "第%1章")
        + list_level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + list_level(2, "decimal", "%3、", '<w:lvlRestart w:val="0"/>')
    )
    body = "".join(paragraph("甲", numbered(level)) for level in (0, 1, 2, 0, 1, 1, 2))
    assert shown(body, numbering=lists(levels)) == [
        "第一章 甲",
        "1.1 甲",
        "1、甲",
        "第二章 甲",
        "2.1 甲",
        "2.2 甲",
        "2、甲",
    ]


def test_a_list_defined_by_a_style_and_one_that_leads_in_a_circle() -> None:
    linked = '<w:numStyleLink w:val="list"/>'
    styles = style("list", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering")
    body = paragraph("甲", numbered(0, 1)) + paragraph("乙", numbered(0, 2))
    assert shown(body, styles=styles, numbering=lists(linked, CHINESE)) == ["一、甲", "二、乙"]
    assert shown(body, styles=styles, numbering=lists(linked, linked)) == ["甲", "乙"]


def test_deleted_and_hidden_items_are_not_counted() -> None:
    body = (
        paragraph("甲", numbered(0))
        + paragraph(
            '<w:del w:id="1"><w:r><w:delText>乙</w:delText></w:r></w:del>', numbered(0) + "<w:rPr><w:del/></w:rPr>"
        )
        + paragraph(run("丙", "<w:vanish/>"), numbered(0) + "<w:rPr><w:vanish/></w:rPr>")
        + paragraph("丁", numbered(0))
    )
    assert shown(body, numbering=lists(CHINESE)) == ["一、甲", "二、丁"]
