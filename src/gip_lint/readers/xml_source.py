"""Parses XML of unknown origin within limits: no DTD, no entities, nothing fetched."""

from __future__ import annotations

import re

from lxml import etree

from gip_lint.errors import UnreadableFile
from gip_lint.readers.package import damaged

# A node of the tree takes some 120 bytes; an annual report has some 20,000.
MAX_NODES = 1_000_000
MAX_XML_BYTES = 50_000_000

_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
# In these every `<` of the text is the byte `<`, so that counting bytes counts the nodes.
_ENCODINGS = frozenset((b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"gb2312", b"gbk", b"gb18030"))


def parse_xml(data: bytes) -> etree._Element:
    """The root element, without comments and processing instructions; every `tag` is a string.

    Depth is bounded by libxml2 (at most 2048). Raises `UnreadableFile` for what is no well-formed XML, has a
    document type (the only way to entities) or is larger than the limits.
    """
    if len(data) > MAX_XML_BYTES or data.count(b"<") + data.count(b"=") > MAX_NODES:
        raise UnreadableFile("文件内容过多，不是年度报告，未读取", "too much content for an annual report; not read")
    if any(mark in data for mark in _DOCTYPE):
        raise UnreadableFile(
            "XML 含有文档类型声明（DTD），出于安全考虑未读取", "the XML declares a document type; not read"
        )
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared.group(1).lower() not in _ENCODINGS:
        raise UnreadableFile("XML 使用了不支持的编码", "the XML has an encoding that is not supported")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged() from error
