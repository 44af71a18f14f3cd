"""Readers: one source format each, bytes → `Document`. A reader knows nothing of annual reports."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from gip_lint.document import Document, Location, SourceNote
from gip_lint.errors import UnreadableFile

_WEB_SUFFIXES = (".html", ".htm", ".mht", ".mhtml", ".xhtml", ".shtml")


class Format(NamedTuple):
    """A source format, read by `read` in the module of this package; imported when a file of it is met.

    `takes` says whether a file is one, by its bytes and its suffix. `slow`: reading it takes longer than loading the
    document that was made of it. `commented`: its module has `source_text`, the text in which comments can stand.
    """

    module: str
    name: tuple[str, str]
    suffixes: tuple[str, ...]
    takes: Callable[[bytes, str], bool]
    slow: bool = True
    commented: bool = False


def _is_older_office(data: bytes, suffix: str) -> bool:
    """An OLE compound file, rich text, or Word 2003 XML (which often calls itself .doc)."""
    return data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or (
        data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<w:wordDocument"))
        and b"http://schemas.microsoft.com/office/word/2003/wordml" in data[:10_000]
    )


def _package(*members: str) -> Callable[[bytes, str], bool]:
    """A ZIP archive with a member of one of these names; a damaged one that names it, so that its reader says so."""

    def takes(data: bytes, suffix: str) -> bool:
        named = [name for name in members if data.startswith(b"PK\x03\x04") and name.encode() in data]
        if not named:
            return False
        from gip_lint.readers.package import Package

        try:
            package = Package(data)
        except UnreadableFile:
            return True
        return any(name in package for name in named)

    return takes


def _is_flat_open_document(data: bytes, suffix: str) -> bool:
    head = data[:4000]
    return b"<office:document" in head and b"application/vnd.oasis.opendocument." in head


def _is_web(data: bytes, suffix: str) -> bool:
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        suffix in _WEB_SUFFIXES
        or head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table"))
        or (head.startswith((b"<?xml", b"<!--")) and b"<html" in data[:4000].lower())
        or (b"mime-version:" in head and b"multipart/related" in data[:4000].lower())
    )


# No documents of text, whatever their name: archives and pictures.
_REFUSED = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
)

_PACKED = (
    Format(
        "word", ("Word（docx）", "Word (docx)"), (".docx", ".docm"), _package("word/document.xml", "word/styles.xml")
    ),
    Format("ofd", ("OFD", "OFD"), (".ofd",), _package("OFD.xml", "Encryptions.xml")),
    Format("open_document", ("ODT", "ODT"), (".odt", ".ott"), _package("content.xml", "encrypted-package")),
)
# What a file is shows in its bytes; its name may be wrong. The last one takes everything.
_FORMATS = (
    *_PACKED,
    Format("open_document", ("ODT", "ODT"), (".fodt",), _is_flat_open_document),
    Format("pdf", ("PDF", "PDF"), (".pdf",), lambda data, suffix: b"%PDF-" in data[:1024]),
    Format("office", ("Word（doc）", "Word (doc)"), (".doc", ".wps", ".rtf"), _is_older_office),
    Format("refused", ("压缩包", "archive"), (), lambda data, suffix: data.startswith(_REFUSED)),
    Format("web", ("网页", "web page"), _WEB_SUFFIXES, _is_web, commented=True),
    Format(
        "text",
        ("文本", "text"),
        (".txt", ".text", ".md", ".markdown"),
        lambda data, suffix: True,
        slow=False,
        commented=True,
    ),
)


def readable_suffixes() -> tuple[str, ...]:
    """The endings that a walk through a folder takes for reports."""
    return tuple(suffix for form in _FORMATS for suffix in form.suffixes)


def is_packed_document(data: bytes) -> bool:
    """Whether a ZIP archive is one document, not an archive of documents."""
    return any(form.takes(data, "") for form in _PACKED)


def read_document(data: bytes, path: str) -> Document:
    """Read by what the bytes are, whatever the name says.

    Raises `UnreadableFile` when no reader takes them.
    """
    return read_as(format_of(data, path), data, path)


def format_of(data: bytes, path: str) -> Format:
    """The format of a file, by its bytes and, where they do not tell, its name."""
    suffix = os.path.splitext(path)[1].lower()
    return next(form for form in _FORMATS if form.takes(data, suffix))


def source_text(data: bytes, path: str) -> str:
    """The text of a file in which comments can stand; empty for a format that has none. Raises `UnreadableFile`."""
    form = format_of(data, path)
    if not form.commented:
        return ""
    text: str = import_module(f"gip_lint.readers.{form.module}").source_text(data)
    return text


def read_as(form: Format, data: bytes, path: str) -> Document:
    """Read with the reader of that format. Raises `UnreadableFile`."""
    suffix = os.path.splitext(path)[1].lower()
    document: Document = import_module(f"gip_lint.readers.{form.module}").read(data, path)
    if suffix and path != "-" and suffix not in form.suffixes:
        note = SourceNote(
            "wrong-suffix",
            Location(1, 1, 1, 1),
            {"suffix": suffix, "read_as": form.name[0], "read_as_en": form.name[1]},
        )
        document = document._replace(notes=(*document.notes, note))
    return document
