"""The running text of a report's sections, and every figure in it that counts something (`7 件`, `十二次`, `86.5万元`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gip_lint.annual_report import AnnualReport, Section
from gip_lint.document import Location
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.numerals import chinese_number
from gip_lint.prose import Prose, kept_for_latest, prose_of

_HAN = "零〇一二三四五六七八九十百千两"
_COUNTERS = (
    "个工作日|个百分点|个月|件次|人次|条次|批次|场次|万元|亿元|千元|"
    "件|条(?!例)|次|个|项|篇|期|份|宗|起|例(?!如)|场|则|部(?!分|门)|家|户|人|名|幅|册|张|批|处(?![罚理分室置级长])|块|元|字|％|%|倍"
)
# Starts with one set of characters, so that the search skips quickly; a numeral after 第 is an ordinal.
_DIGITS_AND_COUNTER = (
    rf"[0-9０-９{_HAN}万亿,，.．]*+(?<![,，.．])"
    rf"[ \u3000\xa0]{{0,2}}(?P<times>[万亿千](?![元]))?(?P<more>余|多|来)?[ ]?(?P<counter>{_COUNTERS})"
)
_FIRST_DIGIT = rf"[0-9０-９{_HAN}](?<![第0-9０-９{_HAN}．.].)"
_FIGURE = LazyPattern(_FIRST_DIGIT + _DIGITS_AND_COUNTER)
_SPACED = LazyPattern(r"\d[ \xa0]\d{3}")  # 1 203条
_SPACED_FIGURE = LazyPattern(rf"{_FIRST_DIGIT}(?:[0-9]{{0,2}}(?:[ \xa0][0-9]{{3}})+(?![0-9]))?{_DIGITS_AND_COUNTER}")
_NUMBER = LazyPattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\d+(?=,)")
_ABOUT = LazyPattern(r"(?:大约|约|近|将近|接近|超过|超|逾|突破|不少于|不低于|至少|达到?近|上)[ ]?$")
_ORDINAL = LazyPattern(rf"第[（(]?[0-9{_HAN}]+[）)]?(?:[、和至到\-—][（(]?[0-9{_HAN}]*[）)]?)*$")
_SENTENCE_END = LazyPattern(r"[。！？]\s*|\n")
_BLOCK = LazyPattern(
    r"[\n（(](?:(?<=\n)(?:\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)|(?<!\n)[一二三四五六七八九十]{1,3}[）)])"
)
_COMMA = LazyPattern(r",(?<![0-9０-９],)|,(?![0-9０-９])")
_COLON = LazyPattern(r":(?<![0-9０-９]:)|:(?![0-9０-９])")
_LAST_THREE = LazyPattern(r"[0-9０-９]{3}(?![0-9０-９])")
_DIVIDED = LazyPattern(r"[0-9０-９] ?[,，] ?\Z")
_CLAUSE_MARKS = frozenset("，；：（(,;:。\n")
_ABOUT_ENDS = frozenset("约近过超逾破于少到达上 ")  # what the words of _ABOUT end in
CUT = "断开"  # a line end or a space divides the digits: read as one number, but not certain to be one
_DIGITS = frozenset("0123456789０１２３４５６７８９,，.．")
_TOGETHER = ("合计", "共计", "总计", "相加")
_TIMES_COUNTED = frozenset(["件次", "条次", "批次", "场次"])
_TIMES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
ROUNDED = frozenset(_TIMES)  # what makes a figure exact to its last digit only: 1.2万条
_PRINTED = LazyPattern(r"[0-9,]+(?:\.(?P<decimals>[0-9]+))?\s*(?P<times>[万亿千]?)")


Number = int | Decimal


class ProseFigure(NamedTuple):
    """A counted figure; `start` and `end` are offsets in its section's text, counter included.

    `exactness` is "", the word that makes it approximate (余, 约 …), or `CUT`. `clause` is where the words before it begin:
    after the last punctuation, or after the figure before. `bracket` is the opening bracket it stands in, or -1.
    """

    amount: Number
    counter: str
    exactness: str
    start: int
    end: int
    clause: int
    sentence: int
    sentence_end: int
    block: int
    bracket: int

    @property
    def unit(self) -> str:
        """What it counts in, 条次 as 条: the two are used for one another."""
        return self.counter.removesuffix("次") if self.counter in _TIMES_COUNTED else self.counter


def added(figures: Iterable[ProseFigure]) -> Number:
    """Their sum."""
    total: Number = 0
    for figure in figures:
        total += figure.amount
    return total


class SectionProse(NamedTuple):
    """The prose of one section: the slice of the report's that begins at `start`, and every figure in it.

    Half-width marks of a sentence are full-width in `text`, which is as long as the slice.
    """

    section: Section
    whole: Prose
    start: int
    text: str
    figures: tuple[ProseFigure, ...]

    @property
    def address(self) -> str:
        """The section as the form names it: 一、总体情况."""
        return f"{self.section.form.number}、{self.section.form.heading}"

    def step(self, figure: ProseFigure) -> Decimal | None:
        """What one of its last printed digit is worth (1.2万条: 1000); None where it is not written in digits."""
        printed = _PRINTED.match(self.text, figure.start, figure.end)
        if printed is None:
            return None
        return Decimal(_TIMES.get(printed["times"], 1)).scaleb(-len(printed["decimals"] or ""))

    def location(self, start: int, end: int) -> Location:
        """Where in the source the text between two offsets stands."""
        return self.whole.location(self.start + start, self.start + end)

    def place(self, figure: ProseFigure) -> tuple[int, int]:
        """A figure in the whole prose of the report."""
        return self.start + figure.start, self.start + figure.end

    def excerpt(self, marked: Iterable[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The sentence around the text between some offsets, and where in it they stand."""
        return self.whole.excerpt([(self.start + start, self.start + end) for start, end in marked])

    def quote(self, start: int, end: int, longest: int = 40) -> str:
        """The words between two offsets without line breaks, cut at the front when too long."""
        words = " ".join(self.text[start:end].split()).lstrip("，。；：、,;:）) ")
        return words if len(words) <= longest else "…" + words[-longest:]


