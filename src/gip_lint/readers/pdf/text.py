"""The characters of a PDF page and their boxes.

PDFium's plain functions are called several times for every character: nearly all of the time of reading goes into
these calls, and objects around them would double it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from math import atan2, degrees, hypot
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from gip_lint.errors import UnreadableFile
from gip_lint.readers.pages.matrix import Edges, Point
from gip_lint.readers.pages.page import UNKNOWN
from gip_lint.readers.pdf.drawing import quick

MAX_GLYPHS = 100_000  # on a page
SLANT = 3.0  # degrees
TOUCHING = 0.05  # points
NEAR = 1.0  # the same
WIDE_FROM = 0x2E80  # East Asian characters begin here
LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line


_HANDLES = (ctypes.c_void_p, ctypes.c_int)  # of the page, and the index of the character
_unicode_of = quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint, *_HANDLES)
_fails = quick(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, *_HANDLES)
_size_of = quick(pdfium.FPDFText_GetFontSize, ctypes.c_double, *_HANDLES)
_matrix_of = quick(pdfium.FPDFText_GetMatrix, ctypes.c_int, *_HANDLES, ctypes.c_void_p)
_object_of = quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, *_HANDLES)
_box_of = quick(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_HANDLES, ctypes.c_void_p)

# A character with the left, bottom, right and top of its box in PDF's coordinates, the quarter turns that would make it
# upright, whether they would at all, and its index on the page. A plain tuple: there are thousands.
Character: TypeAlias = tuple[str, float, float, float, float, int, bool, int]


def characters(text: Any) -> Iterator[Character]:
    """The characters of a page without the blanks."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_GLYPHS:
        raise UnreadableFile(
            f"PDF 一页有 {count:,} 个字符，不是年度报告，未读取",
            f"a page of the PDF has {count:,} characters; not read",
        )
    page = ctypes.cast(text, ctypes.c_void_p).value
    m, r = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    matrix, rectangle = ctypes.addressof(m), ctypes.addressof(r)
    high = 0
    for index in range(count):
        code = _unicode_of(page, index)
        if code in LINE_END_HYPHENS:
            code = 0x2D
        elif 0xD800 <= code < 0xE000:  # a character beyond the first 65,536 comes in two
            if code < 0xDC00 or not high:
                high = code if code < 0xDC00 else 0
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        char = chr(code)
        if _fails(page, index) == 1 or code == 0 or 0xE000 <= code < 0xF900:
            char = UNKNOWN
        elif char.isspace() or code < 0x20:
            continue
        _matrix_of(page, index, matrix)
        _box_of(page, index, rectangle)
        left, bottom, right, top = r.left, r.bottom, r.right, r.top
        a, b, d = m.a, m.b, m.d
        if b == 0 and a > 0 and d > 0:
            # The boxes of different fonts are of different height, and wrong for some kinds of font (drawn ones,
            # vertical ones): what a line is made of must stand at one height.
            size = _size_of(page, index)
            em = size * d
            base = m.f
            if left < m.e - 0.3 * em:  # of a vertical font
                left, base = _origin(text, index)
                right = left + em
            elif not 0.8 * em <= top - bottom < 2 * em:
                left = _origin(text, index)[0]
                right = max(min(right, left + em), left + size * a * (1 if code >= WIDE_FROM else 0.5))
            yield char, left, base - 0.14 * em, right, base + 0.86 * em, 0, True, index
            continue
        angle = degrees(atan2(b, a)) % 360
        upright = angle % 90 < SLANT or angle % 90 > 90 - SLANT
        turn = round(angle / 90) % 4
        if upright:  # across the line the box is as high as the print, whatever the font
            em = _size_of(page, index) * hypot(m.c, m.d)
            x, y = m.e, m.f
            if turn == 1:
                left, right = x - 0.86 * em, x + 0.14 * em
            elif turn == 2:
                bottom, top = y - 0.86 * em, y + 0.14 * em
            elif turn == 3:
                left, right = x - 0.14 * em, x + 0.86 * em
        yield char, left, bottom, right, top, turn, upright, index


def _origin(text: Any, index: int) -> Point:
    """Where the base line of a character begins."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def shown(text: Any, found: list[Character], clipped: Mapping[int, tuple[Edges, Edges]]) -> list[Character]:
    """The characters but for those outside of what is shown; `clipped` is what `Drawing` says of their objects.

    A digit that runs out of it to the right is `UNKNOWN`: browsers print no more of a table that is too wide, so that
    the digits behind it are not in the file.
    """
    if not clipped:
        return found
    page = ctypes.cast(text, ctypes.c_void_p).value
    kept: list[Character] = []
    for character in found:
        char, left, bottom, right, top, *_, index = character
        x, y = (left + right) / 2, (bottom + top) / 2
        if any(_is_inside(x, y, edges, NEAR) for edges, _ in clipped.values()):
            _, clip = clipped.get(_object_of(page, index) or 0, (None, None))
            if clip:
                runs_out = char.isdigit() and right > clip[2] - TOUCHING and clip[1] <= y <= clip[3]
                if runs_out and left < clip[2]:
                    character = (UNKNOWN, *character[1:])
                elif not _is_inside(x, y, clip):
                    if runs_out and kept and kept[-1][0].isdigit() and abs(left - kept[-1][3]) < NEAR:
                        kept[-1] = (UNKNOWN, *kept[-1][1:])
                    continue
        kept.append(character)
    return kept


def _is_inside(x: float, y: float, edges: Edges, margin: float = 0.0) -> bool:
    left, bottom, right, top = edges
    return left - margin <= x <= right + margin and bottom - margin <= y <= top + margin


def is_hidden(text: Any) -> bool:
    """Whether most characters are drawn invisibly, as those of a recognised scan are."""
    count = max(pdfium.FPDFText_CountChars(text), 0)
    modes = (
        pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
        for index in range(0, count, max(count // 100, 1))
    )
    hidden = [int(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) for mode in modes if mode >= 0]
    return sum(hidden) * 2 > len(hidden)
