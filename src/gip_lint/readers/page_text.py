"""Characters at their places → lines of text, from top to bottom and from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gip_lint.readers.page import Glyph


class TextLine(NamedTuple):
    """Characters side by side, from left to right, with the box around them."""

    glyphs: tuple[Glyph, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """The characters, with a space where Latin words or figures stand apart."""
        parts = [self.glyphs[0].text]
        for before, glyph in zip(self.glyphs, self.glyphs[1:], strict=False):
            gap = glyph.left - before.right
            if gap > 0.2 * (glyph.bottom - glyph.top):
                parts.append(" ")
            parts.append(glyph.text)
        return "".join(parts)

    @property
    def height(self) -> float:
        """From top to bottom, in points."""
        return self.bottom - self.top


def text_line(glyphs: Sequence[Glyph]) -> TextLine:
    """The line that these characters make up."""
    ordered = tuple(sorted(glyphs, key=lambda glyph: glyph.left))
    return TextLine(
        ordered,
        ordered[0].left,
        min(glyph.top for glyph in ordered),
        max(glyph.right for glyph in ordered),
        max(glyph.bottom for glyph in ordered),
    )


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines that the characters stand in: those whose middles are at one height."""
    lines: list[list[Glyph]] = []
    middle = limit = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom):
        height = (glyph.top + glyph.bottom) / 2
        if lines and height - middle <= limit:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle, limit = height, (glyph.bottom - glyph.top) * 0.4
    return [text_line(line) for line in lines]
