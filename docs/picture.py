"""Draws docs/terminal.svg, the picture in the README: the real output for samples/first-look, as a terminal shows it.

Run `python docs/picture.py` after the view or a rule of the sample changes; `--check` only compares.
"""

from __future__ import annotations

import io
import os
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from gip_lint.cli.terminal import styled
from gip_lint.linter import Settings, lint
from gip_lint.reporters.text import text_report

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "terminal.svg"
SAMPLE = ROOT / "samples" / "first-look"
COLUMNS = 84


def picture() -> str:
    """The SVG text, the same for the same output."""
    os.chdir(SAMPLE)
    run = lint(["report.txt"], Settings())
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print("[bold green]$[/] gip-lint report.txt", highlight=False)
    for text in styled(text_report(run, "zh", COLUMNS)):
        console.print(text, soft_wrap=True)
    return console.export_svg(title="gip-lint", theme=MONOKAI, unique_id="gip-lint")


def _words(svg: str) -> list[str]:
    """What can be read in a picture: how it is drawn may differ between versions of rich."""
    return re.findall(r"<text[^>]*>(.*?)</text>", svg)


def main() -> int:
    """Write the picture, or with `--check` say whether it is up to date."""
    drawn = picture()
    if "--check" in sys.argv[1:]:
        fresh = PICTURE.exists() and _words(PICTURE.read_text(encoding="utf-8")) == _words(drawn)
        if not fresh:
            print("docs/terminal.svg is out of date: run python docs/picture.py", file=sys.stderr)
        return 0 if fresh else 1
    PICTURE.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
