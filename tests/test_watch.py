"""`gip-lint check --watch`: the real command, a changed file, an interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue

import pytest

import gip_lint
from gip_lint.cli.watch import _relevance
from office import heed_interrupts

pytest.importorskip("watchfiles")

SAMPLE = Path(__file__).parent.parent / "samples" / "clean-2021-markdown" / "report.md"
WAITING = "等待改动；按 Ctrl+C 结束"


class Watcher:
    """The command, running; what it prints up to the next time it waits."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        source = str(Path(gip_lint.__file__).parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gip_lint", "check", "--watch", *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": source, "LANG": "zh_CN.UTF-8", "COLUMNS": "80"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            preexec_fn=heed_interrupts,
        )
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def said(self, within: float = 20) -> str:
        lines: list[str] = []
        end = time.monotonic() + within
        while not lines or lines[-1] != WAITING:
            try:
                lines.append(self.lines.get(timeout=max(end - time.monotonic(), 0.01)))
            except Empty:
                pytest.fail("still waiting after:\n" + "\n".join(lines))
        return "\n".join(lines)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "某局.md").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    return tmp_path


def replace(path: Path, text: str) -> None:
    """As editors save: a new file takes the old one's place."""
    time.sleep(0.3)  # the watch begins a moment after it says that it waits
    temporary = path.with_name("saving~")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)


def test_a_changed_report_is_audited_again(folder: Path) -> None:
    watcher = Watcher(folder, "某局.md")
    assert "错误 0" in watcher.said()
    report = folder / "某局.md"
    replace(report, report.read_text("utf-8").replace("| 1027 | 230", "| 1028 | 230", 1))
    said = watcher.said()
    assert "有改动：某局.md" in said
    assert "application-balance" in said
    assert watcher.interrupt() == 1, "the exit code is that of the last check"


def test_a_slip_in_the_configuration_does_not_end_the_watch(folder: Path) -> None:
    watcher = Watcher(folder, ".")
    watcher.said()
    replace(folder / "gip-lint.toml", "colour = true\n")
    assert "colour" in watcher.said()
    replace(folder / "gip-lint.toml", 'fail-on = "error"\n')
    assert "错误 0" in watcher.said()
    assert watcher.interrupt() == 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/office/年报/某局.txt", True),
        ("/office/年报/某局.DOCX", True),
        ("/office/年报/某局.docx.gip-lint.toml", True),
        ("/office/年报/notes.png", False),
        ("/office/年报/out.html", False),
        ("/office/别处/某局.txt", False),
        ("/office/one.txt", True),
        ("/office/two.txt", False),
        ("/office/rules/own.yaml", True),
        ("/office/rules/own.yaml~", False),
        ("/office/gip-lint.toml", True),
        ("/office/2024/某局.pdf", True),
        ("/office/2024/某局.pdf.part", False),
    ],
)
def test_which_changes_matter(path: str, expected: bool) -> None:
    relevant = _relevance(
        {"/office/one.txt", "/office/2024/*.pdf"}, ["/office/年报"], ["/office/rules"], {"/office/年报/out.html"}
    )
    assert relevant(path) is expected


def test_standard_input_cannot_be_watched(folder: Path) -> None:
    watcher = Watcher(folder, "-")
    assert watcher.process.wait(20) == 2
