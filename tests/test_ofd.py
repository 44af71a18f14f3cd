"""OFD files: a report reads back equal however it was written; what cannot be read is said."""

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
from gip_lint.readers.ofd import drawing as ofd_drawing
from gip_lint.readers.ofd import package as ofd_package
from gip_lint.readers.ofd.drawing import Budget, drawn_page
from gip_lint.readers.ofd.package import OfdPackage
from gip_lint.readers.pages.page import Page
from gip_lint.recognition import Recogniser
from ofd_file import OfdPage, document_xml, entry, layer, ofd_file, package, page_xml
from ofd_rendition import ofd_of
from pdf_rendition import Ruled, Style

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
POINTS = 72 / 25.4


def recognised(data: bytes) -> AnnualReport:
    return RECOGNISER.recognise(read_document(data, "report.ofd"))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def drawn(*objects: str, common: str = "", more: dict[str, str] | None = None, before: str = "") -> Page:
    """The only page of a file with these objects on it."""
    data = ofd_file([page_xml(layer(*objects), before)], common, more)
    (document,) = OfdPackage(data).documents()
    (page,) = document.pages()
    return drawn_page(1, page, document, Budget())


def in_millimetres(page: Page) -> list[tuple[str, float, float, float, float]]:
    return [
        (
            glyph.text,
            round(glyph.left / POINTS, 3),
            round(glyph.top / POINTS, 3),
            round(glyph.right / POINTS, 3),
            round(glyph.bottom / POINTS, 3),
        )
        for glyph in page.glyphs
    ]


def strokes_in_millimetres(page: Page) -> list[tuple[float, ...]]:
    return [tuple(round(side / POINTS, 3) for side in stroke) for stroke in page.strokes]


