"""PDF files: a report reads back equal however it was typeset; what cannot be read is said."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from format_samples import faulty_samples
from gip_lint.annual_report import AnnualReport, State
from gip_lint.document import Document, Grid, Location, Paragraph, Place, SourceNote
from gip_lint.engine import audit
from gip_lint.errors import UnreadableFile
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from pdf_file import PdfPage, assembled, pdf_file
from pdf_rendition import Ruled, Style, pdf_of

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
PICTURE = "q {width:g} 0 0 {height:g} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q"


def read(data: bytes) -> Document:
    return read_document(data, "report.pdf")


def recognised(data: bytes) -> AnnualReport:
    return RECOGNISER.recognise(read(data))


def page_of(*lines: str, size: float = 10.5) -> PdfPage:
    page = PdfPage()
    for number, line in enumerate(lines):
        page.text(72, 90 + 20 * number, line, size)
    return page


def scanned(page: PdfPage) -> PdfPage:
    """The same with a picture over all of it."""
    page.operators.append(PICTURE.format(width=page.width, height=page.height))
    return page


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


# --- whole reports -------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_a_report_reads_back_equal_however_it_is_typeset(seed: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    report = recognised(pdf_of(draft, Style.any(rng)))
    read_back = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read_back == [(State.NUMBER, figure) for figure in draft.figures().values()]
    found = audit("report.pdf", report, RULES.rules, {}).findings
    assert [f"{f.rule}: {f.message.zh}" for f in found if f.severity is not Severity.INFO] == []
    prose = [text for section in draft.sections for text in (*section.before, *section.after)]
    assert [paragraph.text for section in report.sections for paragraph in section.paragraphs] == prose


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_without_any_line_a_page_break_may_cost_a_row_but_never_a_wrong_figure(seed: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    report = recognised(pdf_of(draft, replace(Style.any(rng), lines=False)))
    cells = [cell for table in report.tables.values() for cell in table.cells]
    read_back = [
        (cell.text, figure)
        for cell, figure in zip(cells, draft.figures().values(), strict=True)
        if cell.state is State.NUMBER
    ]
    assert len(read_back) > 100
    assert [text for text, _ in read_back] == [figure for _, figure in read_back]


def test_every_fault_is_found_and_nothing_else() -> None:
    missed, false = [], []
    made = list(faulty_samples(1, 6))
    for sample in made:
        rng = random.Random(sample.name)
        report = recognised(
            pdf_of(sample.draft, Style(ruled=rng.choice(list(Ruled)), cell_print=rng.choice((8, 10.5))))
        )
        found = audit("report.pdf", report, RULES.rules, {}).findings
        if not {finding.rule for finding in found} & sample.expected:
            missed.append(sample.label)
        false += [
            f"{sample.label}: {finding.rule}"
            for finding in found
            if finding.severity is not Severity.INFO and finding.rule not in sample.allowed
        ]
    assert len(made) > 80
    assert len(missed) <= len(made) * 0.02, missed
    assert false == []


@pytest.mark.parametrize("ruled", list(Ruled))
def test_tables_are_found_however_they_are_ruled(ruled: Ruled) -> None:
    draft = clean_draft(random.Random(5), year=2023)
    report = recognised(pdf_of(draft, Style(ruled=ruled)))
    assert [cell.text for table in report.tables.values() for cell in table.cells] == list(draft.figures().values())


def test_a_label_beside_one_of_several_rows_is_read_whole_without_any_line() -> None:
    page = PdfPage()
    for left, top, text in (
        (72, 109, "分组"),
        (130, 100, "甲类较长的"),
        (130, 115, "名称"),
        (300, 107, "1"),
        (360, 107, "2"),
        (130, 140, "乙类"),
        (300, 140, "3"),
        (360, 140, "44"),
        (130, 160, "丙类"),
        (360, 160, "5"),
    ):
        page.text(left, top, text)
    document = read(pdf_file([page]))
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert [[(cell.text, cell.offset) for cell in row] for row in grid.rows] == [
        [("分组", 0), ("甲类较长的名称", 11), ("1", 43), ("2", 55)],
        [("乙类", 11), ("3", 43), ("44", 55)],
        [("丙类", 11), ("5", 55)],
    ]
    assert not grid.ruled


def test_characters_drawn_font_by_font_are_put_into_their_places() -> None:
    page = PdfPage()
    for left, text in ((72, "行"), (93, "许可"), (300, "1"), (310.5, "3"), (82.5, "政"), (305.25, "2")):
        page.text(left, 100, text)
    for left, text in ((72, "行政处罚"), (300, "45")):
        page.text(left, 120, text)
    document = read(pdf_file([page]))
    assert [line.split() for line in document.lines] == [["行政许可", "123"], ["行政处罚", "45"]]


def test_a_cell_knows_its_page_and_its_place_there() -> None:
    page = PdfPage()
    for left, text in ((72, "甲"), (172, "12")):
        page.rectangle(left, 100, left + 100, 130)
        page.text(left + 5, 110, text)
    document = read(pdf_file([PdfPage(), page]))
    location = document.located(Location(1, 3, 1, 4))
    assert document.lines == ("甲\t12",)
    assert location.place == Place(page=2, box=(172.0, 100.0, 272.0, 130.0))


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "drawn", "box"),
    [
        ("", (100, 200), (100.0, 200.2, 121.0, 210.7)),
        ("/CropBox [20 0 595 812]", (100, 200), (80.0, 170.2, 101.0, 180.7)),
    ],
)
def test_places_count_from_the_corner_of_what_is_shown(
    entries: str, drawn: tuple[float, float], box: tuple[float, float, float, float]
) -> None:
    page = PdfPage()
    page.text(*drawn, "正文")
    page.entries = entries
    assert read(pdf_file([page])).places == {1: ((1, Place(page=1, box=box)),)}


@pytest.mark.parametrize("compressed", [True, False])
def test_a_page_on_its_side_is_read_upright(compressed: bool) -> None:
    page = PdfPage(595, 842)
    page.entries = "/Rotate 90"
    for column, text in enumerate(("甲", "乙", "34")):
        page.turned_text((0, 1, -1, 0, 110, 50 + 60 * column), text)
    for x in (95, 120):
        page.line(x, 842 - 40, x, 842 - 220)
    for y in (40, 100, 160, 220):
        page.line(95, 842 - y, 120, 842 - y)
    document = read(pdf_file([page], compressed=compressed))
    assert document.lines == ("甲\t乙\t34",)


def test_slanted_print_is_a_watermark() -> None:
    page = page_of("正文第一行", "正文第二行")
    page.turned_text((0.7, 0.7, -0.7, 0.7, 60, 700), "内部资料", 60)
    assert texts(read(pdf_file([page]))) == ["正文第一行", "正文第二行"]


def test_print_without_any_size_is_not_read() -> None:
    page = page_of("看得见")
    page.text(72, 200, "看不见", 0.01)
    assert texts(read(pdf_file([page]))) == ["看得见"]


def test_print_outside_the_page_is_not_read() -> None:
    page = page_of("正文")
    page.text(700, 100, "页外")
    assert texts(read(pdf_file([page]))) == ["正文"]


# --- what cannot be read -------------------------------------------------------------------------------------------


def test_a_picture_in_place_of_a_page_is_noted() -> None:
    document = read(pdf_file([page_of("一、总体情况"), scanned(PdfPage()), scanned(page_of("- 3 -")), page_of("完")]))
    assert document.lines == ("一、总体情况", "- 3 -", "完")
    assert document.notes == (
        SourceNote("page-without-text", Location(1, place=Place(page=2)), {"page": 2}),
        SourceNote("page-without-text", Location(1, place=Place(page=3)), {"page": 3}),
    )


def test_text_recognised_from_a_picture_is_read_and_noted() -> None:
    page = PdfPage()
    for number in range(4):
        page.text(72, 100 + 20 * number, "识别得来的文字共有十一个", mode=3)
    document = read(pdf_file([scanned(page)]))
    assert document.notes == (SourceNote("text-layer", Location(1, place=Place(page=1)), {"page": 1}),)
    assert texts(document)[0] == "识别得来的文字共有十一个"


def test_a_picture_beside_text_is_noted_where_it_stands_unless_it_is_as_small_as_a_seal() -> None:
    page = page_of("正文", "而且不止一行文字在这一页上", "所以这不是扫描件，下面是一幅插图")
    page.operators += ["q 1 0 0 1 90 642 cm", PICTURE.format(width=120, height=120), "Q"]
    page.operators.append(PICTURE.format(width=400, height=500))
    place = Place(page=1, box=(0.0, 342.0, 400.0, 842.0))
    assert read(pdf_file([page])).notes == (SourceNote("unread-picture", Location(3, place=place), {"name": ""}),)


def test_figures_that_run_out_of_what_is_shown_are_not_read_short() -> None:
    page = PdfPage()
    page.text(72, 100, "全年收到申请 1514 件，已全部办结")
    page.text(500, 120, "27")
    page.operators.append("q 0 0 520 842 re W n")
    page.text(505, 140, "151")
    page.text(509.5, 160, "1514")
    page.operators.append("Q")
    document = read(pdf_file([page]))
    assert texts(document) == ["全年收到申请1514件，已全部办结", "27", "15\ufffd", "1\ufffd"]
    assert [(note.kind, note.facts) for note in document.notes] == [("undecodable", {"count": 2})]


def test_what_is_clipped_away_is_not_read() -> None:
    page = PdfPage()
    page.operators.append("q 0 500 595 342 re W n")
    page.text(72, 100, "看得见")
    page.text(72, 400, "看不见")
    for top in (300, 320, 360):
        page.line(72, top, 272, top)
    for left in (72, 172, 272):
        page.line(left, 300, left, 360)
    page.operators.append("Q")
    page.text(80, 305, "甲")
    page.text(180, 325, "乙")
    page.text(72, 400, "在同一处")
    document = read(pdf_file([page]))
    assert document.lines == ("看得见", "甲\t", "\t乙", "在同一处")


def test_a_file_that_had_to_be_repaired_is_noted() -> None:
    document = read(pdf_file([page_of("正文")]).replace(b"startxref", b"startxxxx"))
    assert texts(document) == ["正文"]
    assert document.notes == (SourceNote("repaired-file", Location(1, place=Place(page=1)), {"page": 1}),)


@pytest.mark.parametrize("picture", [scanned(PdfPage()), scanned(page_of("- 2 -"))])
def test_a_table_that_may_stand_on_a_scanned_page_is_not_called_missing(picture: PdfPage) -> None:
    before = page_of("临溪县财政局2023年政府信息公开工作年度报告", "四、政府信息公开行政复议、行政诉讼情况")
    after = page_of("五、存在的主要问题及改进情况", "六、其他需要报告的事项")
    report = recognised(pdf_file([before, picture, after]))
    assert ("pictured-table", "表四") in {(note.kind, note.facts.get("table")) for note in report.notes}
    missing = [f for f in audit("report.pdf", report, RULES.rules, {}).findings if f.rule == "missing-table"]
    assert [f.address for f in missing if f.address.startswith("表四")] == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_file([scanned(PdfPage())]), "没有文字"),
        (pdf_file([PdfPage()]), "没有文字"),
        (b"%PDF-1.7\n", "已损坏"),
        (pdf_file([page_of("正文")])[:300], "已损坏"),
        (assembled([b"<< /Type /Catalog >>"]), "已损坏|没有文字"),
        (
            assembled(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R >>",
                 b"<< /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >>"],
                "/Encrypt 4 0 R /ID [<00><00>]",
            ),
            "打开密码",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(data)
