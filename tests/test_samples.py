"""Every sample in `samples/` prints exactly what its `expected.txt` says; rewrite them with `pytest --rewrite-samples`."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.linter import Settings, lint
from gip_lint.reporters.lines import plain
from gip_lint.reporters.text import text_report

SAMPLES = Path(__file__).parent.parent / "samples"
CASES = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_sample(case: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    directory = SAMPLES / case
    monkeypatch.chdir(directory)
    reports = sorted(path.name for path in directory.glob("report*"))
    shown = plain(text_report(lint(reports, Settings()), "zh", 80))
    expected = directory / "expected.txt"
    if request.config.getoption("--rewrite-samples"):
        expected.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == expected.read_text(encoding="utf-8")


def test_there_are_samples() -> None:
    assert CASES
