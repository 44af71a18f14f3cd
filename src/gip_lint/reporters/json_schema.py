"""The JSON Schemas of the formats `json` and `jsonl`, version 1: published in docs/schemas/, printed by `gip-lint schema`.

Within a version keys may be added, never taken away or given another meaning; so unknown keys are allowed.
"""

from __future__ import annotations

from typing import Any

from gip_lint.finding import Severity
from gip_lint.reporters.json import VERSION

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def report_schema() -> Schema:
    """The schema of `--format json`."""
    return {
        "$schema": _DIALECT,
        "title": "gip-lint --format json",
        "description": f"A run of gip-lint, version {VERSION}. Every key is always there; null means unknown or none.",
        **_object(
            {
                "version": _const(VERSION, "of this shape"),
                "tool": _TOOL,
                "reports": _list(_ref("report"), "the files read or refused, in the order in which they were checked"),
                "skipped": _list(_ref("skipped"), "files of a folder that are no annual reports"),
                "problems": _list(_text(), "faults of the command line, the configuration or a rule file: exit code 2"),
                "notices": _list(_text(), "worth knowing, without consequence for the exit code"),
                "absent": _list(_ref("known"), "findings of the baseline that these reports no longer have"),
                "summary": _ref("summary"),
            }
        ),
        "$defs": _DEFINITIONS | {"report": _object(_OF_A_REPORT | _REPORT)},
    }


def line_schema() -> Schema:
    """The schema of one line of `--format jsonl`."""
    kinds = {
        "run": {"version": _const(VERSION, "of this shape"), "tool": _TOOL},
        "finding": _OF_A_REPORT | _FINDING,
        "not-evaluated": _OF_A_REPORT | _NOT_EVALUATED,
        "report": _OF_A_REPORT
        | {
            "findings": _count("how many lines of kind finding stand before this one for this report"),
            "not_evaluated": _count("how many lines of kind not-evaluated do"),
            "coverage": _ref("coverage"),
        },
        "skipped": _SKIPPED,
        "problem": {"message": _text("a fault of the command line, the configuration or a rule file: exit code 2")},
        "notice": {"message": _text("worth knowing, without consequence for the exit code")},
        "absent": _KNOWN,
        "summary": _SUMMARY,
    }
    return {
        "$schema": _DIALECT,
        "title": "gip-lint --format jsonl",
        "description": f"One line of a run of gip-lint, version {VERSION}; `kind` says which.",
        "oneOf": [_object({"kind": {"const": kind}} | keys) for kind, keys in kinds.items()],
        "$defs": {name: _DEFINITIONS[name] for name in ("suppression", "compared", "coverage")},
    }


def _object(keys: dict[str, Schema], description: str = "") -> Schema:
    return {"type": "object", "properties": keys, "required": list(keys)} | _described(description)


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _text(description: str = "") -> Schema:
    return {"type": "string"} | _described(description)


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def _position(description: str) -> Schema:
    return {"type": ["integer", "null"], "minimum": 1, "description": description}


def _optional(description: str, kind: str = "string") -> Schema:
    return {"type": [kind, "null"], "description": description}


def _const(value: int, description: str) -> Schema:
    return {"const": value, "description": description}


def _one_of(values: list[str | None], description: str) -> Schema:
    return {"enum": values, "description": description}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(name: str, description: str) -> Schema:
    return {"anyOf": [_ref(name), {"type": "null"}], "description": description}


def _described(text: str) -> Schema:
    return {"description": text} if text else {}


