"""Recognition: a `Document` and the official forms → an `AnnualReport`; knows nothing of formats or of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gip_lint.annual_report import AnnualReport, Section, Table
from gip_lint.document import Document, Location, SourceNote
from gip_lint.form import Form
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.contents import leave_out_contents
from gip_lint.recognition.edition import form_of_table, form_of_year
from gip_lint.recognition.headings import Headings
from gip_lint.recognition.signature import take_signature
from gip_lint.recognition.tables import build_table
from gip_lint.recognition.title import find_title, is_running_title
from gip_lint.recognition.vocabulary import Vocabulary
from gip_lint.recognition.walk import OpenSection, Walk

_FIGURES = LazyPattern(r"(?<![\d.])\d+(?![\d.])")
UNREAD_PARTS = frozenset(
    ["unread-picture", "unread-part", "page-without-text"]
)  # a reader's notes on what may hold text
FEWEST_FIGURES_OF_A_TABLE = 15  # in one line without a table's labels; no sentence has so many
_PERIOD_YEAR = LazyPattern(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日")
_WORK_YEAR = LazyPattern(r"(20\d\d)\s*年")


class Recogniser:
    """Recognises reports; built once for all forms, used for every document of a run."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._vocabulary = Vocabulary(list(forms.values()))
        self._headings = Headings(forms.values())

    def recognise(self, document: Document, edition: str | None = None) -> AnnualReport:
        """The annual report in a document; `edition` overrides the one that the year requires."""
        forms = self._forms
        walk = Walk(document, self._vocabulary, self._headings)
        found = walk.tables()
        leave_out_contents(walk.sections, walk.preface)
        signature = take_signature(walk.sections[-1].paragraphs) if walk.sections else ()
        title = find_title(walk.preface if walk.sections else walk.preface[:40])
        for section in walk.sections:
            section.paragraphs = [line for line in section.paragraphs if not is_running_title(line, title)]
        year = title.year if title.year is not None else _year_of_text(walk)
        due = forms[edition] if edition else form_of_year(forms, year, found)
        tables: dict[str, Table] = {}
        notes = [*document.notes, *walk.notes]
        for key in due.tables:
            if key in found and (found[key].rows or any(header.leaves for header in found[key].headers)):
                form = forms[edition] if edition else form_of_table(forms, found, key, due)
                tables[key], of_table = build_table(found[key], form)
                notes += of_table
        notes += _unread_tables(walk, due, tables)
        form = forms[tables["disclosure"].edition] if "disclosure" in tables else due
        return AnnualReport(
            document=document,
            title=title,
            year=year,
            form=form,
            due_form=due,
            sections=tuple(_section(section, due) for section in walk.sections),
            tables=tables,
            preface=tuple(walk.preface),
            signature=signature,
            notes=tuple(notes),
        )


def _year_of_text(walk: Walk) -> int | None:
    for pattern in (_PERIOD_YEAR, _WORK_YEAR):
        for paragraphs in (walk.preface, *(section.paragraphs for section in walk.sections)):
            for paragraph in paragraphs:
                match = pattern.search(paragraph.text)
                if match:
                    return int(match[1])
    return None


def _unread_tables(walk: Walk, due: Form, tables: Mapping[str, Table]) -> Iterator[SourceNote]:
    """A section full of figures without a table that could be read: the table is there, its layout is not known."""
    for section in walk.sections:
        key = walk.headings.table_of[section.heading.key]
        if key is None or key in tables:
            continue
        for paragraph in section.paragraphs:
            figures = _FIGURES.findall(paragraph.text)
            if len(figures) >= FEWEST_FIGURES_OF_A_TABLE or "<td" in paragraph.text:
                table = due.tables[key]
                place = Location(paragraph.line, paragraph.column, paragraph.line, paragraph.column)
                yield SourceNote("unread-table", place, {"table": table.name}, table.name)
                break
        else:
            yield from _pictured_table(walk, section, due.tables[key].name)


def _pictured_table(walk: Walk, section: OpenSection, table: str) -> Iterator[SourceNote]:
    """A section without its table that holds a picture or another thing the reader could not read: it may be that."""
    start = section.location.line or 0
    following = min((s.location.line or 0 for s in walk.sections if (s.location.line or 0) > start), default=None)
    for note in walk.document.notes:
        line = note.location.line or 0
        if note.kind in UNREAD_PARTS and start <= line and (following is None or line < following):
            yield SourceNote("pictured-table", note.location, {"table": table}, table)
            return


def _section(section: OpenSection, form: Form) -> Section:
    return Section(
        form=form.section(section.heading.key),
        heading=section.heading.text,
        wording=section.heading.wording,
        location=section.location,
        paragraphs=tuple(section.paragraphs),
        has_table=section.has_table,
    )
