"""Word files: what is printed is read, wherever it stands in the markup, and what is not printed is not."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from clean_figures import Size
from format_samples import faulty_samples
from gip_lint.annual_report import State
from gip_lint.document import Grid, Location, Paragraph, Place
from gip_lint.engine import audit
from gip_lint.errors import UnreadableFile
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from word_rendition import (
    Habits,
    cell,
    control,
    docx,
    field,
    paragraph,
    render,
    row,
    run,
    style,
    table,
    text_box,
)
from word_shown import blocks, document, shown

NOTE_MARK = '<w:vertAlign w:val="superscript"/>'


# --- paragraphs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("收到申请") + run("1") + run("2") + run("件"), "收到申请12件"),
        (run("甲\t乙"), "甲\t乙"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/><w:t>丙</w:t></w:r>", "甲-乙丙"),
        ("<w:r><w:t>甲\n  乙</w:t><w:lastRenderedPageBreak/><w:t>丙</w:t></w:r>", "甲   乙丙"),
        (f'<w:ins w:id="1">{run("新收7件")}</w:ins><w:del w:id="2"><w:r><w:delText>8件</w:delText></w:r></w:del>', "新收7件"),
        (f'<w:moveTo w:id="1">{run("移来")}</w:moveTo><w:moveFrom w:id="2">{run("移走")}</w:moveFrom>', "移来"),
        (control(run("由控件填入")) + f"<w:smartTag>{run('年份')}</w:smartTag>", "由控件填入年份"),
        (f'<w:hyperlink r:id="rId9">{run("网站")}</w:hyperlink>', "网站"),
        (field("DATE \\@ yyyy", "2024") + run("年"), "2024年"),
        (field('IF "7" = "7" "是" "否"', "是"), "是"),
        (f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>', "3"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>zhǎng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>长</w:t></w:r></w:rubyBase></w:ruby></w:r>", "长"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="FF05"/></w:r>', "☑％"),
        ('<w:r><w:sym w:font="Symbol" w:char="F035"/><w:sym w:font="Symbol" w:char="zz"/></w:r>', "5"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "1/2"),
        (run("看") + '<w:r><w:commentReference w:id="0"/></w:r>' + run("见"), "看见"),
        (run("看") + run("不", "<w:vanish/>") + run("见", '<w:vanish w:val="0"/>'), "看见"),
        (run("用") + '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:symEx/></mc:Choice>'
         "<mc:Fallback><w:t>☎</w:t></mc:Fallback></mc:AlternateContent></w:r>", "用☎"),
    ],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_is_printed(inner: str, text: str) -> None:
    assert shown(paragraph(inner)) == [text]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("共7件") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "共7件"),
        (run("共7件") + '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>', "共7件"),
        (run("7") + run("1", NOTE_MARK), "7"),
        (run("7") + run("[", NOTE_MARK) + run("注1", NOTE_MARK) + run("]", NOTE_MARK), "7"),
        (run("7") + run("①", '<w:rStyle w:val="mark"/>'), "7"),
        (run("7", NOTE_MARK), "7"),  # a cell formatted by mistake
        (run("100m") + run("2", NOTE_MARK), "100m2"),
        (run("第3") + run("届", NOTE_MARK), "第3届"),
        (run("7") + run("1", '<w:rStyle w:val="mark"/><w:vertAlign w:val="baseline"/>'), "71"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H2O"),
    ],
)
def test_a_note_mark_is_no_digit(inner: str, text: str) -> None:
    mark = style("mark", f"<w:rPr>{NOTE_MARK}</w:rPr>", kind="character")
    assert shown(paragraph(inner), styles=mark) == [text]
    assert shown(table(row(cell(paragraph(inner)), "0")), styles=mark) == [[[text, "0"]]]


def test_line_and_page_breaks_begin_a_line_of_the_same_paragraph() -> None:
    read = document(paragraph() + paragraph('<w:r><w:br w:type="page"/></w:r>' + run("一、总体情况\n全年平稳。")))
    assert blocks(read) == ["一、总体情况", "全年平稳。"]
    assert [read.places[line] for line in (1, 2)] == [((1, Place(paragraph=2)),), ((1, Place(paragraph=2)),)]


def test_columns_made_of_spaces_or_tabs_are_a_table() -> None:
    spaced = [paragraph(f"{label}    {first}    {second}") for label, first, second in ("甲12", "乙34", "丙 6", "丁78")]
    read = document("".join(spaced))
    assert blocks(read) == [[["甲", "1", "2"], ["乙", "3", "4"], ["丙", "6"], ["丁", "7", "8"]]]
    assert read.places[3] == ((1, Place(paragraph=3)),)
    tabbed = [paragraph(f"{label}\t{first}\t{second}") for label, first, second in ("甲12", "乙34", "丙 6", "丁78")]
    assert shown("".join(tabbed)) == [[["甲", "1", "2"], ["乙", "3", "4"], ["丙", "", "6"], ["丁", "7", "8"]]]
    assert shown("".join(tabbed[:2])) == ["甲\t1\t2", "乙\t3\t4"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_and_a_hidden_paragraph_is_gone() -> None:
    body = (
        paragraph("新收", "<w:rPr><w:del w:id='1'/></w:rPr>")
        + paragraph("7件。")
        + paragraph(run("内部掌握", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>")
        + paragraph("办结7件。")
    )
    assert shown(body) == ["新收7件。", "办结7件。"]


def test_hidden_text_is_hidden_by_its_style_too_and_a_second_style_takes_it_back() -> None:
    styles = (
        style("base", "<w:rPr><w:vanish/></w:rPr>")
        + style("draft", "", based_on="base")
        + style("secret", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    )
    hidden = '<w:pStyle w:val="draft"/>'
    body = (
        paragraph("看不见", hidden)
        + paragraph(run("又看得见", '<w:rStyle w:val="secret"/>'), hidden + '<w:rPr><w:vanish w:val="0"/></w:rPr>')
        + paragraph(run("正文") + run("密", '<w:rStyle w:val="secret"/>'))
    )
    assert shown(body, styles=styles) == ["又看得见", "正文"]


def test_a_field_that_never_ends_hides_no_more_than_its_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    assert shown(paragraph(begin + run("藏")) + paragraph("在")) == ["在"]


def test_a_generated_table_of_contents_is_not_read_twice() -> None:
    toc = style("11", "", name="toc 1")
    entry = '<w:pStyle w:val="11"/>'
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        control(
            paragraph(begin + run("一、总体情况\t1"), entry)
            + paragraph(run("二、主动公开政府信息情况\t") + field("PAGEREF _Toc1", "2"), entry)
            + paragraph(end)
        )
        + paragraph("一、总体情况")
        + paragraph("正文", entry)
    )
    assert shown(body, styles=toc) == ["一、总体情况", "正文"]


def test_text_boxes_are_read_once_behind_the_paragraph_they_hang_on() -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('旧框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    inner = paragraph("框中" + "一") + table(row("a", "1"))
    read = document(paragraph(text_box(inner) + run("标题") + old))
    assert blocks(read) == ["标题", "框中一", [["a", "1"]], "旧框"]
    assert [read.places[line][0][1] for line in (2, 3)] == [Place(paragraph=1), Place(table=1, row=1, cell=1)]


# --- whole reports -------------------------------------------------------------------------------------------------

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_a_report_reads_back_equal_however_the_file_was_made(seed: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    habits = Habits.some(rng)
    report = RECOGNISER.recognise(read_document(render(draft, habits, rng), "report.docx"))
    read = [(one.state, one.text) for official in report.tables.values() for one in official.cells]
    assert read == [(State.NUMBER, figure) for figure in draft.figures().values()], habits
    found = audit("report.docx", report, RULES.rules, {}).findings
    assert [f.message.zh for f in found if f.severity is not Severity.INFO] == [], habits


def test_every_fault_is_found_and_nothing_else() -> None:
    missed, false = [], []
    made = list(faulty_samples(2, 6))
    for sample in made:
        rng = random.Random(sample.name)
        habits = Habits.some(rng)
        report = RECOGNISER.recognise(read_document(render(sample.draft, habits, rng), "report.docx"))
        found = audit("report.docx", report, RULES.rules, {}).findings
        if not {finding.rule for finding in found} & sample.expected:
            missed.append(f"{sample.label} {habits}")
        false += [
            f"{sample.label} {habits}: {finding.rule}"
            for finding in found
            if finding.severity is not Severity.INFO and finding.rule not in sample.allowed
        ]
    assert len(made) > 150
    assert false == []
    assert len(missed) <= len(made) * 0.02, missed


def test_a_finding_says_which_table_row_and_cell() -> None:
    rng = random.Random(4)
    draft = clean_draft(rng, size=Size.SMALL, year=2023)
    faulty = draft.with_figures({("applications", "granted", "enterprises"): ""})
    report = RECOGNISER.recognise(read_document(render(faulty, Habits(), rng), "report.docx"))
    found = [f for f in audit("report.docx", report, RULES.rules, {}).findings if f.rule == "blank-cell"]
    assert [(f.address, f.location.place) for f in found] == [
        ("表三/（一）予以公开/商业企业", Place(table=2, row=6, cell=4)),
    ]


# --- what cannot be read -------------------------------------------------------------------------------------------


def test_another_file_inside_and_a_picture_are_noted() -> None:
    embedded = '<w:r><w:object><v:shape/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    equation = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    read = document(
        paragraph("甲") + '<w:altChunk r:id="rId5"/>' + paragraph(run("乙") + embedded + equation) + PICTURE
    )
    assert [(note.kind, note.facts.get("part"), note.location.place) for note in read.notes] == [
        ("unread-part", "嵌入的另一个文件", Place(paragraph=1)),
        ("unread-part", "嵌入的对象（Excel.Sheet.12）", Place(paragraph=2)),
        ("unread-picture", None, Place(paragraph=3)),
    ]


CHUNK = '<w:altChunk r:id="rId9"/>'
PAGE = """<html><head><meta charset="utf-8"></head><body><p>乙</p>
<table><tr><td rowspan="2">丙</td><td>1</td></tr><tr><td>2</td></tr></table><p>丁</p></body></html>"""
ARCHIVE = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="--next"

----next
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

{page}
----next--
"""