_TOOL = _object({"name": {"const": "gip-lint"}, "version": _text("of gip-lint")})
_OF_A_REPORT = {
    "path": _text("the file as it was found; - is standard input"),
    "issuer": _optional("the body whose report it is (机关名称)"),
    "year": _optional("the reporting year", "integer"),
    "edition": _optional("the form that the report follows, by the year of its notice"),
}
_FIGURE = {"type": ["number", "string"], "description": "text where no JSON number says the same"}
_FINDING: dict[str, Schema] = {
    "rule": _text("id of the rule"),
    "group": _text("its group"),
    "severity": _one_of([severity.value for severity in Severity], "how grave it is"),
    "origin": _one_of(["report", "reading"], "a defect of the report, or likely an artefact of converting it"),
    "title": _text("the fault in a few words"),
    "message": _text("the fault with its figures"),
    "address": _text("where in the form: 表三/行/列; empty where it has no such place"),
    "cells": _list(_text(), "addresses of the cells at fault"),
    "operands": _list(_text(), "addresses of the cells that they were held against"),
    "line": _position("line of the source; null where it has no lines"),
    "column": _position("first character in that line, counted in characters"),
    "end_line": _position("last line"),
    "end_column": _position("last character, itself included"),
    "page": _position("page of a PDF or OFD file"),
    "box": {
        "type": ["array", "null"],
        "items": {"type": "number"},
        "minItems": 4,
        "maxItems": 4,
        "description": "left, top, right, bottom on that page, in points from its upper left corner",
    },
    "paragraph": _position("paragraph of a word processor's file"),
    "table": _position("table of a word processor's file"),
    "row": _position("row of that table"),
    "cell": _position("cell of that row"),
    "excerpt": _text("the line, or the row of the table as the form has it"),
    "basis": _text("the article or notice that the rule rests on"),
    "figures": {"type": "object", "description": "the numbers of the arithmetic by name"},
    "compared": _or_null("compared", "where one figure is held against one other"),
    "suggestion": _optional("what to do"),
    "fingerprint": _text("the same for the same finding in every run; neither path nor line counts"),
    "suppression": _or_null("suppression", "why it does not count; null where it does"),
    "expired": _or_null("suppression", "the exception that covered it until its day passed"),
    "baseline_state": _one_of(["new", "unchanged", None], "null without a baseline"),
}
_NOT_EVALUATED = {
    "rule": _text("id of the rule"),
    "address": _text("where it was to be applied"),
    "reason": _text("why it could not be"),
}
_SKIPPED = {"path": _text("of the file"), "reason": _text("why it was skipped")}
_KNOWN: dict[str, Schema] = {
    "issuer": _text("the body whose report it was in"),
    "year": {"type": "integer", "description": "the reporting year"},
    "rule": _text("id of the rule"),
    "address": _text("where it was in the form"),
    "figures": {"type": "object", "description": "the numbers of the arithmetic by name"},
    "fingerprint": _text("by which it would be found again"),
}
_SUMMARY = {
    "reports": _count("files read or refused"),
    "errors": _count("findings of that severity that count"),
    "warnings": _count("findings of that severity that count"),
    "infos": _count("findings of that severity that count"),
    "excepted": _count("findings that do not count by an exception"),
    "baselined": _count("findings that do not count because the baseline has them"),
}
_REPORT: dict[str, Schema] = {
    "findings": _list(_ref("finding"), "in reading order"),
    "coverage": _ref("coverage"),
    "not_evaluated": _list(_ref("not_evaluated"), "what could not be checked, and why"),
}
_DEFINITIONS: dict[str, Schema] = {
    "finding": _object(_FINDING),
    "not_evaluated": _object(_NOT_EVALUATED),
    "skipped": _object(_SKIPPED),
    "known": _object(_KNOWN),
    "summary": _object(_SUMMARY),
    "coverage": _object(
        {
            "held": _count("relations that agree"),
            "violated": _count("relations that do not"),
            "not_evaluated": _count("relations that could not be evaluated"),
            "not_applicable": _count("rules that say nothing about a report of this edition"),
        },
        "relations of figures: sums and comparisons",
    ),
    "compared": _object(
        {
            "reported": _FIGURE,
            "computed": _FIGURE,
            "difference": _FIGURE,
        },
        "the figure of the report, the one it ought to be, and how far apart they are",
    ),
    "suppression": _object(
        {
            "kind": _one_of(["exception", "baseline"], "an office's exception, or its baseline"),
            "source": _text("where that is written"),
            "reason": _optional("why"),
            "owner": _optional("who answers for it"),
            "until": _optional("the last day on which it holds, as 2027-03-31"),
        }
    ),
}
