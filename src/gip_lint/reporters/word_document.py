"""The pieces of a Word document, A4 landscape: paragraphs, tables with a repeated header, and the file they make up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from gip_lint.reporters.lines import clean

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = {"w": _W, "r": _R}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Lengths in twips, a twentieth of a point; margins of 2 cm.
_PAGE = (16838, 11906)
_MARGIN = 1134
WIDTH = _PAGE[0] - 2 * _MARGIN

BODY_FONT, HEADING_FONT, _LATIN_FONT = "仿宋", "宋体", "Times New Roman"
# Font → the other names it goes by and what to take where it is not installed, its family, its character set.
_FONTS = {
    BODY_FONT: ("FangSong;仿宋_GB2312;FangSong_GB2312;STFangsong", "modern", "86"),
    HEADING_FONT: ("SimSun;NSimSun;Songti SC;Noto Serif CJK SC", "roman", "86"),
    _LATIN_FONT: ("Liberation Serif", "roman", "00"),
}
_PARTS = ("styles", "fontTable", "footer")

Element = etree._Element


class Look(NamedTuple):
    """How a paragraph is set: `size` in half points, the spaces before and after in twips.

    `keep` holds it on the page of what follows.
    """

    size: int = 24
    font: str = BODY_FONT
    bold: bool = False
    align: str = "left"
    before: int = 0
    after: int = 0
    keep: bool = False
    new_page: bool = False


def word_document(blocks: Iterable[Element], footer: str) -> bytes:
    """The file. The footer's two `{}` become the number of the page and of all pages.

    The same blocks make the same bytes.
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in _other_parts(footer):
            archive.writestr(
                _entry(name), etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True)
            )
        # Block by block: the sheets of sixty offices need not be held at once.
        with archive.open(_entry("word/document.xml"), "w") as stream, etree.xmlfile(stream, encoding="UTF-8") as xml:
            xml.write_declaration(standalone=True)
            with xml.element(f"{{{_W}}}document", nsmap=_NAMESPACES), xml.element(f"{{{_W}}}body"):
                for block in blocks:
                    xml.write(block)
                xml.write(paragraph("", Look(size=2)))  # Word wants one behind a table
                xml.write(_section())
    return file.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _section() -> Element:
    section = _element("sectPr")
    section.append(_element("footerReference", type="default"))
    section[0].set(f"{{{_R}}}id", f"rId{_PARTS.index('footer') + 1}")
    section.append(_element("pgSz", w=_PAGE[0], h=_PAGE[1], orient="landscape"))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    section.append(_element("pgMar", **sides, header=567, footer=567, gutter=0))
    return section


def paragraph(text: str, look: Look) -> Element:
    """A paragraph of one run of text."""
    properties = _element("pPr")
    if look.keep:
        properties.append(_element("keepNext"))
    if look.new_page:
        properties.append(_element("pageBreakBefore"))
    properties.append(_element("spacing", before=look.before, after=look.after))
    properties.append(_element("jc", val=look.align))
    return _element("p", properties, _run(text, look))


