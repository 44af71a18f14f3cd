"""Long reports of all kinds of bodies: nothing is said of the right ones, every single change is found, also in broken lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from gip_lint.engine import audit
from gip_lint.finding import Severity
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.recognition.itemisations import itemisations
from gip_lint.recognition.statements import statements
from gip_lint.rule import Example
from gip_lint.rule_examples import example_report
from prose_reports import rule_set

DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("long_reports.yaml").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = DATA["reports"]
IDS = [f"{report['issuer']}{report['year']}" for report in REPORTS]
APPLICANTS = (
    "natural-persons", "enterprises", "research-institutions", "public-interest-organisations",
    "legal-service-institutions", "other-organisations",
)  # fmt: skip
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结")
CALCULATED = ("handled", "carried-out")


def applications(rows: Mapping[str, Sequence[int]], edition: str) -> dict[str, dict[str, int]]:
    """表三 from the rows given, by applicant: done is the sum of what became of them, and the rest is carried over."""
    keys = dict.fromkeys(row.key for row, _ in rule_set().forms[edition].tables["applications"].cells)
    assert set(rows) <= set(keys)
    columns: dict[str, dict[str, int]] = {}
    for place, column in enumerate(APPLICANTS):
        cells = {key: [*rows.get(key, ()), *[0] * 6][place] for key in keys}
        new, before = cells["received"], cells["carried-in"]
        cells["handled"] = sum(cells[key] for key in keys if key not in ("received", "carried-in", *CALCULATED))
        cells["carried-out"] = new + before - cells["handled"]
        assert cells["carried-out"] >= 0
        columns[column] = cells
    columns["total"] = {key: sum(cells[key] for cells in columns.values()) for key in keys}
    return columns


@cache
def text_of(number: int) -> str:
    given = REPORTS[number]
    tables = DATA["tables"][given["tables"]]
    edition = "2021" if given["year"] > 2020 else "2019"
    reviews = {
        block: {**dict(zip(OUTCOMES, figures, strict=True)), "总计": sum(figures)}
        for block, figures in tables.get("reviews", {}).items()
    }
    example = {
        "edition": edition,
        "year": given["year"],
        "issuer": given["issuer"],
        "sections": {key: text.strip() for key, text in given["sections"].items()},
        "disclosure": tables["disclosure"],
        "applications": applications(tables["applications"], edition),
        "reviews": reviews,
    }
    return example_report(Example("ok", example, None, 1), rule_set().rules[0], rule_set().forms)


def found(text: str) -> set[tuple[str, Severity, str]]:
    report = Recogniser(rule_set().forms).recognise(read_document(text.encode(), "x.txt"))
    return {(f.rule, f.severity, f.message.zh) for f in audit("x.txt", report, rule_set().rules, {}).findings}


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=IDS)
def test_a_right_report_is_not_called_wrong(number: int) -> None:
    assert {finding for finding in found(text_of(number)) if finding[1] is not Severity.INFO} == set()


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=IDS)
def test_every_single_change_is_found(number: int) -> None:
    text = text_of(number)
    usual = found(text)
    missed = []
    for rule, old, new in REPORTS[number]["wrong"]:
        assert old in text
        if rule not in {finding[0] for finding in found(text.replace(old, new, 1)) - usual}:
            missed.append((rule, old, new))
    assert missed == []


def columns_of(char: str) -> int:
    return 2 if ord(char) > 255 else 1


def two_of_each(char: str) -> int:
    return 2


def broken(text: str, width: int, measure: Callable[[str], int] = columns_of) -> str:
    """Every paragraph broken after so many Han characters, as a page has it, or after so many of any width."""
    lines: list[str] = []
    for line in text.split("\n"):
        if "\t" in line or not any(mark in line for mark in "，。；：") or line.startswith("（本列"):
            lines.append(line)
            continue
        piece, used = "　　", 4
        for char in line:
            columns = measure(char)
            if used + columns > 2 * width:
                lines.append(piece)
                piece, used = "", 0
            piece, used = piece + char, used + columns
        lines.append(piece)
    return "\n".join(lines)


def understood(text: str) -> tuple[list[str], list[list[object]]]:
    report = Recogniser(rule_set().forms).recognise(read_document(text.encode(), "x.txt"))
    said = [
        f"{one.about} {one.amount} {one.column} {one.period} {one.scope} {one.holds}"
        for one in statements(report, rule_set().statement_words)
    ]
    lists = [[item.figure.amount for item in one.items] for one in itemisations(report, rule_set().item_words)]
    return sorted(said), [list(amounts) for amounts in lists]


@pytest.mark.parametrize("measure", [columns_of, two_of_each])
@pytest.mark.parametrize("width", [18, 30, 40])
@pytest.mark.parametrize("number", range(len(REPORTS)), ids=IDS)
def test_broken_lines_read_the_same(number: int, width: int, measure: Callable[[str], int]) -> None:
    text = broken(text_of(number), width, measure)
    assert understood(text) == understood(text_of(number))
    assert {finding for finding in found(text) if finding[1] is not Severity.INFO} == set()


LONG = "在办理过程中严格执行登记、审核、答复、归档各个环节的规定，做到件件有着落、事事有回音，群众反映良好。" * 3


@pytest.mark.parametrize(
    ("figure", "outcome"),
    [("12", (1, 0, [])), ("13", (0, 0, ["cut"])), ("1 212", (0, 0, ["cut"])), ("8", (0, 1, []))],
    ids=["right", "cut", "spaced", "whole"],
)
def test_a_figure_cut_by_a_line_end_is_never_called_wrong(figure: str, outcome: tuple[int, int, list[str]]) -> None:
    prose = f"2024 年全年，共收到政府信息公开申请{figure}件。{LONG}"
    given = {"year": 2024, "applications": {"总计": {"第一项": 12}}, "sections": {"applications": prose}}
    source = broken(example_report(Example("ok", given, None, 1), rule_set().rules[0], rule_set().forms), 20)
    assert f"收到政府信息公开申请{figure[0]}\n" in source
    rules = [rule for rule in rule_set().rules if rule.id == "applications-in-text"]
    report = Recogniser(rule_set().forms).recognise(read_document(source.encode(), "x.txt"))
    result = audit("x.txt", report, rules, {})
    causes = [gap.cause for gap in result.not_evaluated]
    assert (result.coverage.held, result.coverage.violated, causes) == outcome
