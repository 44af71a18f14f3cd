"""SARIF: valid against the published schema, and what code scanning relies on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gip_lint.document import Location, Place
from gip_lint.finding import Run
from gip_lint.reporters import Request
from gip_lint.reporters.sarif import FINGERPRINT, sarif_data
from results import audit, exception, finding, run, unreadable
from small_run import SMALL_RUN, small_request

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def log(result: Run, exit_code: int = 0, root: str = ".") -> Any:
    return sarif_data(Request(result, "zh", exit_code=exit_code, root=root))["runs"][0]


@pytest.mark.parametrize(
    "result", [SMALL_RUN, run(), run(audit()), run(unreadable("-")), run(audit(finding(), path="-"))]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_valid_against_the_published_schema(result: Run, language: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(sarif_data(Request(result, language)))] == []


def test_the_schema_refuses_what_is_wrong() -> None:
    data = sarif_data(small_request("zh"))
    data["runs"][0]["results"][0]["level"] = "info"
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    ("location", "region"),
    [
        (
            Location(12, 3, 12, 5),
            {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 6},
        ),
        (Location(12, 16, 12, 15), {"startLine": 12, "startColumn": 16, "endLine": 12, "endColumn": 16}),
        (Location(12), {"startLine": 12}),
        (Location(12, 3, 12, 5, Place(line=40)), {"startLine": 40}),
        (Location(12, 3, 12, 5, Place(paragraph=4)), None),
        (Location(12, 3, 12, 5, Place(page=4)), None),
        (Location(None), None),
    ],
)
def test_only_a_source_with_lines_has_a_region(location: Location, region: dict[str, int] | None) -> None:
    result = log(run(audit(finding(location=location), path="a.txt")))["results"][0]
    physical: dict[str, Any] = {"artifactLocation": {"uri": "a.txt", "uriBaseId": "ROOT", "index": 0}}
    if region is not None:
        physical["region"] = region
    assert result["locations"][0]["physicalLocation"] == physical


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("报 告/a#1%.txt", {"uri": "%E6%8A%A5%20%E5%91%8A/a%231%25.txt", "uriBaseId": "ROOT"}),
        ("./x/../a:b?.txt", {"uri": "a%3Ab%3F.txt", "uriBaseId": "ROOT"}),
        ("/work here/a.txt", {"uri": "file:///work%20here/a.txt"}),
        ("a\udcff.txt", {"uri": "a%FF.txt", "uriBaseId": "ROOT"}),
    ],
)
def test_paths_become_uris(path: str, location: dict[str, str]) -> None:
    assert log(run(audit(path=path)))["artifacts"][0]["location"] == location


def test_paths_are_seen_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reports").mkdir()
    monkeypatch.chdir(tmp_path / "reports")
    artifacts = log(run(audit(path="a.txt"), audit(path="../b.txt")), root=str(tmp_path))["artifacts"]
    assert [artifact["location"]["uri"] for artifact in artifacts] == ["reports/a.txt", "b.txt"]


def test_identities_have_no_line() -> None:
    here, there = (
        log(run(audit(finding(location=Location(line, 1, line, 2)))))["results"][0]["partialFingerprints"]
        for line in (3, 40)
    )
    assert here == there == {FINGERPRINT: "f" * 20}


def test_suppressions_stand_at_every_result_or_at_none() -> None:
    counted, excepted = finding(), finding(suppression=exception())
    assert all("suppressions" not in result for result in log(run(audit(counted)))["results"])
    suppressions = [result["suppressions"] for result in log(run(audit(counted), audit(excepted)))["results"]]
    assert suppressions == [
        [],
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "主管部门要求写细（办公室，至 2027-03-31，gip-lint.toml:12）",
                "properties": {
                    "kind": "exception",
                    "source": "gip-lint.toml:12",
                    "reason": "主管部门要求写细",
                    "owner": "办公室",
                    "until": "2027-03-31",
                },
            }
        ],
    ]


def test_an_exception_in_the_report_itself_is_in_source() -> None:
    own = exception()._replace(source="a.txt:3")
    result = log(run(audit(finding(suppression=own), path="a.txt")))["results"][0]
    assert result["suppressions"][0]["kind"] == "inSource"


@pytest.mark.parametrize(("code", "well"), [(0, True), (1, True), (2, False), (3, False)])
def test_how_the_run_went(code: int, well: bool) -> None:
    invocation = log(SMALL_RUN, code)["invocations"][0]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (code, well)
    assert [(note["level"], note["message"]["text"]) for note in invocation["toolExecutionNotifications"]] == [
        ("error", "没有这个文件或文件夹：缺.txt"),
        ("error", "文件是空的；未作核验"),
        ("note", "例外 gip-lint.toml:20 没有用到"),
    ]
