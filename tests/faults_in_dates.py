"""Faults in when and by whom a report was signed or published."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from clean_drafts import GOVERNMENTS, OFFICES
from fault import DraftFault, Fault
from layouts import Layout
from marked_prose import unmarked
from prose_of_offices import written
from rendition import Draft

TOWNSHIPS = tuple(name for name in GOVERNMENTS if name.endswith(("镇人民政府", "乡人民政府")))
# The office of a government often publishes that government's report, which is due later.
DEPARTMENTS = tuple(name for name in OFFICES if name.endswith("局"))
UPPER = tuple(name for name in GOVERNMENTS if name not in TOWNSHIPS)


def signed(day: str, *, by: str = "{issuer}") -> DraftFault:
    """Another date under the report, or another name; `{year}` is that of the report, `{next}` the one after it."""

    def apply(draft: Draft, rng: random.Random) -> Draft:
        name, date = (
            text.format(issuer=draft.issuer, year=draft.year, next=draft.year + 1, office=f"{draft.issuer}办公室")
            for text in (by, day)
        )
        return replace(unmarked(written(draft, rng)), signature=(name, date))

    return apply


def posted(day: str) -> Callable[[str, random.Random], str]:
    """The date in the line that a web page puts under the title of a report that nobody signed."""

    def apply(text: str, rng: random.Random) -> str:
        title, _, rest = text.partition("\n")
        year = int(re.findall(r"20\d\d", title)[-1])
        rest = re.sub(r"\n+[^\n]*\n+20\d\d年1月\d+日\n*\Z", "\n", rest)
        return f"{title}\n发布时间：{day.format(year=year, next=year + 1)} 来源：门户网站\n{rest}"

    return apply


def on_lines(layout: Layout) -> bool:
    """In a dump on one line date and name run into the last sentence."""
    return not layout.one_line


LATE = (
    "{next}年2月3日",
    "{next}年3月15日",
    "{next}-02-18",
    "{next}年02月01日",
    "{next}.2.20",
    "{next}年5月6日",
    "{next}/04/02",
)
VERY_LATE = ("{next}年4月2日", "{next}年6月15日", "{next}-04-18", "{next}年12月01日")
EARLY = ("{year}年12月20日", "{year}年1月15日", "{year}-01-20", "{year}年11月30日", "{year}.12.25")


def each(name: str, rule: str, level: str, faults: list[DraftFault], issuers: tuple[str, ...]) -> list[Fault]:
    return [
        Fault(f"{name}-{number}", rule, level, fault, issuers=issuers, fits=on_lines)
        for number, fault in enumerate(faults, 1)
    ]


def each_posted(name: str, rule: str, level: str, days: tuple[str, ...], issuers: tuple[str, ...]) -> list[Fault]:
    return [
        Fault(f"{name}-{number}", rule, level, text=posted(day), issuers=issuers, fits=on_lines)
        for number, day in enumerate(days, 1)
    ]


DATE_FAULTS = (
    *each("late-office", "late-publication", "W", [signed(day) for day in LATE], DEPARTMENTS),
    *each("late-township", "late-publication", "W", [signed(day) for day in LATE], TOWNSHIPS),
    *each("late-government", "late-publication", "E", [signed(day) for day in VERY_LATE], UPPER),
    *each_posted("posted-late-office", "late-publication", "W", LATE[:4], DEPARTMENTS),
    *each_posted("posted-late-government", "late-publication", "E", VERY_LATE, UPPER),
    *each("early", "premature-date", "E", [signed(day) for day in EARLY], (*GOVERNMENTS, *OFFICES)),
    *each_posted("posted-early", "premature-date", "E", EARLY[:3], (*GOVERNMENTS, *OFFICES)),
    *each(
        "other-signer",
        "issuer-mismatch",
        "I",
        [signed("{next}年1月12日", by=by) for by in ("{office}", "云岭市民政局", "临溪县农业农村局", "北山市人民政府")],
        DEPARTMENTS,
    ),
)