@pytest.mark.parametrize("inside", [PAGE, ARCHIVE.format(page=PAGE)], ids=["page", "archive"])
def test_a_web_page_put_into_the_text_is_read_there(inside: str) -> None:
    read = read_document(docx(paragraph("甲") + CHUNK + paragraph("戊"), chunk=inside.encode()), "report.docx")
    assert [block.text if isinstance(block, Paragraph) else len(block.rows) for block in read.blocks] == [
        "甲", "乙", 2, "丁", "戊",
    ]  # fmt: skip
    grid = read.blocks[2]
    assert isinstance(grid, Grid)
    assert [read.located(Location(row[-1].line, row[-1].column)).place for row in grid.rows] == [
        Place(table=1, row=1),
        Place(table=1, row=2),
    ]
    last = read.blocks[-1]
    assert isinstance(last, Paragraph)
    assert read.located(Location(last.line)).place == Place(paragraph=4)
    assert read.notes == ()


@pytest.mark.parametrize("inside", [b"{\\rtf1 text}", b"", b"<html><body></body></html>"])
def test_another_file_inside_that_is_no_readable_page_is_noted(inside: bytes) -> None:
    read = read_document(docx(paragraph("甲") + CHUNK, chunk=inside), "report.docx")
    assert [(note.kind, note.facts["part"]) for note in read.notes] == [("unread-part", "嵌入的另一个文件")]


