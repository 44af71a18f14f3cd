"""Renders drafts as the pages of government sites: div soup, old nested tables in GBK, Word pasted in, mobile, WPS."""

from __future__ import annotations

import random
from collections.abc import Callable
from html import escape

from layouts import Layout, markdown
from rendition import Draft, Grid, Role, Slot, grid_of

NAVIGATION = "".join(
    f'<li class="item"><a href="/col/{number}/index.html" target="_blank">{name}</a></li>\n'
    for number, name in enumerate(
        [
            "首页",
            "走进临溪",
            "新闻中心",
            "政务公开",
            "政务服务",
            "互动交流",
            "数据开放",
            "专题专栏",
            "机构职能",
            "政策文件",
            "规划计划",
            "统计信息",
            "财政预决算",
            "行政许可",
            "行政处罚",
            "招标采购",
            "公务员招考",
            "应急管理",
            "环境保护",
            "食品药品",
            "安全生产",
            "社会救助",
            "教育领域",
            "医疗卫生",
        ]
    )
)
SCRIPT = """<script type="text/javascript">
var total = 0; for (var i = 0; i < 3 && total < 9; i++) { document.write("<p>本页共" + i + "次。</p>"); }
</script>"""
STYLE = "<style>.hide{display:none} td{border:1px solid #000} /* <table><tr><td>7</td></tr></table> */</style>"
RELATED = "".join(
    f'<li><a href="/art/{n}.html">临溪县发布第{n}号通告</a><span>01-{n:02}</span></li>' for n in range(1, 9)
)
FOOTER = (
    "<p>主办：临溪县人民政府办公室　承办：临溪县大数据中心　电话：0000-0000000</p>"
    '<p><a href="https://beian.example/">某ICP备00000000号-1</a>　网站标识码：0000000000</p>'
)
WORD_CELL = (
    "width:49.65pt;border:solid windowtext 1.0pt;border-left:none;mso-border-left-alt:solid windowtext .5pt;"
    "padding:0cm 5.4pt 0cm 5.4pt;height:27.0pt"
)


def metadata(draft: Draft) -> str:
    rows = (
        ("索引号", "000000000/2024-00012", "信息分类", "政府信息公开工作年度报告"),
        ("发布机构", draft.issuer, "发布日期", f"{draft.year + 1}-01-20"),
        ("文号", "无", "公开方式", "主动公开"),
    )
    return (
        "<table class='xxgk'>"
        + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
        + "</table>"
    )


def page(draft: Draft, paragraph: Callable[[str, str], str], table: Callable[[list[Grid]], str]) -> str:
    """The article; `paragraph` gets a text and what it is: title, heading or text."""
    parts = [paragraph(text, "title") for text in draft.title]
    parts += [paragraph(text, "text") for text in draft.preface]
    for section in draft.sections:
        parts.append(paragraph(section.heading, "heading"))
        parts += [paragraph(text, "text") for text in section.before]
        if section.table is not None:
            parts.append(table([grid_of(block) for block in section.table.blocks]))
        parts += [paragraph(text, "text") for text in section.after]
    return "\n".join([*parts, *(paragraph(text, "sign") for text in draft.signature)])


def spans(slot: Slot) -> str:
    across = f' colspan="{slot.columns}"' if slot.columns > 1 else ""
    return across + (f' rowspan="{slot.rows}"' if slot.rows > 1 else "")


def rows_of(grid: Grid, cell: Callable[[Slot], str], row: str = "<tr>{}</tr>\n") -> str:
    return "".join(
        row.format("".join(cell(slot) for slot in grid.slots if slot.row == number)) for number in range(grid.height)
    )


def before(grid: Grid) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in grid.before)


# --- a content management system's div soup --------------------------------------------------------------------------


def soup(draft: Draft, rng: random.Random) -> bytes:
    tail = rng.choice(("", "<br>", "&#8203;"))

    def cell(slot: Slot) -> str:
        text = escape(slot.text)
        if slot.role is Role.FIGURE:
            inner = text or rng.choice(("", "&nbsp;", "<br>", "&nbsp;&nbsp;"))
            if len(text) > 1 and rng.random() < 0.5:
                inner = f"<span>{text[:1]}</span><span style='color:#000'>{text[1:]}</span>"
        else:
            inner = text.replace("本年", "本年<br/>", 1) if rng.random() < 0.3 else text + tail
        return f"<td{spans(slot)}><p>{inner}</p></td>"

    def table(grids: list[Grid]) -> str:
        return "".join(
            f"{before(grid)}<table border=1><tbody>{rows_of(grid, cell)}</tbody></table>\n" for grid in grids
        )

    def paragraph(text: str, kind: str) -> str:
        if kind == "title":
            return ""
        year = str(draft.year)
        inner = escape(text).replace(year, f"<span>{year[:2]}</span><span lang=EN-US>{year[2:]}</span>")
        return f'<p style="text-indent:2em">{f"<strong>{inner}</strong>" if kind == "heading" else inner}</p>'

    title = "".join(f"<h1>{escape(text)}</h1>" for text in draft.title)
    markup = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape("".join(draft.title))}_临溪县人民政府</title>
