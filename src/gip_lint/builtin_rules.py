"""Finds the forms, dictionaries and rules, shipped and an office's own, and keeps them compiled between runs."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gip_lint import __version__
from gip_lint.cache import cache_folder, read_cached, write_cached
from gip_lint.errors import GipLintError, RuleError
from gip_lint.finding import Words
from gip_lint.form import Form
from gip_lint.rule import Rule

if TYPE_CHECKING:
    from gip_lint.recognition.itemisations import ItemWords
    from gip_lint.recognition.statement_words import StatementWords

_NOT_RULES = frozenset(["forms", "words"])


class RuleSet(NamedTuple):
    """The rules in the order of their groups and ids, the forms, what did not load, and how the prose is understood."""

    rules: tuple[Rule, ...]
    problems: tuple[Words, ...]
    forms: dict[str, Form]
    statement_words: StatementWords
    item_words: ItemWords


def rules_directory() -> str:
    """`rules/` inside the installed package, or at the top of the repository in an editable install.

    Raises `RuleError` when neither is there.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    for candidate in (os.path.join(package, "rules"), os.path.join(package, "..", "..", "rules")):
        if os.path.isdir(os.path.join(candidate, "forms")):
            return os.path.normpath(candidate)
    raise RuleError("找不到规则目录 rules/，请重新安装 gip-lint", "the rules/ directory is missing; reinstall gip-lint")


def load_rules(directories: Sequence[str] = ()) -> RuleSet:
    """The shipped rules and those in the given directories; a rule file with a slip becomes a problem, not an exception.

    Raises `RuleError` when a form or dictionary is broken or a directory does not exist.
    """
    roots = [rules_directory(), *directories]
    for root in directories:
        if not os.path.isdir(root):
            raise RuleError(f"规则目录不存在：{root}", f"no such rule directory: {root}")
    files = [file for root in roots for file in _yaml_files(root)]
    state = (__version__, sys.version_info[:2], _sources_stamp(), tuple(_stamp(file) for file in files))
    folder = cache_folder()
    cache = os.path.join(folder, _cache_name(roots)) if folder is not None else None
    cached = read_cached(cache, state) if cache is not None else None
    if isinstance(cached, RuleSet):
        return cached
    rule_set = _compile(roots)
    if cache is not None and not rule_set.problems:  # what did not load is to be looked at again
        write_cached(cache, state, rule_set)
    return rule_set


def _yaml_files(root: str) -> list[str]:
    found = []
    for folder, folders, names in os.walk(root):
        folders.sort()
        found += [os.path.join(folder, name) for name in sorted(names) if name.endswith((".yaml", ".yml"))]
    return found


def _stamp(file: str) -> tuple[str, int, int]:
    status = os.stat(file)
    return file, status.st_mtime_ns, status.st_size


def _sources_stamp() -> tuple[tuple[str, int, int], ...]:
    """The code that compiles rules: in a checkout it changes without the version changing."""
    package = os.path.dirname(__file__)
    names = [
        "rule_file.py",
        "rule.py",
        "form.py",
        "equation.py",
        "finding.py",
        "readings.py",
        "recognition/statement_words.py",
        "recognition/itemisations.py",
    ]
    names = [os.path.join(package, name) for name in names]
    checks = os.path.join(package, "checks")
    names += [os.path.join(checks, name) for name in sorted(os.listdir(checks)) if name.endswith(".py")]
    return tuple(_stamp(name) for name in names)


def _compile(roots: Sequence[str]) -> RuleSet:
    # Only needed when a rule file changed: yaml alone costs as much as a whole run.
    from pathlib import Path

    from gip_lint.checks import Resources
    from gip_lint.form import read_form
    from gip_lint.recognition.itemisations import item_words
    from gip_lint.recognition.statement_words import statement_words
    from gip_lint.rule_file import read_rule
    from gip_lint.yaml_source import read_yaml

    forms = {}
    for path in sorted(Path(roots[0], "forms").glob("*.yaml")):
        form = read_form(read_yaml(path).data, str(path))
        forms[form.edition] = form
    words: dict[str, Any] = {}
    rules: dict[str, Rule] = {}
    problems: list[Words] = []
    for root in roots:
        for path in sorted(Path(root, "words").glob("*.yaml")):
            try:
                words[path.stem] = read_yaml(path).data
            except RuleError as error:
                if root == roots[0]:
                    raise  # without our own dictionaries the rules would find nothing and say nothing
                problems.append(Words(error.zh, error.en))
    resources = Resources(forms, words)
    for root in roots:
        for file in _yaml_files(root):
            path = Path(file)
            if path.parent.name in _NOT_RULES:
                continue
            try:
                rule = read_rule(path, resources)
            except GipLintError as error:
                problems.append(Words(error.zh, error.en))
                continue
            if rule.id in rules:
                other = rules[rule.id].source
                problems.append(
                    Words(
                        f"{file}：规则 {rule.id} 已由 {other} 定义",
                        f"{file}: rule {rule.id} is already defined by {other}",
                    )
                )
                continue
            rules[rule.id] = rule
    order = {"reading": 0, "form": 1, "cells": 2, "balance": 3, "amounts": 4}
    ordered = sorted(rules.values(), key=lambda rule: (order.get(rule.group, 9), rule.group, rule.id))
    understood = statement_words(words["statements"]), item_words(words["itemisations"])
    return RuleSet(tuple(ordered), tuple(problems), forms, *understood)


def _cache_name(roots: Sequence[str]) -> str:
    name = zlib.crc32("\n".join(os.path.abspath(root) for root in roots).encode())
    return f"rules-{name:08x}.pickle"
