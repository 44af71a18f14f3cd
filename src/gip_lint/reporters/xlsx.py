"""The workbook: the opinion sheet (核查意见表) to filter and print, how much was checked, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

from rich.cells import cell_len
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gip_lint import __version__
from gip_lint.finding import Run, Severity
from gip_lint.reporters import Request, wording
from gip_lint.reporters.headings import headings
from gip_lint.reporters.lines import clean
from gip_lint.reporters.sheet import gaps, not_audited, opinions, result, unit

_MOST_CHARACTERS = 32_767  # of a cell; a longer text would be left out without a word
_FONT = "宋体"
_LINE_HEIGHT = 13.5
_MOST_HEIGHT = 409
_A4 = 9
# Two runs over the same reports write the same bytes.
_CREATED = datetime(2000, 1, 1)

Value = str | int | Decimal


class _Column(NamedTuple):
    """A column: key of its heading, width in characters, alignment; those not printed stand last."""

    key: str
    width: float
    align: str = "left"
    printed: bool = True


_OPINIONS = (
    _Column("unit", 13),
    _Column("year", 6, "center"),
    _Column("number", 5, "center"),
    _Column("severity", 6, "center"),
    _Column("matter", 13),
    _Column("opinion", 32),
    _Column("address", 21),
    _Column("source", 10),
    _Column("reported", 9, "right"),
    _Column("computed", 8, "right"),
    _Column("difference", 7, "right"),
    _Column("suggestion", 19),
    _Column("basis", 22),
    _Column("note", 9),
    _Column("rule", 22, printed=False),
    _Column("file", 40, printed=False),
)
_COVERAGE = (
    _Column("unit", 24),
    _Column("year", 6, "center"),
    _Column("edition", 9, "center"),
    _Column("error", 8, "right"),
    _Column("warning", 8, "right"),
    _Column("info", 8, "right"),
    _Column("held", 8, "right"),
    _Column("violated", 8, "right"),
    _Column("not-evaluated", 8, "right"),
    _Column("result", 50),
    _Column("file", 30),
)
_GAPS = (
    _Column("unit", 22),
    _Column("year", 6, "center"),
    _Column("rule", 22),
    _Column("place", 40),
    _Column("reason", 46),
    _Column("file", 30),
)


def report(request: Request) -> bytes:
    """The workbook as a file."""
    run, language = request.run, request.language
    words = headings(language) | {s.value: wording.SEVERITIES[s].in_language(language) for s in Severity}
    file = BytesIO()
    workbook = Workbook(
        file,
        {
            "in_memory": True,
            # What a stranger's report says is text, whatever it begins with.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties(
        {"title": words["title"], "comments": f"gip-lint {__version__}", "created": _CREATED, "author": "gip-lint"}
    )
    paper = _Paper(workbook, words)
    paper.sheet(words["sheet"], words["title"], _OPINIONS, _opinion_rows(run, language), words["no-opinions"])
    paper.sheet(words["coverage"], words["coverage"], _COVERAGE, _coverage_rows(run, language), words["no-reports"])
    paper.sheet(words["gaps"], words["gaps"], _GAPS, _gap_rows(run, language), words["no-gaps"])
    workbook.close()
    return file.getvalue()


class _Paper:
    """Writes sheets of one look: a title, a frozen header to filter by, wrapped text, A4 landscape, one page wide."""

    def __init__(self, workbook: Workbook, words: dict[str, str]) -> None:
        self._workbook = workbook
        self._words = words
        common = {"font_name": _FONT, "font_size": 10, "border": 1, "text_wrap": True, "valign": "top"}
        self._title = workbook.add_format({"font_name": _FONT, "font_size": 16, "bold": True, "valign": "vcenter"})
        self._head = workbook.add_format(
            {**common, "bold": True, "bg_color": "#E7EBF0", "align": "center", "valign": "vcenter"}
        )
        self._looks = {align: workbook.add_format({**common, "align": align}) for align in ("left", "center", "right")}

    def sheet(
        self, name: str, title: str, columns: Sequence[_Column], rows: Iterable[Sequence[Value]], nothing: str
    ) -> None:
        """Add a sheet; where there are no rows it says `nothing`."""
        sheet = self._workbook.add_worksheet(name)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, title, self._title)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(1, place, self._words[column.key], self._head)
        last = 1
        for last, row in enumerate(rows, 2):
            sheet.set_row(last, _height(row, columns))
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, last, place, value, self._looks[column.align])
        if last == 1:
            last = 2
            sheet.merge_range(last, 0, last, len(columns) - 1, nothing, self._looks["left"])
        # Figures in a text that looks like one are meant to be text.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.freeze_panes(2, 1)
        sheet.autofilter(1, 0, last, len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.print_area(0, 0, last, sum(column.printed for column in columns) - 1)
        sheet.set_footer("&C" + self._words["page-of"].format("&P", "&N"))


def _height(row: Sequence[Value], columns: Sequence[_Column]) -> float:
    """Room for the cell with the most lines, in points: not every program makes a row as high as its text."""
    lines = max(-(-cell_len(str(value)) // int(column.width - 1)) for column, value in zip(columns, row, strict=True))
    return min(_LINE_HEIGHT * max(lines, 1) + 3, _MOST_HEIGHT)


def _write(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    if isinstance(value, str):
        text = clean(value)
        if len(text) > _MOST_CHARACTERS:
            text = text[: _MOST_CHARACTERS - 1] + "…"
        sheet.write_string(row, column, text, look)
    elif Decimal(repr(float(value))) == value:
        sheet.write_number(row, column, float(value), look)
    else:  # a number that a spreadsheet would round
        sheet.write_string(row, column, f"{value:f}" if isinstance(value, Decimal) else str(value), look)


def _year(year: int | None) -> Value:
    return year if year else ""


def _opinion_rows(run: Run, language: str) -> Iterable[Sequence[Value]]:
    for audit in run.audits:
        for row in opinions(audit, language):
            yield (
                unit(audit, language), _year(audit.year), row.number, row.severity, row.title, row.message, row.address,
                row.source, row.reported, row.computed, row.difference, row.suggestion, row.basis, row.note, row.rule,
                audit.path,
            )  # fmt: skip


def _coverage_rows(run: Run, language: str) -> Iterable[Sequence[Value]]:
    for audit in run.audits:
        counts, coverage = wording.counted(audit), audit.coverage
        relations = (coverage.held, coverage.violated, coverage.not_evaluated) if audit.checked else ("", "", "")
        yield (
            unit(audit, language), _year(audit.year), audit.edition or "", *counts.values(), *relations,
            result(audit, language), audit.path,
        )  # fmt: skip
    for path, reason in not_audited(run, language):
        yield ("", "", "", "", "", "", "", "", "", reason, path)
    for problem in run.problems:
        yield ("", "", "", "", "", "", "", "", "", problem.in_language(language), "")


def _gap_rows(run: Run, language: str) -> Iterable[Sequence[Value]]:
    for audit in run.audits:
        for gap in gaps(audit, language):
            yield unit(audit, language), _year(audit.year), gap.rule, gap.address, gap.reason, audit.path
