"""Lists of items in the prose and the totals they may belong to: 共…412条，其中公告205条，动态207条."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import YUAN, Number, ProseFigure, SectionProse, added, section_prose

IN_BRACKETS = LazyPattern(r"[（(][^（）()]*[）)]")
_MARK = LazyPattern(r"[，。；、]")
_PAIR = LazyPattern(r"[^，；]*、[^，；]*$")
_SHARE = LazyPattern(r"^[，,、]?(?:占|同比|环比|较)[^，。；、]*$")
_OUTCOMES = LazyPattern(r"\s*(?:已办结)?的?(?:申请)?的?(?:办理|答复|处理)(?:结果|情况)")
_NEXT_POINT = LazyPattern(r"；[二三四五六七八九十]是")
_FARTHEST = 25  # characters between a total and the word that introduces its items
_LEAST_SUMMED = 3


class Item(NamedTuple):
    """A figure of a list.

    `restart` when the words before it begin a list inside the list, `parallel` when they divide the same total anew,
    `remainder` when they say that it is all that is left (其他…), `unsaid` when only the kind of the names shows that it is parallel.
    """

    figure: ProseFigure
    restart: bool = False
    parallel: bool = False
    remainder: bool = False
    unsaid: bool = False


class Itemisation(NamedTuple):
    """A list of items, the figures before it that it may belong to, and whether it is said to be complete.

    `apart` when the total stands in a sentence before, so that which figure it is is not certain; `enclosed` when the
    items are all that stands in a bracket; `exhaustive` when the words say that the whole is divided (按渠道分, 分别为).
    """

    prose: SectionProse
    totals: Sequence[ProseFigure]
    items: Sequence[Item]
    complete: bool
    apart: bool = False
    enclosed: bool = False
    exhaustive: bool = False

    @property
    def unit(self) -> str:
        """What it counts in."""
        return self.totals[0].unit

    @property
    def of_outcomes(self) -> bool:
        """Whether the words right behind the total say so: 25件办理结果为：予以公开9件…."""
        return _OUTCOMES.match(self.prose.text, self.totals[-1].end) is not None

    @property
    def counted(self) -> list[Item]:
        """The items that are counted as the total is."""
        return [item for item in self.items if item.figure.unit == self.unit]


class ItemWords(NamedTuple):
    """The words that make a list (`rules/words/itemisations.yaml`), as patterns."""

    introducers: str
    among: str
    restarts: str
    parallels: str
    divides: str
    open_ended: str
    leading: str
    selective: str
    comparisons: str
    remainders: str
    complements: str
    deeds: str
    overlaps: str
    sums: str
    kinds: tuple[str, ...]
    uncounted: frozenset[str]
    overlapping: frozenset[str]

    def itemisations(self, prose: SectionProse) -> Iterator[Itemisation]:
        """Every list of a section, those in brackets before the list they stand in."""
        text = prose.text
        sentences: list[list[ProseFigure]] = []
        for figure in _in_one_unit(prose.figures):
            if figure.counter in self.uncounted:
                continue
            if not sentences or sentences[-1][0].sentence != figure.sentence:
                sentences.append([])
            sentences[-1].append(figure)
        before: list[ProseFigure] = []
        for place, sentence in enumerate(sentences):
            body = text[sentence[0].sentence : sentence[-1].end]
            outer = [figure for figure in sentence if figure.bracket < 0]
            if len(sentence) > 1 and ("（" in body or "(" in body):
                yield from self._bracketed(prose, sentence)
            if compiled(self._introducer).search(body) is not None:
                following = sentences[place + 1] if place + 1 < len(sentences) else []
                introduced = list(self._introduced(prose, outer, before, following))
                yield from introduced
                if introduced or len(outer) < _LEAST_SUMMED:
                    before = outer
                    continue
            if len(outer) > 2:
                yield from self._summed(prose, outer)
            before = outer

    @property
    def _introducer(self) -> str:
        return rf"(?:^|[，,；;：:（(。\s条件个次项篇份])(?:{self.introducers})|\d\s?[条件个次项篇份](?:{self.among})"

    def _introduced(
        self,
        prose: SectionProse,
        outer: Sequence[ProseFigure],
        before: Sequence[ProseFigure],
        following: Sequence[ProseFigure],
    ) -> Iterator[Itemisation]:
        """The list behind the first introducer of a sentence, to its end; another one where it counts otherwise."""
        text = prose.text
        done: set[str] = set()
        counted_twice = -1
        for place, figure in enumerate(outer):
            if figure.unit in done:
                yield from self._anew(prose, outer, place)
                continue
            start = outer[place - 1].end if place else figure.sentence
            words = IN_BRACKETS.sub("", text[start : figure.start])
            found = compiled(self._introducer).search(words) or (place and compiled(self.among).match(words)) or None
            if not place and found is not None and self._divided_behind(text, outer):
                continue
            if found is None and counted_twice == place - 1 and not words.strip():
                found = re.match("", words)  # 其中线下3场286人次: the second counter of the same item
            elif found is not None:
                counted_twice = place
            if found is None or (place and found.start() > _FARTHEST) or self._compares(text, figure):
                continue
            if place and "；" in words[found.end() :]:
                continue  # 制发文件1件，即《…》；废止2件，…
            totals = outer[:place]
            if not totals:
                # 其中 begins the sentence: the total stands in the one before; of 从…看 maybe further up
                begins = re.match(rf"[\s，、：]*(?:{self.introducers})", words)
                if begins is None or not before or before[-1].sentence_end != figure.sentence:
                    continue
                anew = compiled(self.parallels).search(words)
                totals = [
                    f for f in prose.figures if f.block == figure.block and f.end <= figure.sentence and f.bracket < 0
                ]
                totals = totals if anew else before
            totals = [t for t in totals if t.unit == figure.unit and not self._compares(text, t)]
            next_point = _NEXT_POINT.search(text, figure.start, figure.sentence_end)
            last = next_point.start() if next_point else figure.sentence_end
            items = list(self._items(text, [f for f in outer[place:] if f.start < last]))
            if not totals or not items:
                continue
            if subtotal := self._subtotal(text, items):  # 其中教育9亿元、社保6亿元、农林5亿元，三项合计20亿元
                totals = [*totals, items[subtotal].figure]
                items = items[:subtotal]
            done.add(figure.unit)
            rest = IN_BRACKETS.sub("", text[items[-1].figure.end : figure.sentence_end]).lstrip("，、")
            is_open = compiled(self.open_ended).match(rest) or compiled(self.open_ended).search(words)
            if following and following[0].sentence == figure.sentence_end and not self._begins_list(text, following[0]):
                tail = [i for i in self._items(text, [f for f in following if f.bracket < 0]) if not i.restart]
                if _goes_on(totals, items, tail):
                    items += tail
            complete = is_open is None and not self._selects(text, items) and not self._leads(text, items)
            exhaustive = compiled(self.divides).search(words) is not None
            yield Itemisation(prose, totals, items, complete, apart=place == 0, exhaustive=exhaustive)

    def _anew(self, prose: SectionProse, outer: Sequence[ProseFigure], place: int) -> Iterator[Itemisation]:
        """Another list of a sentence, whose total stands behind ；: …；承办提案56件，其中主办22件、会办34件."""
        text, figure, total = prose.text, outer[place], outer[place - 1]
        begins = text.rfind("；", figure.sentence, figure.start)
        if total.unit != figure.unit or not outer[place - 2].end <= begins < total.start or self._compares(text, total):
            return
        words = IN_BRACKETS.sub("", text[total.end : figure.start])
        found = compiled(self._introducer).search(words)
        if found is None or found.start() > _FARTHEST or self._compares(text, figure):
            return
        ends = text.find("；", figure.end, figure.sentence_end)
        inside = [f for f in outer[place:] if ends < 0 or f.end <= ends]
        items = list(self._items(text, inside))
        rest = IN_BRACKETS.sub("", text[inside[-1].end : figure.sentence_end]).lstrip("，、")
        is_open = compiled(self.open_ended).match(rest) or compiled(self.open_ended).search(words)
        exhaustive = compiled(self.divides).search(words) is not None
        complete = is_open is None and not self._selects(text, items)
        yield Itemisation(prose, [total], items, complete, exhaustive=exhaustive)

    def _begins_list(self, text: str, first: ProseFigure) -> bool:
        """Whether the words before the first figure of a sentence begin a list of its own (从内容看，…)."""
        return compiled(f"{self.parallels}|{self.restarts}").search(text, first.sentence, first.start) is not None

    def _divided_behind(self, text: str, outer: Sequence[ProseFigure]) -> bool:
        """Whether the words before a first figure only say how it will be divided (按类别统计，共收到9件，其中…).

        Or it is a part that is divided (其中，救助类64条里，…).
        """
        if len(outer) > 1 and compiled(self.among).match(text, outer[0].end, outer[1].start):
            return True
        if len(outer) < 2 or compiled(self.parallels).search(text[outer[0].sentence : outer[0].start]) is None:
            return False
        return re.match(rf"[\s，]*(?:{self.restarts})", text[outer[0].end : outer[1].start]) is not None

    def _items(self, text: str, figures: Sequence[ProseFigure]) -> Iterator[Item]:
        for place, figure in enumerate(figures):
            if self._compares(text, figure):
                continue
            words = IN_BRACKETS.sub("", text[figures[place - 1].end : figure.start]) if place else ""
            parallel = compiled(self.parallels).search(words) is not None
            unsaid = not parallel and "；" in words and self._another_kind(text, figures, place)
            parallel = parallel or unsaid
            restart = parallel or compiled(self.restarts).search(words) is not None
            remainder = compiled(self.remainders).search(text[figure.clause : figure.start]) is not None
            yield Item(figure, restart, parallel, remainder, unsaid)

    def _another_kind(self, text: str, figures: Sequence[ProseFigure], place: int) -> bool:
        """Whether the figures between two ；, and none before them, are of one kind: …；网上5件，信函3件；…."""
        end = text.find("；", figures[place].end, figures[place].sentence_end)
        names = [text[f.clause : f.start] for f in figures if end < 0 or f.end <= end]
        own = names[place:]
        return (
            len(own) > 1
            and len({f.unit for f in figures[: len(names)]}) == 1
            and any(
                all(find(name) for name in own) and not any(find(name) for name in names[:place])
                for find in (compiled(kind).search for kind in self.kinds)
            )
        )

    def _selects(self, text: str, items: Sequence[Item]) -> bool:
        return compiled(self.selective).search(text, items[0].figure.clause, items[-1].figure.start) is not None

    def _subtotal(self, text: str, items: Sequence[Item]) -> int:
        """The place of the first item that is said to be the others before it together, 0 when none is."""
        for place in range(2, len(items)):
            figure = items[place].figure
            said = compiled(rf"^[，,\s]*(?:{self.sums})").search(text[figure.clause - 1 : figure.start])
            if said is not None and figure.unit == items[0].figure.unit:
                return place
        return 0

    def _leads(self, text: str, items: Sequence[Item]) -> bool:
        """Whether one that leads is named first, and nothing says that the others are all the rest."""
        if any(item.remainder for item in items):
            return False
        find = compiled(self.leading).search
        return find(text, items[0].figure.end, items[-1].figure.start) is not None

    def _compares(self, text: str, figure: ProseFigure) -> bool:
        """Whether a figure tells of a change or of another year (较上年增加 12 条)."""
        return (
            compiled(self.comparisons).search(text[max(figure.clause, figure.start - 14) : figure.start].rstrip())
            is not None
        )

    def _bracketed(self, prose: SectionProse, sentence: Sequence[ProseFigure]) -> Iterator[Itemisation]:
        """Lists in brackets behind their total, or between its name and its figure."""
        text = prose.text
        brackets: dict[int, list[ProseFigure]] = {}
        for figure in sentence:
            if figure.bracket >= 0 and not self._compares(text, figure):
                brackets.setdefault(figure.bracket, []).append(figure)
        for opened, inside in brackets.items():
            if len(inside) < 2:
                continue
            last = inside[-1].end
            closed = min((at for at in (text.find("）", last), text.find(")", last)) if at >= 0), default=last)
            before = [
                f
                for f in sentence
                if f.end <= opened <= f.end + 16
                and f.unit == inside[0].unit
                and not _MARK.search(_SHARE.sub("", text[f.end : opened]))
            ]
            after = [f for f in sentence if closed < f.start and not _MARK.search(text[closed : f.start])]
            total = before[-1:] or after[:1]
            if compiled(self.restarts).search(text[inside[0].end : inside[1].start]):
                total, inside = inside[:1], inside[1:]  # the bracket holds its own total: （共10条，其中…）
            if not total or total[0].unit != inside[0].unit or self._compares(text, total[0]):
                continue  # 减少8项（取消11项、新增3项）
            words = text[opened : inside[0].start] + text[last:closed]
            items = [Item(f) for f in inside]
            complete = compiled(self.open_ended).search(words) is None and not self._selects(text, items)
            yield Itemisation(prose, total, items, complete, enclosed=True)

    def _summed(self, prose: SectionProse, outer: Sequence[ProseFigure]) -> Iterator[Itemisation]:
        """Totals behind their items: …，合计270条. Only one that is about right: other figures may stand before.

        Two items are a list only when a 、 joins them. Where nothing but 、 stands between all of them, they are the list.
        """
        text = prose.text
        outer = [figure for figure in outer if not self._compares(text, figure)]
        for place in range(2, len(outer)):
            total = outer[place]
            if not compiled(rf"^[，,\s]*(?:{self.sums})").search(text[total.clause - 1 : total.start]):
                continue
            clause = text.rfind("；", total.sentence, total.start)
            items = [f for f in outer[:place] if f.unit == total.unit and f.start > clause]
            if len(items) < _LEAST_SUMMED and not (len(items) == 2 and self._is_pair(text, items, total)):
                continue
            run = _run(text, items)
            if len(run) >= _LEAST_SUMMED:
                items = run
            right = any(added(items[start:]) == total.amount for start in range(len(items) - 1))
            if right or len(items) == 2 or items is run or total.amount * 9 <= added(items) * 10 <= total.amount * 11:
                yield Itemisation(prose, [total], [Item(f) for f in items], True, exhaustive=items is run)

    def _is_pair(self, text: str, items: Sequence[ProseFigure], total: ProseFigure) -> bool:
        """Whether two figures are a list: joined by 、, or nearly what is then called 合计 or 共计 of them."""
        if _PAIR.match(text, items[0].end, items[1].start):
            return True
        missing = abs(Decimal(added(items)) - Decimal(total.amount))
        said = compiled(rf"^[，,\s]*(?:{self.sums})$").match(text[total.clause - 1 : total.start]) is not None
        return said and not text[total.clause - 1 : total.start].endswith("共") and missing * 10 <= total.amount


def _in_one_unit(figures: Sequence[ProseFigure]) -> Sequence[ProseFigure]:
    """Amounts of money all in 元 where a sentence has several units (资金1.28亿元，其中省级4600万元); exact to the digits printed."""
    units: dict[int, set[str]] = {}
    for figure in figures:
        if figure.counter in YUAN:
            units.setdefault(figure.sentence, set()).add(figure.counter)
    mixed = {sentence for sentence, counters in units.items() if len(counters) > 1}
    if not mixed:
        return figures
    return [
        figure._replace(
            amount=_whole(figure.amount * YUAN[figure.counter]), counter="元", exactness=figure.exactness or "万"
        )
        if figure.sentence in mixed and figure.counter in YUAN
        else figure
        for figure in figures
    ]


def _whole(amount: Number) -> Number:
    return int(amount) if amount == int(amount) else amount


def _run(text: str, figures: Sequence[ProseFigure]) -> list[ProseFigure]:
    """The last of some figures that nothing but 、 divides."""
    run = list(figures[-1:])
    for figure in reversed(figures[:-1]):
        pause = IN_BRACKETS.sub("", text[figure.end : run[0].start])
        if not pause.startswith("、") or _MARK.search(pause, 1):
            break
        run.insert(0, figure)
    return run


def _goes_on(totals: Sequence[ProseFigure], items: Sequence[Item], tail: Sequence[Item]) -> bool:
    """Whether the list only adds up with items of the next sentence."""
    unit = items[0].figure.unit
    listed = [item.figure for item in items if item.figure.unit == unit]
    more = [item.figure for item in tail if item.figure.unit == unit]
    wanted = {total.amount for total in totals}
    if added(listed) in wanted:
        return False
    return bool(more) and added([*listed, *more]) in wanted


def item_words(data: Mapping[str, Any]) -> ItemWords:
    """The words of the dictionary file. Raises `KeyError` for a key that is missing and `re.error` for a bad pattern."""
    others = ("uncounted", "overlapping", "kinds")
    patterns = {key: "|".join(data[key.replace("_", "-")]) for key in ItemWords._fields if key not in others}
    kinds = tuple(data["kinds"])
    for pattern in (*patterns.values(), *kinds):
        re.compile(pattern)
    uncounted, overlapping = frozenset(data["uncounted"]), frozenset(data["overlapping"])
    return ItemWords(**patterns, kinds=kinds, uncounted=uncounted, overlapping=overlapping)


def itemisations(report: AnnualReport, words: ItemWords) -> Iterator[Itemisation]:
    """Every list of two items or more in the prose, section by section."""
    for prose in section_prose(report):
        if len(prose.figures) > 2:
            yield from (one for one in words.itemisations(prose) if len(one.items) > 1)