<meta name="PubDate" content="{draft.year + 1}-01-20 10:00">{STYLE}{SCRIPT}</head>
<body><div class="header"><div class="logo"><img src="logo.png" width="40" height="40" alt=""></div>
<div class="nav"><ul>{NAVIGATION}</ul></div></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 年度报告</div>
<div class="main"><div class="left"><ul>{RELATED}</ul></div><div class="right">{metadata(draft)}
<div class="title">{title}</div>
<div class="info"><span>发布日期：{draft.year + 1}-01-20</span><span>来源：{draft.issuer}</span>
<span>字体：[<a href="javascript:z(1)">大</a> <a href="javascript:z(2)">小</a>]</span></div>
<!-- article <p>begin</p> -->
<div class="content" id="zoom"><div class="TRS_Editor">{page(draft, paragraph, table)}</div></div>
<div style="display:none" class="print">临溪县</div>
<div class="share">分享到：<a href="#">微信</a><a href="javascript:;">微博</a></div>
<div class="pager">上一篇：<a href="1.html">临溪县关于河道清理的通告</a> 下一篇：<a href="2.html">没有了</a></div>
</div></div><div class="footer">{FOOTER}</div>{SCRIPT}</body></html>"""
    return markup.encode()


# --- pages of twenty years ago ---------------------------------------------------------------------------------------


def nested_tables(draft: Draft, rng: random.Random) -> bytes:
    closed = rng.random() < 0.5

    def cell(slot: Slot) -> str:
        text = escape(slot.text) or "&nbsp;"
        end = "</TD>" if closed else "\n"
        return f"<TD{spans(slot).upper()} ALIGN=center><FONT SIZE=2>{text}</FONT>{end}"

    def table(grids: list[Grid]) -> str:
        row = "<TR>{}</TR>\n" if closed else "<TR>{}"
        return "".join(
            f"{before(grid)}<TABLE BORDER=1 CELLSPACING=0 WIDTH=620>{rows_of(grid, cell, row)}</TABLE>"
            for grid in grids
        )

    def paragraph(text: str, kind: str) -> str:
        if kind == "title":
            return f"<CENTER><FONT SIZE=5><B>{escape(text)}</B></FONT></CENTER><HR>"
        return f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(text)}<BR><BR>"

    charset = rng.choice(("gb2312", "gb2312", "utf-8", ""))
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">' if charset else ""
    markup = f"""<HTML><HEAD>{meta}<TITLE>{escape("".join(draft.title))}</TITLE></HEAD>
<BODY><TABLE WIDTH=1000 ALIGN=center><TR><TD COLSPAN=2><UL>{NAVIGATION}</UL></TD></TR>
<TR><TD WIDTH=200><TABLE><TR><TD><UL>{RELATED}</UL></TD></TR></TABLE></TD><TD>
<TABLE WIDTH=100%><TR><TD>您现在的位置：<A HREF="/">首页</A> &gt;&gt; <A HREF="/a">公开</A></TD></TR>
<TR><TD>{page(draft, paragraph, table)}</TD></TR>
<TR><TD ALIGN=right>【<A HREF="javascript:print()">打印</A>】【<A HREF="javascript:close()">关闭</A>】</TD></TR></TABLE>
</TD></TR><TR><TD COLSPAN=2 CLASS=copyright>{FOOTER}</TD></TR></TABLE></BODY></HTML>"""
    return markup.encode("gb18030")


# --- what Word leaves in a page --------------------------------------------------------------------------------------


def word_pasted(draft: Draft, rng: random.Random) -> bytes:
    def run(text: str) -> str:
        inner = f"{escape(text)}<o:p></o:p>" if text else "<o:p>&nbsp;</o:p>"
        return f'<span lang=EN-US\nstyle=\'font-size:10.5pt;font-family:"Times New Roman","serif"\'>{inner}</span>'

    def cell(slot: Slot) -> str:
        half = len(slot.text) // 2
        inner = run(slot.text)
        if half and rng.random() < 0.4:
            inner = f"<span style='font-family:宋体'>{escape(slot.text[:half])}</span>{run(slot.text[half:])}"
        inner = f"<p class=MsoNormal align=center style='text-align:center'>{inner}</p>"
        return f"<td width=66 valign=top{spans(slot)} style='{WORD_CELL}'>\n  {inner}\n  </td>\n  "

    def table(grids: list[Grid]) -> str:
        misaligned = (
            "<![if !supportMisalignedColumns]>\n <tr height=0 style='display:none'>\n  <td width=66></td>\n"
            "  <td width=67></td>\n </tr>\n <![endif]>\n"
        )
        return "\n".join(
            f"{before(grid)}<div align=center><table class=MsoNormalTable border=1 cellspacing=0\n cellpadding=0>"
            + rows_of(grid, cell, " <tr style='mso-yfti-irow:0;height:27.0pt'>\n  {}</tr>\n")
            + f"{misaligned}</table></div>"
            for grid in grids
        )

    def paragraph(text: str, kind: str) -> str:
        place = rng.randrange(len(text) + 1)
        # Word breaks the lines of its file wherever it likes, between two Chinese characters, too.
        if 0 < place < len(text) and text[place - 1] > "\u2e80" and text[place] > "\u2e80":
            text = f"{text[:place]}\n{text[place:]}"
        number = ""
        if kind == "text" and rng.random() < 0.2:
            number = "<![if !supportLists]><span style='mso-list:Ignore'></span><![endif]>"
        return f"<p class=MsoNormal style='text-indent:32.0pt'>{number}<span style='mso-ascii-font-family:仿宋'>{escape(text, quote=False)}</span><span\nlang=EN-US><o:p></o:p></span></p>\n"

    markup = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>x</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-parent:""; margin:0cm;}} @page Section1 {{size:595.3pt 841.9pt;}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>
{page(draft, paragraph, table)}</div></body></html>"""
    return markup.replace("\n", "\r\n").encode("gb18030")