@kept_for_latest
def section_prose(report: AnnualReport) -> tuple[SectionProse, ...]:
    """The prose of every section, its figures found."""
    whole = prose_of(report)
    found = []
    for section, _, start, end in whole.sections:
        if end > start:
            text = _widened(whole.text[start:end])
            cuts = [seam - start for seam in whole.seams(start, end)]
            found.append(SectionProse(section, whole, start, text, _figures(text, cuts)))
    return tuple(found)


def _widened(text: str) -> str:
    """With full-width , ; and : but for those between digits, so that what divides a sentence need be known in one form."""
    if "," in text:
        text = _COMMA.sub("，", text)
    if ":" in text:
        text = _COLON.sub("：", text)
    return text.replace(";", "；")


def _figures(text: str, cuts: Sequence[int]) -> tuple[ProseFigure, ...]:
    """Every figure of a section; `cuts` are the offsets at which a line of the source went on in the next one."""
    found: list[ProseFigure] = []
    sentences: list[int] = []
    blocks: list[int] = []
    openings: list[str] = []
    previous = 0
    spaced = _SPACED.search(text) is not None
    for match in (_SPACED_FIGURE if spaced else _FIGURE).finditer(text):
        start = match.start()
        read = _read(text, match, start)
        if read is None:
            continue
        if not sentences:
            sentences = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text) + 1]
            blocks = [0, *(m.start() for m in _BLOCK.finditer(text))]
            openings = [mark for mark in "（(" if mark in text]
        amount, counter, exactness, shift = read
        start += shift
        number = bisect_right(sentences, start) - 1
        sentence = sentences[number]
        bracket = -1
        for opening in openings:
            opened = text.rfind(opening, sentence, start)
            # the other width may close it: （含上年结转2件)
            if opened > bracket and text.find("）", opened, start) < 0 and text.find(")", opened, start) < 0:
                bracket = opened
        floor = max(sentence, previous)
        clause = start
        while clause > floor and text[clause - 1] not in _CLAUSE_MARKS:
            clause -= 1
        end = match.end()
        if _is_cut(text, start, end, cuts) or (spaced and not exactness and _SPACED.search(match.group())):
            exactness = CUT
        found.append(
            ProseFigure(
                amount, counter, exactness, start, end, clause, sentence,
                min(sentences[number + 1], len(text)), blocks[bisect_right(blocks, start) - 1], bracket,
            )
        )  # fmt: skip
        previous = end
    return tuple(found)


