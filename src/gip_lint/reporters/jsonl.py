"""JSON Lines: one object a line, each with its `kind`, for programs that read a run as it comes.

The keys are those of the JSON format; a line that belongs to a report names its path, issuer, year and edition.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gip_lint.finding import Audit, Run
from gip_lint.reporters import Request
from gip_lint.reporters.json import frame_data, report_data


def report(request: Request) -> Iterator[str]:
    """The run as text, line by line."""
    for item in jsonl_data(request.run, request.language):
        yield json.dumps(item, ensure_ascii=False) + "\n"


def jsonl_data(run: Run, language: str) -> Iterator[dict[str, Any]]:
    """`run` first; each report's `finding`s and `not-evaluated`s, then the `report`; `skipped` … `absent`; `summary`."""
    frame = frame_data(run, language)
    yield {"kind": "run", "version": frame["version"], "tool": frame["tool"]}
    for audit in run.audits:
        yield from _audit(audit, language)
    for item in frame["skipped"]:
        yield {"kind": "skipped", **item}
    for kind in ("problem", "notice"):
        for message in frame[f"{kind}s"]:
            yield {"kind": kind, "message": message}
    for known in frame["absent"]:
        yield {"kind": "absent", **known}
    yield {"kind": "summary", **frame["summary"]}


def _audit(audit: Audit, language: str) -> Iterator[dict[str, Any]]:
    data = report_data(audit, language)
    own = {key: data.pop(key) for key in ("path", "issuer", "year", "edition")}
    findings = data.pop("findings")
    gaps = data.pop("not_evaluated")
    for finding in findings:
        yield {"kind": "finding", **own, **finding}
    for gap in gaps:
        yield {"kind": "not-evaluated", **own, **gap}
    yield {"kind": "report", **own, "findings": len(findings), "not_evaluated": len(gaps), **data}
