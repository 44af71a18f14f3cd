"""Counts the numbered paragraphs of a Word document: 一、 and （二） may exist only as a property of the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from gip_lint.readers.list_numbers import list_number
from gip_lint.readers.word.styles import Styles
from gip_lint.readers.word.xml import ALTERNATE, VAL, W, alternative, is_on, whole_number

_ABSTRACT = W + "abstractNum"
_NUM = W + "num"
_LEVEL = W + "lvl"
_INDEX = W + "ilvl"
_PLACEHOLDER = re.compile(r"%([1-9])")
# A full-width mark has its own space; behind anything else a digit of the text would look like part of the number.
_OWN_SPACE = re.compile(r"[、，。．：；）】〕》]$")
_LEVELS = 9
_LONGEST_CHAIN = 10  # of lists that refer to one another
_LONGEST = 60  # characters of a number; a document may ask for any nonsense


class _Level(NamedTuple):
    """How one level of a list is numbered; `text` has %1 … %9 where the numbers of the levels go."""

    start: int
    notation: str
    text: str
    restart: int | None
    """The level (from 1) whose items begin this one anew; None: any higher one, 0: none."""
    in_digits: bool
    hidden: bool
    style: str


class _List(NamedTuple):
    """One w:num: the w:abstractNum it counts with, its levels, and where it begins to count anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """The lists of one document and how far each of them has counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._levels: dict[str, dict[int, _Level]] = {}  # of each definition
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is None:
            return
        for element in root.iterchildren(_ABSTRACT):
            self._abstracts.setdefault(element.get(W + "abstractNumId", ""), element)
        for element in root.iterchildren(_NUM):
            self._nums.setdefault(whole_number(element, 0, W + "numId"), element)

    def next_number(self, identity: int, level: int | None, style: str | None) -> str:
        """Count one paragraph of the list `identity` and return its number as printed, with what separates it.

        Without a level it is the one that belongs to the paragraph's style. Empty for bullets and unknown lists.
        """
        found = self._list(identity)
        if found is None:
            return ""
        if level is None:
            level = next((index for index, own in found.levels.items() if style and own.style == style), 0)
        own = found.levels.get(level)
        if own is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if level in found.starts and (identity, level) not in self._begun:
            self._begun.add((identity, level))
            counters[level] = found.starts[level]
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = found.starts.get(level, own.start)
        for deeper in [index for index in counters if index > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                del counters[deeper]
        return "" if own.hidden else _printed(own, found, counters)

    def _list(self, identity: int) -> _List | None:
        if identity not in self._lists:
            self._lists[identity] = self._read_list(identity)
        return self._lists[identity]

    def _read_list(self, identity: int) -> _List | None:
        element = self._nums.get(identity)
        if element is None:
            return None
        abstract = self._abstract(element)
        if abstract is None:
            return None
        name = abstract.get(W + "abstractNumId", "")
        levels = self._levels.get(name)
        if levels is None:
            levels = self._levels[name] = _levels(abstract.iterchildren(_LEVEL))
        starts: dict[int, int] = {}
        for override in element.iterchildren(W + "lvlOverride"):
            levels = levels | _levels(override.iterchildren(_LEVEL))
            start = override.find(W + "startOverride")
            level = whole_number(override, 0, _INDEX)
            if start is not None and level < _LEVELS:
                starts[level] = whole_number(start, 1)
        return _List(name, levels, starts)

    def _abstract(self, element: etree._Element) -> etree._Element | None:
        """The definition that a w:num counts with; it may only name a style that has another w:num."""
        for _ in range(_LONGEST_CHAIN):
            reference = element.find(W + "abstractNumId")
            abstract = self._abstracts.get(reference.get(VAL, "")) if reference is not None else None
            link = abstract.find(W + "numStyleLink") if abstract is not None else None
            if link is None:
                return abstract
            linked = self._nums.get(self._styles.named(link.get(VAL, "")).numbering or 0)
            if linked is None:
                return abstract
            element = linked
        return None


def _levels(elements: Iterable[etree._Element]) -> dict[int, _Level]:
    found = {}
    for element in elements:
        index = whole_number(element, 0, _INDEX)
        if index < _LEVELS:
            found[index] = _level(element)
    return found


def _level(element: etree._Element) -> _Level:
    found: dict[str, etree._Element] = {}
    for child in element:
        if child.tag == ALTERNATE:  # a notation of newer programs, and the nearest one of the older
            fallback = child.find("{*}Fallback")
            chosen = fallback if fallback is not None else alternative(child)
            for inner in () if chosen is None else chosen:
                found.setdefault(inner.tag, inner)
        else:
            found[child.tag] = child

    def value(name: str, default: str = "") -> str:
        return found[W + name].get(VAL, default) if W + name in found else default

    restart = found.get(W + "lvlRestart")
    legal = found.get(W + "isLgl")
    properties = found.get(W + "rPr")
    vanish = properties.find(W + "vanish") if properties is not None else None
    return _Level(
        start=whole_number(found.get(W + "start"), 0),
        notation=value("numFmt", "decimal"),
        text=value("lvlText"),
        restart=None if restart is None else whole_number(restart, 0),
        in_digits=legal is not None and is_on(legal),
        hidden=vanish is not None and is_on(vanish),
        style=value("pStyle"),
    )


def _printed(level: _Level, found: _List, counters: dict[int, int]) -> str:
    if level.notation == "bullet":
        return ""

    def count(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        own = found.levels.get(index)
        if own is None:
            return ""
        value = counters.get(index, found.starts.get(index, own.start))
        return list_number(value, "decimal" if level.in_digits and own.notation != "none" else own.notation)

    text = _PLACEHOLDER.sub(count, level.text[:_LONGEST])[:_LONGEST].strip()
    if not text or _OWN_SPACE.search(text):
        return text
    return f"{text} "
