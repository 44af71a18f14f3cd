"""The parts of a Word package as XML, and the names of what stands in them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from gip_lint.errors import UnreadableFile
from gip_lint.readers.package import Package
from gip_lint.readers.xml_source import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# ISO 29500 strict: the same names in other namespaces
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument/math|officeDocument/relationships|\w+/main)")
_STYLE_END = b"</w:style>"
_TRANSITIONAL = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"drawingml/main": b"drawingml/2006/main",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
}

P, R, T, TBL, TR, TC, SDT = (W + name for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
VAL = W + "val"
STYLE_ID = W + "styleId"
ALTERNATE = _COMPATIBILITY + "AlternateContent"
_CHOICE = _COMPATIBILITY + "Choice"
FALLBACK = _COMPATIBILITY + "Fallback"
# They group what stands in them and add nothing of their own. Deletions (w:del, w:moveFrom) are not among them.
_WRAPPERS = frozenset(
    W + name
    for name in (
        "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir",
    )
)  # fmt: skip
# Looks only. Taken out at once they cost next to nothing, met one by one they make up half of the time.
_FORMATTING = tuple(
    W + name
    for name in (
        "rFonts", "sz", "szCs", "lang", "color", "kern", "b", "bCs", "i", "iCs", "u", "highlight", "shd", "spacing",
        "ind", "jc", "snapToGrid", "widowControl", "tabs", "tblPr", "tblGrid", "tblPrEx", "trHeight", "cantSplit",
        "tcW", "tcBorders", "tcMar", "vAlign", "noWrap", "textDirection", "hideMark", "cnfStyle", "keepNext",
        "keepLines", "pageBreakBefore", "lastRenderedPageBreak", "proofErr", "bookmarkStart", "bookmarkEnd", "position",
        "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "delText", "bidi", "autoSpaceDE", "autoSpaceDN", "adjustRightInd",
        "overflowPunct", "contextualSpacing", "outlineLvl",
    )
)  # fmt: skip
# Without any of these no run property changes what is read. (Deletions stand there for deleted paragraph marks.)
_MATTERING = tuple(W + name for name in ("vanish", "specVanish", "vertAlign", "rStyle", "del", "moveFrom"))
_GROUPS = _WRAPPERS | {ALTERNATE}
_LARGEST = 1_000_000


class Parts(NamedTuple):
    """The parts of a Word package that carry text, or decide how it reads; styles and numbering may be missing.

    `chunks` are the whole files inside it that `w:altChunk` puts into its text, by the identity of the relation.
    """

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    chunks: Mapping[str, bytes]


class _Relation(NamedTuple):
    """A relation to another part: `kind` is the last word of its type, `target` a member's name."""

    identity: str
    kind: str
    target: str


def read_parts(data: bytes) -> Parts:
    """Open the package and parse its main document, styles and numbering.

    Raises `UnreadableFile` when the package or a part of it is damaged, encrypted or too large.
    """
    package = Package(data)
    main = _targets(package, "").get("officeDocument", "word/document.xml")
    related = _targets(package, main)
    folder = posixpath.dirname(main)

    def part(kind: str) -> etree._Element | None:
        name = related.get(kind, posixpath.join(folder, f"{kind}.xml"))
        return _parsed(_without_table_styles(package.member(name))) if name in package else None

    chunks = {
        relation.identity: package.member(relation.target)
        for relation in _relations(package, main)
        if relation.kind == "aFChunk" and relation.target in package
    }
    return Parts(_without_looks(_parsed(package.member(main))), part("styles"), part("numbering"), chunks)


def _targets(package: Package, part: str) -> dict[str, str]:
    """Member names of what a part (or, for "", the package) is related to, by the last word of the relation."""
    found: dict[str, str] = {}
    for relation in _relations(package, part):
        found.setdefault(relation.kind, relation.target)
    return found


def _relations(package: Package, part: str) -> Iterator[_Relation]:
    """What a part (or, for "", the package) is related to inside of the package."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return
    for relation in parse_xml(package.member(relations)).iter(_RELATIONSHIP):
        if relation.get("TargetMode") == "External":
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        yield _Relation(relation.get("Id", ""), kind, target.lstrip("/"))


def _parsed(data: bytes) -> etree._Element:
    root = parse_xml(data)
    if root.tag.startswith("{http://purl.oclc.org/ooxml/"):
        return parse_xml(_STRICT.sub(_transitional, etree.tostring(root, encoding="utf-8")))
    return root


def _without_table_styles(data: bytes) -> bytes:
    """The XML without the styles of tables: they say nothing of text, and some programs write 300 KB of them.

    Cut out before parsing, where nothing but tags can begin with `<`; otherwise left as it is.
    """
    if b"<!" in data or data.count(b"<?") > 1:
        return data
    kept = []
    at = 0
    while (mark := data.find(b' w:type="table"', at)) >= 0:
        start, end = data.rfind(b"<", at, mark), data.find(_STYLE_END, mark)
        is_style = end >= 0 and data.startswith(b"<w:style ", start)
        kept.append(data[at : start if is_style else mark + 1])
        at = end + len(_STYLE_END) if is_style else mark + 1
    return b"".join((*kept, data[at:]))


def _without_looks(document: etree._Element) -> etree._Element:
    """The document without what only formats it, run properties included where none of them matters."""
    plain = next(document.iter(*_MATTERING), None) is None
    etree.strip_elements(document, *_FORMATTING, *((W + "rPr",) if plain else ()), with_tail=False)
    return document


def _transitional(found: re.Match[bytes]) -> bytes:
    known = _TRANSITIONAL.get(found[1])
    return found[0] if known is None else b"http://schemas.openxmlformats.org/" + known


def flat(parent: etree._Element) -> Iterable[etree._Element]:
    """The children of an element, those inside of wrappers included; of alternatives the first one only."""
    children = list(parent)
    for child in children:
        if child.tag in _GROUPS:
            return _unwrapped(parent)
    return children


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    stack = [iter(parent)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
            if tag in _WRAPPERS:
                stack.append(iter(child))
                break
            if tag == ALTERNATE:
                chosen = alternative(child)
                if chosen is not None:
                    stack.append(iter(chosen))
                    break
            else:
                yield child
        else:
            stack.pop()


def alternative(element: etree._Element) -> etree._Element | None:
    """The alternative to read: the others say the same again for older programs."""
    chosen = element.find(_CHOICE)
    return chosen if chosen is not None else element.find(FALLBACK)


def is_on(element: etree._Element) -> bool:
    """Whether a switch such as `<w:vanish/>` or `<w:vanish w:val="0"/>` is on."""
    return element.get(VAL) not in ("0", "false", "off")


def whole_number(element: etree._Element | None, default: int, name: str = VAL) -> int:
    """The value of an element; the default where it is missing, no number or beyond any document."""
    value = element.get(name, "") if element is not None else ""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return default
    return min(int(value), _LARGEST)


def unreadable_depth() -> UnreadableFile:
    """Tables or text boxes within one another, deeper than any program writes them."""
    return UnreadableFile(
        "表格或文本框嵌套过深，不是年度报告，未读取", "tables or text boxes nested too deeply; not read"
    )
