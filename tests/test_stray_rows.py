"""Rows of figures beside words of no official row: a row too many where cells have borders, unread where they have none."""

from __future__ import annotations

import random

import pytest

from clean_drafts import clean_draft
from gip_lint.engine import audit
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from layouts import LAYOUTS

RULES = load(Settings())


@pytest.mark.parametrize(
    ("layout", "found"),
    [
        ("markdown/plain", [("missing-row", "error"), ("extra-row", "warning")]),
        ("padded/top", [("ragged-row", "warning")]),
    ],
)
def test_the_figures_of_a_row_may_stand_beside_a_label_that_ran_together(
    layout: str, found: list[tuple[str, str]]
) -> None:
    render = next(each for each in LAYOUTS if each.name == layout).render
    text = render(clean_draft(random.Random(5), year=2023), random.Random(5)).replace(
        "（一）予以公开", "甲乙（一）丙丁"
    )
    report = Recogniser(RULES.forms).recognise(read_document(text.encode(), "report.txt"))
    findings = audit("report.txt", report, RULES.rules, {}).findings
    assert [(finding.rule, finding.severity.value) for finding in findings] == found
