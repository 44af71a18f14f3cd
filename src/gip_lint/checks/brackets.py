"""Brackets, quotation marks and book title marks: every one closed, and closed by its like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.prose import Prose, prose_of
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "pairs": Parameter("texts", "成对的符号，如 《》", True),
    "likes": Parameter("texts", "可能互相误配的两对符号，如 （）()：一个开、另一个闭时建议改为同一种"),
}
# 1）、（1 and a) number an item; their bracket has no partner
_ENUMERATOR = LazyPattern(
    r"(?:^|[\s。；;：:，、！？])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[①-⑳])[ \u3000\xa0]?\Z"
)


_SHORTEST = 6


class _Open(NamedTuple):
    mark: str
    at: int


class Brackets(NamedTuple):
    """One finding for each mark without a partner, and for each pair of two kinds."""

    partners: Mapping[str, str]  # opening → closing
    likes: Mapping[str, str]  # a mark → the same mark of the other kind

    def apply(self, report: AnnualReport) -> Result:
        """Count first: a report whose marks are even in number is not looked at again."""
        prose = prose_of(report)
        text = prose.text
        if all(text.count(opening) == text.count(closing) for opening, closing in self.partners.items()):
            return Result(1)
        faults = self._unpaired(prose)
        return Result(0 if faults else 1, faults)

    def _unpaired(self, prose: Prose) -> list[Fault]:
        openings = {closing: opening for opening, closing in self.partners.items()}
        faults = []
        carried: list[_Open] = []
        for passage in prose.passages:
            if passage.end - passage.start < _SHORTEST or passage.tabular:
                continue  # a scrap of a table
            stack: list[_Open] = []
            for at in range(passage.start, passage.end):
                char = prose.text[at]
                if char in self.partners:
                    stack.append(_Open(char, at))
                elif char in openings:
                    own = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].mark == openings[char]), None)
                    like = self.likes.get(openings[char])
                    if stack and stack[-1].mark == like:
                        faults.append(_mixed(prose, stack.pop(), char, at, self.partners[like]))
                    elif own is not None:
                        faults += [_unclosed(prose, lost, self.partners[lost.mark]) for lost in stack[own + 1 :]]
                        del stack[own:]
                    elif any(lost.mark in (openings[char], like) for lost in carried):
                        # a passage may end in the middle of what is in brackets
                        mark = next(lost for lost in carried if lost.mark in (openings[char], like))
                        carried.remove(mark)
                    elif not _ENUMERATOR.search(prose.text[passage.start : at]):
                        faults.append(_unopened(prose, char, at, openings[char]))
            if carried:
                # quotations of several paragraphs open every one of them and close the last
                quoted = prose.text[passage.start] == "“"
                lost_marks = [lost for lost in carried if not (quoted and lost.mark == "“")]
                faults += [_unclosed(prose, lost, self.partners[lost.mark]) for lost in lost_marks]
            carried = stack
        faults += [_unclosed(prose, lost, self.partners[lost.mark]) for lost in carried]
        return faults


def _mixed(prose: Prose, opening: _Open, char: str, at: int, proper: str) -> Fault:
    """The closing mark is to be like the opening one, unless that is the half-width one."""
    wide_closing = ord(char) > 0x7F
    place = prose.location(opening.at, opening.at + 1) if wide_closing else prose.location(at, at + 1)
    suggestion = _WIDE.get(opening.mark, opening.mark) if wide_closing else proper
    facts = {"opening": opening.mark, "closing": char, "text": _around(prose, opening.at, at + 1)}
    return Fault(prose.passage(at).address, place, facts, variant="mixed", suggestion=suggestion)


def _unclosed(prose: Prose, lost: _Open, closing: str) -> Fault:
    place = prose.location(lost.at, lost.at + 1)
    facts = {"mark": lost.mark, "partner": closing, "text": _around(prose, lost.at, lost.at + 1)}
    return Fault(prose.passage(lost.at).address, place, facts, variant="unclosed")


def _unopened(prose: Prose, char: str, at: int, opening: str) -> Fault:
    facts = {"mark": char, "partner": opening, "text": _around(prose, at, at + 1)}
    return Fault(prose.passage(at).address, prose.location(at, at + 1), facts, variant="unopened")


_WIDE = {"(": "（", "[": "【"}


def _around(prose: Prose, start: int, end: int) -> str:
    """The words that show which mark is meant: some characters before and after, within the passage."""
    passage = prose.passage(start)
    if end - start > 24:
        end = start + 24
    return prose.text[max(passage.start, start - 4) : min(passage.end, end + 8)].replace("\n", "")


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Brackets:
    """Make the check. Raises `ParameterError` for a pair that is not two marks."""
    for key, length in (("pairs", 2), ("likes", 4)):
        for text in given.get(key, ()):
            if len(text) != length:
                raise ParameterError(key, f"“{text}”应是 {length} 个符号", f"“{text}” must be {length} marks")
    likes = {}
    for text in given.get("likes", ()):
        likes[text[0]], likes[text[2]] = text[2], text[0]
    return Brackets({pair[0]: pair[1] for pair in given["pairs"]}, likes)
