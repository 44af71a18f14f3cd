"""What the prose was understood to say, for `gip-lint show`: its statements and its lists of items, nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from rich.cells import cell_len

from gip_lint.annual_report import AnnualReport
from gip_lint.linter import Said
from gip_lint.recognition.itemisations import Itemisation
from gip_lint.recognition.prose_figures import CUT, ProseFigure
from gip_lint.recognition.statement_reader import Statement
from gip_lint.reporters import wording
from gip_lint.reporters.json import location_keys, plain_figures
from gip_lint.reporters.lines import Line, Span, line, wrap

_AMOUNT_WIDTH = 12


# -- text -------------------------------------------------------------------------------------------------------------


def said_lines(report: AnnualReport, said: Said, language: str, columns: int) -> Iterator[Line]:
    """Amount, what it is about, the words and their place, section by section."""
    english = language == "en"
    if said.statements:
        yield ()
        head = "statements of the prose" if english else "文中的数字和说法"
        yield _head(head, len(said.statements), english)
        for address, group in groupby(said.statements, attrgetter("address")):
            yield line(Span(address, "label"))
            for one in group:
                yield from _entry(_amount(one, english), _statement(report, said, one, language), columns)
    if said.itemisations:
        yield ()
        yield _head("lists of items" if english else "文中的分项", len(said.itemisations), english)
        for address, lists in groupby(said.itemisations, attrgetter("prose.address")):
            yield line(Span(address, "label"))
            for list_ in lists:
                totals = ("/" if english else "或").join(f"{total.amount}" for total in list_.totals)
                yield from _entry(f"{totals} {list_.unit}", _itemisation(report, list_, language), columns)


def _head(words: str, count: int, english: bool) -> Line:
    return line(Span(words, "heading"), Span(f"  {count}" if english else f"  {count} 条", "dim"))


def _entry(amount: str, spans: list[Span | str], columns: int) -> list[Line]:
    first = line(" " * max(_AMOUNT_WIDTH - cell_len(amount), 0) + amount + "  ")
    return wrap(spans, columns, first)


def _amount(statement: Statement, english: bool) -> str:
    if not statement.holds:
        return "none" if english else "没有"
    return f"{statement.amount} {statement.counter}"


def _statement(report: AnnualReport, said: Said, statement: Statement, language: str) -> list[Span | str]:
    english = language == "en"
    about = (" + " if english else "＋").join(topic if english else said.words.name(topic) for topic in statement.about)
    marks = [_column(report, statement), statement.period, statement.scope, statement.exactness]
    spans: list[Span | str] = [Span(about, "label"), f"  “{statement.quote}”"]
    spans += [Span(f"  〔{mark}〕", "warning") for mark in marks if mark]
    place = wording.place(report.document.located(statement.location), language)
    return [*spans, Span(f"  {place}", "dim")]


def _column(report: AnnualReport, statement: Statement) -> str:
    """The applicant column as the form calls it; the heading over several of them for `organisations`."""
    if not statement.column:
        return ""
    key = statement.column.partition("|")[0]
    columns = [column for _, column in report.form.tables[statement.table].cells]
    return next(
        (column.label for column in columns if column.key == key),
        next((column.groups[0] for column in columns if column.groups), statement.column),
    )


def _itemisation(report: AnnualReport, list_: Itemisation, language: str) -> list[Span | str]:
    english = language == "en"
    items = ("; " if english else "、").join(f"{item.figure.amount} {item.figure.counter}" for item in list_.items)
    total = list_.totals[-1]
    spans: list[Span | str] = [f"{items}  “{list_.prose.quote(total.clause, total.end)}”"]
    if not list_.complete:
        spans.append(Span("  〔not complete〕" if english else "  〔没有列全〕", "warning"))
    place = wording.place(report.document.located(list_.prose.location(total.start, total.end)), language)
    return [*spans, Span(f"  {place}", "dim")]


# -- data -------------------------------------------------------------------------------------------------------------


def said_data(report: AnnualReport, said: Said) -> dict[str, Any]:
    """`statements` and `itemisations`, each entry with its words and its place."""
    return {
        "statements": [
            {
                "table": one.table,
                "about": list(one.about),
                **plain_figures({"amount": one.amount}),
                "counter": one.counter or None,
                "column": one.column or None,
                "scope": one.scope or None,
                "period": one.period or None,
                "polarity": "some" if one.holds else "none",
                "exactness": _exactness(one.exactness),
                "text": one.quote,
                "address": one.address,
                "place": location_keys(report.document.located(one.location)),
            }
            for one in said.statements
        ],
        "itemisations": [
            {
                "totals": _figures(report, list_, list_.totals),
                "items": _figures(report, list_, (item.figure for item in list_.items)),
                "complete": list_.complete,
                "address": list_.prose.address,
            }
            for list_ in said.itemisations
        ],
    }


def _figures(report: AnnualReport, list_: Itemisation, figures: Iterable[ProseFigure]) -> list[dict[str, Any]]:
    return [
        {
            **plain_figures({"amount": figure.amount}),
            "counter": figure.counter,
            "exactness": _exactness(figure.exactness),
            "text": list_.prose.quote(figure.clause, figure.end),
            "place": location_keys(report.document.located(list_.prose.location(figure.start, figure.end))),
        }
        for figure in figures
    ]


def _exactness(word: str) -> str | None:
    """Null for an exact figure, `cut` where a line end divides it, else the word that makes it approximate."""
    return "cut" if word == CUT else word or None
