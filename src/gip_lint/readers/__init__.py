"""Readers: one source format each, bytes → `Document`. A reader knows nothing of annual reports."""

from __future__ import annotations

import os

from gip_lint.document import Document, Location, SourceNote
from gip_lint.errors import UnreadableFile

_TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
_WEB_SUFFIXES = (".html", ".htm", ".mht", ".mhtml")
# What a file is shows in its first bytes; its name may be wrong.
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP/Word(.docx)/OFD"),
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Word(.doc)/WPS"),
    (b"{\\rtf", "RTF"),
)


def readable_suffixes() -> tuple[str, ...]:
    """The endings that a walk through a folder takes for reports."""
    return _TEXT_SUFFIXES


def read_document(data: bytes, path: str) -> Document:
    """Read by what the bytes are, whatever the name says.

    Raises `UnreadableFile` when no reader takes them.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(
                f"是 {name} 文件，本版只读文本与 Markdown；请先另存为 .txt",
                f"a {name} file; this version reads text and Markdown only; save it as .txt first",
            )
    suffix = os.path.splitext(path)[1].lower()
    head = data[:400].lstrip().lower()
    if suffix in _WEB_SUFFIXES or head.startswith((b"<!doctype html", b"<html")):
        # its tags would be taken for the report's own text
        raise UnreadableFile(
            "是网页，本版只读文本与 Markdown；请把正文另存为 .txt",
            "a web page; this version reads text and Markdown only; save its text as .txt",
        )
    from gip_lint.readers.text import read_text

    document = read_text(data, path)
    if suffix and path != "-" and suffix not in _TEXT_SUFFIXES:
        note = SourceNote("wrong-suffix", Location(1, 1, 1, 1), {"suffix": suffix, "read_as": "text"})
        document = Document(document.path, document.blocks, document.lines, (*document.notes, note))
    return document
