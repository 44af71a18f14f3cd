"""What a reader of a paged source hands over: characters and lines at their places on the page, in no particular order.

The unit is the point (1/72 inch), the origin the page's upper left corner, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gip_lint.document import Place

UNKNOWN = "\ufffd"  # a character of which the source does not say what it is

PAGE_WITHOUT_TEXT = "page-without-text"  # the remark on a page that is a picture


class Box(NamedTuple):
    """A rectangle with its sides along those of the page."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """One character and its box; the box is that of the font (advance width, ascent to descent), not of the ink.

    `upright` is false for a character drawn at a slant, as watermarks are; a quarter turn is no slant.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    upright: bool = True


class Stroke(NamedTuple):
    """A straight line from one point to another; a thin filled rectangle is one too."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page(NamedTuple):
    """One page; `number` is 1-based.

    `glyphs` come in the order of the source and without blanks: where a space stands shows in the boxes.
    `areas` are the filled rectangles that are no lines, such as the backgrounds of cells.
    `pictures` are those large enough to hold text.
    `remarks` are kinds of source notes that hold for the whole page, such as a picture in place of its text.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...] = ()
    remarks: tuple[str, ...] = ()
    areas: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()


def around(boxes: Sequence[Box]) -> Box:
    """The box around several."""
    return Box(
        min([box.left for box in boxes]),
        min([box.top for box in boxes]),
        max([box.right for box in boxes]),
        max([box.bottom for box in boxes]),
    )


def place_of(page: int, box: Box) -> Place:
    """The place of what stands in that box, to a tenth of a point."""
    return Place(page=page, box=(round(box.left, 1), round(box.top, 1), round(box.right, 1), round(box.bottom, 1)))
