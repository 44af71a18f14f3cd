"""Writes small OFD files for testing: characters, lines and filled rectangles at their places, in the ways of many writers.

Coordinates are those of the page as it is read: points from the upper left corner.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from pdf_file import width_of

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ASCENT = 0.88
_MM = 25.4 / 72


def _mm(*points: float) -> str:
    return " ".join(f"{point * _MM:.4f}".rstrip("0").rstrip(".") for point in points)


class OfdPage:
    """One page while it is drawn; chance decides how characters and lines are written down."""

    def __init__(self, width: float = 595.0, height: float = 842.0, rng: random.Random | None = None) -> None:
        self.width = width
        self.height = height
        self.objects: list[str] = []
        self.rng = rng or random.Random(0)
        self.by_character = self.rng.random() < 0.3
        self.runs = self.rng.random() < 0.5
        self.scaled = self.rng.random() < 0.3
        self._colour = ""

    def text(self, left: float, top: float, text: str, size: float = 10.5) -> None:
        """A line of text; its characters are as wide as `width_of` says."""
        if self.by_character:
            for char in text:
                self._text(left, top, char, size)
                left += width_of(char, size)
        else:
            self._text(left, top, text, size)

    def _text(self, left: float, top: float, text: str, size: float) -> None:
        scale = 2.0 if self.scaled else 1.0
        steps = [_mm(width_of(char, size) / scale) for char in text[:-1]]
        delta = ""
        if steps:
            delta = f' DeltaX="{" ".join(_in_runs(steps) if self.runs else steps)}"'
        ctm = f' CTM="{scale:g} 0 0 {scale:g} 0 0"' if self.scaled else ""
        self.objects.append(
            f'<ofd:TextObject ID="{len(self.objects) + 100}" Boundary="{_mm(left, top, width_of(text, size), size)}" '
            f'Font="3" Size="{_mm(size / scale)}"{ctm}><ofd:TextCode X="0" Y="{_mm(ASCENT * size / scale)}"{delta}>'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>"
        )

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._path(f"M {_mm(x0, y0)} L {_mm(x1, y1)}", 'LineWidth="0.176"')

    def rectangle(self, left: float, top: float, right: float, bottom: float, paint: str = "S") -> None:
        """`paint` is S for its edges, f for its area."""
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        data = " L ".join(_mm(*corner) for corner in corners)
        self._path(f"M {data} C", 'Stroke="false" Fill="true"' if paint == "f" else "")

    def grey(self, shade: float) -> None:
        """The shade of the areas that follow; 0 is black."""
        self._colour = "" if not shade else f'<ofd:FillColor Value="{" ".join([str(round(shade * 255))] * 3)}"/>'

    def _path(self, data: str, attributes: str) -> None:
        self.objects.append(
            f'<ofd:PathObject ID="{len(self.objects) + 100}" Boundary="{_mm(0, 0, self.width, self.height)}" '
            f"{attributes}>{self._colour}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def written(self) -> str:
        """Its Content.xml; objects may stand in blocks, and the first of them in a layer below."""
        cut = self.rng.randint(0, len(self.objects))
        lower, upper = "".join(self.objects[:cut]), "".join(self.objects[cut:])
        return page_xml(
            f'<ofd:Layer Type="Background" ID="7">{lower}</ofd:Layer>'
            f'<ofd:Layer ID="8"><ofd:PageBlock ID="9">{upper}</ofd:PageBlock></ofd:Layer>',
            f"<ofd:Area><ofd:PhysicalBox>{_mm(0, 0, self.width, self.height)}</ofd:PhysicalBox></ofd:Area>",
        )


def _in_runs(steps: list[str]) -> Iterable[str]:
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        yield from ("g", str(end - at), steps[at]) if end - at > 1 else (steps[at],)
        at = end


def page_xml(layers: str, before: str = "") -> str:
    """A page's Content.xml around its layers."""
    return f"<ofd:Page {NAMESPACE}>{before}<ofd:Content>{layers}</ofd:Content></ofd:Page>"


def layer(*objects: str) -> str:
    return f'<ofd:Layer ID="1">{"".join(objects)}</ofd:Layer>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def entry(root: str = "Doc_0/Document.xml", more: str = "") -> str:
    """An OFD.xml."""
    return (
        f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{root}</ofd:DocRoot>'
        f"{more}</ofd:DocBody></ofd:OFD>"
    )


def document_xml(pages: Iterable[str], common: str = "") -> str:
    """A Document.xml with pages at these locations."""
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="{page}"/>' for number, page in enumerate(pages, 1))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    return (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def ofd_file(pages: Iterable[str], common: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """A file of pages given as their Content.xml; `common` goes to the document's common data, `more` are other parts."""
    written = {f"Pages/Page_{number}/Content.xml": page for number, page in enumerate(pages)}
    return package(
        {
            "OFD.xml": entry(),
            "Doc_0/Document.xml": document_xml(written, common),
            **{f"Doc_0/{name}": page for name, page in written.items()},
            **(more or {}),
        }
    )
