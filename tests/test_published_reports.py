"""Published reports, where a checkout has them beside it: every known fault is found, nothing else is called an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gip_lint.finding import Audit
from gip_lint.linter import Settings, lint, recognise_file

FOLDER = Path(__file__).parents[2] / "shared" / "reports"
EXPECTED: dict[str, Any] = (
    yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8")) if (FOLDER / "expected.yaml").is_file() else {}
)

pytestmark = pytest.mark.filterwarnings("ignore")
CASES = sorted(EXPECTED)


def audited(name: str) -> Audit:
    (audit,) = lint([str(FOLDER / name)], Settings()).audits
    return audit


def lines_of(audit: Audit, rule: str) -> Iterator[set[int]]:
    """The lines of each finding of the rule, first to last."""
    for finding in audit.findings:
        if finding.rule == rule:
            first = finding.location.line or 0
            yield set(range(first, (finding.location.end_line or first) + 1))


@pytest.mark.parametrize("name", CASES)
def test_every_known_fault_is_found(name: str) -> None:
    audit = audited(name)
    for rule, wanted in EXPECTED[name]["must"].items():
        found = list(lines_of(audit, rule))
        if isinstance(wanted, int):
            assert len(found) == wanted, rule
        elif rule == "missing-column":  # the place of something missing is a matter of taste: the header or its row
            assert any(lines & set(range(wanted[0], wanted[0] + 4)) for lines in found), rule
        else:
            assert all(any(line in lines for lines in found) for line in wanted), (rule, wanted, found)


@pytest.mark.parametrize("name", CASES)
def test_what_is_right_is_left_alone(name: str) -> None:
    found = {finding.rule for finding in audited(name).findings}
    assert found & set(EXPECTED[name]["must-not"]) == set()


@pytest.mark.parametrize("name", CASES)
def test_the_errors_are_exactly_these(name: str) -> None:
    found = Counter(finding.rule for finding in audited(name).findings if finding.severity.value == "error")
    wanted = Counter(EXPECTED[name]["errors"])
    wanted["blank-cell"] = found["blank-cell"] if wanted["blank-cell"] else 0  # joined or not
    assert found == +wanted


@pytest.mark.parametrize("name", CASES)
def test_issuer_year_and_edition(name: str) -> None:
    report = recognise_file(str(FOLDER / name), Settings())
    expected = EXPECTED[name]
    assert (report.issuer, report.year, report.form.edition) == (
        expected["issuer"], expected["year"], expected["edition"],
    )  # fmt: skip


def test_the_folder_is_read_or_absent() -> None:
    assert bool(CASES) == FOLDER.is_dir()
