"""The names of what stands in an OpenDocument text (ISO 26300), and its numbers read without trust."""

from __future__ import annotations

from lxml import etree

_PREFIX = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TABLE, TEXT = (f"{_PREFIX}{name}:1.0}}" for name in ("office", "style", "table", "text"))
DRAW = _PREFIX + "drawing:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

P, H, LIST, ITEM, HEADER = (TEXT + name for name in ("p", "h", "list", "list-item", "list-header"))
STYLE_NAME = TEXT + "style-name"


def count(element: etree._Element, name: str, default: int = 1) -> int:
    """The value of an attribute that counts something; the default where it is missing or no number."""
    value = element.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default
