"""Drafts of annual reports as OpenDocument texts: spans, covered cells, numbers that exist only as lists."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from rendition import Draft, Grid, Slot, grid_of

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "manifest": "manifest",
    }.items()
)
_LIST_STYLE = (
    '<text:list-style style:name="Chapters"><text:list-level-style-number text:level="1" style:num-suffix="、" '
    'style:num-format="一, 二, 三, ..."/></text:list-style>'
)
_NUMBERED = re.compile(r"[一二三四五六]、")


def flat_odt(body: str, styles: str = "") -> bytes:
    """A flat document with this inside office:text; `styles` go to its automatic styles."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def odt(body: str, styles: str = "", manifest: str = "") -> bytes:
    """The same as a package; `styles` go to its styles.xml, `manifest` inside its manifest."""
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_NAMES}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "META-INF/manifest.xml": f"<manifest:manifest {_NAMES}>{manifest}</manifest:manifest>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, method)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def rendered(draft: Draft, rng: random.Random) -> bytes:
    """The draft as an .odt; chance decides how figures are cut into spans and whether headings number themselves."""
    counted = rng.random() < 0.5 and all(_NUMBERED.match(section.heading) for section in draft.sections)
    body = [paragraph(text) for text in (*draft.title, *draft.preface)]
    for number, section in enumerate(draft.sections):
        if counted:
            going_on = ' text:continue-numbering="true"' if number else ""
            heading = f'<text:h text:outline-level="1">{escape(section.heading[2:])}</text:h>'
            body.append(
                f'<text:list text:style-name="Chapters"{going_on}><text:list-item>{heading}</text:list-item></text:list>'
            )
        else:
            body.append(f'<text:h text:outline-level="1">{escape(section.heading)}</text:h>')
        body += map(paragraph, section.before)
        if section.table is not None:
            body += (table(grid_of(block), rng) for block in section.table.blocks)
        body += map(paragraph, section.after)
    body += map(paragraph, draft.signature)
    return (odt if rng.random() < 0.8 else flat_odt)("".join(body), _LIST_STYLE)


def table(grid: Grid, rng: random.Random) -> str:
    lines = [_row(line, number, rng) for number, line in enumerate(grid.lines())]
    header = next((number for number, line in enumerate(lines) if "<text:p>（一）" in line), 0)
    head = f"<table:table-header-rows>{''.join(lines[:header])}</table:table-header-rows>" if header else ""
    columns = f'<table:table-column table:number-columns-repeated="{grid.width}"/>'
    before = "".join(map(paragraph, grid.before))
    return f"{before}<table:table>{columns}{head}{''.join(lines[header:])}</table:table>"


def _row(line: list[Slot | None], number: int, rng: random.Random) -> str:
    cells = []
    for column, slot in enumerate(line):
        if slot is None:
            continue
        if (slot.row, slot.column) != (number, column):
            cells.append(("covered-table-cell", "", ""))
            continue
        spans = f' table:number-columns-spanned="{slot.columns}"' if slot.columns > 1 else ""
        spans += f' table:number-rows-spanned="{slot.rows}"' if slot.rows > 1 else ""
        cells.append(("table-cell", spans, f"<text:p>{_cut(slot.text, rng)}</text:p>"))
    return f"<table:table-row>{''.join(_written(cells, rng))}</table:table-row>"


def _written(cells: list[tuple[str, str, str]], rng: random.Random) -> Iterator[str]:
    """Names, attributes and contents as elements; equal neighbours are sometimes written once and repeated."""
    start = 0
    while start < len(cells):
        end = start + 1
        while end < len(cells) and cells[end] == cells[start] and rng.random() < 0.5:
            end += 1
        name, attributes, inner = cells[start]
        times = f' table:number-columns-repeated="{end - start}"' if end - start > 1 else ""
        yield f"<table:{name}{attributes}{times}>{inner}</table:{name}>"
        start = end


def _cut(text: str, rng: random.Random) -> str:
    """The text in one piece or two, as word processors leave it after every change."""
    if len(text) < 2 or rng.random() < 0.7:
        return escape(text)
    place = rng.randrange(1, len(text))
    return f"{escape(text[:place])}<text:span>{escape(text[place:])}</text:span>"
