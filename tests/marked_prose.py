"""Prose with marks round its figures, names and dates, so that a fault can be put into exactly one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from clean_drafts import self_name
from clean_figures import TOTAL
from rendition import Draft, with_prose

OPENING, CLOSING = "⟦", "⟧"
_MARKING = re.compile(r"⟦[^|⟦⟧]*\||⟧")
_HAN_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_GROUPS = {"refused": "（三）", "lacking": "（四）", "unprocessed": "（五）", "otherwise": "（六）"}
_LITIGATION = ("litigation-direct", "litigation-after-review")
_APPLICANTS = {
    "natural": ("natural-persons",),
    "enterprise": ("enterprises",),
    "research": ("research-institutions",),
    "public": ("public-interest-organisations",),
    "legal-service": ("legal-service-institutions",),
    "other": ("other-organisations",),
    "legal": (
        "enterprises",
        "research-institutions",
        "public-interest-organisations",
        "legal-service-institutions",
        "other-organisations",
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """`⟦name|text⟧` somewhere in a text: the outer place is that of the whole, the inner that of what it holds."""

    name: str
    start: int
    inner_start: int
    inner_end: int
    end: int


def marked(name: str, text: str) -> str:
    return f"{OPENING}{name}|{text}{CLOSING}"


def marks(text: str) -> list[Mark]:
    """Every mark in the order of their ends, so that an inner one stands before the outer."""
    found: list[Mark] = []
    opened: list[tuple[str, int, int]] = []
    for piece in _MARKING.finditer(text):
        if piece.group() == CLOSING:
            name, start, inner = opened.pop()
            found.append(Mark(name, start, inner, piece.start(), piece.end()))
        else:
            opened.append((piece.group()[1:-1], piece.start(), piece.end()))
    return found


def plain(text: str) -> str:
    return _MARKING.sub("", text)


def unmarked(draft: Draft) -> Draft:
    bare = with_prose(draft, plain)
    return replace(bare, title=tuple(map(plain, bare.title)), signature=tuple(map(plain, bare.signature)))


# --- figures as offices write them ---------------------------------------------------------------------------------


def han(number: int) -> str:
    """二十五, 一百零三; whole numbers below ten thousand."""
    if number < 10:
        return _HAN_DIGITS[number] if number else "零"
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap else "") + _HAN_DIGITS[digit] + name
        gap = bool(words) and not digit
    return words.removeprefix("一") if words.startswith("一十") else words


def like(pattern: str, number: int) -> str:
    """A number written as `pattern` is: spaces, thousands separators, full width, Chinese numerals."""
    bare = pattern.strip()
    if re.search(r"[一二三四五六七八九十百千零]", bare):
        text = han(number) if number < 10_000 else str(number)
    elif re.search(r"[０-９]", bare):
        text = str(number).translate(_FULL_WIDTH)
    else:
        text = f"{number:,}" if "," in bare else str(number)
    return pattern.replace(bare, text, 1)


FORMS: tuple[Callable[[int], str], ...] = (
    *(lambda number: str(number),) * 8,
    *(lambda number: f" {number} ",) * 2,
    lambda number: f"{number:,}",
    lambda number: str(number).translate(_FULL_WIDTH),
    lambda number: han(number) if number < 100 else str(number),
)


# --- one author and the figures at hand ----------------------------------------------------------------------------


class Author:
    """Someone who writes a draft's prose: the figures of its tables, one way to write them, one way to say who and when."""

    def __init__(self, draft: Draft, rng: random.Random) -> None:
        self.draft = draft
        self.rng = rng
        self.year = draft.year
        self.form = rng.choice(FORMS)
        self.government = draft.issuer.endswith("人民政府")
        own = self_name(draft.issuer)
        self.me = rng.choice((own, own, "本机关", "本单位", draft.issuer))
        self._figures = draft.figures()
        self._rows = {
            row.key: row.path
            for table in draft.tables()
            if table.key == "applications"
            for block in table.blocks
            for row in block.rows
        }

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def rows_of(self, group: str) -> dict[str, str]:
        """The rows of （三） to （六） by key, with their labels without the number in front."""
        return {
            key: re.sub(r"^(\d\.|（六）)", "", path[-1])
            for key, path in self._rows.items()
            if any(label.startswith(_GROUPS[group]) for label in path)
        }

    def value(self, name: str) -> int:
        """A figure of 表二 to 表四 by its name here: `received`, `received.natural`, `refused`, `review.upheld` …"""
        row, _, column = name.partition(".")
        if row == "cases":
            return sum(self.value(name.replace("cases", part, 1)) for part in ("received", "carried-in"))
        if row == "review":
            return int(self._figures["reviews", "cases", f"review/{column or TOTAL}"])
        if row in ("direct", "after-review"):
            return int(self._figures["reviews", "cases", f"litigation-{row}/{column or TOTAL}"])
        if row == "litigation":
            return sum(int(self._figures["reviews", "cases", f"{way}/{column or TOTAL}"]) for way in _LITIGATION)
        if row == "disputes":
            return self.value("review") + self.value("litigation")
        if (table_row := _DISCLOSED.get(row)) is not None:
            return int(self._figures["disclosure", *table_row])
        rows: Iterable[str] = self.rows_of(row) if row in _GROUPS else (row,)
        columns = _APPLICANTS[column] if column else (TOTAL,)
        return sum(int(self._figures["applications", key, one]) for key in rows for one in columns)

    def n(self, name: str) -> str:
        """A figure of the tables, marked with its name."""
        return marked(name, self.form(self.value(name)))

    def free(self, lowest: int, highest: int) -> str:
        """A figure that no table knows."""
        return self.form(self.rng.randint(lowest, highest))

    def percent(self, part: int, whole: int) -> str:
        digits = self.rng.choice((0, 1, 1, 2, 2))
        return marked("percent", f"{100 * part / whole:.{digits}f}") + "%"

    def amount(self, column: str) -> str:
        """采购总金额 or 收费金额 in 万元, as printed in the table."""
        row = "central-procurement" if column == "procurement" else "administrative-fees"
        return self._figures["disclosure", row, column]

    def this_year(self) -> str:
        """How a sentence on the year's work begins; only a number that can be wrong is marked."""
        year = marked("year", str(self.year))
        return self.pick(
            f"{year}年，", f"{year}年度，", f"{year}年，{self.me}", "本年度，", f"本年度，{self.me}", "全年", ""
        )

    def parts(self, total: int, number: int) -> list[int]:
        """So many figures above zero that add up to the total, which is no smaller than their number."""
        cuts = sorted(self.rng.sample(range(1, total), number - 1))
        return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]


_DISCLOSED = {
    "issued": ("normative-documents", "issued"),
    "repealed": ("normative-documents", "repealed"),
    "in-force": ("normative-documents", "in-force"),
    "made": ("normative-documents", "made"),
    "newly-disclosed": ("normative-documents", "newly-disclosed"),
    "disclosed-in-all": ("normative-documents", "disclosed-in-all"),
    "licences": ("licences", "decisions"),
    "penalties": ("penalties", "decisions"),
    "measures": ("compulsory-measures", "decisions"),
    "purchases": ("central-procurement", "projects"),
}
