"""OpenDocument texts: what is shown is read, in the place where it is shown."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from format_samples import faulty_samples
from gip_lint.annual_report import AnnualReport, State
from gip_lint.document import Document, Grid, Paragraph, Place
from gip_lint.engine import audit
from gip_lint.errors import UnreadableFile
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from odt_rendition import flat_odt, odt, paragraph, rendered

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)


def recognised(octets: bytes) -> AnnualReport:
    return RECOGNISER.recognise(read_document(octets, "report.odt"))


def texts(document: Document) -> list[object]:
    """Paragraphs as strings, tables as lists of rows of (column, text)."""
    return [
        block.text if isinstance(block, Paragraph) else [[(c.offset, c.text) for c in row] for row in block.rows]
        for block in document.blocks
    ]


def shown(body: str, styles: str = "") -> list[object]:
    return texts(read_document(odt(body, styles), "a.odt"))


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_document(data, "a.odt")
    return error.value.zh


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_a_report_reads_back_equal(seed: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    report = recognised(rendered(draft, rng))
    read = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read == [(State.NUMBER, figure) for figure in draft.figures().values()]
    assert [section.heading for section in report.sections] == [section.heading for section in draft.sections]
    findings = audit("report.odt", report, RULES.rules, {}).findings
    assert [finding.message.zh for finding in findings if finding.severity is not Severity.INFO] == []


def test_words_are_read_as_shown() -> None:
    assert shown(
        "<text:p>\n  2023年  <text:span>收到<text:s text:c='2'/>申请</text:span>\n7<text:tab/>件"
        "<text:line-break/>均已<text:a>办结</text:a>。</text:p>"
        "<text:p>甲<text:ruby><text:ruby-base>乙</text:ruby-base><text:ruby-text>yi</text:ruby-text></text:ruby>丙</text:p>"
    ) == ["2023年 收到  申请 7\t件", "均已办结。", "甲乙丙"]


def test_note_marks_and_comments_are_no_text() -> None:
    assert shown(
        "<text:p>共 12<text:note><text:note-citation>3</text:note-citation><text:note-body><text:p>注</text:p>"
        "</text:note-body></text:note>件<office:annotation><text:p>核对</text:p></office:annotation>，属实</text:p>"
    ) == ["共 12件，属实"]


def test_typed_note_marks_are_no_digits() -> None:
    styles = "".join(
        f"<style:style style:name='{name}' style:family='text'><style:text-properties style:text-position='{position}'/>"
        "</style:style>"
        for name, position in (("Up", "super 58%"), ("Third", "33% 58%"), ("Down", "sub 58%"), ("Same", "0% 100%"))
    )
    spans = {name: f"<text:span text:style-name='{name}'>2</text:span>" for name in ("Up", "Third", "Down", "Same")}
    body = "".join(f"<text:p>10{span}</text:p>" for span in spans.values())
    body += f"<text:p>{spans['Up']}</text:p><text:p>占地3m{spans['Up']}</text:p>"
    assert shown(body, styles) == ["10", "10", "102", "102", "2", "占地3m2"]


def test_deletions_and_contents_are_left_out() -> None:
    assert shown(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>一、总体情况 1</text:p></text:index-body></text:table-of-content>"
        "<text:p>新<text:change text:change-id='c'/>的</text:p>"
    ) == ["新的"]


def test_hidden_text_is_left_out() -> None:
    styles = (
        "<style:style style:name='Gone' style:family='text'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='Too' style:family='text' style:parent-style-name='Gone'/>"
        "<style:style style:name='Lost' style:family='paragraph'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='A' style:family='text' style:parent-style-name='B'/>"
        "<style:style style:name='B' style:family='text' style:parent-style-name='A'/>"
    )
    assert shown(
        "<text:p>7<text:span text:style-name='Gone'>8<text:span>9</text:span></text:span>"
        "<text:span text:style-name='Too'>1</text:span><text:span text:style-name='A'>件</text:span></text:p>"
        "<text:p text:style-name='Lost'>x<text:span>y</text:span></text:p>"
        "<text:section text:display='none'><text:p>no</text:p></text:section>"
        "<text:section><text:p>yes</text:p></text:section>"
        "<text:p>no<text:hidden-paragraph text:is-hidden='true'/></text:p>"
        "<text:p>a<text:hidden-text text:is-hidden='true'>no</text:hidden-text>b</text:p>",
        styles,
    ) == ["7件", "yes", "ab"]


def test_text_boxes_follow_their_paragraph() -> None:
    assert shown(
        "<draw:frame><draw:text-box><text:p>页首</text:p></draw:text-box></draw:frame>"
        "<text:p>甲<draw:frame><draw:text-box><text:p>乙</text:p></draw:text-box></draw:frame>丙</text:p>"
        "<text:p><draw:custom-shape><text:p>丁</text:p></draw:custom-shape></text:p>"
    ) == ["页首", "甲丙", "乙", "丁"]


def level(number: int, notation: str, prefix: str, suffix: str, more: str = "", kind: str = "list-level-style") -> str:
    name = "list-level-style-number" if kind == "list-level-style" else kind
    return (
        f"<text:{name} text:level='{number}' style:num-format='{notation}' style:num-prefix='{prefix}' "
        f"style:num-suffix='{suffix}' {more}/>"
    )


def items(*inner: str, more: str = "") -> str:
    return f"<text:list text:style-name='L' {more}>{''.join(map('<text:list-item>{}</text:list-item>'.format, inner))}</text:list>"


def test_numbers_of_lists_are_text() -> None:
    levels = (
        level(1, "一, 二, 三, ...", "", "、")
        + level(2, "一, 二, 三, ...", "（", "）")
        + level(3, "1", "", ".", "text:display-levels='2'")
        + "<text:list-level-style-bullet text:level='4' text:bullet-char='•'/>"
    )
    below = f"<text:list><text:list-item>{paragraph('乙')}{paragraph('续')}<text:list>"
    below += (
        f"<text:list-item>{paragraph('丙')}<text:list><text:list-item>{paragraph('点')}</text:list-item></text:list>"
    )
    below += "</text:list-item></text:list></text:list-item></text:list>"
    body = (
        items(paragraph("甲") + below, more="xml:id='first'")
        + paragraph("间")
        + items(paragraph("丁"), more="text:continue-numbering='true'")
        + items(paragraph("新"), more="xml:id='other'")
        + items(paragraph("戊"), more="text:continue-list='first'")
        + f"<text:list text:style-name='L'><text:list-header>{paragraph('无号')}</text:list-header>"
        + f"<text:list-item text:start-value='9'>{paragraph('己')}</text:list-item></text:list>"
        + f"<text:list text:style-name='unknown'><text:list-item>{paragraph('庚')}</text:list-item></text:list>"
    )
    assert shown(body, f"<text:list-style style:name='L'>{levels}</text:list-style>") == [
        "一、甲", "（一）乙", "续", "一.1. 丙", "点", "间", "二、丁", "一、新", "三、戊", "无号", "九、己", "庚",
    ]  # fmt: skip


def test_the_pattern_of_a_list_level_is_used_where_it_is_given() -> None:
    name = "xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'"
    levels = level(1, "1", "", "") + level(2, "①, ②, ③, ...", "", "", f"{name} loext:num-list-format='%1%-%2%、'")
    inner = f"<text:list><text:list-item>{paragraph('a')}</text:list-item></text:list>"
    body = items(inner + inner)
    assert shown(body, f"<text:list-style style:name='L'>{levels}</text:list-style>") == ["1-①、a", "1-②、a"]


def test_headings_number_themselves_by_the_outline() -> None:
    outline = "".join(
        level(depth, notation, *marks, kind="outline-level-style")
        for depth, notation, marks in ((1, "一, 二, 三, ...", ("", "、")), (2, "", ("", "")))
    )
    body = (
        "<text:h text:outline-level='1'>甲</text:h><text:h text:outline-level='2'>乙</text:h>"
        "<text:h text:outline-level='1' text:is-list-header='true'>丙</text:h>"
        "<text:h text:outline-level='1'>丁</text:h>"
        "<text:h text:outline-level='1' text:restart-numbering='true' text:start-value='5'>戊</text:h>"
    )
    assert shown(body, f"<text:outline-style>{outline}</text:outline-style>") == [
        "一、甲",
        "乙",
        "丙",
        "二、丁",
        "五、戊",
    ]


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{paragraph(text)}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


COLUMNS = "table:number-columns-repeated='{}'"
ROWS = "table:number-rows-repeated='{}'"
COVERED = "<table:covered-table-cell/>"


def test_merged_cells_stand_once_at_their_place() -> None:
    body = (
        "<table:table><table:table-header-rows>"
        + row(cell("角", "table:number-rows-spanned='2' table:number-columns-spanned='2'"), COVERED, cell("头"))
        + "</table:table-header-rows>"
        + row("<table:covered-table-cell table:number-columns-repeated='2'/>", cell("第<text:line-break/>一"))
        + row(cell("甲"), cell("", "table:number-columns-repeated='2'"))
        + row(cell("乙"), cell("0"), cell("1"), more="table:number-rows-repeated='2'")
        + "</table:table>"
    )
    body = body.replace("&lt;text:line-break/&gt;", "<text:line-break/>")
    document = read_document(odt(body), "a.odt")
    assert texts(document) == [
        [
            [(0, "角"), (2, "头")],
            [(2, "第\n一")],
            [(0, "甲"), (1, ""), (2, "")],
            [(0, "乙"), (1, "0"), (2, "1")],
            [(0, "乙"), (1, "0"), (2, "1")],
        ]
    ]
    assert document.lines[1] == "第 一"
    assert document.places[2] == ((1, Place(table=1, row=2, cell=2)),)
    assert [place.cell for _, place in document.places[3]] == [1, 2, 3]


def test_paragraphs_and_tables_are_counted() -> None:
    body = paragraph("甲") + paragraph("") + f"<table:table>{row(cell('乙'))}</table:table>" + paragraph("丙")
    document = read_document(flat_odt(body), "a.fodt")
    assert [places[0][1] for places in document.places.values()] == [
        Place(paragraph=1),
        Place(table=1, row=1, cell=1),
        Place(paragraph=3),
    ]


def test_a_table_that_only_lays_out_is_taken_apart() -> None:
    inner = f"<table:table>{row(cell('总计'), cell('3'))}</table:table>"
    body = (
        "<table:table>"
        + row(cell("一、总体情况"), cell("x"))
        + row(f"<table:table-cell>{paragraph('前')}{inner}{paragraph('后')}</table:table-cell>", cell("右"))
        + row(cell("尾"), cell("y"))
        + "</table:table>"
    )
    assert shown(body) == [
        [[(0, "一、总体情况"), (1, "x")]],
        "前",
        [[(0, "总计"), (1, "3")]],
        "后",
        "右",
        [[(0, "尾"), (1, "y")]],
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"<table:table>{row(cell('a', COLUMNS.format(999999999)))}</table:table>",
        f"<table:table>{row(cell('a'), more=ROWS.format(999999999))}</table:table>",
        f"<table:table>{row(*[cell('', COLUMNS.format(1000))] * 300)}</table:table>",
    ],
)
def test_repeated_cells_are_bounded(body: str) -> None:
    assert refusal(odt(body)) == "表格超过 200,000 个单元格，不是年度报告，未读取"


def test_an_empty_row_repeated_for_ever_is_nothing() -> None:
    body = f"<table:table>{row(more=ROWS.format(999999999))}{row(cell('a'))}</table:table>"
    assert shown(body) == [[[(0, "a")]]]


def test_a_long_text_repeated_is_bounded() -> None:
    body = f"<table:table>{row(cell('甲' * 1000, COLUMNS.format(150000)))}</table:table>"
    assert refusal(odt(body)) == "表格超过 200,000 个单元格，不是年度报告，未读取"


def test_what_is_no_text_document_is_said() -> None:
    sheet = flat_odt(paragraph("甲")).replace(b"office:text>", b"office:spreadsheet>")
    assert refusal(sheet) == "不是文字文档（可能是电子表格或演示文稿）"


def test_an_encrypted_document_is_said() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refusal(odt(paragraph("甲"), manifest=entry)) == "文件已加密，请去掉密码后再检查"


def test_a_truncated_document_is_said() -> None:
    assert refusal(odt(paragraph("甲"))[:-40]) == "文件已损坏或不完整"


def test_nothing_but_blanks_is_no_text() -> None:
    assert refusal(odt(paragraph(" "))) == "文件里没有文字"


def test_grids_are_ruled() -> None:
    (block,) = read_document(odt(f"<table:table>{row(cell('a'))}</table:table>"), "a.odt").blocks
    assert isinstance(block, Grid)
    assert block.ruled


def test_every_fault_is_found_and_nothing_else() -> None:
    missed, false = [], []
    made = list(faulty_samples(3, 4))
    for sample in made:
        report = recognised(rendered(sample.draft, random.Random(sample.name)))
        found = audit("report.odt", report, RULES.rules, {}).findings
        if not {finding.rule for finding in found} & sample.expected:
            missed.append(sample.label)
        false += [
            f"{sample.label}: {finding.rule}"
            for finding in found
            if finding.severity is not Severity.INFO and finding.rule not in sample.allowed
        ]
    assert len(made) > 250
    assert len(missed) <= len(made) * 0.02, missed
    assert false == []
