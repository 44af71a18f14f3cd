"""Reads PDF files with PDFium: the characters, lines and filled rectangles of each page, at their places.

PDFium's plain functions are called, once or twice for every character and every object: nearly all of the time of
reading goes into these calls, and objects around each of them would double it.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import atan2, degrees
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile
from gip_lint.readers.confined import confined
from gip_lint.readers.page import UNKNOWN, Box, Glyph, Page, Stroke
from gip_lint.readers.page_flow import compose

MAX_PAGES = 500
MAX_GLYPHS = 300_000
MAX_OBJECTS = 300_000
MAX_SEGMENTS = 300_000
DEEPEST_FORM = 8
THICKEST_LINE = 4.0
SLANT = 3.0  # degrees
WIDE_FROM = 0x2E80  # East Asian characters begin here
MOST_OF_A_PAGE = 0.85
PICTURE_OF_TEXT = 0.3  # share of the page from which on a picture may be the page's text
FEW_GLYPHS = 20  # a page number and a header; a page with a picture and no more is not read
UNREADABLE_SHARE = 0.1
LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read(data: bytes, path: str) -> Document:
    """Read one PDF file.

    Raises `UnreadableFile` for files that are damaged, locked with a password, scanned without a text layer, in fonts
    that do not say what their characters are, larger than any report, or made to take more time and memory than one.
    """
    return confined(lambda: _read(data, path))


def _read(data: bytes, path: str) -> Document:
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise _too_large(f"{count} 页", f"{count} pages")
        budget = _Budget()
        pages = [_page(document, index, budget) for index in range(count)]
    unreadable = sum(glyph.text == UNKNOWN for page in pages for glyph in page.glyphs)
    if unreadable > UNREADABLE_SHARE * sum(len(page.glyphs) for page in pages):
        raise UnreadableFile(
            "字体没有文字编码，读出的是乱码；请另存为带文字编码的 PDF，或用原始文件",
            "the fonts do not say what their characters are; save it anew or use the file it was made from",
        )
    return compose(pages, path)


class _Budget:
    """What may still be read; files made to exhaust time and memory are refused early."""

    __slots__ = ("glyphs", "objects", "segments")

    def __init__(self) -> None:
        self.glyphs = MAX_GLYPHS
        self.objects = MAX_OBJECTS
        self.segments = MAX_SEGMENTS

    def take(self, *, glyphs: int = 0, objects: int = 0, segments: int = 0) -> None:
        self.glyphs -= glyphs
        self.objects -= objects
        self.segments -= segments
        if self.glyphs < 0:
            raise _too_large(f"超过 {MAX_GLYPHS:,} 个字符", f"more than {MAX_GLYPHS:,} characters")
        if self.objects < 0 or self.segments < 0:
            raise _too_large(f"超过 {MAX_OBJECTS:,} 个图形", f"more than {MAX_OBJECTS:,} drawings")


def _too_large(zh: str, en: str) -> UnreadableFile:
    return UnreadableFile(f"PDF 有{zh}，不是年度报告，未读取", f"the PDF has {en}; not read")


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """The document's handle, for as long as its bytes are held."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                "PDF 有打开密码，未读取；请去掉密码后再试", "the PDF is locked with a password; remove it and try again"
            )
        raise UnreadableFile("PDF 已损坏或不完整，打不开", "the PDF is damaged or incomplete and cannot be opened")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, index: int, budget: _Budget) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise UnreadableFile(
            f"PDF 第 {index + 1} 页已损坏，未读取", f"page {index + 1} of the PDF is damaged; not read"
        )
    try:
        text = pdfium.FPDFText_LoadPage(page)
        try:
            return _read_page(page, text, index + 1, budget)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read_page(page: Any, text: Any, number: int, budget: _Budget) -> Page:
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
    outer = (bounds.left, bounds.bottom, bounds.right, bounds.top)
    characters = list(_characters(text, budget))
    turns = Counter(character.turn for character in characters)
    turn = turns.most_common(1)[0][0] if turns else pdfium.FPDFPage_GetRotation(page)
    view = _View(Box(*outer), turn)
    glyphs = []
    for char, left, bottom, right, top, _, upright in characters:
        box = view.box(left, bottom, right, top)
        if box.right > 0 and box.bottom > 0 and box.left < view.width and box.top < view.height:
            glyphs.append(Glyph(char, *box, upright))
    drawn = _Drawing(budget, outer)
    drawn.walk(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, _IDENTITY, 0)
    remarks = []
    if drawn.picture > PICTURE_OF_TEXT * view.width * view.height or drawn.outlines > FEW_GLYPHS * 10:
        if len(glyphs) < FEW_GLYPHS:
            remarks.append("page-without-text")
        elif _is_hidden(text):
            remarks.append("text-layer")
    areas = (view.box(*area) for area in drawn.areas)
    return Page(
        number,
        view.width,
        view.height,
        tuple(glyphs),
        tuple(Stroke(*view.point(x0, y0), *view.point(x1, y1)) for x0, y0, x1, y1 in drawn.strokes),
        tuple(remarks),
        tuple(
            area
            for area in areas
            if area.right - area.left < MOST_OF_A_PAGE * view.width or area.bottom - area.top < view.height / 2
        ),
    )


