"""Where two renditions of one report differ, for a terminal and as JSON; nothing is judged."""

from __future__ import annotations

import json
from typing import Any

from gip_lint import __version__
from gip_lint.comparison import Comparison, Difference, Kind, NotCompared, Side
from gip_lint.finding import Words
from gip_lint.reporters import wording
from gip_lint.reporters.json import VERSION, location_keys
from gip_lint.reporters.lines import Line, Span, line, width, wrap

_KINDS = {
    Kind.TITLE: Words("标题", "title"),
    Kind.YEAR: Words("年度", "year"),
    Kind.HEADING: Words("部分标题", "heading"),
    Kind.TABLE: Words("表格", "table"),
    Kind.LABEL: Words("栏目名称", "label"),
    Kind.CELL: Words("单元格", "cell"),
    Kind.TEXT: Words("正文", "text"),
}
_SIDES = (Words("甲", "A"), Words("乙", "B"))
_BLANK = Words("（空白）", "(blank)")
_NOTHING = Words("（没有）", "(not there)")
_PRESENT = Words("有此表", "has this table")
_ADDRESSES_SHOWN = 3


def compare_text(comparison: Comparison, language: str, columns: int) -> list[Line]:
    """The two files, each difference with both places, then what was compared and what could not be."""
    lines: list[Line] = []
    for side, report in zip(_SIDES, (comparison.left, comparison.right), strict=True):
        lines += wrap(
            [Span(report.document.path, "path")], columns, line(Span(side.in_language(language), "label"), "  ")
        )
    for difference in comparison.differences:
        lines += [(), *_difference(difference, language, columns)]
    lines += [(), *wrap([_total(comparison, language)], columns)]
    if comparison.not_compared:
        lines += wrap([Span(_not_compared(comparison.not_compared, language), "warning")], columns, rest="  ")
    return lines


def _difference(difference: Difference, language: str, columns: int) -> list[Line]:
    kind = _KINDS[difference.kind].in_language(language)
    lines = wrap([Span(difference.address, "heading"), Span(f"  {kind}", "dim")], columns)
    for words, side in zip(_SIDES, (difference.left, difference.right), strict=True):
        head = line("  ", Span(words.in_language(language), "label"), "  ")
        place = wording.place(side.location, language)
        shown: list[Span | str] = [_shown(difference.kind, side, language)]
        if place:
            shown.append(Span(f"  {place}", "place"))
        lines += wrap(shown, max(columns, width(head) + 20), head)
    return lines


def _shown(kind: Kind, side: Side, language: str) -> str:
    if side.text is None:
        return _NOTHING.in_language(language)
    if side.text:
        return side.text
    return (_PRESENT if kind is Kind.TABLE else _BLANK).in_language(language)


def _total(comparison: Comparison, language: str) -> str:
    count = len(comparison.differences)
    if language == "en":
        found = f"{count} difference{'' if count == 1 else 's'}" if count else "no difference"
        return (
            f"{found}; compared: title, {comparison.headings} headings and their text, {comparison.cells} cells; "
            "not the text before the first heading nor the signature"
        )
    found = f"{count} 处不同" if count else "没有不同"
    return (
        f"{found}；比对了标题、{comparison.headings} 个部分的标题和正文、{comparison.cells} 个单元格，"
        "未比对第一个标题之前的文字和落款"
    )


def _not_compared(cells: tuple[NotCompared, ...], language: str) -> str:
    shown = [cell.address for cell in cells[:_ADDRESSES_SHOWN]]
    if language == "en":
        more = f", … ({len(cells)} places)" if len(cells) > len(shown) else ""
        return f"could not be compared: {', '.join(shown)}{more}"
    return f"未能比对：{'、'.join(shown)}{f' 等 {len(cells)} 处' if len(cells) > len(shown) else ''}"


def compare_json(comparison: Comparison, language: str) -> str:
    """The same as JSON; the same keys always."""
    data = {
        "version": VERSION,
        "tool": {"name": "gip-lint", "version": __version__},
        "left": comparison.left.document.path,
        "right": comparison.right.document.path,
        "differences": [
            {
                "kind": difference.kind.value,
                "address": difference.address,
                "left": _side(difference.left),
                "right": _side(difference.right),
            }
            for difference in comparison.differences
        ],
        "not_compared": [
            {"address": cell.address, "left": cell.left, "right": cell.right} for cell in comparison.not_compared
        ],
        "compared": {"headings": comparison.headings, "cells": comparison.cells},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _side(side: Side) -> dict[str, Any]:
    return {"text": side.text, **location_keys(side.location)}
