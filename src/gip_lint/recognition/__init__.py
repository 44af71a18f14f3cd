"""Recognition: a `Document` and the official forms → an `AnnualReport`; knows nothing of formats or of rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gip_lint.annual_report import AnnualReport, Section, Table, Wording
from gip_lint.document import Document, Grid, GridCell, Location, Paragraph, SourceNote
from gip_lint.form import Form
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold_radicals
from gip_lint.recognition.found import FoundTable
from gip_lint.recognition.headings import Heading, Headings
from gip_lint.recognition.scan import TableScan
from gip_lint.recognition.tables import build_table
from gip_lint.recognition.title import find_title
from gip_lint.recognition.vocabulary import Vocabulary

_RADICAL = LazyPattern(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_PAGE_MARK = LazyPattern(
    r"[-—–－·]{1,2}\s*\d{1,3}\s*[-—–－·]{1,2}|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)
_DATE = (
    r"(?:日期[:：]|发布时间[:：])?[\d二〇○零一三四五六七八九十]{2,4}年"
    r"[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_SHORT_DATE = LazyPattern(r"[（(]?(?:日期[:：])?20\d\d(?P<mark>[-./])\d{1,2}(?P=mark)\d{1,2}[）)]?")
_BODY = r"[（(]?[^。，；：！？、]{2,40}(?:[局委办厅部处府会镇乡所队院]|中心|街道|公室|事处)(?:[（(][^）)]*[）)])?[）)]?"
_SIGNER = LazyPattern(_BODY)
_SIGNED = LazyPattern(rf"(?:{_BODY})?{_DATE}")
_FURNITURE = LazyPattern(
    r"(?:打印|关闭|分享|收藏|返回|顶部|本页|此页|窗口|[【\[\]】|·，、\s])+|(?:附件|相关附件|附件下载|上一篇|下一篇|上一条|下一条|责任编辑|编辑|来源|"
    r"信息来源|扫一扫|浏览次数|点击数|阅读次数|主办|承办|版权所有|网站标识码|ICP备案)[:：]?.{0,60}"
)
_FIGURES = LazyPattern(r"(?<![\d.])\d+(?![\d.])")
UNREAD_PARTS = frozenset(
    ["unread-picture", "unread-part", "page-without-text"]
)  # a reader's notes on what may hold text
FEWEST_FIGURES_OF_A_TABLE = 15  # in one line without a table's labels; no sentence has so many
MOST_LINES_OF_A_HEADING = 4
_HEADING_BEGINS = frozenset("一二三四五六第#*")
_PERIOD_YEAR = LazyPattern(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日")
_WORK_YEAR = LazyPattern(r"(20\d\d)\s*年")


class _OpenSection:
    """A section while its lines are still coming in."""

    __slots__ = ("has_table", "heading", "location", "paragraphs")

    def __init__(self, heading: Heading, location: Location) -> None:
        self.heading = heading
        self.location = location
        self.paragraphs: list[Paragraph] = []
        self.has_table = False


class Recogniser:
    """Recognises reports; built once for all forms, used for every document of a run."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._vocabulary = Vocabulary(list(forms.values()))
        self._headings = Headings(forms.values())

    def recognise(self, document: Document, edition: str | None = None) -> AnnualReport:
        """The annual report in a document; `edition` overrides the one that the year requires."""
        return _Recognition(document, self._forms, self._vocabulary, self._headings).report(edition)


