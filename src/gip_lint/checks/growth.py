"""Whether a growth in the prose is that of the figures told with it: 66件，比上年增加16件，增长32%; 由87个减至61个，降幅29.9%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Compared
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import CUT, ROUNDED, ProseFigure, SectionProse, section_prose
from gip_lint.rule import Fault, Gap, Result, gathered

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "more": Parameter("texts", "变多的用语：增长、上升", True),
    "less": Parameter("texts", "变少的用语：下降、减少", True),
    "than": Parameter("text", "引出上年的用语（正则表达式）：较上年、与2022年相比、同比", True),
    "earlier": Parameter("text", "紧接在上年数字之前的用语（正则表达式）：上年为、2022年的", True),
    "from": Parameter("text", "紧接在原数之前的用语（正则表达式）：由、从", True),
    "to": Parameter("text", "紧接在现数之前的用语（正则表达式）：增至、减少到", True),
}
_IN_BRACKETS = LazyPattern(r"[（(][^（）()]*[）)]")
_LOOK_BACK = 24


class Change(NamedTuple):
    """A growth told in percent, with what it grew from and by how much; `figures` are what it was worked out from."""

    share: ProseFigure
    base: Decimal
    change: Decimal
    figures: tuple[ProseFigure, ...]

    @property
    def percent(self) -> Decimal:
        """The growth that the figures give, its sign left out."""
        return abs(self.change) * 100 / self.base


class Growth(NamedTuple):
    """Every growth in percent whose figures stand right beside it."""

    more: str
    less: str
    than: str
    earlier: str
    origin: str
    goal: str

    def apply(self, report: AnnualReport) -> Result:
        """Work out what the figures give."""
        return gathered(self._outcomes(report))

    def _outcomes(self, report: AnnualReport) -> Iterator[int | Fault | Gap]:
        for prose in section_prose(report):
            if "%" not in prose.text and "％" not in prose.text:
                continue
            for place, share in enumerate(prose.figures):
                if share.counter != "%":
                    continue
                words = prose.text[max(share.clause, share.sentence) : share.start]
                way = self._way(words)
                if way is not None and (change := self._change(prose, place, way, report.year)) is not None:
                    yield _judge(prose, change)

    def _way(self, words: str) -> int | None:
        """1 when some words end in one of becoming more, -1 of becoming less."""
        match = compiled(rf"(?:(?P<more>{self.more})|(?:{self.less}))(?:了|率|比例|幅度|为|达到?|约|：|\s)*$").search(
            words
        )
        return None if match is None else 1 if match["more"] else -1

    def _change(self, prose: SectionProse, place: int, way: int, year: int | None) -> Change | None:
        """What the percentage is a growth of in that year, None when that is not certain."""
        figures, text = prose.figures, prose.text
        share = figures[place]
        before = [f for f in figures[max(place - 9, 0) : place] if f.sentence == share.sentence]
        if place + 1 < len(figures):
            behind = figures[place + 1]
            if behind.sentence == share.sentence and self._is_earlier(text[share.end : behind.start], "（(", year):
                now = self._now(text, before, behind, share.clause, share.start)
                return _nearest(share, [_between(share, behind, one, way) for one in now])
        if not before:
            return None
        last, pause = before[-1], text[before[-1].end : share.start]
        if last.counter == "%" or not self._only_way(pause):
            return None
        told = text[max(last.sentence, last.start - _LOOK_BACK) : last.start]
        if len(before) > 1 and before[-2].unit == last.unit:
            was = before[-2]
            origin = text[max(was.sentence, was.start - _LOOK_BACK) : was.start]
            if compiled(self.goal).search(told) and compiled(self.origin).search(origin):
                return _between(share, was, last, way)
            step = text[was.end : last.start].strip("）)，, ")
            if self._is_earlier(origin, "", year) and self._way(step.removesuffix("了")) == way:
                return _given(share, Decimal(was.amount), Decimal(last.amount), was, last)
        if self._is_earlier(told, "", year):
            now = self._now(text, before[:-1], last, last.clause, last.start)
            return _nearest(share, [_between(share, last, one, way) for one in now])
        if self._way(told.removesuffix("了")) == way:
            changes = []
            for one in self._now(text, before[:-1], last, last.clause, last.start):
                base = Decimal(one.amount) - way * Decimal(last.amount)
                changes.append(_given(share, base, Decimal(last.amount), one, last) if base > 0 else None)
            return _nearest(share, changes)
        return None

    def _is_earlier(self, words: str, begins: str, year: int | None) -> bool:
        """Whether the figure behind some words is that of an earlier year than the one given."""
        words = "".join(words.split()).replace(f"{year}年", "本年")
        return words[:1] in tuple(begins or words[:1]) and compiled(self.earlier).search(words) is not None

    def _only_way(self, pause: str) -> bool:
        plain = re.sub(r"[\s，,、（()）]|同比|环比|相比", "", pause)
        return compiled(rf"(?:{self.more}|{self.less})(?:了|率|比例|幅度|为|达到?|约|：)*").fullmatch(plain) is not None

    def _now(
        self, text: str, before: list[ProseFigure], alike: ProseFigure, clause: int, end: int
    ) -> list[ProseFigure]:
        """The figure of this year: right before the words of comparison, but for what stands in brackets.

        Behind it every other one that the growth may be of (微信5万人、微博3万人，较上年…); none where none stands right before.
        """
        outer = [figure for figure in before if figure.bracket < 0 or figure.bracket == alike.bracket]
        if not outer or outer[-1].unit != alike.unit:
            return []
        between = _IN_BRACKETS.sub("", text[outer[-1].end : end])
        if compiled(rf"[，,、；\s]*(?:{self.than})").match(between) is None:
            return []
        return [figure for figure in reversed(outer) if figure.unit == alike.unit]


def _nearest(share: ProseFigure, changes: list[Change | None]) -> Change | None:
    """The change that gives the percentage best; None when the first, which stands nearest, is none."""
    if not changes or changes[0] is None:
        return None
    return min((one for one in changes if one is not None), key=lambda one: _off(one, share))


def _off(change: Change, share: ProseFigure) -> bool:
    """Whether it gives another percentage than is printed: the first of those that do not is taken where all do."""
    return abs(change.percent - Decimal(share.amount)) >= _step(share)


def _step(share: ProseFigure) -> Decimal:
    exponent = Decimal(share.amount).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _given(share: ProseFigure, base: Decimal, change: Decimal, *figures: ProseFigure) -> Change | None:
    return Change(share, base, change, figures) if base else None


def _between(share: ProseFigure, was: ProseFigure, now: ProseFigure, way: int) -> Change | None:
    """The growth from one figure to another; None when it is told to go the other way, so that something else is meant."""
    change = Decimal(now.amount) - Decimal(was.amount)
    return Change(share, Decimal(was.amount), change, (was, now)) if was.amount and change * way > 0 else None


def _judge(prose: SectionProse, change: Change) -> int | Fault | Gap:
    share, base, amount, figures = change
    step = _step(share)
    if not _off(change, share):  # rounded or cut off
        return 1
    first = min(figures, key=lambda figure: figure.start)
    address = f"{prose.address}/{prose.quote(share.clause, share.end)}"
    vague = {figure.exactness for figure in (share, *figures)} - {""}
    if vague and not (vague <= ROUNDED and _far_off(prose, change, step)):
        return Gap(address, "cut" if vague == {CUT} else "approximate")
    right = change.percent.quantize(step, ROUND_HALF_UP)
    end = max(figure.end for figure in (share, *figures))
    facts: dict[str, object] = {
        "quote": prose.quote(min(first.clause, share.clause), end), "change": f"{abs(amount):f}", "base": f"{base:f}",
        "growth": right, "stated": share.amount,
    }  # fmt: skip
    return Fault(
        address,
        prose.location(share.start, share.end),
        facts,
        suggestion=f"{right}%",
        compared=Compared(share.amount, right),
        excerpt=prose.excerpt((figure.start, figure.end) for figure in (*figures, share)),
    )


def _far_off(prose: SectionProse, change: Change, step: Decimal) -> bool:
    """Whether no figures that round or are cut off to the printed ones (3.8万个, 3.2万个) give the percentage."""
    steps = [prose.step(figure) for figure in change.figures]
    if None in steps:
        return False
    slack = sum((one for one in steps if one is not None), Decimal(0))
    least, most = max(abs(change.change) - slack, Decimal(0)), abs(change.change) + slack
    if change.base <= slack:
        return False
    bounds = least * 100 / (change.base + slack) - step, most * 100 / (change.base - slack) + step
    return not bounds[0] <= change.share.amount <= bounds[1]


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Growth:
    """Make the check."""
    made = Growth(
        "|".join(given["more"]), "|".join(given["less"]), given["than"], given["earlier"], given["from"], given["to"]
    )
    for pattern in made:
        re.compile(pattern)
    return made
