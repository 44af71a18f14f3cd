"""The command `schema`: the JSON Schemas of what gip-lint writes and reads. Returns its exit code."""

from __future__ import annotations

import json
from importlib import import_module

from gip_lint.cli.terminal import write
from gip_lint.errors import UsageError

# What it describes → where the function is that makes it; most are large, and each is imported only when asked for.
SCHEMAS = {
    "json": ("gip_lint.reporters.json_schema", "report_schema"),
    "jsonl": ("gip_lint.reporters.json_schema", "line_schema"),
    "rule": ("gip_lint.rule_file", "rule_schema"),
    "config": ("gip_lint.config_schema", "config_schema"),
    "exceptions": ("gip_lint.config_schema", "exceptions_schema"),
    "baseline": ("gip_lint.config_schema", "baseline_schema"),
}


def schema(name: str) -> int:
    """Print one. Raises `UsageError` when there is none of that name."""
    if name not in SCHEMAS:
        known = ", ".join(SCHEMAS)
        raise UsageError(f"没有 {name} 的 JSON Schema，可用 {known}", f"no JSON Schema {name}; there are {known}")
    write([schema_text(name)])
    return 0


def schema_text(name: str) -> str:
    """The schema as JSON text."""
    module, function = SCHEMAS[name]
    return json.dumps(getattr(import_module(module), function)(), ensure_ascii=False, indent=2) + "\n"
