"""Words, particles and marks that stand twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import compiled
from gip_lint.prose import Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "longest": Parameter("number", "最多几个字的词重复（两个字起）", True),
    "single": Parameter(
        "mapping", "重复即有误的单字和标点：{字: 例外的正则表达式，没有例外写空文字}；例外在前后各三字中匹配"
    ),
    "except": Parameter("texts", "可以重复的写法（正则表达式，在重复的词及其前后各三字中匹配）"),
}
_AROUND = 3


class Doubled(NamedTuple):
    """One finding for each doubling."""

    longest: int
    single: Mapping[str, str]
    exceptions: str

    def apply(self, report: AnnualReport) -> Result:
        """Search the prose for doublings of every length."""
        prose = prose_of(report)
        text = prose.text
        faults = []
        taken: list[tuple[int, int]] = []
        for start, length in self._found(text):
            end = start + 2 * length
            if any(first < end and start < last for first, last in taken):
                continue
            if prose.seam(start, end) or prose.passage(start).tabular:
                continue
            exception = self.single.get(text[start]) if length == 1 else self.exceptions
            around = text[max(0, start - _AROUND) : end + _AROUND]
            if exception and compiled(exception).search(around):
                continue
            taken.append((start, end))
            faults.append(_fault(prose, start, length))
        return Result(0 if faults else 1, faults)

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """(start, length of the word) of every doubling, longer words first."""
        for start, length in doublings(text, self.longest):
            word = text[start : start + length]
            if length == 1:
                # three and more are a row of dots, not a slip of the pen
                if word in self.single and text[start - 1 : start] != word and text[start + 2 : start + 3] != word:
                    yield start, length
            elif all("\u4e00" <= char <= "\u9fff" for char in word) and len(set(word)) > 1:
                yield start, length


def doublings(text: str, longest: int) -> list[tuple[int, int]]:
    """(start, length) of what follows itself directly, longer ones first.

    The text as one large number is compared with itself shifted by so many characters: equal characters come out as
    zeros. That is a hundred times faster than a pattern with a back-reference.
    """
    width = 2
    data = text.encode("utf-16-le")
    if len(data) != width * len(text):  # characters outside the basic plane take two units there
        width = 4
        data = text.encode("utf-32-le")
    number = int.from_bytes(data, "little")
    found = []
    for length in range(longest, 0, -1):
        # the last characters have nothing to be compared with and stay as they are, which is not zero
        row = (number ^ (number >> 8 * width * length)).to_bytes(len(data), "little")
        zeros = bytes(width * length)
        at = row.find(zeros)
        while at >= 0:
            if at % width:
                at = row.find(zeros, at + 1)
                continue
            found.append((at // width, length))
            at = row.find(zeros, at + width)
    return found


def _fault(prose: Prose, start: int, length: int) -> Fault:
    word = prose.text[start : start + length]
    place = prose.location(start, start + 2 * length)
    facts = {"text": word * 2, "word": word}
    return Fault(prose.passage(start).address, place, facts, suggestion=word)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Doubled:
    """Make the check. Raises `ParameterError` for a pattern that is none."""
    exceptions: Sequence[str] = given.get("except", ())
    single = {str(char): str(pattern or "") for char, pattern in given.get("single", {}).items()}
    for key, patterns in (("except", exceptions), ("single", single.values())):
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ParameterError(
                    key, f"正则表达式有误：{pattern}：{error}", f"bad pattern: {pattern}: {error}"
                ) from error
    return Doubled(given["longest"], single, "|".join(f"(?:{pattern})" for pattern in exceptions))
