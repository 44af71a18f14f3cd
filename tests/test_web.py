"""Web pages: the article with its tables as a browser shows them, whatever surrounds it and whoever wrote the page."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from gip_lint.annual_report import State
from gip_lint.document import Document, Grid, GridCell, Location, Paragraph, Place, SourceNote
from gip_lint.engine import audit
from gip_lint.errors import UnreadableFile
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.readers.web import read
from gip_lint.recognition import Recogniser
from layouts import Layout
from samples import samples
from web_rendition import WEB_LAYOUTS

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
SENTENCE = "这里是正文的一句话，说明本年度开展的各项工作，内容充实，数据准确。"
PROSE = f"<p>{SENTENCE * 8}</p>"


def page(body: str, encoding: str = "utf-8", head: str = '<meta charset="utf-8">') -> Document:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding), "a.html")


def lines(body: str) -> list[str]:
    return list(page(body).lines)


def cells(table: str) -> list[list[tuple[str, int]]]:
    """Text and column of every cell of the only table."""
    (grid,) = (block for block in page(table).blocks if isinstance(block, Grid))
    return [[(cell.text, cell.offset) for cell in row] for row in grid.rows]


def texts(table: str) -> list[list[str]]:
    return [[text for text, _ in row] for row in cells(table)]


def refusal(body: str) -> str:
    with pytest.raises(UnreadableFile) as error:
        page(body)
    return error.value.zh


# --- text ------------------------------------------------------------------------------------------------------------


def test_a_page_is_paragraphs_and_grids_with_the_lines_of_the_source() -> None:
    data = "<h1>题</h1>\n<p\n class=a>一句\n话，<b>两</b>行。</p>\n<table>\n<tr><td>甲\n<td>1</table>".encode()
    assert read(data, "a.html") == Document(
        "a.html",
        (
            Paragraph("题", 1, 1),
            Paragraph("一句话，两行。", 2, 1),
            Grid(((GridCell("甲", 3, 1, 0), GridCell("1", 3, 3, 1)),), ruled=True),
        ),
        ("题", "一句话，两行。", "甲\t1"),
        (),
        {
            1: ((1, Place(1)),),
            2: ((1, Place(3)), (3, Place(4))),
            3: ((1, Place(6)), (3, Place(7))),
        },
    )


def test_lines_are_those_of_the_file_after_comments_scripts_and_another_encoding() -> None:
    body = f"<script>\n\n</script><p>甲</p><!--\n\n--><div>乙<!--\n-->丙</div>\r\n{PROSE}<p>丁<br>\n戊</p>"
    document = page(body, "gb18030")
    found = [(line, document.places[i][-1][1].line) for i, line in enumerate(document.lines, 1)]
    assert [place for place in found if len(place[0]) < 9] == [("甲", 3), ("乙丙", 6), ("丁", 7), ("戊", 8)]


def test_lines_after_a_table_and_a_script_are_those_of_the_file() -> None:
    markup = f"{PROSE}<table>\n<tr><td>甲\n<td>1<b\n></b>\n</tr>\n</table>\n乙<script>\n\n</script>\n丙<br>"
    places = page(markup).places.values()
    assert [[place.line for _, place in line] for line in places] == [[1], [2, 3], [7, 10]]
    places = page(f"{PROSE}<table><tr><td>甲<td>1</tr><!--\n\n--></table>\n乙<br>").places.values()
    assert [[place.line for _, place in line] for line in places] == [[1], [1, 1], [4]]
    places = page(f"{PROSE}<div><table><tr><td>甲\n<td>1\n</table>\n</div>\n乙<br>").places.values()
    assert [[place.line for _, place in line] for line in places] == [[1], [1, 2], [5]]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>共<span>20</span><span style='x'>23</span>年</p>", ["共2023年"]),
        ("<p>主动公开\n政府信息</p>", ["主动公开政府信息"]),
        ("<p>收到 5\n件，one\n two</p>", ["收到 5 件，one two"]),
        ("<p>甲&nbsp;&nbsp;乙\u200b丙&#8203;丁&shy;戊\ufeff</p>", ["甲 乙丙丁戊"]),
        ("甲<br><br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙<h2>丙</h2>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>&nbsp;</p><p>甲</p><p><o:p>&nbsp;</o:p></p>", ["甲"]),
        ("<p>旧<del>5</del><ins>6</ins>件</p>", ["旧6件"]),
        ("<p>10<sup>2</sup>件，面积5m<sup>2</sup></p>", ["10[2]件，面积5m2"]),
        ("<p><ruby>甲<rp>(</rp><rt>jia</rt></ruby></p>", ["甲"]),
        ("<p>金额<input value='12'><input type=hidden value='7'>元</p>", ["金额12元"]),
        ("<p>甲\ufdd0p3\ufdd2乙&#xFDD0;&#xfDd9;丙&#64976;&#065000;丁</p>", ["甲 p3 乙 丙 丁"]),
        ("<p><span style='display: block'>甲</span><span style='display:inline-block'>乙</span>丙</p>", ["甲", "乙丙"]),
    ],
)
def test_text_is_what_a_browser_shows(markup: str, shown: list[str]) -> None:
    assert lines(markup) == shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='color:red;DISPLAY : none'>丑</p>",
        "<p hidden>丑</p>",
        """<p title="<b>'1' > 0</b>" style="font-family:'宋体';display:none" style="color:red">丑</p>""",
        "<p style=display:none>丑</p><div style='visibility:hidden'>丑<!-- \n -->丑<p style='visibility:hidden'>丑</p></div>",
        "<span style='visibility:hidden'>丑</span>",
        "<script>丑</script><style>丑</style><noscript>丑</noscript><template>丑</template><!-- 丑 -->",
        "<![if !supportLists]><![endif]><?xml 丑 ?><title>丑</title><select><option>丑</select><svg><text>丑</text></svg>",
        "<div style='display:none'><table><tr><td>丑</td></tr></table></div>",
        "<!--[if gte mso 9]><xml><o:p>丑</o:p></xml><![endif]--><xml><o:p>丑</o:p></xml>",
    ],
)
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert lines(f"<p>甲</p>{hidden}<p>乙</p>") == ["甲", "乙"]


def test_a_style_that_only_speaks_of_hiding_hides_nothing() -> None:
    spoken_of = "<p style='color:red' style='display:none'>丙</p><p hidden style='display:block'>丁</p>"
    shown = f"<p style='display:block' title='hidden'>甲</p><p data-x='display:none'>乙</p>{spoken_of}"
    assert lines(shown) == ["甲", "乙", "丙", "丁"]


def test_a_comment_for_gip_lint_that_is_not_closed_swallows_nothing() -> None:
    assert lines("<p>甲</p><!-- gip-lint: 例外 blank-cell 理由：待补\n<p>乙</p>") == ["甲", "乙"]


def test_a_hidden_table_is_noted() -> None:
    document = page(f"{PROSE}<div style='display:none'><table><tr><td>甲{'乙' * 200}</td></tr></table></div>")
    place = Location(1, place=Place(1))
    assert document.notes == (SourceNote("hidden-part", place, {"name": "甲" + "乙" * 19}),)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1.甲", "2.乙"]),
        ("<ol start=3><li><p>甲</p><p>续</p><li value=9>乙<li>丙</ol>", ["3.甲", "续", "9.乙", "10.丙"]),
        ("<ol type=a><li>甲<li>乙</ol><ol type=I><li>丙<li>丁<li>戊<li>己</ol>", ["a.甲", "b.乙", "I.丙", "II.丁", "III.戊", "IV.己"]),
        ("<ol style='list-style-type:simp-chinese-informal'><li>甲<li value=12>乙<li value=20>丙</ol>", ["一、甲", "十二、乙", "二十、丙"]),
        ("<ol style='list-style: ;color:red'><li>甲</ol>", ["1.甲"]),
        ("<ol style='list-style: none inside'><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"]),
        ("<ol class='custom_cn2 list-paddingleft-1'><li>甲<li>乙</ol>", ["（一）甲", "（二）乙"]),
        ("<ol><li>1.甲<li>（二）乙<li>2023年</ol>", ["1.甲", "（二）乙", "3.2023年"]),
        ("<ol reversed><li>甲<li>乙<ol><li>丙</ol></ol>", ["2.甲", "1.乙", "1.丙"]),
    ],
)  # fmt: skip
def test_the_numbers_of_lists_appear(markup: str, shown: list[str]) -> None:
    assert lines(markup) == shown


def test_preformatted_text_is_read_as_a_text_file_is() -> None:
    document = page("\n<pre>\n二、情况\n行政许可\t5\n行政处罚\t6\n</pre><pre>总  计    7    8</pre>")
    assert document.blocks == (
        Paragraph("二、情况", 1, 1),
        Grid(
            (
                (GridCell("行政许可", 2, 1), GridCell("5", 2, 6)),
                (GridCell("行政处罚", 3, 1), GridCell("6", 3, 6)),
            ),
            ruled=True,
        ),
        Grid(
            (
                (
                    GridCell("总", 5, 1, 0),
                    GridCell("计", 5, 4, 4),
                    GridCell("7", 5, 9, 10),
                    GridCell("8", 5, 14, 15),
                ),
            ),
            ruled=False,
        ),
    )
    assert [document.places[line][0][1].line for line in (1, 2, 3)] == [3, 4, 5]


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td>丙<td>3<td>4",
            [[("甲", 0), ("乙", 1)], [("1", 1), ("2", 2)], [("丙", 0), ("3", 1), ("4", 2)]],
        ),
        (  # down to the end of the row group, no further
            "<tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3",
            [[("甲", 0), ("1", 1)], [("2", 1)], [("乙", 0), ("3", 1)]],
        ),
        (
            "<tbody><tr><td rowspan=99999999999>甲<td>1</tbody><tr><td>乙<td>2",
            [[("甲", 0), ("1", 1)], [("乙", 0), ("2", 1)]],
        ),
        (
            "<tr><td colspan=0>甲<td colspan=-3>乙<td colspan='2px'>丙<td colspan=99999>丁<td>戊",
            [[("甲", 0), ("乙", 1), ("丙", 2), ("丁", 4), ("戊", 1004)]],
        ),
        (
            "<tr><td rowspan='x' colspan=''>甲<td rowspan=' +2 '>乙<tr><td>丙<td>丁",
            [[("甲", 0), ("乙", 1)], [("丙", 0), ("丁", 2)]],
        ),
        (  # the second row's span runs into a cell that comes down from above: both stand there
            "<tr><td>甲<td>1<td rowspan=2>乙<tr><td colspan=3>丙<td>2",
            [[("甲", 0), ("1", 1), ("乙", 2)], [("丙", 0), ("2", 3)]],
        ),
        (
            "<tr><td>甲<td style='display:none'>丑<td>1<tr hidden><td>丑<td>丑<tr><td>乙<td style='visibility:hidden'>丑",
            [[("甲", 0), ("1", 1)], [("乙", 0), ("", 1)]],
        ),
        (
            "<tfoot><tr><td>总计<td>3<tbody><tr><td>甲<td>1<thead><tr><th>名<th>数<tbody><tr><td>乙<td>2",
            [[("名", 0), ("数", 1)], [("甲", 0), ("1", 1)], [("乙", 0), ("2", 1)], [("总计", 0), ("3", 1)]],
        ),
        (  # rows and row groups in cells
            "<tr><td>甲<td><div><tr><td>乙<td>1</tr></div></td></tr><tr><td>丙<td>2<thead><tr><th>名<th>数",
            [[("名", 0), ("数", 1)], [("甲", 0), ("", 1)], [("乙", 0), ("1", 1)], [("丙", 0), ("2", 1)]],
        ),
        (
            "<tr><td>甲<td><div><tr><td><td></tr></div></td></tr>",
            [[("甲", 0), ("", 1)], [("", 0), ("", 1)]],
        ),
        (  # tags in the wrong order, as editors leave them
            "<form><tr><td>甲<div><td>1</tr></form><td>乙<td>2",
            [[("甲", 0), ("1", 1)], [("乙", 0), ("2", 1)]],
        ),
    ],
)
def test_cells_stand_where_browsers_put_them(table: str, expected: list[list[tuple[str, int]]]) -> None:
    assert cells(f"<table>{table}</table>") == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&nbsp;", ""),
        ("&nbsp;&nbsp;\u3000 <br>", ""),
        ("\u200b", ""),
        ("<p><span><o:p>&nbsp;</o:p></span></p>", ""),
        ("0&nbsp;", "0"),
        ("<span>1</span><span><!-- x -->2</span>", "12"),
        ("本年<br>制发件数", "本年\n制发件数"),
        ("<p>本年</p>\n<div>制发件数</div>", "本年\n制发件数"),
        ("<ul><li>甲</ul>乙", "甲\n乙"),
        ("<table><tr><td>12</table>", "12"),
        ("\n   总\n 计 ", "总计"),
        ("<img src=a.png width=9 height=9>5", "5"),
        ("<a href='/x'>5</a>", "5"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
    ],
)
def test_the_text_of_a_cell(cell: str, text: str) -> None:
    assert texts(f"<table><tr><td>甲</td><td>{cell}</td></tr></table>") == [["甲", text]]


def test_text_between_the_cells_is_not_lost() -> None:
    document = page("<table><caption>题</caption>散<tr>落<td>甲<td>1</table>尾")
    assert document.lines == ("题", "散", "落", "甲\t1", "尾")
    assert lines("<table><tr><td>甲</td>散<td>1</td></tr>落</table>") == ["散", "落", "甲\t1"]


def test_a_table_that_lays_out_the_page_is_not_one() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    document = page(
        f"<table><tr><td>菜单<td><table><tr><td>前言</td></tr><tr><td>{inner}后记</td></tr></table></td></table>"
    )
    assert document.lines == ("菜单", "前言", "甲\t1", "乙\t2", "后记")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Grid, Paragraph]


def test_an_article_in_a_cell_is_no_table() -> None:
    assert lines(f"<table><tr><td>左</td><td><p>题</p>{PROSE}</td></tr></table>") == ["左", "题", SENTENCE * 8]


def test_cells_without_a_table_are_lines() -> None:
    assert lines("<tr><td>甲<td>1</tr><tr><td>乙") == ["甲", "1", "乙"]


# --- bytes -----------------------------------------------------------------------------------------------------------

META = '<meta charset="{}">'
HTTP_EQUIV = "<META http-equiv='Content-Type' content='text/html; charset={}'>"


@pytest.mark.parametrize(
    ("declared", "encoding", "noted"),
    [
        (META.format("utf-8"), "utf-8", None),
        ("", "utf-8", None),
        (META.format("utf-8"), "utf-8-sig", None),
        (META.format("gbk"), "utf-8-sig", None),
        (META.format("gb2312"), "gb18030", None),
        (HTTP_EQUIV.format("GBK"), "gb18030", None),
        (META.format("utf-8"), "gb18030", "GB18030"),
        ("", "gb18030", "GB18030"),
        (META.format("gb2312"), "utf-8", "UTF-8"),
        (META.format("iso-8859-1"), "gb18030", "GB18030"),
        (META.format("utf-8"), "utf-16", None),
        (META.format("big5"), "gb18030", "GB18030"),
    ],
)
def test_the_bytes_decide_on_the_encoding(declared: str, encoding: str, noted: str | None) -> None:
    document = page(f"{PROSE}<p>镕</p>", encoding, declared)
    assert document.lines == (SENTENCE * 8, "镕")
    facts = [note.facts for note in document.notes]
    assert facts == ([{"encoding": noted}] if noted else [])


def test_a_page_in_big5_is_read_as_declared() -> None:
    assert page("<p>政府資訊公開</p>", "big5", META.format("big5")).lines == ("政府資訊公開",)


def test_undecodable_bytes_count_in_the_article_only() -> None:
    markup = f"<ul><li><a href=/>栏?目</a></ul><p>共?件。</p>{PROSE}".encode()
    document = read(markup.replace(b"?", b"\xff"), "a.html")
    assert document.notes == (SourceNote("undecodable", Location(1, 2, 1, 2, Place(1)), {"count": 1}),)


def test_a_saved_archive_holds_its_page() -> None:
    html = f"<html><head>{META.format('utf-8')}</head><body><p>第1段=3</p>{PROSE}<table><tr><td>甲<td>5</table></body></html>"
    encoded = "".join(f"={octet:02X}" if octet > 126 or octet == 61 else chr(octet) for octet in html.encode("gb18030"))
    archive = (
        'From: <x>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; start="<r>"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <other>\r\n\r\n<p>another</p>\r\n"
        "--b\r\nContent-Type: text/html; charset=gb2312\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"\r\n{encoded}\r\n--b--\r\n"
    ).encode()
    document = read_document(archive, "a.mht")
    assert document.lines == ("第1段=3", SENTENCE * 8, "甲\t5")
    assert document.places == {
        1: ((1, Place(paragraph=1)),),
        2: ((1, Place(paragraph=2)),),
        3: ((1, Place(table=1, row=1, cell=1)), (3, Place(table=1, row=1, cell=2))),
    }
    with pytest.raises(UnreadableFile, match="没有网页"):
        read(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx", "a.mht")


def test_an_article_in_a_frame_is_read_from_a_saved_archive() -> None:
    parts = ("<h1>网站</h1><iframe src='cid:1'></iframe>", "<p>广告</p>", f"<p>题</p>{PROSE}")
    archive = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + "".join(
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{part}\n" for part in parts
    )
    assert read(f"{archive}--b--".encode(), "a.mht").lines == ("题", SENTENCE * 8)
    nested = b"".join(b'--%d\nContent-Type: multipart/related; boundary="%d"\n\n' % (n, n + 1) for n in range(3000))
    assert outcome(b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="0"\n\n' + nested) in (
        "网页存档（mht）已损坏",
        "网页存档（mht）里没有网页",
    )


# --- the article -----------------------------------------------------------------------------------------------------

LINKS = "<ul>" + "<li><a href='/x.html'>一个栏目的名称</a></li>" * 9 + "</ul>"
DATA = "<table>" + "<tr><td>行政许可<td>1<td>2<td>3</tr>" * 5 + "</table>"
ROWS = ["行政许可\t1\t2\t3"] * 5


def test_navigation_related_links_and_footer_are_left_out() -> None:
    body = (
        f"<div class=nav>{LINKS}</div><div>当前位置：<a href=/>首页</a> &gt; 年报</div><div class=t><h1>题</h1></div>"
        f"<div id=zoom><p>一、总体情况</p>{PROSE}{DATA}<p>六、其他</p><p>无。</p><p>某某局</p><p>2024年1月5日</p></div>"
        f"<div>上一篇：<a href=/1>关于某事的通知</a></div>{LINKS}<div class='page-footer'><p>主办：某某局。</p></div>"
    )
    assert lines(body) == [
        "当前位置：首页 > 年报", "题", "一、总体情况", SENTENCE * 8, *ROWS, "六、其他", "无。", "某某局", "2024年1月5日",
    ]  # fmt: skip


def test_an_article_that_falls_out_of_its_box_is_kept_whole() -> None:
    body = f"<div class=main><div id=zoom><p>一、情况</p>{PROSE}</div></div>{DATA}<p>六、其他</p><p>无。</p>{LINKS}"
    assert lines(body) == ["一、情况", SENTENCE * 8, *ROWS, "六、其他", "无。"]


def test_links_between_the_parts_of_an_article_do_not_cut_it() -> None:
    assert lines(f"{PROSE}<div>{LINKS * 9}</div>{DATA}") == [SENTENCE * 8, *ROWS]


def test_links_before_the_end_of_an_article_do_not_cut_it_off() -> None:
    body = f"<div class=nav>{LINKS}</div><div id=zoom>{PROSE}{DATA}<div>{LINKS}</div><p>六、其他</p><p>未收费。</p></div>{LINKS}"
    assert lines(body) == [SENTENCE * 8, *ROWS, "六、其他", "未收费。"]


def test_sentences_of_the_footer_are_none_of_the_article() -> None:
    footer = "<div id='foot'><p>本站由某某局主办。</p></div>"
    assert lines(f"{PROSE}<p>某某局</p>{footer}<p>打印</p>") == [SENTENCE * 8, "某某局"]
    below = "<tr><td class=copyright><p>本站由某某局主办。</p>"
    assert lines(f"<table><tr><td>{PROSE}<p>某某局</p>{below}</table>") == [SENTENCE * 8, "某某局"]
    whole = f"<div class=footer>{PROSE * 2}</div>"  # a name is not trusted against what stands there
    assert lines(whole) == [SENTENCE * 8] * 2


def test_the_register_of_a_page_is_read_as_names_with_values() -> None:
    register = (
        "<table><tr><td>索 引 号：<td>0001/2024<td>发布日期<td>2024-01-20<tr><td>标题<td colspan=3>某局年报</table>"
    )
    assert lines(f"{register}<div>{PROSE}</div>") == [
        "索引号：0001/2024",
        "发布日期：2024-01-20",
        "标题：某局年报",
        SENTENCE * 8,
    ]


def test_a_page_without_anything_like_an_article_is_kept_whole() -> None:
    assert lines(f"{LINKS}<p>甲</p>") == ["一个栏目的名称"] * 9 + ["甲"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<iframe src='/content/123.html?x=1'></iframe><p>首页</p>", "正文在嵌入的另一个页面或阅读器里（123.html），请打开它另存后核验"),
        ("<frameset><frame src='a.htm'></frameset>", "正文在嵌入的另一个页面或阅读器里（a.htm），请打开它另存后核验"),
        ("<embed src='report.pdf' type='application/pdf'>", "正文在嵌入的另一个页面或阅读器里（report.pdf），请打开它另存后核验"),
        ("<h1>年度报告</h1><a href='/a/年报.PDF?v=1'>2023年年报</a>", "正文不在网页里，在附件里（2023年年报），请下载后核验"),
        ("<img src=1.jpg><img src=2.jpg>", "网页的正文是图片，没有文字，请用有文字的版本核验"),
        ("<div id=app></div><script src=app.js></script>", "网页里没有文字，多半由脚本载入，请在浏览器里打开后另存"),
    ],
)  # fmt: skip
def test_a_page_that_only_leads_to_the_report_is_unreadable(body: str, words: str) -> None:
    assert refusal(body) == words


@pytest.mark.parametrize("style", ["display:none", "visibility: hidden; opacity: 0"])
def test_an_article_that_a_script_will_show_is_read(style: str) -> None:
    assert lines(f"<p>请稍候</p><div style='{style}'>{DATA}{PROSE}</div>") == ["请稍候", *ROWS, SENTENCE * 8]


def test_tables_of_contents_are_links() -> None:
    contents = "".join(
        f"<p class=MsoToc1><a href='#_Toc{n}'>{n}、某某情况<span>..</span>{n}</a></p>" for n in "一二三四"
    )
    assert lines(f"<p>题</p>{contents}<p><a href='#_Toc一'>一</a>、某某情况</p>{PROSE}") == [
        "题",
        "一、某某情况",
        SENTENCE * 8,
    ]


def test_what_converters_left_is_noted() -> None:
    assert page("<p>甲</p><p>乙[bookmark: _GoBack]</p>").notes == (
        SourceNote("conversion-mark", Location(2, 2, 2, 20, Place(1)), {"mark": "[bookmark: _GoBack]"}),
    )


def test_what_cannot_be_read_in_an_article_is_noted() -> None:
    body = (
        f"{PROSE}<p><img src='/i/1.png' alt='图解'><img src=icon.gif width=16 height=16></p>"
        f"<iframe src=/t.html></iframe><iframe src=x width=0></iframe><a href=b.xlsx>附表</a>{PROSE}"
    )
    where = Location(1, place=Place(1))
    assert page(body).notes == (
        SourceNote("unread-picture", where, {"name": "“图解”"}),
        SourceNote("unread-part", where, {"part": "嵌入的另一个页面或阅读器（t.html）", "part_en": "an embedded page or viewer (t.html)"}),
        SourceNote("unread-part", where, {"part": "附件（附表）", "part_en": "an attached file (附表)"}),
    )  # fmt: skip


def test_tables_that_are_pictures_are_not_missing() -> None:
    draft = clean_draft(random.Random(4), year=2023)
    text = "".join(
        f"<h2>{section.heading}</h2>" + "".join(f"<p>{t}</p>" for t in section.before) + ("<img src=t.png>" if section.table else "")
        for section in draft.sections
    )  # fmt: skip
    report = RECOGNISER.recognise(page(f"<h1>{''.join(draft.title)}</h1>{text}"))
    found = audit("a.html", report, RULES.rules, {}).findings
    assert (
        sorted((f.rule, f.severity.value) for f in found)
        == [("ragged-row", "warning")] * 3 + [("unread-part", "info")] * 3
    )


# --- whole reports ---------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), layout=st.sampled_from(WEB_LAYOUTS))
def test_a_report_reads_back_equal_from_any_page(seed: int, layout: Layout) -> None:
    rng = random.Random(seed)
    draft = clean_draft(rng)
    assert layout.write is not None
    report = RECOGNISER.recognise(read_document(layout.write(draft, rng), "report.html"))
    read_figures = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read_figures == [(State.NUMBER, figure) for figure in draft.figures().values()]
    assert report.title.text == "".join(draft.title)
    assert [section.heading for section in report.sections] == [section.heading for section in draft.sections]
    assert tuple(p.text for p in report.signature) == draft.signature
    found = {finding.rule for finding in audit("report.html", report, RULES.rules, {}).findings}
    assert found <= {"text-encoding"}


def test_faults_are_found_in_pages_and_nothing_else() -> None:
    missed, false = [], []
    made = samples(160, 3, None, None, "some", "html")
    for sample in made:
        report = RECOGNISER.recognise(read_document(sample.octets, sample.name))
        found = audit(sample.name, report, RULES.rules, {}).findings
        if sample.fault is not None and not {finding.rule for finding in found} & sample.expected:
            missed.append(sample.label)
        false += [
            f"{sample.label}: {finding.rule}"
            for finding in found
            if finding.rule not in sample.allowed and finding.severity.value != "info"
        ]
    assert (len(made), missed, false) == (160, [], [])


# --- what is meant to break a reader ---------------------------------------------------------------------------------

BOMBS = {
    "deep": "<div>" * 50_000 + "深" + "</div>" * 50_000,
    "deep-tables": "<table><tr><td>" * 30_000,
    "deep-lists": "<ol><li>" * 50_000 + "深",
    "million-cells": "<table>" + ("<tr>" + "<td>" * 1000) * 1000,
    "cells": "<table>" + ("<tr>" + "<td>1" * 1000) * 98,
    "colspan": "<table>" + "<tr><td colspan=1000 rowspan=65534>1" * 20_000,
    "rowspan": "<table><tr>" + "<td rowspan=65534>1" * 50_000 + "<tr><td>2" * 24_000,
    "entities": "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><p>" + "&b;&amp" * 200_000,
    "attribute": "<p title='" + "x" * 15_000_000 + "'>甲</p>",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">甲</p>",
    "text": "<p>" + "甲" * 5_000_000,
    "spans": "<p>" + "<span>甲</span>" * 49_000,
    "lines": "<br>甲\n" * 98_000,
    "comment": "<p>甲</p><!--" + "-" * 10_000_000,
    "tag": "<p>甲</p><" + "a" * 5_000_000,
    "hidden": "<p style='display:none'>" * 98_000,
    "less-than": "display <" * 98_000,
    "not-shown": "<p> display </p>" * 49_000,
    "boxes": "<div>" * 1900 + "<div>一句。</div>" * 48_000,
    "words": "<p>" + "display hidden " * 300_000,
    "pictures": "<img src=a>" * 98_000,
    "links": "<a href=/x>甲</a>" * 49_000,
    "links-in-links": "<a href=/x.pdf><div>" * 900 + "甲<br>" * 45_000,
    "small-tables": "<table><tr><td>1</table>" * 24_000,
    "unseen": "<div style='visibility:hidden'>" * 1900 + "<b>甲</b>" * 45_000,
    "hidden-in-hidden": "<div hidden>" * 1900 + "<td>甲" * 90_000,
    "cells-in-cells": "<table><tr><td>" + "<div><td>" * 900 + "<td>1" * 90_000,
    "raised": "<sup>" * 1900 + "1" * 5_000_000,
}


def outcome(data: bytes) -> str:
    """The text that was read, or why nothing was."""
    try:
        return "\n".join(read(data, "a.html").lines)
    except UnreadableFile as error:
        return error.zh


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time(name: str) -> None:
    began = time.process_time()
    assert outcome(f"<html><body>{BOMBS[name]}".encode())
    assert time.process_time() - began < 5


@pytest.mark.parametrize("cut", range(40))
def test_a_truncated_page_is_read_as_far_as_it_goes_or_refused(cut: int) -> None:
    write = WEB_LAYOUTS[cut % 5].write
    assert write is not None
    data = write(clean_draft(random.Random(cut)), random.Random(cut))
    assert outcome(data[: len(data) * cut // 40])
