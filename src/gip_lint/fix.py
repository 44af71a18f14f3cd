"""Puts suggestions into the text of a report: only those that can change neither a figure nor a meaning."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from gip_lint.document import Location
from gip_lint.finding import Audit, Finding
from gip_lint.rule import Rule

_LINE_END = re.compile(r"\r\n|\r|\n")
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]")


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


class Fixed(NamedTuple):
    """A text with its corrections, and the findings that they answer."""

    text: str
    findings: tuple[Finding, ...]


def fixable_rules(rules: Iterable[Rule]) -> frozenset[str]:
    """The ids of the rules whose suggestions stand for the text at their location, word for word."""
    return frozenset(rule.id for rule in rules if rule.fixable)


def fixed_text(text: str, audit: Audit, fixable: Collection[str]) -> Fixed:
    """The text that `audit` is about with every safe suggestion of the `fixable` rules in its place.

    A suggestion that would change a figure, or a place that another one has changed already, is left alone, as is what
    an exception covers.
    """
    starts = _line_starts(text)
    edits: list[Edit] = []
    done = []
    for finding in audit.findings:
        if finding.rule not in fixable or finding.suggestion is None or not finding.counts:
            continue
        slice_ = _slice(finding.location, starts, len(text))
        if slice_ is None:
            continue
        found = _edits(text, *slice_, finding.suggestion)
        if found is None or any(_touch(edit, other) for edit in found for other in edits if edit != other):
            continue
        edits += [edit for edit in found if edit not in edits]
        done.append(finding)
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return Fixed(text, tuple(done))


def diff(before: str, after: str, path: str) -> str:
    """What a correction changes, as a unified diff; empty when it changes nothing."""
    lines = difflib.unified_diff(_lines(before), _lines(after), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])


def _line_starts(text: str) -> Sequence[int]:
    """Where each line begins, counted as the reader of text counts lines."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _slice(place: Location, starts: Sequence[int], length: int) -> tuple[int, int] | None:
    """The slice of the text that a location names; None unless it gives both ends."""
    if place.line is None or place.column is None or place.end_column is None:
        return None
    last = place.end_line or place.line
    if not (1 <= place.line <= last <= len(starts)):
        return None
    start = starts[place.line - 1] + place.column - 1
    end = starts[last - 1] + place.end_column
    return (start, end) if start < end <= length else None


def _edits(text: str, start: int, end: int, new: str) -> list[Edit] | None:
    """The smallest changes that make `new` of the slice; None where a figure would change.

    Line ends inside the slice stay where they are, so that a name broken over two lines keeps its break.
    """
    old = text[start:end]
    if _FIGURE.findall(old) != _FIGURE.findall(new) or not new:
        return None
    if len(old) == len(new) and not _LINE_END.search(old):
        return [Edit(start + i, start + i + 1, b) for i, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    edits = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        space = "".join(char for char in old[i:j] if char in "\r\n")
        edits.append(Edit(start + i, start + j, new[k:m] + space))
    return [edit for edit in edits if text[edit.start : edit.end] != edit.new]


def _touch(edit: Edit, other: Edit) -> bool:
    if edit.start == edit.end or other.start == other.end:
        return edit.start <= other.end and other.start <= edit.end
    return edit.start < other.end and other.start < edit.end
