"""The page in a real browser: the policy lets its own script run, and filtering hides and shows what it should."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from gip_lint.reporters.html import report
from paper_runs import a_run, request

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

# Filters in several ways, one after the other, and notes each time what is not to be seen.
ACTIONS = """
const form = document.getElementById("filter"), notes = {};
const changed = () => form.dispatchEvent(new Event("input"));
const note = (name) => {
  const hidden = (path) => [...document.querySelectorAll(path)].filter((e) => e.hidden).map((e) => e.id || e.dataset.note);
  notes[name] = {
    findings: hidden(".finding"), notes: hidden("[data-note]"), reports: hidden(".report"),
    cells: [...document.querySelectorAll("td.bad")].map((e) => e.className), said: form.querySelector("output").textContent,
  };
};
form.querySelector("[value=error]").checked = false;
changed();
note("severity");
form.querySelector("[value=error]").checked = true;
form.elements.rule.value = "label-wording";
changed();
note("rule");
form.querySelector("[type=reset]").click();
setTimeout(() => {
  note("reset");
  document.body.dataset.notes = JSON.stringify(notes);
});
"""


def in_browser(page: str, folder: Path) -> html.HtmlElement:
    """The page as it stands after its scripts ran."""
    assert CHROMIUM is not None
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=1000", "--dump-dom", f"file://{file}",
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return html.document_fromstring(done.stdout.decode())


def test_the_filter_appears_and_everything_is_shown(tmp_path: Path) -> None:
    tree = in_browser("".join(report(request(a_run()))), tmp_path)
    assert tree.cssselect("[hidden]") == []
    assert [output.text for output in tree.cssselect("#filter output")] == ["显示 4 条，共 4 条问题"]


def test_filtering(tmp_path: Path) -> None:
    page = "".join(report(request(a_run())))
    start = page.index("<meta http-equiv")
    page = page[:start] + page[page.index(">", start) + 1 :]  # the policy would keep the test's own script out
    tree = in_browser(page.replace("</body>", f"<script>{ACTIONS}</script></body>"), tmp_path)
    assert json.loads(str(tree.body.get("data-notes"))) == {
        "severity": {
            "findings": ["r1-1", "r3-1"],
            "notes": ["r1-1"],
            "reports": ["r2", "r3"],
            "cells": ["bad error suspect aside"],
            "said": "已筛选：显示 2 条，共 4 条问题",
        },
        "rule": {
            "findings": ["r1-1", "r1-3", "r3-1"],
            "notes": ["r1-1"],
            "reports": ["r2", "r3"],
            "cells": ["bad error suspect aside"],
            "said": "已筛选：显示 1 条，共 4 条问题",
        },
        "reset": {
            "findings": [],
            "notes": [],
            "reports": [],
            "cells": ["bad error suspect"],
            "said": "显示 4 条，共 4 条问题",
        },
    }