def text(content: str, *, x: str = "0", y: str = "10", attributes: str = "", code: str = "") -> str:
    boundary = "" if "Boundary" in attributes else 'Boundary="20 30 100 20"'
    return (
        f'<ofd:TextObject ID="5" {boundary} Font="1" Size="10" {attributes}>'
        f'<ofd:TextCode X="{x}" Y="{y}" {code}>{content}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, attributes: str = "", boundary: str = "0 0 210 297") -> str:
    return (
        f'<ofd:PathObject ID="6" Boundary="{boundary}" {attributes}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_document(data, "a.ofd")
    return error.value.zh


# --- whole reports -------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_a_report_reads_back_equal_however_it_is_written(seed: int) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    report = recognised(ofd_of(draft, Style.any(rng), rng))
    read_back = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read_back == [(State.NUMBER, figure) for figure in draft.figures().values()]
    found = audit("report.ofd", report, RULES.rules, {}).findings
    assert [f"{f.rule}: {f.message.zh}" for f in found if f.severity is not Severity.INFO] == []
    prose = [text for section in draft.sections for text in (*section.before, *section.after)]
    assert [paragraph.text for section in report.sections for paragraph in section.paragraphs] == prose


def test_every_fault_is_found_and_nothing_else() -> None:
    missed, false = [], []
    made = list(faulty_samples(1, 6))
    for sample in made:
        rng = random.Random(sample.name)
        report = recognised(ofd_of(sample.draft, Style(ruled=rng.choice(list(Ruled))), rng))
        found = audit("report.ofd", report, RULES.rules, {}).findings
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


def test_a_cell_knows_its_page_and_its_place_there() -> None:
    page = OfdPage()
    for left, content in ((72, "甲"), (172, "12")):
        page.rectangle(left, 100, left + 100, 130)
        page.text(left + 10, 110, content)
    document = read_document(ofd_file([page.written()]), "a.ofd")
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    places = [place for _, place in document.places[1]]
    assert [place._replace(box=None) for place in places] == [Place(page=1), Place(page=1)]
    assert [tuple(round(side) for side in place.box or ()) for place in places] == [
        (72, 100, 172, 130),
        (172, 100, 272, 130),
    ]


# --- characters ----------------------------------------------------------------------------------------------------


def test_characters_stand_where_the_deltas_put_them() -> None:
    assert in_millimetres(drawn(text("总计12", x="2", code='DeltaX="12 g 2 6"'))) == [
        ("总", 22, 31.4, 32, 41.4),
        ("计", 34, 31.4, 40, 41.4),
        ("1", 40, 31.4, 45, 41.4),
        ("2", 46, 31.4, 51, 41.4),
    ]


def test_missing_deltas_are_the_width_of_the_characters() -> None:
    assert [box[1] for box in in_millimetres(drawn(text("总1计")))] == [20, 30, 35]
    assert [box[1] for box in in_millimetres(drawn(text("总计数", code='DeltaX="11"')))] == [20, 31, 41]


def test_characters_below_one_another() -> None:
    boxes = in_millimetres(drawn(text("办理", code='DeltaY="12"')))
    assert [(box[1], box[4]) for box in boxes] == [(20, 41.4), (20, 53.4)]


def test_characters_follow_one_another_in_the_direction_of_reading() -> None:
    down = text("办理").replace("<ofd:TextObject ", '<ofd:TextObject ReadDirection="90" ')
    assert [(box[1], box[4]) for box in in_millimetres(drawn(down))] == [(20, 41.4), (20, 51.4)]


def test_line_breaks_around_the_text_are_no_characters() -> None:
    broken = text("总计", code='DeltaX="12"').replace(">总计<", ">\n      总计\n    <")
    assert [(box[0], box[1]) for box in in_millimetres(drawn(broken))] == [("总", 20), ("计", 32)]


def test_codes_of_one_object_go_on_from_one_another() -> None:
    codes = '<ofd:TextCode X="0" Y="5">甲</ofd:TextCode><ofd:TextCode X="20">乙</ofd:TextCode>'
    data = f'<ofd:TextObject ID="1" Boundary="1 1 50 20" Size="4">{codes}</ofd:TextObject>'
    assert [(box[0], box[1], round(box[4] - 4 * 0.14, 3)) for box in in_millimetres(drawn(data))] == [
        ("甲", 1, 6),
        ("乙", 21, 6),
    ]


def test_a_matrix_scales_and_turns() -> None:
    scaled = drawn(text("甲", attributes='CTM="2 0 0 2 3 4"', y="5"))
    assert in_millimetres(scaled) == [("甲", 23, 26.8, 43, 46.8)]
    turned = drawn(text("甲乙", attributes='CTM="0 1 -1 0 50 0"', code='DeltaX="10"'))
    assert [(glyph.upright, round(glyph.top / POINTS)) for glyph in turned.glyphs] == [(True, 30), (True, 40)]
    slanted = drawn(text("甲", attributes='CTM="0.7 0.7 -0.7 0.7 0 0"'))
    assert [glyph.upright for glyph in slanted.glyphs] == [False]


def test_what_cannot_be_seen_is_not_read() -> None:
    page = drawn(
        text("甲", attributes='Visible="false"'),
        text("乙", attributes='Alpha="0"'),
        text("丙", attributes='Boundary="500 10 50 10"'),
        text("丁 \n"),
        text("戊", attributes='CTM="0.001 0 0 0.001 0 0"'),
        text("己", attributes='CTM="0 0 0 0 0 0"'),
    )
    assert [glyph.text for glyph in page.glyphs] == ["丁"]


def test_characters_without_a_code_are_said() -> None:
    few = ofd_file([page_xml(layer(text("总计数量" * 3 + "¤")))])
    assert [(note.kind, note.facts) for note in read_document(few, "a.ofd").notes] == [("undecodable", {"count": 1})]
    many = ofd_file([page_xml(layer(text("总\ue001¤")))])
    assert refusal(many).startswith("字体没有文字编码，读出的是乱码")


def test_the_page_begins_where_its_box_begins() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>10 20 100 200</ofd:PhysicalBox></ofd:Area>"
    page = drawn(text("甲"), before=area)
    assert (round(page.width / POINTS), round(page.height / POINTS)) == (100, 200)
    assert in_millimetres(page) == [("甲", 10, 11.4, 20, 21.4)]


# --- lines ---------------------------------------------------------------------------------------------------------


def test_paths_are_lines() -> None:
    page = drawn(
        path("M 10 10 L 60 10 M 10 20 L 10 50", 'LineWidth="0.2"'),
        path("S 10 60 L 60 60 L 60 90 L 10 90 C"),
        path("M 10 100 L 60 100 L 60 101 L 10 101 C", 'Stroke="false" Fill="true"'),
        path("M 1 1 L 9 9", 'Stroke="false"'),
        path("M 0 0 L 30 0", 'CTM="2 0 0 2 5 5"', boundary="10 200 100 50"),
    )
    assert strokes_in_millimetres(page) == [
        (9.9, 10, 60.1, 10),  # half the width of the line further, so that lines meet in corners
        (10, 19.9, 10, 50.1),
        (10, 60, 60, 60),
        (60, 60, 60, 90),
        (60, 90, 10, 90),
        (10, 90, 10, 60),
        (10, 100.5, 60, 100.5),
        (14.647, 205, 75.353, 205),
    ]


def test_filled_rectangles_are_areas() -> None:
    page = drawn(path("M 10 60 L 60 60 L 60 90 L 10 90 C", 'Stroke="false" Fill="true"'))
    assert page.strokes == ()
    assert [tuple(round(side / POINTS) for side in area) for area in page.areas] == [(10, 60, 60, 90)]


def test_lines_end_at_the_boundary_of_their_object() -> None:
    page = drawn(path("M 0 10 L 0 90", 'LineWidth="0"', boundary="50 60 20 30"))
    hanging = round(1 / POINTS, 3)
    assert strokes_in_millimetres(page) == [(50, 70, 50, 90 + hanging)]
    assert drawn(path("M 0 50 L 90 50", boundary="50 60 20 30")).strokes == ()


@pytest.mark.parametrize(
    "data", ["", "M", "L 1", "M 1 1 X 2 L", "C C C", "M 1e999 nan L 5 5 -", "1 2 3", "M 1,1 L 5,5 ;"]
)
def test_damaged_paths_draw_nothing_strange(data: str) -> None:
    page = drawn(path(data))
    assert all(abs(side) < 2e6 for stroke in page.strokes for side in stroke)


# --- parts ---------------------------------------------------------------------------------------------------------

TEMPLATES = '<ofd:TemplatePage ID="40" BaseLoc="Tpls/Tpl_0.xml"/>'


def test_templates_are_drawn_with_the_page() -> None:
    template = {"Doc_0/Tpls/Tpl_0.xml": page_xml(layer(text("甲"), path("M 10 10 L 60 10")))}
    page = drawn(text("乙"), common=TEMPLATES, more=template, before='<ofd:Template TemplateID="40"/>')
    assert [glyph.text for glyph in page.glyphs] == ["甲", "乙"]
    assert len(page.strokes) == 1
    front = '<ofd:Template TemplateID="40" ZOrder="Foreground"/>'
    page = drawn(text("乙"), common=TEMPLATES, more=template, before=front)
    assert [glyph.text for glyph in page.glyphs] == ["乙", "甲"]


def unit(identity: int, *objects: str) -> str:
    content = "".join(objects)
    return (
        f'<ofd:CompositeGraphicUnit ID="{identity}" Width="50" Height="50"><ofd:Content>{content}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
    )


def resources(*units: str) -> dict[str, str]:
    return {
        "Doc_0/Res.xml": f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CompositeGraphicUnits>{"".join(units)}'
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    }


RESOURCES = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"


def composite(identity: int, boundary: str = "100 100 50 50") -> str:
    return f'<ofd:CompositeObject ID="30" Boundary="{boundary}" CTM="0.5 0 0 0.5 0 0" ResourceID="{identity}"/>'


def test_shared_drawings_are_drawn_in_their_place() -> None:
    page = drawn(composite(70), common=RESOURCES, more=resources(unit(70, text("甲"), path("M 0 0 L 20 0"))))
    assert in_millimetres(page) == [("甲", 110, 115.7, 115, 120.7)]
    assert strokes_in_millimetres(page) == [(99.912, 100, 110.088, 100)]


def test_drawings_of_the_page_alone_are_found() -> None:
    own = {"Doc_0/Pages/Page_0/Own.xml": resources(unit(70, text("甲")))["Doc_0/Res.xml"]}
    page = drawn(composite(70), more=own, before="<ofd:PageRes>Own.xml</ofd:PageRes>")
    assert [glyph.text for glyph in page.glyphs] == ["甲"]


def test_a_drawing_within_itself_ends() -> None:
    more = resources(unit(70, text("甲"), composite(71)), unit(71, composite(70)))
    page = drawn(composite(70), common=RESOURCES, more=more)
    assert [glyph.text for glyph in page.glyphs] == ["甲"] * 4


def test_drawings_that_multiply_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_drawing, "MAX_OBJECTS", 5000)
    more = resources(unit(70, *[composite(70)] * 10))
    data = ofd_file([page_xml(layer(composite(70)))], RESOURCES, more)
    assert refusal(data) == "OFD 内容过多，不是年度报告，未读取"


def test_characters_and_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_drawing, "MAX_GLYPHS", 10)
    assert refusal(ofd_file([page_xml(layer(text("甲" * 11)))])) == "OFD 内容过多，不是年度报告，未读取"
    monkeypatch.setattr(ofd_package, "MAX_PAGES", 2)
    assert refusal(ofd_file([page_xml(layer(text("甲")))] * 3)) == "有 3 页，不是年度报告，未读取"


