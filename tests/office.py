"""A folder with reports, in which the tests run the real command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import gip_lint

ROOT = Path(__file__).parent.parent
FAULTY = (ROOT / "samples" / "first-look" / "report.txt").read_text(encoding="utf-8")
CLEAN = FAULTY
for _wrong, _right in (
    ("86500元", "8.6500"),
    ("四、结转下年度继续办理\t\t\t2\t", "四、结转下年度继续办理\t\t\t3\t"),
    ("1\t0\t0\t0\t1\t0\t0\t\t0", "1\t0\t0\t0\t1\t0\t0\t0\t0"),
    ("五、主要问题及改进措施", "五、存在的主要问题及改进情况"),
):
    assert _wrong in CLEAN
    CLEAN = CLEAN.replace(_wrong, _right)
PYTHON = [sys.executable, "-m", "gip_lint"]


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Office:
    """A folder with reports, in which the command is run."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))
        } | {
            "PYTHONPATH": str(Path(gip_lint.__file__).parent.parent),
            "XDG_CACHE_HOME": str(cache),
            "LANG": "zh_CN.UTF-8",
            "COLUMNS": "80",
            "TERM": "xterm-256color",
        }
        self.environment.pop("NO_COLOR", None)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, *arguments: str, given: str | None = None, environment: Mapping[str, str] | None = None) -> Outcome:
        done = subprocess.run(
            [*PYTHON, *arguments],
            cwd=self.folder,
            env={**self.environment, **(environment or {})},
            input=None if given is None else given.encode(),
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def heed_interrupts() -> None:
    """To be run in a child process: a shell lets the programs it starts in the background ignore Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
