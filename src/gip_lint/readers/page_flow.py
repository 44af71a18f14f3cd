"""Lays pages of characters and lines out as a document: paragraphs and grids in reading order.

Knows neither the format the pages came from nor what stands in them; readers of paged sources share it.
"""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.document import Document, Place
from gip_lint.errors import UnreadableFile
from gip_lint.readers.composition import Composition, Piece
from gip_lint.readers.page import Page
from gip_lint.readers.page_text import TextLine, text_lines


def compose(pages: Sequence[Page], path: str) -> Document:
    """The document that the pages make up.

    Raises `UnreadableFile` when no page has any text: a scan without a text layer is not read as an empty report.
    """
    if not any(page.glyphs for page in pages):
        raise UnreadableFile(
            "没有文字，可能是扫描件；请用文字版，或先作文字识别", "there is no text, perhaps a scan; use one with text"
        )
    composition = Composition()
    for page in pages:
        for line in text_lines(page.glyphs):
            composition.paragraph([Piece(line.text, _place(page, line))])
        for remark in page.remarks:
            composition.note(remark, {"page": page.number}, Place(page=page.number))
    return composition.document(path)


def _place(page: Page, line: TextLine) -> Place:
    box = (round(line.left, 1), round(line.top, 1), round(line.right, 1), round(line.bottom, 1))
    return Place(page=page.number, box=box)
