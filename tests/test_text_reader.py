"""Plain text and Markdown: tables drawn with characters or written in tags are read with their merged cells."""

from __future__ import annotations

import pytest

from gip_lint.document import Grid, GridCell, Paragraph
from gip_lint.readers.drawn_table import drawn_table
from gip_lint.readers.text import read

BOXES = """
┌─────────┬──────────────┐
│ 机关    │   申请人     │
│         ├──────┬───────┤
│         │自然人│ 商业  │
│         │      │ 企业  │
├─────────┼──────┼───────┤
│ “甲”局│  1   │       │
└─────────┴──────┴───────┘
""".strip().split("\n")
ASCII = """
+---------+--------------+
| 机关    | 申请人       |
|         +------+-------+
|         |自然人|商业企业|
+=========+======+=======+
| 甲      | -    | +12   |
+---------+------+-------+
""".strip().split("\n")


def rows(lines: list[str]) -> list[tuple[GridCell, ...]]:
    found = drawn_table(lines, 0)
    assert found is not None
    assert found[1] == len(lines)
    return found[0]


def test_merged_and_wrapped_cells_of_a_drawn_table_are_read_whole() -> None:
    assert rows(BOXES) == [
        (GridCell("机关", 2, 3), GridCell("申请人", 2, 13)),
        (GridCell("自然人", 4, 12), GridCell("商业\n企业", 4, 17)),
        (GridCell("“甲”局", 7, 3), GridCell("1", 7, 10), GridCell("", 7, 15)),
    ]


def test_signs_and_dashes_inside_cells_are_no_lines() -> None:
    shifted = [line.replace("商业企业", "商业企 ") for line in ASCII]
    assert [[cell.text for cell in row] for row in rows(shifted)] == [
        ["机关", "申请人"],
        ["自然人", "商业企"],
        ["甲", "-", "+12"],
    ]


def test_a_table_whose_lines_do_not_meet_is_not_read_as_drawn() -> None:
    assert drawn_table(ASCII, 0) is None  # 商业企业 pushes the right border out of its place


def test_a_table_that_follows_at_once_is_another_one() -> None:
    found = drawn_table([*BOXES, *BOXES], 0)
    assert found is not None
    assert found[1] == len(BOXES)


TAGGED = """前文

<div align="center">

<table>
<tr><td rowspan="2">机关</td><td colspan="2">申请人</td></tr>
<tr><td>自然人</td>
<td><span style="color:red">商业</span>企业</td></tr>
</table>

</div>

后文有<b>重</b>点
"""


def test_a_table_in_tags_is_read_with_its_places_in_the_text() -> None:
    document = read(TAGGED.encode(), "report.md")
    assert document.blocks == (
        Paragraph("前文", 1, 1),
        Grid(
            (
                (GridCell("机关", 6, 21), GridCell("申请人", 6, 44, 1)),
                (GridCell("自然人", 7, 9, 1), GridCell("商业企业", 8, 1, 2)),
            ),
            ruled=True,
        ),
        Paragraph("后文有\u200b\u200b\u200b重\u200b\u200b\u200b\u200b点", 13, 1),
    )
    assert document.lines[12] == "后文有<b>重</b>点"


@pytest.mark.parametrize("text", ["<table>\n<tr><td>1</td></tr>", "<table></table>", "a < b, c > d", "<table"])
def test_what_is_no_whole_table_is_text(text: str) -> None:
    document = read(f"前文\n{text}\n后文".encode(), "report.md")
    assert document.blocks[0] == Paragraph("前文", 1, 1)
    assert isinstance(document.blocks[-1], Paragraph)
    assert document.blocks[-1].text == "后文"


def test_cells_in_tags_on_one_line_have_each_its_own_column() -> None:
    line = '<table><tr><td colspan="2">2.甲</td><td>2</td><td></td><td>2</td></tr></table>'
    (grid,) = read(line.encode(), "a.md").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.column) for cell in grid.rows[0] if cell.text] == [("2.甲", 28), ("2", 40), ("2", 59)]


def test_the_words_of_a_cell_may_stand_below_its_tag() -> None:
    (grid,) = read("<table><tr><td>\n  甲\n</td><td>\n3</td></tr></table>".encode(), "a.md").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.line, cell.column) for cell in grid.rows[0]] == [("甲", 2, 3), ("3", 4, 1)]


def test_a_figure_that_lost_its_tab_is_a_cell_of_the_row_at_hand() -> None:
    (grid,) = read("\t甲\n\t1\n\n\t乙\n2\n\t5\n\n\t丙\n\t丁\t34\n\t6\n".encode(), "a.txt").blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["甲", "1"],
        ["乙", "2", "5"],
        ["丙", "丁", "34", "6"],
    ]
