"""Whether a figure of the prose tells of a part only: 网上申请15件，其中予以公开9件 says nothing of all that were granted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.prose_figures import ProseFigure, SectionProse
from gip_lint.recognition.statement_words import Family

if TYPE_CHECKING:
    from gip_lint.recognition.statement_reader import Statement

COMPARED = LazyPattern(
    r"\s*(?:较|比|与|同)(?:(?:上|去)?一?年|\s*20\d\d\s*年)|.*(?:同比|环比)|[^，。；]*(?:增加|减少)\s*$"
)


def part_of(prose: SectionProse, family: Family, place: int, statement: Statement, found: Sequence[Statement]) -> str:
    """The words at the figure that a statement tells a part of, or "" where it tells of the whole."""
    look = _of_applicants if statement.column else _of_outcomes
    return look(prose, family, place, statement, found)


def _of_outcomes(
    prose: SectionProse, family: Family, place: int, statement: Statement, found: Sequence[Statement]
) -> str:
    """What it may tell a part of: the words at a figure before it (网上申请15件，其中予以公开9件), or "".

    It tells of the whole when that figure does, or is the last of items that make up the whole (自然人20件、法人4件，
    办结23件), or is smaller than all that is said to have become of it.
    """
    becomes = not family.parts_of.isdisjoint(statement.about)
    if not place or not (becomes or not family.timeless.isdisjoint(statement.about)):
        return ""
    figures = prose.figures
    figure = figures[place]
    known = {one.figure: one for one in found[-9:]}
    if not becomes:
        # 办结23件（含上年结转1件）
        before = known.get((figures[place - 1].start, figures[place - 1].end))
        whole = before is not None and family.parts_of.isdisjoint(before.about)
        between = prose.text[figures[place - 1].end : figure.start]
        return "" if whole or not ("含" in between or "其中" in between) else "其中"
    becoming = figure.amount
    counted: int | Decimal = 0
    nearest: ProseFigure | None = None
    carried: ProseFigure | None = None
    for other in reversed(figures[:place]):
        if other.sentence != figure.sentence or "；" in prose.text[other.end : figure.start]:
            break
        if (
            other.counter != figure.counter
            or other.bracket not in (-1, figure.bracket)
            or COMPARED.match(prose.text, other.clause, other.start)
        ):
            continue
        before = known.get((other.start, other.end))
        if before is not None and not family.parts_of.isdisjoint(before.about):
            if nearest is not None and before.plain and "其中" not in prose.text[other.end : figure.start]:
                return ""  # 予以公开2件，告知途径1件，结转1件: one more of a list of outcomes
            becoming += other.amount if nearest is None and before.about != statement.about else 0
        elif before is not None and before.plain and family.timeless.isdisjoint(before.about):
            if nearest is None or counted == other.amount:
                return ""
            break
        elif before is not None and "其中" not in prose.text[other.end : figure.start]:
            carried = other  # 新收9件，上年结转1件，办结8件: of the one alone only where nothing else came in
        else:
            counted += other.amount
            nearest = nearest or other
    nearest = nearest or (carried if family.timeless.isdisjoint(statement.about) else None)
    wholes = _wholes(family, found)
    if nearest is None and (divided := _divided_before(prose, place)) is not None:
        told = known.get((divided.start, divided.end))
        if told is None and divided.amount not in wholes:
            return prose.quote(divided.clause, divided.end)  # 同一村收到6件；同意公开5件，部分公开1件
    if nearest is None or becoming > nearest.amount:
        return ""
    if nearest.amount in wholes:
        return ""  # 收到9件。9件中，予以公开7件
    if family.adds.isdisjoint(statement.about) and counted + becoming in wholes:
        return ""  # 累计20件，其中16件按时答复，4件结转下年
    return prose.quote(nearest.clause, nearest.end)


def _divided_before(prose: SectionProse, place: int) -> ProseFigure | None:
    """The last figure before the ； of a figure, if what stands between that ； and the next mark makes exactly it."""
    figures = prose.figures
    figure = figures[place]
    cut = prose.text.rfind("；", figure.sentence, figure.start)
    if cut < 0:
        return None
    ends = prose.text.find("；", figure.end, figure.sentence_end)
    last = ends if ends >= 0 else figure.sentence_end
    alike = [
        one
        for one in figures
        if figure.sentence <= one.start < last and one.counter == figure.counter and one.bracket < 0
    ]
    inside = [one.amount for one in alike if one.start > cut]
    before = [one for one in alike if one.end <= cut]
    return before[-1] if before and len(inside) > 1 and sum(inside) == before[-1].amount else None


def _wholes(family: Family, found: Sequence[Statement]) -> set[int | Decimal]:
    """How many were received, done, or received together with those carried over, as far as it has been told."""
    plain = [one for one in found if one.plain and one.table == family.table and one.holds]
    if family.wholly is None:
        return {one.amount for one in plain}  # reasons divide any of the outcomes
    of, beside = family.wholly.of, family.wholly.beside
    carried = [one.amount for one in plain if not beside.isdisjoint(one.about)]
    came = [one.amount for one in plain if not of.isdisjoint(one.about)]
    done = [one.amount for one in plain if not family.closing.isdisjoint(one.about)]
    return {*came, *done, *(some + more for some in came for more in carried)}


def _of_applicants(
    prose: SectionProse, family: Family, place: int, statement: Statement, found: Sequence[Statement]
) -> str:
    """What a figure of one kind of applicants is a part of (网上申请15件，其中自然人12件), or "" for the whole."""
    figure = prose.figures[place]
    columns = {one.figure for one in found[-9:] if one.column}
    whole = family.closing | {family.sum_topic} | (family.wholly.of if family.wholly else frozenset())
    known = {one.figure for one in found[-9:] if not whole.isdisjoint(one.about)}
    for other in reversed(prose.figures[:place]):
        if other.sentence != figure.sentence:
            break
        if other.counter != figure.counter or (other.start, other.end) in columns:
            continue
        if COMPARED.match(prose.text, other.clause, other.start):
            continue
        between = prose.text[other.end : figure.start]
        if (other.start, other.end) in known or not ("其中" in between or other.bracket < figure.bracket):
            break
        if other.amount in _wholes(family, found):
            break
        return prose.quote(other.clause, other.end)
    return ""
