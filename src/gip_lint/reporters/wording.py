"""The reporters' own words in both languages; what a finding says comes from its rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gip_lint.document import Location, Place
from gip_lint.finding import CAUSES, Audit, Finding, NotEvaluated, Run, Severity, Suppression, Suspect, Words

SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "info"),
}
SUPPRESSIONS = {"exception": Words("例外", "excepted"), "baseline": Words("基线", "in the baseline")}
ADVICE = Words("建议", "advice")
BASIS = Words("依据", "basis")
STANDARD_INPUT = Words("标准输入", "standard input")
EXIT_CODES = {
    0: Words("没有达到 --fail-on 级别的问题", "no finding at or above --fail-on"),
    1: Words(
        "有达到 --fail-on 级别的问题，或按要求须核验的内容未能核验",
        "findings at or above --fail-on, or something unchecked that had to be checked",
    ),
    2: Words(
        "用法、配置或规则有误，结果可能不完整", "a fault in usage, configuration or rules; the result may be incomplete"
    ),
    3: Words("有文件读不出来，或什么也没有审核", "a file that cannot be read, or nothing checked"),
}
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}


def place(location: Location, language: str) -> str:
    """`第 12 行第 3 列`, `表 2 第 5 行第 3 格`, `第 3 页`; empty where nothing is known."""
    english = language == "en"
    if location.place is not None:
        return _place(location.place, english)
    if location.line is None:
        return ""
    if location.column is None:
        return f"line {location.line}" if english else f"第 {location.line} 行"
    if english:
        return f"line {location.line}, column {location.column}"
    return f"第 {location.line} 行第 {location.column} 列"


def _place(place: Place, english: bool) -> str:
    zh, en = [], []
    for value, chinese, word in (
        (place.page, "第 {} 页", "page {}"),
        (place.line, "第 {} 行", "line {}"),
        (place.paragraph, "第 {} 段", "paragraph {}"),
        (place.table, "表格 {} ", "table {}"),
        (place.row, "第 {} 行", "row {}"),
        (place.cell, "第 {} 格", "cell {}"),
    ):
        if value is not None:
            zh.append(chinese.format(value))
            en.append(word.format(value))
    return ", ".join(en) if english else "".join(zh)


def where(finding: Finding, language: str) -> str:
    """`第 12 行第 3 列 · 表三/…`; empty where nothing is known."""
    return " · ".join(part for part in (place(finding.location, language), finding.address) if part)


def details(finding: Finding, language: str) -> list[str]:
    """What a finding says, in plain lines: message, place, advice, basis."""
    colon = ": " if language == "en" else "："
    advice = suggestion(finding, language)
    notes = ((ADVICE, advice), (BASIS, finding.basis))
    lines = [finding.message.in_language(language), where(finding, language)]
    lines += [words.in_language(language) + colon + text for words, text in notes if text]
    return [line for line in lines if line]


def suspect_sentence(suspect: Suspect, language: str) -> str:
    """The one cell to look at, and what would mend the table."""
    if language == "en":
        return (
            f"{suspect.address} is {suspect.value}; {suspect.expected} would mend every broken relation of this table"
        )
    return f"{suspect.address}现为 {suspect.value}，改为 {suspect.expected} 则本表各项勾稽关系全部成立"


def suggestion(finding: Finding, language: str) -> str | None:
    """What to do: the rule's own suggestion, else the suspect cell."""
    if finding.suggestion is not None or finding.suspect is None:
        return finding.suggestion
    return suspect_sentence(finding.suspect, language)


def suppression(given: Suppression, language: str) -> str:
    """`市里要求写细（办公室，至 2027-03-31，gip-lint.toml:12）`."""
    until = f"until {given.until}" if language == "en" else f"至 {given.until}"
    return _reasoned(given, [until] if given.until else [], language)


def expired_sentence(given: Suppression, language: str) -> str:
    """That an exception covered this finding, and until when."""
    reasoned = _reasoned(given, [], language)
    return f"{given.until}: {reasoned}" if language == "en" else f"已于 {given.until} 到期：{reasoned}"


def _reasoned(given: Suppression, until: list[str], language: str) -> str:
    told = [*([given.owner] if given.owner else []), *until, given.source]
    if language == "en":
        return f"{given.reason or ''} ({', '.join(told)})"
    return f"{given.reason or ''}（{'，'.join(told)}）"


def cause(key: str, language: str) -> str:
    """Why something was not evaluated, in a word or two."""
    return CAUSES[key].in_language(language) if key in CAUSES else key


