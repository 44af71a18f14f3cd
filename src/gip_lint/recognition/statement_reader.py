"""Ties the figures of one section to what they are about: 收到政府信息公开申请7件 → received, 7."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Location
from gip_lint.issuer import bare_name
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import ProseFigure, SectionProse
from gip_lint.recognition.statement_heads import by_kind, column_of, contains, ending_heads, heads_in
from gip_lint.recognition.statement_scopes import Whose
from gip_lint.recognition.statement_series import respective_labels
from gip_lint.recognition.statement_wholes import COMPARED, part_of
from gip_lint.recognition.statement_words import MONEY, Family, StatementWords

_YEAR = LazyPattern(r"(20\d\d)年")
_PUNCTUATION = LazyPattern(r"[，。；、：！？（）(),;\n]")
_JOINED = LazyPattern(r"\s*(?:、|和|及|以及)[^，。；、]*$")
_TITLES = LazyPattern(r"(?:《|^)[^《》]*》等?")  # the first may be cut
_IN_BRACKETS = LazyPattern(r"[（(][^（）()]*[）)]")
_LONGEST_LABEL = 60
_ITSELF = "本机关"
_NEAR = 14
_SENTENCES_BEFORE = 3
_BEHIND = 22
_RESPECTIVELY = 6


class Statement(NamedTuple):
    """What a piece of prose says of a figure of the tables.

    `about` names its topics (`received`, `review.total`, `documents.issued` …), several when it gives their sum.
    `column` is an applicant column or `organisations`; `period` and `scope` are "" for the reporting year and the issuer
    itself, else the words that say otherwise. `holds` is False for a claim that there is none (未收到, 无, 0件).
    `figure` is where its figure stands in `prose`, `words` where all of it does.
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
    prose: SectionProse
    figure: tuple[int, int]
    words: tuple[int, int]

    @property
    def quote(self) -> str:
        """Its words, shortened."""
        return self.prose.quote(*self.words)

    @property
    def location(self) -> Location:
        """Where its figure, or the whole claim, stands in the document."""
        return self.prose.location(*self.figure)

    @property
    def place(self) -> tuple[int, int]:
        """Its figure in the whole prose of the report."""
        return self.prose.start + self.figure[0], self.prose.start + self.figure[1]

    @property
    def address(self) -> str:
        """The section it stands in."""
        return self.prose.address

    @property
    def plain(self) -> bool:
        """Whether it tells of the reporting year and of the issuer as a whole."""
        return not (self.period or self.scope or self.column)


