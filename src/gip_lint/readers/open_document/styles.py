"""What the styles of an OpenDocument text decide about its words: what is hidden, what is raised, how lists count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from gip_lint.readers.open_document.names import LOEXT, STYLE, TEXT, count

_STYLE = STYLE + "style"
_NAME = STYLE + "name"
_LIST_STYLE = TEXT + "list-style"
_OUTLINE = TEXT + "outline-style"
_LEVELS = (TEXT + "list-level-style-number", TEXT + "outline-level-style")
# By the character that a format counts from: `一` stands for "一, 二, 三, ...".
_NOTATIONS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "0": "decimalZero",
    "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle",
    "一": "chineseCountingThousand",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "": "none",
}


class Level(NamedTuple):
    """How one level of a list is numbered; `pattern` has %1% … %9% where the numbers of the levels go, if given."""

    start: int
    notation: str
    prefix: str
    suffix: str
    shown: int
    pattern: str


class Shown(NamedTuple):
    """How text is shown: not at all, or small and above the line as note marks are."""

    hidden: bool
    raised: bool


class _Style(NamedTuple):
    """What one style says itself; None where it leaves that to its parent."""

    parent: str
    hidden: bool | None
    raised: bool | None


class Styles:
    """The styles of one document: those that have names of their own and the automatic ones."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._known: dict[tuple[str, str], Shown] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for element in root.iter(_STYLE, _LIST_STYLE, _OUTLINE):
                name = element.get(_NAME, "")
                if element.tag == _STYLE:
                    self._styles[element.get(STYLE + "family", ""), name] = _style(element)
                elif element.tag == _LIST_STYLE:
                    self.lists[name] = _levels(element)
                else:
                    self.outline = _levels(element)

    def shows(self, family: str, name: str) -> Shown:
        """How text in that style is shown."""
        key = (family, name)
        if key not in self._known:
            hidden = raised = None
            seen = set()
            while name not in seen and (style := self._styles.get((family, name))):
                seen.add(name)
                hidden = style.hidden if hidden is None else hidden
                raised = style.raised if raised is None else raised
                name = style.parent
            self._known[key] = Shown(bool(hidden), bool(raised))
        return self._known[key]


def _style(element: etree._Element) -> _Style:
    hidden = raised = None
    properties = element.find(STYLE + "text-properties")
    if properties is not None:
        display = properties.get(TEXT + "display")
        hidden = None if display is None else display == "none"
        position = properties.get(STYLE + "text-position", "").partition(" ")[0]
        if position:
            raised = position == "super" or (position[:1].isdigit() and position not in ("0%", "0"))
    return _Style(element.get(STYLE + "parent-style-name", ""), hidden, raised)


def _levels(element: etree._Element) -> dict[int, Level]:
    return {
        count(level, TEXT + "level"): Level(
            start=count(level, TEXT + "start-value"),
            notation=_NOTATIONS.get(level.get(STYLE + "num-format", "")[:1], "decimal"),
            prefix=level.get(STYLE + "num-prefix", ""),
            suffix=level.get(STYLE + "num-suffix", ""),
            shown=count(level, TEXT + "display-levels"),
            pattern=level.get(LOEXT + "num-list-format", ""),
        )
        for level in element.iterchildren(*_LEVELS)
    }
