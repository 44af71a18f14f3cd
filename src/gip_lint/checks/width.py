"""Half-width marks between Han characters, where the full-width ones belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import compiled
from gip_lint.prose import TITLE, Passage, Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "marks": Parameter("mapping", "半角标点及相应的全角标点：{半角: 全角}", True),
    "ends": Parameter("mapping", "只在段末核对的半角标点及相应的全角标点：{半角: 全角}"),
    "pairs": Parameter("mapping", "成对的半角标点及相应的全角标点：{(): （）}；内外都是汉字才算"),
}
_HAN = "\u4e00-\u9fff"
_CHINESE = frozenset("《》〈〉“”（）")
_FEWEST_HAN = 12  # in a paragraph that is a sentence, no line of a form


class Width(NamedTuple):
    """One finding for each passage, from its first half-width mark to its last; the suggestion is that stretch put right."""

    marks: Mapping[str, str]
    pairs: Mapping[str, str]
    ends: Mapping[str, str]

    def apply(self, report: AnnualReport) -> Result:
        """Look at the marks between Han characters; what stands next to Latin letters or digits may be half-width."""
        prose = prose_of(report)
        found: dict[Passage, dict[int, str]] = {}
        for at, wide in self._found(prose):
            passage = prose.passage(at)
            if not passage.tabular and passage.part != TITLE:
                found.setdefault(passage, {})[at] = wide
        faults = [_fault(prose, passage, marks) for passage, marks in found.items()]
        return Result(0 if faults else 1, faults)

    def _found(self, prose: Prose) -> Iterator[tuple[int, str]]:
        text = prose.text
        for mark, wide in self.marks.items():
            at = text.find(mark)
            while at >= 0:
                after = text[at + 1 : at + 3]
                if _is_han(text[at - 1 : at]) and (_is_han(after.lstrip(" ")[:1]) or _ends_sentence(text, at + 1)):
                    yield at, wide
                at = text.find(mark, at + 1)
        for mark, wide in self.ends.items():
            at = text.find(mark)
            while at >= 0:
                if _is_han(text[at - 1 : at]) and (_ends_sentence(text, at + 1) or prose.seam(at, at + 2)):
                    yield at, wide
                at = text.find(mark, at + 1)
        for pair, wide in self.pairs.items():
            if pair[0] not in text:
                continue
            for match in _pair(pair[0], pair[1]).finditer(text):
                if _is_han(text[match.start() - 1]) and _is_han(match[1][-1]):
                    yield match.start(), wide[0]
                    yield match.end() - 1, wide[1]


@lru_cache(maxsize=16)
def _pair(opening: str, closing: str) -> re.Pattern[str]:
    inner = re.escape(opening + closing)
    return compiled(rf"{re.escape(opening)}([{_HAN}][^{inner}\n]*?){re.escape(closing)}")


def _is_han(char: str) -> bool:
    """A Han character, or a mark that only Chinese text has."""
    return "\u4e00" <= char <= "\u9fff" or char in _CHINESE if char else False


def _ends_sentence(text: str, at: int) -> bool:
    """Whether a paragraph ends there that is long enough for a sentence; 联系电话: is a line of a form."""
    return text[at : at + 1] == "\n" and at - text.rfind("\n", 0, at) > _FEWEST_HAN


def _fault(prose: Prose, passage: Passage, marks: Mapping[int, str]) -> Fault:
    start, end = min(marks), max(marks) + 1
    place = prose.location(start, end)
    text = prose.text[start:end]
    proper = "".join(marks.get(start + i, char) for i, char in enumerate(text))
    before, after = max(passage.start, start - 6), min(passage.end, start + 7)
    facts: dict[str, object] = {
        "marks": " ".join(dict.fromkeys(prose.text[at] for at in sorted(marks))),
        "count": len(marks),
        "proper": " ".join(dict.fromkeys(marks[at] for at in sorted(marks))),
        "text": prose.text[before:after],
    }
    return Fault(passage.address, place, facts, suggestion=proper)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Width:
    """Make the check. Raises `ParameterError` for what is not one mark, or one pair of marks."""
    for key, length in (("marks", 1), ("ends", 1), ("pairs", 2)):
        for mark, wide in given.get(key, {}).items():
            if len(mark) != length or len(wide) != length:
                raise ParameterError(
                    key, f"“{mark}: {wide}”应各是 {length} 个符号", f"“{mark}: {wide}” must be {length} marks each"
                )
    return Width(given["marks"], given.get("pairs", {}), given.get("ends", {}))
