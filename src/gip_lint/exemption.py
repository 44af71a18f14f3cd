"""Exceptions that an office makes for its reports: which findings they cover, until when, and what became of them.

Called exemptions in code, since an exception is something else there.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

from gip_lint.finding import Audit, Finding, Suppression, Words
from gip_lint.rule import Rule

EVERYTHING = "all"


class Exemption(NamedTuple):
    """One exception: findings of these rules (ids, groups or `all`) do not count.

    `files` are globs of absolute paths with `/`, `addresses` addresses or their beginnings; empty means every one.
    `until` is the last day on which it holds, as 2027-03-31. `source` is the file and line where it is written;
    `scope` the folder whose reports it is about, None when it is about the one report that it stands in or beside.
    """

    rules: tuple[str, ...]
    suppression: Suppression
    files: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    scope: str | None = None

    @property
    def source(self) -> str:
        """The file and line where it is written."""
        return self.suppression.source

    def is_about(self, path: str) -> bool:
        """Whether it may cover findings of the file at that path."""
        return not self.files or any(_glob(pattern).fullmatch(_absolute(path)) for pattern in self.files)

    def names(self, rule: str, group: str) -> bool:
        """Whether it is about a rule of that id and group."""
        return rule in self.rules or group in self.rules or EVERYTHING in self.rules

    def covers(self, finding: Finding) -> bool:
        """Whether a finding in a file that it is about is one that it names."""
        return self.names(finding.rule, finding.group) and (
            not self.addresses or any(_lies_in(finding.address, address) for address in self.addresses)
        )


def exempted(audit: Audit, exemptions: Sequence[Exemption], day: str) -> Audit:
    """The audit with every finding that an exception covers marked: it does not count, or its exception has expired."""
    exemptions = [exemption for exemption in exemptions if exemption.is_about(audit.path)]
    if not exemptions or not audit.findings:
        return audit
    return audit._replace(findings=tuple(_marked(finding, exemptions, day) for finding in audit.findings))


def _marked(finding: Finding, exemptions: Sequence[Exemption], day: str) -> Finding:
    covering = [exemption.suppression for exemption in exemptions if exemption.covers(finding)]
    for suppression in covering:
        if suppression.until is None or day <= suppression.until:
            return finding._replace(suppression=suppression)
    # The one that held longest tells best why the finding is back.
    return finding._replace(expired=max(covering, key=lambda s: s.until or "")) if covering else finding


def used(audits: Collection[Audit]) -> set[Suppression]:
    """The exceptions that cover a finding, or did until they expired."""
    found = set()
    for audit in audits:
        for finding in audit.findings:
            found |= {finding.suppression, finding.expired} - {None}
    return {suppression for suppression in found if suppression is not None}


def unused(
    exemptions: Sequence[Exemption], audits: Sequence[Audit], rules: Sequence[Rule], folders: Sequence[str], day: str
) -> list[Words]:
    """What is to be said of exceptions that nothing needs any more.

    Nothing is said where this run cannot know: a rule was not applied, or not all the reports were looked at that the
    exception is about. `folders` are those that were walked through.
    """
    needed = used(audits)
    checked = {_absolute(audit.path) for audit in audits if audit.checked}
    walked = [_absolute(folder).rstrip("/") for folder in folders]
    words = []
    for exemption in exemptions:
        if exemption.suppression in needed or not all(_applied(name, rules) for name in exemption.rules):
            continue
        if any(exemption.is_about(audit.path) for audit in audits if not audit.checked):
            continue
        if _all_seen(exemption, checked, walked):
            words.append(_unused_words(exemption, day))
    return words


def _applied(name: str, rules: Sequence[Rule]) -> bool:
    return name == EVERYTHING or any(name in (rule.id, rule.group) for rule in rules)


def _all_seen(exemption: Exemption, checked: Collection[str], walked: Collection[str]) -> bool:
    if exemption.scope is None:
        return bool(checked)
    for place in exemption.files or (exemption.scope,):
        fixed = place if not re.search(r"[*?]", place) else re.split(r"[^/]*[*?]", place, maxsplit=1)[0].rstrip("/")
        if fixed not in checked and not any(fixed == folder or fixed.startswith(f"{folder}/") for folder in walked):
            return False
    return True


def _unused_words(exemption: Exemption, day: str) -> Words:
    names = exemption.rules
    until = exemption.suppression.until
    gone = until is not None and until < day
    return Words(
        f"{exemption.source}：例外 {'、'.join(names)} 没有用上{f'，且已于 {until} 到期' if gone else ''}，可以删去",
        f"{exemption.source}: the exception for {', '.join(names)} covers nothing"
        f"{f' and expired on {until}' if gone else ''}; it can go",
    )


def unknown_names(exemptions: Sequence[Exemption], known: Collection[str]) -> list[Words]:
    """What is to be said of exceptions for rules that do not exist; `known` are the ids, groups and `all`."""
    return [
        unknown_rule(name, known, exemption.source)
        for exemption in exemptions
        for name in exemption.rules
        if name not in known
    ]


def unknown_rule(name: str, known: Collection[str], source: str) -> Words:
    """That an exception, or a rule to be ignored, is none of the `known`, and which one was probably meant."""
    import difflib

    near = difflib.get_close_matches(name, sorted(known), 1)
    return Words(
        f"{source}：没有叫 {name} 的规则" + (f"；是否指 {near[0]}？" if near else ""),
        f"{source}: no rule is called {name}" + (f"; did you mean {near[0]}?" if near else ""),
    )


# -- files ------------------------------------------------------------------------------------------------------------


def _absolute(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")


def absolute_glob(pattern: str, folder: str) -> str:
    """A glob as it is written in a file of that folder, for absolute paths.

    A name without `/` is looked for in every folder below; `2023/` stands for everything in that folder.
    """
    pattern = pattern.replace("\\", "/")
    if pattern.endswith("/"):
        pattern += "**"
    elif "/" not in pattern:
        pattern = f"**/{pattern}"
    parts = [part for part in pattern.split("/") if part != "."]
    base = _absolute(folder).rstrip("/").split("/")
    while parts[0] == ".." and base:
        del parts[0], base[-1]
    return "/".join(parts if pattern.startswith("/") else [*base, *parts])


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """`*` and `?` stand for characters other than `/`, `**` for any number of folders."""
    pieces = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(pieces.get(piece) or re.escape(piece) for piece in re.split(r"(\*\*/|\*\*|\*|\?)", pattern)), re.DOTALL
    )


# -- addresses --------------------------------------------------------------------------------------------------------


def _lies_in(address: str, place: str) -> bool:
    """Whether an address is that place or lies in it: 表三/自然人 in 表三, and in 表*/自然人."""
    steps, wanted = _steps(address), _steps(place)
    return len(wanted) <= len(steps) and all(
        _step(pattern).fullmatch(step) for pattern, step in zip(wanted, steps, strict=False)
    )


@cache
def _steps(address: str) -> tuple[str, ...]:
    """The steps with width, spaces and brackets as nobody minds them."""
    return tuple(
        "".join(unicodedata.normalize("NFKC", step).split()) for step in address.strip("/").split("/") if step.strip()
    )


@cache
def _step(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
