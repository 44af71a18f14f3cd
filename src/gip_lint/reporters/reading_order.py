"""The order in which all formats list the findings of a report."""

from __future__ import annotations

from gip_lint.finding import Audit, Finding


def in_reading_order(audit: Audit) -> list[Finding]:
    """From the top of the report to its end; the same for every format."""
    return sorted(audit.findings, key=lambda f: (f.location.line or 0, f.location.column or 0, f.rule))
