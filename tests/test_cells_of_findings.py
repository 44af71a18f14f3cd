"""Findings know the cells at fault, the cells they were held against and the two figures; tables are kept when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.annual_report import State
from gip_lint.checks.equation import Relation
from gip_lint.finding import Audit, CellView, Compared
from gip_lint.linter import Settings, lint

SAMPLES = Path(__file__).parent.parent / "samples"


def audited(case: str, *, tables: bool = False) -> Audit:
    (path,) = (SAMPLES / case).glob("report.*")
    (audit,) = lint([str(path)], Settings(tables=tables)).audits
    return audit


def test_a_broken_relation_names_its_cells_and_both_figures() -> None:
    (finding,) = (f for f in audited("first-look").findings if f.rule == "application-balance")
    assert finding.cells == ("表三/四、结转下年度继续办理/自然人",)
    assert finding.operands == (
        "表三/一、本年新收政府信息公开申请数量/自然人",
        "表三/二、上年结转政府信息公开申请数量/自然人",
        "表三/（七）总计/自然人",
    )
    assert finding.compared == Compared(22, 23)
    assert finding.compared.difference == 1


def test_a_cell_that_holds_no_figure_is_at_fault_alone() -> None:
    (finding,) = (f for f in audited("first-look").findings if f.rule == "blank-cell")
    assert (finding.cells, finding.operands, finding.compared) == (("表四/未经复议直接起诉/其他结果",), (), None)


def test_a_claim_of_the_prose_is_held_against_cells() -> None:
    (finding,) = (f for f in audited("gb18030-headings").findings if f.rule == "none-claim")
    assert finding.cells == ()
    assert finding.operands == ("表三/一、本年新收政府信息公开申请数量/总计",)
    assert finding.compared == Compared(0, 59)


def test_what_was_not_evaluated_names_the_cell_that_stood_in_the_way() -> None:
    (gap,) = audited("first-look").not_evaluated
    assert (gap.address, gap.blame) == ("表四/未经复议直接起诉", "表四/未经复议直接起诉/其他结果")


@pytest.mark.parametrize(
    ("left", "operator", "right", "constant", "stated"),
    [
        ((1, 2), "=", (3,), 0, "right"),  # parts = total
        ((1,), "=", (3,), 0, "right"),
        ((1, 2), "=", (3, 4), 0, "right"),  # received and carried in = handled and carried out
        ((1,), "=", (), 0, "left"),  # must be 0
        ((1,), "≥", (2, 3), 0, "left"),
        ((1,), "≥", (2,), 0, "left"),
        ((1,), "≠", (), 7, "left"),
        ((1, 1, 1, 1), "≤", (2, 3), 0, ""),  # four times a figure is no figure of the report
    ],
)
def test_which_figure_the_report_states(
    left: tuple[int, ...], operator: str, right: tuple[int, ...], constant: int, stated: str
) -> None:
    relation = Relation(("", ""), 0, left, (), 0, operator, right, (), constant, (), None, None)
    wanted = {"right": Compared(6, 5), "left": Compared(5, 6), "": None}[stated]
    assert relation.compared(5, 6) == wanted


def test_tables_are_kept_only_when_asked() -> None:
    assert audited("first-look").tables == ()
    disclosure, applications, reviews = audited("first-look", tables=True).tables
    assert [view.form.name for view in (disclosure, applications, reviews)] == ["表二", "表三", "表四"]
    assert disclosure.cells == (
        *(CellView(State.NUMBER, text) for text in ("0", "0", "0", "2", "1", "7", "136", "18", "0")),
        CellView(State.NUMBER, "86500元"),
    )
    assert reviews.cells[7] == CellView(State.BLANK, "")
    assert len(applications.cells) == len(applications.form.cells)


def test_a_table_that_was_not_found_has_no_cells(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("临江县教育局2023年政府信息公开工作年度报告\n一、总体情况\n无。\n", encoding="utf-8")
    (audit,) = lint([str(report)], Settings(tables=True)).audits
    assert [(view.form.name, view.cells) for view in audit.tables] == [("表二", ()), ("表三", ()), ("表四", ())]