def cell(text: str, width: int, look: Look, *, span: int = 1, shade: str = "") -> Element:
    """A cell of one paragraph; `span` counts the columns it takes, `shade` is a colour as RRGGBB."""
    properties = _element("tcPr", _element("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(_element("gridSpan", val=span))
    if shade:
        properties.append(_element("shd", val="clear", color="auto", fill=shade))
    properties.append(_element("vAlign", val="center"))
    return _element("tc", properties, paragraph(text, look))


def row(cells: Iterable[Element], *, header: bool = False, height: int = 0) -> Element:
    """A row that no page break divides; a header stands again on every page."""
    properties = _element("trPr", _element("cantSplit"))
    if height:
        properties.append(_element("trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(_element("tblHeader"))
    return _element("tr", properties, *cells)


def table(widths: Sequence[int], rows: Iterable[Element]) -> Element:
    """A ruled table with columns of these widths."""
    margins = {"top": 30, "left": 70, "bottom": 30, "right": 70}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    properties = _element(
        "tblPr",
        _element("tblW", w=sum(widths), type="dxa"),
        _element("tblBorders", *(_element(side, val="single", sz=4, space=0, color="000000") for side in sides)),
        _element("tblLayout", type="fixed"),
        _element("tblCellMar", *(_element(side, w=width, type="dxa") for side, width in margins.items())),
    )
    return _element("tbl", properties, _element("tblGrid", *(_element("gridCol", w=width) for width in widths)), *rows)


def _element(tag: str, /, *children: Element, **attributes: object) -> Element:
    element = etree.Element(f"{{{_W}}}{tag}", nsmap=_NAMESPACES)
    for key, value in attributes.items():
        element.set(f"{{{_W}}}{key}", str(value))
    element.extend(children)
    return element


def _run(text: str, look: Look) -> Element:
    content = _element("t")
    content.text = clean(text)
    content.set(_SPACE, "preserve")
    return _element("r", _run_properties(look), content)


def _run_properties(look: Look) -> Element:
    fonts = _element("rFonts", ascii=_LATIN_FONT, hAnsi=_LATIN_FONT, eastAsia=look.font, hint="eastAsia")
    bold = [_element("b")] if look.bold else []
    return _element("rPr", fonts, *bold, _element("sz", val=look.size))


# -- the other parts of the package -----------------------------------------------------------------------------------


def _other_parts(footer: str) -> Iterator[tuple[str, Element]]:
    yield "[Content_Types].xml", _content_types()
    yield "_rels/.rels", _relations(("officeDocument", "word/document.xml"))
    yield "word/_rels/document.xml.rels", _relations(*((kind, f"{kind}.xml") for kind in _PARTS))
    yield "word/styles.xml", _styles()
    yield "word/fontTable.xml", _font_table()
    yield "word/footer.xml", _footer(footer)


def _footer(words: str) -> Element:
    look = Look(size=19, align="center")
    before, between, after = words.split("{}")
    line = paragraph(before, look)
    for field, text in (("PAGE", between), ("NUMPAGES", after)):
        line.append(_element("fldSimple", _run("1", look), instr=field))
        line.append(_run(text, look))
    return _element("ftr", line)


def _styles() -> Element:
    fonts = _element("rFonts", ascii=_LATIN_FONT, hAnsi=_LATIN_FONT, eastAsia=BODY_FONT, cs=_LATIN_FONT)
    languages = _element("lang", val="en-US", eastAsia="zh-CN")
    run = _element("rPr", fonts, _element("sz", val=24), languages)
    normal = _element("style", _element("name", val="Normal"), type="paragraph", default=1, styleId="Normal")
    return _element("styles", _element("docDefaults", _element("rPrDefault", run), _element("pPrDefault")), normal)


def _font_table() -> Element:
    fonts = [
        _element(
            "font",
            _element("altName", val=others),
            _element("charset", val=charset),
            _element("family", val=family),
            name=name,
        )
        for name, (others, family, charset) in _FONTS.items()
    ]
    return _element("fonts", *fonts)


def _content_types() -> Element:
    space = f"{_PACKAGE}/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = etree.XML(f'<Types xmlns="{space}"/>')  # without a prefix: not every program takes one here
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    for suffix, kind in (("rels", relations), ("xml", "application/xml")):
        etree.SubElement(types, f"{{{space}}}Default", Extension=suffix, ContentType=kind)
    for name, kind in (("document", "document.main"), *((part, part) for part in _PARTS)):
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/word/{name}.xml", ContentType=f"{main}{kind}+xml")
    return types


def _relations(*targets: tuple[str, str]) -> Element:
    space = f"{_PACKAGE}/relationships"
    relations = etree.XML(f'<Relationships xmlns="{space}"/>')
    for number, (kind, target) in enumerate(targets, 1):
        etree.SubElement(relations, f"{{{space}}}Relationship", Id=f"rId{number}", Type=f"{_R}/{kind}", Target=target)
    return relations
