"""Finds the headings of the six sections: on a line of their own, or glued to the paragraph they open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gip_lint.annual_report import Wording
from gip_lint.form import Form, SectionForm
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.memory import Memory
from gip_lint.recognition.characters import distance, fold, squeeze

_NUMBERED = LazyPattern(
    r"[#*\s]*(?:第\s*(?P<part>[一二三四五六七八九十])\s*(?:部分|章|节)|(?P<number>[一二三四五六七八九十]{1,3})\s*[、.,:])[\s:、*]*"
)
_GLUED_NUMBER = LazyPattern(r"(?P<number>[一二三四五六])\s*[、.．，]\s*")
_ANNOTATION = LazyPattern(r"\(?(?:无|略|空)\)?")
_GLUED_ANNOTATION = LazyPattern(r"\s*[（(]\s*(?:无|略|空)\s*[）)]")
_SET_APART = LazyPattern(r"情况[ \u3000：:]|事项[ \u3000：:]|。[ \u3000]*[一二三四五六]、")
_APART = frozenset(("", " ", "\u3000", "：", ":"))
_ENDS = frozenset(("", "。", "；", "！", "？"))
_SENTENCE_END = LazyPattern(r"[。；！？;]")
_GO_ON = frozenset("，；。")  # a number may have been lost before 、
_BREAK_OFF = frozenset("，、；。")
LONGEST_HEADING = 48
LONGEST_TITLE_OF_SECTION = 34
MOST_LINES = 2000


class Heading(NamedTuple):
    """A heading found: `start` and `end` are its place in the line it was found in (0-based, end exclusive)."""

    key: str
    text: str
    wording: Wording
    start: int
    end: int


class Headings:
    """Matches lines against the section headings of all editions."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._known: dict[str, tuple[str, Wording]] = {}
        self._numbers: dict[str, str] = {}
        self.table_of: dict[str, str | None] = {}  # section key → the table due in it
        for form in forms:
            for section in form.sections:
                self._numbers[section.key] = section.number
                self.table_of[section.key] = section.table
                for wording, kind in self._wordings(section):
                    self._known.setdefault(squeeze(wording), (section.key, kind))
        self.of_line = Memory(self._of_line, MOST_LINES).__getitem__
        """The heading that a whole short line is; None for anything else."""
        self.within_short = Memory(self._within_short, MOST_LINES).__getitem__
        """The official headings, set apart by a blank or a colon, in a line no longer than a heading may be."""
        self._longest = max(map(len, self._known))
        proper = [words for words, (_, kind) in self._known.items() if kind is not Wording.OTHER]
        self._beginnings = {words[:length] for words in proper for length in range(1, len(words))}
        # what a line ends with that is cut off in the middle of a heading
        self.cut_ends = frozenset("、.．， ").union(words[-1] for words in self._beginnings)

    @staticmethod
    def _wordings(section: SectionForm) -> Iterable[tuple[str, Wording]]:
        yield section.heading, Wording.OFFICIAL
        for wording in section.long:
            yield wording, Wording.LONG
        for wording in section.variants:
            yield wording, Wording.OTHER

    def _of_line(self, text: str) -> Heading | None:
        if len(text) > LONGEST_HEADING:
            return None
        folded = fold(text)
        numbering = _NUMBERED.match(folded)
        words = squeeze(folded[numbering.end() :] if numbering else folded)
        if not words or len(words) > LONGEST_TITLE_OF_SECTION:
            return None
        known = self._known.get(words)
        if known and not numbering and (text[0] in _GO_ON or text[-1] in _BREAK_OFF):
            return None  # a line of a sentence: 没有 / 其他需要报告的事项。
        if known and (numbering or known[1] is not Wording.OTHER):
            return Heading(known[0], text, known[1], 0, len(text))
        if not numbering or words[-1].isdigit() or _SENTENCE_END.search(text):
            return None
        for cut in range(len(words) - 1, max(len(words) - 4, 1), -1):
            known = self._known.get(words[:cut])
            if known and _ANNOTATION.fullmatch(words[cut:]):
                wording = Wording.ANNOTATED if known[1] is Wording.OFFICIAL else Wording.OTHER
                return Heading(known[0], text, wording, 0, len(text))
        key = self._resembling(words, numbering["number"] or numbering["part"])
        return Heading(key, text, Wording.OTHER, 0, len(text)) if key else None

    def across(self, lines: Sequence[str]) -> tuple[Heading, int] | None:
        """The official heading that the first lines make up together, and how many of them; None when they do not."""
        first = lines[0]
        numbering = _NUMBERED.match(fold(first)) if len(first) < LONGEST_HEADING else None
        if numbering is None:
            return None
        words = squeeze(fold(first)[numbering.end() :])
        for count, line in enumerate(lines[1:], 2):
            if words and words not in self._beginnings:
                return None
            words += squeeze(line)
            key, wording = self._known.get(words, (None, Wording.OTHER))
            if key is not None and wording is not Wording.OTHER:
                text = "".join(lines[:count])
                return Heading(key, text, wording, 0, len(text)), count
        return None

    def cut_off(self, text: str, following: str) -> tuple[Heading, int] | None:
        """The official heading that begins at the end of a line and ends in the next one, and where it ends there."""
        for number in _GLUED_NUMBER.finditer(text, max(len(text) - LONGEST_HEADING, 0)):
            words = squeeze(text[number.end() :])
            if words and words not in self._beginnings:
                continue
            for end, char in enumerate(following[:LONGEST_HEADING], 1):
                words += squeeze(char)
                key, wording = self._known.get(words, (None, Wording.OTHER))
                if key is not None and wording is not Wording.OTHER:
                    whole = text[number.start() :] + following[:end]
                    return Heading(key, whole, wording, number.start(), len(text)), end
        return None

    def _resembling(self, words: str, number: str) -> str | None:
        """The section whose heading the words resemble; with the right number a weaker likeness is enough."""
        best: tuple[float, str] | None = None
        for known, (key, _) in self._known.items():
            longest = max(len(words), len(known))
            limit = longest // 2  # beyond that no bonus makes up for the difference
            likeness = 1 - distance(words, known, limit) / longest
            if number == self._numbers[key]:
                likeness += 0.12
            if known in words and len(known) >= 4:
                likeness = max(likeness, 0.5 + 0.5 * len(known) / len(words))
            if best is None or likeness > best[0]:
                best = (likeness, key)
        return best[1] if best and best[0] >= 0.62 else None

    def within(self, text: str) -> list[Heading]:
        """The headings glued into a longer line, in order: at its start or after the end of a sentence or a table."""
        found = []
        for number in _GLUED_NUMBER.finditer(text):
            heading = self._glued(text, number)
            if heading is not None:
                found.append(heading)
        return found

    def _within_short(self, text: str) -> list[Heading]:
        if not _SET_APART.search(text):
            return []
        return [
            heading
            for heading in self.within(text)
            if heading.wording is not Wording.OTHER
            and text[: heading.start].rstrip("#* \u3000")[-1:] in _ENDS
            and text[heading.end : heading.end + 1] in _APART
        ]

    def _glued(self, text: str, number: re.Match[str]) -> Heading | None:
        """The longest known heading that follows a number, whatever its spaces and marks."""
        words = ""
        ends = []
        for i in range(number.end(), len(text)):
            kept = squeeze(text[i])
            if kept:
                words += kept
                ends.append(i + 1)
                if len(words) == self._longest:
                    break
            elif text[i] not in "、 \u3000":
                break
        for length in range(len(words), 3, -1):
            known = self._known.get(words[:length])
            if known is None:
                continue
            key, wording = known
            # words that are not official count only under their own number
            if wording is Wording.OTHER and number["number"] != self._numbers[key]:
                return None
            end = ends[length - 1]
            note = _GLUED_ANNOTATION.match(text, end)
            if note:
                end = note.end()
                wording = Wording.ANNOTATED if wording is Wording.OFFICIAL else wording
            return Heading(key, text[number.start() : end], wording, number.start(), end)
        return None
