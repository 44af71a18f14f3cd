"""A report written by python-docx, the library most programs write Word files with, reads back equal."""

from __future__ import annotations

import random
from io import BytesIO

import pytest

from clean_drafts import clean_draft
from gip_lint.annual_report import State
from gip_lint.engine import audit
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from rendition import Draft, grid_of

docx = pytest.importorskip("docx", reason="python-docx is not installed")


def written(draft: Draft) -> bytes:
    """The draft by python-docx: headings of its template, cells merged by its own means."""
    document = docx.Document()
    document.add_heading(draft.title[0], 0)
    for text in draft.preface:
        document.add_paragraph(text)
    for section in draft.sections:
        document.add_heading(section.heading, 1)
        for text in section.before:
            document.add_paragraph(text)
        for block in section.table.blocks if section.table is not None else ():
            grid = grid_of(block)
            table = document.add_table(grid.height, grid.width, style="Table Grid")
            cells = [list(row.cells) for row in table.rows]  # `table.cell` looks through all of them every time
            for slot in grid.slots:
                last = cells[slot.row + slot.rows - 1][slot.column + slot.columns - 1]
                cells[slot.row][slot.column].merge(last).text = slot.text
        for text in section.after:
            document.add_paragraph(text)
    for text in draft.signature:
        document.add_paragraph(text)
    octets = BytesIO()
    document.save(octets)
    return octets.getvalue()


def test_a_report_of_python_docx_reads_back_equal() -> None:
    draft = clean_draft(random.Random(1))
    rules = load(Settings())
    report = Recogniser(rules.forms).recognise(read_document(written(draft), "report.docx"))
    read = [(one.state, one.text) for official in report.tables.values() for one in official.cells]
    assert read == [(State.NUMBER, figure) for figure in draft.figures().values()]
    found = audit("report.docx", report, rules.rules, {}).findings
    assert [f.message.zh for f in found if f.severity is not Severity.INFO] == []
