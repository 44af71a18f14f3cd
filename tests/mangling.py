"""What copying and converting do to a report without making it faulty; every mangling can be mixed with the others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from layouts import Layout
from rendition import Block, Draft, Row, Table, with_labels, with_prose

DraftChange: TypeAlias = Callable[[Draft, random.Random], Draft]
TextChange: TypeAlias = Callable[[str, Draft, random.Random], str]

KANGXI = str.maketrans(
    "一二人入八力十又口土士大女子小山工己巾干文方日月木止比水火父牛犬玉瓜民生用田白皮目石示立竹米网老而耳肉自至"
    "色行衣见角言走足身车里金长门面音页风食首香马高",
    "⼀⼆⼈⼊⼋⼒⼗⼜⼝⼟⼠⼤⼥⼦⼩⼭⼯⼰⼱⼲⽂⽅⽇⽉⽊⽌⽐⽔⽕⽗⽜⽝⽟⽠⺠⽣⽤⽥⽩⽪⽬⽯⽰⽴⽵⽶⽹⽼⽽⽿⾁⾃⾄"
    "⾊⾏⾐⻅⾓⾔⾛⾜⾝⻋⾥⾦⻓⻔⾯⾳⻚⻛⻝⾸⾹⻢⾼",
)
HALF_WIDTH = str.maketrans("（），：“”", '(),:""')
PAGE_MARKS = ("- {} -", "第 {} 页", "— {} —", "{}", "第 {} 页 共 9 页")


@dataclass(frozen=True, slots=True)
class Mangling:
    name: str
    draft: DraftChange | None = None
    text: TextChange | None = None
    encode: Callable[[str], bytes] | None = None
    fits: Callable[[Layout], bool] = lambda layout: True


# --- labels, title and prose ---------------------------------------------------------------------------------------


def half_width_labels(draft: Draft, rng: random.Random) -> Draft:
    return with_labels(draft, lambda label: label.translate(HALF_WIDTH))


def spaced_labels(draft: Draft, rng: random.Random) -> Draft:
    """结 果 维 持 in short labels, a space behind the numbering of the others."""

    # A label printed over several rows or columns is one label, so its length decides and not chance.
    longest = rng.randint(3, 6)

    def change(label: str) -> str:
        label = re.sub(r"^(\d\.|（.）)", r"\1 ", label)
        return " ".join(label) if 2 <= len(label) <= longest and label.isalpha() else label

    return with_labels(draft, change)


def full_stop_numbering(draft: Draft, rng: random.Random) -> Draft:
    return with_labels(draft, lambda label: re.sub(r"^(\d)\.", r"\1．", label))


def title_on_two_lines(draft: Draft, rng: random.Random) -> Draft:
    whole = "".join(draft.title)
    place = whole.find(str(draft.year))
    return replace(draft, title=(whole[:place], whole[place:])) if place > 0 else draft


def spaced_digits(draft: Draft, rng: random.Random) -> Draft:
    def change(text: str) -> str:
        return re.sub(r"\d+(?:\.\d+)?", r" \g<0> ", text).strip()

    return replace(with_prose(draft, change), title=tuple(map(change, draft.title)))


def indented_prose(draft: Draft, rng: random.Random) -> Draft:
    indent = rng.choice(("　　", "    ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"))
    return with_prose(draft, lambda text: indent + text)


# --- pages ---------------------------------------------------------------------------------------------------------


def cut_tables(draft: Draft, rng: random.Random, *, header: bool, mark: bool, groups: bool) -> Draft:
    """Table three cut in two by a page break, with or without header, page number and group labels behind it."""

    def cut(table: Table) -> Table:
        if table.key != "applications" or len(table.blocks) != 1:
            return table
        block = table.blocks[0]
        place = rng.randint(3, len(block.rows) - 3)
        upper, lower = block.rows[:place], block.rows[place:]
        marks = (rng.choice(PAGE_MARKS).format(rng.randint(2, 6)),) if mark else ("",)
        rest = lower if groups else _without_running_groups(upper[-1], lower)
        return replace(
            table,
            blocks=(replace(block, rows=upper), replace(block, rows=rest, header=header, before=marks)),
        )

    return draft.with_tables(cut)


def _without_running_groups(last: Row, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with a blank for each group label that has been printed before the cut and runs on behind it."""

    def blank(row: Row) -> Row:
        running = 0
        while running < min(len(row.path), len(last.path)) - 1 and row.path[: running + 1] == last.path[: running + 1]:
            running += 1
        return replace(row, path=("",) * running + row.path[running:])

    return tuple(map(blank, rows))


def split_without_header(draft: Draft, rng: random.Random) -> Draft:
    return cut_tables(draft, rng, header=False, mark=False, groups=rng.random() < 0.5)


def page_number_in_table(draft: Draft, rng: random.Random) -> Draft:
    return cut_tables(draft, rng, header=False, mark=True, groups=False)


def header_repeated(draft: Draft, rng: random.Random) -> Draft:
    return cut_tables(draft, rng, header=True, mark=rng.random() < 0.5, groups=rng.random() < 0.5)


def total_beside_header(draft: Draft, rng: random.Random) -> Draft:
    """总计 of table three beside 申请人情况 instead of under it, as some prints have it."""

    def change(_: Table, block: Block) -> Block:
        return replace(
            block,
            columns=tuple(
                replace(column, path=column.path[-1:]) if column.key == "total" else column for column in block.columns
            ),
        )

    return draft.with_blocks(change)


# --- the text around -----------------------------------------------------------------------------------------------


