"""Counts the numbered paragraphs of an OpenDocument text: 一、 and （二） may exist only as a property of the list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from gip_lint.readers.list_numbers import list_number
from gip_lint.readers.open_document.names import STYLE_NAME, TEXT, XML_ID, count
from gip_lint.readers.open_document.styles import Level, Styles

_PLACEHOLDER = re.compile(r"%([1-9]|10)%")
_LONGEST = 60  # characters of a number; a document may ask for any nonsense
# A full-width mark has its own space; behind anything else a digit of the text would look like part of the number.
_OWN_SPACE = "、，。．：；）】〕》"


class Counter:
    """How far a list has counted on each of its levels."""

    def __init__(self, levels: Mapping[int, Level]) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def next_number(self, depth: int, start: int | None) -> str:
        """Count one paragraph of that level (from 1) and return its number as printed, with what separates it.

        `start` is the number it asks for. Empty where the level has bullets or nothing.
        """
        level = self._levels.get(depth)
        if level is None or level.notation == "none":
            return ""
        if start is not None:
            self._counts[depth] = start
        else:
            self._counts[depth] = self._counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in self._counts if each > depth]:
            del self._counts[deeper]
        if level.pattern:
            text = _PLACEHOLDER.sub(lambda match: self._written(int(match[1])), level.pattern[:_LONGEST])
        else:
            shown = [self._written(each) for each in range(max(1, depth + 1 - level.shown), depth + 1)]
            text = level.prefix + ".".join(filter(None, shown)) + level.suffix
        text = text[:_LONGEST].strip()
        return text if not text or text[-1] in _OWN_SPACE else f"{text} "

    def _written(self, depth: int) -> str:
        level = self._levels.get(depth)
        return "" if level is None else list_number(self._counts.get(depth, level.start), level.notation)


class Lists:
    """All lists of one document, in reading order; a list may go on where an earlier one ended."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_id: dict[str | None, Counter] = {}
        self._by_style: dict[str, Counter] = {}
        self._outline = Counter(styles.outline)

    def counter(self, element: etree._Element) -> Counter:
        """The counter of a list that stands in no other."""
        style = element.get(STYLE_NAME, "")
        found = self._by_id.get(element.get(TEXT + "continue-list"))
        if found is None and element.get(TEXT + "continue-numbering") == "true":
            found = self._by_style.get(style)
        if found is None:
            found = Counter(self._styles.lists.get(style, {}))
        self._by_style[style] = found
        if (name := element.get(XML_ID)) is not None:
            self._by_id[name] = found
        return found

    def heading_number(self, heading: etree._Element) -> str:
        """The number that a heading in no list has by the outline of the document."""
        if heading.get(TEXT + "is-list-header") == "true":
            return ""
        restarts = heading.get(TEXT + "restart-numbering") == "true"
        start = count(heading, TEXT + "start-value") if restarts else None
        return self._outline.next_number(count(heading, TEXT + "outline-level"), start)
