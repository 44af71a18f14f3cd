"""The published schemas say what the formats are: strictly, key by key, in both directions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gip_lint.cli import main
from gip_lint.cli.schemas import SCHEMAS, schema_text
from gip_lint.finding import Run
from gip_lint.reporters.json import json_data
from gip_lint.reporters.json_schema import line_schema, report_schema
from gip_lint.reporters.jsonl import jsonl_data
from results import audit, exception, finding, run, unreadable
from small_run import SMALL_RUN

SAMPLES = sorted(str(path) for path in (Path(__file__).parent.parent / "samples").glob("*/report*"))
RUNS = [
    SMALL_RUN,
    run(),
    run(unreadable("-")),
    run(audit(finding(expired=exception(), baseline_state="new", suppression=exception(None)))),
]


def strict(schema: Any) -> Any:
    """The same schema, refusing every key that it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "properties" in closed else closed


def faults(schema: Any, data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(strict(schema)).iter_errors(data)]


@pytest.mark.parametrize("result", RUNS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_json_and_jsonl_are_what_their_schemas_say(result: Run, language: str) -> None:
    assert faults(report_schema(), json_data(result, language)) == []
    assert [fault for line in jsonl_data(result, language) for fault in faults(line_schema(), line)] == []


def test_the_samples_are_too(tmp_path: Path) -> None:
    whole, lines = tmp_path / "a.json", tmp_path / "a.jsonl"
    main([*SAMPLES, f"--format=json={whole}", f"--format=jsonl={lines}"])
    assert faults(report_schema(), json.loads(whole.read_text(encoding="utf-8"))) == []
    read = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert len(read) > 2 * len(SAMPLES)
    assert [fault for line in read for fault in faults(line_schema(), line)] == []


def test_a_key_too_many_or_too_few_is_seen() -> None:
    data = json_data(SMALL_RUN, "zh")
    assert faults(report_schema(), data | {"more": 1}) != []
    del data["reports"][0]["findings"][0]["basis"]
    assert faults(report_schema(), data) == ["'basis' is a required property"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_printed_and_are_schemas(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    printed = capsys.readouterr().out
    assert printed == schema_text(name)
    jsonschema.Draft202012Validator.check_schema(json.loads(printed))


def test_no_such_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "pdf"]) == 2
    assert capsys.readouterr().err == f"错误：没有 pdf 的 JSON Schema，可用 {', '.join(SCHEMAS)}\n"