class _Recognition:
    """One pass over one document."""

    def __init__(
        self, document: Document, forms: Mapping[str, Form], vocabulary: Vocabulary, headings: Headings
    ) -> None:
        self.document = document
        self.forms = forms
        self.vocabulary = vocabulary
        self.headings = headings
        self.scan = TableScan(vocabulary)
        self.preface: list[Paragraph] = []
        self.sections: list[_OpenSection] = []
        self.notes: list[SourceNote] = []

    def report(self, edition: str | None) -> AnnualReport:
        """Walk the document, then build title, sections and tables."""
        radicals = _RADICAL.search("\n".join(self.document.lines)) is not None
        blocks = self.document.blocks
        if radicals:
            blocks = tuple(
                b._replace(text=fold_radicals(b.text)) if isinstance(b, Paragraph) else _folded(b) for b in blocks
            )
        self._walk(list(blocks))
        found = self.scan.finish()
        scrambled = {astray.location.line for table in found.values() if table.is_scrambled for astray in table.astray}
        self.notes = [n for n in self.notes if n.kind != "page-number" or n.location.line not in scrambled]
        signature = self._take_signature()
        title = find_title(self.preface if self.sections else self.preface[:40])
        year = title.year if title.year is not None else self._year_of_text()
        due = self.forms[edition] if edition else self._form_of_year(year, found)
        tables: dict[str, Table] = {}
        for key in due.tables:
            if key in found and (found[key].rows or any(header.leaves for header in found[key].headers)):
                form = self.forms[edition] if edition else self._form_of_table(found, key, due)
                tables[key], notes = build_table(found[key], form)
                self.notes += notes
        self._note_unread_tables(due, tables)
        form = self.forms[tables["disclosure"].edition] if "disclosure" in tables else due
        return AnnualReport(
            document=self.document,
            title=title,
            year=year,
            form=form,
            due_form=due,
            sections=tuple(self._section(section, due) for section in self.sections),
            tables=tables,
            preface=tuple(self.preface),
            signature=signature,
            notes=(*self.document.notes, *self.notes),
        )

    # -- walking ------------------------------------------------------------------------------------------------------

    def _walk(self, blocks: list[Paragraph | Grid]) -> None:
        i = 0
        while i < len(blocks):
            block = blocks[i]
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            if not isinstance(block, Paragraph):
                self._grid(block)
            elif not isinstance(following, Paragraph):
                self._paragraph(block)
            elif wrapped := self._wrapped_heading(blocks[i : i + MOST_LINES_OF_A_HEADING]):
                i += wrapped
                continue
            elif cut := self.headings.cut_off(block.text, following.text):
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
        if len(text) <= 16:
            if self.scan.feed_figure(text, paragraph.line, paragraph.column):
                return
            if _PAGE_MARK.fullmatch(text):
                self._page_number(paragraph)
                return
        if len(text) <= 48:
            if self.vocabulary.read(text).label is None or self.scan.context is None:
                heading = self.headings.of_line(text)
                if heading is not None and not self._is_table_label(text, heading):
                    self._open(heading, paragraph)
                    return
        else:
            glued = self.headings.within(text)
            if glued:
                self._split(paragraph, glued)
                return
        self._text(paragraph, following)

    def _wrapped_heading(self, blocks: Sequence[Paragraph | Grid]) -> int:
        """Open the section whose heading these lines begin with; the number of its lines, 0 when there is none."""
        lines: list[Paragraph] = []
        for block in blocks:
            if not isinstance(block, Paragraph):
                break
            lines.append(block)
        if lines[0].text[0] not in _HEADING_BEGINS:
            return 0
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
        self.sections.append(_OpenSection(heading, location))
        self.scan.enter(self.headings.table_of[heading.key])

    def _text(self, paragraph: Paragraph, following: str | None = None) -> None:
        if not paragraph.text:
            return
        self._take_first_labels(paragraph.text)
        rest = self.scan.feed_line(paragraph.text, paragraph.line, paragraph.column, following)
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
            if len(filled) == 1:
                cell = filled[0]
                text = cell.text
                token = self.vocabulary.read(text)
                if token.label is None and token.figure is None:
                    heading = self.headings.of_line(text)
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
        if self.sections:
            section = self.sections[-1]
            context = self.scan.context
            if not section.has_table and context is not None and self.headings.table_of[section.heading.key] == context:
                section.has_table = True
                while section.paragraphs and self._is_label(section.paragraphs[-1].text, context):
                    section.paragraphs.pop()

    def _take_first_labels(self, text: str) -> None:
        """Feed what stands above the first label that only a table has: its first labels, in a narrow column by pieces.

        Until then they may be words of the prose (行政复议).
        """
        table = self.scan.context
        if table is None or not self.sections or not self.scan.opens_with(text):
            return
        paragraphs = self.sections[-1].paragraphs
        first = len(paragraphs)
        while first and (
            self._is_label(paragraphs[first - 1].text, table)
            or self.vocabulary.is_fragment(paragraphs[first - 1].text, table, 1)
        ):
            first -= 1
        self.scan.open()
        for paragraph in paragraphs[first:]:
            self.scan.feed_line(*paragraph)
        del paragraphs[first:]

    def _is_label(self, text: str, table: str) -> bool:
        label = self.vocabulary.read(text).label
        return label is not None and table in label.meanings

    def _prose(self, paragraph: Paragraph) -> None:
        if len(paragraph.text) <= 3 and paragraph.text.isdigit():
            self.scan.stray(*paragraph)
            self._page_number(paragraph)
            return
        self.scan.leave(paragraph.text, paragraph.line, paragraph.column)
        (self.sections[-1].paragraphs if self.sections else self.preface).append(paragraph)

    def _page_number(self, paragraph: Paragraph) -> None:
        place = Location(paragraph.line, paragraph.column, paragraph.line, paragraph.column + len(paragraph.text) - 1)
        self.notes.append(SourceNote("page-number", place, {"mark": paragraph.text}))

    # -- building -----------------------------------------------------------------------------------------------------

    def _take_signature(self) -> tuple[Paragraph, ...]:
        """Take page furniture, date and signing body off the end of the last section: they are no part of it."""
        if not self.sections:
            return ()
        paragraphs = self.sections[-1].paragraphs
        start = len(paragraphs)
        while start and _FURNITURE.fullmatch("".join(paragraphs[start - 1].text.split())):
            start -= 1
        while start and self._signed(paragraphs[:start]):
            start -= 1
            if start and _SIGNER.fullmatch("".join(paragraphs[start - 1].text.split())):
                start -= 1
        signature = tuple(paragraphs[start:])
        del paragraphs[start:]
        return signature

    @staticmethod
    def _signed(paragraphs: Sequence[Paragraph]) -> bool:
        """Whether the last of some paragraphs is a date; in digits alone only below a name, else a web page put it there."""
        last = "".join(paragraphs[-1].text.split())
        if _SIGNED.fullmatch(last):
            return True
        below = "".join(paragraphs[-2].text.split()) if len(paragraphs) > 1 else ""
        return _SHORT_DATE.fullmatch(last) is not None and _SIGNER.fullmatch(below) is not None

    def _note_unread_tables(self, due: Form, tables: Mapping[str, Table]) -> None:
        """A section full of figures without a table that could be read: the table is there, its layout is not known."""
        for section in self.sections:
            key = self.headings.table_of[section.heading.key]
            if key is None or key in tables:
                continue
            for paragraph in section.paragraphs:
                figures = _FIGURES.findall(paragraph.text)
                if len(figures) >= FEWEST_FIGURES_OF_A_TABLE or "<td" in paragraph.text:
                    table = due.tables[key]
                    place = Location(paragraph.line, paragraph.column, paragraph.line, paragraph.column)
                    self.notes.append(SourceNote("unread-table", place, {"table": table.name}, table.name))
                    break
            else:
                self._note_pictured_table(section, due.tables[key].name)

    def _note_pictured_table(self, section: _OpenSection, table: str) -> None:
        """A section without its table that holds a picture or another thing the reader could not read: it may be that."""
        start = section.location.line or 0
        following = min((s.location.line or 0 for s in self.sections if (s.location.line or 0) > start), default=None)
        for note in self.document.notes:
            line = note.location.line or 0
            if note.kind in UNREAD_PARTS and start <= line and (following is None or line < following):
                self.notes.append(SourceNote("pictured-table", note.location, {"table": table}, table))
                return

    @staticmethod
    def _section(section: _OpenSection, form: Form) -> Section:
        return Section(
            form=form.section(section.heading.key),
            heading=section.heading.text,
            wording=section.heading.wording,
            location=section.location,
            paragraphs=tuple(section.paragraphs),
            has_table=section.has_table,
        )

    def _year_of_text(self) -> int | None:
        for pattern in (_PERIOD_YEAR, _WORK_YEAR):
            for paragraphs in (self.preface, *(section.paragraphs for section in self.sections)):
                for paragraph in paragraphs:
                    match = pattern.search(paragraph.text)
                    if match:
                        return int(match[1])
        return None

    def _form_of_year(self, year: int | None, found: dict[str, FoundTable]) -> Form:
        forms = sorted(self.forms.values(), key=lambda form: form.years[0])
        if year is None:
            return max(forms, key=lambda form: (sum(_likeness(form, t) for t in found.values()), form.years[0]))
        for form in forms:
            if year <= (form.years[1] or year):
                return form
        return forms[-1]

    def _form_of_table(self, found: dict[str, FoundTable], key: str, due: Form) -> Form:
        """The edition a table is written in: another than the due one only when its own words say so.

        Table two differs in most of its labels. A table three that merely lacks the rows under （六） is incomplete,
        unless table two is of the older edition as well.
        """
        forms = list(self.forms.values())
        if key == "disclosure":
            if _likeness(due, found[key]) == _most_likely(found[key]):
                return due
            best = max(_likeness(form, found[key]) for form in forms)
            return (
                due
                if _likeness(due, found[key]) == best
                else next(f for f in forms if _likeness(f, found[key]) == best)
            )
        likely = self._form_of_table(found, "disclosure", due) if "disclosure" in found else due
        rows = {row.key for row in found[key].rows if row.key is not None}
        return next((form for form in [likely, *forms] if rows <= _row_keys(form, key)), likely)


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    raw = paragraph.text[start:end]
    text = raw.strip(" \t\u3000\xa0*#")
    return Paragraph(text, paragraph.line, paragraph.column + start + (raw.find(text) if text else 0))


def _folded(grid: Grid) -> Grid:
    rows = tuple(tuple(cell._replace(text=fold_radicals(cell.text)) for cell in row) for row in grid.rows)
    return Grid(rows, grid.ruled)


def _row_keys(form: Form, key: str) -> set[str]:
    table = form.tables[key]
    return {row.key for row, _ in table.cells} | {group or label for group, label, _ in table.row_groups}


def _likeness(form: Form, table: FoundTable) -> int:
    """How many labels of the found table this edition has."""
    official = form.tables[table.key]
    columns = {column.key.rpartition(".")[2] for _, column in official.cells}
    rows = {row.key for row, _ in official.cells}
    labels = [leaf.key for header in table.headers for leaf in header.leaves]
    return sum(key in columns for key in labels) + sum(row.key in rows for row in table.rows)


def _most_likely(table: FoundTable) -> int:
    """The likeness of a form that has every label found."""
    return sum(len(header.leaves) for header in table.headers) + len(table.rows)
