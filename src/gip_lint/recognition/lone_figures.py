"""Figures on lines of their own: values of the row at hand, or what a page left between the rows."""

from __future__ import annotations

from gip_lint.recognition.collector import Collector
from gip_lint.recognition.figure import BLANK
from gip_lint.recognition.found import FoundRow, may_be_page_number
from gip_lint.recognition.vocabulary import Vocabulary

MOST_LINES_APART = 4  # from a value to a page number, or from a page number to a value


def is_stray(collector: Collector, vocabulary: Vocabulary, text: str, line: int, following: str | None) -> bool:
    """Whether a lone figure is no value: 无 under a table, or a page number after a row that has all its values.

    `following` is the line after it. What was taken for one value too many is given back when another one follows.
    """
    row = collector.row
    if row is None:
        return text == "无"
    if row.group and not row.figures:
        # A label of several rows has no values; where an office fills in a sum, it fills in more than one.
        after = vocabulary.read(following).figure if following is not None else None
        return text == "无" or after is None or after is BLANK
    if collector.fragments.rightmost_row(collector.context or "") is not None:
        return False  # a label goes on below its values
    if row.ruled and row.slots:
        return True
    if not row.figures:
        return False
    if row.width > 1 and row.figures[0].line == row.figures[-1].line:
        return True  # the values of that row stand beside one another; none follows on a line of its own
    if not row.is_full:
        return False
    if row.figures[0].line == row.line and (row.text or len(row.figures) == 1):
        return True  # its values stand beside its label, or run together
    apart = line - row.slots[-1].line
    if len(row.figures) == row.header.due + 1 and row.figures[-1].line - row.figures[-2].line > 1:
        collector.take_back(row)  # several figures apart from the values: no page number
        return True
    if len(row.figures) == row.header.due and any(map(may_be_page_number, [text, *[s.text for s in row.figures]])):
        return apart > MOST_LINES_APART  # one too many: this, or one before it, is a page number
    return apart > 1


def is_stream(row: FoundRow | None) -> bool:
    """Whether the figures of a row stand on lines of their own."""
    return row is not None and ((not row.slots and row.width <= 1) or len({slot.line for slot in row.slots}) > 1)
