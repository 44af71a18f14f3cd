"""Prose of many offices: nothing is said of the right one, and each fault in it is found by the rule that is meant."""

from __future__ import annotations

from collections import Counter

import pytest

from faults import PROSE_FAULTS, PROSE_GROUPS
from gip_lint.engine import audit
from gip_lint.finding import Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from samples import Sample, samples

RULES = load(Settings())
RECOGNISER = Recogniser(RULES.forms)
LEAST_SHARE_FOUND = 0.97
LAYOUTS = ("markdown/repeated", "tab_rows/full")


def found(sample: Sample) -> list[tuple[str, Severity, str]]:
    report = RECOGNISER.recognise(read_document(sample.octets, "report.txt"))
    return [(f.rule, f.severity, f.message.zh) for f in audit(sample.name, report, RULES.rules, {}).findings]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_right_prose_has_no_error_or_warning(layout: str) -> None:
    for sample in samples(150, 3, layout, "clean", "none", catalogue="prose"):
        grave = [finding for finding in found(sample) if finding[1] is not Severity.INFO]
        assert grave == [], sample.label


def test_every_rule_of_the_prose_has_faults() -> None:
    rules = {rule.id for rule in RULES.rules if rule.group in PROSE_GROUPS}
    assert {fault.rule for fault in PROSE_FAULTS.values()} == rules


def test_faults_in_the_prose_are_found_by_their_rule() -> None:
    missed: Counter[str] = Counter()
    seen = 0
    for number, name in enumerate(PROSE_FAULTS):
        for sample in samples(3, 17, LAYOUTS[number % len(LAYOUTS)], name, "none", catalogue="prose"):
            seen += 1
            missed[name] += not {rule for rule, _, _ in found(sample)} & sample.expected
    assert seen > 450
    assert missed.total() <= seen * (1 - LEAST_SHARE_FOUND), +missed