def broken(name: str) -> bytes:
    """A file without one of its members."""
    octets = BytesIO()
    with zipfile.ZipFile(BytesIO(docx(paragraph("甲")))) as whole, zipfile.ZipFile(octets, "w") as rest:
        for info in whole.infolist():
            if info.filename != name:
                rest.writestr(info, whole.read(info))
    return octets.getvalue()


PICTURE = paragraph('<w:r><w:drawing><a:blip r:embed="rId4"/></w:drawing></w:r>')
DEEP = "<w:tbl><w:tr><w:tc>" * 50 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 50
BEYOND = "<w:sdt><w:sdtContent>" * 2000 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 2000
MANY = "<w:tbl>" + ("<w:tr>" + "<w:tc/>" * 1000 + "</w:tr>") * 210 + "</w:tbl>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(""), "文件里没有文字"),
        (docx(PICTURE), "只有图片，没有文字，多半是扫描件"),
        (docx('<w:altChunk r:id="rId5"/>'), "文字都在嵌入的另一个文件里，请用 Word 打开后另存"),
        (docx(DEEP), "表格或文本框嵌套过深，不是年度报告，未读取"),
        (docx(MANY), "表格超过 200,000 个单元格，不是年度报告，未读取"),
        (docx(paragraph("甲"))[:-30], "文件已损坏或不完整"),
        (docx("<w:p>"), "文件已损坏或不完整"),
        (docx(BEYOND), "文件已损坏或不完整"),
    ],
    ids=["empty", "scanned", "elsewhere", "deep", "million cells", "truncated", "not well-formed", "beyond"],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(data, "report.docx")
    assert refused.value.zh == reason


def test_styles_numbering_and_relations_may_be_missing() -> None:
    for name in ("word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"):
        assert blocks(read_document(broken(name), "report.docx")) == ["甲"]


@pytest.mark.parametrize("between", ["", "<!-- </w:style> -->", '<w:x w:type="table"/>'])
def test_styles_of_tables_are_passed_over_and_the_others_are_not(between: str) -> None:
    hidden = style("hidden", "<w:rPr><w:vanish/></w:rPr>")
    styles = style("grid", "<w:rPr><w:vanish/></w:rPr>", kind="table") + between
    styles = styles + hidden + style("other", "", kind="table") + style("late", "", based_on="hidden")
    body = paragraph("甲", '<w:pStyle w:val="late"/>') + paragraph("乙", '<w:pStyle w:val="other"/>')
    assert shown(body, styles=styles) == ["乙"]


def test_the_strict_namespace_and_other_member_names() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    data = docx("<w:p><w:r><w:t>严格</w:t></w:r></w:p>", namespaces=strict)
    assert blocks(read_document(data, "report.docx")) == ["严格"]
    octets = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(octets, "w") as moved:
        for info in whole.infolist():
            if info.filename == "[Content_Types].xml":
                continue
            text = whole.read(info).replace(b'"word/document.xml"', b'"/word/document2.xml"')
            name = info.filename.replace("word/document.xml", "word/document2.xml")
            moved.writestr(name.replace("document.xml.rels", "document2.xml.rels"), text)
    assert blocks(read_document(octets.getvalue(), "report.docx")) == ["严格"]
