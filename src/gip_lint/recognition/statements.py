"""Statements: figures and claims of the prose tied to what they are about (收到…申请7件, 未发生行政复议), as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Location
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import Prose, ProseFigure, prose_of
from gip_lint.recognition.statement_words import MONEY, Family, StatementWords

_YEAR = LazyPattern(r"(20\d\d)年")
_PUNCTUATION = LazyPattern(r"[，。；、：！？（）(),;\n]")
_BEFORE_VERB = LazyPattern(r"(?:[，、\s共]|全年|累计|总共|一共|本年度?|今年|以来|的|已|依法|认真|年度|期间|没有|均)+$")
_NAME = LazyPattern(r"[\u4e00-\u9fff（）]{1,24}$")
_IN_BRACKETS = LazyPattern(r"[（(][^（）()]*[）)]")
_COMMON = frozenset("省市县区州旗镇乡街道局办委员会厅处中心人民府")  # what the names of many bodies share
_LONGEST_LABEL = 60
_PLANS = "problems"  # section five tells of shortcomings and of next year


class Statement(NamedTuple):
    """What a piece of prose says of a figure of the tables.

    `about` names its topics (`received`, `review.total`, `documents.issued` …), several when it gives their sum.
    `column` is an applicant column or `organisations`; `period` and `scope` are "" for the reporting year and the issuer
    itself, else the words that say otherwise. `holds` is False for a claim that there is none (未收到, 无, 0件).
    """

    table: str
    about: tuple[str, ...]
    amount: int | Decimal
    counter: str
    column: str
    period: str
    scope: str
    holds: bool
    exactness: str
    quote: str
    location: Location
    address: str
    section: str


class _Memory:
    """The statements of the report last asked about, as the rules ask one after the other."""

    report: AnnualReport | None = None
    words: StatementWords | None = None
    statements: tuple[Statement, ...] = ()


def statements(report: AnnualReport, words: StatementWords) -> tuple[Statement, ...]:
    """Every statement of the report's prose in reading order, section by section; recognised once for all rules."""
    if _Memory.report is not report or _Memory.words is not words:
        found = _section_claims(report, words)
        for prose in prose_of(report):
            if prose.section.form.key == _PLANS:
                continue
            reader = _Reader(report, prose, words)
            found += reader.figures()
            found += reader.claims()
        _Memory.statements = tuple(found)
        _Memory.report, _Memory.words = report, words
    return _Memory.statements


def _section_claims(report: AnnualReport, words: StatementWords) -> list[Statement]:
    """Sections that say 无 in the heading or as their only word."""
    found = []
    for section in report.sections:
        family = next((f for f in words.families if f.home == section.form.key and f.home_claims), None)
        if family is None:
            continue
        text = "".join(section.text.split())
        if compiled(words.heading_none).search(section.heading):
            quote, location = section.heading, section.location
        elif len(text) < 16 and compiled(words.section_none).fullmatch(text):
            place = section.paragraphs[0]
            quote = section.text.strip().rstrip("。")
            location = Location(place.line, place.column, place.line, place.column + len(place.text) - 1)
        else:
            continue
        address = f"{section.form.number}、{section.form.heading}"
        found.append(
            Statement(
                family.table,
                family.home_claims,
                0,
                "",
                "",
                "",
                "",
                False,
                "",
                quote,
                location,
                address,
                section.form.key,
            )
        )
    return found


