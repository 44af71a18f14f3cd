"""Ways to spoil one marked figure, item or title of an office's prose, and the draft that comes of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import TypeAlias

from fault import DraftFault
from marked_prose import Author, Mark, like, marks, unmarked
from prose_of_offices import written
from rendition import Draft

Edit: TypeAlias = Callable[[Draft, str, Mark, random.Random], str | None]
"""The text with the fault at the mark; the draft is the true one. None where this mark cannot have it."""

ATTEMPTS = 12


# --- where a fault goes --------------------------------------------------------------------------------------------


def texts(draft: Draft) -> Iterator[str]:
    """Every paragraph of prose, in reading order."""
    yield from draft.preface
    for section in draft.sections:
        yield from section.before
        yield from section.after
    yield from draft.signature


def with_text(draft: Draft, place: int, text: str) -> Draft:
    """The draft with another paragraph at this place of `texts`."""
    numbers = iter(range(sum(1 for _ in texts(draft))))

    def changed(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text if next(numbers) == place else paragraph for paragraph in paragraphs)

    return replace(
        draft,
        preface=changed(draft.preface),
        sections=tuple(
            replace(section, before=changed(section.before), after=changed(section.after)) for section in draft.sections
        ),
        signature=changed(draft.signature),
    )


def at_mark(names: str, edit: Edit) -> DraftFault:
    """A fault at one of the marks with these names, in whichever manner of writing has one."""
    wanted = frozenset(names.split())

    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        for _ in range(ATTEMPTS):
            prose = written(draft, rng)
            places = [
                (number, text, mark)
                for number, text in enumerate(texts(prose))
                for mark in marks(text)
                if mark.name in wanted
            ]
            rng.shuffle(places)
            for number, text, mark in places:
                faulty = edit(draft, text, mark, rng)
                if faulty is not None:
                    return unmarked(with_text(prose, number, faulty))
        return None

    return apply


def exchanged(text: str, mark: Mark, inner: str) -> str:
    return text[: mark.inner_start] + inner + text[mark.inner_end :]


# --- figures -------------------------------------------------------------------------------------------------------

# What else a figure may rightly say: 收到 may count what was carried over, 答复 and 办理 all that was dealt with or that
# was not settled otherwise, documents disclosed those of the year or all, and cases of the year those filed or those
# concluded. A figure that happens to say one of these is no fault.
OTHER_READINGS = {
    "received": ("cases", "handled"),
    "cases": ("received", "handled"),
    "handled": ("cases", "received"),
    "disclosed-in-all": ("newly-disclosed", "made"),
    "newly-disclosed": ("disclosed-in-all", "made"),
    "review": ("review.pending",),
    "litigation": ("litigation.pending",),
    "direct": ("direct.pending",),
    "after-review": ("after-review.pending",),
}


def readings(draft: Draft, name: str) -> set[int]:
    author = Author(draft, random.Random(0))
    row, _, column = name.partition(".")
    own = author.value(name)
    found = {own}
    for other in OTHER_READINGS.get(row, ()):
        if other.endswith(".pending"):
            found.add(own - (0 if column else author.value(other)))
        else:
            found.add(author.value(f"{other}.{column}" if column else other))
    if row == "handled":  # 答复 without 其他处理, 办结 without what was carried over
        found |= {own - author.value("otherwise"), own - author.value("carried-in")}
    return found


def slip(number: int, rng: random.Random) -> int:
    """A figure as it is mistyped or left over: a little off, two digits swapped, one too many or too few."""
    digits = list(str(number))
    ways = [number + rng.randint(1, 9), max(1, number - rng.randint(1, 9)), number + rng.choice((10, 100))]
    if len(digits) > 1:
        place = rng.randrange(len(digits) - 1)
        digits[place], digits[place + 1] = digits[place + 1], digits[place]
        ways += [int("".join(digits)), number // 10]
    return rng.choice(ways) if number else rng.randint(1, 9)


def figure(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """Another figure than the table's; never 0, which would be another rule's fault."""
    true = readings(draft, mark.name)
    for _ in range(20):
        wrong = slip(Author(draft, rng).value(mark.name), rng)
        if wrong not in true and wrong > 0:
            return exchanged(text, mark, like(text[mark.inner_start : mark.inner_end], wrong))
    return None


def number_in(text: str) -> int:
    """The figure a mark holds, in whichever form it is written."""
    bare = text.strip().replace(",", "")
    if bare.isdecimal():
        return int(bare)
    return next(number for number in range(10_000) if like(bare, number) == bare)


def free_figure(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """Another figure in a list that adds up; two items that fall short of their total could be mere examples of it."""
    old = text[mark.inner_start : mark.inner_end]
    pair = in_pair(text, mark)
    for _ in range(20):
        wrong = slip(number_in(old), rng)
        grows = (wrong > number_in(old)) == (mark.name == "part")
        if 0 < wrong != number_in(old) and (grows or not pair) and wrong not in begun(text, mark):
            return exchanged(text, mark, like(old, wrong))
    return None


def begun(text: str, mark: Mark) -> set[int]:
    """What the first two, three … parts behind a total add up to: the list could end there and something else begin."""
    if mark.name != "sum":
        return set()
    end = mark.end + len(text[mark.end :].partition("。")[0])
    behind = [one for one in marks(text) if one.name == "part" and mark.end <= one.start < end]
    return set(accumulate(number_in(text[one.inner_start : one.inner_end]) for one in behind))


def in_pair(text: str, mark: Mark) -> bool:
    """Whether the figure is one of two parts, or their total."""
    found = marks(text)
    after = text[mark.end :].partition("。")[0]
    if mark.name == "sum":
        return after.count("⟦part|") <= 2
    around = [one for one in found if one.name.endswith("list") and one.start < mark.start and mark.end < one.end]
    inner = max(around, key=lambda one: one.start, default=None)
    return inner is None or len(items_of(text, inner)) <= 2


def items_of(text: str, mark: Mark) -> list[Mark]:
    """The items of a list in order, without those of a list inside it."""
    inside = [one for one in marks(text) if one.name == "item" and mark.start < one.start and one.end < mark.end]
    outer = [one for one in inside if not any(other.start < one.start and one.end < other.end for other in inside)]
    return sorted(outer, key=lambda one: one.start)


def item_dropped(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """A list without one of its items, not a zero one; with less than three left it could be a mere example."""
    items = items_of(text, mark)
    place = rng.randrange(len(items))
    if len(items) < 4 or not any(number for number in map(number_in, figures_in(text, items[place]))):
        return None
    if place + 1 < len(items):
        return text[: items[place].start] + text[items[place + 1].start :]
    return text[: items[place - 1].end] + text[items[place].end :]


def figures_in(text: str, item: Mark) -> list[str]:
    held = [one for one in marks(text) if item.start < one.start and one.end < item.end and one.name != "percent"]
    return [text[one.inner_start : one.inner_end] for one in held if one.name not in ("item", "inner-list")]


def item_added(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """One item too many, in front of the last."""
    items = items_of(text, mark)
    if len(items) < 3 or "⟦part|" not in text[mark.start : mark.end]:
        return None
    last, before = items[-1], items[-2]
    separator = text[before.end : last.start]
    unit = re.findall(r"(?<=⟧)[条件篇次]", text[before.start : before.end])[0]
    extra = f"{'其他方式申请' if '申请' in text[mark.start : mark.end] else '便民服务'}{rng.randint(2, 60)}{unit}"
    return text[: before.end] + separator + extra + separator + text[last.start :]


def share(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str:
    """Another percentage, by more than rounding: at least three in the last place."""
    old = text[mark.inner_start : mark.inner_end]
    step = Decimal(1).scaleb(Decimal(old).as_tuple().exponent)  # type: ignore[arg-type]
    by = step * rng.choice((3, 7, 10, 18, 45, -3, -7, -10, -18))
    wrong = Decimal(old) + by
    return exchanged(text, mark, str(wrong if wrong > 0 else Decimal(old) + abs(by)))


def one_more(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str:
    old = text[mark.inner_start : mark.inner_end]
    number = number_in(old)
    return exchanged(text, mark, like(old, rng.choice((number + 1, number + 2, max(1, number - 1)))))


def title_dropped(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    inside = [item for item in marks(text) if item.name == "named" and mark.start < item.start and item.end < mark.end]
    if len(inside) < 3 or not text[mark.end :].startswith(("。", "⟦titles|")):
        return None
    return text[: inside[0].start] + text[inside[1].start :]


def money(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str:
    old = Decimal(text[mark.inner_start : mark.inner_end])
    # In 元 the last digits may be lost to the four decimals of 万元.
    scale = 10_000 if mark.name.endswith("yuan") else 1
    wrong = rng.choice((old + scale, old + scale * Decimal("0.35"), old * 10, old + 100 * scale))
    return exchanged(text, mark, f"{wrong.normalize():f}")


def unit_mixed(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """元 for 万元 or the reverse, the digits as they were."""
    rest = text[mark.end :].lstrip()
    if rest.startswith("万元"):
        return text[: mark.end] + rest.removeprefix("万")
    return text[: mark.end] + "万" + rest if rest.startswith("元") else None
