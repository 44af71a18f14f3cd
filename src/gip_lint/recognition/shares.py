"""Shares in the prose, and lists of them that divide a whole: each is a share of that whole, even where another would give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gip_lint.recognition.prose_figures import Number, ProseFigure, SectionProse


class Share(NamedTuple):
    """A figure with the share that follows it, and what the figures before it and the tables offer as a base.

    `total` is the figure that it is said to be a part of, or None where none is; `sums` are figures that may only
    together be the whole (建议30件、提案50件，办结40件，办结率50%). `listed` when the share stands right behind its part.
    """

    prose: SectionProse
    part: ProseFigure
    share: ProseFigure
    others: Sequence[ProseFigure]
    total: ProseFigure | None
    sums: Sequence[Number] = ()
    listed: bool = False


class Division(NamedTuple):
    """Shares of a list, by place among all shares of a section, and the figure before it that their parts make up."""

    places: range
    whole: ProseFigure


def divisions(shares: Sequence[Share]) -> Iterator[Division]:
    """Every run of shares in a sentence whose parts together are what a figure before them counts (24件中，20件，占…，4件，占…).

    Two shares are one only where the words say whose parts they are.
    """
    for start, first in enumerate(shares[:-1]):
        told = {f.amount: f for f in first.others if not f.exactness and f.end <= first.part.start}
        sum_: Number = 0
        for place in range(start, len(shares)):
            share = shares[place]
            alike = (share.part.unit, share.part.sentence) == (first.part.unit, first.part.sentence)
            if not (alike and share.listed) or share.part.exactness:
                break
            if place > start and _divides(shares[place - 1], share):
                break
            sum_ += share.part.amount
            sure = place > start + 1 or (place > start and first.total is not None and first.total.amount == sum_)
            if sure and sum_ in told:
                yield Division(range(start, place + 1), told[sum_])


def _divides(one: Share, other: Share) -> bool:
    """Whether the words between two shares say that the second is a part of the first."""
    between = one.prose.text[one.share.end : other.part.start]
    return "其中" in between or "含" in between
