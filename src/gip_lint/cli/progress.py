"""A progress bar on standard error, for long runs in a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 0.7  # seconds without a bar; most runs are over by then


class ProgressBar:
    """A context whose value is the callback that the linter calls after each file; None where nobody looks."""

    def __init__(self, language: str) -> None:
        self._words = "checking" if language == "en" else "审核中"
        self._started = time.monotonic()
        self._progress: Progress | None = None

    def __enter__(self) -> Callable[[int, int], None] | None:
        return self._advance if sys.stderr.isatty() else None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _advance(self, done: int, total: int) -> None:
        if self._progress is None:
            if total < 2 or done == total or time.monotonic() - self._started < _PATIENCE:
                return
            self._progress = self._start(total)
        self._progress.update(self._progress.task_ids[0], completed=done)

    def _start(self, total: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        progress.add_task(self._words, total=total)
        progress.start()
        return progress
