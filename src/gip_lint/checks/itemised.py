"""Whether the items of a total in the prose add up to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.finding import Compared, Severity
from gip_lint.lazy_pattern import compiled
from gip_lint.recognition.characters import distance
from gip_lint.recognition.item_sums import adds_up, before_another, outermost, possible_totals, until, until_restart
from gip_lint.recognition.itemisations import Itemisation, ItemWords, item_words, itemisations
from gip_lint.recognition.prose_figures import CUT, ROUNDED, Number, ProseFigure, SectionProse, added
from gip_lint.recognition.statement_words import StatementWords, statement_words
from gip_lint.recognition.statements import statements
from gip_lint.rule import Fault, Gap, Result, gathered

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "words": Parameter("text", "词典（rules/words/ 下的文件名），写明哪些词引出分项", True),
    "shortfall": Parameter("number", "分项之和比总数少百分之几以上，即多半是没有列全", True),
}


class Broken(NamedTuple):
    """A list that does not add up."""

    prose: SectionProse
    total: ProseFigure
    parts: Sequence[ProseFigure]
    grade: Severity | None

    @property
    def excess(self) -> Number:
        """By how much the items exceed their total."""
        return added(self.parts) - self.total.amount


class Said(NamedTuple):
    """Where the prose tells what became of something, which may be fewer or more than came in, and what is carried over."""

    outcomes: frozenset[tuple[int, int]] = frozenset()
    carried: frozenset[tuple[int, int]] = frozenset()


class Itemised(NamedTuple):
    """Every list of items in the prose against its total."""

    words: ItemWords
    statement_words: StatementWords
    outcomes: frozenset[str]
    carried: frozenset[str]
    shortfall: int

    def apply(self, report: AnnualReport) -> Result:
        """Add up every list."""
        return gathered(self._outcomes(report))

    def _outcomes(self, report: AnnualReport) -> Iterator[int | Fault | Gap]:
        lists = list(itemisations(report, self.words))
        said = self._said(report) if lists else Said()
        for _, section in groupby(lists, attrgetter("prose.start")):
            broken: list[Broken] = []
            whole: set[tuple[int, tuple[str, ...]]] = (
                set()
            )  # a sentence and the names of items that made up a total there
            for listed in section:
                itemisation = _of_one_kind(listed, said.outcomes)
                outcome = self._judge(itemisation, said)
                sentence = listed.items[0].figure.sentence
                if (
                    outcome == 1
                    and not itemisation.apart
                    and (names := _names(itemisation, itemisation.totals[-1].amount))
                ):
                    whole.add((sentence, names))
                elif outcome == 0 and itemisation.complete and (sentence, _names(itemisation)) in whole:
                    parts = [item.figure for item in itemisation.items]
                    outcome = Broken(itemisation.prose, itemisation.totals[-1], parts, Severity.WARNING)
                if isinstance(outcome, Broken):
                    broken.append(outcome)
                else:
                    yield outcome
            yield from (_fault(one) for one in broken if not _explained(one, broken))

    def _said(self, report: AnnualReport) -> Said:
        said = statements(report, self.statement_words)
        return Said(
            frozenset(one.place for one in said if not self.outcomes.isdisjoint(one.about)),
            frozenset(one.place for one in said if not self.carried.isdisjoint(one.about)),
        )

    def _judge(self, itemisation: Itemisation, said: Said) -> Broken | Gap | int:
        """1 when some reading of the list adds up, 0 when there is nothing to add, else what is wrong."""
        prose, totals, items = itemisation[:3]
        same = itemisation.counted
        wanted = possible_totals(totals)
        if len(same) > 3 and added(outermost([item.figure for item in same])) in wanted:
            return 1  # 直接起诉4件，已审结3件、未审结1件；复议后起诉2件
        if same and any(adds_up(items, total) or adds_up(same, total) for total in wanted):
            return self._inner(itemisation, wanted) or 1
        if len(same) < 2:
            return 0  # a single item is a part that was picked out
        figures = [item.figure for item in same]
        vague = {figure.exactness for figure in (*totals, *figures)} - {""}
        if vague and not self._rounded_wrong(itemisation, figures, vague):
            cause = "cut" if vague == {CUT} else "approximate"
            return Gap(f"{prose.address}/{prose.quote(totals[-1].clause, totals[-1].end)}", cause)
        if any("；" in prose.text[one.end : other.start] for one, other in pairwise(totals)):
            # 网站公开156条；微信推送201条，其中原创74条；…: each ； ends what the one before began
            figures = figures if self._evenly(itemisation, figures) else until(prose, same, "；")
            if len(figures) < 2 and figures[0].amount <= totals[-1].amount:
                return 0
            same = same[: len(figures)]
        choices = [
            *([] if self._evenly(itemisation, figures) else [until(prose, same, "；")]),
            until_restart(same), before_another(items, itemisation.unit), until(prose, same, "，", unless="、"), figures,
        ]  # fmt: skip
        totals = [total for total in totals if prose.place(total) not in said.carried] or totals
        total = min(totals, key=lambda t: min(_between(t.amount, added(choice)) for choice in choices[:-1]))
        parts: Sequence[ProseFigure] = min(
            (choice for choice in choices if len(choice) > 1 or choice[0].amount <= total.amount),
            key=lambda choice: _between(total.amount, added(choice)),
        )
        together = until(prose, same, "，")  # joined by 、 alone
        if not itemisation.enclosed and parts != together:
            parts = self._own(prose, total, parts)
        if itemisation.apart and (
            _total_of_block(itemisation, added(figures))
            or (len(totals) > 1 and not self._near(total.amount, added(parts), len(parts)))
        ):
            return 0  # it may be the list of any figure before, or of none
        if said.outcomes.issuperset(map(prose.place, parts)):
            # each of them is held against its own cell: some are left out
            total = min((t for t in totals if t.amount >= added(parts)), default=total, key=attrgetter("amount"))
        if len([part for part in parts if part.amount > total.amount]) > 1 and not _slip(total.amount, added(parts)):
            return 0  # several are larger: they stand beside the total, not in it
        grade = self._grade(itemisation, total, parts) if len(parts) > 1 else None
        if grade is not None and added(parts) < total.amount and said.outcomes.issuperset(map(prose.place, parts)):
            grade = Severity.INFO
        return 0 if grade is None else Broken(prose, total, parts, grade)

    def _rounded_wrong(self, itemisation: Itemisation, parts: Sequence[ProseFigure], vague: AbstractSet[str]) -> bool:
        """Whether a plain list of rounded figures (1.2万条) makes nearly its total, but more than rounding is missing."""
        prose, totals = itemisation.prose, itemisation.totals
        steps = [prose.step(figure) for figure in (*totals, *parts)]
        if len(totals) > 1 or not vague <= ROUNDED or None in steps or any(i.restart for i in itemisation.items[1:]):
            return False
        slack = sum((one for one in steps if one is not None), Decimal(0))
        return slack < _between(totals[0].amount, added(parts)) <= Decimal(totals[0].amount) / 10

    def _own(self, prose: SectionProse, total: ProseFigure, parts: Sequence[ProseFigure]) -> Sequence[ProseFigure]:
        """The parts up to one that is larger than the total, if something else is told there."""
        for place, part in enumerate(parts):
            if place and part.amount > total.amount and self._tells_anew(prose, part):
                return parts[:place]
        return parts

    def _evenly(self, itemisation: Itemisation, parts: Sequence[ProseFigure]) -> bool:
        """Whether ； divides all of the parts behind 其中： or a full stop, so that it does not end the list."""
        prose = itemisation.prose
        opened = itemisation.apart or "：" in prose.text[itemisation.totals[-1].end : parts[0].start]
        return (
            opened
            and len(parts) > 2
            and all(
                "；" in prose.text[one.end : other.start] and not self._tells_anew(prose, other)
                for one, other in pairwise(parts)
            )
        )

    def _tells_anew(self, prose: SectionProse, part: ProseFigure) -> bool:
        return compiled(self.words.deeds).search(prose.text, part.clause, part.start) is not None

    def _inner(self, itemisation: Itemisation, wanted: Sequence[Number]) -> Broken | None:
        """A list inside a list that is right (a 118条，其中 b 70条、c 40条、d 7条), or a second division of its total."""
        prose, totals, same = itemisation.prose, itemisation.totals, itemisation.counted
        for place, item in enumerate(same):
            if not item.restart or place == 0:
                continue
            parent = same[place - 1].figure
            parts = [item.figure]
            for later in same[place + 1 :]:
                if later.restart:
                    break
                parts.append(later.figure)
            sums = [added(parts[: end + 1]) for end in range(len(parts))]
            known = {*wanted, *(() if item.parallel else (earlier.figure.amount for earlier in same[:place]))}
            if (
                len(parts) < (2 if item.parallel else 3)
                or parent.exactness
                or any(f.exactness for f in parts)
                or known.intersection(sums)
            ):
                continue
            if item.parallel:
                parent = min(totals, key=lambda total: _between(total.amount, sums[-1]))
            elif sums[0] <= parent.amount < sums[1]:
                continue  # one part was picked out, then the outer list goes on
            if self._near(parent.amount, sums[-1], len(parts)):
                return Broken(prose, parent, parts, None)
            if item.parallel and not item.unsaid and (grade := self._grade(itemisation, parent, parts)):
                return Broken(prose, parent, parts, grade)
        return None

    def _grade(self, itemisation: Itemisation, total: ProseFigure, parts: Sequence[ProseFigure]) -> Severity | None:
        """How grave; None when the list need not be complete and is not."""
        much = added(parts) > total.amount
        text = itemisation.prose.text
        names = [text[part.clause : part.start] for part in parts]
        if total.counter in self.words.overlapping:
            if any(compiled(self.words.overlaps).search(name) for name in names):
                return None
            if not itemisation.enclosed:
                near = self._near(total.amount, added(parts), len(parts)) and (much or len(parts) > 2)
                return Severity.WARNING if near and itemisation.complete else None
        if not itemisation.complete:
            return Severity.INFO if much else None
        exhaustive = (
            (itemisation.exhaustive and len(parts) > 2)
            or any(compiled(self.words.remainders).search(name) for name in names)
            or (len(parts) == 2 and all(compiled(self.words.complements).search(name) for name in names))
        )
        if exhaustive:
            return Severity.ERROR
        if much or self._near(total.amount, added(parts), len(parts)):
            return Severity.ERROR if len(parts) > 2 else Severity.WARNING
        return Severity.INFO if len(parts) > 2 else None

    def _near(self, total: Number, sum_: Number, count: int) -> bool:
        """Whether a list falls short by so little that it is wrong rather than incomplete."""
        missing = _between(total, sum_)
        return missing * 100 <= total * self.shortfall or (count > 2 and missing <= 2)


def _of_one_kind(itemisation: Itemisation, outcomes: frozenset[tuple[int, int]]) -> Itemisation:
    """The list up to the first item that says what became of something, unless its total says so too."""

    def is_outcome(figure: ProseFigure) -> bool:
        return itemisation.prose.place(figure) in outcomes

    summed = itemisation.totals[-1].start > itemisation.items[0].figure.start
    if not outcomes or summed or any(map(is_outcome, itemisation.totals)) or itemisation.of_outcomes:
        return itemisation
    items = itemisation.items
    end = next((place for place, item in enumerate(items) if is_outcome(item.figure)), None)
    return itemisation if end is None else itemisation._replace(items=items[:end])


def _names(itemisation: Itemisation, sum_: Number | None = None) -> tuple[str, ...]:
    """What the items are called, up to those that make `sum_`; empty where they do not, or one has no name."""
    names: list[str] = []
    so_far: Number = 0
    for item in itemisation.items:
        figure = item.figure
        names.append(itemisation.prose.text[figure.clause : figure.start].removeprefix("其中").strip("、：, "))
        so_far += figure.amount
        if so_far == sum_:
            break
    alike = len(names) > 1 and all(names) and len(itemisation.counted) == len(itemisation.items)
    return tuple(names) if alike and sum_ in (None, so_far) else ()


def _total_of_block(itemisation: Itemisation, sum_: Number) -> bool:
    """Whether a figure further up in the passage is what the items make."""
    first = itemisation.items[0].figure
    return any(
        figure.amount == sum_ and figure.block == first.block and figure.end <= first.sentence
        for figure in itemisation.prose.figures
        if figure.unit == itemisation.unit
    )


def _between(one: Number, other: Number) -> Decimal:
    return abs(Decimal(one) - Decimal(other))


def _slip(total: Number, sum_: Number) -> bool:
    """Whether the one is the other with a digit wrong, left out or too many."""
    return distance(str(total), str(sum_), 2) < 2


def _explained(broken: Broken, others: Sequence[Broken]) -> bool:
    """Whether it only repeats another: one wrong item with a list of its own spoils that list and the outer one."""
    return any(other.total in broken.parts and other.excess == -broken.excess for other in others if other != broken)


def _fault(broken: Broken) -> Fault:
    prose, total, parts, grade = broken
    incomplete = grade is Severity.INFO and broken.excess < 0
    facts: dict[str, object] = {
        "quote": prose.quote(total.clause, total.end),
        "total": total.amount,
        "counter": total.counter,
        "count": len(parts),
        "items": "＋".join(str(part.amount) for part in parts),
        "sum": added(parts),
        "difference": abs(broken.excess),
    }
    return Fault(
        f"{prose.address}/{prose.quote(total.clause, total.end)}",
        prose.location(total.start, total.end),
        facts,
        grade=grade,
        variant="incomplete" if incomplete else None,
        suggestion=None if incomplete else f"{added(parts)}{total.counter}",
        compared=Compared(total.amount, added(parts)),
        excerpt=prose.excerpt((figure.start, figure.end) for figure in (total, *parts)),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Itemised:
    """Make the check. Raises `ParameterError` for an unknown dictionary."""
    if given["words"] not in resources.words:
        raise ParameterError("words", f"没有词典 {given['words']}", f"no dictionary {given['words']}")
    said = statement_words(resources.words["statements"])
    outcomes = frozenset(topic for family in said.families for topic in family.parts_of)
    carried = frozenset(topic for family in said.families for topic in family.timeless)
    return Itemised(item_words(resources.words[given["words"]]), said, outcomes, carried, given["shortfall"])
