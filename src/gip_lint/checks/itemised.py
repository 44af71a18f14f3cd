"""Whether the items of a total in the prose add up to it: 共…703条，其中通知公告314条，工作动态335条，…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Severity
from gip_lint.recognition.prose import Prose, ProseFigure, prose_of
from gip_lint.recognition.statement_words import compiled
from gip_lint.rule import Fault, Gap, Result

PARAMETERS: Mapping[str, Parameter] = {
    "introducers": Parameter("texts", "引出分项的词（正则表达式）：其中、包括、分别为", True),
    "restarts": Parameter("texts", "在分项中又引出分项的词：其中", True),
    "parallels": Parameter("texts", "按另一种口径再分一次的词：按…分、从…看", True),
    "open-ended": Parameter("texts", "表明没有列全的词：等、主要", True),
    "comparisons": Parameter("texts", "表明数字是增减或对比的词，这样的数字不算分项", True),
    "remainders": Parameter("texts", "表明已经列全的分项名称：其他", True),
    "complements": Parameter("texts", "两项合起来即为全部的名称，如 自然人、法人", True),
    "uncounted": Parameter("texts", "不参加加总的计数单位，如 %", True),
    "sums": Parameter("texts", "放在分项之后的合计用语：合计、共计", True),
    "shortfall": Parameter("number", "分项之和少于总数达到总数的百分之几，即视为没有列全", True),
}
Number = int | Decimal
_CLOSED = re.compile(r"[（(][^（）()]*[）)]")
_SHORT_TAIL = 25


class Item(NamedTuple):
    """A figure of a list.

    `restart` when the words before it begin a list inside the list, `parallel` when they divide the same total anew.
    """

    figure: ProseFigure
    restart: bool = False
    parallel: bool = False


class Broken(NamedTuple):
    """A list that does not add up."""

    total: ProseFigure
    parts: Sequence[ProseFigure]
    grade: Severity | None

    @property
    def excess(self) -> Number:
        """By how much the items exceed their total."""
        return sum(part.amount for part in self.parts) - self.total.amount


class Listing(NamedTuple):
    """A list of items, the figures before it that it may belong to, and whether it says that it is not complete."""

    totals: Sequence[ProseFigure]
    items: Sequence[Item]
    complete: bool


@dataclass(frozen=True, slots=True)
class Itemised:
    """Every list of items in the prose against its total."""

    relation: ClassVar[bool] = True
    introducer: str
    begins: str
    restart: str
    parallel: str
    open_ended: str
    ends_open: str
    comparison: str
    remainder: str
    complement: str
    uncounted: frozenset[str]
    closing: str
    shortfall: int

    def apply(self, report: AnnualReport) -> Result:
        """Add up every list."""
        held = 0
        faults: list[Fault] = []
        gaps: list[Gap] = []
        for prose in prose_of(report):
            if len(prose.figures) < 3:
                continue
            found: list[Broken] = []
            for listing in self._listings(prose):
                outcome = self._judge(prose, listing)
                if isinstance(outcome, Broken):
                    found.append(outcome)
                elif isinstance(outcome, Gap):
                    gaps.append(outcome)
                else:
                    held += outcome
            faults += [_fault(prose, broken) for broken in found if not _explained(broken, found)]
        return Result(held, faults, gaps)

    # -- finding lists ------------------------------------------------------------------------------------------------

    def _listings(self, prose: Prose) -> Iterator[Listing]:
        text = prose.text
        figures = [f for f in prose.figures if f.counter not in self.uncounted]
        sentence: list[ProseFigure] = []
        sentences: list[list[ProseFigure]] = []
        for figure in figures:
            if sentence and figure.sentence != sentence[0].sentence:
                sentences.append(sentence)
                sentence = []
            sentence.append(figure)
        if sentence:
            sentences.append(sentence)
        before: list[ProseFigure] = []
        for place, sentence in enumerate(sentences):
            body = text[sentence[0].sentence : sentence[-1].end]
            following = sentences[place + 1] if place + 1 < len(sentences) else []
            outer = [f for f in sentence if f.bracket < 0]
            if len(sentence) > 1 and ("（" in body or "(" in body):
                yield from self._bracketed(text, sentence)
            introduced = compiled(self.introducer).search(body)
            if introduced is not None:
                yield from self._introduced(text, outer, before, following)
            elif len(outer) > 3:
                yield from self._summed(text, outer)
            before = outer

    def _introduced(
        self, text: str, outer: Sequence[ProseFigure], before: Sequence[ProseFigure], following: Sequence[ProseFigure]
    ) -> Iterator[Listing]:
        """Lists behind 其中, 包括 …: from the first introducer of the sentence to its end."""
        for place, figure in enumerate(outer):
            start = outer[place - 1].end if place else figure.sentence
            words = _CLOSED.sub("", text[start : figure.start])
            found = compiled(self.introducer).search(words)
            if found is None or (place and found.start() > _SHORT_TAIL) or self._compares(text, figure):
                continue
            totals = list(outer[:place])
            if not totals:
                # 其中 begins the sentence: the total stands at the end of the one before
                if not re.match(rf"[\s，、：]*(?:{self.begins})", words) or not before or before[-1].sentence_end != figure.sentence:
                    continue
                totals = list(before)
            totals = [t for t in totals if t.counter == figure.counter and not self._compares(text, t)]
            items = list(self._items(text, outer[place:]))
            end = items[-1].figure.end if items else figure.end
            rest = text[end : figure.sentence_end]
            complete = not (
                compiled(self.ends_open).match(_CLOSED.sub("", rest).lstrip("，、"))
                or compiled(self.open_ended).search(words[found.start() :])
            )
            if not totals or not items:
                return
            if following and following[0].sentence == figure.sentence_end:
                # the list may go on in the next sentence
                tail = list(self._items(text, [f for f in following if f.bracket < 0]))
                yield Listing(totals, [*items, *(item._replace(restart=False) for item in tail if not item.restart)], complete) if self._goes_on(
                    totals, items, tail
                ) else Listing(totals, items, complete)
            else:
                yield Listing(totals, items, complete)
            return

    @staticmethod
    def _goes_on(totals: Sequence[ProseFigure], items: Sequence[Item], tail: Sequence[Item]) -> bool:
        counter = items[0].figure.counter
        amounts = [item.figure.amount for item in [*items, *tail] if item.figure.counter == counter]
        first = sum(1 for item in items if item.figure.counter == counter)
        wanted = {total.amount for total in totals}
        if sum(amounts[:first]) in wanted:
            return False
        return any(sum(amounts[:end]) in wanted for end in range(first + 1, len(amounts) + 1))

    def _items(self, text: str, figures: Sequence[ProseFigure]) -> Iterator[Item]:
        for place, figure in enumerate(figures):
            if self._compares(text, figure):
                continue
            start = figures[place - 1].end if place else figure.clause
            words = _CLOSED.sub("", text[start : figure.start]) if place else ""
            parallel = compiled(self.parallel).search(words) is not None
            yield Item(figure, parallel or compiled(self.restart).search(words) is not None, parallel)

    def _compares(self, text: str, figure: ProseFigure) -> bool:
        return compiled(self.comparison).search(text[max(figure.clause, figure.start - 14) : figure.start]) is not None

    def _bracketed(self, text: str, sentence: Sequence[ProseFigure]) -> Iterator[Listing]:
        """Lists in brackets behind their total, or between its name and its figure."""
        brackets: dict[int, list[ProseFigure]] = {}
        for figure in sentence:
            if figure.bracket >= 0:
                brackets.setdefault(figure.bracket, []).append(figure)
        for opened, inside in brackets.items():
            inside = [f for f in inside if not self._compares(text, f)]
            if len(inside) < 2:
                continue
            closed = min((at for at in (text.find("）", inside[-1].end), text.find(")", inside[-1].end)) if at >= 0), default=-1)
            before = [f for f in sentence if f.end <= opened and opened - f.end <= 12 and not re.search("[，。；、]", text[f.end : opened])]
            after = [f for f in sentence if 0 <= closed < f.start and f.bracket != opened and not re.search("[，。；、]", text[closed : f.start])]
            total = before[-1:] or after[:1]
            if not total or total[0].counter != inside[0].counter:
                continue
            words = text[opened : inside[0].start] + text[inside[-1].end : closed if closed >= 0 else inside[-1].end]
            # a total inside the bracket comes first: （共10条，其中…）
            if compiled(self.restart).search(text[inside[0].end : inside[1].start]):
                total, inside = inside[:1], inside[1:]
            items = [Item(f) for f in inside]
            yield Listing(total, items, compiled(self.open_ended).search(words) is None and not compiled(self.ends_open).search(words))

    def _summed(self, text: str, outer: Sequence[ProseFigure]) -> Iterator[Listing]:
        """A total behind its items: …，合计270条."""
        for place in range(3, len(outer)):
            figure = outer[place]
            items = [f for f in outer[:place] if f.counter == figure.counter]
            if len(items) == place and compiled(self.closing).search(text[figure.clause : figure.start]):
                amounts = [f.amount for f in items]
                if any(sum(amounts[start:]) == figure.amount for start in range(place - 1)):
                    yield Listing([figure], [Item(f) for f in items], True)
                elif abs(sum(amounts) - figure.amount) * 10 <= figure.amount:
                    yield Listing([figure], [Item(f) for f in items], True)
                return

    # -- judging ------------------------------------------------------------------------------------------------------

    def _judge(self, prose: Prose, listing: Listing) -> Broken | Gap | int:
        """1 when some reading of the list adds up, 0 when there is nothing to add, else what is wrong."""
        text = prose.text
        counter = listing.totals[0].counter
        same = [item for item in listing.items if item.figure.counter == counter]
        address = f"{prose.address}/{prose.quote(listing.totals[-1].clause, listing.totals[-1].end)}"
        if not same:
            return 0
        wanted = _wanted(listing.totals)
        if any(_adds_up(listing.items, total) or _adds_up(same, total) for total in wanted):
            nested = self._nested(listing, same, wanted)
            return nested if nested is not None else 1
        if len(same) < 2:
            return 0  # a single item is a part that was picked out
        if any(f.exactness for f in (*listing.totals, *(item.figure for item in same))):
            return Gap(address, "approximate")
        first = _until_restart(same)
        run = _before_another(listing.items, counter)
        total = min(listing.totals, key=lambda t: min(abs(t.amount - sum(f.amount for f in group)) for group in (first, run)))
        parts = min((first, run, [item.figure for item in same]), key=lambda group: abs(total.amount - sum(f.amount for f in group)))
        larger = next((place for place, figure in enumerate(parts) if figure.amount > total.amount), None)
        if larger is not None:
            parts = parts[:larger]  # no item is larger than its total: here something else begins
        if len(parts) < 2:
            return 0
        grade = self._grade(text, listing, total, parts)
        if grade is None:
            return 0
        return Broken(total, parts, grade)

    def _nested(self, listing: Listing, same: Sequence[Item], wanted: Sequence[Number]) -> Broken | None:
        """A list inside the list (a 118条，其中 b 70条、c 48条) that adds up to nothing before it."""
        for place, item in enumerate(same):
            if not item.restart or place == 0:
                continue
            parent = same[place - 1].figure
            parts = [item.figure]
            for later in same[place + 1 :]:
                if later.restart:
                    break
                parts.append(later.figure)
            sums = [sum(f.amount for f in parts[: end + 1]) for end in range(len(parts))]
            if parent.exactness or any(f.exactness for f in parts) or len(parts) < 2:
                continue
            known = {parent.amount, *wanted, *(earlier.figure.amount for earlier in same[:place])}
            if known.intersection(sums):
                continue
            if item.parallel:
                parent = min(listing.totals, key=lambda total: abs(total.amount - sums[-1]))
            elif sums[0] <= parent.amount < sums[1]:
                continue  # one part was picked out, then the outer list goes on
            if self._near(parent.amount, sums[-1], len(parts)) and len(parts) > 2:
                return Broken(parent, parts, None)
        return None

    def _grade(self, text: str, listing: Listing, total: ProseFigure, parts: Sequence[ProseFigure]) -> Severity | None:
        """How grave; None when the list need not be complete and is not."""
        added = sum(f.amount for f in parts)
        names = [text[f.clause : f.start] for f in parts]
        exhaustive = any(compiled(self.remainder).search(name) for name in names) or (
            len(parts) == 2 and all(compiled(self.complement).search(name) for name in names)
        )
        if not listing.complete:
            return Severity.INFO if added > total.amount else None
        if added > total.amount:
            return Severity.ERROR if len(parts) > 2 or exhaustive else Severity.WARNING
        near = self._near(total.amount, added, len(parts))
        if exhaustive or (near and len(parts) > 2):
            return Severity.ERROR
        if near:
            return Severity.WARNING
        return Severity.INFO if len(parts) > 2 else None


    def _near(self, total: Number, added: Number, count: int) -> bool:
        """Whether a list falls short by so little that it is wrong rather than incomplete."""
        missing = abs(total - added)
        return missing * 100 <= total * self.shortfall or (count > 2 and missing <= 2)


def _wanted(totals: Sequence[ProseFigure]) -> list[Number]:
    """What the items may add up to: any figure before them, or the last ones together (收到9件，上年结转1件，其中…)."""
    amounts = [total.amount for total in totals]
    return [*amounts, *(sum(amounts[start:]) for start in range(len(amounts) - 1))]


def _adds_up(items: Sequence[Item], total: Number) -> bool:
    """Whether the items, or the first of them, make the total; a list begun in between belongs to the item before it."""
    added: Number = 0
    for place, item in enumerate(items):
        if item.restart and place and _resumes(items[place:], total - added):
            return True
        added += item.figure.amount
        if added == total and place:
            return True
    return False


def _resumes(items: Sequence[Item], missing: Number) -> bool:
    """Whether what follows an inner list supplies what is missing; the inner list may end behind any of its items."""
    if missing == 0:
        return True
    for start in range(1, len(items)):
        rest: Number = 0
        for item in items[start:]:
            rest += item.figure.amount
            if rest == missing:
                return True
    return False


def _until_restart(items: Sequence[Item]) -> list[ProseFigure]:
    found: list[ProseFigure] = []
    for item in items:
        if item.restart and found:
            break
        found.append(item.figure)
    return found


def _before_another(items: Sequence[Item], counter: str) -> list[ProseFigure]:
    found: list[ProseFigure] = []
    for item in items:
        if item.figure.counter != counter or (item.restart and found):
            break
        found.append(item.figure)
    return found or [item.figure for item in items if item.figure.counter == counter]


def _explained(broken: Broken, others: Sequence[Broken]) -> bool:
    """Whether it only repeats another: one wrong item with a list of its own spoils that list and the outer one."""
    return any(
        other.total in broken.parts and other.excess == -broken.excess for other in others if other is not broken
    )


def _fault(prose: Prose, broken: Broken) -> Fault:
    total, parts, grade = broken
    added = sum(f.amount for f in parts)
    address = f"{prose.address}/{prose.quote(total.clause, total.end)}"
    facts: dict[str, object] = {
        "quote": prose.quote(total.clause, total.end),
        "total": total.amount,
        "counter": total.counter,
        "count": len(parts),
        "items": "＋".join(f"{f.amount:f}" if isinstance(f.amount, Decimal) else str(f.amount) for f in parts),
        "sum": added,
        "difference": abs(total.amount - added),
    }
    return Fault(
        address, prose.location(total.start, total.end), facts, grade=grade, suggestion=f"{added}{total.counter}"
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Itemised:
    """Make the check."""
    check = Itemised(
        introducer=r"(?:^|[，,；;：:（(。\s条件个次项篇份])(?:" + "|".join(given["introducers"]) + ")",
        begins="|".join(given["introducers"]),
        restart="|".join(given["restarts"]),
        parallel="|".join(given["parallels"]),
        open_ended="|".join(given["open-ended"]),
        ends_open=rf"(?:{'|'.join(given['open-ended'])})",
        comparison="|".join(given["comparisons"]),
        remainder="|".join(given["remainders"]),
        complement="|".join(given["complements"]),
        uncounted=frozenset(given["uncounted"]),
        closing=rf"^[，,\s]*(?:{'|'.join(given['sums'])})",
        shortfall=given["shortfall"],
    )
    for pattern in (check.introducer, check.restart, check.parallel, check.open_ended, check.comparison, check.remainder, check.complement):
        re.compile(pattern)
    return check
