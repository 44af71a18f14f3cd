"""The commands that look at rules instead of reports: list, test, schema, new, explain. Each returns its exit code."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from gip_lint.builtin_rules import RuleSet, rules_directory
from gip_lint.cli.terminal import USAGE, columns, report_problem, write, write_lines
from gip_lint.config import find_config
from gip_lint.errors import UsageError
from gip_lint.linter import Settings, load
from gip_lint.reporters.lines import Line, Span, line, wrap
from gip_lint.reporters.rule_page import group_heading, rule_list, rule_list_json, rule_page
from gip_lint.rule import Rule

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SKELETON = Path(__file__).with_name("skeleton.yaml")


def list_rules(directories: Sequence[str], output_format: str, language: str) -> int:
    """Every rule in force, the office's own included."""
    rule_set = _load(directories)
    if output_format == "json":
        write([rule_list_json(rule_set.rules)])
    else:
        write_lines(rule_list(rule_set.rules, language, columns()))
    return _problems(rule_set, language)


def explain(name: str, directories: Sequence[str], language: str) -> int:
    """The manual page of one rule. Raises `UsageError` for an unknown one."""
    rule_set = _load(directories)
    rule = next((rule for rule in rule_set.rules if rule.id == name), None)
    if rule is None:
        near = difflib.get_close_matches(name, [rule.id for rule in rule_set.rules], 1)
        raise UsageError(
            f"没有叫 {name} 的规则" + (f"；是否指 {near[0]}？" if near else "；gip-lint rules list 列出全部规则"),
            f"no rule is called {name}"
            + (f"; did you mean {near[0]}?" if near else "; gip-lint rules list shows them all"),
        )
    write_lines(rule_page(rule, language, columns()))
    return 0


def test_rules(place: str | None, language: str) -> int:
    """Run the examples of all rules, or of those under `place`: 1 when one fails, 2 when a file does not load."""
    from gip_lint.rule_examples import run_examples

    rule_set = _load([]) if place is None else _load_from(Path(place))
    rules = [rule for rule in rule_set.rules if place is None or _stands_in(rule, Path(place))]
    if not rules and not rule_set.problems:
        raise UsageError(f"{place} 中没有规则文件", f"no rule file in {place}")
    results = [
        (rule, [failure.in_language(language) for failure in run_examples(rule, rule_set.forms)]) for rule in rules
    ]
    write_lines(_test_lines(results, language, columns()))
    return _problems(rule_set, language) or int(any(failures for _, failures in results))


def new_rule(name: str, directory: str | None, language: str) -> int:
    """Write a commented skeleton that already passes its own examples. Raises `UsageError` when it cannot."""
    if not _ID.fullmatch(name):
        raise UsageError(
            f"规则 id 只用小写字母、数字和连字符，如 our-own-rule：{name}",
            f"a rule id is lower-case words with hyphens, like our-own-rule: {name}",
        )
    if any(rule.id == name for rule in _load([]).rules):
        raise UsageError(f"已有规则 {name}，请另取 id", f"there is a rule {name} already; choose another id")
    path = Path(directory or ".") / f"{name}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_SKELETON.read_text(encoding="utf-8").replace("RULE-ID", name))
    except FileExistsError as error:
        raise UsageError(f"文件已存在，未改动：{path}", f"the file exists and was left alone: {path}") from error
    except OSError as error:
        raise UsageError(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}") from error
    folder = os.path.relpath(path.parent)
    steps = (
        (
            f"wrote {path}",
            f"test it:  gip-lint rules test {folder}",
            f"use it:   gip-lint check --rules {folder} report.txt",
        )
        if language == "en"
        else (
            f"已写入 {path}",
            f"测试：gip-lint rules test {folder}",
            f"使用：gip-lint check --rules {folder} report.txt",
        )
    )
    write_lines([line(step) for step in steps])
    return 0


def _load(directories: Iterable[str]) -> RuleSet:
    config = find_config(os.getcwd())
    return load(Settings(rules=tuple(dict.fromkeys((*config.rules, *directories)))))


def _load_from(place: Path) -> RuleSet:
    """The rules with those under `place`, which may be the shipped directory, a part of it, or a single file."""
    if not place.exists():
        raise UsageError(f"没有这个文件或目录：{place}", f"no such file or directory: {place}")
    directory = place if place.is_dir() else place.parent
    if directory.resolve().is_relative_to(Path(rules_directory()).resolve()):
        return load(Settings())
    return load(Settings(rules=(str(directory),)))


def _stands_in(rule: Rule, place: Path) -> bool:
    return Path(rule.source).resolve().is_relative_to(place.resolve())


def _problems(rule_set: RuleSet, language: str) -> int:
    for problem in rule_set.problems:
        report_problem(problem, language)
    return USAGE if rule_set.problems else 0


def _test_lines(results: Sequence[tuple[Rule, list[str]]], language: str, width: int) -> list[Line]:
    english = language == "en"
    lines: list[Line] = []
    longest = max((len(rule.id) for rule, _ in results), default=0)
    group = None
    for rule, failures in results:
        if rule.group != group:
            lines.append(group_heading(rule.group, language))
            group = rule.group
        count = len(rule.examples)
        if failures:
            verdict = Span(
                f"failed {len(failures)} of {count}" if english else f"失败 {len(failures)} / {count}", "error"
            )
        else:
            verdict = Span(f"passed {count}" if english else f"通过 {count}", "good")
        lines.append(line(f"  {rule.id.ljust(longest)}  ", verdict))
        for failure in failures:
            lines += wrap([failure], width, (Span("    "),))
    examples = sum(len(rule.examples) for rule, _ in results)
    failed = sum(len(failures) for _, failures in results)
    total = (
        f"{len(results)} rules, {examples} examples, {failed} failed"
        if english
        else f"共 {len(results)} 条规则、{examples} 个例子，失败 {failed}"
    )
    return [*lines, line(Span(total, "error" if failed else "good"))]
