"""Writes Word files for testing: single pieces of WordprocessingML, and whole drafts with the habits of an office."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from io import BytesIO
from xml.sax.saxutils import escape

from layouts import Layout, markdown
from rendition import Draft, Grid, Role, Slot, grid_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:wps="{SHAPE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STAMP = (2024, 1, 5, 9, 0, 0)


# --- pieces --------------------------------------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A w:r; line breaks and tabs in the text are those of a word processor."""
    inner = re.sub(
        r"([\n\t])|([^\n\t]+)",
        lambda m: (
            ("<w:br/>" if m[1] == "\n" else "<w:tab/>") if m[1] else f'<w:t xml:space="preserve">{escape(m[2])}</w:t>'
        ),
        text,
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(content: str = "", properties: str = "") -> str:
    """A w:p around runs (or around plain text)."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """A w:tc around paragraphs (or around plain text)."""
    block = content if content.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{block}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A w:tr of cells, plain text or made by `cell`."""
    inner = "".join(one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str) -> str:
    """A content control around anything."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="7"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def text_box(content: str) -> str:
    """A run with a text box, once for new programs and once more for old ones."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="600000"/>'
        f'</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx>'
        "<wps:bodyPr/></wps:wsp>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="4000000" cy="600000"/>'
        f'<wp:docPr id="1" name="1"/><a:graphic><a:graphicData uri="{SHAPE}">{shape}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="width:315pt;height:47pt"><v:textbox>{inner}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, result: str) -> str:
    """The runs of a complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def numbered(level: int, identity: int = 1) -> str:
    """The paragraph property that makes it an item of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'


def list_level(index: int, notation: str, text: str, more: str = "", start: int = 1) -> str:
    """A w:lvl of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{notation}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions: str, more: str = "") -> str:
    """The content of numbering.xml: each definition is counted with by the w:num of its place, from 1."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{levels}</w:abstractNum>' for place, levels in enumerate(definitions)
    )
    nums = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(definitions))
    )
    return abstracts + nums + more


def style(identity: str, properties: str, *, kind: str = "paragraph", based_on: str = "", name: str = "") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name or identity}"/>{parent}{properties}</w:style>'


def _footnotes(count: int) -> str:
    separators = (("separator", "<w:separator/>"), ("continuationSeparator", "<w:continuationSeparator/>"))
    notes = [("normal", "<w:footnoteRef/><w:t>含上年结转的8件</w:t>")] * count
    return "".join(
        f'<w:footnote w:type="{kind}" w:id="{place}"><w:p><w:r>{content}</w:r></w:p></w:footnote>'
        for place, (kind, content) in enumerate((*separators, *notes), -1)
    )


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: int = 1,
    namespaces: str = NAMESPACES,
    chunk: bytes | None = None,
) -> bytes:
    """A whole file around the content of w:body.

    `footnotes` is how many there are, with identities from 1; `chunk` is another file inside it, related by rId9.
    """
    parts = {
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {namespaces}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {namespaces}>{numbering}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {namespaces}>{_footnotes(footnotes)}</w:footnotes>",
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_MEDIA}.{kind}+xml"/>'
        for name, kind in zip(parts, ("document.main", "styles", "numbering", "footnotes"), strict=True)
    )
    relation = '<Relationship Id="rId{}" Type="' + _OFFICE + '/{}" Target="{}"/>'
    envelope = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": envelope.format(relation.format(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": envelope.format(
            "".join(
                relation.format(place, kind, f"{kind}.xml")
                for place, kind in enumerate(("styles", "numbering", "footnotes"), 1)
            )
            + (relation.format(9, "aFChunk", "inside.dat") if chunk is not None else "")
        ),
        **parts,
    }
    octets = BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), _HEAD + text, zipfile.ZIP_DEFLATED)
        if chunk is not None:
            archive.writestr(zipfile.ZipInfo("word/inside.dat", STAMP), chunk)
    return octets.getvalue()


# --- a draft as a file ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Habits:
    """How an office made the file; none of it changes what is printed."""

    numbered: bool = False
    """一、 （一） and 1. before headings, topics and row labels exist only as the numbers of list items."""
    split_runs: bool = False
    tracked: bool = False
    controls: bool = False
    framed: bool = False
    """Every official table stands in a cell of another table, drawn to lay out the page."""
    cut: bool = False
    """A page break in the midst of every longer table, made by two tables, the header repeated in the second."""
    boxed_title: bool = False
    note_marks: bool = False
    hidden: bool = False
    unmerged: bool = False
    """Cells are not merged downwards; the lower ones stand there empty."""

    @classmethod
    def some(cls, rng: random.Random) -> Habits:
        return cls(**{habit.name: rng.random() < 0.3 for habit in fields(cls)})


class _List(IntEnum):
    """The lists of every file, by the w:numId that begins them."""

    HEADINGS = 1
    TOPICS = 2
    LABELS = 3


_NUMBERING = lists(
    list_level(0, "chineseCountingThousand", "%1、"),
    list_level(0, "japaneseCounting", "（%1）"),
    list_level(0, "decimal", "%1."),
)
_PATTERNS = {_List.HEADINGS: "([一二三四五六])、", _List.TOPICS: "（([一二三四五六])）", _List.LABELS: r"(\d)\."}
_RESTART = 100  # the numbers of lists from here on begin one of these anew
_REPEATED = "<w:tblHeader/>"


def render(draft: Draft, habits: Habits, rng: random.Random) -> bytes:
    """The draft as a .docx file."""
    return _Writer(habits, rng).document(draft)


