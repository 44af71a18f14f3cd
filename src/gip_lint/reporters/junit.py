"""JUnit XML, as Jenkins and GitLab read it: a suite a report, in it a case for each rule, so that a mended fault shows as mended.

Valid by the schema of Jenkins' xunit plugin (junit-10.xsd). Jenkins splits class names at full stops into package and class:
the path becomes the package, the group of the rule the class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from gip_lint.finding import AppliedRule, Audit, Finding, NotEvaluated, Severity, Words
from gip_lint.reporters import Request, wording
from gip_lint.reporters.reading_order import in_reading_order
from gip_lint.reporters.source_paths import shown_path

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_INAPPLICABLE = Words("不适用于本报告的版本", "not applicable to the edition of this report")


def report(request: Request) -> Iterator[str]:
    """The run as one document."""
    root = Element("testsuites", name="gip-lint")
    for audit in request.run.audits:
        _suite(root, audit, request)
    _own_suite(root, request)
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, audit: Audit, request: Request) -> None:
    path = shown_path(audit.path, request.root)
    suite = SubElement(root, "testsuite", name=_xml(path), file=_xml(path))
    coverage = audit.coverage._asdict()
    properties = SubElement(suite, "properties")
    for key, value in {"issuer": audit.issuer, "year": audit.year, "edition": audit.edition, **coverage}.items():
        SubElement(properties, "property", name=key, value="" if value is None else _xml(str(value)))
    spoken = {finding.rule for finding in audit.findings}
    for rule in request.run.rules:
        if audit.checked or rule.id in spoken:
            case = SubElement(
                suite,
                "testcase",
                classname=_xml(f"{path.replace('.', '_')}.{rule.group}"),
                name=_xml(f"{rule.id} {rule.title.in_language(request.language)}"),
            )
            _outcome(case, rule, audit, request)
    _count(suite)


def _outcome(case: Element, rule: AppliedRule, audit: Audit, request: Request) -> None:
    language = request.language
    found = [finding for finding in in_reading_order(audit) if finding.rule == rule.id]
    counting = [finding for finding in found if finding.counts]
    gaps = [gap for gap in audit.not_evaluated if gap.rule == rule.id]
    least = Severity.ERROR.rank if request.fail_on == "never" else Severity(request.fail_on).rank
    if counting and not audit.checked:
        _child(case, "error", rule.id, _head(counting, language), _texts(counting, language))
        return
    if any(finding.severity.rank >= least for finding in counting):
        gravest = max((finding.severity for finding in counting), key=lambda severity: severity.rank)
        text = _texts(counting, language) + (f"\n\n{_gaps(gaps, language)}" if gaps else "")
        _child(case, "failure", gravest.value, _head(counting, language), text)
        return
    if gaps:
        _child(case, "skipped", "not-evaluated", _gaps(gaps, language))
    elif len(counting) < len(found):
        reasons = [wording.suppression(f.suppression, language) for f in found if f.suppression]
        _child(case, "skipped", "suppressed", "; ".join(dict.fromkeys(reasons)), _texts(found, language))
    elif rule.id in audit.inapplicable:
        _child(case, "skipped", "not-applicable", _INAPPLICABLE.in_language(language))
    if counting:
        SubElement(case, "system-out").text = _xml(_texts(counting, language))


def _own_suite(root: Element, request: Request) -> None:
    """What is not about one report: faults of gip-lint's own input, and the files that were skipped."""
    run, language = request.run, request.language
    if not run.problems and not run.skipped:
        return
    suite = SubElement(root, "testsuite", name="gip-lint")
    for problem in run.problems:
        text = problem.in_language(language)
        case = SubElement(suite, "testcase", classname="gip-lint.problems", name=_xml(text))
        _child(case, "error", "problem", text)
    for item in run.skipped:
        name = shown_path(item.path, request.root)
        case = SubElement(suite, "testcase", classname="gip-lint.files", name=_xml(name))
        _child(case, "skipped", "skipped", item.reason.in_language(language))
    _count(suite)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for key, tag in _OUTCOMES.items():
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))


def _child(case: Element, tag: str, kind: str, message: str, text: str = "") -> None:
    """Message and text: Jenkins shows both, GitLab only the text."""
    SubElement(case, tag, type=kind, message=_xml(message)).text = _xml(text or message)


def _head(findings: Sequence[Finding], language: str) -> str:
    first = findings[0].message.in_language(language)
    if len(findings) == 1:
        return first
    return f"{first} (and {len(findings) - 1} more)" if language == "en" else f"{first}（共 {len(findings)} 处）"


def _texts(findings: Sequence[Finding], language: str) -> str:
    return "\n\n".join("\n".join(_text(finding, language)) for finding in findings)


def _text(finding: Finding, language: str) -> list[str]:
    level = wording.SEVERITIES[finding.severity].in_language(language)
    excerpt = [finding.excerpt] if finding.excerpt else []
    return [f"{level} {finding.title.in_language(language)}", *wording.details(finding, language), *excerpt]


def _gaps(gaps: Sequence[NotEvaluated], language: str) -> str:
    if language == "en":
        return "not evaluated: " + "; ".join(f"{gap.address} ({gap.reason.en})" for gap in gaps)
    return "未核验：" + "；".join(f"{gap.address}（{gap.reason.zh}）" for gap in gaps)


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
