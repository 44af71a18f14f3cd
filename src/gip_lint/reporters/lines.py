"""Lines of styled spans, wrapped by the width that a terminal gives each character (a Han character takes two columns)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

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
    text = text.translate(_SHOWN_AS)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u3000" else "\ufffd" for char in text)


def width(line: Iterable[Span]) -> int:
    """How many columns the line takes."""
    return sum(cell_len(span.text) for span in line)


def plain(lines: Iterable[Line]) -> str:
    """The lines without their styles, each ended by a line break and free of trailing spaces."""
    return "".join("".join(span.text for span in line).rstrip(" ") + "\n" for line in lines)


def line(*spans: Span | str) -> Line:
    """A line from spans and plain strings, cleaned."""
    return tuple(Span(clean(s.text), s.style) if isinstance(s, Span) else Span(clean(s)) for s in spans)


def wrap(spans: Sequence[Span | str], columns: int, first: Line = (), rest: str | None = None) -> list[Line]:
    """Break the spans into lines of at most `columns`.

    `first` stands before the first line; the following ones are indented by `rest`, or as far as `first` reaches.
    A word wider than a whole line is broken anywhere.
    """
    indent: Line = (Span(" " * width(first)),) if rest is None else (Span(rest),)
    room = max(columns - width(indent), _LEAST)
    lines: list[Line] = []
    current: list[Span] = []
    used = 0
    # `first` may be wider than the indent of what follows.
    limit = max(columns - width(first), _LEAST)
    for text, style in _pieces(line(*spans)):
        for part in _fitting(text, limit if not lines else room):
            size = cell_len(part)
            if used and used + size > limit and part.strip(" "):
                lines.append((*(first if not lines else indent), *_joined(current)))
                current, used, limit = [], 0, room
            if used or part.strip(" ") or not lines:
                current.append(Span(part, style))
                used += size
    lines.append((*(first if not lines else indent), *_joined(current)))
    return lines


def _joined(spans: list[Span]) -> list[Span]:
    while spans and not spans[-1].text.strip(" "):
        spans.pop()
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].style == span.style:
            joined[-1] = Span(joined[-1].text + span.text, span.style)
        else:
            joined.append(span)
    return joined


def _fitting(text: str, room: int) -> Iterator[str]:
    while cell_len(text) > room:
        cut = len(text)
        while cut > 1 and cell_len(text[:cut]) > room:
            cut -= 1
        yield text[:cut]
        text = text[cut:]
    yield text


def _pieces(spans: Line) -> Iterator[Span]:
    """The smallest pieces between which a line may break, each in one style."""
    for span in spans:
        piece = ""
        for char in span.text:
            if piece and _may_break(piece[-1], char):
                yield Span(piece, span.style)
                piece = ""
            piece += char
        if piece:
            yield Span(piece, span.style)


def _may_break(before: str, after: str) -> bool:
    if before == " " or after == " ":
        return before != after
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if before in "0123456789":  # a figure keeps its unit
        return False
    return before >= _FIRST_WIDE or after >= _FIRST_WIDE or before == "/"