class _Writer:
    def __init__(self, habits: Habits, rng: random.Random) -> None:
        self.habits = habits
        self.rng = rng
        self.restarts: list[_List] = []  # the list that each number from _RESTART on begins anew
        self.notes = 0
        self.running = {which: int(which) for which in _List}
        self.due = dict.fromkeys(_List, 1)

    def document(self, draft: Draft) -> bytes:
        first, *titles = draft.title
        boxed = self.habits.boxed_title and not titles
        body = [paragraph(text_box(paragraph(self.runs(first)))) if boxed else paragraph(self.runs(first))]
        body += (paragraph(self.runs(text)) for text in (*titles, *draft.preface))
        for section in draft.sections:
            body.append(self.item(section.heading, _List.HEADINGS))
            body += (self.item(text, _List.TOPICS) for text in section.before)
            if section.table is not None:
                body.append(self.table([grid_of(block) for block in section.table.blocks]))
            body += (paragraph(self.runs(text)) for text in section.after)
        body += (paragraph(self.runs(text), '<w:jc w:val="right"/>') for text in draft.signature)
        anew = "".join(
            f'<w:num w:numId="{_RESTART + place}"><w:abstractNumId w:val="{which - 1}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for place, which in enumerate(self.restarts)
        )
        return docx("".join(body), numbering=_NUMBERING + anew, footnotes=self.notes)

    def runs(self, text: str) -> str:
        habits, rng = self.habits, self.rng
        at = rng.randrange(1, len(text)) if habits.split_runs and len(text) > 1 else len(text)
        made = [run(piece) for piece in (text[:at], text[at:]) if piece]
        if habits.tracked and made:
            made[-1] = f'<w:ins w:id="1" w:author="x">{made[-1]}</w:ins>'
            gone = f"<w:r><w:delText>{rng.choice(('0', '12', '（旧）'))}</w:delText></w:r>"
            made.insert(rng.randrange(len(made) + 1), f'<w:del w:id="2" w:author="x">{gone}</w:del>')
        if habits.hidden and rng.random() < 0.2:
            made.append(run(rng.choice(("9", "待核")), "<w:vanish/>"))
        if habits.note_marks and text and rng.random() < 0.05:
            typed = run("1", '<w:vertAlign w:val="superscript"/>')
            self.notes += 1
            made.append(rng.choice((f'<w:r><w:footnoteReference w:id="{self.notes}"/></w:r>', typed)))
        joined = "".join(('<w:bookmarkStart w:id="3" w:name="_GoBack"/>', *made, '<w:bookmarkEnd w:id="3"/>'))
        return control(joined) if habits.controls and rng.random() < 0.3 else joined

    def item(self, text: str, which: _List) -> str:
        """A paragraph, the number it begins with left to a list where that comes to the same number."""
        match = re.match(_PATTERNS[which], text)
        if not self.habits.numbered or match is None:
            return paragraph(self.runs(text))
        value = int(match[1]) if match[1].isascii() else "一二三四五六".index(match[1]) + 1
        if value == 1 and which is not _List.HEADINGS:
            self.running[which] = _RESTART + len(self.restarts)
            self.restarts.append(which)
            self.due[which] = 1
        if value != self.due[which]:
            return paragraph(self.runs(text))
        self.due[which] += 1
        return paragraph(self.runs(text[match.end() :]), numbered(0, self.running[which]))

    def table(self, grids: Sequence[Grid]) -> str:
        """One table of all blocks, the last cell of each row as wide as is left; two where it is cut."""
        width = max(grid.width for grid in grids)
        first = grids[0]
        top = min((slot.row for slot in first.slots if slot.role not in (Role.CAPTION, Role.HEADER)), default=0)
        at = 0
        if self.habits.cut and len(grids) == 1 and first.height > top + 4:
            at = self.rng.randrange(top + 2, first.height - 1)
        rows = [self.row(grid, number, width, at) for grid in grids for number in range(grid.height)]
        made = table(*rows)
        if at:
            between = self.rng.choice(("", paragraph(), paragraph('<w:r><w:br w:type="page"/></w:r>')))
            made = table(*rows[:at]) + between + table(*rows[:top], *rows[at:])
        return table(row(cell(made + paragraph()))) if self.habits.framed else made

    def row(self, grid: Grid, number: int, width: int, cut: int) -> str:
        """A row of a grid; cells merged over the row `cut` begin anew there, with or without their text."""
        own = [slot for column, slot in enumerate(grid.lines()[number]) if slot is not None and slot.column == column]
        cells = (self.cell(slot, number, width - grid.width, grid.width, cut) for slot in own)
        return row(*cells, properties=_REPEATED if own[0].role is Role.HEADER else "")

    def cell(self, slot: Slot, number: int, more: int, width: int, cut: int) -> str:
        span = slot.columns + (more if slot.column + slot.columns == width else 0)
        properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        begins = slot.row == number
        again = number == cut > slot.row
        if slot.rows > 1 and not self.habits.unmerged:
            properties += '<w:vMerge w:val="restart"/>' if begins or again else "<w:vMerge/>"
        if begins and slot.role is Role.LABEL:
            return cell(self.item(slot.text, _List.LABELS), properties)
        shown = begins or (again and self.rng.random() < 0.5)
        made = cell(paragraph(self.runs(slot.text if shown else "")), properties)
        return control(made) if self.habits.controls and self.rng.random() < 0.1 else made


def _layout(variant: str, habits: Callable[[random.Random], Habits]) -> Layout:
    return Layout("word", variant, markdown(), suffix=".docx", write=lambda draft, rng: render(draft, habits(rng), rng))


def _having(habit: str) -> Layout:
    return _layout(habit.replace("_", "-"), lambda rng: Habits(**{habit: True}))


WORD_LAYOUTS = (
    _layout("plain", lambda rng: Habits()),
    *(_having(habit.name) for habit in fields(Habits)),
    _layout("some-habits", Habits.some),
)
