"""The numbers a browser sets before the items of `<ol>`: they stand in no text of the page."""

from __future__ import annotations

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.list_numbers import list_number

_STYLE = LazyPattern(r"list-style(?:-type)?\s*:\s*([^;]+)")
_EDITOR_CLASS = LazyPattern(r"\bcustom_(\w+)")
_INTEGER = LazyPattern(r"\s*([+-]?\d{1,9})")
_NUMBERED = LazyPattern(r"\s*(?:第?[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．,，:：]|[①-⑳⑴-⒇])")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
# list-style-type → the notation and what is set around it; the last six are a widespread page editor's own.
_STYLES = {
    "decimal": ("decimal", "{}."),
    "decimal-leading-zero": ("decimalZero", "{}."),
    "lower-alpha": ("lowerLetter", "{}."),
    "lower-latin": ("lowerLetter", "{}."),
    "upper-alpha": ("upperLetter", "{}."),
    "upper-latin": ("upperLetter", "{}."),
    "lower-roman": ("lowerRoman", "{}."),
    "upper-roman": ("upperRoman", "{}."),
    "cjk-decimal": ("ideographDigital", "{}、"),
    "cjk-ideographic": ("chineseCountingThousand", "{}、"),
    "simp-chinese-informal": ("chineseCountingThousand", "{}、"),
    "trad-chinese-informal": ("chineseCountingThousand", "{}、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "{}、"),
    "cn": ("chineseCountingThousand", "{}、"),
    "cn1": ("chineseCountingThousand", "{}）"),
    "cn2": ("chineseCountingThousand", "（{}）"),
    "num": ("decimal", "{}、"),
    "num1": ("decimal", "{}）"),
    "num2": ("decimal", "（{}）"),
}


def is_numbered(text: str) -> bool:
    """Whether the text brings a number of its own; pages that write it out switch the generated one off."""
    return _NUMBERED.match(text) is not None


class OpenList:
    """An `<ol>` while its items are read; `count` is how many they are in one that counts down, else empty."""

    __slots__ = ("_next", "_step", "_style")

    def __init__(self, kind: str, start: str, count: str, style: str, names: str) -> None:
        self._style = _style(style, names) or _TYPES.get(kind or "1", "decimal")
        self._step = -1 if count else 1
        self._next = _integer(start, int(count or 1))

    def number(self, value: str, style: str, names: str) -> str:
        """The number before the next item, with its mark: `3.`, `（二）`; empty where the list shows none."""
        number = _integer(value, self._next)
        self._next = number + self._step
        notation, frame = _STYLES.get(_style(style, names) or self._style, ("none", ""))
        return frame.format(list_number(number, notation)) if frame else ""


def _style(style: str, names: str) -> str:
    """The keyword of `list-style-type`, of its shorthand or of the editor's class; empty when none is given."""
    found = _STYLE.search(style.lower())
    if found:
        words = found[1].split()
        return next((word for word in words if word in _STYLES), "none" if "none" in words else "".join(words[:1]))
    editor = _EDITOR_CLASS.search(names)
    return editor[1] if editor and editor[1] in _STYLES else ""


def _integer(value: str, default: int) -> int:
    number = _INTEGER.match(value)
    return int(number[1]) if number else default
