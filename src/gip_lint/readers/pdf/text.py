"""The characters of a PDF page and their boxes.

PDFium's plain functions are called several times for every character: nearly all of the time of reading goes into
these calls, and objects around them would double it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from math import atan2, degrees, inf
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

from gip_lint.errors import UnreadableFile
from gip_lint.readers.pages.page import UNKNOWN
from gip_lint.readers.pdf.drawing import Point

MAX_GLYPHS = 100_000  # on a page
SLANT = 3.0  # degrees
TOUCHING = 0.05  # points
FEW_SEGMENTS = 100  # a path of more is no rectangle
WIDE_FROM = 0x2E80  # East Asian characters begin here
LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line


def _quick(function: Any, result: Any, *more: Any) -> Any:
    """The same function for plain addresses: a third faster than with checked pointers."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *more)(address or 0)


_unicode_of = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_fails = _quick(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_size_of = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_matrix_of = _quick(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p)
_box_of = _quick(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p)

# A character with the left, bottom, right and top of its box in PDF's coordinates, the quarter turns that would make it
# upright, and whether they would at all. A plain tuple: there are thousands.
Character: TypeAlias = tuple[str, float, float, float, float, int, bool]


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
            yield char, left, base - 0.14 * em, right, base + 0.86 * em, 0, True
            continue
        angle = degrees(atan2(b, a)) % 360
        upright = angle % 90 < SLANT or angle % 90 > 90 - SLANT
        yield char, left, bottom, right, top, round(angle / 90) % 4, upright


def _origin(text: Any, index: int) -> Point:
    """Where the base line of a character begins."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def without_cut_figures(text: Any, found: list[Character]) -> list[Character]:
    """The characters, with `UNKNOWN` in place of digits that run out of what is shown of the page on its right.

    Browsers print no more of a table that is too wide: of a figure there, the digits that follow are not in the file.
    """
    edge = max((right for _, _, _, right, _, _, _ in found), default=0.0)
    checked = []
    for character in found:
        char, left, bottom, right, top, turn, _ = character
        if char.isdigit() and turn == 0 and right > edge - (top - bottom) / 2:
            index = pdfium.FPDFText_GetCharIndexAtPos(text, (left + right) / 2, (bottom + top) / 2, 1.0, 1.0)
            if index >= 0 and right > _right_of_clip(pdfium.FPDFText_GetTextObject(text, index)) - TOUCHING:
                character = (UNKNOWN, *character[1:])
        checked.append(character)
    return checked


def _right_of_clip(item: Any) -> float:
    """How far to the right an object may show."""
    path = pdfium.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    right = inf
    for i in range(max(pdfium.FPDFClipPath_CountPaths(path), 0) if path else 0):
        places = []
        for j in range(min(pdfium.FPDFClipPath_CountPathSegments(path, i), FEW_SEGMENTS)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, i, j), x, y)
            places.append(x.value)
        right = min(right, max(places, default=inf))
    return right


def is_hidden(text: Any) -> bool:
    """Whether most characters are drawn invisibly, as those of a recognised scan are."""
    count = max(pdfium.FPDFText_CountChars(text), 0)
    modes = (
        pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
        for index in range(0, count, max(count // 100, 1))
    )
    hidden = [int(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) for mode in modes if mode >= 0]
    return sum(hidden) * 2 > len(hidden)
