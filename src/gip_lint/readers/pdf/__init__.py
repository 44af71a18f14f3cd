"""Reads PDF files with PDFium: the characters, lines and filled rectangles of each page, at their places."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile
from gip_lint.readers.confined import confined
from gip_lint.readers.pages.flow import compose
from gip_lint.readers.pages.matrix import Point
from gip_lint.readers.pages.page import PAGE_WITHOUT_TEXT, UNKNOWN, Box, Glyph, Page, Stroke
from gip_lint.readers.pdf.drawing import Drawing
from gip_lint.readers.pdf.text import Character, characters, is_hidden, shown

MAX_PAGES = 500
MOST_OF_A_PAGE = 0.85
PICTURE_OF_TEXT = 0.3  # share of the page from which on a picture may be the page's text
LARGE_PICTURE = 0.05  # a seal is smaller
FEW_GLYPHS = 20  # a page number and a header; a page with a picture and no more is not read
MANY_OUTLINES = 200
SMALLEST = 0.2  # points; no eye sees a character of that size
UNREADABLE_SHARE = 0.1


def read(data: bytes, path: str) -> Document:
    """Read one PDF file.

    Raises `UnreadableFile` for files that are damaged, locked with a password, scanned without a text layer, in fonts
    that do not say what their characters are, larger than any report, or made to take more time and memory than one.
    """
    return confined(lambda: compose(_pages(data), path))


def _pages(data: bytes) -> list[Page]:
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise UnreadableFile(f"PDF 有 {count:,} 页，不是年度报告，未读取", f"the PDF has {count:,} pages; not read")
        pages = [_page(document, index) for index in range(count)]
        if pages and not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document):
            pages[0] = pages[0]._replace(remarks=(*pages[0].remarks, "repaired-file"))
    unreadable = sum(glyph.text == UNKNOWN for page in pages for glyph in page.glyphs)
    if unreadable > UNREADABLE_SHARE * sum(len(page.glyphs) for page in pages):
        raise UnreadableFile(
            "字体没有文字编码，读出的是乱码；请另存为带文字编码的 PDF，或用原始文件",
            "the fonts do not say what their characters are; save it anew or use the file it was made from",
        )
    return pages


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


def _page(document: Any, index: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise UnreadableFile(
            f"PDF 第 {index + 1} 页已损坏，未读取", f"page {index + 1} of the PDF is damaged; not read"
        )
    try:
        text = pdfium.FPDFText_LoadPage(page)
        try:
            return _read_page(page, text, index + 1)
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _read_page(page: Any, text: Any, number: int) -> Page:
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds))
    outer = (bounds.left, bounds.bottom, bounds.right, bounds.top)
    drawing = Drawing(page, outer)
    found = shown(text, list(characters(text)), drawing.clipped)
    turns = Counter(turn for *_, turn, _, _ in found)
    turn = turns.most_common(1)[0][0] if turns else pdfium.FPDFPage_GetRotation(page)
    view = _View(Box(*outer), turn)
    glyphs = tuple(_glyphs(found, view))
    pictures = [view.box(*picture) for picture in drawing.pictures]
    shares = [(box.right - box.left) * (box.bottom - box.top) / (view.width * view.height) for box in pictures]
    remarks = []
    if max(shares, default=0.0) > PICTURE_OF_TEXT or drawing.outlines > MANY_OUTLINES:
        if len(glyphs) < FEW_GLYPHS:
            remarks.append(PAGE_WITHOUT_TEXT)
        elif is_hidden(text):
            remarks.append("text-layer")
    return Page(
        number,
        view.width,
        view.height,
        glyphs,
        tuple(Stroke(*view.point(x0, y0), *view.point(x1, y1)) for x0, y0, x1, y1 in drawing.strokes),
        tuple(remarks),
        tuple(
            area
            for area in (view.box(*area) for area in drawing.areas)
            if area.right - area.left < MOST_OF_A_PAGE * view.width or area.bottom - area.top < view.height / 2
        ),
        # A picture as large as the page is its background, or the page itself.
        tuple(box for box, share in zip(pictures, shares, strict=True) if LARGE_PICTURE < share < MOST_OF_A_PAGE)
        if not remarks
        else (),
    )


def _glyphs(found: list[Character], view: _View) -> Iterator[Glyph]:
    """The characters that can be seen on the page."""
    width, height = view.width, view.height
    x, _, _, y = view.bounds
    for char, left, bottom, right, top, _, upright, _ in found:
        if view.turn:
            left, top, right, bottom = view.box(left, bottom, right, top)
        else:
            left, top, right, bottom = left - x, y - top, right - x, y - bottom
        if right > 0 and bottom > 0 and left < width and top < height and bottom - top > SMALLEST:
            yield Glyph(char, left, top, right, bottom, upright)


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

    def point(self, x: float, y: float) -> Point:
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
