"""The baseline: findings that an office knows of and has put off, so that a run fails only for new ones.

One file, one finding a line, sorted. A finding is known by rule, issuer, year, address and figures: by its fingerprint.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from gip_lint.errors import ConfigError, UsageError
from gip_lint.finding import Audit, Finding, KnownFinding, Run, Suppression, Words
from gip_lint.reporters.json import plain_figures

FILE = "gip-lint-baseline.json"
VERSION = 1
NEW, UNCHANGED = "new", "unchanged"
_KEYS: dict[str, type] = {
    "issuer": str,
    "year": int,
    "rule": str,
    "address": str,
    "figures": dict,
    "fingerprint": str,
}


class Change(NamedTuple):
    """What a run over reports means for a baseline.

    `kept` are still found, `gone` no longer; of `unseen` this run cannot tell, because their report was not audited or
    their rule not applied. `new` are not in it. `nameless` cannot be in any: their report does not say whose it is or
    for which year.
    """

    kept: tuple[KnownFinding, ...]
    gone: tuple[KnownFinding, ...]
    unseen: tuple[KnownFinding, ...]
    new: tuple[tuple[Audit, Finding], ...]
    nameless: tuple[tuple[Audit, Finding], ...]


def read_baseline(path: str) -> tuple[KnownFinding, ...]:
    """The findings of a baseline file. Raises `ConfigError` when it is not one."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except FileNotFoundError:
        raise ConfigError(
            f"没有基线文件 {path}；先运行 gip-lint baseline create",
            f"no baseline {path}; make one with gip-lint baseline create",
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}：无法读取：{error.strerror}", f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{path}：不是基线文件：{error}", f"{path}: not a baseline: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigError(f"{path}：不是基线文件", f"{path}: not a baseline")
    if data.get("version") != VERSION:
        raise ConfigError(
            f"{path}：version 应为 {VERSION}，请重新生成", f"{path}: version must be {VERSION}; make it anew"
        )
    return tuple(_known(path, number, entry) for number, entry in enumerate(data["findings"], 1))


def _known(path: str, number: int, entry: Any) -> KnownFinding:
    if isinstance(entry, dict) and set(entry) == set(_KEYS):
        wrong = [key for key, kind in _KEYS.items() if not isinstance(entry[key], kind)]
        if not wrong:
            return KnownFinding(**entry)
    raise ConfigError(
        f"{path}：第 {number} 项有误，应有 {'、'.join(_KEYS)}",
        f"{path}: entry {number} is wrong; it has {', '.join(_KEYS)}",
    )


def write_baseline(path: str, findings: Iterable[KnownFinding]) -> None:
    """Write the file whole or not at all. Raises `UsageError` when that cannot be."""
    temporary = f"{path}.{os.getpid()}"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(baseline_text(findings))
        os.replace(temporary, path)
    except OSError as error:
        raise UsageError(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}") from error


def baseline_text(findings: Iterable[KnownFinding]) -> str:
    """The file: the same findings always make the same text."""
    lines = sorted({_sort_key(finding): _line(finding) for finding in findings}.items())
    inside = ",\n".join(f"    {line}" for _, line in lines)
    entries = f"\n{inside}\n  " if inside else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{entries}]\n}}\n'


def _sort_key(finding: KnownFinding) -> tuple[str, int, str, str, str]:
    return finding.issuer, finding.year, finding.rule, finding.address, finding.fingerprint


def _line(finding: KnownFinding) -> str:
    return json.dumps({key: getattr(finding, key) for key in _KEYS}, ensure_ascii=False)


def change(baseline: Sequence[KnownFinding], run: Run) -> Change:
    """What a run, made without that baseline, means for it. Findings that an exception covers do not belong in it."""
    known = {finding.fingerprint for finding in baseline}
    found = [(audit, finding) for audit in run.audits for finding in audit.findings if finding.counts]
    present = {finding.fingerprint for audit, finding in found if _named(audit)}
    seen = _Seen(run)
    rest = [finding for finding in baseline if seen.by_this_run(finding)]
    return Change(
        kept=tuple(finding for finding in rest if finding.fingerprint in present),
        gone=tuple(finding for finding in rest if finding.fingerprint not in present),
        unseen=tuple(finding for finding in baseline if not seen.by_this_run(finding)),
        new=tuple(item for item in found if _named(item[0]) and item[1].fingerprint not in known),
        nameless=tuple(item for item in found if not _named(item[0])),
    )


def known_finding(audit: Audit, finding: Finding) -> KnownFinding:
    """The finding as a baseline keeps it; the audit says whose report it is, and of which year."""
    assert audit.issuer is not None
    assert audit.year is not None
    return KnownFinding(
        audit.issuer,
        audit.year,
        finding.rule,
        finding.address,
        plain_figures(finding.figures),
        finding.fingerprint,
    )


def with_baseline(run: Run, baseline: Sequence[KnownFinding], source: str) -> Run:
    """The run with what is in the baseline marked: it does not count. `source` is the baseline's file."""
    known = {finding.fingerprint for finding in baseline}
    suppression = Suppression("baseline", source)
    audits = tuple(
        audit._replace(
            findings=tuple(_marked(finding, known if _named(audit) else (), suppression) for finding in audit.findings)
        )
        for audit in run.audits
    )
    present = {finding.fingerprint for audit in audits if _named(audit) for finding in audit.findings}
    seen = _Seen(run)
    absent = tuple(finding for finding in baseline if finding.fingerprint not in present and seen.by_this_run(finding))
    notices = run.notices
    if absent:
        notices = (
            *notices,
            Words(
                f"{source}：{len(absent)} 个问题已不存在，gip-lint baseline prune 可以删去",
                f"{source}: {len(absent)} finding(s) are no longer there; gip-lint baseline prune takes them out",
            ),
        )
    return run._replace(audits=audits, absent=absent, notices=notices)


def _marked(finding: Finding, known: Collection[str], suppression: Suppression) -> Finding:
    if finding.fingerprint not in known:
        return finding._replace(baseline_state=NEW)
    return finding._replace(baseline_state=UNCHANGED, suppression=finding.suppression or suppression)


def _named(audit: Audit) -> bool:
    """Whether it is known whose report it is and for which year: otherwise its findings are those of any other."""
    return audit.issuer is not None and audit.year is not None


class _Seen:
    """Which findings a run would have found, had they been there."""

    def __init__(self, run: Run) -> None:
        self.reports = {(audit.issuer, audit.year) for audit in run.audits if audit.checked}
        self.rules = {rule.id for rule in run.rules}

    def by_this_run(self, finding: KnownFinding) -> bool:
        return (finding.issuer, finding.year) in self.reports and finding.rule in self.rules
