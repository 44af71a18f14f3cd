"""Rows of figures beside words of no official row: a row too many where cells have borders, unread where they have none."""

from __future__ import annotations

import random
import re

import pytest

from clean_drafts import clean_draft
from gip_lint.annual_report import AnnualReport
from gip_lint.document import Paragraph
from gip_lint.engine import audit
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.recognition.broken_lines import joined, page_width
from layouts import LAYOUTS, Layout

RULES = load(Settings())


@pytest.mark.parametrize(
    ("layout", "found"),
    [
        ("markdown/plain", [("missing-row", "error"), ("extra-row", "warning")]),
        ("padded/top", [("ragged-row", "warning")]),
    ],
)
def test_the_figures_of_a_row_may_stand_beside_a_label_that_ran_together(
    layout: str, found: list[tuple[str, str]]
) -> None:
    render = next(each for each in LAYOUTS if each.name == layout).render
    text = render(clean_draft(random.Random(5), year=2023), random.Random(5)).replace(
        "（一）予以公开", "甲乙（一）丙丁"
    )
    findings = audit("report.txt", read(text), RULES.rules, {}).findings
    assert [(finding.rule, finding.severity.value) for finding in findings] == found


BELOW = {  # the heading of the next section: what is told below the table, its labels among the words
    "三、收到": "{year}年，没有规章；行政许可事项因“放管服”改革减少6项，行政处罚按规定在信用平台公示，信息内容建设的各项要求均已落实。",
    "四、政府": "{year}年受理的申请均在规定期限内答复。其中自然人申请居多，法人或其他组织较少，结转下年度继续办理的将按时答复。",
    "五、": "{year}年因政府信息公开被申请行政复议的案件均已审结，行政诉讼的案件没有败诉，结果维持的占多数，总计数与上年持平。",
}


@pytest.mark.parametrize("width", [14, 20, 33, 200])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_prose_below_a_table_is_no_row_of_it_wherever_its_lines_break(layout: Layout, width: int) -> None:
    draft = clean_draft(random.Random(5))
    text = layout.render(draft, random.Random(5))
    usual = read(text)
    for heading, sentences in BELOW.items():
        told = sentences.format(year=draft.year)
        lines = "\n".join(told[at : at + width] for at in range(0, len(told), width))
        text = re.sub(rf"(?m)^([#* \u3000]*{heading})", rf"{lines}\n\n\1", text)
    report = read(text)
    assert [table.values for table in report.tables.values()] == [table.values for table in usual.tables.values()]
    findings = audit("report.txt", report, RULES.rules, {}).findings
    assert [finding.message.zh for finding in findings if finding.group in ("reading", "form", "cells")] == [
        finding.message.zh
        for finding in audit("report.txt", usual, RULES.rules, {}).findings
        if finding.group in ("reading", "form", "cells")
    ]


def test_outcomes_named_in_quotation_marks_are_no_table_run_together() -> None:
    draft = clean_draft(random.Random(5))
    text = LAYOUTS[0].render(draft, random.Random(5))
    named = "答复“予以公开”“部分公开”的占多数，“不予公开”“无法提供”“不予处理”及“其他处理”的占少数。"
    report = read(re.sub(r"(?m)^([#* \u3000]*二、主动)", rf"{named}\n\n\1", text))
    assert [table.values for table in report.tables.values()] == [table.values for table in read(text).tables.values()]
    assert named in [paragraph.text for paragraph in report.sections[0].paragraphs]


def test_lines_are_as_full_with_narrow_quotation_marks_as_without() -> None:
    lines = [
        "机关实行“三审”“三校”“三问”“三查”制度，各", "科室对拟发布的内容逐一核对，并于次月公布", "结果。",
        "村级实行“两公开”“两监督”“两评议”制度，每", "季度更新一次，并由专人负责对外联络和登记", "工作。",
    ]  # fmt: skip
    paragraphs = [Paragraph(text, line, 1) for line, text in enumerate(lines, 1)]
    groups = joined(paragraphs, page_width([*paragraphs, *paragraphs]))
    assert [[paragraph.text for paragraph in group] for group in groups] == [lines[:3], lines[3:]]


def test_a_title_is_a_heading_in_bold_type_too() -> None:
    text = "# **临江县水利局2023年政府信息公开工作年度报告**\n\n## 一、总体情况\n\n全年公开信息12条。\n"
    title = read(text).title
    assert (title.issuer, title.year, title.flaws) == ("临江县水利局", 2023, ())


@pytest.mark.parametrize(
    "lines",
    [
        [
            "全年答复结果的分布情况是：公开2",
            "1、部分公开4、不予公开5、其他共2",
            "0（单位：件），均未超期办理，逐",
            "件归档。",
        ],
        [
            "全年开设各类账号共九十一个（微信",
            "49、微博22、其他20个），都已登记",
            "造册备案，每月更新不少于两次，并",
            "由专人检查。",
        ],
    ],
    ids=["a-figure-cut", "a-figure-in-brackets"],
)
def test_a_figure_at_the_head_of_a_line_begins_no_list(lines: list[str]) -> None:
    paragraphs = [Paragraph(text, line, 1) for line, text in enumerate(lines, 1)]
    assert joined(paragraphs, page_width(paragraphs)) == [paragraphs]


def test_an_indented_line_is_as_full_as_the_others_of_a_narrow_page() -> None:
    lines = [
        "由县里受理的有三件，由乡镇和街道各",
        "站所受理的有一件，都办结了。",
        "由县里答复的有三件，由乡镇和街道答",
        "复的一件。",
    ]
    paragraphs = [Paragraph(text, line, 1 + line % 2 * 2) for line, text in enumerate(lines, 1)]
    wide = [Paragraph("全年收到1234567件、答复1234567件，均登记，", line, 1) for line in range(5, 9)]
    page = page_width([*paragraphs, *wide])
    assert page is not None
    assert [len(group) for group in joined(paragraphs, page)] == [2, 2]


def test_the_end_of_a_sentence_above_a_table_is_no_piece_of_its_labels() -> None:
    told = ["办理登记一千余件，因不属于行政许可，没有计入下表之", "中。"]
    table = ["第二十条第（一）项", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t0\t0\t0"]
    report = read("\n".join(["临江县水利局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", *told, *table]))
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == told


def read(text: str) -> AnnualReport:
    return Recogniser(RULES.forms).recognise(read_document(text.encode(), "report.txt"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_name_at_the_foot_of_a_page_is_no_value_of_the_row_above(layout: Layout) -> None:
    draft = clean_draft(random.Random(5))
    text = layout.render(draft, random.Random(5))
    usual = read(text)
    for heading in BELOW:
        text = re.sub(rf"(?m)^([#* \u3000]*{heading})", r"\n第 2 页 共 9 页\n东屏县灾害防治站\n\n\1", text)
    found, due = (audit("report.txt", report, RULES.rules, {}).findings for report in (read(text), usual))
    assert [f.rule for f in found if f.severity is not Severity.INFO] == [f.rule for f in due]


def test_a_sentence_said_again_and_again_below_a_table_is_prose() -> None:
    sentence = "相关栏目按季度检查，发现的问题及时整改。"
    layout = next(each for each in LAYOUTS if each.name == "line_cells/plain")
    text = layout.render(clean_draft(random.Random(5)), random.Random(5)).replace(
        "\n五、", f"\n{sentence}" * 4 + "\n五、", 1
    )
    assert sum(paragraph.text == sentence for section in read(text).sections for paragraph in section.paragraphs) == 4
