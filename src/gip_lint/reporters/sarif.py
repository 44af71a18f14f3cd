"""SARIF 2.1.0, for code scanning and its viewers: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gip_lint import __version__
from gip_lint.document import Location, Place
from gip_lint.finding import AppliedRule, Audit, Finding, Severity, Suppression
from gip_lint.reporters import Request, wording
from gip_lint.reporters.json import finding_data, frame_data, location_keys, report_data
from gip_lint.reporters.reading_order import in_reading_order
from gip_lint.reporters.source_paths import STANDARD_INPUT, file_uri, relative_uri

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gipLint/v1"
_ROOT = "ROOT"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_GITHUB_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_ENDED_WELL = (0, 1)


def report(request: Request) -> Iterator[str]:
    """The run as one SARIF log."""
    yield json.dumps(sarif_data(request), ensure_ascii=False, indent=2) + "\n"


def sarif_data(request: Request) -> dict[str, Any]:
    """The log as plain dictionaries and lists."""
    run = request.run
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "gip-lint",
                        "fullName": f"gip-lint {__version__}",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule, request.language) for rule in run.rules],
                    }
                },
                "automationDetails": {"id": "gip-lint/"},
                "language": "en" if request.language == "en" else "zh-CN",
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": _root_words(request.language)}}},
                "invocations": [_invocation(request)],
                "artifacts": [_artifact(audit, request) for audit in run.audits],
                "results": list(_results(request)),
                "properties": {
                    "coverage": {
                        key: sum(getattr(audit.coverage, key) for audit in run.audits)
                        for key in ("held", "violated", "not_evaluated", "not_applicable")
                    },
                    "skipped": [
                        {"path": item.path, "reason": item.reason.in_language(request.language)} for item in run.skipped
                    ],
                    "absent": frame_data(run, request.language)["absent"],
                },
            }
        ],
    }


def _root_words(language: str) -> str:
    if language == "en":
        return "the root of the repository, or the folder in which gip-lint was run"
    return "仓库的根目录；不在仓库中时为运行 gip-lint 的目录"


# -- rules ------------------------------------------------------------------------------------------------------------


def _rule(rule: AppliedRule, language: str) -> dict[str, Any]:
    title = rule.title.in_language(language)
    why = rule.why.in_language(language)
    basis = "Basis" if language == "en" else "依据"
    more = "More" if language == "en" else "详见"
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in f"{rule.group}-{rule.id}".split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\n\n{basis}: {rule.basis}\n\n{more}: gip-lint explain {rule.id}",
            "markdown": f"{why}\n\n**{basis}**: {rule.basis}\n\n{more}: `gip-lint explain {rule.id}`",
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "basis": rule.basis,
            "tags": [rule.group],
            "problem.severity": _GITHUB_SEVERITIES[rule.severity],
        },
    }


# -- how the run went -------------------------------------------------------------------------------------------------


def _invocation(request: Request) -> dict[str, Any]:
    language = request.language
    notes = [_notification("error", problem.in_language(language)) for problem in request.run.problems]
    for number, audit in enumerate(request.run.audits):
        if not audit.checked:
            notes += [
                _notification("error", finding.message.in_language(language))
                | {"locations": [_where(number, audit, request)]}
                for finding in audit.findings
            ]
    notes += [_notification("note", notice.in_language(language)) for notice in request.run.notices]
    return {
        "executionSuccessful": request.exit_code in _ENDED_WELL,
        "exitCode": request.exit_code,
        "exitCodeDescription": wording.EXIT_CODES[request.exit_code].in_language(language),
        "toolExecutionNotifications": notes,
    }


def _notification(level: str, text: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _artifact(audit: Audit, request: Request) -> dict[str, Any]:
    """The report with what is known of it, and what was and was not checked in it."""
    data = report_data(audit._replace(findings=()), request.language)
    del data["findings"], data["path"]
    return {"location": _uri(audit.path, request), "properties": data}


def _uri(path: str, request: Request) -> dict[str, Any]:
    if path == STANDARD_INPUT:
        return {"description": {"text": wording.STANDARD_INPUT.in_language(request.language)}}
    uri = relative_uri(path, request.root)
    return {"uri": file_uri(path)} if uri is None else {"uri": uri, "uriBaseId": _ROOT}


# -- results ----------------------------------------------------------------------------------------------------------


def _results(request: Request) -> Iterator[dict[str, Any]]:
    run = request.run
    rules = {rule.id: number for number, rule in enumerate(run.rules)}
    suppressing = any(not finding.counts for audit in run.audits for finding in audit.findings)
    for number, audit in enumerate(run.audits):
        for finding in in_reading_order(audit):
            result = _result(finding, number, audit, request)
            if finding.rule in rules:
                result["ruleIndex"] = rules[finding.rule]
            if finding.suppression is not None:
                result["suppressions"] = [_suppression(finding.suppression, audit.path, request.language)]
            elif suppressing:
                result["suppressions"] = []  # the standard wants them at every result of a run or at none
            yield result


def _result(finding: Finding, number: int, audit: Audit, request: Request) -> dict[str, Any]:
    language = request.language
    data = finding_data(finding, language)
    advice = f"\n{data['suggestion']}" if data["suggestion"] else ""
    where = _where(number, audit, request, finding.location)
    addresses = dict.fromkeys(address for address in (finding.address, *finding.cells) if address)
    if addresses:
        where["logicalLocations"] = [_logical(address) for address in addresses]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": data["message"] + advice},
        "locations": [where] if where else [],
    }
    related = [{"logicalLocations": [_logical(address)]} for address in finding.operands]
    if finding.suspect is not None:
        related.append(
            _where(number, audit, request, finding.suspect.location)
            | {
                "message": {"text": wording.suspect_sentence(finding.suspect, language)},
                "logicalLocations": [_logical(finding.suspect.address)],
            }
        )
    if related:
        result["relatedLocations"] = [{"id": n} | location for n, location in enumerate(related)]
    result["partialFingerprints"] = {FINGERPRINT: finding.fingerprint}
    if finding.baseline_state is not None:
        result["baselineState"] = finding.baseline_state
    result["properties"] = {
        key: data[key]
        for key in ("group", "origin", "excerpt", "basis", "figures", "compared", "suggestion", "expired", *_PLACES)
        if data[key] not in (None, "", {}, [])
    }
    return result


_PLACES = tuple(key for key in location_keys(Location(None)) if "line" not in key and "column" not in key)


def _where(number: int, audit: Audit, request: Request, location: Location = Location(None)) -> dict[str, Any]:
    """The physical location, as far as lines can tell it."""
    if audit.path == STANDARD_INPUT:
        return {}
    physical: dict[str, Any] = {"artifactLocation": _uri(audit.path, request) | {"index": number}}
    region = _region(location)
    if region:
        physical["region"] = region
    return {"physicalLocation": physical}


def _region(location: Location) -> dict[str, Any]:
    """Lines and columns of the source itself; SARIF's end column is the one after the last."""
    place = location.place or Place(location.line)
    if place.line is None:
        return {}
    region: dict[str, Any] = {"startLine": place.line}
    if location.place is None:
        region |= {
            key: value
            for key, value in (
                ("startColumn", location.column),
                ("endLine", location.end_line),
                ("endColumn", location.end_column + 1 if location.end_column else None),
            )
            if value is not None
        }
    return region


def _logical(address: str) -> dict[str, Any]:
    return {"name": address.rpartition("/")[2], "fullyQualifiedName": address}


def _suppression(given: Suppression, path: str, language: str) -> dict[str, Any]:
    return {
        "kind": "inSource" if given.source.startswith(f"{path}:") else "external",
        "status": "accepted",
        "justification": wording.suppression(given, language),
        "properties": given._asdict(),
    }