class _View(NamedTuple):
    """Turns PDF's coordinates, from the lower left, into those of the page as it is read, from the upper left.

    `bounds` holds left, bottom, right and top in PDF's coordinates; `turn` the clockwise quarter turns.
    """

    bounds: Box
    turn: int

    @property
    def width(self) -> float:
        left, bottom, right, top = self.bounds
        return top - bottom if self.turn % 2 else right - left

    @property
    def height(self) -> float:
        left, bottom, right, top = self.bounds
        return right - left if self.turn % 2 else top - bottom

    def point(self, x: float, y: float) -> _Point:
        left, bottom, right, top = self.bounds
        if self.turn == 0:
            return x - left, top - y
        if self.turn == 1:
            return y - bottom, x - left
        if self.turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


class _Character(NamedTuple):
    """A character and its box in PDF's coordinates; `turn` counts the quarter turns that would make it upright."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    turn: int
    upright: bool


def _characters(text: Any, budget: _Budget) -> Iterator[_Character]:
    """The characters of a page without the blanks."""
    count = pdfium.FPDFText_CountChars(text)
    budget.take(glyphs=max(count, 0))
    unicode_of, matrix_of, size_of, box_of, fails = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetMatrix,
        pdfium.FPDFText_GetFontSize,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_HasUnicodeMapError,
    )
    m, r = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    matrix, rectangle = ctypes.byref(m), ctypes.byref(r)
    high = 0
    for index in range(count):
        code = unicode_of(text, index)
        if code in LINE_END_HYPHENS:
            code = 0x2D
        elif 0xD800 <= code < 0xE000:  # a character beyond the first 65,536 comes in two
            if code < 0xDC00 or not high:
                high = code if code < 0xDC00 else 0
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = chr(code)
        if fails(text, index) == 1 or code == 0 or 0xE000 <= code < 0xF900:
            char = UNKNOWN
        elif char.isspace() or code < 0x20:
            continue
        matrix_of(text, index, matrix)
        box_of(text, index, rectangle)
        left, bottom, right, top = r.left, r.bottom, r.right, r.top
        a, b, d = m.a, m.b, m.d
        if b == 0 and a > 0 and d > 0:
            # The boxes of different fonts are of different height, and wrong for some kinds of font (drawn ones,
            # vertical ones): what a line is made of must stand at one height.
            size = size_of(text, index)
            em = size * d
            base = m.f
            if left < m.e - 0.3 * em:  # of a vertical font
                left, base = _origin(text, index)
                right = left + em
            elif not 0.8 * em <= top - bottom < 2 * em:
                left = _origin(text, index)[0]
                right = max(min(right, left + em), left + size * a * (1 if code >= WIDE_FROM else 0.5))
            yield _Character(char, left, base - 0.14 * em, right, base + 0.86 * em, 0, True)
            continue
        angle = degrees(atan2(b, a)) % 360
        upright = angle % 90 < SLANT or angle % 90 > 90 - SLANT
        yield _Character(char, left, bottom, right, top, round(angle / 90) % 4, upright)


def _origin(text: Any, index: int) -> _Point:
    """Where the base line of a character begins."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _is_hidden(text: Any) -> bool:
    """Whether most characters are drawn invisibly, as those of a recognised scan are."""
    count = max(pdfium.FPDFText_CountChars(text), 0)
    modes = (
        pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
        for index in range(0, count, max(count // 100, 1))
    )
    hidden = [int(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) for mode in modes if mode >= 0]
    return sum(hidden) * 2 > len(hidden)


class _Drawing:
    """What the objects of a page come to, in PDF's coordinates.

    `picture` is the area of the largest picture; `outlines` counts curved shapes, which may be letters drawn instead
    of written.
    """

    def __init__(self, budget: _Budget, bounds: tuple[float, float, float, float]) -> None:
        self.strokes: list[tuple[float, float, float, float]] = []
        self.areas: list[tuple[float, float, float, float]] = []
        self.picture = 0.0
        self.outlines = 0
        self._budget = budget
        self._bounds_of_page = self._visible = bounds
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._edge_references = [ctypes.byref(edge) for edge in self._edges]
        self._matrix = pdfium.FS_MATRIX()

    def walk(self, parent: Any, count: int, get: Callable[[Any, int], Any], matrix: _Matrix, depth: int) -> None:
        """Take the objects of a page, or of a form drawn on it with `matrix`."""
        self._budget.take(objects=max(count, 0))
        kind_of = pdfium.FPDFPageObj_GetType
        for index in range(count):
            item = get(parent, index)
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = self._bounds(item, matrix)
                self.picture = max(self.picture, (right - left) * (top - bottom))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self.walk(
                    item,
                    pdfium.FPDFFormObj_CountObjects(item),
                    pdfium.FPDFFormObj_GetObject,
                    _product(self._matrix_of(item), matrix),
                    depth + 1,
                )

    def _matrix_of(self, item: Any) -> _Matrix:
        m = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
            return _IDENTITY
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _bounds(self, item: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
        """Left, bottom, right and top."""
        if not pdfium.FPDFPageObj_GetBounds(item, *self._edge_references):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (edge.value for edge in self._edges)
        if matrix is _IDENTITY:
            return left, bottom, right, top
        return _around([_applied(matrix, x, y) for x in (left, right) for y in (bottom, top)])

    def _path(self, item: Any, matrix: _Matrix) -> None:
        left, bottom, right, top = self._bounds(item, matrix)
        outer = self._bounds_of_page
        if left < outer[0] or bottom < outer[1] or right > outer[2] or top > outer[3]:
            # Borders of a cell cut by a page break are drawn in full on either page, and hidden outside its margins.
            self._visible = self._clip(item, matrix)
        else:
            self._visible = outer
        if self._is_line(left, bottom, right, top):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        for points, curved in self._outlines_of(item, matrix):
            box = _around(points)
            if self._is_line(*box):
                continue
            if curved:
                self.outlines += 1
            elif stroke.value:
                for p, q in pairwise(points):
                    self._stroke(*p, *q)
            elif len(points) <= 5 and all(abs(p[0] - q[0]) < 1 or abs(p[1] - q[1]) < 1 for p, q in pairwise(points)):
                self.areas.append(box)

    def _is_line(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Take a shape as a line along its middle if it is thin enough."""
        width, height = right - left, top - bottom
        if height <= THICKEST_LINE and height <= width:
            middle = (bottom + top) / 2
            self._stroke(left, middle, right, middle)
        elif width <= THICKEST_LINE:
            middle = (left + right) / 2
            self._stroke(middle, bottom, middle, top)
        else:
            return False
        return True

    def _stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Take the part of a line that can be seen."""
        left, bottom, right, top = self._visible
        if self._visible is not self._bounds_of_page:
            if max(x0, x1) < left or min(x0, x1) > right or max(y0, y1) < bottom or min(y0, y1) > top:
                return
            x0, x1 = (min(max(x, left), right) for x in (x0, x1))
            y0, y1 = (min(max(y, bottom), top) for y in (y0, y1))
        self.strokes.append((x0, y0, x1, y1))

    def _clip(self, item: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the part of the page in which an object shows."""
        visible = self._bounds_of_page
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        for i in range(max(pdfium.FPDFClipPath_CountPaths(path), 0) if path else 0):
            points = []
            count = pdfium.FPDFClipPath_CountPathSegments(path, i)
            self._budget.take(segments=max(count, 0))
            for j in range(count):
                segment = pdfium.FPDFClipPath_GetPathSegment(path, i, j)
                pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
                points.append(_applied(matrix, x.value, y.value))
            if points:
                left, bottom, right, top = _around(points)
                visible = (
                    max(visible[0], left), max(visible[1], bottom), min(visible[2], right), min(visible[3], top)
                )  # fmt: skip
        return visible

    def _outlines_of(self, item: Any, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:
        """The points of each outline of a path, and whether it has curves; a closed one ends where it began."""
        count = pdfium.FPDFPath_CountSegments(item)
        self._budget.take(segments=max(count, 0))
        matrix = _product(self._matrix_of(item), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[_Point] = []
        curved = False
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, curved
                points, curved = [], False
            elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                curved = True
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append(_applied(matrix, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _applied(matrix: _Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[_Point]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of points."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
