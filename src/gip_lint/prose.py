"""The prose of a report as one text: what stands outside the tables, lines that belong together joined, every place known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import is_
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from gip_lint.annual_report import AnnualReport, Section
from gip_lint.document import Location, Paragraph
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.broken_lines import Page, joined, page_width

HEADING = "heading"
PREFACE = "preface"
TITLE = "title"
_NAMED_VALUE = LazyPattern(r"(?!前言|引言|导语|概述|(?:编制)?说明)\S{2,8}[:：]")
_LONGEST_METADATA = 90
_FEWEST_HAN = 5
_SHORTEST_BROKEN = 12
_FINAL = frozenset("。！？；：:")
_SENTENCE_ENDS = "。！？\n"
_AROUND = 60
_new = tuple.__new__  # half the time of the named tuple's own; a report has dozens of passages
_BLANKS = str.maketrans("\n\t\xa0\u3000", "    ")
_TITLE_OF_DOCUMENT = LazyPattern(r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》")


class Passage(NamedTuple):
    """A paragraph, its broken lines joined: a slice of `Prose.text` with the part of the report it stands in.

    `part` is the key of a section, or `title`, `preface`, `heading`; `tabular` says that columns were found in it: a
    tab, a bar, or wide gaps in a line that ends no sentence.
    """

    start: int
    end: int
    part: str
    address: str
    tabular: bool


class Piece(NamedTuple):
    """Where a line of the source begins in `Prose.text`."""

    start: int
    line: int
    column: int


class SectionSpan(NamedTuple):
    """A section of the report in `Prose.text`: where its heading begins, and the bounds of what stands under it."""

    section: Section
    heading: int
    start: int
    end: int


class Prose(NamedTuple):
    """The passages in reading order, a line feed before and after each.

    `metadata` are lines such as 发布时间: 2025-01-20 above the title.
    """

    text: str
    passages: tuple[Passage, ...]
    sections: tuple[SectionSpan, ...]
    pieces: tuple[Piece, ...]
    metadata: tuple[Paragraph, ...]

    def location(self, start: int, end: int) -> Location:
        """The place in the source of a slice of the text."""
        first = self.pieces[bisect_right(self.pieces, start, key=_start) - 1]
        last = self.pieces[bisect_right(self.pieces, max(end - 1, start), key=_start) - 1]
        return Location(
            first.line, first.column + start - first.start, last.line, last.column + max(end - 1, start) - last.start
        )

    def passage(self, position: int) -> Passage:
        """The passage that a position lies in."""
        return self.passages[bisect_right(self.passages, position, key=_start) - 1]

    def seam(self, start: int, end: int) -> bool:
        """Whether the slice runs over the end of a line of the source."""
        return bisect_right(self.pieces, start, key=_start) != bisect_right(self.pieces, end - 1, key=_start)

    def seams(self, start: int, end: int) -> list[int]:
        """Where, inside a slice, one line of the source goes on in the next one."""
        first = bisect_right(self.pieces, start, key=_start)
        last = bisect_right(self.pieces, end - 1, key=_start)
        return [piece.start for piece in self.pieces[first:last] if self.text[piece.start - 1] != "\n"]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence around a slice, its final mark left out."""
        first = max(self.text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
        ends = [at for mark in "。；！？\n" if (at := self.text.find(mark, end)) >= 0]
        return first, min(ends, default=len(self.text))

    def excerpt(self, marked: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The sentence around some slices, broken lines joined, and where in it they stand; cut far from all of them."""
        first, last = min(marked)[0], max(end for _, end in marked)
        start = max(self.text.rfind(mark, 0, first) for mark in _SENTENCE_ENDS) + 1
        end = min((at for mark in _SENTENCE_ENDS if (at := self.text.find(mark, last)) >= 0), default=len(self.text))
        left, right = max(start, first - _AROUND), min(end + 1, last + _AROUND)
        words = self.text[left:right].rstrip("\n").translate(_BLANKS)
        head = "…" if left > start else ""
        indent = len(words) - len(words.lstrip(" "))
        shift = len(head) - left - indent
        text = f"{head}{words.lstrip(' ')}{'…' if right < end else ''}"
        return text, tuple((start + shift, end + shift) for start, end in sorted(marked))

    def titles(self) -> Iterator[tuple[int, int]]:
        """The bounds of every 《…》, marks included."""
        for match in _TITLE_OF_DOCUMENT.finditer(self.text):
            yield match.span()


def _start(item: Passage | Piece) -> int:
    return item.start


Made = TypeVar("Made")
More = ParamSpec("More")


def kept_for_latest(
    make: Callable[Concatenate[AnnualReport, More], Made],
) -> Callable[Concatenate[AnnualReport, More], Made]:
    """What is made of a report, made once: a dozen rules ask for that of the same one in turn, so the last is kept."""
    latest: tuple[AnnualReport, tuple[object, ...], Made] | None = None

    def kept(report: AnnualReport, /, *more: More.args, **options: More.kwargs) -> Made:
        nonlocal latest
        if latest is None or latest[0] is not report or (more and not all(map(is_, latest[1], more))):
            latest = report, more, make(report, *more, **options)
        return latest[2]

    return kept


@kept_for_latest
def prose_of(report: AnnualReport) -> Prose:
    """The prose of a report."""
    text: list[str] = ["\n"]
    passages: list[Passage] = []
    sections: list[SectionSpan] = []
    pieces: list[Piece] = []
    position = 1

    def add(lines: Sequence[Paragraph], part: str, address: str) -> None:
        nonlocal position
        start = position
        tabular = False
        for words, line, column in lines:
            pieces.append(_new(Piece, (position, line, column)))
            text.append(words)
            position += len(words)
            tabular = tabular or "\t" in words or "|" in words or ("  " in words and "。" not in words)
        passages.append(_new(Passage, (start, position, part, address, tabular)))
        text.append("\n")
        position += 1

    page = page_width(paragraph for section in report.sections for paragraph in section.paragraphs)
    before_title, preface = _split_preface(report, page)
    for lines in preface:
        is_title = report.title.location.line is not None and lines[0].line == report.title.location.line
        add(lines, TITLE if is_title and report.title.text else PREFACE, "标题" if is_title else "正文之前")
    for section in report.sections:
        address = f"{section.form.number}、{section.form.heading}"
        place = section.location
        heading = position
        if place.line is not None and place.column is not None:
            add([Paragraph(section.heading, place.line, place.column)], HEADING, address)
        start = position
        for lines in joined(section.paragraphs, page):
            add(lines, section.form.key, address)
        sections.append(SectionSpan(section, heading, start, max(position - 1, start)))
    return Prose("".join(text), tuple(passages), tuple(sections), tuple(pieces), before_title)


def _is_metadata(text: str) -> bool:
    """发布时间: 2025-01-20, or a line of hardly any words."""
    if len(text) >= _LONGEST_METADATA or "。" in text:
        return False
    return _NAMED_VALUE.match(text) is not None or sum("\u4e00" <= char <= "\u9fff" for char in text) < _FEWEST_HAN


def _unfinished(lines: Sequence[Paragraph]) -> bool:
    """Whether a sentence is broken off at the end of the lines; the next one goes on with it, few words as it may have."""
    text = lines[-1].text if lines else ""
    return len(text) >= _SHORTEST_BROKEN and text[-1] not in _FINAL


def _split_preface(report: AnnualReport, page: Page | None) -> tuple[tuple[Paragraph, ...], list[list[Paragraph]]]:
    """(Lines of metadata, passages): what a web page prints above a report is not the report's prose."""
    title = report.title.location
    first, last = (title.line or 0, title.end_line or 0) if report.title.text else (0, 0)
    metadata = []
    above: list[Paragraph] = []
    heading: list[Paragraph] = []
    below: list[Paragraph] = []
    for paragraph in report.preface:
        if first <= paragraph.line <= last:
            heading.append(paragraph)
        elif _is_metadata(paragraph.text) and not _unfinished(below):
            metadata.append(paragraph)
        elif paragraph.line < first:
            if "。" in paragraph.text:
                above.append(paragraph)
            else:
                metadata.append(paragraph)
        else:
            below.append(paragraph)
    return tuple(metadata), [*joined(above, page), *([line] for line in heading), *joined(below, page)]
