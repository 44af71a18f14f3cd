"""Lines of styled spans, wrapped by the width that a terminal gives each character (a Han character takes two columns)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

# A line of Chinese text neither begins with the first nor ends with the second.
_NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…％,.;:!?)]}")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")
_LEAST = 4  # two Han characters; narrower than that nothing is wrapped
_FIRST_WIDE = "\u1100"
_SHOWN_AS = str.maketrans({"\t": " ", "\xa0": " ", "\n": " ", "\r": " "})


class Span(NamedTuple):
    """A piece of text with the name of its style; the empty name is plain text."""

    text: str
    style: str = ""


Line = tuple[Span, ...]


def clean(text: str) -> str:
    """The text without anything that moves a terminal's cursor or changes its colours.

    Reports come from strangers: an escape sequence inside one must not reach the terminal.
    """
    if text.isprintable():
        return text
    text = text.translate(_SHOWN_AS)
    return "".join(char if char.isprintable() or char == "\u3000" else "\ufffd" for char in text)


def width(line: Iterable[Span]) -> int:
    """How many columns the line takes."""
    return sum(cell_len(span.text) for span in line)


def plain(lines: Iterable[Line]) -> str:
    """The lines without their styles, each ended by a line break and free of trailing spaces."""
    return "".join(map(plain_line, lines))


def plain_line(line: Line) -> str:
    """One line without its styles."""
    return "".join([span.text for span in line]).rstrip(" ") + "\n"


def line(*spans: Span | str) -> Line:
    """A line from spans and plain strings, cleaned."""
    return tuple(Span(clean(s.text), s.style) if isinstance(s, Span) else Span(clean(s)) for s in spans)


def wrap(spans: Sequence[Span | str], columns: int, first: Line = (), rest: str | None = None) -> list[Line]:
    """Break the spans into lines of at most `columns`.

    `first` stands before the first line; the following ones are indented by `rest`, or as far as `first` reaches.
    A word wider than a whole line is broken anywhere.
    """
    content = line(*spans)
    limit = max(columns - width(first), _LEAST)
    if width(content) <= limit:
        return [(*first, *content)]
    indent: Line = (Span(" " * width(first)),) if rest is None else (Span(rest),)
    room = max(columns - width(indent), _LEAST)
    text = "".join(span.text for span in content)
    ranges = _ranges(text, limit, room)
    return [(*(indent if start else first), *_part(content, start, end)) for start, end in ranges]


def _ranges(text: str, limit: int, room: int) -> Iterator[tuple[int, int]]:
    """Where the lines of the text begin and end: the first in `limit` columns, the others in `room`."""
    start = 0
    while True:
        used, last, i = 0, start, start
        while i < len(text):
            if i > start and _may_break(text[i - 1], text[i]):
                last = i
            used += get_character_cell_size(text[i])
            if used > limit and text[i] != " ":
                break
            i += 1
        if i == len(text):
            yield start, i
            return
        cut = last if last > start else i  # a word wider than a line has no place to break
        yield start, start + len(text[start:cut].rstrip(" "))
        start = cut + len(text[cut:]) - len(text[cut:].lstrip(" "))
        limit = room


def _part(content: Line, start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in content:
        part = span.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield Span(part, span.style)
        at += len(span.text)


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return before != after
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before in "0123456789":  # a figure keeps its unit
        return False
    return before >= _FIRST_WIDE or after >= _FIRST_WIDE or before == "/"
