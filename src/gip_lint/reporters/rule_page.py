"""The manual page of a rule in the terminal, and the list of all rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from gip_lint.finding import Words
from gip_lint.reporters.lines import Line, Span, line, width, wrap
from gip_lint.reporters.wording import SEVERITIES
from gip_lint.rule import Example, Rule

GROUPS = {
    "reading": Words("读取", "reading"),
    "form": Words("格式", "form"),
    "cells": Words("单元格", "cells"),
    "balance": Words("勾稽关系", "balance"),
    "amounts": Words("金额", "amounts"),
    "narrative": Words("文字与数字", "narrative"),
    "wording": Words("用语", "wording"),
    "publication": Words("发布", "publication"),
    "across-years": Words("跨年度", "across years"),
    "across-levels": Words("跨层级", "across levels"),
}
EXAMPLE_KINDS = {
    "ok": Words("正确", "ok"),
    "bad": Words("有误", "bad"),
    "not-evaluated": Words("未核验", "not evaluated"),
}
SOUND_REPORT = Words("（一份没有问题的报告）", "(a report without faults)")


def group_name(group: str, language: str) -> str:
    """The group in words; an office's own group keeps its folder's name."""
    return GROUPS[group].in_language(language) if group in GROUPS else group


def group_heading(group: str, language: str) -> Line:
    """The group in words, followed by the name by which `--select` knows it."""
    name = group_name(group, language)
    return line(Span(name, "heading"), Span("" if name == group else f"  {group}", "dim"))


def rule_page(rule: Rule, language: str, columns: int) -> list[Line]:
    """What the rule finds, why, on what basis, and its examples."""
    english = language == "en"
    severity = SEVERITIES[rule.severity].in_language(language)
    facts = [severity, group_name(rule.group, language), ", ".join(sorted(rule.editions)), f"check: {rule.check_name}"]
    lines = wrap([Span(rule.id, "path"), "  ", Span(rule.title.in_language(language), "heading")], columns)
    lines += wrap([Span(" · ".join(facts), "dim")], columns)
    labels = ("why", "basis", "says", "examples", "file") if english else ("为什么", "依据", "提示语", "例子", "文件")
    indent = max(cell_len(label) for label in labels) + 2

    def labelled(label: str) -> Line:
        return line(Span(label, "label"), " " * (indent - cell_len(label)))

    lines += [(), *wrap([rule.why.in_language(language)], columns, labelled(labels[0]))]
    lines += wrap([rule.basis], columns, labelled(labels[1]))
    for number, message in enumerate(rule.messages.values()):
        lines += wrap([message.in_language(language)], columns, labelled("" if number else labels[2]))
    lines += [(), line(Span(labels[3], "label"))]
    for example in rule.examples:
        lines += _example(example, language, columns)
    return [*lines, (), *wrap([Span(rule.source, "dim")], columns, labelled(labels[4]))]


def _example(example: Example, language: str, columns: int) -> list[Line]:
    names = [words.in_language(language) for words in EXAMPLE_KINDS.values()]
    indent = max(cell_len(name) for name in names) + 4
    name = EXAMPLE_KINDS[example.kind].in_language(language)
    style = {"ok": "good", "bad": "error"}.get(example.kind, "warning")
    head = line("  ", Span(name, style), " " * (indent - 2 - cell_len(name)))
    lines = wrap([example_words(example.given, language)], columns, head)
    if example.says is not None:
        lines += wrap([Span(f"→ {example.says}", style)], columns, (Span(" " * indent),))
    return lines


def example_words(given: Mapping[str, Any], language: str) -> str:
    """The content of an example on one line, as it stands in the rule file."""
    return "；".join(f"{key}: {_flow(value)}" for key, value in given.items()) or SOUND_REPORT.in_language(language)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return '""' if value == "" else str(value)


def rule_list(rules: Sequence[Rule], language: str, columns: int) -> list[Line]:
    """Every rule with its severity and title, group by group."""
    lines: list[Line] = []
    longest = max((len(rule.id) for rule in rules), default=0)
    severities = max(cell_len(words.in_language(language)) for words in SEVERITIES.values())
    group = None
    for rule in rules:
        if rule.group != group:
            lines += [()] if lines else []
            lines.append(group_heading(rule.group, language))
            group = rule.group
        label = SEVERITIES[rule.severity].in_language(language)
        head = line(
            "  ",
            Span(label, rule.severity.value),
            " " * (severities - cell_len(label) + 2),
            rule.id.ljust(longest),
            "  ",
        )
        only = "" if len(rule.editions) > 1 else f"  {'、'.join(rule.editions)}"
        lines += wrap([rule.title.in_language(language), Span(only, "dim")], max(columns, width(head) + 20), head)
    count = f"{len(rules)} rules" if language == "en" else f"共 {len(rules)} 条规则"
    return [*lines, (), line(count)]


def rule_list_json(rules: Sequence[Rule]) -> str:
    """The same as JSON text, both languages."""
    data = [
        {
            "id": rule.id,
            "group": rule.group,
            "severity": rule.severity.value,
            "origin": rule.origin,
            "editions": sorted(rule.editions),
            "title": rule.title._asdict(),
            "why": rule.why._asdict(),
            "basis": rule.basis,
            "check": rule.check_name,
            "source": rule.source,
        }
        for rule in rules
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