def test_runs_of_deltas_are_bounded() -> None:
    page = drawn(text("甲乙", code='DeltaX="g 999999999 5 g 999999999 5"'))
    assert [glyph.text for glyph in page.glyphs] == ["甲", "乙"]


@pytest.mark.parametrize(
    "location",
    [
        "Pages/P.xml",
        "/Doc_0/Pages/P.xml",
        "./Pages/../Pages/P.xml",
        "pages/p.XML",
        "Pages\\P.xml",
        "../../Doc_0/Pages/P.xml",
    ],
)
def test_locations_lead_to_parts(location: str) -> None:
    parts = {
        "OFD.xml": entry("/Doc_0/Document.xml"),
        "Doc_0/Document.xml": document_xml([location]),
        "Doc_0/Pages/P.xml": page_xml(layer(text("甲"))),
    }
    assert texts(read_document(package(parts), "a.ofd")) == ["甲"]


@pytest.mark.parametrize("location", ["../../../etc/hostname", "/etc/hostname", "file:///etc/hostname", ""])
def test_locations_never_lead_out_of_the_package(location: str) -> None:
    parts = {"OFD.xml": entry(), "Doc_0/Document.xml": document_xml([location])}
    assert refusal(package(parts)).startswith(("文件不完整：缺少 ", "文件已损坏或不完整"))


