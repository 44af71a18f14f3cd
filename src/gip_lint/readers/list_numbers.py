"""Writes the number of a list item in the notation its list has: 三, 十二, ③, iv, 丙, 贰."""

from __future__ import annotations

from collections.abc import Callable

LARGEST = 32_767  # Word counts no further; a letter notation would take a thousand characters for it

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千", "万")
_FORMAL_UNITS = ("", "拾", "佰", "仟", "万")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST_LETTERS = 780  # Z thirty times


def _counting(value: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS, zero: str = "零") -> str:
    """As one counts: 十二, 一百零三, 一千二百."""
    if value == 0:
        return zero
    text = ""
    gap = False
    for place, digit in reversed(list(enumerate(map(int, reversed(str(value)))))):
        if digit == 0:
            gap = bool(text)
            continue
        text += (zero if gap else "") + digits[digit] + units[place]
        gap = False
    return text


def _short_counting(value: int) -> str:
    """十二, not 一十二."""
    text = _counting(value)
    return text[1:] if 10 <= value < 20 else text


def _digit_by_digit(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    """A … Z, AA, BB … ZZ, AAA."""
    if not 1 <= value <= _LONGEST_LETTERS:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _row(first: str, count: int) -> Callable[[int], str]:
    """Characters that stand one after another in Unicode: ① … ⑳."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 1 <= value <= len(characters) else str(value)


def _circled(value: int) -> str:
    if 21 <= value <= 35:
        return chr(ord("㉑") + value - 21)
    return chr(ord("㊱") + value - 36) if 36 <= value <= 50 else _row("①", 20)(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(value))


def _cycle(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 1 <= value <= 60 else str(value)


def _counted_to_ninety_nine(value: int) -> str:
    return _short_counting(value) if value < 100 else _digit_by_digit(value)


# The notations by the names that Word files have for them (ST_NumberFormat of ISO 29500-1, 17.18.59).
_NOTATIONS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _counted_to_ninety_nine,
    "taiwaneseCounting": _counted_to_ninety_nine,
    "chineseCountingThousand": _short_counting,
    "taiwaneseCountingThousand": _short_counting,
    "japaneseCounting": _short_counting,
    "koreanCounting": _short_counting,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": lambda value: _counting(value, _FORMAL_DIGITS, _FORMAL_UNITS),
    "ideographLegalTraditional": lambda value: _counting(value, "零壹貳參肆伍陸柒捌玖", _FORMAL_UNITS),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _cycle,
    "ideographEnclosedCircle": _row("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": "- {} -".format,
}
_SILENT = frozenset(("none", "bullet"))


def list_number(value: int, notation: str) -> str:
    """The number in a notation of Word's; in digits for a notation not known, empty for one without numbers."""
    if notation in _SILENT:
        return ""
    write = _NOTATIONS.get(notation)
    return str(value) if write is None or not 0 <= value <= LARGEST else write(value)
