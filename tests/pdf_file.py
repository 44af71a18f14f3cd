"""Writes small PDF files for testing: characters, lines and filled rectangles at their places, without any font in them.

Coordinates are those of the page as it is read: points from the upper left corner.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

ASCENT = 0.88  # of the standard Chinese fonts


class PdfPage:
    """One page while it is drawn."""

    def __init__(self, width: float = 595.0, height: float = 842.0) -> None:
        self.width = width
        self.height = height
        self.operators: list[str] = []
        self.entries = ""
        """More of the page's dictionary, as `/Rotate 90`."""

    def text(self, left: float, top: float, text: str, size: float = 10.5, mode: int = 0) -> None:
        """A line of text; its characters are as wide as `width_of` says."""
        base = self.height - top - ASCENT * size
        self.operators.append(f"BT {mode} Tr /F {size:g} Tf 1 0 0 1 {left:g} {base:g} Tm <{_encoded(text)}> Tj ET")

    def turned_text(self, matrix: Sequence[float], text: str, size: float = 10.5) -> None:
        """A line of text under a matrix of its own, in PDF's coordinates."""
        numbers = " ".join(f"{number:g}" for number in matrix)
        self.operators.append(f"BT 0 Tr /F {size:g} Tf {numbers} Tm <{_encoded(text)}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, dash: str = "") -> None:
        self.operators.append(f"[{dash}] 0 d {x0:g} {self.height - y0:g} m {x1:g} {self.height - y1:g} l S")

    def rectangle(self, left: float, top: float, right: float, bottom: float, paint: str = "S") -> None:
        """`paint` is the operator: S for its edges, f for its area."""
        width, height = right - left, bottom - top
        self.operators.append(f"{left:g} {self.height - bottom:g} {width:g} {height:g} re {paint}")

    def grey(self, shade: float) -> None:
        """The shade of the areas that follow; 0 is black."""
        self.operators.append(f"{shade:g} g")


def _encoded(text: str) -> str:
    return text.encode("utf-16-be").hex()


def width_of(text: str, size: float) -> float:
    """How wide a text is printed: ASCII takes half an em, as everything else takes a whole one."""
    return sum(size / 2 if char.isascii() else size for char in text)


def pdf_file(pages: Iterable[PdfPage], *, compressed: bool = True) -> bytes:
    """The file, with a cross-reference table."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        "/Supplement 4 >> /DW 1000 /W [1 [" + "500 " * 95 + "] 814 [" + "500 " * 95 + "]] /FontDescriptor << /Type "
        "/FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
    )
    bodies: list[bytes] = [b"", b"", font.encode()]
    kids = []
    for page in pages:
        content = "\n".join(page.operators).encode()
        filters = ""
        if compressed:
            content, filters = zlib.compress(content), "/Filter /FlateDecode "
        bodies.append(f"<< {filters}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}] /Contents {len(bodies)} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> {page.entries} >>".encode()
        )
        kids.append(f"{len(bodies)} 0 R")
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return assembled(bodies)


def assembled(bodies: Sequence[bytes], trailer: str = "") -> bytes:
    """A file of these objects, numbered from 1; the first one is the catalog."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        data += f"{place:010} 00000 n \n".encode()
    data += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(data)
