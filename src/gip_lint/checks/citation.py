"""Numbers of documents: their form, the title they belong to, and whether the document is still in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.prose import Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "words": Parameter("text", "词典：rules/words/ 下的文件名，内有 notices 与 orders", True),
}
_NUMBER = LazyPattern(
    r"(?P<code>[\u4e00-\u9fff]+)\s*(?P<body>(?P<open>[〔\[【［（(﹝<〈]?)\s*(?P<year>(?:19|20)\d\d)\s*"
    r"(?P<close>[〕\]】］）)﹞>〉年]*)\s*(?P<ordinal>第?)\s*(?P<serial>\d{1,4})\s*号)\Z"
)
# what a code must end with where other things are written like that too; square brackets are only found in numbers
_ENDS_OF_CODES = {"": "发函"} | dict.fromkeys("（(﹝<〈", "发函办规通知综电文秘字信管")
_NO_CODES = "告第期批版卷案"  # 招标公告【2024】3号 is no number of a document
_INCOMPLETE = LazyPattern(
    r"〔\s*(?P<year>(?:19|20)?\d\d)\s*〕\s*(?P<serial>\d{0,4})\s*(?P<end>号(?!召)|(?=[）)》，。；]))"
)
_ORDER = LazyPattern(r"国(?:务院)?令\s*(?:[（(〔]?20\d\d[）)〕年]?)?\s*第?\s*(?P<serial>\d{3,4})\s*号\Z")
_TITLE_BEFORE = LazyPattern(
    r"《([^《》\n]{4,80}(?:《[^《》\n]*》[^《》\n]*)?)》\s*[（(]\s*(?:[^（()）\n]{0,20}[，、])?\Z"
)
_PAST = LazyPattern(r"废止|失效|原|曾|(?<!新)修订|(?<!新)修改|(?<!现)公布|替代|取代|新旧|2007|2008")
_WORDS_BEFORE = LazyPattern(r".*(?:根据|依据|按照|落实|贯彻|执行|遵照|参照|以及|和|与|及|为|见)(?=[\u4e00-\u9fff]{2})")
_LONGEST = 46
_YEAR_DIGITS = 4
_SHORTEST_CODE = 2


class Notice(NamedTuple):
    """A document with its number, split into code, year and serial; an order has only a serial."""

    number: str
    code: str
    year: str
    serial: str
    title: str | None
    about: str | None
    first: int | None
    last: int | None
    instead: str
    earlier: str  # what was in force before it


class Citations(NamedTuple):
    """One finding for each number that is not as it should be."""

    notices: tuple[Notice, ...]
    orders: tuple[Notice, ...]

    def apply(self, report: AnnualReport) -> Result:
        """Look at what stands before each 号."""
        prose = prose_of(report)
        held = 0
        faults: list[Fault] = []
        at = prose.text.find("号")
        while at >= 0:
            found = self._cited(report, prose, at + 1)
            if found is not None:
                faults += found
                held += not found
            at = prose.text.find("号", at + 1)
        at = prose.text.find("〔")
        while at >= 0:
            faults += _incomplete(prose, at)
            at = prose.text.find("〔", at + 1)
        return Result(held, faults)

    def _cited(self, report: AnnualReport, prose: Prose, end: int) -> list[Fault] | None:
        """The faults of the number that ends there; None where no number of a document ends."""
        if not prose.text[max(0, end - 5) : end - 1].rstrip(" ")[-1:].isdigit():
            return None  # 公众号, 号召
        head = prose.text[max(0, end - _LONGEST) : end]
        order = _ORDER.search(head)
        if order is not None:
            return list(self._order_faults(report, prose, order, end))
        match = _NUMBER.search(head)
        if match is None:
            return None
        last = match["code"][-1]
        if last not in _ENDS_OF_CODES.get(match["open"], last) or (match["open"] != "〔" and last in _NO_CODES):
            return None
        form = _form_fault(prose, match, end)
        if form is not None:
            return [form]
        return list(self._notice_faults(report, prose, match, end))

    def _order_faults(self, report: AnnualReport, prose: Prose, match: re.Match[str], end: int) -> Iterator[Fault]:
        start = end - (match.end() - match.start())
        first, last = prose.sentence(start, end)
        sentence = prose.text[first:last]
        title = _title_before(prose, start)
        for order in self.orders:
            facts = {"number": match.group(), "title": title or "", "proper": f"国务院令第{order.number}号"}
            if order.serial != match["serial"]:
                known = any(order.serial == match["serial"] for order in self.orders)
                if title and order.title and compiled(order.title).search(title) and not known:
                    yield _fault(prose, start, end, facts, "mismatch", str(facts["proper"]))
            elif _outdated(order, report.year) and not _PAST.search(sentence) and order.instead not in sentence:
                facts["proper"] = order.instead
                yield _fault(prose, start, end, facts, "outdated", order.instead)

    def _notice_faults(self, report: AnnualReport, prose: Prose, match: re.Match[str], end: int) -> Iterator[Fault]:
        start = end - len(match["body"])
        while start > 0 and prose.text[start - 1].isspace():
            start -= 1
        first, last = prose.sentence(start, end)
        sentence = prose.text[first:last]
        code = _code_start(prose, start)
        title = _title_before(prose, code)
        for notice in self.notices:
            same = match["year"] == notice.year and match["serial"] == notice.serial
            named = prose.text.endswith(notice.code, 0, start)
            facts = {"number": prose.text[code:end], "title": title or "", "proper": notice.number}
            if same and named:
                if _outdated(notice, report.year) and not _PAST.search(sentence):
                    begin = start - len(notice.code)
                    early = notice.first is not None and (report.year or 0) < notice.first
                    proper = notice.earlier if early else notice.instead
                    if proper:
                        facts |= {"number": prose.text[begin:end], "proper": proper}
                        yield _fault(prose, begin, end, facts, "outdated", proper)
                return
            if title is not None and notice.title is not None and compiled(notice.title).search(title):
                yield _fault(prose, code, end, facts, "mismatch", notice.number)
                return
            if (
                same
                and notice.about
                and prose.text.startswith("国办", code)
                and compiled(notice.about).search(sentence)
            ):
                yield _fault(prose, code, end, facts, "code", notice.number)
                return
        for notice in self.notices:
            close = (match["year"] == notice.year) != (match["serial"] == notice.serial)
            if (
                close
                and title is None
                and prose.text.endswith(notice.code, 0, start)
                and not _outdated(notice, report.year)
                and notice.about
                and compiled(notice.about).search(sentence)
            ):
                facts = {"number": prose.text[code:end], "title": "", "proper": notice.number}
                yield _fault(prose, code, end, facts, "near", None)
                return


def _incomplete(prose: Prose, at: int) -> Iterator[Fault]:
    """A number that stops short of 号, has no serial, or only two digits of the year."""
    match = _INCOMPLETE.match(prose.text, at)
    if match is None or (match["end"] and match["serial"] and len(match["year"]) == _YEAR_DIGITS):
        return
    if not (match["end"] or match["serial"]):
        return  # a year in brackets
    start = _code_start(prose, at)
    if at - start < _SHORTEST_CODE:
        return
    code = _WORDS_BEFORE.sub("", prose.text[start:at])
    year = match["year"] if len(match["year"]) == _YEAR_DIGITS else f"20{match['year']}"
    proper = f"〔{year}〕{match['serial']}号" if match["serial"] else ""
    body = match.group().rstrip()
    facts = {"number": code + body, "proper": code + proper, "title": ""}
    yield _fault(prose, at, at + len(body), facts, "form" if proper else "serial", proper or None)


def _outdated(notice: Notice, year: int | None) -> bool:
    if year is None:
        return False
    return (notice.last is not None and year > notice.last) or (notice.first is not None and year < notice.first)


def _code_start(prose: Prose, end: int) -> int:
    """Where the code before a year begins: behind the last mark, or at 国办 within running words."""
    start = end
    while start > 0 and end - start < 14 and "\u4e00" <= prose.text[start - 1] <= "\u9fff":
        start -= 1
    national = prose.text.rfind("国办", start, end)
    return national if national >= 0 else start


def _title_before(prose: Prose, start: int) -> str | None:
    """The title in 《》 that a number in brackets follows."""
    if prose.text[start - 1] not in "（(、， ":
        return None
    match = _TITLE_BEFORE.search(prose.text[max(0, start - 130) : start])
    return "".join(match[1].split()) if match else None


def _form_fault(prose: Prose, match: re.Match[str], end: int) -> Fault | None:
    year, close, serial = match["year"], match["close"], match["serial"]
    if not match["open"] and len(serial) > 3:
        return None
    if match["open"] == "〔" and close == "〕" and not match["ordinal"] and not serial.startswith("0"):
        return None
    proper = f"〔{year}〕{serial.lstrip('0') or serial}号"
    start = end - len(match["body"])
    code = _WORDS_BEFORE.sub("", match["code"])
    facts = {"number": code + match["body"], "proper": code + proper, "title": ""}
    return _fault(prose, start, end, facts, "form", proper)


def _fault(
    prose: Prose, start: int, end: int, facts: Mapping[str, object], variant: str, suggestion: str | None
) -> Fault:
    place = prose.location(start, end)
    return Fault(prose.passage(start).address, place, facts, variant=variant, suggestion=suggestion)


_PARTS = LazyPattern(r"([\u4e00-\u9fff]+)〔(\d{4})〕(\d+)号")


def _notice(entry: Any) -> Notice:
    try:
        number = str(entry["number"])
        parts = _PARTS.fullmatch(number)
        code, year, serial = parts.groups() if parts else ("", "", number)
        title, about = entry.get("title"), entry.get("about")
        for pattern in (title, about):
            re.compile(pattern or "")
        return Notice(
            number,
            code,
            year,
            serial,
            title,
            about,
            entry.get("from"),
            entry.get("to"),
            entry.get("instead", ""),
            entry.get("earlier", ""),
        )
    except (KeyError, AttributeError, TypeError, re.error) as error:
        raise ParameterError(
            "words", f"词典中这一条有误：{entry}（{error}）", f"bad entry: {entry} ({error})"
        ) from error


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Citations:
    """Make the check. Raises `ParameterError` for an unknown dictionary or a bad entry."""
    if given["words"] not in resources.words:
        raise ParameterError("words", f"没有词典 {given['words']}", f"no dictionary {given['words']}")
    data = resources.words[given["words"]]
    return Citations(tuple(map(_notice, data.get("notices", ()))), tuple(map(_notice, data.get("orders", ()))))
