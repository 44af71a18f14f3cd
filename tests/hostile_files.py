"""Files made to harm: by name, bytes that ask a reader for more time, memory or rights than a report needs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from odt_rendition import odt
from ofd_file import document_xml, entry, ofd_file, page_xml
from ofd_file import layer as ofd_layer
from ofd_file import package as packed
from pdf_file import PdfPage, assembled, pdf_file
from word_rendition import docx
from word_rendition import style as word_style

MEGABYTE = 1_000_000
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/a.dtd"> %x;]>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


# --- pieces --------------------------------------------------------------------------------------------------------


def replaced(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package with the bytes of its members rewritten."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({name: change(name, archive.read(name)) for name in archive.namelist()})


def with_doctype(data: bytes, doctype: str, entity: str, main: str) -> bytes:
    """A package whose main part declares a document type and uses its entity."""

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith(main):
            return part
        text = part.decode()
        text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        return (doctype + text.replace("甲乙丙", entity)).encode()

    return replaced(data, change)


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    return replaced(data, lambda member, old: part if member == name else old)


def lying(data: bytes, size: int) -> bytes:
    """A ZIP archive whose directory and local headers declare this size for every member."""
    changed = bytearray(data)
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(signature)
        while at >= 0:
            struct.pack_into("<I", changed, at + place, size)
            at = data.find(signature, at + 4)
    return bytes(changed)


def overlapping(members: int, size: int) -> bytes:
    """Many directory entries of one compressed member (after D. Fifield, 2019)."""
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("00000.txt", bytes(size))
        data = buffer.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    record = data[start:end]
    directory = b"".join(record.replace(b"00000.txt", f"{number:05}.txt".encode()) for number in range(members))
    closing = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, members, members, len(directory), start, 0)
    return data[:start] + directory + closing


def nested_archives(depth: int, width: int) -> bytes:
    """Archives within archives, as in 42.zip; the innermost hold zeros."""
    data = packed({"0.txt": bytes(10 * MEGABYTE)})
    for _ in range(depth):
        data = packed({f"{number}.zip": data for number in range(width)})
    return data


def levels(before: str, after: str, depth: int, inner: str) -> str:
    return before * depth + inner + after * depth


# --- by format -----------------------------------------------------------------------------------------------------

W_P = "<w:p><w:r><w:t>甲乙丙</w:t></w:r></w:p>"
W_TABLE = ("<w:tbl><w:tr><w:tc>", f"{W_P}</w:tc></w:tr></w:tbl>")
ODT_P = "<text:p>甲乙丙</text:p>"
ODT_TABLE = ("<table:table><table:table-row><table:table-cell>", "</table:table-cell></table:table-row></table:table>")
OFD_TEXT = '<ofd:TextObject ID="1" Boundary="1 1 90 90" Size="4"><ofd:TextCode X="0" Y="4">甲乙丙</ofd:TextCode></ofd:TextObject>'


def ofd(*objects: str) -> bytes:
    return ofd_file([page_xml(ofd_layer(*objects))])


PACKAGES = {
    "docx": (docx(W_P), "word/document.xml"),
    "odt": (odt(ODT_P), "content.xml"),
    "ofd": (ofd(OFD_TEXT), "Content.xml"),
}


def packages() -> Iterator[tuple[str, bytes]]:
    for kind, (data, main) in PACKAGES.items():
        yield f"external-entity.{kind}", with_doctype(data, EXTERNAL, "&x;", main)
        yield f"parameter-entity.{kind}", with_doctype(data, PARAMETER, "甲", main)
        yield f"billion-laughs.{kind}", with_doctype(data, LAUGHS, "&x11;", main)
        whole = next(name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(main))
        yield f"bomb.{kind}", with_part(data, whole, bytes(60 * MEGABYTE))
        yield f"lying-bomb.{kind}", lying(with_part(data, whole, bytes(60 * MEGABYTE)), 1000)
        yield f"lying-sizes.{kind}", lying(data, 0xFFFFFFF0)
        yield f"deep.{kind}", with_part(data, whole, levels("<a>", "</a>", MEGABYTE, "").encode())
        yield f"many-elements.{kind}", with_part(data, whole, b"<a>" + b"<b/>" * 5_000_000 + b"</a>")
        yield f"many-attributes.{kind}", with_part(data, whole, b"<a " + b'b="" ' * 3_000_000 + b"/>")
        yield f"one-text.{kind}", with_part(data, whole, b"<a>" + b"x" * 40_000_000 + b"</a>")
        yield f"utf-7.{kind}", with_part(data, whole, b'<?xml version="1.0" encoding="utf-7"?><a/>')


def word() -> Iterator[tuple[str, bytes]]:
    yield "deep-tables.docx", docx(levels(*W_TABLE, 80, W_P))
    yield "deeper-tables.docx", docx(levels(*W_TABLE, 5000, W_P))
    yield "deep-boxes.docx", docx(levels("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 120, W_P))
    cell = "<w:tc><w:p/></w:tc>"
    yield "cells.docx", docx(f"<w:tbl>{f'<w:tr>{cell * 1000}</w:tr>' * 210}</w:tbl>")
    yield "million-cells.docx", docx(f"<w:tbl>{f'<w:tr>{cell * 1000}</w:tr>' * 1000}</w:tbl>")
    spans = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    yield "spans.docx", docx(f"<w:tbl>{f'<w:tr>{spans * 50}</w:tr>' * 50}</w:tbl>")
    yield (
        "grid-before.docx",
        docx(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr>{cell}</w:tr></w:tbl>'),
    )
    styles = "".join(word_style(f"S{n}", "", based_on=f"S{(n + 1) % 3000}") for n in range(3000))
    yield (
        "style-cycle.docx",
        docx('<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>', styles=styles),
    )
    yield "fields.docx", docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000 + "</w:p>" + W_P)
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r>'
    yield "raised.docx", docx(f"<w:p>{raised * 60_000}</w:p>")
    yield "paragraphs.docx", docx("<w:p/>" * 400_000 + W_P)
    yield "long-paragraphs.docx", docx("<w:p><w:r><w:t>（一）主动公开1件</w:t></w:r></w:p>" * 160_000)
    yield "runs.docx", docx("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * 150_000 + "</w:p>")


def open_document() -> Iterator[tuple[str, bytes]]:
    yield "deep-tables.odt", odt(levels(*ODT_TABLE, 80, ODT_P))
    yield "deep-lists.odt", odt(levels("<text:list><text:list-item>", "</text:list-item></text:list>", 120, ODT_P))
    yield "deep-spans.odt", odt("<text:p>" + levels("<text:span>", "</text:span>", 240, "甲") + "</text:p>")
    cell = "<table:table-cell/>"
    yield (
        "million-cells.odt",
        odt(f"<table:table>{f'<table:table-row>{cell * 1000}</table:table-row>' * 900}</table:table>"),
    )
    yield (
        "repeated.odt",
        odt(
            "<table:table><table:table-row table:number-rows-repeated='999999999'>"
            "<table:table-cell table:number-columns-repeated='999999999'/></table:table-row></table:table>"
        ),
    )
    inner = "<table:table-cell table:number-columns-repeated='9'>"
    nest = levels(f"<table:table><table:table-row>{inner}", ODT_TABLE[1], 60, ODT_P)
    yield "multiplied-tables.odt", odt(nest)
    yield "sections.odt", odt(levels("<text:section>", "</text:section>", 200, "<text:p/>" * 200_000 + ODT_P))


def fixed_layout() -> Iterator[tuple[str, bytes]]:
    yield "blocks.ofd", ofd(levels("<ofd:PageBlock>", "</ofd:PageBlock>", 200, OFD_TEXT))
    yield "texts.ofd", ofd(OFD_TEXT * 100_000)
    grid = "".join(f"M {n} 0 L {n} 290 M 0 {n} L 200 {n} " for n in range(200))
    path = f'<ofd:PathObject ID="2" Boundary="0 0 210 297"><ofd:AbbreviatedData>{grid}</ofd:AbbreviatedData></ofd:PathObject>'
    yield "grid.ofd", ofd(OFD_TEXT, path)
    fine = "".join(f"M {n / 10} 0 L {n / 10} 290 M 0 {n / 10} L 200 {n / 10} " for n in range(2000))
    yield "fine-grid.ofd", ofd(OFD_TEXT, path.replace(grid, fine))
    slanted = "".join(f"M {n % 200} {n % 290} L {n * 7 % 200} {n * 3 % 290} " for n in range(100_000))
    yield "lines.ofd", ofd(OFD_TEXT, path.replace(grid, slanted))
    yield "runs.ofd", ofd(OFD_TEXT.replace('Y="4"', f'Y="4" DeltaX="{"g 999999999 1 " * 100_000}"'))
    yield (
        "pages.ofd",
        packed(
            {
                "OFD.xml": entry(),
                "Doc_0/Document.xml": document_xml(["P.xml"] * 400),
                "Doc_0/P.xml": page_xml(ofd_layer(OFD_TEXT * 2000)),
            }
        ),
    )
    yield "far.ofd", ofd(OFD_TEXT.replace('"1 1 90 90"', '"1e300 -1e300 nan inf"').replace('Size="4"', 'Size="1e9"'))
    page = PdfPage()
    page.text(72, 72, "甲乙丙")
    for number in range(250):
        page.line(2 * number, 0, 2 * number, 800)
        page.line(0, 3 * number, 590, 3 * number)
    yield "grid.pdf", pdf_file([page])
    for number in range(60_000):
        page.line(number % 590, number % 800, number * 7 % 590, number * 3 % 800)
    yield "lines.pdf", pdf_file([page])
    yield "stream-bomb.pdf", pdf_bomb()
    catalog, cycle = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 999999999 >>"
    yield "page-cycle.pdf", assembled([catalog, cycle])
    yield "form-cycle.pdf", form_cycle()
    yield "deep-arrays.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * MEGABYTE


def pdf_bomb() -> bytes:
    content = zlib.compress(zlib.compress(b"0 0 m 9 9 l S\n" * 20_000_000, 9), 9)
    body = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            body,
        ]
    )


def form_cycle() -> bytes:
    form = b"/F Do /F Do /F Do /F Do"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n" % len(form) + form + b"\nendstream",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >> /Length %d >>\nstream\n"
            % len(form)
            + form
            + b"\nendstream",
        ]
    )


def web() -> Iterator[tuple[str, bytes]]:
    def page(body: str, doctype: str = "") -> bytes:
        return f"{doctype}<html><body><p>政府信息公开</p>{body}</body></html>".encode()

    yield "external-entity.html", page("&x;", EXTERNAL)
    yield "billion-laughs.html", page("&x11;", LAUGHS)
    yield "external-entity.xhtml", b'<?xml version="1.0"?>' + page("&x;", EXTERNAL)
    yield "deep.html", page("<div>" * 300_000 + "甲")
    yield "deep-tables.html", page("<table><tr><td>" * 20_000 + "甲")
    yield "deep-inline.html", page("<p>" + "<b><i>" * 100_000 + "甲")
    yield (
        "spans.html",
        page("<table>" + "<tr>" + "<td rowspan=999999999 colspan=999999999>1</td>" * 100 + "</tr>" * 100 + "</table>"),
    )
    yield "long-spans.html", page("<table>" + "<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 1000 + "</table>")
    yield "million-cells.html", page(f"<table>{('<tr>' + '<td>1</td>' * 1000 + '</tr>') * 1000}</table>")
    yield "rows.html", page("<table>" + "<tr><td>1" * 190_000 + "</table>")
    yield "unclosed.html", page("<!-- " + "<p>甲" * 200_000)
    yield "attributes.html", page("<p " + "".join(f"a{n}=1 " for n in range(300_000)) + ">甲</p>")
    yield "entities.html", page("&#x7532;" * 1_000_000)
    yield "paragraphs.html", page("<p>甲" * 400_000)
    yield "links.html", page("<p>" + "<a href=x>甲</a>" * 200_000)
    yield "charset.html", b'<html><meta charset="utf-7"><body>+ADw-p+AD4-' + b"x" * 1000
    yield "unknown-charset.html", b'<html><meta charset="no-such-thing"><body><p>\xff\xfe\x00'
    boundary = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    yield "parts.mht", boundary + b"--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n" * 100_000
    yield (
        "nested.mht",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        + b"".join(
            b"--b\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
        ),
    )


def archives() -> Iterator[tuple[str, bytes]]:
    yield "42.zip", nested_archives(3, 16)
    yield "overlapping.zip", overlapping(40_000, 45 * MEGABYTE)
    yield "many.zip", overlapping(60_000, 10)
    yield "bomb.zip", packed({"a.txt": bytes(200 * MEGABYTE)})
    yield "lying.zip", lying(packed({"a.txt": bytes(60 * MEGABYTE)}), 10)
    yield "slip.zip", packed({"../../../../tmp/gip-lint-slip.txt": b"x", "/etc/gip-lint-slip.txt": b"x"})
    yield "names.zip", packed({f"{'年' * 5000}/{number}.txt": b"" for number in range(200)})


def compound_files() -> Iterator[tuple[str, bytes]]:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(76, b"\0") + b"\0" * 436)
    yield "zeros.doc", bytes(head)
    for shift in (0, 9, 12, 65535):
        struct.pack_into("<H", head, 30, shift)
        yield f"loop-{shift}.doc", bytes(head) + b"\0" * MEGABYTE
    yield "groups.rtf", b"{\\rtf1" + b"{" * MEGABYTE
    yield (
        "laughs.doc",
        (
            LAUGHS
            + '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">&x11;</w:wordDocument>'
        ).encode(),
    )


def reports() -> Iterator[tuple[str, bytes]]:
    """What is a report by its first words, and goes on for ever."""
    head = "临溪县2023年政府信息公开工作年度报告\n一、总体情况\n"
    for name, text in {
        "items": "共公开1件，其中2件，3条，收到申请4件，",
        "brackets": "（",
        "characters": "的",
        "figures": "1",
        "years": "2023年",
        "rows": "总计1\t2\t3\n",
        "sentences": "全年共公开1件。\n",
    }.items():
        for length in (150_000, 3_000_000):
            yield f"{name}-{length}.txt", (head + text * (length // len(text))).encode()


def texts() -> Iterator[tuple[str, bytes]]:
    yield "line.txt", "政府信息公开工作年度报告".encode() * 500_000
    yield "digits.txt", b"1" * 19 * MEGABYTE
    yield "lines.txt", "（一）主动公开1件，".encode() + b"\n1" * 4 * MEGABYTE
    yield "tabs.txt", b"\t" * 19 * MEGABYTE
    yield "spaces.txt", b"1  " * 6 * MEGABYTE
    yield "brackets.txt", "（".encode() * 6 * MEGABYTE
    yield "zeros.txt", bytes(MEGABYTE)


SOURCES = (packages, word, open_document, fixed_layout, web, archives, compound_files, texts, reports)
