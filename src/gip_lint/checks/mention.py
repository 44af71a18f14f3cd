"""Whether the prose speaks at all of what a table counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.lazy_pattern import compiled
from gip_lint.readings import Readings, Unknown, bind_readings
from gip_lint.rule import NOTHING, CellRef, Fault, Gap, Result

PARAMETERS: Mapping[str, Parameter] = {
    "when": Parameter("mapping", "表名 → 几格；其中有不是 0 的，文中就应提到", True),
    "words": Parameter("texts", "算作提到的词句（正则表达式）", True),
}


class Mention(NamedTuple):
    """Figures of one table that the prose may not pass over."""

    table: str
    cells: Mapping[str, Readings]
    words: str

    def apply(self, report: AnnualReport) -> Result:
        """Look for the words when there is something to tell."""
        table = report.tables.get(self.table)
        if table is None or not report.sections:
            return NOTHING
        search = compiled(self.words).search
        if any(search(section.text) or search(section.text.replace("\n", "")) for section in report.sections):
            return Result(1)
        figures = []
        operands: list[CellRef] = []
        for reckoned in self.cells[table.edition].reckon(table):
            if isinstance(reckoned, Unknown):
                return Result(0, (), [Gap(table.form.name, reckoned.cause, table.form.address(reckoned.cell))])
            operands += [CellRef(self.table, i) for i in reckoned.cells]
            figures.append((reckoned.name, reckoned.value))
        total = sum(value for _, value in figures)
        if not total:
            return Result(1)
        shown = "，".join(f"{name} {value}" for name, value in figures)
        section = next((s for s in report.sections if s.form.key == self.table), report.sections[0])
        address = f"{section.form.number}、{section.form.heading}"
        return Result(0, [Fault(address, section.location, {"total": total, "cells": shown}, operands=operands)])


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Mention:
    """Make the check. Raises `ParameterError` for a cell that no form has."""
    if len(given["when"]) != 1:
        raise ParameterError("when", "when 应写一张表", "when names one table")
    pattern = "|".join(given["words"])
    re.compile(pattern)
    ((table, texts),) = given["when"].items()
    return Mention(table, bind_readings(table, texts, editions, resources, "when"), pattern)
