"""The pieces a web page falls into, in reading order, before anyone knows which of them are the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from gip_lint.lazy_pattern import LazyPattern

# Between two of these a line break of the source is no space: Chinese has none, and programs wrap their output.
_WIDE = LazyPattern(
    r"[\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_FOOTER = LazyPattern(r"(?:^|[\s_-])(?:page|site|web)?(?:foot(?:er)?|copyright|banquan)(?:$|[\s_\d-])", 2)


class Box:
    """An element that holds blocks; `names` are its class, id and role."""

    __slots__ = ("in_footer", "last", "number", "outer", "tag")

    def __init__(self, number: int, tag: str, names: str = "", outer: Box | None = None) -> None:
        self.number = number  # in the order in which the boxes of the page begin
        self.last = number  # of the boxes in it
        self.tag = tag
        self.outer = outer
        self.in_footer: bool = (
            (outer is not None and outer.in_footer)
            or tag == "footer"
            or (not names.isspace() and _FOOTER.search(names) is not None)
        )

    def holds(self, other: Box) -> bool:
        """Whether the other one stands in this one, or is this one."""
        return self.number <= other.number <= self.last


# Text with the line of the source it begins on.
Stretch: TypeAlias = tuple[str, int]


class TextBlock(NamedTuple):
    """One line of the page as shown, and the stretches it consists of.

    `linked` of its characters lead elsewhere; `box` is the innermost around it.
    """

    text: str
    stretches: Sequence[Stretch]
    linked: int
    box: Box


class LinesBlock(NamedTuple):
    """Text whose spaces and line breaks count (`<pre>`)."""

    text: str
    line: int
    linked: int
    box: Box


# The cells of a row: their texts, lines of the source, and columns counted from 0.
TableRow: TypeAlias = tuple[Sequence[str], Sequence[int], Sequence[int]]


class TableBlock(NamedTuple):
    """A data table; a merged cell stands once. `linked` and `box` as in `TextBlock`."""

    rows: tuple[TableRow, ...]
    linked: int
    box: Box


class Unread(NamedTuple):
    """Something that may hold text and cannot be read here.

    `kind` is `picture`, `frame` (another page or a viewer inside this one), `attachment` or `hidden` (a table that a
    script may show); `name` says which.
    """

    kind: str
    name: str
    line: int
    box: Box


Block: TypeAlias = TextBlock | LinesBlock | TableBlock | Unread


def squeezed(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The text as a browser shows it, one stretch a line of the source: runs of white space are one space."""
    whole, line = stretches[0]
    if stretches[-1][1] == line:
        if len(stretches) > 1:
            whole = "".join([text for text, _ in stretches])
        if "\n" not in whole:
            return [(" ".join(whole.split()), line)]
    found: list[Stretch] = []
    parts: list[str] = []
    gap = wrapped = False
    last = ""
    for text, start in stretches:
        for number, part in enumerate(text.split("\n")):
            wrapped = wrapped or number > 0
            words = " ".join(part.split())
            if not words:
                gap = gap or bool(part)
                continue
            if start + number != line and parts:
                found.append(("".join(parts), line))
                parts = []
            line = start + number
            if last and (wrapped or gap or part[0].isspace()):
                seamless = wrapped and _WIDE.match(last) and _WIDE.match(words)
                parts.append(words if seamless else " " + words)
            else:
                parts.append(words)
            last = words[-1]
            gap, wrapped = part[-1].isspace(), False
    if parts:
        found.append(("".join(parts), line))
    return found
