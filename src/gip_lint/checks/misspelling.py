"""Slips of the pen from a dictionary, each with the context that makes it one; in the prose and on table labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.document import Location
from gip_lint.lazy_pattern import compiled
from gip_lint.prose import prose_of
from gip_lint.recognition.characters import fold_radicals
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "words": Parameter(
        "text", "词典：rules/words/ 下的文件名，每条 wrong、right，可有 before、after、not-before、not-after", True
    ),
}
# characters on every page of a report: a word is looked for by another of its characters if it has one
_FREQUENT = frozenset(
    "的公开工作政府信息一不与中为主以依全内准分动及发实布年强情按施时有机步理申用的管网行规规范要设请途进部重门关范0123456789年月日"
)
_KEYS = ("wrong", "right", "before", "after", "not-before", "not-after")


class Slip(NamedTuple):
    """A wrong word and the right one, or those to choose from; `pattern` is the wrong word in its context."""

    wrong: str
    right: tuple[str, ...]
    pattern: str | None


def _spaced(wrong: str) -> re.Pattern[str]:
    """The word in a label, whose characters may stand apart."""
    return compiled(r"\s*".join(map(re.escape, wrong)))


class Misspellings(NamedTuple):
    """Every slip is a finding with the right word as suggestion.

    The text is searched once, for the wrong characters of all words together: they are rare.
    """

    slips: tuple[Slip, ...]
    marks: str  # a pattern for the character that tells each wrong word
    by_mark: Mapping[str, tuple[tuple[Slip, int], ...]]  # that character → words and where it stands in them

    def apply(self, report: AnnualReport) -> Result:
        """Look for the wrong words in the prose, then on the labels that are not in the official words."""
        prose = prose_of(report)
        text = prose.text
        faults = []
        for match in compiled(self.marks).finditer(text):
            for slip, offset in self.by_mark[match.group()]:
                start = match.start() - offset
                if not text.startswith(slip.wrong, start):
                    continue
                end = start + len(slip.wrong)
                if slip.pattern is None or compiled(slip.pattern).match(text, start):
                    faults.append(
                        _fault(slip, text[start:end], prose.passage(start).address, prose.location(start, end))
                    )
                    break
        faults += self._on_labels(report)
        return Result(0 if faults else 1, faults)

    def _on_labels(self, report: AnnualReport) -> Iterator[Fault]:
        seen = set()
        for table in report.tables.values():
            for label in chain(table.reworded, table.extra):
                squeezed = "".join(label.text.split())
                for slip in self.slips:
                    if slip.wrong not in squeezed or not any(True for _ in _places(slip, squeezed)):
                        continue
                    found = _in_source(report, label.location, slip.wrong)
                    place, words = found if found is not None else (label.location, slip.wrong)
                    if place not in seen:
                        seen.add(place)
                        yield _fault(slip, words, label.address, place)


def _places(slip: Slip, text: str) -> Iterator[tuple[int, int]]:
    if slip.pattern is not None:
        for match in compiled(slip.pattern).finditer(text):
            yield match.span()
        return
    at = text.find(slip.wrong)
    while at >= 0:
        yield at, at + len(slip.wrong)
        at = text.find(slip.wrong, at + 1)


def _in_source(report: AnnualReport, place: Location, wrong: str) -> tuple[Location, str] | None:
    """Where the wrong word stands within a label, and how it is written there."""
    if place.line is None or not 1 <= place.line <= len(report.document.lines):
        return None
    line = fold_radicals(report.document.lines[place.line - 1])
    match = _spaced(wrong).search(line, (place.column or 1) - 1)
    if match is None:
        return None
    return Location(place.line, match.start() + 1, place.line, match.end()), match.group()


def _fault(slip: Slip, found: str, address: str, place: Location) -> Fault:
    """`found` may have spaces between its characters; the suggestion then keeps them."""
    suggestion = slip.right[0] if len(slip.right) == 1 else None
    if suggestion is not None and found != slip.wrong and len(suggestion) == len(slip.wrong):
        right = iter(suggestion)
        suggestion = "".join(char if char.isspace() else next(right) for char in found)
    facts = {"wrong": slip.wrong, "right": "”或“".join(slip.right), "right_en": "” or “".join(slip.right)}
    return Fault(address, place, facts, suggestion=suggestion)


def _slip(entry: Any, name: str) -> Slip:
    if not isinstance(entry, dict) or not set(entry) <= set(_KEYS) or not {"wrong", "right"} <= set(entry):
        raise ParameterError("words", f"词典 {name} 中这一条有误：{entry}", f"bad entry in dictionary {name}: {entry}")
    right = (entry["right"],) if isinstance(entry["right"], str) else tuple(entry["right"])
    before, after = entry.get("before"), entry.get("after")
    not_before, not_after = entry.get("not-before"), entry.get("not-after")
    if not any((before, after, not_before, not_after)):
        return Slip(entry["wrong"], right, None)
    pattern = (
        (f"(?<={before})" if before else "")
        + (f"(?<!{not_before})" if not_before else "")
        + re.escape(entry["wrong"])
        + (f"(?={after})" if after else "")
        + (f"(?!{not_after})" if not_after else "")
    )
    try:
        re.compile(pattern)
    except re.error as error:
        raise ParameterError(
            "words", f"词典 {name} 的 {entry['wrong']}：{error}", f"{entry['wrong']}: {error}"
        ) from error
    return Slip(entry["wrong"], right, pattern)


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Misspellings:
    """Make the check. Raises `ParameterError` for an unknown dictionary or a bad entry."""
    name = given["words"]
    if name not in resources.words:
        raise ParameterError("words", f"没有词典 {name}", f"no dictionary {name}")
    slips = tuple(_slip(entry, name) for entry in resources.words[name])
    by_mark: dict[str, tuple[tuple[Slip, int], ...]] = {}
    for slip in slips:
        rarest = min(slip.wrong, key=lambda char: (char in _FREQUENT, char in slip.right[0]))
        offset = slip.wrong.index(rarest)
        mark = slip.wrong[offset]
        by_mark[mark] = (*by_mark.get(mark, ()), (slip, offset))
    return Misspellings(slips, f"[{re.escape(''.join(by_mark))}]", by_mark)
