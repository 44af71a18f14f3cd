"""Walks a document in reading order: what opens a section, what belongs to a table, what is prose."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.annual_report import Wording
from gip_lint.document import Document, Grid, GridCell, Location, Paragraph, SourceNote
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold_radicals
from gip_lint.recognition.cut_line import PROSE_MARK
from gip_lint.recognition.found import LONGEST_PAGE_NUMBER, FoundTable
from gip_lint.recognition.headings import LONGEST_HEADING, Heading, Headings
from gip_lint.recognition.page_numbers import page_number, without_page_numbers
from gip_lint.recognition.scan import TableScan
from gip_lint.recognition.vocabulary import LONGEST_CELL, PROSE, Vocabulary

MOST_LINES_OF_A_HEADING = 4
LONGEST_PAGE_MARK = 16
SHORTEST_PART_OF_A_HEADING = 2  # 一、
_GO_ON = frozenset("，、；。")
_HEADING_BEGINS = frozenset("一二三四五六第#*")
_RADICAL = LazyPattern(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_PAGE_MARK = LazyPattern(
    r"[-—–－·]{1,2}\s*\d{1,3}\s*[-—–－·]{1,2}|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)


class OpenSection:
    """A section while its lines are still coming in; `has_table` once part of its table was met."""

    __slots__ = ("has_table", "heading", "location", "paragraphs")

    def __init__(self, heading: Heading, location: Location) -> None:
        self.heading = heading
        self.location = location
        self.paragraphs: list[Paragraph] = []
        self.has_table = False


class Walk:
    """One pass over one document: the text before the first heading, the sections, the tables and what was noted."""

    def __init__(self, document: Document, vocabulary: Vocabulary, headings: Headings) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.headings = headings
        self.scan = TableScan(vocabulary, document.lines)
        self.preface: list[Paragraph] = []
        self.sections: list[OpenSection] = []
        self.notes: list[SourceNote] = []

    def tables(self) -> dict[str, FoundTable]:
        """Walk the document; the tables found, by their keys."""
        blocks = list(self.document.blocks)
        if _RADICAL.search("\n".join(self.document.lines)):
            blocks = [
                b._replace(text=fold_radicals(b.text)) if isinstance(b, Paragraph) else _folded(b) for b in blocks
            ]
        self._walk(blocks)
        found = self.scan.finish()
        self.notes += without_page_numbers(tuple(found.values()), self.notes, self.document.lines)
        scrambled = {astray.location.line for table in found.values() if table.is_scrambled for astray in table.astray}
        self.notes = [n for n in self.notes if n.kind != "page-number" or n.location.line not in scrambled]
        return found

    def _walk(self, blocks: list[Paragraph | Grid]) -> None:
        i = 0
        while i < len(blocks):
            block = blocks[i]
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            if not isinstance(block, Paragraph):
                self._grid(block)
            elif not isinstance(following, Paragraph):
                self._paragraph(block)
            elif len(block.text) < SHORTEST_PART_OF_A_HEADING:
                self._paragraph(block, following.text)  # most often a figure on a line of its own
            elif block.text[0] in _HEADING_BEGINS and (
                wrapped := self._wrapped_heading(blocks[i : i + MOST_LINES_OF_A_HEADING])
            ):
                i += wrapped
                continue
            elif block.text[-1] in self.headings.cut_ends and (
                cut := self.headings.cut_off(block.text, following.text)
            ):
                heading, end = cut
                self._paragraph(_part(block, 0, heading.start))
                self._open(heading, _part(block, heading.start, heading.end))
                rest = _part(following, end, len(following.text))
                blocks[i + 1 : i + 2] = [rest] if rest.text else []
            else:
                self._paragraph(block, following.text)
            i += 1

    def _paragraph(self, paragraph: Paragraph, following: str | None = None) -> None:
        text = paragraph.text
        if len(text) > LONGEST_HEADING:
            glued = self.headings.within(text)
            if glued:
                self._split(paragraph, glued)
            else:
                self._text(paragraph, following)
            return
        token = self.vocabulary.read(text)
        if token.figure is not None and self.scan.feed_figure(text, token.figure, paragraph.line, paragraph.column):
            return
        if len(text) <= LONGEST_PAGE_MARK and _PAGE_MARK.fullmatch(text):
            self._page_number(paragraph)
            return
        if token.label is None or self.scan.context is None:
            heading = self.headings.of_line(text)
            if heading is None:
                if glued := self.headings.within_short(text):
                    self._split(paragraph, glued)
                    return
            else:
                listed = following is not None and following[0] in _GO_ON  # in a sentence that names the sections
                if not listed and not self._is_table_label(text, heading):
                    self._open(heading, paragraph)
                    return
        self._text(paragraph, following)

    def _wrapped_heading(self, blocks: Sequence[Paragraph | Grid]) -> int:
        """Open the section whose heading these lines begin with; the number of its lines, 0 when there is none."""
        lines: list[Paragraph] = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                break
            lines.append(block)
        found = self.headings.across([line.text for line in lines])
        if found is None:
            return 0
        self._open(found[0], lines[0])
        return found[1]

    def _is_table_label(self, text: str, heading: Heading) -> bool:
        """Some rows of table three are numbered like sections (四、结转下年度继续办理), wrapped or not."""
        if heading.wording is Wording.OFFICIAL or heading.wording is Wording.LONG:
            return False
        return self.vocabulary.find(text) is not None or self.vocabulary.begins(text)

    def _split(self, paragraph: Paragraph, headings: Sequence[Heading]) -> None:
        text = paragraph.text
        if headings[0].start > 0:
            self._text(_part(paragraph, 0, headings[0].start))
        for heading, following in zip(headings, [*headings[1:], None], strict=True):
            self._open(heading, _part(paragraph, heading.start, heading.end))
            end = following.start if following else len(text)
            rest = _part(paragraph, heading.end, end)
            if rest.text:
                self._text(rest)

    def _open(self, heading: Heading, place: Paragraph) -> None:
        location = Location(place.line, place.column, place.line, place.column + max(len(place.text), 1) - 1)
        self.sections.append(OpenSection(heading, location))
        self.scan.enter(self.headings.table_of[heading.key])

    def _text(self, paragraph: Paragraph, following: str | None = None) -> None:
        if not paragraph.text:
            return
        text = paragraph.text
        token = self.vocabulary.read(text) if len(text) <= LONGEST_CELL else PROSE
        if token.label is not None and self.scan.opens_with(token.label):
            self._take_first_labels()
        if token.label is None and token.figure is None and self.scan.is_running_title(paragraph.text):
            return
        rest = self.scan.feed_line(paragraph, token, following)
        if rest is None:
            self._prose(paragraph)
            return
        self._mark_table()
        for text, start in rest:
            if text:
                self._prose(Paragraph(text, paragraph.line, paragraph.column + start))

    def _grid(self, grid: Grid) -> None:
        for i, row in enumerate(grid.rows):
            filled = [cell for cell in row if cell.text]
            listed = len(filled) == 2 and len(filled[1].text) <= LONGEST_PAGE_NUMBER and filled[1].text.isdigit()
            if len(filled) == 1 or listed:
                cell = filled[0]
                text = cell.text
                token = self.vocabulary.read(text)
                if token.label is None and token.figure is None:
                    heading = self.headings.of_line(text)
                    if heading is not None and listed and heading.wording is Wording.OTHER:
                        heading = None
                    if heading is not None and not self._is_table_label(text, heading):
                        self._open(heading, Paragraph(text, cell.line, cell.column))
                        continue
            following = grid.rows[i + 1] if len(row) == 1 and i + 1 < len(grid.rows) else ()
            if self.scan.feed_row(row, ruled=grid.ruled, following=following[0].text if following else None):
                if filled:
                    self._mark_table()
            elif filled:
                self._loose_row(filled)

    def _loose_row(self, cells: Sequence[GridCell]) -> None:
        """A row that is no official table's: prose with wide gaps in it, or a table of the office's own."""
        first = cells[0]
        line = self.document.lines[first.line - 1]
        end = cells[-1].column - 1 + len(cells[-1].text)
        text = fold_radicals(line[first.column - 1 : end]) if first.line == cells[-1].line else first.text
        self._paragraph(Paragraph(text or first.text, first.line, first.column))

    def _mark_table(self) -> None:
        if self.sections and not self.sections[-1].has_table:
            section = self.sections[-1]
            context = self.scan.context
            if context is not None and self.headings.table_of[section.heading.key] == context:
                section.has_table = True
                while section.paragraphs and self._is_label(section.paragraphs[-1].text, context):
                    section.paragraphs.pop()

    def _take_first_labels(self) -> None:
        """Feed what stands above the first label that only a table has: its first labels, in a narrow column by pieces.

        Until then they may be words of the prose (行政复议).
        """
        table = self.scan.context
        if table is None or not self.sections:
            return
        paragraphs = self.sections[-1].paragraphs
        first = len(paragraphs)
        while first and self._may_be_label(paragraphs[first - 1].text, table):
            first -= 1
        self.scan.open()
        for paragraph in paragraphs[first:]:
            self.scan.feed_line(paragraph, self.vocabulary.read(paragraph.text))
        del paragraphs[first:]

    def _may_be_label(self, text: str, table: str) -> bool:
        """Whether a line is a label or a piece of one; the last characters of a sentence (件之 / 中。) are none."""
        if PROSE_MARK.search(text):
            return False
        return self._is_label(text, table) or self.vocabulary.is_fragment(text, table, 1)

    def _is_label(self, text: str, table: str) -> bool:
        label = self.vocabulary.read(text).label
        return label is not None and table in label.meanings

    def _prose(self, paragraph: Paragraph) -> None:
        prose = self.sections[-1].paragraphs if self.sections else self.preface
        if (
            len(paragraph.text) <= LONGEST_PAGE_NUMBER
            and paragraph.text.isdigit()
            and not _ends_in_digits(prose, paragraph.line - 1)
        ):
            self.scan.stray(*paragraph)
            self._page_number(paragraph)
            return
        self.scan.leave(paragraph.text, paragraph.line, paragraph.column)
        prose.append(paragraph)

    def _page_number(self, paragraph: Paragraph) -> None:
        self.notes.append(page_number(*paragraph))


def _ends_in_digits(paragraphs: Sequence[Paragraph], line: int) -> bool:
    """Whether the prose ends with that line in the middle of a figure or a number."""
    return bool(paragraphs) and paragraphs[-1].line == line and paragraphs[-1].text[-1] in "0123456789-"


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    raw = paragraph.text[start:end]
    text = raw.strip(" \t\u3000\xa0*#")
    return Paragraph(text, paragraph.line, paragraph.column + start + (raw.find(text) if text else 0))


def _folded(grid: Grid) -> Grid:
    rows = tuple(tuple(cell._replace(text=fold_radicals(cell.text)) for cell in row) for row in grid.rows)
    return Grid(rows, grid.ruled)
