"""The lines, filled rectangles and pictures of a PDF page, those inside of forms included."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from gip_lint.errors import UnreadableFile
from gip_lint.readers.pages.matrix import IDENTITY, Edges, Matrix, Point, applied, edges_of, product

MAX_OBJECTS = 150_000  # on a page, and as many pieces of lines
DEEPEST_FORM = 8
THICKEST_LINE = 5.0


def quick(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function for plain addresses: a third faster than with checked pointers."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_clip_path_of = quick(pdfium.FPDFPageObj_GetClipPath, ctypes.c_void_p, ctypes.c_void_p)
_count_clips = quick(pdfium.FPDFClipPath_CountPaths, ctypes.c_int, ctypes.c_void_p)


class Drawing:
    """What the objects of a page come to, in PDF's coordinates.

    A stroke goes from one point to another; an area or a picture has left, bottom, right and top. `outlines` counts
    curved shapes, which may be letters drawn instead of written. `clipped` holds, by their addresses, the edges of
    texts that are not shown in full, and those of what is shown.
    """

    def __init__(self, page: Any, bounds: Edges) -> None:
        """Take the objects of a page with these bounds: left, bottom, right and top."""
        self.strokes: list[Edges] = []
        self.areas: list[Edges] = []
        self.pictures: list[Edges] = []
        self.clipped: dict[int, tuple[Edges, Edges]] = {}
        self.outlines = 0
        self._objects = 0
        self._segments = 0
        self._bounds_of_page = self._visible = bounds
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._edge_references = [ctypes.byref(edge) for edge in self._edges]
        self._matrix = pdfium.FS_MATRIX()
        self._walk(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, IDENTITY, 0)

    def _walk(self, parent: Any, count: int, get: Callable[[Any, int], Any], matrix: Matrix, depth: int) -> None:
        """Take the objects of a page, or of a form drawn on it with `matrix`."""
        self._objects += count
        if self._objects > MAX_OBJECTS:
            raise _too_many()
        kind_of = pdfium.FPDFPageObj_GetType
        for index in range(count):
            item = get(parent, index)
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.pictures.append(self._bounds(item, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self._walk(
                    item,
                    pdfium.FPDFFormObj_CountObjects(item),
                    pdfium.FPDFFormObj_GetObject,
                    product(self._matrix_of(item), matrix),
                    depth + 1,
                )

    def _matrix_of(self, item: Any) -> Matrix:
        m = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
            return IDENTITY
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _bounds(self, item: Any, matrix: Matrix) -> Edges:
        """Left, bottom, right and top."""
        if not pdfium.FPDFPageObj_GetBounds(item, *self._edge_references):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (edge.value for edge in self._edges)
        if matrix is IDENTITY:
            return left, bottom, right, top
        return edges_of([applied(matrix, x, y) for x in (left, right) for y in (bottom, top)])

    def _text(self, item: Any, matrix: Matrix) -> None:
        """Take an object of text of which a part cannot be seen."""
        if _count_clips(_clip_path_of(item)) < 1:
            return
        edges = self._bounds(item, matrix)
        clip = self._clip(item, matrix)
        if edges[0] < clip[0] or edges[1] < clip[1] or edges[2] > clip[2] or edges[3] > clip[3]:
            self.clipped[ctypes.addressof(item.contents)] = edges, clip

    def _path(self, item: Any, matrix: Matrix) -> None:
        left, bottom, right, top = self._bounds(item, matrix)
        outer = self._bounds_of_page
        leaves = left < outer[0] or bottom < outer[1] or right > outer[2] or top > outer[3]
        # Borders of a cell cut by a page break are drawn in full on either page, and hidden outside its margins.
        is_clipped = leaves or _count_clips(_clip_path_of(item)) > 0
        self._visible = self._clip(item, matrix) if is_clipped else outer
        if self._is_line(left, bottom, right, top):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        for points, curved in self._outlines_of(item, matrix):
            box = edges_of(points)
            if self._is_line(*box):
                continue
            if curved:
                self.outlines += 1
            elif stroke.value:
                for p, q in pairwise(points):
                    self._stroke(*p, *q)
            elif len(points) <= 5 and all(abs(p[0] - q[0]) < 1 or abs(p[1] - q[1]) < 1 for p, q in pairwise(points)):
                self._area(box)

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

    def _area(self, box: Edges) -> None:
        """Take the part of a filled rectangle that can be seen."""
        left, bottom, right, top = self._visible
        seen = max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top)
        if seen[0] < seen[2] and seen[1] < seen[3]:
            self.areas.append(seen)

    def _clip(self, item: Any, matrix: Matrix) -> Edges:
        """Left, bottom, right and top of the part of the page in which an object shows."""
        visible = self._bounds_of_page
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = ctypes.c_float(), ctypes.c_float()
        for i in range(max(pdfium.FPDFClipPath_CountPaths(path), 0) if path else 0):
            points = []
            count = pdfium.FPDFClipPath_CountPathSegments(path, i)
            self._count_segments(count)
            for j in range(count):
                segment = pdfium.FPDFClipPath_GetPathSegment(path, i, j)
                pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
                points.append(applied(matrix, x.value, y.value))
            if points:
                left, bottom, right, top = edges_of(points)
                visible = (
                    max(visible[0], left), max(visible[1], bottom), min(visible[2], right), min(visible[3], top)
                )  # fmt: skip
        return visible

    def _count_segments(self, count: int) -> None:
        self._segments += count
        if self._segments > MAX_OBJECTS:
            raise _too_many()

    def _outlines_of(self, item: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The points of each outline of a path, and whether it has curves; a closed one ends where it began."""
        count = pdfium.FPDFPath_CountSegments(item)
        self._count_segments(count)
        matrix = product(self._matrix_of(item), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[Point] = []
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
            points.append(applied(matrix, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment) and points[-1] != points[0]:
                points.append(points[0])
        if len(points) > 1:
            yield points, curved


def _too_many() -> UnreadableFile:
    return UnreadableFile(
        f"PDF 一页有超过 {MAX_OBJECTS:,} 个图形，不是年度报告，未读取",
        f"a page of the PDF has more than {MAX_OBJECTS:,} drawings; not read",
    )
