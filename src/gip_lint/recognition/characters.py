"""Folds the look-alikes that conversion leaves behind, character by character, so that positions stay true."""

from __future__ import annotations

import re
from functools import lru_cache

from gip_lint.lazy_pattern import LazyPattern

_HARMLESS = LazyPattern(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_EXTRA = {
    "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"', "‘": '"', "’": '"', "'": '"',
    "〔": "(", "〕": ")", "﹙": "(", "﹚": ")", "【": "(", "】": ")",
    "－": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-",
    "。": ".", "．": ".", "﹒": ".", "｡": ".",
    "\xa0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\u200b": " ", "\ufeff": " ", "\u200c": " ", "\u200d": " ", "\xad": " ", "\f": " ",
}  # fmt: skip
# Radicals of the supplement block have no compatibility decomposition; these are the ones seen in converted reports.
_RADICALS = dict(
    zip("⺠⻅⻋⻓⻔⻚⻛⻜⻢⻣⻬⻘⻆⻄⺮⻝⻥⻦⻁⺟", "民见车长门页风飞马骨齐青角西竹食鱼鸟虎母", strict=True)
)


# ¹ and ① beside a figure point to a note: as digits they would make it another figure.
_MARKS = ("<super>", "<sub>", "<circle> 003")


class _Folding(dict[int, str]):
    """A translation table filled as characters are met; building all of NFKC would cost at every start."""

    def __missing__(self, code: int) -> str:
        import unicodedata

        char = chr(code)
        folded = _EXTRA.get(char) or _RADICALS.get(char)
        if folded is None:
            is_mark = unicodedata.decomposition(char).startswith(_MARKS)
            folded = char if code <= 0x7F or is_mark else unicodedata.normalize("NFKC", char)
            if len(folded) != 1:  # positions must not move
                folded = char
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The same text with compatibility characters, brackets, quotes and dashes in one form; never longer or shorter."""
    return text if text.isascii() else text.translate(_FOLDING)


def fold_radicals(text: str) -> str:
    """Real characters for Kangxi radicals and compatibility ideographs; everything else is left as printed."""
    if not _HARMLESS.search(text):
        return text
    return "".join(fold(char) if _HARMLESS.match(char) else char for char in text)


_SPACE_OR_MARK = LazyPattern(r"[\s\-()、,.:;\"/·,。*#_`]+")
_NUMBERING = LazyPattern(
    r"(?:[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十]{1,3}(?:\)|\Z)|\d{1,2}[、.,)](?!\d)|[①-⑩])"
)


def squeeze(text: str) -> str:
    """Folded text without spaces and marks: what labels are compared by."""
    return _SPACE_OR_MARK.sub("", fold(text))


@lru_cache(maxsize=8192)
def label_key(label: str) -> tuple[str, str]:
    """(number, words) of a label: `（一）予以公开` → ("一", "予以公开"); the number is empty when none is printed.

    A narrow column may part `（一` from the rest.
    """
    folded = re.sub(r"\s+", "", fold(label)).lstrip("*#")
    numbering = _NUMBERING.match(folded)
    if not numbering:
        return "", _SPACE_OR_MARK.sub("", folded)
    number = numbering.group().strip("、.,:()")
    if "①" <= number <= "⑩":
        number = str(ord(number) - ord("①") + 1)
    return number, _SPACE_OR_MARK.sub("", folded[numbering.end() :])


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance of two short strings, or `limit` + 1 as soon as it must be larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    previous = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        current = [i]
        for j, other in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (char != other)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return previous[-1]
