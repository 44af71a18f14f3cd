"""Whether a share in the prose is that of the figure before it: X 件，占 Y%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.finding import Compared
from gip_lint.lazy_pattern import compiled
from gip_lint.readings import Number, Readings, bind_readings
from gip_lint.recognition.prose_figures import CUT, ProseFigure, SectionProse, section_prose
from gip_lint.rule import Fault, Gap, Result, gathered

RELATION = True  # its outcomes are relations of figures, which the coverage line counts
PARAMETERS: Mapping[str, Parameter] = {
    "shares": Parameter("texts", "数字与百分数之间的用语：占、占总数的", True),
    "bases": Parameter("mapping", "表名 → 也可以作为基数的格或几格之和"),
}


class Percentage(NamedTuple):
    """Every share that directly follows its figure."""

    share: str
    bases: Mapping[str, Mapping[str, Readings]]

    def apply(self, report: AnnualReport) -> Result:
        """Divide by every total the sentence may mean; one that gives the share is enough."""
        bases = tuple(self._bases(report))
        return gathered(
            outcome
            for prose in section_prose(report)
            if "%" in prose.text or "％" in prose.text
            for part, share, totals in self._shares(prose)
            if (outcome := _judge(prose, part, share, totals, bases)) is not None
        )

    def _shares(self, prose: SectionProse) -> Iterator[tuple[ProseFigure, ProseFigure, Sequence[ProseFigure]]]:
        """(the part, its share, the figures of the same counter that may be the total)."""
        figures = prose.figures
        for place in range(1, len(figures)):
            share = figures[place]
            part = figures[place - 1]
            if share.counter != "%" or part.counter == "%" or part.sentence != share.sentence:
                continue
            between = re.sub(r"[\s，,、（(]", "", prose.text[part.end : share.start])
            if not compiled(self.share).fullmatch(between):
                continue
            totals = [
                figure
                for figure in figures[: place - 1]
                if figure.counter == part.counter and figure.block == part.block and figure.amount >= part.amount
            ]
            yield part, share, totals

    def _bases(self, report: AnnualReport) -> Iterator[Number]:
        for key, editions in self.bases.items():
            table = report.tables.get(key)
            if table is not None:
                yield from editions[table.edition].values(table)


def _is_share(part: Number, total: Number, stated: Number) -> bool:
    """Whether rounding or cutting off may give the printed digits."""
    if not total:
        return not stated
    exponent = Decimal(stated).as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(Decimal(part) * 100 / Decimal(total) - Decimal(stated)) < step


def _judge(
    prose: SectionProse, part: ProseFigure, share: ProseFigure, totals: Sequence[ProseFigure], bases: Sequence[Number]
) -> int | Fault | Gap | None:
    """None when what it is a share of is not said."""
    figures = (part, share, *totals)
    rounded = [figure for figure in figures if figure.exactness not in ("", CUT)]
    known = [total.amount for total in totals if total not in rounded]
    known += [base for base in bases if base >= part.amount]
    if not {part, share}.intersection(rounded) and any(_is_share(part.amount, base, share.amount) for base in known):
        return 1
    stated = [total for total in totals if total.sentence == part.sentence and total.amount > part.amount]
    if not stated:
        return None
    if any(figure.exactness for figure in figures):
        cause = "approximate" if rounded else "cut"
        return Gap(f"{prose.address}/{prose.quote(part.clause, part.end)}", cause)
    total = max(stated, key=lambda figure: figure.amount) if len(stated) > 1 else stated[0]
    return _fault(prose, part, share, total)


def _fault(prose: SectionProse, part: ProseFigure, share: ProseFigure, total: ProseFigure) -> Fault:
    stated = Decimal(share.amount)
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    right = (Decimal(part.amount) * 100 / Decimal(total.amount)).quantize(step, ROUND_HALF_UP)
    quote = prose.quote(part.clause, share.end)
    facts: dict[str, object] = {
        "quote": quote, "amount": part.amount, "base": total.amount, "share": right, "stated": share.amount,
    }  # fmt: skip
    address = f"{prose.address}/{prose.quote(part.clause, part.end)}"
    marked = [(figure.start, figure.end) for figure in (total, part, share)]
    return Fault(
        address,
        prose.location(share.start, share.end),
        facts,
        suggestion=f"{right}%",
        compared=Compared(share.amount, right),
        excerpt=prose.excerpt(marked),
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Percentage:
    """Make the check. Raises `ParameterError` for a base that no form has."""
    bases = {
        key: bind_readings(key, texts, editions, resources, "bases") for key, texts in given.get("bases", {}).items()
    }
    pattern = "|".join(given["shares"])
    re.compile(pattern)
    return Percentage(pattern, bases)
