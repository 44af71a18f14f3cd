"""Figures written otherwise than in Arabic digits: what number was probably meant, for suggestions only."""

from __future__ import annotations

import unicodedata

from gip_lint.lazy_pattern import LazyPattern

_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_COUNTER = LazyPattern(r"(?P<number>.+?)\s*(?:件|个|条|次|项|人|份|起|宗|例|篇|期)(?:次|数)?")


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral (`三百一十二`, `二〇二四`, `两万`); None when it is none."""
    if not text or any(char not in _DIGITS and char not in _UNITS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] >= 10_000:
            total = (total + section + digit) * _UNITS[char]
            section = digit = 0
        else:
            section += (digit or 1) * _UNITS[char]
            digit = 0
    return total + section + digit


def suggested_figure(text: str) -> str | None:
    """The figure that a text in a numeric cell probably stands for: `3件` → 3, `O` → 0, `十二` → 12."""
    plain = unicodedata.normalize("NFKC", text).strip()
    counted = _COUNTER.fullmatch(plain)
    if counted:
        plain = counted["number"].strip()
    digits = plain.translate(str.maketrans("OoＯD〇○lI|", "000000111")).replace(",", "")
    if digits.isascii() and digits.isdigit():
        return str(int(digits))
    number = chinese_number(plain)
    return None if number is None else str(number)