def test_the_current_version_is_read() -> None:
    version = '<ofd:DocVersion xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot>'
    versions = (
        '<ofd:Versions><ofd:Version ID="1" BaseLoc="Old.xml" Current="false"/>'
        '<ofd:Version ID="2" BaseLoc="New.xml" Current="true"/></ofd:Versions>'
    )
    parts = {"OFD.xml": entry(more=versions), "New.xml": f"{version}</ofd:DocVersion>"}
    for number, words in enumerate(("旧", "新")):
        parts[f"Doc_{number}/Document.xml"] = document_xml(["P.xml"])
        parts[f"Doc_{number}/P.xml"] = page_xml(layer(text(words)))
    assert texts(read_document(package(parts), "a.ofd")) == ["新"]


def test_all_documents_are_read() -> None:
    more = "</ofd:DocBody><ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>"
    parts = {"OFD.xml": entry(more=more)}
    for number, words in enumerate(("甲", "乙")):
        parts[f"Doc_{number}/Document.xml"] = document_xml(["P.xml"])
        parts[f"Doc_{number}/P.xml"] = page_xml(layer(text(words)))
    document = read_document(package(parts), "a.ofd")
    assert [place.page for places in document.places.values() for _, place in places] == [1, 2]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Doc_0/Document.xml": None}, "文件不完整：缺少 Doc_0/Document.xml"),
        ({"Doc_0/Pages/Page_0/Content.xml": None}, "文件不完整：缺少 Doc_0/Pages/Page_0/Content.xml"),
        ({"Doc_0/Document.xml": document_xml([])}, "没有文字，可能是扫描件；请用文字版，或先作文字识别"),
        ({"Doc_0/Document.xml": "<broken"}, "文件已损坏或不完整"),
        ({"Encryptions.xml": "<a/>"}, "文件已加密，请去掉密码后再检查"),
        (
            {"Doc_0/Pages/Page_0/Content.xml": page_xml(layer(text("甲")), '<ofd:Template TemplateID="9"/>')},
            "文件已损坏或不完整",
        ),
        ({"Doc_0/Pages/Page_0/Content.xml": page_xml(layer(composite(9)))}, "文件已损坏或不完整"),
    ],
)
def test_what_cannot_be_read_is_said(changes: dict[str, str | None], said: str) -> None:
    parts: dict[str, str | None] = {
        "OFD.xml": entry(),
        "Doc_0/Document.xml": document_xml(["Pages/Page_0/Content.xml"]),
        "Doc_0/Pages/Page_0/Content.xml": page_xml(layer(text("甲"))),
        **changes,
    }
    assert refusal(package({name: part for name, part in parts.items() if part is not None})) == said


IMAGE = '<ofd:ImageObject ID="8" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="3"/>'


def test_pictures_of_pages_are_no_reports() -> None:
    assert refusal(ofd_file([page_xml(layer(IMAGE))])) == "没有文字，可能是扫描件；请用文字版，或先作文字识别"
    data = ofd_file([page_xml(layer(text("总计数量"))), page_xml(layer(IMAGE, text("2")))])
    assert [(note.kind, note.facts) for note in read_document(data, "a.ofd").notes] == [
        ("page-without-text", {"page": 2})
    ]