class _Reader:
    """Reads the statements of one section."""

    def __init__(self, report: AnnualReport, prose: Prose, words: StatementWords) -> None:
        self.year = report.year
        self.issuer = report.issuer or ""
        self.body = _body(self.issuer)
        self.prose = prose
        self.text = prose.text
        self.words = words
        key = prose.section.form.key
        self.families = [
            family
            for family in words.families
            if family.home == key or any(word in prose.text for word in family.context)
        ]

    def figures(self) -> list[Statement]:
        """Statements with a figure."""
        found = []
        said: set[tuple[int, tuple[str, ...], str]] = set()
        for figure in self.prose.figures if self.families else ():
            label = None
            for family in self.families:
                if figure.counter in family.counters and self._in_context(family, figure):
                    if label is None:
                        label = self._plain(self.text[figure.clause : figure.start])[-_LONGEST_LABEL:]
                    if label.endswith("、"):
                        break  # 2件维持、1件纠正: these words belong to the figure before
                    statement = self._statement(family, figure, label)
                    if statement is None:
                        continue
                    subject = (figure.sentence, statement.about, statement.column)
                    if subject in said and "其中" in self.text[figure.sentence : figure.start]:
                        break  # a part of what was said before (办结23件，其中…办结21件)
                    said.add(subject)
                    found.append(statement)
                    break
        return found

    def _in_context(self, family: Family, figure: ProseFigure) -> bool:
        if family.home == self.prose.section.form.key and not family.near:
            return True
        start = figure.sentence if family.near else min(figure.block, figure.sentence)
        end = figure.end + 14
        find = self.text.find
        for word in family.context:  # noqa: SIM110 - a generator would cost more than the search
            if find(word, start, end) >= 0:
                return True
        return False

    def _plain(self, text: str) -> str:
        """Without spaces, years relative to the report's."""
        text = "".join(text.split())
        return _YEAR.sub(self._relative, text) if "20" in text and self.year else text

    def _relative(self, match: re.Match[str]) -> str:
        names = {0: "本年", -1: "上年", 1: "下年"}
        return names.get(int(match[1]) - (self.year or 0), "他年")

    def _statement(self, family: Family, figure: ProseFigure, label: str) -> Statement | None:
        text = self.text
        tail = text[figure.end : figure.end + 14]
        paid = figure.counter in MONEY
        end, head = (family.money_end, family.money_head) if paid else (family.end, family.head)
        ending, heads = _ending(end, head, label)
        if ending >= 0:
            about, column = self._about(family, heads, figure, tail)
            before = label[:ending]
        elif family.alone and not paid and compiled(family.alone).search(label):
            about, column, before = (family.alone_topic,), "", ""
        else:
            behind = compiled(family.behind).match(tail) if family.behind and not paid else None
            lead = compiled(family.lead).search(label) if behind is not None else None
            if behind is None or lead is None:
                return None
            about, column = self._about(family, _heads(head, behind["head"]), figure, tail)
            before = label[: lead.start()]
        if not about:
            return None
        punctuation = _PUNCTUATION.search(tail)
        near = label + tail[: punctuation.start() if punctuation else 14]
        if family.exclude and _contains(family.exclude, near):
            return None
        sentence = text[figure.sentence : figure.end]
        if family.never and compiled(family.never).search(sentence):
            return None
        if family.tail and not _contains(family.contexts, near):
            # what is received or answered is not said: it may be something else
            if family.foreign and compiled(family.foreign).search(sentence):
                return None
            if not compiled(family.tail).match(tail):
                return None
        if about[0] == family.alone_topic and not column and "其中" in sentence:
            return None  # the part of a total that was given before
        amount = figure.amount
        left = self._plain(text[figure.sentence : figure.clause])
        return Statement(
            table=family.table,
            about=about,
            amount=amount,
            counter=figure.counter,
            column=column,
            period="" if about[0] in family.timeless else self._period(left + label),
            scope=self._scope(left + before),
            holds=not (amount == 0 and about[0] in family.none),
            exactness=figure.exactness,
            quote=self.prose.quote(
                figure.clause, figure.end + (len(tail.split("，")[0].split("。")[0]) if not label else 0)
            ),
            location=self.prose.location(figure.start, figure.end),
            address=self.prose.address,
            section=self.prose.section.form.key,
        )

    def _about(
        self, family: Family, heads: Sequence[tuple[str, int]], figure: ProseFigure, tail: str
    ) -> tuple[tuple[str, ...], str]:
        """The topics that the words before a figure name, and the applicant column if just one is named."""
        topics = [family.topics[number] for kind, number in heads if kind == "topic"]
        parts = list(dict.fromkeys(family.parts[number] for kind, number in heads if kind == "part"))
        column = _column(family, [family.columns[number] for kind, number in heads if kind == "column"])
        if column is None:
            return (), ""
        if family.parts:
            if not parts:
                parts = self._last_part(family, figure, tail)
            topic = topics[-1] if topics else family.itself
            return tuple(f"{part}.{topic}" for part in parts), ""
        if not topics:
            return ((family.column_topic,) if column else (family.alone_topic,)), column
        distinct = tuple(dict.fromkeys(topics))
        if distinct[-1] in family.closing and family.none.intersection(distinct):
            return (), ""  # 收到并答复申请7件: either of the two
        return (distinct if family.adds.issuperset(distinct) else (topics[-1],)), column

    def _last_part(self, family: Family, figure: ProseFigure, tail: str) -> list[str]:
        """The part that stands right behind the figure (制发3件行政规范性文件), else the last one named before it."""
        behind = compiled(family.head).match(tail.lstrip("的 ")[:12])
        heads = _heads(family.head, behind.group()) if behind is not None else ()
        if not heads or heads[0][0] != "part":
            heads = _heads(family.head, self.text[figure.sentence : figure.start])
        return [family.parts[number] for kind, number in heads if kind == "part"][-1:]

    def _period(self, left: str) -> str:
        other = None
        for other in compiled(self.words.other_years).finditer(left):  # noqa: B007 - the last one counts
            pass
        if other is None or max(left.rfind("本年"), left.rfind("今年")) > other.start():
            return ""
        return other.group()

    def _scope(self, left: str) -> str:
        """Whom the statement is about: "" for the issuer, else the words that name another body."""
        body = self.body
        whole = None
        for whole in compiled(self.words.wholes).finditer(left):  # noqa: B007 - the last one counts
            pass
        if whole is not None and not body.endswith(whole[1]):
            return whole.group()
        part = compiled(self.words.parts).search(left)
        if part is not None and not (whole and body.endswith(whole[1])):
            return part.group()
        if "（" in left or "(" in left:
            left = _IN_BRACKETS.sub("", left)
        subject = _BEFORE_VERB.sub("", left[-40:])
        name = _NAME.search(subject)
        if name is None or not self.issuer or not compiled(self.words.bodies).search(name.group()):
            return ""
        return "" if _same_body(name.group(), self.issuer) else name.group()

    def claims(self) -> list[Statement]:
        """Statements that there is nothing: 未收到…, 无…, …均未发生."""
        text = self.text
        found: list[Statement] = []
        families = [family for family in self.families if family.claim]
        if not families or not any(word in text for word in ("未", "无", "没有", "为零")):
            return found
        for match in compiled(self.words.claims).finditer(text):
            words = self._plain(match["object"])
            for family in families:
                if compiled(family.claim).search(words):
                    if compiled(family.claim_whole).fullmatch(words):
                        found += self._claim(family, words, match.start(), match.end())
                    break
        for match in compiled(self.words.denied).finditer(text):
            start = max(text.rfind(mark, 0, match.start()) for mark in "，。；：\n") + 1
            words = self._plain(text[start : match.start()]).rstrip("均都也")
            for family in families:
                if compiled(family.claim).search(words):
                    if compiled(family.claim_whole).fullmatch(words.lstrip("也并")):
                        found += self._claim(family, words, start, match.end())
                    break
        return found

    def _claim(self, family: Family, words: str, start: int, end: int) -> list[Statement]:
        sentence = max(self.text.rfind(mark, 0, start) for mark in "。！？\n") + 1
        near = self.text[max(sentence - 60, 0) : end]
        if family.home != self.prose.section.form.key and not any(word in near for word in family.context):
            return []
        heads = _heads(family.head, words)
        parts = [family.parts[number] for kind, number in heads if kind == "part"]
        column = _column(family, [family.columns[number] for kind, number in heads if kind == "column"])
        if column is None:
            return []
        about = (
            [family.claim_topic] if family.claim_topic else [f"{part}.{family.itself}" for part in dict.fromkeys(parts)]
        )
        left = self._plain(self.text[sentence:start])
        made = Statement(
            family.table, (), 0, "", column, self._period(left + words),
            self._scope(left), False, "", self.prose.quote(start, end), self.prose.location(start, end),
            self.prose.address, self.prose.section.form.key,
        )  # fmt: skip
        return [made._replace(about=tuple(about))] if about else []


