"""The prose of a report as one text: what stands outside the tables, lines that belong together joined, every place known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Location, Paragraph
from gip_lint.lazy_pattern import LazyPattern

HEADING = "heading"
PREFACE = "preface"
TITLE = "title"
_FINAL = frozenset('。！？；：:;!?…”’"》）)】]')
_OPEN = frozenset("，、,（(《“‘〔[")
_SHORTEST_FULL_LINE = 20
_BEGINS_ANEW = LazyPattern(
    r"[\s#*>\-•●·]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[、.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、部章]"
    r"|[一二三四五六七八九十]{1,2}是|[#*•●]|附件|附表|附注|注[:：])"
)
_NUMBERED = LazyPattern(r"[\s#*]*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]|[①-⑳])")
_INNER_MARK = LazyPattern(r"[，。；：]")
_METADATA = LazyPattern(r"\S{2,8}[:：]|[^\u4e00-\u9fff]*[\u4e00-\u9fff]{0,4}[^\u4e00-\u9fff]*\Z")
_TITLE_OF_DOCUMENT = LazyPattern(r"《[^《》\n]{1,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,40})?》")


class Passage(NamedTuple):
    """A paragraph, its broken lines joined: a slice of `Prose.text` with the part of the report it stands in.

    `part` is the key of a section, or `title`, `preface`, `heading`; `tabular` says that columns were found in it.
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


class Prose(NamedTuple):
    """The passages in reading order, a line feed before and after each.

    `metadata` are lines such as 发布时间: 2025-01-20 above the title.
    """

    text: str
    passages: tuple[Passage, ...]
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

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence around a slice, its final mark left out."""
        first = max(self.text.rfind(mark, 0, start) for mark in "。；！？\n") + 1
        ends = [at for mark in "。；！？\n" if (at := self.text.find(mark, end)) >= 0]
        return first, min(ends, default=len(self.text))

    def titles(self) -> Iterator[tuple[int, int]]:
        """The bounds of every 《…》, marks included."""
        for match in _TITLE_OF_DOCUMENT.finditer(self.text):
            yield match.span()


def _start(item: Passage | Piece) -> int:
    return item.start


_latest: tuple[AnnualReport, Prose] | None = None


def prose_of(report: AnnualReport) -> Prose:
    """The prose of a report; a dozen rules ask for that of the same report one after another, so the last is kept."""
    global _latest
    if _latest is None or _latest[0] is not report:
        _latest = (report, _build(report))
    return _latest[1]


def _build(report: AnnualReport) -> Prose:
    text: list[str] = ["\n"]
    passages: list[Passage] = []
    pieces: list[Piece] = []
    position = 1

    def add(lines: Sequence[Paragraph], part: str, address: str) -> None:
        nonlocal position
        start = position
        tabular = False
        for line in lines:
            pieces.append(Piece(position, line.line, line.column))
            text.append(line.text)
            position += len(line.text)
            tabular = tabular or "\t" in line.text or "  " in line.text
        passages.append(Passage(start, position, part, address, tabular))
        text.append("\n")
        position += 1

    before_title, preface = _split_preface(report)
    for lines in preface:
        is_title = report.title.location.line is not None and lines[0].line == report.title.location.line
        add(lines, TITLE if is_title and report.title.text else PREFACE, "标题" if is_title else "正文之前")
    for section in report.sections:
        address = f"{section.form.number}、{section.form.heading}"
        place = section.location
        if place.line is not None and place.column is not None:
            add([Paragraph(section.heading, place.line, place.column)], HEADING, address)
        for lines in _joined(section.paragraphs):
            add(lines, section.form.key, address)
    return Prose("".join(text), tuple(passages), tuple(pieces), before_title)


def _split_preface(report: AnnualReport) -> tuple[tuple[Paragraph, ...], list[list[Paragraph]]]:
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
        elif _METADATA.match(paragraph.text) and len(paragraph.text) < 90 and "。" not in paragraph.text:
            metadata.append(paragraph)
        elif paragraph.line < first:
            if "。" in paragraph.text:
                above.append(paragraph)
            else:
                metadata.append(paragraph)
        else:
            below.append(paragraph)
    return tuple(metadata), [*_joined(above), *([line] for line in heading), *_joined(below)]


def _joined(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Lines grouped into passages: a line cut in the middle of a sentence goes on in the next one."""
    groups: list[list[Paragraph]] = []
    before = ""
    for paragraph in paragraphs:
        if before and _goes_on(before, paragraph.text):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
        before = paragraph.text
    return groups


def _goes_on(before: str, after: str) -> bool:
    last = before[-1]
    if last in _FINAL:
        return False
    if (
        last not in _OPEN
        and before.count("《") <= before.count("》")
        and (len(before) < _SHORTEST_FULL_LINE or (_NUMBERED.match(before) and not _INNER_MARK.search(before)))
    ):
        return False
    return not _BEGINS_ANEW.match(after)
