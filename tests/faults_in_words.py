"""Faults in the words and marks of the prose: slips, doublings, leftovers, brackets, punctuation, numbering."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from fault import DraftFault, Fault, as_named
from faults_in_prose import PROSE
from layouts import Layout
from marked_prose import unmarked
from prose_edits import ATTEMPTS
from prose_of_offices import written
from prose_slips import Slip, added, any_of, in_place_of, in_text
from rendition import Draft, Section

# --- slips ---------------------------------------------------------------------------------------------------------

MISSPELT = {
    "exposure": added("对违法失信行为进行暴光。"),
    "ledger": added("建立问题整改台帐。"),
    "others": in_place_of("其他(?=栏目|事项|需要|问题|方面)", "其它"),
    "others-added": added("同时做好其它相关工作。"),
    "until": any_of(
        in_place_of(r"截至(?=\d{4}年)", "截止"),
        added("截止12月31日，各项任务均已完成。", "截止目前，各项任务均已完成。"),
    ),
    "exact": any_of(in_place_of("(?<=公开内容)准确", "准备"), added("确保公开内容准备、全面。")),
    "review": any_of(in_place_of("行政复议", "行政复讼"), in_place_of("复议(?=后起诉|直接)", "复讼")),
    "lawsuit": in_place_of("行政诉讼", "行政诉松"),
    "deploy": added("按照上级布署，扎实推进各项工作。"),
    "as": added("把政务公开做为一项重要工作来抓。"),
    "account": added("加强政务新媒体帐号管理。"),
    "carry-out": any_of(in_place_of("贯彻", "惯彻"), in_place_of("贯彻", "贯切")),
    "fulfil": added("全面落时各项工作要求。"),
    "redo": added("对网站栏目进行了重新涉及。"),
    "media": added("加强与传媒体中心的合作。", "发布移动铀媒信息。"),
    # Behind 年 it would be 年末, which is right.
    "not-yet": added("上级检查中，末收到相关投诉。", "各栏目均已更新，末发现错误链接。"),
    "already": added("整改任务己全部完成。"),
    "image": added("进一步树立良好的政府形像。"),
    "idiom": added("再接再励，不断提升公开水平。"),
    "reflect": added("及时回应群众反应的问题。"),
    "even": added("做到及时更新，既使节假日也不间断。"),
    "apply": any_of(in_place_of("政府信息公开申请", "政府信息公开申清"), in_place_of("依申请公开", "依申清公开")),
    "public": in_place_of("政府信息公开(?=工作|申请)", "政府信息公幵"),
}


def doubled(length: int) -> Slip:
    """A word of so many characters twice."""

    def apply(text: str, rng: random.Random) -> str | None:
        words = [
            word
            for word in (
                "工作",
                "信息",
                "公开",
                "政务",
                "机制",
                "问题",
                "管理",
                "政府信息",
                "政务公开",
                "依申请公开",
                "社会评议",
            )
            if len(word) == length and word in text
        ]
        if not words:
            return None
        word = rng.choice(words)
        # Behind a number it could be a heading and the sentence that begins with the same words.
        places = [found.end() for found in re.finditer(rf"(?<![）.]){word}", text)]
        place = rng.choice(places) if places else None
        return None if place is None else text[:place] + word + text[place:]

    return apply


LATIN = any_of(
    in_place_of("(?<=[一-龥])[和与、](?=[一-龥])", " and "),
    in_place_of("(?<=[一-龥])[和与、](?=[一-龥])", "and"),
    in_place_of("(?<=[一-龥])的(?=[一-龥])", " of "),
    added("各项工作work稳步推进。", "工作流程the规范有序。"),
)
RESIDUE = {
    "crosses": added(
        "XX局高度重视此项工作。", "全年开展检查XX次。", "××县认真落实上级要求。", "共发布信息×条。", "由XXX同志负责。"
    ),
    "somebody": added("某某局安排专人负责。", "由某某同志具体负责。", "某某县认真落实要求。"),
    "brackets": added("（此处填写培训情况）", "（请填写具体数字）", "【此处插入数据】", "（如有，请说明）"),
    "table-follows": added("该部分以表格形式报告。", "该部分以表格形式报告，表格如下："),
    "year": added("20XX年，各项工作稳步推进。", "202X年将继续加强管理。", "20××年，各项任务全面完成。"),
    "blank": added("全年开展检查____次。", "由（    ）负责。"),
}


def residue_of(issuer: str, *sentences: str) -> DraftFault:
    """The name of another kind of body, left over from its report."""
    fault = in_text(added(*sentences))
    return lambda draft, rng: fault(draft, rng) if draft.issuer.endswith(issuer) else None


# --- marks ---------------------------------------------------------------------------------------------------------

# A closing bracket behind a number alone, 一）, numbers a list in its own right and is left alone.
NUMBERED = r"（[一二三四五六七八九十\d]+）|(?<=[：；])\s*\d+\s*）"


def lost(mark: str) -> Slip:
    def apply(text: str, rng: random.Random) -> str | None:
        numbered = {place for found in re.finditer(NUMBERED, text) for place in range(*found.span())}
        places = [found.start() for found in re.finditer(re.escape(mark), text) if found.start() not in numbered]
        if not places:
            return None
        place = rng.choice(places)
        return text[:place] + text[place + 1 :]

    return apply


def in_a_number(rule: str, layout: Layout) -> frozenset[str]:
    """A bracket of a 文号 makes it no 文号."""
    return frozenset({rule, "document-number"})


def in_a_name(rule: str, layout: Layout) -> frozenset[str]:
    """中华人民共和和国 is a wrong name as well as a doubled character."""
    return frozenset({rule, "law-name"})


def titled_in_part(text: str, rng: random.Random) -> str | None:
    """《网站》管理办法 for 《网站管理办法》."""
    return in_place_of("《([^《》〈〉]{2,})(管理办法|审核办法|工作制度)》", r"《\1》\2")(text, rng)


def on_lines(layout: Layout) -> bool:
    """In a dump on one line no paragraph begins or ends."""
    return not layout.one_line


HAN = "[一-龥]"
ENDED = re.compile(r"[。！？：；]$")


def without_full_stop(draft: Draft, rng: random.Random) -> Draft | None:
    """A paragraph without its last mark; only before a new number or a heading, elsewhere the sentence may go on below."""
    prose = unmarked(written(draft, rng))
    places: list[tuple[Section, int]] = []
    for section in prose.sections:
        for place, text in enumerate(section.before):
            following = section.before[place + 1] if place + 1 < len(section.before) else "（一）"
            if (
                len(text) > 30
                and "，" in text
                and text.endswith("。")
                and re.match(r"（[一二三四五六]）|\d\.|[一二三四五六]是", following)
            ):
                places.append((section, place))
    if not places:
        return None
    section, place = rng.choice(places)
    paragraphs = [text[:-1] if number == place else text for number, text in enumerate(section.before)]
    return prose.with_section(section.key, lambda one: replace(one, before=tuple(paragraphs)))


def renumbered(change: Callable[[list[str]], list[str]]) -> DraftFault:
    """The （一） … of the paragraphs of 总体情况 in another order."""

    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        for _ in range(ATTEMPTS):
            prose = unmarked(written(draft, rng))
            section = prose.sections[0]
            starts = [re.match(r"（[一二三四五]）|[1-5]\.", text) for text in section.before]
            numbers = [found.group() for found in starts if found]
            if len(numbers) == 5:
                new = iter(change(numbers))
                paragraphs = tuple(
                    next(new) + text[found.end() :] if found else text
                    for found, text in zip(starts, section.before, strict=True)
                )
                return replace(prose, sections=(replace(section, before=paragraphs), *prose.sections[1:]))
        return None

    return apply


def inside_itself(draft: Draft, rng: random.Random) -> Draft | None:
    """（一）（二） once more under （三）."""

    def more(numbers: list[str]) -> list[str]:
        return numbers

    numbered = renumbered(more)(draft, rng)
    if numbered is None or not numbered.sections[0].before[1].startswith("（一）"):
        return None
    paragraphs = list(numbered.sections[0].before)
    place = next(place for place, text in enumerate(paragraphs) if text.startswith("（四）"))
    paragraphs[place:place] = ["（一）完善内部管理制度，明确责任分工。", "（二）加强日常检查，及时发现问题。"]
    return numbered.with_section("overview", lambda section: replace(section, before=tuple(paragraphs)))


WORD_FAULTS = (
    *(Fault(f"misspelt-{name}", "known-misspelling", "W", in_text(slip)) for name, slip in MISSPELT.items()),
    Fault("doubled-word", "doubled-words", "W", in_text(doubled(2)), allow=frozenset({"law-name"})),
    Fault(
        "doubled-phrase", "doubled-words", "W", in_text(any_of(doubled(4), doubled(5))), allow=frozenset({"law-name"})
    ),
    Fault(
        "doubled-particle",
        "doubled-words",
        "W",
        in_text(
            any_of(
                in_place_of("(?<=[一-龥])的(?=[一-龥])", "的的"),
                in_place_of("(?<=[一-龥])和(?=[一-龥])", "和和"),
                in_place_of("(?<=[一-龥])[了与](?=[一-龥])", r"\g<0>\g<0>"),
            )
        ),
        seen=in_a_name,
    ),
    Fault(
        "doubled-clause",
        "doubled-words",
        "W",
        in_text(in_place_of("扎实推进|分管领导|加强学习|稳步推进|季度通报", r"\g<0>\g<0>")),
    ),
    Fault("latin-word", "stray-latin", "W", in_text(LATIN)),
    *(Fault(f"residue-{name}", "template-residue", "W", in_text(slip)) for name, slip in RESIDUE.items()),
    Fault(
        "residue-centre",
        "template-residue",
        "W",
        residue_of("办公室", "全中心干部职工认真落实工作要求。", "我局安排专人负责。", "我镇安排专人负责。"),
    ),
    Fault(
        "residue-office",
        "template-residue",
        "W",
        residue_of("局", "全中心干部职工认真落实工作要求。", "我镇认真落实要求。", "我街道安排专人负责。"),
    ),
    *(
        Fault(
            f"lost-{number}",
            "unbalanced-brackets",
            "W",
            in_text(lost(mark)),
            seen=in_a_number if mark in "〔〕" else as_named,
            allow=frozenset({"law-name", "document-number", "listed-count"}) | PROSE,
        )
        for number, mark in enumerate("《》（）“”〔〕〈〉")
    ),
    Fault(
        "bracket-mixed",
        "unbalanced-brackets",
        "W",
        in_text(
            any_of(
                in_place_of("(?<=[一-龥号件条])）", ")"), in_place_of("（(?=[一-龥])(?![一二三四五六七八九十]+）)", "(")
            )
        ),
    ),
    Fault("comma-ascii", "mixed-punctuation", "I", in_text(in_place_of(f"(?<={HAN})，(?={HAN})", ","))),
    Fault("colon-ascii", "mixed-punctuation", "I", in_text(in_place_of(f"(?<={HAN})：(?={HAN})", ":"))),
    Fault("semicolon-ascii", "mixed-punctuation", "I", in_text(in_place_of(f"(?<={HAN})；(?={HAN})", ";"))),
    Fault("brackets-ascii", "mixed-punctuation", "I", in_text(in_place_of("（([一-龥][^（）]*[一-龥])）", r"(\1)"))),
    Fault("title-in-part", "book-title-marks", "W", in_text(titled_in_part), allow=frozenset({"listed-count"})),
    Fault(
        "title-in-part-added",
        "book-title-marks",
        "W",
        in_text(
            added("印发《公共数据》共享管理办法。", "落实《政务公开》实施方案。", "执行《新媒体》管理规定，压实责任。")
        ),
    ),
    Fault("no-full-stop", "missing-full-stop", "I", without_full_stop, fits=on_lines),
    Fault(
        "number-skipped",
        "numbering",
        "W",
        renumbered(lambda n: [*n[:2], *(_next(one) for one in n[2:])]),
        fits=on_lines,
    ),
    Fault("number-repeated", "numbering", "W", renumbered(lambda n: [n[0], n[1], n[1], n[3], n[4]]), fits=on_lines),
    Fault("numbers-swapped", "numbering", "W", renumbered(lambda n: [n[0], n[2], n[1], n[3], n[4]]), fits=on_lines),
    Fault("number-restarted", "numbering", "W", renumbered(lambda n: [n[0], n[1], n[2], n[0], n[1]]), fits=on_lines),
    Fault("number-inside-itself", "numbering", "W", inside_itself, fits=on_lines),
    Fault(
        "word-number-skipped",
        "numbering",
        "W",
        in_text(
            any_of(
                in_place_of("(?<=[，。；：])三是(?!.*四是)", "四是"),
                in_place_of("(?<=[，。；：])三是(?!.*四是)", "二是"),
            )
        ),
    ),
)


def _next(number: str) -> str:
    numerals = "一二三四五六"
    return (
        re.sub(
            r"[一-六1-6]",
            lambda found: str(int(found.group()) + 1) if found.group().isdecimal() else found.group(),
            number,
        )
        if number[0].isdecimal()
        else f"（{numerals[numerals.index(number[1]) + 1]}）"
    )
