"""Latin words in Chinese prose that are no name, no address and no abbreviation in use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.prose import Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "words": Parameter(
        "text",
        "词典：rules/words/ 下的文件名，内有 fine（可用的小写词）、never（从不该出现的词）、names-before、names-after",
        True,
    ),
}
_WORD = LazyPattern(r"[A-Za-z]+")
_PART_OF_NAME = frozenset("0123456789@./\\_-—&+#%:：=～~·’'“”\"‘《》〈〉【】[]{}<>｜|()（）")


_OPENING = frozenset("“《")


class Latin(NamedTuple):
    """A finding for each Latin word that stands alone among Han characters."""

    fine: frozenset[str]
    never: frozenset[str]
    names_before: tuple[str, ...]
    names_after: tuple[str, ...]

    def apply(self, report: AnnualReport) -> Result:
        """Most reports have no lower-case word at all; that is seen at once."""
        prose = prose_of(report)
        text = prose.text
        ascii_text = text.encode("ascii", "ignore")
        if not any(letter in ascii_text for letter in _LETTERS):
            return Result(1)
        faults = [
            _fault(prose, match.start(), match.end()) for match in _WORD.finditer(text) if self._stray(text, match)
        ]
        return Result(0 if faults else 1, faults)

    def _stray(self, text: str, match: re.Match[str]) -> bool:
        word = match.group()
        lower = word.lower()
        start, end = match.span()
        before, after = text[:start].rstrip(" ")[-1:], text[end : end + 40].lstrip(" ")[:1]
        if lower in self.never and after in _OPENING and text[end : end + 1] == " ":
            return _is_han(before)  # and “a name”
        if before in _PART_OF_NAME or after in _PART_OF_NAME:
            return False  # part of an address, a name in quotation marks, a term with digits
        if lower in self.never:
            return _is_han(before) and _is_han(after)
        if word != lower or len(word) < 3 or word in self.fine:
            return False  # names are written with capitals
        if not (_is_han(before) and _is_han(after)):
            return False  # one of several foreign words, or behind a mark as in 网址：…
        rest = text[end : end + 12].lstrip(" ")
        head = text[max(0, start - 12) : start].rstrip(" ")
        return not rest.startswith(self.names_after) and not head.endswith(self.names_before)


_LETTERS = [bytes([code]) for code in b"aeiounrstdlyANDOR"]


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or (char != "" and char in "，。；、")


def _fault(prose: Prose, start: int, end: int) -> Fault:
    text = prose.text
    passage = prose.passage(start)
    around = text[max(passage.start, start - 6) : min(passage.end, end + 6)]
    facts = {"word": text[start:end], "text": around}
    return Fault(passage.address, prose.location(start, end), facts)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Latin:
    """Make the check. Raises `ParameterError` for an unknown dictionary."""
    if given["words"] not in resources.words:
        raise ParameterError("words", f"没有词典 {given['words']}", f"no dictionary {given['words']}")
    data = resources.words[given["words"]]
    return Latin(
        frozenset(map(str, data["fine"])),
        frozenset(map(str, data["never"])),
        tuple(data["names-before"]),
        tuple(data["names-after"]),
    )
