"""The numbers of headings, paragraphs and points: in sequence, each level inside another one and never inside itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport, Section, Wording
from gip_lint.checks import Parameter, Resources
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.numerals import chinese_number
from gip_lint.prose import Passage, Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "parts": Parameter("texts", "核对哪些部分里的序号：preface、overview、problems、other 等", True),
}
_NUMERALS = "一二三四五六七八九十"
# at the beginning of a paragraph, or behind the end of a sentence; the mark before is matched because it is quick to find
_TOKEN = LazyPattern(
    rf"[\n。；;：:！？，][”』）)]?[ \t\u3000\xa0#*]*(?:(?P<point>[{_NUMERALS}]{{1,2}})是|(?P<must>[{_NUMERALS}]{{1,2}})要(?![素件点旨求道职]))"
    rf"|[\n。；;：！？][”』）)]?[ \t\u3000\xa0#*]*(?:"
    rf"第(?P<ordinal>[{_NUMERALS}]{{1,2}})[，、](?![{_NUMERALS}第])"
    rf"|其(?P<each>[{_NUMERALS}]{{1,2}})[，、：]"
    rf"|(?P<half>\d{{1,2}})[）)](?![、，和及至\d])"
    rf"|(?P<single>[㈠-㈩①-⒛])|"
    rf"(?P<section>[{_NUMERALS}]{{1,3}})、(?![{_NUMERALS}]{{1,2}}[、是])"
    rf"|[（(](?P<bracketed>[{_NUMERALS}]{{1,3}})[）)]"
    rf"|(?P<digit>\d{{1,2}})[.．、](?![\d．.])"
    rf"|[（(](?P<round>\d{{1,2}})[）)])"
)
# numbers of one character are a level named after the first of their row
_LEVELS = ("section", "bracketed", "㈠", "digit", "⒈", "round", "⑴", "half", "①", "point", "must", "ordinal", "each")
_RANKS = {level: rank for rank, level in enumerate(_LEVELS)}
_SHOWN = {"section": "{}、", "bracketed": "（{}）", "digit": "{}.", "round": "（{}）", "half": "{}）"}
_SHOWN |= {"point": "{}是", "must": "{}要", "ordinal": "第{}，", "each": "其{}，"}
_LONGEST_ROW = 20
_POINTS = frozenset(["point", "must", "ordinal", "each"])
_IN_HAN = frozenset(["section", "bracketed", *_POINTS])
_PROBLEMS = "problems"
_LEADS_UP = LazyPattern(r"[以如]下|下列|下一步|措施|改进|问题|不足|打算|方面|建议")
_SENTENCE_MARK = LazyPattern(r"[。；：，]")


class Token(NamedTuple):
    """A number at the head of a heading, paragraph or point."""

    level: str
    number: int
    start: int
    end: int
    leads: bool  # stands at the beginning of a paragraph
    passage: Passage  # that paragraph, or the one it stands in
    mark: str  # what it stands behind
    place: int  # its number, or where it was wrong the one that was due


class Numbering(NamedTuple):
    """A finding for each number that is skipped, given twice, or begins its own level anew inside that level."""

    parts: tuple[str, ...]

    def apply(self, report: AnnualReport) -> Result:
        """First the numbers of the sections, then those inside every section."""
        prose = prose_of(report)
        faults = list(_section_faults(report))
        for passages in _grouped(prose.passages, self.parts):
            faults += _faults(prose, passages)
        return Result(0 if faults else 1, faults)


def _section_faults(report: AnnualReport) -> Iterator[Fault]:
    """The printed number of a section that is neither its own nor that of its place.

    Where a section is missing, doubled or misplaced the others are often numbered on; that has a rule of its own.
    """
    seen: list[Section] = []
    for place_in_report, section in enumerate(report.sections, 1):
        heading = section.heading.lstrip("#* \u3000\xa0")
        printed = re.match(rf"([{_NUMERALS}]{{1,2}})\s*[、.．，]", heading)
        if printed is None or printed[1] == section.form.number or section.wording is Wording.OTHER:
            continue
        if chinese_number(printed[1]) == place_in_report or any(other.form.key == section.form.key for other in seen):
            continue
        seen.append(section)
        facts = {"found": f"{printed[1]}、", "due": f"{section.form.number}、", "text": heading}
        place = section.location
        yield Fault(f"{section.form.number}、{section.form.heading}", place, facts, variant="section")


def _grouped(passages: Sequence[Passage], parts: tuple[str, ...]) -> Iterator[list[Passage]]:
    """The passages of each section that is looked at, apart."""
    group: list[Passage] = []
    for passage in passages:
        if passage.part not in parts:
            if group:
                yield group
            group = []
        elif group and passage.part != group[-1].part:
            yield group
            group = [passage]
        else:
            group.append(passage)
    if group:
        yield group


def _tokens(prose: Prose, passages: Sequence[Passage]) -> Iterator[Token]:
    begins = {passage.start: passage for passage in passages}
    start, end = passages[0].start - 1, passages[-1].end
    for match in _TOKEN.finditer(prose.text, start, end):
        level = match.lastgroup or ""
        text = match[level]
        if level == "single":
            level = next(first for first in "㈠⒈⑴①" if 0 <= ord(text) - ord(first) < _LONGEST_ROW)
            number: int | None = ord(text) - ord(level) + 1
        else:
            number = int(text) if text.isdecimal() else chinese_number(text)
        if number is None:
            continue
        begun = begins.get(match.start() + 1)
        passage = begun or prose.passage(match.start())
        leads = begun is not None and not begun.tabular
        start = match.start(match.lastgroup or 0)
        yield Token(level, number, start, match.end(), leads, passage, match.group()[0], number)


def _faults(prose: Prose, passages: Sequence[Passage]) -> Iterator[Fault]:
    last: dict[str, Token] = {}
    before: Token | None = None
    tokens = list(_tokens(prose, passages))
    for at, token in enumerate(tokens):
        previous = last.get(token.level)
        fault = _found(prose, previous, token, before, tokens[at + 1 :]) if previous is not None else None
        if previous is not None and fault is not None:
            yield fault
            token = token._replace(place=previous.place + 1)
        if token.level not in _POINTS:  # 一是…二是… runs inside any level and closes none
            rank = _RANKS[token.level]
            for level in [level for level in last if _RANKS[level] > rank]:
                del last[level]  # the levels inside begin anew
            before = token
        last[token.level] = token


def _found(prose: Prose, previous: Token, token: Token, before: Token | None, later: Sequence[Token]) -> Fault | None:
    """What is wrong with a number behind the one before it of the same level; `before` is that before it of any level."""
    if token.level not in _POINTS and token.number == 1:
        if before is previous and previous.number > 1 and _heads(prose, previous, token):
            return _fault(prose, token, previous, "nested")
        if before is previous and _restarts(prose, previous, token):
            return _fault(prose, token, previous, "restarted")
        return None
    in_sequence = token.level in _POINTS or (token.leads and previous.leads) or _run_on(prose, previous, token, later)
    if token.number == 1 or not in_sequence or token.number == previous.place + 1:
        return None
    return _sequence(prose, previous, token)


def _run_on(prose: Prose, previous: Token, token: Token, later: Sequence[Token]) -> bool:
    """Whether both are points of one list within a paragraph, and the number due between them does not come later."""
    if previous.passage is not token.passage or token.mark in "：:" or token.passage.tabular:
        return False
    if previous.mark in "；;" and "。" in prose.text[previous.end : token.start]:
        return False  # points divided by ； end with 。; what follows refers to one
    for other in later[:_LONGEST_ROW]:
        if _RANKS[other.level] < _RANKS[token.level] or (other.level == token.level and other.number == 1):
            break
        if other.level == token.level and other.number == previous.number + 1:
            return False
    return True


def _sequence(prose: Prose, previous: Token, token: Token) -> Fault | None:
    """Given twice or skipped; not where the number missed stands in between in another dress, or a list begins there."""
    if (
        previous.number > 1
        and token.level in _POINTS
        and _shown(token.level, 1) in prose.text[previous.end : token.start]
    ):
        return None
    if token.number == previous.number:
        return _fault(prose, token, previous, "repeated")
    if token.number > previous.number + 1 and not _between(prose, previous, token):
        return _fault(prose, token, previous, "skipped")
    return None


def _between(prose: Prose, previous: Token, token: Token) -> bool:
    wanted = previous.number + 1
    numeral = _numeral(wanted)
    text = prose.text[previous.end : token.start]
    for match in re.finditer(rf"(?<!\d)(?:{numeral}|{wanted})\s*([）)、.．是要来则])(?!\d)", text):
        # a list inside that begins with its own 1. or 一是 has a number two as well
        first = "1" if match.group()[0].isdigit() else "一"
        if not re.search(rf"(?<!\d){first}\s*{re.escape(match[1])}", text[: match.start()]):
            return True
    return bool(re.search(rf"[第其]{numeral}(?:方面)?[，、：,是]", text))  # not 第三方, 第三季度


def _heads(prose: Prose, previous: Token, token: Token) -> bool:
    """Whether the one is a heading without a sentence, and the other begins the paragraph right below it."""
    if not (previous.leads and token.leads):
        return False
    if _SENTENCE_MARK.search(prose.text, previous.end, previous.passage.end):
        return False
    return prose.text.count("\n", previous.end, token.start) == 1


def _restarts(prose: Prose, previous: Token, token: Token) -> bool:
    """Whether nothing stands between the two but sentences, and no words lead up to a new list."""
    if not (previous.leads and token.leads) or (previous.number == 1 and token.passage.part == _PROBLEMS):
        return False  # there one problem may be followed by one improvement
    first, *paragraphs = prose.text[previous.start : token.start].rstrip(" \t\u3000\xa0#*\n（(").split("\n")
    if any("。" not in paragraph for paragraph in paragraphs):
        return False  # a heading
    last = (paragraphs or [first])[-1]
    return last.rstrip("”").endswith("。") and _LEADS_UP.search(last, last.rfind("。", 0, -2) + 1) is None


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, units = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" + (_NUMERALS[units - 1] if units else "")


def _shown(level: str, number: int) -> str:
    if len(level) == 1:
        return chr(ord(level) + number - 1)
    return _SHOWN[level].format(_numeral(number) if level in _IN_HAN else number)


def _fault(prose: Prose, token: Token, previous: Token, variant: str) -> Fault:
    place = prose.location(token.start, token.end)
    facts = {
        "found": _shown(token.level, token.number),
        "previous": _shown(previous.level, previous.number),
        "due": _shown(token.level, previous.number + 1),
        "previous_line": prose.location(previous.start, previous.end).line,
    }
    return Fault(prose.passage(token.start).address, place, facts, variant=variant)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Numbering:
    """Make the check."""
    return Numbering(tuple(given["parts"]))
