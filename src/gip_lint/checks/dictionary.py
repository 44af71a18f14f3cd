"""Names of laws and notices, compared by edit distance with a dictionary of the official ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, ParameterError, Resources
from gip_lint.finding import Severity
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.prose import Prose, prose_of
from gip_lint.recognition.characters import distance
from gip_lint.rule import Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "words": Parameter(
        "text", "词典：rules/words/ 下的文件名，内有 names（name、short、slips、within、sharing、grade）与 others", True
    ),
    "prefix": Parameter("text", "全称才有的开头，如 中华人民共和国；带此开头而没有书名号的名称也核对"),
}
_KEYS = frozenset(["name", "short", "slips", "within", "sharing", "grade"])
_MARKED = LazyPattern(r"[《〈]\s*([^《》〈〉\n]{2,60})[》〉]")
_NOTE = LazyPattern(r"[（(][^（）()]*[）)]$")
_MARKS = LazyPattern(r"[\s“”\"‘’《》〈〉]+")
_KIND = LazyPattern(r"(?:条例|办法|规定|细则|格式|法|法典)$")


_LAW = LazyPattern(r"(?<!实施)(?:条例|办法|规定|法)$")
_ANOTHER_KIND = 2


class Name(NamedTuple):
    """An official name; `plain` is it without the prefix."""

    full: str
    plain: str
    within: int
    sharing: tuple[str, ...]
    grade: Severity | None


class Slip(NamedTuple):
    """The official name that another one was meant for."""

    name: Name
    apart: int


class Dictionary(NamedTuple):
    """One finding for each name that is nearly, but not quite, an official one."""

    names: tuple[Name, ...]
    by_length: Mapping[int, tuple[Name, ...]]  # length of a name → the official ones it may be meant for
    by_stem: Mapping[str, Name]  # official laws with the prefix by their names without 法
    known: frozenset[str]
    slips: Mapping[str, int]
    prefix: str

    def apply(self, report: AnnualReport) -> Result:
        """Compare the names in the prose."""
        prose = prose_of(report)
        held = 0
        faults = []
        for start, end in self._found(prose):
            given = _MARKS.sub("", prose.text[start:end])
            slip = self._slip(given)
            if slip is None:
                held += 1
                continue
            # a name that is shortened stays so
            proper = slip.name.full
            if not given.startswith(self.prefix[:2]) and proper.startswith(self.prefix):
                proper = slip.name.plain
            facts = {"given": given, "official": proper, "apart": slip.apart}
            place = prose.location(start, end)
            faults.append(Fault(prose.passage(start).address, place, facts, grade=slip.name.grade, suggestion=proper))
        return Result(held, faults)

    def _found(self, prose: Prose) -> Iterator[tuple[int, int]]:
        text = prose.text
        marked = []
        for match in _MARKED.finditer(text):
            marked.append(match.span())
            yield match.span(1)
        if not self.prefix or self.prefix not in text:
            return
        for match in _unmarked(self.prefix).finditer(text):
            if not any(start < match.start() < end for start, end in marked):
                yield match.span()

    def _slip(self, given: str) -> Slip | None:
        if given in self.known:
            return None
        name = _NOTE.sub("", given)
        if name in self.known:
            return None
        if name in self.slips:
            return Slip(self.names[self.slips[name]], 0)
        full = name.startswith(self.prefix) if self.prefix else False
        if self.prefix and not full and len(name) > len(self.prefix) and name[0] == self.prefix[0]:
            # the slip may be in 中华人民共和国 itself
            head = len(self.prefix) + 1
            starts = [i for i in range(head - 4, head + 1) if distance(name[:i], self.prefix, 3) <= 3]
            for official in self.names:
                if official.full.startswith(self.prefix) and any(name[i:] == official.plain for i in starts):
                    return Slip(official, 1)
        plain = name.removeprefix(self.prefix)
        if len(plain) < 4 or plain.startswith("关于"):
            return None
        if full and (other := self.by_stem.get(_stem(plain))) is not None:
            return Slip(other, _ANOTHER_KIND)  # a law called 条例
        best: Slip | None = None
        for official in self.by_length.get(len(plain), ()):
            if official.plain in plain and not (full and plain.endswith(official.plain)):
                return None  # 《…条例》释义 and the like: a name of its own around the official one
            # without 中华人民共和国 the name may be a local one; only a close one is taken for a slip
            whole = full or not official.full.startswith(self.prefix)
            limit = official.within if whole else min(official.within, 1)
            if not limit or any(word not in plain for word in official.sharing):
                continue
            apart = distance(plain, official.plain, limit)
            if apart > limit or (best is not None and apart >= best.apart):
                continue
            if apart > 1 and _kind(plain) != _kind(official.plain):
                continue
            if not whole and len(plain) < 7:
                continue  # two short names may be near and both be right
            best = Slip(official, apart)
        return best


def _stem(name: str) -> str:
    """The name without the word for what kind of law it is; empty where it has none, or 实施条例."""
    match = _LAW.search(name)
    return name[: match.start()] if match else ""


def _kind(name: str) -> str:
    kind = _KIND.search(name)
    return kind.group() if kind else ""


def _unmarked(prefix: str) -> re.Pattern[str]:
    return compiled(rf"(?<![《〈]){re.escape(prefix)}[\u4e00-\u9fff]{{2,20}}?(?:条例|法(?=[，。；、）)的]|等))")


def _name(entry: Any, prefix: str) -> Name:
    if not isinstance(entry, dict) or "name" not in entry or not set(entry) <= _KEYS:
        raise ParameterError("words", f"词典中这一条有误：{entry}", f"bad entry: {entry}")
    grade = entry.get("grade")
    return Name(
        entry["name"],
        entry["name"].removeprefix(prefix),
        entry.get("within", 1),
        tuple(entry.get("sharing", ())),
        Severity(grade) if grade else None,
    )


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Dictionary:
    """Make the check. Raises `ParameterError` for an unknown dictionary or a bad entry."""
    if given["words"] not in resources.words:
        raise ParameterError("words", f"没有词典 {given['words']}", f"no dictionary {given['words']}")
    data = resources.words[given["words"]]
    prefix = given.get("prefix", "")
    names = tuple(_name(entry, prefix) for entry in data["names"])
    known = set(data.get("others", ()))
    slips: dict[str, int] = {}
    for i, (entry, name) in enumerate(zip(data["names"], names, strict=True)):
        known |= {name.full, *entry.get("short", ())}
        slips |= dict.fromkeys(entry.get("slips", ()), i)
    lengths = range(1, max(len(name.plain) + name.within for name in names) + 1)
    by_length = {n: tuple(name for name in names if abs(n - len(name.plain)) <= name.within) for n in lengths}
    by_stem = {_stem(name.plain): name for name in names if name.full != name.plain and _stem(name.plain)}
    return Dictionary(names, by_length, by_stem, frozenset(known), slips, prefix)