def furniture(text: str, draft: Draft, rng: random.Random) -> str:
    """What a web page puts above and below."""
    title, day = "".join(draft.title), f"{draft.year + 1}-01-{rng.randint(6, 28):02d}"
    above = [
        f"首页 > 政务公开 > 政府信息公开年报\n{title}\n发布时间：{day} 来源：{draft.issuer} 浏览次数：97",
        f"标题: {title}\n发布时间: {day} 15:35\n文号: \n来源: {draft.issuer}\n栏目: 政府信息公开年报\n==== 正文 ====",
        f"索引号：AB{rng.randint(1000, 9999)}/{draft.year + 1}-00012\n发布机构：{draft.issuer}\n【字体：大 中 小】",
    ]
    below = [
        "打印 关闭",
        "附件下载：\n1. 年度报告.docx",
        "上一篇：没有了\n下一篇：没有了",
        "扫一扫在手机打开当前页\n【打印本页】 【关闭窗口】",
    ]
    return f"{rng.choice(above)}\n{text}{rng.choice(below)}\n"


def title_in_furniture(text: str, draft: Draft, rng: random.Random) -> str:
    """The title stands only in the line a collector put above the text."""
    for line in draft.title:
        text = text.replace(f"{line}\n", "", 1)
    day = f"{draft.year + 1}-01-{rng.randint(6, 28):02d}"
    head = f"标题: {''.join(draft.title)}\n发布时间: {day} 10:12\n发布机构: {draft.issuer}\n"
    return head + text.lstrip("\n")


def page_numbers_in_prose(text: str, draft: Draft, rng: random.Random) -> str:
    for number, section in enumerate(draft.sections[3:5], 2):
        mark = rng.choice(PAGE_MARKS).format(number)
        text = text.replace(f"\n{section.heading}\n", f"\n{mark}\n\n{section.heading}\n", 1)
    return text


def wrapped_headings(text: str, draft: Draft, rng: random.Random) -> str:
    """Headings in large print go on in a second line."""
    for section in draft.sections:
        cut = rng.randint(3, len(section.heading) - 1)
        wrapped = f"\n{section.heading[:cut]}\n{section.heading[cut:]}\n"
        text = text.replace(f"\n{section.heading}\n", wrapped, 1)
    return text


def hash_headings(text: str, draft: Draft, rng: random.Random) -> str:
    for line in draft.title:
        text = text.replace(line, f"# {line}", 1)
    for section in draft.sections:
        text = text.replace(f"\n{section.heading}\n", f"\n## {section.heading}\n", 1)
    return text


def bold_headings(text: str, draft: Draft, rng: random.Random) -> str:
    for section in draft.sections:
        text = text.replace(f"\n{section.heading}\n", f"\n**{section.heading}**\n", 1)
    return text


def kangxi(text: str, draft: Draft, rng: random.Random) -> str:
    return text.translate(KANGXI)


# --- bytes ---------------------------------------------------------------------------------------------------------


def _encode_as(codec: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(codec)


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _lines(layout: Layout) -> bool:
    return not layout.one_line


def _cut_shows(layout: Layout) -> bool:
    """Where an empty line is a blank cell, an empty line between two halves of a table would be one more."""
    return not layout.one_line and layout.variant != "empty-lines"


def _separate_lines(layout: Layout) -> bool:
    """Where each cell has a line of its own a bare page number looks like one more figure."""
    return layout.keeps_lines


MANGLINGS = (
    Mangling("half-width-labels", draft=half_width_labels),
    Mangling("spaced-labels", draft=spaced_labels, fits=lambda layout: layout.keeps_cell_borders),
    Mangling("full-stop-numbering", draft=full_stop_numbering),
    Mangling("title-on-two-lines", draft=title_on_two_lines, fits=_lines),
    Mangling("spaced-digits", draft=spaced_digits),
    Mangling("indented-prose", draft=indented_prose),
    Mangling("total-beside-header", draft=total_beside_header),
    Mangling("split-without-header", draft=split_without_header, fits=_cut_shows),
    Mangling("page-number-in-table", draft=page_number_in_table, fits=_separate_lines),
    Mangling("header-repeated", draft=header_repeated, fits=_separate_lines),
    Mangling("furniture", text=furniture, fits=_lines),
    Mangling("title-in-furniture", text=title_in_furniture),
    Mangling("page-numbers-in-prose", text=page_numbers_in_prose, fits=_lines),
    Mangling("wrapped-headings", text=wrapped_headings, fits=_lines),
    Mangling("hash-headings", text=hash_headings, fits=_lines),
    Mangling("bold-headings", text=bold_headings, fits=_lines),
    Mangling("kangxi", text=kangxi),
    Mangling("bom", encode=_encode_as("utf-8-sig")),
    Mangling("utf-16", encode=_encode_as("utf-16")),
    Mangling("gb18030", encode=_encode_as("gb18030")),
    Mangling("crlf", encode=_crlf),
)


def clashes(first: Mangling, second: Mangling) -> bool:
    """Two manglings that undo or cover each other: two encodings, two cuts, two ways to write a heading."""
    if first.encode and second.encode:
        return True
    kinds = (
        {"hash-headings", "bold-headings", "page-numbers-in-prose", "wrapped-headings"},
        {"furniture", "title-in-furniture"},
        {"split-without-header", "page-number-in-table", "header-repeated"},
        {"title-in-furniture", "title-on-two-lines"},
        {"title-in-furniture", "hash-headings"},
    )
    return any({first.name, second.name} <= kind for kind in kinds) or first.name == second.name


def chosen(rng: random.Random, layout: Layout, most: int) -> tuple[Mangling, ...]:
    """Up to `most` manglings that fit the layout and each other."""
    picked: list[Mangling] = []
    for _ in range(rng.randint(0, most)):
        mangling = rng.choice(MANGLINGS)
        if mangling.fits(layout) and not any(clashes(mangling, other) for other in picked):
            picked.append(mangling)
    return tuple(picked)
