"""The objects of an OFD page → characters, lines and filled rectangles at their places, in points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import NamedTuple

from lxml import etree

from gip_lint.errors import UnreadableFile
from gip_lint.readers.ofd.package import OfdDocument, PageParts, Part, number, numbers
from gip_lint.readers.pages.matrix import IDENTITY, Matrix, Point, applied, edges_of, product
from gip_lint.readers.pages.page import UNKNOWN, Box, Glyph, Page, Stroke

MAX_GLYPHS = 150_000
MAX_OBJECTS = 300_000
DEEPEST_DRAWING = 8
THICKEST_LINE = 4.0

_POINTS = 72 / 25.4
_BELOW = 0.14  # of the size of a character stands below its line
_SLANT = 3.0  # degrees
_WIDE_FROM = 0x2E80  # East Asian characters begin here
_NO_CODE = "¤"  # stands for a glyph of which the writer did not know the character, GB/T 33190 11.3
_LINE_WIDTH = 0.353  # millimetres, where an object does not say
_SMALLEST = 0.2  # points; no eye sees a character of that size
_HANGING = 1.0  # points by which lines may hang over the boundary of their object
_MOST_OF_A_PAGE = 0.85
_PICTURE_OF_TEXT = 0.3  # share of the page from which on a picture may be the page's text
_FEW_GLYPHS = 20  # a page number and a header; a page with a picture and no more is not read

_DIRECTIONS = {"90": (0.0, 1.0), "180": (-1.0, 0.0), "270": (0.0, -1.0)}  # of reading, GB/T 33190 11.3; else rightwards

_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Budget:
    """What may still be drawn; files made to exhaust time and memory are refused early."""

    def __init__(self) -> None:
        self._glyphs = MAX_GLYPHS
        self._objects = MAX_OBJECTS

    def take(self, *, glyphs: int = 0, objects: int = 0) -> None:
        """Raises `UnreadableFile` when there is nothing left."""
        self._glyphs -= glyphs
        self._objects -= objects
        if self._glyphs < 0 or self._objects < 0:
            raise UnreadableFile(
                "OFD 内容过多，不是年度报告，未读取", "too much content for an annual report; not read"
            )


class _Space(NamedTuple):
    """Where the coordinates of objects lead: into points of the page, and which part of it they may show in."""

    matrix: Matrix
    visible: Box


def drawn_page(number_of_page: int, page: PageParts, document: OfdDocument, budget: Budget) -> Page:
    """A page of the document as it is seen, without annotations and seals."""
    left, top, width, height = page.box
    width, height = width * _POINTS, height * _POINTS
    space = _Space(
        (_POINTS, 0.0, 0.0, _POINTS, -left * _POINTS, -top * _POINTS),
        Box(-_HANGING, -_HANGING, width + _HANGING, height + _HANGING),
    )
    drawing = _Drawing(document, budget)
    for part in page.parts:
        for content in part.root.iterfind("{*}Content"):
            drawing.walk(content, part, space, 0)
    glyphs = tuple(
        glyph
        for glyph in drawing.glyphs
        if glyph.right > 0 < glyph.bottom and glyph.left < width and glyph.top < height
    )
    remarks = []
    if (drawing.picture > _PICTURE_OF_TEXT * width * height or drawing.outlines > _FEW_GLYPHS * 10) and len(
        glyphs
    ) < _FEW_GLYPHS:
        remarks.append("page-without-text")
    areas = (
        area
        for area in drawing.areas
        if area.right - area.left < _MOST_OF_A_PAGE * width or area.bottom - area.top < height / 2
    )
    return Page(number_of_page, width, height, glyphs, tuple(drawing.strokes), tuple(remarks), tuple(areas))


class _Drawing:
    """What the objects of one page come to.

    `picture` is the area of the largest picture; `outlines` counts curved shapes, which may be letters drawn instead
    of written.
    """

    def __init__(self, document: OfdDocument, budget: Budget) -> None:
        self.glyphs: list[Glyph] = []
        self.strokes: list[Stroke] = []
        self.areas: list[Box] = []
        self.picture = 0.0
        self.outlines = 0
        self._document = document
        self._budget = budget

    def walk(self, content: etree._Element, part: Part, space: _Space, depth: int) -> None:
        """Draw the layers and blocks below an element, in order."""
        stack = [iter(content)]
        while stack:
            for child in stack[-1]:
                kind = child.tag.rpartition("}")[2]
                if kind in ("Layer", "PageBlock"):
                    stack.append(iter(child))
                    break
                if kind in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                    self._budget.take(objects=1)
                    if child.get("Visible") != "false" and child.get("Alpha") != "0":
                        self._object(kind, child, part, space, depth)
            else:
                stack.pop()

    def _object(self, kind: str, element: etree._Element, part: Part, space: _Space, depth: int) -> None:
        inner = _inside(element, space)
        if kind == "TextObject":
            self._text(element, inner)
        elif kind == "PathObject":
            self._path(element, inner)
        elif kind == "ImageObject":
            left, top, right, bottom = inner.visible
            self.picture = max(self.picture, (right - left) * (bottom - top))
        elif depth < DEEPEST_DRAWING:
            self.walk(self._document.drawing(element.get("ResourceID", ""), part), part, inner, depth + 1)

    # -- text ---------------------------------------------------------------------------------------------------------

    def _text(self, element: etree._Element, space: _Space) -> None:
        size = number(element.get("Size"))
        stretch = number(element.get("HScale"), 1.0) or 1.0
        angle = degrees(atan2(space.matrix[1], space.matrix[0])) % 90
        upright = angle < _SLANT or angle > 90 - _SLANT
        towards = _DIRECTIONS.get(element.get("ReadDirection", ""), (1.0, 0.0))
        x = y = 0.0
        for code in element.iterfind("{*}TextCode"):
            text = code.text or ""
            if "\n" in text:  # no character, but how the XML was laid out
                text = text.strip()
            self._budget.take(glyphs=len(text))
            x, y = number(code.get("X"), x), number(code.get("Y"), y)
            across, down = code.get("DeltaX"), code.get("DeltaY")
            steps_x = _steps(across, len(text))
            steps_y = _steps(down, len(text))
            at_x, at_y = x, y
            for place, char in enumerate(text):
                width = size * stretch * (1.0 if ord(char) >= _WIDE_FROM else 0.5)
                step_x = steps_x[place] if place < len(steps_x) else None
                step_y = steps_y[place] if place < len(steps_y) else None
                if step_x is None and not step_y:  # too few are given: the next one stands behind it
                    step_x, step_y = width * towards[0], size * towards[1]
                step_x = step_x or 0.0
                if 0 < step_x < width:
                    width = step_x
                self._glyph(
                    char, Box(at_x, at_y - size * (1 - _BELOW), at_x + width, at_y + size * _BELOW), space, upright
                )
                at_x += step_x
                at_y += step_y or 0.0

    def _glyph(self, char: str, box: Box, space: _Space, upright: bool) -> None:
        if char.isspace() or char < " ":
            return
        if char == _NO_CODE or "\ue000" <= char <= "\uf8ff":
            char = UNKNOWN
        left, top, right, bottom = _transformed(space.matrix, box)
        if right - left < _SMALLEST or bottom - top < _SMALLEST:
            return
        self.glyphs.append(Glyph(char, left, top, right, bottom, upright))

    # -- lines --------------------------------------------------------------------------------------------------------

    def _path(self, element: etree._Element, space: _Space) -> None:
        stroked = element.get("Stroke") != "false"
        filled = element.get("Fill") == "true"
        if not stroked and not filled:
            return
        a, b, *_ = space.matrix
        reach = abs(number(element.get("LineWidth"), _LINE_WIDTH)) * hypot(a, b) / 2 if stroked else 0.0
        for points, curved in _outlines(element.findtext("{*}AbbreviatedData") or ""):
            self._budget.take(objects=len(points))
            places = [applied(space.matrix, x, y) for x, y in points]
            left, top, right, bottom = box = Box(*edges_of(places))
            width, height = right - left, bottom - top
            if height <= THICKEST_LINE and height <= width:
                middle = (top + bottom) / 2
                self._line(left - reach, middle, right + reach, middle, space.visible)
            elif width <= THICKEST_LINE:
                middle = (left + right) / 2
                self._line(middle, top - reach, middle, bottom + reach, space.visible)
            elif curved:
                self.outlines += 1
            elif stroked:
                for p, q in pairwise(places):
                    self._line(*p, *q, space.visible)
            elif len(places) <= 5 and all(abs(p[0] - q[0]) < 1 or abs(p[1] - q[1]) < 1 for p, q in pairwise(places)):
                self.areas.append(box)

    def _line(self, x0: float, y0: float, x1: float, y1: float, visible: Box) -> None:
        """Take the part of a line that can be seen."""
        left, top, right, bottom = visible
        if max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < top or min(y0, y1) > bottom:
            return
        if x0 == x1 or y0 == y1:
            x0, x1 = (min(max(x, left), right) for x in (x0, x1))
            y0, y1 = (min(max(y, top), bottom) for y in (y0, y1))
        self.strokes.append(Stroke(x0, y0, x1, y1))


def _inside(element: etree._Element, space: _Space) -> _Space:
    """The space in which the inside of an object is drawn; its boundary is where it may be seen."""
    boundary = numbers(element.get("Boundary"))
    ctm = numbers(element.get("CTM"))
    matrix = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]) if len(ctm) == 6 else IDENTITY
    if len(boundary) != 4:
        return _Space(product(matrix, space.matrix), space.visible)
    x, y, width, height = boundary
    seen = _transformed(space.matrix, Box(x, y, x + width, y + height))
    outer = space.visible
    visible = Box(
        max(seen.left - _HANGING, outer.left),
        max(seen.top - _HANGING, outer.top),
        min(seen.right + _HANGING, outer.right),
        min(seen.bottom + _HANGING, outer.bottom),
    )
    return _Space(product(product(matrix, (1.0, 0.0, 0.0, 1.0, x, y)), space.matrix), visible)


def _steps(text: str | None, most: int) -> list[float]:
    """The distances from one character to the next; `g 3 5.5` stands for three times 5.5."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if len(steps) >= most:
            break
        if word == "g":
            times = int(number(next(words, "0")))
            steps += [number(next(words, "0"))] * max(min(times, most - len(steps)), 0)
        else:
            steps.append(number(word))
    return steps


def _outlines(data: str) -> Iterator[tuple[list[Point], bool]]:
    """The points of each outline of a path, and whether it has curves; a closed one ends where it began."""
    points: list[Point] = []
    curved = False
    tokens = _TOKEN.findall(data)
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        count = _OPERANDS.get(operator)
        at += 1
        if count is None:  # a number too many, or nothing that the standard knows
            continue
        operands = [number(token) for token in tokens[at : at + count]]
        at += count
        if len(operands) < count:
            break
        if operator in ("S", "M"):
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        elif operator == "C":
            if points and points[-1] != points[0]:
                points.append(points[0])
            continue
        elif operator != "L":
            curved = True
        points.append((operands[-2], operands[-1]))
    if len(points) > 1:
        yield points, curved


def _transformed(matrix: Matrix, box: Box) -> Box:
    return Box(*edges_of([applied(matrix, x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]))
