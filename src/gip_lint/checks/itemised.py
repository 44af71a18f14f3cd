"""Whether the items of a total in the prose add up to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Compared, Severity
from gip_lint.lazy_pattern import compiled
from gip_lint.recognition.itemisations import Item, Itemisation, ItemWords
from gip_lint.recognition.prose_figures import Number, Prose, ProseFigure, added, prose_of
from gip_lint.rule import Fault, Gap, Result

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
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
    "shortfall": Parameter("number", "分项之和比总数少百分之几以上，即多半是没有列全", True),
}


class Broken(NamedTuple):
    """A list that does not add up."""

    total: ProseFigure
    parts: Sequence[ProseFigure]
    grade: Severity | None

    @property
    def excess(self) -> Number:
        """By how much the items exceed their total."""
        return added(self.parts) - self.total.amount


class Itemised(NamedTuple):
    """Every list of items in the prose against its total."""

    words: ItemWords
    remainders: str
    complements: str
    shortfall: int

    def apply(self, report: AnnualReport) -> Result:
        """Add up every list."""
        held = 0
        faults: list[Fault] = []
        gaps: list[Gap] = []
        for prose in prose_of(report):
            if len(prose.figures) < 3:
                continue
            broken: list[Broken] = []
            for itemisation in self.words.itemisations(prose):
                outcome = self._judge(prose, itemisation)
                if isinstance(outcome, Broken):
                    broken.append(outcome)
                elif isinstance(outcome, Gap):
                    gaps.append(outcome)
                else:
                    held += outcome
            faults += [_fault(prose, one) for one in broken if not _explained(one, broken)]
        return Result(held, faults, gaps)

    def _judge(self, prose: Prose, itemisation: Itemisation) -> Broken | Gap | int:
        """1 when some reading of the list adds up, 0 when there is nothing to add, else what is wrong."""
        totals, items, _ = itemisation
        counter = totals[0].counter
        same = [item for item in items if item.figure.counter == counter]
        wanted = _wanted(totals)
        if same and any(_adds_up(items, total) or _adds_up(same, total) for total in wanted):
            return self._inner(totals, same, wanted) or 1
        if len(same) < 2:
            return 0  # a single item is a part that was picked out
        figures = [item.figure for item in same]
        if any(figure.exactness for figure in (*totals, *figures)):
            return Gap(f"{prose.address}/{prose.quote(totals[-1].clause, totals[-1].end)}", "approximate")
        choices = (_until_restart(same), _before_another(items, counter), figures)
        total = min(totals, key=lambda t: min(_between(t.amount, added(choice)) for choice in choices[:2]))
        parts = min(choices, key=lambda choice: _between(total.amount, added(choice)))
        larger = next((place for place, part in enumerate(parts) if part.amount > total.amount), None)
        parts = parts[:larger]  # no item is larger than its total: there something else begins
        grade = self._grade(prose.text, total, parts, itemisation.complete) if len(parts) > 1 else None
        return 0 if grade is None else Broken(total, parts, grade)

    def _inner(self, totals: Sequence[ProseFigure], same: Sequence[Item], wanted: Sequence[Number]) -> Broken | None:
        """A list inside a list that is right (a 118条，其中 b 70条、c 40条、d 7条), or a second division of its total."""
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
            known = {parent.amount, *wanted, *(earlier.figure.amount for earlier in same[:place])}
            if len(parts) < 3 or parent.exactness or any(f.exactness for f in parts) or known.intersection(sums):
                continue
            if item.parallel:
                parent = min(totals, key=lambda total: _between(total.amount, sums[-1]))
            elif sums[0] <= parent.amount < sums[1]:
                continue  # one part was picked out, then the outer list goes on
            if self._near(parent.amount, sums[-1], len(parts)):
                return Broken(parent, parts, None)
        return None

    def _grade(self, text: str, total: ProseFigure, parts: Sequence[ProseFigure], complete: bool) -> Severity | None:
        """How grave; None when the list need not be complete and is not."""
        much = added(parts) > total.amount
        if not complete:
            return Severity.INFO if much else None
        names = [text[part.clause : part.start] for part in parts]
        exhaustive = any(compiled(self.remainders).search(name) for name in names) or (
            len(parts) == 2 and all(compiled(self.complements).search(name) for name in names)
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


def _between(one: Number, other: Number) -> Decimal:
    return abs(Decimal(one) - Decimal(other))


def _wanted(totals: Sequence[ProseFigure]) -> list[Number]:
    """What the items may add up to: any figure before them, or the last ones together (收到9件，上年结转1件，其中…)."""
    return [*(total.amount for total in totals), *(added(totals[start:]) for start in range(len(totals) - 1))]


def _adds_up(items: Sequence[Item], total: Number) -> bool:
    """Whether the items, or the first of them, make the total; a list begun in between belongs to the item before it."""
    so_far: Number = 0
    for place, item in enumerate(items):
        if item.restart and place and _resumes(items[place:], total - so_far):
            return True
        so_far += item.figure.amount
        if so_far == total and place:
            return True
    return False


def _resumes(items: Sequence[Item], missing: Number) -> bool:
    """Whether what follows an inner list supplies what is missing; the inner list may end behind any of its items."""
    for start in range(1, len(items)):
        rest: Number = 0
        for item in items[start:]:
            rest += item.figure.amount
            if rest == missing:
                return True
    return missing == 0


def _until_restart(items: Sequence[Item]) -> list[ProseFigure]:
    found: list[ProseFigure] = []
    for item in items:
        if item.restart and found:
            break
        found.append(item.figure)
    return found


def _before_another(items: Sequence[Item], counter: str) -> list[ProseFigure]:
    """The items up to one that is counted otherwise."""
    found: list[ProseFigure] = []
    for item in items:
        if item.figure.counter != counter or (item.restart and found):
            break
        found.append(item.figure)
    return found or [item.figure for item in items if item.figure.counter == counter]


def _explained(broken: Broken, others: Sequence[Broken]) -> bool:
    """Whether it only repeats another: one wrong item with a list of its own spoils that list and the outer one."""
    return any(other.total in broken.parts and other.excess == -broken.excess for other in others if other != broken)


def _fault(prose: Prose, broken: Broken) -> Fault:
    total, parts, grade = broken
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
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Itemised:
    """Make the check. Raises `re.error` for a pattern that is none."""
    lists = ("introducers", "restarts", "parallels", "open-ended", "comparisons", "sums")
    patterns = {key: "|".join(given[key]) for key in (*lists, "remainders", "complements")}
    for pattern in patterns.values():
        re.compile(pattern)
    words = ItemWords(
        patterns["introducers"], patterns["restarts"], patterns["parallels"], patterns["open-ended"],
        patterns["comparisons"], patterns["sums"], frozenset(given["uncounted"]),
    )  # fmt: skip
    return Itemised(words, patterns["remainders"], patterns["complements"], given["shortfall"])
