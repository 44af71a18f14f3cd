"""Whether a share in the prose is that of the figure before it: X 件，占 Y%; 办结 X 件，办结率 Y%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.finding import Compared
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.readings import Number, Readings, Reckoned, bind_readings
from gip_lint.recognition.prose_figures import CUT, ROUNDED, ProseFigure, SectionProse, section_prose
from gip_lint.recognition.shares import Share, divisions
from gip_lint.recognition.statement_reader import Statement
from gip_lint.recognition.statement_words import StatementWords, statement_words
from gip_lint.recognition.statements import statements
from gip_lint.rule import CellRef, Fault, Gap, Result, gathered

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "shares": Parameter("texts", "数字与百分数之间的用语：占、占总数的", True),
    "introducers": Parameter("texts", "总数与其中一项之间的用语：其中", True),
    "among": Parameter("text", "紧接在总数之后、引出其中一项的用语（正则表达式）：39件中", True),
    "comparisons": Parameter("text", "紧接在数字之前、表明是比较或其他年度的用语（正则表达式）：不是总数", True),
    "rates": Parameter("mapping", "比率的名称 → 它所指的数字的说法，两者不同的：纠错 → 纠正"),
    "bases": Parameter("mapping", "表名 → 文中的说法 → 可以作为基数的格或几格之和"),
}
_OF = LazyPattern(r"[，,、（(\s]*(?:仅|只|约)?占[^，,。；（(]{0,12}$")  # 占全委(294条)的3.74%
_PAUSES = LazyPattern(r"[\s，,、（(]")
_WHAT = LazyPattern(r"^[^，。；、：（()）\d]{1,16}[，,](?=仅?占)")
_RATE = LazyPattern(r"[，,、（(\s]*(?P<what>[\u4e00-\u9fff]{2,6})[率度](?:为|达|达到|是)?$")


_RESPECTIVE = LazyPattern(
    r"[，,、（(\s]*(?:[两三四五六二各]者|[两三四五六二各][类项])?(?:占比|比例)?(?:分别)?(?:占比为?|占|为)(?:总数|总量|办结总数)?的?$"
)
_FEWEST = 2
_ALL = 100
_RATE_ENDS = tuple(f"{name}{said}" for name in "率度" for said in ("", "为", "达", "达到", "是"))
_NARROWER = LazyPattern("按期|按时|如期|及时|限期|当场|现场|当年|基本|较为|一次")
_DENIED = "[不未非无]"  # 不合格26件，合格率97.8%


class Percentage(NamedTuple):
    """Every share that directly follows its figure, or the figure it is a share of."""

    share: str
    introducer: str
    among: str
    comparison: str
    bases: Mapping[str, Mapping[str, Mapping[str, Readings]]]
    words: StatementWords
    rates: Mapping[str, str] = {}

    def apply(self, report: AnnualReport) -> Result:
        """Divide by everything that the sentence may mean; one that gives the share is enough."""
        return gathered(self._outcomes(report))

    def _outcomes(self, report: AnnualReport) -> Iterator[int | Fault | Gap]:
        known: dict[tuple[int, int], Statement] | None = None
        for prose in section_prose(report):
            if "%" not in prose.text and "％" not in prose.text:
                continue
            shares = list(self._shares(prose))
            outcomes: list[int | Fault | Gap | None] = []
            for share in shares:
                if known is None:
                    known = {one.place: one for one in statements(report, self.words) if one.holds}
                start = prose.start + share.part.start
                statement = known.get((start, prose.start + share.part.end))
                outcomes.append(_judge(share, *self._bases(report, statement)))
            for division in divisions(shares) if len(shares) > 1 else ():
                whole = division.whole
                wrong = [
                    p
                    for p in division.places
                    if not _is_share(shares[p].part.amount, whole.amount, shares[p].share.amount)
                ]
                for place in wrong if len(wrong) * 2 <= len(division.places) else ():
                    if not isinstance(outcomes[place], Fault):
                        outcomes[place] = _fault(shares[place], whole.amount, [(whole.start, whole.end)])
            yield from (outcome for outcome in outcomes if outcome is not None)

    def _shares(self, prose: SectionProse) -> Iterator[Share]:
        figures = prose.figures
        for place in range(1, len(figures)):
            share = figures[place]
            part = figures[place - 1]
            if share.counter != "%" or part.counter == "%" or part.sentence != share.sentence:
                continue
            pause = prose.text[part.end : share.start].strip()
            if place > 1 and pause in ("的", "") and self._is_base(prose, figures[place - 2], part):
                yield Share(prose, figures[place - 2], share, [part], part)
                continue
            if pause.endswith(_RATE_ENDS):
                yield from self._rate(prose, place, pause)
                continue
            if "分别" in pause or self._more_follow(prose, place):
                yield from self._respective(prose, place)
                continue
            enclosed = pause in ("（", "(") and prose.text[share.end : share.end + 1] in ("）", ")")  # 20件（83.3%）
            total = None
            if not enclosed and not self._is_share(pause):
                if "占" not in pause or not self._is_share(_WHAT.sub("", pause)):
                    continue
                total = self._among(prose, place - 1)  # 40个村中有7个公示内容不全，占17.5%
                if total is None:
                    continue
            total = total or self._total(prose, place - 1)
            others = self._others(prose, place - 1)
            yield Share(
                prose, part, share, others, total if total in others else None,
                self._sums(prose, place - 1, total), listed=True,
            )  # fmt: skip

    def _sums(self, prose: SectionProse, place: int, total: ProseFigure | None) -> list[Number]:
        """What the total makes together with the figures right before it: 部门32家、乡镇22家，其中优秀15家，占27.8%."""
        if total is None:
            return []
        before = [
            figure.amount
            for figure in prose.figures[:place]
            if figure.unit == total.unit and figure.sentence == total.sentence and figure.end <= total.end
        ]
        return list(accumulate(reversed(before)))

    def _is_share(self, pause: str) -> bool:
        return compiled(self.share).fullmatch(_PAUSES.sub("", pause)) is not None

    def _more_follow(self, prose: SectionProse, place: int) -> bool:
        """Whether another share stands right behind one: 公开6件和部分公开2件，占75%、25%."""
        share, after = prose.figures[place], prose.figures[place + 1 : place + 2]
        return (
            bool(after) and after[0].counter == "%" and prose.text[share.end : after[0].start].strip() in ("、", "和")
        )

    def _respective(self, prose: SectionProse, place: int) -> list[Share]:
        """Shares told of one after the other: 公开6件，部分公开2件，分别占75%、25%."""
        figures, text = prose.figures, prose.text
        if not _RESPECTIVE.match(text, figures[place - 1].end, figures[place].start):
            return []
        end = place + 1
        while (
            end < len(figures)
            and figures[end].counter == "%"
            and text[figures[end - 1].end : figures[end].start].strip() in ("、", "，", "和", "及")
        ):
            end += 1
        parts = figures[place - (end - place) : place] if end - place <= place else ()
        if end - place < _FEWEST or len({(part.unit, part.sentence) for part in parts}) != 1 or parts[0].bracket >= 0:
            return []
        first = place - len(parts)
        total = self._total(prose, first)
        shares = []
        for part, share in zip(parts, figures[place:end], strict=True):
            others = [f for f in self._others(prose, first) if f.amount >= part.amount]
            shares.append(Share(prose, part, share, others, total if total in others else None))
        return shares

    def _others(self, prose: SectionProse, place: int) -> list[ProseFigure]:
        part = prose.figures[place]
        return [
            figure
            for figure in prose.figures[:place]
            if figure.counter == part.counter and figure.block == part.block and figure.amount >= part.amount
        ]

    def _is_base(self, prose: SectionProse, part: ProseFigure, base: ProseFigure) -> bool:
        """Whether the words say what it is a share of: 11条，占全委294条的3.74%."""
        return (
            part.unit == base.unit
            and part.sentence == base.sentence
            and _OF.match(prose.text[part.end : base.start]) is not None
        )

    def _rate(self, prose: SectionProse, place: int, pause: str) -> Iterator[Share]:
        """办结82件，办结率91.1%: the rate is named after what the figure counts, so the whole is what stands before it."""
        share = prose.figures[place]
        rate = _RATE.match(pause)
        if rate is None or share.amount >= _ALL:
            return
        at = self._rated(prose, place, rate["what"])
        if at < 0:
            return
        part = prose.figures[at]
        before = [
            figure
            for figure in prose.figures[:at]
            if figure.unit == part.unit
            and figure.sentence == part.sentence
            and figure.bracket in (-1, part.bracket)
            and not self._compared(prose, figure)
        ]
        if not before or before[-1].amount <= part.amount:
            return
        wholes = list(accumulate(figure.amount for figure in reversed(before)))
        wholes += [figure.amount for figure in before]
        wholes += [figure.amount + part.amount for figure in before]  # 交易额18亿元，节约资金2亿元，节约率10%
        if behind := [figure.amount for figure in prose.figures[at + 1 : place] if figure.unit == part.unit]:
            # 受理20件，维持14件，纠正3件，尚未审结1件，纠错率15.8%: of all that is not left out
            left = [*behind, *accumulate(behind), *accumulate(reversed(behind))]
            before = [max(before, key=attrgetter("amount"))]
            wholes += [before[0].amount - amount for amount in left]
            wholes += [part.amount + amount for amount in accumulate(behind)]
        together = list(accumulate(figure.amount for figure in (part, *reversed(before))))[1:]
        if any(_is_share(some, whole, share.amount) for some in together for whole in wholes):
            return  # 非常满意90条、满意8条，满意率98%
        yield Share(prose, part, share, before, before[-1], wholes)

    def _rated(self, prose: SectionProse, place: int, what: str) -> int:
        """Where the figure stands that a rate is named after: right before it, else the only one of the sentence; -1 for none."""
        what = self.rates.get(what, what)

        def told(figure: ProseFigure) -> bool:
            words = prose.text[figure.clause : figure.start]
            if not set(what).issubset(words) or compiled(_DENIED).search(words):
                return False
            return not _NARROWER.search(words) or _NARROWER.search(what) is not None  # 按期办结82件，办结率93%

        nearest = prose.figures[place - 1]
        if set(what).issubset(prose.text[nearest.clause : nearest.start]):
            return place - 1 if told(nearest) else -1
        if what not in prose.text[nearest.sentence : nearest.start]:
            return -1
        found = [
            at
            for at, figure in enumerate(prose.figures[:place])
            if figure.sentence == nearest.sentence
            and (what in prose.text[figure.clause : figure.start])
            and figure.unit == nearest.unit
        ]
        return found[0] if len(found) == 1 and told(prose.figures[found[0]]) else -1

    def _compared(self, prose: SectionProse, figure: ProseFigure) -> bool:
        before = prose.text[max(figure.sentence, figure.start - 14) : figure.start]
        return compiled(self.comparison).search(before) is not None

    def _total(self, prose: SectionProse, place: int) -> ProseFigure | None:
        """The figure right before the last 其中 or 中, or the only one of its kind in the sentence before when 其中 begins this one."""
        figures = prose.figures
        part = figures[place]
        if among := self._among(prose, place):
            return among
        said = [match.start() for match in compiled(self.introducer).finditer(prose.text, part.sentence, part.start)]
        if not said:
            return None
        before = [f for f in figures[:place] if f.counter == part.counter and f.end <= said[-1]]
        if before and before[-1].sentence == part.sentence:
            return before[-1]
        earlier = [f for f in before if f.sentence_end == part.sentence and not self._compared(prose, f)]
        begins = len(said) == 1 and not prose.text[part.sentence : said[0]].strip()
        return earlier[0] if begins and len(earlier) == 1 else None

    def _among(self, prose: SectionProse, place: int) -> ProseFigure | None:
        """The figure that 中 follows: 39件中，…17件."""
        part = prose.figures[place]
        if "中" not in prose.text[part.sentence : part.start]:
            return None
        for figure in reversed(prose.figures[:place]):
            if figure.sentence != part.sentence:
                break
            if figure.unit == part.unit and compiled(self.among).match(prose.text, figure.end, part.start):
                return figure
        return None

    def _bases(
        self, report: AnnualReport, statement: Statement | None
    ) -> tuple[Sequence[Reckoned], Sequence[Reckoned], str]:
        """(bases of what a statement is about, all bases, the key of their table)."""
        everything: list[Reckoned] = []
        own: list[Reckoned] = []
        key = ""
        for key, topics in self.bases.items():
            table = report.tables.get(key)
            for topic, editions in topics.items() if table is not None else ():
                assert table is not None
                found = list(editions[table.edition].reckon(table))
                reckoned = [one for one in found if isinstance(one, Reckoned)]
                everything += reckoned
                told = statement is not None and not statement.period and not statement.scope
                # of several topics told of together the last one tells; they have their base in common
                if told and statement is not None and statement.table == key and topic in statement.about:
                    own = reckoned if len(reckoned) == len(found) else []
        return own, everything, key


def _judge(share: Share, own: Sequence[Reckoned], bases: Sequence[Reckoned], table: str) -> int | Fault | Gap | None:
    """None when what it is a share of is not said."""
    prose, part, stated, others, total, sums = share[:6]
    figures = (part, stated, *others)
    rounded = [figure for figure in figures if figure.exactness not in ("", CUT)]
    offered = [figure.amount for figure in others if figure not in rounded]
    offered += [*sums, *(base.value for base in bases if base.value >= part.amount)]
    if not {part, stated}.intersection(rounded) and any(_is_share(part.amount, n, stated.amount) for n in offered):
        return 1
    if total is None and not own:
        return None
    if any(figure.exactness for figure in figures) and not (total is not None and _rounded_off(share, total)):
        return Gap(f"{prose.address}/{prose.quote(part.clause, part.end)}", "approximate" if rounded else "cut")
    if total is not None:
        return _fault(share, total.amount, [(total.start, total.end)])
    return _fault(share, own[0].value, [], own[0].name, [CellRef(table, cell) for cell in own[0].cells])


def _rounded_off(share: Share, total: ProseFigure) -> bool:
    """Whether no rounding of rounded figures (25.9万次) makes the share, of whatever figure it may be one."""
    prose, part, stated = share[:3]
    bases = {figure for figure in (total, *share.others) if figure.amount >= part.amount}
    steps = {figure: prose.step(figure) for figure in (part, *bases)}
    if stated.exactness or any(figure.exactness not in ("", *ROUNDED) for figure in steps) or None in steps.values():
        return False
    least, most = Decimal(stated.amount) - _step(stated.amount), Decimal(stated.amount) + _step(stated.amount)
    slack = steps[part] or Decimal(0)
    for base in bases:
        off = steps[base] or Decimal(0)
        if base.amount <= off:
            return False
        if (
            _percent(part.amount - slack, base.amount + off) <= most
            and _percent(part.amount + slack, base.amount - off) >= least
        ):
            return False
    return not share.sums or len(bases) == 1


def _percent(part: Number, total: Number) -> Decimal:
    return Decimal(part) * 100 / Decimal(total) if total else Decimal(0)


def _step(stated: Number) -> Decimal:
    exponent = Decimal(stated).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _is_share(part: Number, total: Number, stated: Number) -> bool:
    """Whether rounding or cutting off may give the printed digits."""
    if not total:
        return not stated
    return abs(_percent(part, total) - Decimal(stated)) < _step(stated)


def _fault(
    share: Share, base: Number, marked: Sequence[tuple[int, int]], name: str = "", operands: Sequence[CellRef] = ()
) -> Fault:
    prose, part, stated = share[:3]
    right = _percent(part.amount, base).quantize(_step(stated.amount), ROUND_HALF_UP)
    facts: dict[str, object] = {
        "quote": prose.quote(part.clause, stated.end), "amount": part.amount, "base": base, "share": right,
        "stated": stated.amount, "name": f"（{name}）" if name else "",
    }  # fmt: skip
    return Fault(
        f"{prose.address}/{prose.quote(part.clause, part.end)}",
        prose.location(stated.start, stated.end),
        facts,
        suggestion=f"{right}%",
        operands=operands,
        compared=Compared(stated.amount, right),
        excerpt=prose.excerpt([*marked, (part.start, part.end), (stated.start, stated.end)]),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Percentage:
    """Make the check. Raises `ParameterError` for a topic unknown, or a base that no form has."""
    words = statement_words(resources.words["statements"])
    bases: dict[str, dict[str, dict[str, Readings]]] = {}
    for table, topics in given.get("bases", {}).items():
        for topic, texts in topics.items():
            if topic not in words.topics(table):
                raise ParameterError("bases", f"{table} 没有“{topic}”这种说法", f"{table} has no topic {topic}")
            bases.setdefault(table, {})[topic] = bind_readings(table, texts, editions, resources, "bases")
    patterns = "|".join(given["shares"]), "|".join(given["introducers"]), given["among"], given["comparisons"]
    for pattern in patterns:
        re.compile(pattern)
    return Percentage(*patterns, bases, words, dict(given.get("rates", {})))
