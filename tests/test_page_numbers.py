"""Page numbers that a converter left among the figures: told from them by counting on, or the row is said to be unread."""

from __future__ import annotations

import random

import pytest

from clean_drafts import clean_draft
from gip_lint.annual_report import AnnualReport
from gip_lint.engine import audit
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from layouts import LAYOUTS, Layout

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
MARKS = (
    "{}",
    "\n{}",
    "{}\n",
    "\n{}\n",
    "- {} -",
    "第 {} 页",
    "\f{}",
    "{}\n\fTITLE",
    "\nTITLE\n{}",
    "{}\n甲乙局年度报告",
)
SEPARATE = [layout for layout in LAYOUTS if layout.family not in ("drawn", "tagged", "run_together")]
IN_LINES = [layout for layout in LAYOUTS if layout.family in ("line_cells", "pieces")]


def read(text: str) -> AnnualReport:
    return RECOGNISER.recognise(read_document(text.encode(), "report.txt"))


def paged(text: str, mark: str, rng: random.Random) -> str:
    """The text with a page number below every page, with the title above it, too."""
    mark = mark.replace("TITLE", text.strip().partition("\n")[0].strip("#* "))
    lines = text.split("\n")
    length = rng.randint(35, 60)
    pages = [lines[at : at + length] for at in range(0, len(lines), length)]
    return "\n".join("\n".join([*page, mark.format(number)]) for number, page in enumerate(pages, 1))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("layout", SEPARATE, ids=lambda layout: layout.name)
def test_no_page_number_becomes_a_value(layout: Layout, mark: str) -> None:
    for seed in range(3):
        text = layout.render(clean_draft(random.Random(seed)), random.Random(seed))
        usual, report = read(text), read(paged(text, mark, random.Random(f"{seed}{mark}")))
        for key, table in report.tables.items():
            pairs = zip(table.values, usual.tables[key].values, strict=True)
            assert [pair for pair in pairs if pair[0] not in (None, pair[1])] == []
        balance = [f for f in audit("r.txt", report, RULES.rules, {}).findings if f.group in ("balance", "cells")]
        assert balance == []


@pytest.mark.parametrize("layout", IN_LINES, ids=lambda layout: layout.name)
def test_nearly_every_row_with_a_page_number_in_it_is_read(layout: Layout) -> None:
    rows = unread = 0
    for seed in range(6):
        text = layout.render(clean_draft(random.Random(seed)), random.Random(seed))
        for mark in MARKS:
            report = read(paged(text, mark, random.Random(f"{seed}{mark}")))
            rows += sum(len(table.form.rows) for table in report.tables.values())
            unread += sum(note.kind in ("ragged-row", "unlabelled-row") for note in report.notes)
    # Where the number of the page stands in the row a second time, neither is known to be it.
    assert unread * 100 <= rows


ROW = "二、上年结转政府信息公开申请数量"


def carried_in(lines: list[str]) -> tuple[int | None, ...]:
    """What is read of a row of table three with those lines behind its label, on the third page."""
    text = next(layout for layout in LAYOUTS if layout.name == "line_cells/plain").render(
        clean_draft(random.Random(4), year=2023), random.Random(4)
    )
    before, label, after = text.partition(f"{ROW}\n")
    assert label
    rest = after.split("\n")[7:]
    marked = before.replace("\n一、总体情况", "\n1\n\n一、总体情况").replace("\n二、主动公开", "\n2\n\n二、主动公开")
    table = read(marked + "\n".join([ROW, *lines, *rest])).tables["applications"]
    start = table.form.positions["carried-in", "natural-persons"]
    values = table.values[start : start + 7]
    assert all(value is None or isinstance(value, int) for value in values)
    return tuple(None if value is None else int(value) for value in values)


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["1", "0", "0", "0", "0", "0", "1", "3"], (1, 0, 0, 0, 0, 0, 1)),
        (["1", "0", "", "3", "0", "0", "0", "0", "1"], (1, 0, 0, 0, 0, 0, 1)),
        (["3", "1", "0", "0", "0", "0", "0", "1"], (1, 0, 0, 0, 0, 0, 1)),
        (["1", "0", "0", "0", "3", "3", "0", "4"], (1, 0, 0, 0, 3, 0, 4)),
        (["3", "0", "3", "0", "0", "0", "0", "3"], (None,) * 7),
        (["1", "0", "0", "0", "0", "0", "1", "4"], (1, 0, 0, 0, 0, 0, 1)),
        (["1", "0", "0", "0", "0", "0", "1", "5"], (None,) * 7),
        (["1", "0", "0", "0", "0", "0", "1", "2"], (None,) * 7),
        (["1", "0", "0", "0", "0", "0", "1", "0"], (None,) * 7),
    ],
    ids=["behind", "inside", "above", "twice-in-a-row", "twice", "one-lost", "two-lost", "no-page", "a-value-too-many"],
)
def test_the_figure_that_counts_on_is_the_page_number(lines: list[str], values: tuple[int | None, ...]) -> None:
    assert carried_in(lines) == values
