"""JSON Lines say the same as the JSON format, line by line."""

from __future__ import annotations

from gip_lint.reporters.json import json_data
from gip_lint.reporters.jsonl import jsonl_data
from small_run import SMALL_RUN


def test_put_together_the_lines_are_the_json_format() -> None:
    lines = list(jsonl_data(SMALL_RUN, "zh"))
    whole = json_data(SMALL_RUN, "zh")
    kinds = [line["kind"] for line in lines]
    first = ["finding", "finding", "finding", "not-evaluated", "not-evaluated", "report"]
    others = ["finding", "finding", "report", "finding", "report"]
    assert kinds == ["run", *first, *others, "skipped", "problem", "notice", "absent", "summary"]

    def of(kind: str, path: str) -> list[dict[str, object]]:
        heading = ("kind", "path", "issuer", "year", "edition")
        return [
            {key: value for key, value in line.items() if key not in heading}
            for line in lines
            if line["kind"] == kind and line["path"] == path
        ]

    for report in whole["reports"]:
        assert of("finding", report["path"]) == report["findings"]
        assert of("not-evaluated", report["path"]) == report["not_evaluated"]
        counts = {"findings": len(report["findings"]), "not_evaluated": len(report["not_evaluated"])}
        assert of("report", report["path"]) == [counts | {"coverage": report["coverage"]}]
    assert lines[0] == {"kind": "run", "version": whole["version"], "tool": whole["tool"]}
    assert lines[-5:] == [
        {"kind": "skipped"} | whole["skipped"][0],
        {"kind": "problem", "message": whole["problems"][0]},
        {"kind": "notice", "message": whole["notices"][0]},
        {"kind": "absent"} | whole["absent"][0],
        {"kind": "summary"} | whole["summary"],
    ]
