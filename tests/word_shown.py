"""What the reader makes of pieces of WordprocessingML, in the plainest form there is."""

from __future__ import annotations

from gip_lint.document import Document, Paragraph
from gip_lint.readers import read_document
from word_rendition import docx


def document(body: str, *, styles: str = "", numbering: str = "") -> Document:
    return read_document(docx(body, styles=styles, numbering=numbering), "report.docx")


def shown(body: str, *, styles: str = "", numbering: str = "") -> list[object]:
    """Paragraphs as strings, tables as lists of rows."""
    return blocks(document(body, styles=styles, numbering=numbering))


def blocks(read: Document) -> list[object]:
    return [
        block.text if isinstance(block, Paragraph) else [[one.text for one in cells] for cells in block.rows]
        for block in read.blocks
    ]
