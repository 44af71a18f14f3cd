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
    rf"[\n。；：！？，][ \t\u3000\xa0#*]*(?P<point>[{_NUMERALS}]{{1,2}})是"
    rf"|[\n。；：！？][ \t\u3000\xa0#*]*(?:"
    rf"(?P<section>[{_NUMERALS}]{{1,3}})、(?![{_NUMERALS}]{{1,2}}[、是])"
    rf"|[（(](?P<bracketed>[{_NUMERALS}]{{1,3}})[）)]"
    rf"|(?P<digit>\d{{1,2}})[.．、](?![\d．.])"
    rf"|[（(](?P<round>\d{{1,2}})[）)]"
    rf"|(?P<circled>[①-⑳]))"
)
_LEVELS = ("section", "bracketed", "digit", "round", "circled", "point")
_RANKS = {level: rank for rank, level in enumerate(_LEVELS)}
_SHOWN = {"section": "{}、", "bracketed": "（{}）", "digit": "{}.", "round": "（{}）", "circled": "{}", "point": "{}是"}
_POINT = "point"
_LEADS_UP = LazyPattern(r"[以如]下|下列|下一步|措施|改进|问题|不足|打算|方面|建议")
_SENTENCE_MARK = LazyPattern(r"[。；：，]")


class Token(NamedTuple):
    """A number at the head of a heading, paragraph or point."""

    level: str
    number: int
    start: int
    end: int
    leads: bool  # stands at the beginning of a paragraph
    passage: Passage | None  # that paragraph


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
        number = (
            ord(text) - ord("①") + 1 if level == "circled" else int(text) if text.isdigit() else chinese_number(text)
        )
        if number is None:
            continue
        passage = begins.get(match.start() + 1)
        leads = passage is not None and not passage.tabular
        yield Token(level, number, match.start(level), match.end(), leads, passage)


def _faults(prose: Prose, passages: Sequence[Passage]) -> Iterator[Fault]:
    last: dict[str, Token] = {}
    before: Token | None = None
    for token in _tokens(prose, passages):
        previous = last.get(token.level)
        if token.level == _POINT:
            # 一是…二是… runs inside any level and closes none
            if previous is not None and token.number != 1:
                yield from _sequence(prose, previous, token)
            last[_POINT] = token
            continue
        if previous is not None:
            if token.number == 1:
                if before is previous and previous.number > 1 and _heads(prose, previous, token):
                    yield _fault(prose, token, previous, "nested")
                elif before is previous and previous.number > 1 and _restarts(prose, previous, token):
                    yield _fault(prose, token, previous, "restarted")
            elif token.leads and previous.leads:
                yield from _sequence(prose, previous, token)
        rank = _RANKS[token.level]
        for level in [level for level in last if _RANKS[level] > rank]:
            del last[level]  # the levels inside begin anew
        last[token.level] = token
        before = token


def _sequence(prose: Prose, previous: Token, token: Token) -> Iterator[Fault]:
    """Given twice or skipped; not where the number missed stands in between in another dress."""
    if token.number == previous.number:
        yield _fault(prose, token, previous, "repeated")
    elif token.number > previous.number + 1 and not _between(prose, previous, token):
        yield _fault(prose, token, previous, "skipped")


def _between(prose: Prose, previous: Token, token: Token) -> bool:
    wanted = previous.number + 1
    numeral = _numeral(wanted)
    text = prose.text[previous.end : token.start]
    number = rf"(?<!\d)(?:{numeral}|{wanted})\s*[）)、.．是要来则](?!\d)"
    return bool(re.search(rf"{number}|[第其]{numeral}(?:方面)?[，、：,是]", text))  # not 第三方, 第三季度


def _heads(prose: Prose, previous: Token, token: Token) -> bool:
    """Whether the one is a heading without a sentence, and the other begins the paragraph right below it."""
    if not (previous.leads and token.leads) or previous.passage is None:
        return False
    if _SENTENCE_MARK.search(prose.text, previous.end, previous.passage.end):
        return False
    return prose.text.count("\n", previous.end, token.start) == 1


def _restarts(prose: Prose, previous: Token, token: Token) -> bool:
    """Whether nothing stands between the two but sentences, and no words lead up to a new list."""
    if not (previous.leads and token.leads):
        return False
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
    if level == "circled":
        return chr(ord("①") + number - 1)
    return _SHOWN[level].format(_numeral(number) if level in ("section", "bracketed", "point") else number)


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
