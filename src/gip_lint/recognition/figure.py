"""What stands in a cell: a number, a blank, a placeholder or something else; exact, never a float."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold


class Figure(NamedTuple):
    """A cell's text understood. `unit` is 元 or 万元 when printed with the number."""

    state: State
    value: int | Decimal | None = None
    unit: str | None = None
    decimals: int = 0
    oddities: tuple[str, ...] = ()


BLANK = Figure(State.BLANK)
LONGEST_NUMBER = 60  # characters, unit and spaces included; longer digits are no figure of any report
PLACEHOLDERS = frozenset(
    [
        "-",
        "--",
        "---",
        "----",
        "/",
        "//",
        "\\",
        "无",
        "空",
        "N/A",
        "n/a",
        "NA",
        "*",
        "**",
        "不适用",
        "×",
        "X",
        "x",
        "无此项",
        "未填",
        "…",
    ]
)
_PLAIN = LazyPattern(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = LazyPattern(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED = LazyPattern(r"[+-]?\d+(?: +\d+)+(?:\.\d+)?|[+-] +\d+(?:\.\d+)?|\d+(?: +\. *|\. +)\d+")
_ILLEGIBLE = LazyPattern(r"[\d,. +-]*\ufffd[\d,. +\ufffd-]*")  # digits of which the source did not say what they are
_MONEY = LazyPattern(
    r"(?P<number>[+-]?[\d,. ]*\d)\s*\(?\s*(?:单位\s*[:,]?\s*)?(?:人民币)?(?P<unit>万元|元|亿元)(?:人民币)?(?:整)?\s*\)?"
)


@lru_cache(maxsize=8192)
def read_figure(text: str) -> Figure:
    """The figure in a cell's text; state `TEXT` when it is none of the known forms.

    Among digits, a character that could not be decoded makes it `UNREADABLE`: it may have been a digit, too.
    """
    if len(text) > LONGEST_NUMBER:
        return Figure(State.TEXT)
    if text.isascii() and text.isdigit() and (len(text) == 1 or text[0] != "0"):
        return Figure(State.NUMBER, int(text))
    folded = fold(text).strip()
    if not folded:
        return BLANK
    oddities = []
    if any(char > "\x7f" and char.isdigit() for char in text):
        oddities.append("full-width")
    if folded in PLACEHOLDERS:
        return Figure(State.PLACEHOLDER)
    unit = None
    money = _MONEY.fullmatch(folded)
    if money:
        unit, folded = money["unit"], money["number"].strip()
    if _SPACED.fullmatch(folded):
        oddities.append("spaced")
        folded = folded.replace(" ", "")
    if _GROUPED.fullmatch(folded):
        oddities.append("grouped")
        folded = folded.replace(",", "")
    if not _PLAIN.fullmatch(folded):
        return Figure(State.UNREADABLE if _ILLEGIBLE.fullmatch(folded) else State.TEXT)
    digits, _, decimals = folded.lstrip("+-").partition(".")
    if len(digits) > 1 and digits[0] == "0":
        oddities.append("leading-zero")
    value: int | Decimal = Decimal(folded) if decimals else int(folded)
    return Figure(State.NUMBER, value, unit, len(decimals), tuple(oddities))
