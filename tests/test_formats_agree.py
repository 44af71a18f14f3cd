"""Every format tells of the same findings: read back from what the command wrote for the samples and for generated reports."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from gip_lint.cli import main
from samples import samples

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("samples/*/report*"))
NAMES = ("json", "jsonl", "sarif", "junit", "github", "gitlab", "csv")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Format → what one run wrote."""
    folder = tmp_path_factory.mktemp("formats")
    for sample in samples(60, 7, None, None, "some"):
        (folder / sample.name).write_bytes(sample.octets)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        (folder / "empty.txt").write_text("")
        return formats(folder, folder)


def formats(reports: Path, folder: Path) -> dict[str, str]:
    """What a run over the shipped samples and the given folder writes."""
    options = [f"--format={name}={folder / name}" for name in NAMES]
    assert main([*SHIPPED, str(reports / "*.txt"), *options, "--lang", "zh"]) == 3
    return {name: (folder / name).read_text(encoding="utf-8") for name in NAMES}


def of_json(text: str) -> Counter[tuple[str, ...]]:
    """(path, rule, address, fingerprint) of every finding."""
    return Counter(
        (report["path"], finding["rule"], finding["address"], finding["fingerprint"])
        for report in json.loads(text)["reports"]
        for finding in report["findings"]
    )


def test_there_is_much_to_agree_on(written: dict[str, str]) -> None:
    found = of_json(written["json"])
    assert found.total() > 60
    assert len({rule for _, rule, _, _ in found}) > 20
    assert "unreadable-file" in {rule for _, rule, _, _ in found}


def test_jsonl(written: dict[str, str]) -> None:
    lines = [json.loads(line) for line in written["jsonl"].splitlines()]
    found = Counter(
        (line["path"], line["rule"], line["address"], line["fingerprint"])
        for line in lines
        if line["kind"] == "finding"
    )
    assert found == of_json(written["json"])


def test_csv(written: dict[str, str]) -> None:
    lines = csv.DictReader(written["csv"].removeprefix("\ufeff").splitlines())
    found = Counter(
        (row["path"], row["rule"], row["address"], row["fingerprint"]) for row in lines if row["kind"] == "finding"
    )
    assert found == of_json(written["json"])


def test_sarif(written: dict[str, str]) -> None:
    run = json.loads(written["sarif"])["runs"][0]
    found: Counter[tuple[str, ...]] = Counter()
    for result in run["results"]:
        location = result["locations"][0]
        path = unquote(location["physicalLocation"]["artifactLocation"]["uri"]).removeprefix("file://")
        address = location.get("logicalLocations", [{"fullyQualifiedName": ""}])[0]["fullyQualifiedName"]
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert rule == result["ruleId"]
        found[path, rule, address, *result["partialFingerprints"].values()] += 1
    assert found == of_json(written["json"])


def test_gitlab(written: dict[str, str]) -> None:
    issues = json.loads(written["gitlab"])
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)
    found = Counter(
        (issue["location"]["path"], issue["check_name"], issue["fingerprint"].partition("-")[0]) for issue in issues
    )
    expected = of_json(written["json"])
    assert found == Counter((path, rule, print_) for path, rule, _, print_ in expected.elements())


def test_github(written: dict[str, str]) -> None:
    lines = [line for line in written["github"].splitlines() if line.startswith("::")]
    found: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        match = re.fullmatch(r"::(?:error|warning|notice) file=([^,]*),.*?title=[^:]*\(([a-z-]+)\)::(.*)", line)
        assert match is not None
        found[match[1], match[2]] += 1
    assert found == Counter((path, rule) for path, rule, _, _ in of_json(written["json"]).elements())


def test_junit(written: dict[str, str]) -> None:
    """Each finding's message and address stand in the case of its rule, and nothing else is a failure."""
    texts = {}
    for suite in ElementTree.fromstring(written["junit"]):
        for case in suite.iter("testcase"):
            text = "\n".join(child.text or "" for child in case if child.get("type") != "not-evaluated")
            if text:
                texts[suite.get("name", ""), case.get("name", "").partition(" ")[0]] = text
    run = json.loads(written["json"])
    reports = run["reports"]
    inapplicable = "不适用于本报告的版本"
    passed_over = {("gip-lint", skipped["path"]) for skipped in run["skipped"]}
    assert {key for key, text in texts.items() if text != inapplicable} == passed_over | {
        (report["path"], finding["rule"]) for report in reports for finding in report["findings"]
    }
    for report in reports:
        for finding in report["findings"]:
            text = texts[report["path"], finding["rule"]]
            assert finding["message"] in text
            assert finding["address"] in text


def test_two_runs_write_the_same_bytes(
    written: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    folder = Path(json.loads(written["json"])["reports"][-1]["path"]).parent
    assert formats(folder, tmp_path) == written