# The same few labels stand in every report: what they say is worked out once.


@lru_cache(maxsize=8192)
def _ending(end: str, head: str, label: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Where the heads at the end of a label begin, or -1, and which they are."""
    match = compiled(end).search(label) if end else None
    return (-1, ()) if match is None else (match.start(), _heads(head, match.group()))


def _heads(head: str, words: str) -> tuple[tuple[str, int], ...]:
    """(part, topic or column; its number in the family) of every head in some words."""
    found = []
    for match in compiled(head).finditer(words):
        kind, _, number = str(match.lastgroup).partition("_")
        found.append((kind, int(number)))
    return tuple(found)


@lru_cache(maxsize=8192)
def _contains(pattern: str, words: str) -> bool:
    return compiled(pattern).search(words) is not None


def _column(family: Family, columns: Sequence[str]) -> str | None:
    """The one column named; "" for none or for everybody (公民、法人和其他组织); None for a choice of columns."""
    distinct = set(columns)
    if len(distinct) == 1:
        return columns[0]
    return "" if not distinct or distinct == {family.columns[0], family.columns[-1]} else None


@lru_cache(maxsize=1024)
def _body(issuer: str) -> str:
    """柳河镇 for 柳河镇人民政府."""
    return re.sub(r"(?:人民政府|政府|办事处)$", "", issuer)


def _same_body(name: str, issuer: str) -> bool:
    """Whether a name in a sentence means the issuer: 我局, 区政务数据办 for 政务服务和数据资源管理办公室."""
    if name[0] in "我本" or "我" in name[-3:] or "本" in name[-4:] or name in issuer:
        return True
    short = re.sub(r"(?:人民政府|政府)$", "", name)
    body = _body(issuer)
    if name != short and (not short or short[-1] == body[-1:]) and body != issuer:
        return True
    last, own = (re.sub(r"(?:办公室|办公厅)$", "办", word) for word in (name, body))
    telling = set(last) - _COMMON
    return last[-1:] == own[-1:] and len(telling & set(own)) >= min(2, len(telling))