# --- a page for telephones -------------------------------------------------------------------------------------------


def mobile(draft: Draft, rng: random.Random) -> bytes:
    def cell(slot: Slot) -> str:
        tag = "th" if slot.role in (Role.HEADER, Role.CAPTION) else "td"
        text = escape(slot.text) or rng.choice(("", "\u200b", " "))
        return f"<{tag}{spans(slot)}><div>{text}</div></{tag}>"

    def table(grids: list[Grid]) -> str:
        tables = []
        for grid in grids:
            body = min((slot.row for slot in grid.slots if slot.role is Role.FIGURE), default=0)
            rows = [
                f"<tr>{''.join(cell(slot) for slot in grid.slots if slot.row == n)}</tr>" for n in range(grid.height)
            ]
            head = f"<thead>{''.join(rows[:body])}</thead>" if body else ""
            # The order of the source is not that of the screen.
            tables.append(
                f"{before(grid)}<div class=scroll><table><tbody>{''.join(rows[body:])}</tbody>{head}</table></div>"
            )
        return "".join(tables)

    def paragraph(text: str, kind: str) -> str:
        if kind == "title":
            return ""
        return f"<h2>{escape(text)}</h2>" if kind == "heading" else f"<div class=p>{escape(text)}</div>"

    title = "<br>".join(map(escape, draft.title))
    markup = f"""<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>年报</title>
<body><header><a href=/>首页</a><button>菜单</button></header><nav><ul>{NAVIGATION}</ul></nav>
<main><article><h1>{title}</h1><p class=meta>{draft.year + 1}-01-20</p><section>{page(draft, paragraph, table)}</section>
</article><aside><h3>相关</h3><ul>{RELATED}</ul></aside></main><footer>{FOOTER}</footer>{SCRIPT}"""
    return markup.encode()


# --- saved by WPS ----------------------------------------------------------------------------------------------------


def wps(draft: Draft, rng: random.Random) -> bytes:
    def cell(slot: Slot) -> str:
        inner = (
            f"<p class=MsoNormal align=center><span style=\"font-family:宋体;mso-spacerun:'yes'\">"
            f'<font face="宋体">{escape(slot.text)}</font></span><span><o:p></o:p></span></p>'
        )
        return f'<td width=71{spans(slot)} valign=center style="{WORD_CELL}">{inner}</td>'

    def table(grids: list[Grid]) -> str:
        return "".join(
            f'{before(grid)}<table border=1 cellspacing=0 style="border-collapse:collapse">{rows_of(grid, cell)}</table>'
            for grid in grids
        )

    def paragraph(text: str, kind: str) -> str:
        return (
            f'<p class=MsoNormal><span style="mso-spacerun:\'yes\'"><font face="仿宋">{escape(text)}</font></span></p>'
        )

    markup = (
        '<html xmlns="http://www.w3.org/TR/REC-html40"><head><meta http-equiv=Content-Type content="text/html; '
        f'charset=gb2312"><meta name=Generator content="WPS"></head><body><!--StartFragment-->'
        f'<div class="Section0">{page(draft, paragraph, table)}</div><!--EndFragment--></body></html>'
    )
    return markup.encode("gb18030")


WEB_LAYOUTS = tuple(
    Layout("web", variant, markdown(), suffix=".html", write=write)
    for variant, write in (
        ("soup", soup),
        ("nested-tables", nested_tables),
        ("word-pasted", word_pasted),
        ("mobile", mobile),
        ("wps", wps),
    )
)