def _is_cut(text: str, start: int, end: int, cuts: Sequence[int]) -> bool:
    """Whether the end of a line divides the digits, or digits end the line before: what number was meant is a guess."""
    for cut in cuts[bisect_right(cuts, start) : bisect_right(cuts, end)]:
        if (text[cut - 1] in _DIGITS and text[cut] in _DIGITS) or (text[cut - 1] in _HAN and text[cut] in _HAN):
            return True
    return text[start - 1 : start] == "\n" and text[start - 2] in _DIGITS


def _read(text: str, match: re.Match[str], start: int) -> tuple[int | Decimal, str, str, int] | None:
    """(amount, counter, exactness, how far into the match the number begins); None when it counts nothing."""
    counter = match["counter"]
    times = match["times"]
    printed = text[
        start : match.start("times") if times else match.start("more") if match["more"] else match.start("counter")
    ]
    value = _amount(printed.strip())
    if value is None:
        return None
    amount, tail, shift = value
    if counter in ("％",):
        counter = "%"
    if tail and counter == "元":  # 3万元 is three 万元, as printed
        counter = tail + "元"
    elif tail or times:
        amount = amount * _TIMES[tail or times]
        amount = int(amount) if amount == int(amount) else amount
    before = text[max(0, start - 12) : start]
    if not printed[0].isdigit():
        if text.startswith(_TOGETHER, match.end()):
            return None  # 三项合计645项 counts no three things
        if (
            counter in ("条", "项", "次", "个", "部", "人", "家", "期", "批", "张", "名")
            and "第" in before
            and _ORDINAL.search(before)
        ):
            return None
        if printed in ("一", "两") and (
            counter in ("个", "次", "项", "部", "人", "家", "批", "场", "张", "名")
            or text[match.end() : match.end() + 1] in ("事", "套")
        ):
            return None
    elif "第" in before and (before.rstrip()[-1] == "第" or _ORDINAL.search(before)):
        return None
    about = _ABOUT.search(before) if before[-1:] in _ABOUT_ENDS else None
    exactness = match["more"] or (about.group().strip() if about and about.group().strip() != "上" else "")
    if not exactness and (tail or times) and counter[-1] != "元":
        exactness = tail or times  # 1.2万条 is rounded
    if not exactness and before[-1:] in "，, " and _LAST_THREE.match(printed) and _DIVIDED.search(before):
        exactness = CUT  # 3 , 098 is one number, written apart
    return amount, counter, exactness, shift


@lru_cache(maxsize=4096)
def _amount(printed: str) -> tuple[int | Decimal, str, int] | None:
    """The value, a multiplier left over (万, 亿) and where the number begins in what was matched."""
    shift = 0
    if printed[0] in _HAN:
        digits = re.search(r"[0-9０-９]", printed)
        if digits is None:
            money = printed.rstrip("万亿")
            number = chinese_number(printed if any(unit in money for unit in "十百千") or money == printed else money)
            if number is None:
                return None
            return number, "" if any(u in money for u in "十百千") else printed[len(money) :], 0
        shift = digits.start()
        printed = printed[shift:]
    tail = printed[-1] if printed[-1] in "万亿" else ""
    plain = printed.rstrip("万亿").replace("．", ".")
    if "，" in plain or ("," in plain and not _NUMBER.fullmatch(plain)):
        cut = max(plain.rfind("，"), plain.rfind(",")) + 1  # the comma divides two statements
        shift += cut
        plain = plain[cut:]
    plain = plain.replace(",", "").replace(" ", "").replace("\xa0", "")
    if not plain or not _NUMBER.fullmatch(plain):
        return None
    return (Decimal(plain) if "." in plain else int(plain)), tail, shift
