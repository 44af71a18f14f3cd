"""Reports with lines lost, joined, cut, moved and put in: whatever came of them, no figure is made up."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from gip_lint.annual_report import State
from gip_lint.engine import audit
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.recognition.characters import fold_radicals
from layouts import LAYOUTS
from samples import sample

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
FEWEST_LINES = 5  # the layout without separators has few, and an empty file is no report
STRAY_LINES = ("", "12", "- 3 -", "第 4 页", "0", "其他", "无", "总计", "三、收到和处理", "|", "\t", "自然人 2")


def lost(lines: list[str], i: int, rng: random.Random) -> None:
    if len(lines) > FEWEST_LINES:
        del lines[i : i + rng.randint(1, 3)]


def joined(lines: list[str], i: int, rng: random.Random) -> None:
    lines[i : i + 2] = ["".join(lines[i : i + 2])]


def without_separators(lines: list[str], i: int, rng: random.Random) -> None:
    lines[i] = lines[i].replace("\t", "").replace("|", " ")


def exchanged(lines: list[str], i: int, rng: random.Random) -> None:
    other = rng.randrange(len(lines))
    lines[i], lines[other] = lines[other], lines[i]


def cut(lines: list[str], i: int, rng: random.Random) -> None:
    place = rng.randint(0, len(lines[i]))
    lines[i : i + 1] = [lines[i][:place], lines[i][place:]]


def with_a_stray_line(lines: list[str], i: int, rng: random.Random) -> None:
    lines.insert(i, rng.choice(STRAY_LINES))


def without_spaces(lines: list[str], i: int, rng: random.Random) -> None:
    lines[i] = lines[i].replace(" ", "")


def closer(lines: list[str], i: int, rng: random.Random) -> None:
    lines[i] = lines[i].replace("  ", " ")


EDITS: tuple[Callable[[list[str], int, random.Random], None], ...] = (
    lost, joined, without_separators, exchanged, cut, with_a_stray_line, without_spaces, closer,
)  # fmt: skip


def ugly(seed: int) -> str:
    """A correct report in some layout, with up to a dozen such edits."""
    rng = random.Random(seed)
    layout = rng.choice(LAYOUTS)
    made = sample(f"ugly-{seed}", layout, None, ())
    assert made is not None
    lines = made.octets.decode().split("\n")
    for _ in range(rng.randint(1, 12)):
        rng.choice(EDITS)(lines, rng.randrange(len(lines)), rng)
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 1_000_000))
def test_every_figure_of_a_cell_stands_where_the_cell_says(seed: int) -> None:
    document = read_document(ugly(seed).encode(), "report.txt")
    report = RECOGNISER.recognise(document)
    lines = [fold_radicals(line) for line in document.lines]
    for table in report.tables.values():
        figures = [cell for cell in table.cells if cell.state is State.NUMBER]
        for cell in figures:
            assert cell.line is not None
            assert cell.column is not None
            printed = lines[cell.line - 1][cell.column - 1 :]
            assert printed.startswith(cell.text.split()[0]), (cell, printed)  # 1 2 may stand on two lines
        places = [(cell.line, cell.column) for cell in figures]
        assert len(set(places)) == len(places)
    assert audit("report.txt", report, RULES.rules, {}).checked
