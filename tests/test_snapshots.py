"""What every format says of one small run, in both languages, word for word; `--rewrite-samples` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gip_lint import __version__
from gip_lint.reporters import FORMATS, Content
from gip_lint.reporters.lines import plain_line
from small_run import small_request

FOLDER = Path(__file__).parent / "snapshots"
_OFFICE = ("html", "xlsx", "docx")  # looked at by tests of their own


def shown(name: str, language: str) -> str:
    """The report as text, the summary after it where the format has one; the version as VERSION."""
    form = FORMATS[name]
    request = small_request(language)
    report = form.report(request)
    assert not isinstance(report, bytes)
    text = "".join(plain_line(item) if isinstance(item, tuple) else item for item in report)
    if form.summary_variable:
        text += f"\n== {form.summary_variable} ==\n" + form.summary(request)
    return re.sub(rf'(?<=["t ]){re.escape(__version__)}(?=")', "VERSION", text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "name", [name for name, form in FORMATS.items() if form.content is not Content.BYTES and name not in _OFFICE]
)
def test_snapshots(name: str, language: str, request: pytest.FixtureRequest) -> None:
    file = FOLDER / f"{name}.{language}.txt"
    text = shown(name, language)
    if request.config.getoption("--rewrite-samples"):
        file.write_text(text, encoding="utf-8", newline="")
    assert text == file.read_bytes().decode()
    assert text == shown(name, language)
