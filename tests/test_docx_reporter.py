"""The sheet for signature: one a report, complete, with a place to sign, and a file that Word's rules admit."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from gip_lint.finding import Compared, Run, Words
from gip_lint.reporters.docx import report
from paper_runs import a_run, hostile_run, request, suppressed, unbalanced
from results import audit, finding, run, unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(made: Run, language: str = "zh") -> dict[str, etree._Element]:
    with ZipFile(BytesIO(report(request(made, language)))) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def body(made: Run, language: str = "zh") -> etree._Element:
    found = parts(made, language)["word/document.xml"].find(f"{_W}body")
    assert found is not None
    return found


def text(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{_W}t"))


def paragraphs(element: etree._Element) -> list[str]:
    """The paragraphs outside tables that say something."""
    return [words for part in element.iterchildren(f"{_W}p") if (words := text(part))]


def tables(element: etree._Element) -> list[list[list[str]]]:
    return [
        [[text(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
        for table in element.iterchildren(f"{_W}tbl")
    ]


SIGNATURES = [
    ["单位反馈意见", ""],
    ["核查人（签字）", "", "复核人（签字）", "", "日期", "　　年　　月　　日"],
]
HEAD = ["序号", "级别", "核查事项", "核查意见", "位置", "报告数", "核算数", "差额", "建议", "依据"]


def test_a_sheet_is_complete() -> None:
    sheet = body(run(audit(unbalanced())))
    assert paragraphs(sheet) == [
        "政府信息公开工作年度报告核查意见表",
        "单位：临江县教育局　　年度：2023　　格式版本：2021　　文件：年报.txt",
        "错误 1。勾稽关系 50 项：一致 50，不一致 0，未核验 0。",
    ]
    assert tables(sheet) == [
        [
            HEAD,
            [
                "1", "错误", "申请收支不平衡", "自然人：6 ≠ 5，相差 1",
                "表三/四、结转下年度继续办理/自然人；第 12 行第 3 列", "5", "6", "1",
                "表三/四、结转下年度继续办理/自然人现为 1，改为 2 则本表各项勾稽关系全部成立",
                "国办公开办函〔2021〕30号附件表三注",
            ],
        ],
        SIGNATURES,
    ]  # fmt: skip


def test_every_report_has_its_own_page_and_place_to_sign() -> None:
    sheet = body(a_run())
    assert [text(p) for p in sheet.iterchildren(f"{_W}p") if p.find(f".//{_W}pageBreakBefore") is not None] == [
        "政府信息公开工作年度报告核查意见表",
        "政府信息公开工作年度报告核查意见表",
        "未审核的文件",
        "本次核查自身的问题",
    ]
    assert [len(table) for table in tables(sheet)] == [4, 2, 2, 2, 2]
    assert tables(sheet).count(SIGNATURES) == 3
    assert paragraphs(sheet)[-4:] == ["未审核的文件", "通知.txt　不是年报", "本次核查自身的问题", "规则文件有误"]


def test_what_was_not_evaluated_is_on_the_sheet() -> None:
    assert paragraphs(body(a_run()))[2:4] == [
        "错误 1，警告 1。勾稽关系 50 项：一致 48，不一致 1，未核验 1（空白 1）。",
        "未核验事项：空白 1：表四/行政复议",
    ]


def test_a_report_without_findings_says_so_and_can_be_signed() -> None:
    sheet = body(run(audit()))
    assert paragraphs(sheet)[-1] == "未发现问题。勾稽关系 50 项：一致 50，不一致 0，未核验 0。"
    assert tables(sheet) == [SIGNATURES]


def test_a_finding_that_does_not_count_says_why() -> None:
    sheet = body(run(suppressed()))
    assert tables(sheet)[0][1][3] == "自然人：6 ≠ 5，相差 1；基线中已有，不计入"
    assert paragraphs(sheet)[-1].startswith("除例外和基线外，未发现问题")


def test_a_file_that_could_not_be_read_claims_nothing() -> None:
    sheet = body(run(unreadable()))
    assert paragraphs(sheet)[1:] == ["单位：机关名称不明　　文件：空.txt", "文件读不出来，没有核验任何内容"]
    assert tables(sheet)[0][1][3] == "文件是空的"


def test_amounts_are_written_in_plain_digits() -> None:
    made = run(audit(unbalanced(compared=Compared(Decimal("1E+3"), Decimal("0.0000001")))))
    assert tables(body(made))[0][1][5:8] == ["1000", "0.0000001", "999.9999999"]


def test_the_header_is_repeated_and_no_row_is_divided() -> None:
    (table, _) = body(run(audit(unbalanced(), finding()))).iterchildren(f"{_W}tbl")
    rows = list(table.iter(f"{_W}tr"))
    assert [row.find(f".//{_W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f".//{_W}cantSplit") is not None for row in rows)


def test_the_place_to_sign_never_stands_alone_on_a_page() -> None:
    sheet = list(body(run(audit(unbalanced()))))
    signatures = max(place for place, part in enumerate(sheet) if part.tag == f"{_W}tbl")
    above = sheet[signatures - 1]
    assert text(above).startswith("错误 1")
    assert above.find(f".//{_W}keepNext") is not None


def test_paper_and_fonts() -> None:
    found = parts(run(audit(unbalanced())))
    size = found["word/document.xml"].find(f".//{_W}pgSz")
    assert size is not None
    assert [size.get(f"{_W}{name}") for name in ("w", "h", "orient")] == ["16838", "11906", "landscape"]
    table = found["word/document.xml"].find(f".//{_W}tbl")
    assert table is not None
    widths = [int(str(column.get(f"{_W}w"))) for column in table.iter(f"{_W}gridCol")]
    assert sum(widths) == 16838 - 2 * 1134
    used = {str(fonts.get(f"{_W}eastAsia")) for fonts in found["word/document.xml"].iter(f"{_W}rFonts")}
    others = {font.get(f"{_W}name"): font[0].get(f"{_W}val") for font in found["word/fontTable.xml"]}
    assert used == {"仿宋", "宋体"}
    assert all(others[font] for font in used)


def test_every_part_is_declared_and_related() -> None:
    found = parts(a_run())
    declared = {part.get("PartName") for part in found["[Content_Types].xml"] if part.get("PartName")}
    assert declared == {f"/{name}" for name in found if name.startswith("word/") and not name.endswith(".rels")}
    targets = {str(relation.get("Target")) for relation in found["word/_rels/document.xml.rels"]}
    assert {f"/word/{target}" for target in targets} | {"/word/document.xml"} == declared
    assert [field.get(f"{_W}instr") for field in found["word/footer.xml"].iter(f"{_W}fldSimple")] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_a_strangers_text_stays_text(tmp_path: Path) -> None:
    sheet = body(hostile_run(tmp_path))
    assert paragraphs(sheet)[1].startswith("单位：<script>alert(1)</script>县教育局　　年度：2023")
    assert {etree.QName(element).namespace for element in sheet.iter()} == {_W[1:-1]}


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    made = run(audit(finding(message=Words("\x00甲\x1b\ud800\uffff", ""))))
    assert tables(body(made))[0][1][3] == "\ufffd甲\ufffd\ufffd\ufffd"


def test_a_very_long_sentence_is_there_in_full() -> None:
    long = "请核对第三项与第四项之和，" * 3000
    assert tables(body(run(audit(finding(message=Words(long, ""))))))[0][1][3] == long


def test_english() -> None:
    sheet = body(a_run(), "en")
    assert paragraphs(sheet)[1] == "Unit: 临江县教育局　　Year: 2023　　Edition: 2021　　File: 年报.txt"
    assert tables(sheet)[1][1][0] == "Checked by (signature)"


def test_a_run_without_reports_says_so() -> None:
    assert paragraphs(body(run())) == ["政府信息公开工作年度报告核查意见表", "没有审核任何报告"]


def test_two_runs_make_the_same_bytes() -> None:
    assert report(request(a_run())) == report(request(a_run()))
