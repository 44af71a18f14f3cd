"""Bar charts for the terminal: how often each rule spoke, and how much each unit has to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from gip_lint.finding import Run, Severity, Words
from gip_lint.reporters.lines import Line, Span, clean, line
from gip_lint.reporters.tally import Tally, by_rule, by_unit

_BARS = {Severity.ERROR: "█", Severity.WARNING: "▓", Severity.INFO: "░"}
_GAP = 2
_LEAST_BAR = 8
_MOST_BAR = 40
_LEAST_NAME = 12
_BY_RULE = Words("按规则", "by rule")
_BY_UNIT = Words("按单位", "by unit")
_FINDINGS = Words("问题", "findings")
_REPORTS = Words("报告", "reports")
_UNCHECKED = Words("未核验", "unchecked")
_EXPLAINED = Words("█ 错误  ▓ 警告  ░ 提示", "█ errors  ▓ warnings  ░ infos")


def statistics(run: Run, language: str, columns: int) -> list[Line]:
    """Both charts in lines of at most `columns`; nothing where nothing was found and nothing left unchecked."""
    rules, units = by_rule(run, language), by_unit(run)
    lines: list[Line] = []
    for rows, title, heads in (
        (rules, _BY_RULE, (_FINDINGS, _REPORTS)),
        (units, _BY_UNIT, (_FINDINGS, _UNCHECKED)),
    ):
        if rows:
            lines += [(), *_chart(rows, title.in_language(language), [h.in_language(language) for h in heads], columns)]
    if lines:
        lines.append(line(Span(_EXPLAINED.in_language(language), "dim")))
    return lines


def _chart(rows: Sequence[Tally], title: str, heads: Sequence[str], columns: int) -> list[Line]:
    figure_widths = [
        max(cell_len(head), *(len(str(row.figures[n])) for row in rows)) + _GAP for n, head in enumerate(heads)
    ]
    room = columns - _GAP - sum(figure_widths) - _GAP
    name_widths = _name_widths(rows, room - _LEAST_BAR)
    bar = max(min(room - sum(name_widths), _MOST_BAR), 0)
    most = max(row.counts.total() for row in rows)
    head = set_cell_size(title, _GAP + sum(name_widths))
    head += "".join(_right(text, width) for text, width in zip(heads, figure_widths, strict=True))
    lines: list[Line] = [line(Span(head, "heading"))]
    for row in rows:
        names = "".join(_cut(clean(name), width) for name, width in zip(row.names, name_widths, strict=False))
        figures = "".join(_right(str(figure), width) for figure, width in zip(row.figures, figure_widths, strict=True))
        lines.append(line(" " * _GAP + names + figures + " " * _GAP, *_bar(row.counts, most, bar)))
    return lines


def _name_widths(rows: Sequence[Tally], room: int) -> list[int]:
    """Each name with its gap as wide as its longest; the last one may be cut, or left out where hardly any room is left."""
    widths = [max(cell_len(clean(row.names[n])) for row in rows) + _GAP for n in range(len(rows[0].names))]
    while len(widths) > 1 and room - sum(widths[:-1]) < min(widths[-1], _LEAST_NAME):
        widths.pop()
    widths[-1] = min(widths[-1], room - sum(widths[:-1]))
    return widths


def _cut(text: str, width: int) -> str:
    """The text and its gap in exactly that many columns."""
    if cell_len(text) > width - _GAP:
        text = set_cell_size(text, width - _GAP - 1).rstrip(" ") + "…"
    return set_cell_size(text, width)


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _bar(counts: Counter[Severity], most: int, width: int) -> list[Span]:
    """The bar of all severities, its length in proportion to `most`; whatever is there at all takes a column."""
    spans: list[Span] = []
    done = drawn = 0
    for severity, block in _BARS.items():
        if counts[severity] and width:
            done += counts[severity]
            length = max(round(done * width / most) - drawn, 1)
            spans.append(Span(block * min(length, max(width - drawn, 0)), severity.value))
            drawn += length
    return spans