def places(addresses: Sequence[str]) -> list[str]:
    """The addresses with their table named only once where it is the same for all: 表三/自然人、商业企业."""
    prefix = addresses[0].partition("/")[0] + "/" if addresses else ""
    if not all(address.startswith(prefix) for address in addresses):
        return list(addresses)
    return [*addresses[:1], *(address.removeprefix(prefix) for address in addresses[1:])]


def coverage(audit: Audit, language: str) -> str:
    """`勾稽关系 67 项：一致 61，不一致 2，未核验 4（空白 3、缺行或缺列 1）`."""
    counts = audit.coverage
    total = counts.held + counts.violated + counts.not_evaluated
    if not total:
        return "no relation of figures was checked" if language == "en" else "没有核验任何勾稽关系"
    causes = _causes((gap for gap in audit.not_evaluated if gap.relation), language) if counts.not_evaluated else ""
    if language == "en":
        return (
            f"{total} relations of figures: {counts.held} hold, {counts.violated} broken, "
            f"{counts.not_evaluated} not evaluated{f' ({causes})' if causes else ''}"
        )
    return (
        f"勾稽关系 {total} 项：一致 {counts.held}，不一致 {counts.violated}，"
        f"未核验 {counts.not_evaluated}{f'（{causes}）' if causes else ''}"
    )


def all_checked(audit: Audit) -> bool:
    """Whether everything that the rules ask could be evaluated."""
    return not audit.not_evaluated and not audit.coverage.not_evaluated and audit.coverage.held > 0


def no_findings(audit: Audit, language: str) -> str:
    """What to say of a report nothing of which counts: never that it is clean while something was not checked."""
    if language == "en":
        words = "nothing found but what is excepted or in the baseline" if audit.findings else "no findings"
        return words if all_checked(audit) else f"{words}, but not everything could be checked"
    words = "除例外和基线外，未发现问题" if audit.findings else "未发现问题"
    return words if all_checked(audit) else f"{words}，但有内容未能核验"


def found(audit: Audit, language: str) -> str:
    """`错误 2，警告 1`, or that there is nothing that counts."""
    counts = counted(audit)
    shown = [text for text, severity in severity_counts(counts, language) if counts[severity]]
    return (", " if language == "en" else "，").join(shown) or no_findings(audit, language)


def counted(audit: Audit) -> dict[Severity, int]:
    """The findings of one report that count, by severity."""
    return {
        severity: sum(finding.severity is severity and finding.counts for finding in audit.findings)
        for severity in Severity
    }


def not_checked(audit: Audit, language: str) -> str:
    """Why nothing was checked of a file: it could not be read, or it is no annual report."""
    if not audit.readable:
        return (
            "the file could not be read; nothing was checked" if language == "en" else "文件读不出来，没有核验任何内容"
        )
    return "no annual report; nothing was checked" if language == "en" else "不是年度报告，没有核验任何内容"


def _causes(gaps: Iterable[NotEvaluated], language: str) -> str:
    counted = Counter(gap.cause for gap in gaps)
    order = list(CAUSES)
    keys = sorted(counted, key=lambda key: (-counted[key], order.index(key) if key in CAUSES else len(order), key))
    return (", " if language == "en" else "、").join(f"{cause(key, language)} {counted[key]}" for key in keys)


def severity_counts(counts: dict[Severity, int], language: str) -> list[tuple[str, Severity]]:
    """`错误 2`, `警告 0`, `提示 0`, each with its severity."""
    if language == "en":
        return [
            (f"{counts[severity]} {severity.value if counts[severity] == 1 else _PLURALS[severity]}", severity)
            for severity in Severity
        ]
    return [(f"{SEVERITIES[severity].zh} {counts[severity]}", severity) for severity in Severity]


def total(run: Run, language: str) -> list[tuple[str, Severity | None]]:
    """`共 3 份报告：`, `错误 2`, `，`, …: the pieces of one line, each with its severity where it counts findings of one."""
    english = language == "en"
    reports = len(run.audits)
    pieces: list[tuple[str, Severity | None]] = [
        (f"{reports} report{'' if reports == 1 else 's'}: " if english else f"共 {reports} 份报告：", None)
    ]
    counts = {severity: run.count(severity) for severity in Severity}
    for number, (text, severity) in enumerate(severity_counts(counts, language)):
        if number:
            pieces.append((", " if english else "，", None))
        pieces.append((text, severity if counts[severity] else None))
    for kind, words in SUPPRESSIONS.items():
        count = run.suppressed(kind)
        if count:
            pieces.append((f"; {count} {words.en}" if english else f"；{words.zh} {count}", None))
    return pieces


def total_line(run: Run, language: str) -> str:
    """The same as text."""
    return "".join(text for text, _ in total(run, language))
