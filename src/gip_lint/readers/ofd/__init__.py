"""Reads OFD files (GB/T 33190—2016): the same characters and lines at their places that a PDF file has."""

from __future__ import annotations

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile
from gip_lint.readers.ofd.drawing import Budget, drawn_page
from gip_lint.readers.ofd.package import MAX_PAGES, OfdPackage
from gip_lint.readers.pages.flow import compose
from gip_lint.readers.pages.page import UNKNOWN, Page

UNREADABLE_SHARE = 0.1


def read(data: bytes, path: str) -> Document:
    """Read one OFD file; signatures, seals and annotations are no part of the text.

    Raises `UnreadableFile` for files that are damaged, encrypted, without text, without the codes of their characters,
    or larger than any report.
    """
    package = OfdPackage(data)
    budget = Budget()
    pages: list[Page] = []
    for document in package.documents():
        for page in document.pages():
            if len(pages) >= MAX_PAGES:
                raise UnreadableFile(
                    f"超过 {MAX_PAGES} 页，不是年度报告，未读取", f"more than {MAX_PAGES} pages; not read"
                )
            pages.append(drawn_page(len(pages) + 1, page, document, budget))
    unreadable = sum(glyph.text == UNKNOWN for page in pages for glyph in page.glyphs)
    if unreadable > UNREADABLE_SHARE * sum(len(page.glyphs) for page in pages):
        raise UnreadableFile(
            "字体没有文字编码，读出的是乱码；请用原始文件重新转换为 OFD，或用原始文件",
            "the fonts do not say what their characters are; convert it anew or use the file it was made from",
        )
    return compose(pages, path)