class Reader:
    """Reads the statements of one section."""

    def __init__(self, report: AnnualReport, prose: SectionProse, words: StatementWords) -> None:
        self.year = report.year
        self.issuer = report.issuer or ""
        self.prose = prose
        self.text = prose.text
        self.words = words
        self.whose = Whose(self.issuer, bare_name(self.issuer), words)
        self.excluded = -1  # the end of the last figure that is known to count something else
        self._met: dict[tuple[str, int], int] = {}
        self._given: dict[int, str] = {}  # the words of figures named before them (予以公开和部分公开分别为28件和12件)
        key = prose.section.form.key
        self.families = [
            family
            for family in words.families
            if (family.home == key or self._any_of(family.context)) and (not family.needs or self._any_of(family.needs))
        ]

    def figures(self) -> list[Statement]:
        """Statements with a figure."""
        found: list[Statement] = []
        said: set[tuple[int, tuple[str, ...], str]] = set()
        for place, figure in enumerate(self.prose.figures if self.families else ()):
            label = None
            for family in self.families:
                if figure.counter in family.counters and self._in_context(family, figure):
                    if label is None:
                        label = self.plain(self.text[figure.clause : figure.start])
                        if "》" in label:
                            label = _TITLES.sub("", label)  # 制定《…》《…》等规范性文件2件
                        if self.issuer and self.issuer in label:
                            label = label.replace(self.issuer, _ITSELF)  # a name may hold any word: 政府办公室, 信访局
                        label = label[-_LONGEST_LABEL:]
                        if label.endswith("、"):
                            label = ""  # 2件维持、1件纠正: these words belong to the figure before
                    if "分别" in label[-_RESPECTIVELY:]:
                        self._given |= respective_labels(family, self.prose.figures, place, label, self._between)
                    label = self._given.get(figure.start, label)
                    statement = self._statement(family, figure, label, found)
                    if statement is None:
                        continue
                    part = part_of(self.prose, family, place, statement, found) if family.parts_of else ""
                    if part and not statement.scope:
                        statement = statement._replace(scope=part)
                    subject = (figure.block, statement.about, statement.column)
                    if subject in said and "其中" in self.text[figure.sentence : figure.start]:
                        break  # a part of what was said before (办结23件，其中…办结21件)
                    said.add(subject)
                    found.append(statement)
                    if family.all_of:
                        found += self._all_alike(family, statement)
                    break
        return self._of_parts(self._without_bare(found))

    def _all_alike(self, family: Family, statement: Statement) -> list[Statement]:
        """That all it counts is of one column or part, if the words behind it say so (9件，均为自然人提出)."""
        said = compiled(family.all_of).match(self.text, statement.figure[1])
        if said is None or not statement.plain or not statement.holds:
            return []
        (kind, number), *more = heads_in(family.head, said["head"])
        if kind == "column" and not more and statement.about == (family.alone_topic,):
            words = statement.words[0], said.end()
            return [statement._replace(about=(family.column_topic,), column=family.columns[number], words=words)]
        whole, _, topic = statement.about[0].partition(".")
        if kind == "part" and topic == family.itself and family.parts[number] in family.made_up_of.get(whole, ()):
            return [
                statement._replace(about=(f"{family.parts[number]}.{topic}",), words=(statement.words[0], said.end()))
            ]
        return []

    def _between(self, start: int, end: int) -> str:
        return self.text[start:end]

    def _without_bare(self, found: list[Statement]) -> list[Statement]:
        """Without outcomes in bare words (公开5件) that have no other outcome beside them."""
        for family in self.families:
            if not family.bare:
                continue
            bare = [one for one in found if compiled(family.bare).fullmatch(self._before(one))]
            for one in bare:
                others = (other for other in found if other not in bare and not family.adds.isdisjoint(other.about))
                if not any(not self._parted(one, other) for other in others):
                    found = [other for other in found if other is not one]
        return found

    def _before(self, statement: Statement) -> str:
        return self.plain(self.text[statement.words[0] : statement.figure[0]]).strip("，。；：（(")

    def _parted(self, one: Statement, other: Statement) -> bool:
        first, second = sorted([one.figure, other.figure])
        between = self.text[first[1] : second[0]]
        return "。" in between or "\n" in between

    def _of_parts(self, found: list[Statement]) -> list[Statement]:
        """Outcomes told of twice in a sentence belong to a part each: 上年结转2件，予以公开1件；新收9件，予以公开7件."""
        outcomes = frozenset().union(*(family.parts_of for family in self.families)) if len(found) > 1 else frozenset()
        for place, one in enumerate(found):
            if outcomes.isdisjoint(one.about):
                continue
            for later in range(place + 1, len(found)):
                other = found[later]
                between = self.text[one.figure[1] : other.figure[0]]
                if "。" in between or "\n" in between:
                    break
                alike = (other.about, other.column) == (one.about, one.column) and "；" in between
                if alike and other.amount != one.amount:
                    found[place] = one._replace(scope=one.scope or "；")
                    found[later] = other._replace(scope=other.scope or "；")
        return found

    def _in_context(self, family: Family, figure: ProseFigure) -> bool:
        if family.roots and not self._any_of(family.roots, figure.sentence, figure.end + _NEAR):
            return False
        if family.home == self.prose.section.form.key and not family.near:
            return True
        start = figure.sentence if family.near else min(figure.block, figure.sentence)
        if family.roots and start < figure.sentence:  # reviews and lawsuits of all kinds may be told of further on
            before = figure.sentence
            for _ in range(_SENTENCES_BEFORE):
                before = self.text.rfind("。", 0, max(before - 2, 0)) + 1
            start = max(start, before)
        return self._any_of(family.context, start, figure.end + _NEAR)

    def _any_of(self, words: Sequence[str], start: int = 0, end: int | None = None) -> bool:
        find = self.text.find
        for word in words:  # noqa: SIM110 - a generator would cost more than the search
            if find(word, start, end) >= 0:
                return True
        return False

    def plain(self, text: str) -> str:
        """Without spaces, years relative to the report's."""
        text = "".join(text.split())
        return _YEAR.sub(self._relative, text) if "20" in text and self.year else text

    def _relative(self, match: re.Match[str]) -> str:
        names = {0: "本年", -1: "上年", 1: "下年"}
        return names.get(int(match[1]) - (self.year or 0), "他年")

    def _statement(
        self, family: Family, figure: ProseFigure, label: str, found: Sequence[Statement]
    ) -> Statement | None:
        text = self.text
        tail = text[figure.end : figure.end + _NEAR]
        paid = figure.counter in MONEY
        end, head = (family.money_end, family.money_head) if paid else (family.end, family.head)
        ending, heads = ending_heads(end, head, label)
        last = figure.end
        if ending >= 0:
            about, column = self._about(family, heads, figure, tail, found)
            before = label[:ending]
        elif family.alone and not paid and compiled(family.alone).search(label):
            about, column, before = (family.alone_topic,), "", ""
        elif family.sums and self._is_sum(family, figure, label, found):
            about, column, before = (family.sum_topic,), "", ""
        elif paid and label in family.restates and self._follows_money(figure, found):
            about, column, before = found[-1].about, "", ""
        elif paid or not family.behind:
            return None
        else:
            tail = self.plain(text[figure.end : figure.end + _BEHIND])
            behind = compiled(family.behind).match(tail)
            lead = compiled(family.lead).search(label) if behind is not None else None
            if behind is None or lead is None:
                return None
            heads = heads_in(head, behind["head"])
            if heads[0][0] != "part" and lead.start():
                return None  # 征地类5件予以公开
            about, column = self._about(family, heads, figure, tail, found)
            before = label[: lead.start()]
            mark = _PUNCTUATION.search(text, figure.end, figure.end + _BEHIND)
            last = mark.start() if mark else min(figure.end + _BEHIND, len(text))
        if not about:
            return None
        punctuation = _PUNCTUATION.search(tail)
        near = label + tail[: punctuation.start() if punctuation else _NEAR]
        joined = self.excluded > figure.sentence and _JOINED.match(text, self.excluded, figure.start)
        if joined or (family.exclude and contains(family.exclude, near)):
            self.excluded = figure.end  # and what 、 joins to it: 公示许可120件、处罚18件
            return None
        if family.never and self._meets(family.never, figure):
            return None
        if family.tail and not contains(family.contexts, near) and figure.start not in self._given:
            # what is received or answered is not said: it may be something else
            if family.foreign and self._meets(family.foreign, figure):
                return None
            if last == figure.end and not compiled(family.tail).match(tail):
                return None
        if about[0] == family.alone_topic and not column and "其中" in text[figure.sentence : figure.end]:
            return None  # the part of a total that was given before
        if "其中" in before and not compiled(rf"^(?:{family.fillers})*+$").search(before.partition("其中")[2]):
            return None  # 其中以县政府为被告的行政诉讼2件
        left = self.plain(text[figure.sentence : figure.clause])
        said = left + label
        if "）" in said or ")" in said:
            said = _IN_BRACKETS.sub("", said)  # 复议4件（上年同期2件）、诉讼3件
        period = "" if about[0] in family.timeless else self.whose.period(said)
        return Statement(
            table=family.table,
            about=about,
            amount=figure.amount,
            counter=figure.counter,
            column=column,
            period=period,
            scope=self.whose.scope(left + before)
            or ("" if period else self.whose.narrowed(family, before))
            or self._inherited(family, heads, figure, found),
            holds=not (figure.amount == 0 and about[0] in family.none),
            exactness=figure.exactness,
            prose=self.prose,
            figure=(figure.start, figure.end),
            words=(figure.clause if label else figure.start, last),
        )

    def _follows_money(self, figure: ProseFigure, found: Sequence[Statement]) -> bool:
        """Whether an amount of money that is known stands right before the clause of a figure."""
        before = found[-1] if found else None
        return (
            before is not None
            and before.counter in MONEY
            and not self.text[before.figure[1] : figure.clause].strip("，,（(、 ")
        )

    def _is_sum(self, family: Family, figure: ProseFigure, label: str, found: Sequence[Statement]) -> bool:
        """Whether it is what came in together with what was carried over, both told right before (新收9件，结转1件，合计10件)."""
        if family.wholly is None or len(found) < 2 or not compiled(family.sums).fullmatch(label):
            return False
        two = found[-2:]
        about = {topic for one in two for topic in one.about}
        return (
            all(one.plain and one.figure[0] >= figure.sentence for one in two)
            and not family.wholly.beside.isdisjoint(about)
            and not family.wholly.of.isdisjoint(about)
            and not any(
                two[0].figure[0] < other.start < figure.start
                and other.counter == figure.counter
                and (other.start, other.end) != two[1].figure
                and not COMPARED.match(self.text, other.clause, other.start)
                for other in self.prose.figures
            )
        )

    def _meets(self, pattern: str, figure: ProseFigure) -> bool:
        """Whether the sentence has such words up to the figure; searched once a sentence."""
        asked = pattern, figure.sentence
        end = self._met.get(asked)
        if end is None:
            match = compiled(pattern).search(self.text, figure.sentence, figure.sentence_end)
            end = self._met[asked] = match.end() if match else len(self.text) + 1
        return end <= figure.end

    def _about(
        self,
        family: Family,
        heads: Sequence[tuple[str, int]],
        figure: ProseFigure,
        tail: str,
        found: Sequence[Statement],
    ) -> tuple[tuple[str, ...], str]:
        """The topics that the words at a figure name, and the applicant column if just one is named."""
        by_topic, by_part, by_column = by_kind(heads)
        topics = [family.topics[number] for number in by_topic]
        parts = family.narrowest([family.parts[number] for number in by_part])
        column = column_of(family, [family.columns[number] for number in by_column]) if by_column else ""
        if column is None:
            return (), ""
        if family.parts:
            if not parts:
                parts = self._last_parts(family, figure, tail, found)
            topic = topics[-1] if topics else self._last_topic(family, figure, found)
            return tuple(f"{part}.{topic}" for part in parts), ""
        if not topics:
            return ((family.column_topic,) if column else (family.alone_topic,)), column
        distinct = tuple(dict.fromkeys(topics))
        if distinct[-1] in family.closing and family.none.intersection(distinct):
            return (), ""  # 收到并答复申请7件: either of the two
        return (distinct if family.adds.issuperset(distinct) else (topics[-1],)), column

    def _last_topic(self, family: Family, figure: ProseFigure, found: Sequence[Statement]) -> str:
        """What is said of the figure before, when this one is joined to it by 、 (制发规章1件、规范性文件5件)."""
        before = found[-1] if found else None
        if before is None or before.table != family.table or len(before.about) > 1:
            return family.itself
        joined = _JOINED.match(self.text, before.figure[1], figure.start)
        return before.about[0].partition(".")[2] if joined else family.itself

    def _last_parts(self, family: Family, figure: ProseFigure, tail: str, found: Sequence[Statement]) -> list[str]:
        """The part right behind the figure (制发3件行政规范性文件), else what the sentence has spoken of before it."""
        behind = compiled(family.head).match(tail.lstrip("的 ")[:12])
        heads = heads_in(family.head, behind.group()) if behind is not None else ()
        if heads and heads[0][0] == "part":
            return [family.parts[number] for kind, number in heads if kind == "part"][-1:]
        before = found[-1] if found else None
        if before is not None and before.table == family.table and before.figure[0] >= figure.sentence:
            between = heads_in(family.head, self.text[before.figure[1] : figure.start])
            if not any(kind == "part" for kind, _ in between):
                parts = [about.partition(".")[0] for about in before.about]
                return [part for part in parts if part in family.parts]
        heads = heads_in(family.head, self.text[figure.sentence : figure.start])
        return [family.parts[number] for kind, number in heads if kind == "part"][-1:]

    def _inherited(
        self, family: Family, heads: Sequence[tuple[str, int]], figure: ProseFigure, found: Sequence[Statement]
    ) -> str:
        """The scope of the figure before, when this one goes on about the same: 提请省政府出台规章2部，废止1部."""
        before = found[-1] if found and family.parts else None
        if before is None or not before.scope or not compiled(self.words.asked).search(before.scope):
            return ""
        if (
            before.table != family.table
            or before.figure[0] < figure.sentence
            or any(kind == "part" for kind, _ in heads)
            or "；" in self.text[before.figure[1] : figure.start]
        ):
            return ""
        return before.scope
