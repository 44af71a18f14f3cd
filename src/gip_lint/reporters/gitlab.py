"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.

It has no room for what was not checked: that stands in the log of the job (`--format text` beside it) and in the exit code.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from gip_lint.finding import Finding, Severity
from gip_lint.reporters import Request
from gip_lint.reporters.json import location_keys
from gip_lint.reporters.reading_order import in_reading_order
from gip_lint.reporters.source_paths import shown_path

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(request: Request) -> Iterator[str]:
    """The findings that count, as one JSON document."""
    yield json.dumps(gitlab_data(request), ensure_ascii=False, indent=2) + "\n"


def gitlab_data(request: Request) -> list[dict[str, Any]]:
    """The same as plain dictionaries. Of findings with one fingerprint GitLab would show but one: the others are numbered."""
    seen: Counter[str] = Counter()
    issues = []
    for audit in request.run.audits:
        for finding in in_reading_order(audit):
            if not finding.counts:
                continue
            seen[finding.fingerprint] += 1
            number = seen[finding.fingerprint]
            issues.append(
                {
                    "description": _description(finding, request.language),
                    "check_name": finding.rule,
                    "fingerprint": finding.fingerprint + (f"-{number}" if number > 1 else ""),
                    "severity": _SEVERITIES[finding.severity],
                    "location": {
                        "path": shown_path(audit.path, request.root),
                        # GitLab wants a line of every source, also of those that have none.
                        "lines": {"begin": location_keys(finding.location)["line"] or 1},
                    },
                }
            )
    return issues


def _description(finding: Finding, language: str) -> str:
    message = finding.message.in_language(language)
    if not finding.address:
        return message
    return f"{message} ({finding.address})" if language == "en" else f"{message}（{finding.address}）"
