"""Reads Word documents (.docx): paragraphs, tables, text boxes and lists as they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from gip_lint.document import Document, Paragraph, Place
from gip_lint.errors import UnreadableFile
from gip_lint.readers import format_of, read_as
from gip_lint.readers.composition import MAX_CELLS, Composition, Piece, PlacedCell, too_many_cells
from gip_lint.readers.package import damaged
from gip_lint.readers.text import text_blocks
from gip_lint.readers.word.numbering import Numbering
from gip_lint.readers.word.styles import Styles
from gip_lint.readers.word.table import WordRow, is_frame, rows_of
from gip_lint.readers.word.text import ParagraphText, TextReader
from gip_lint.readers.word.xml import RELATED, TBL, TC, P, W, flat, read_parts, unreadable_depth

# Office programs refuse far fewer; each level of tables takes three calls.
MAX_DEPTH = 40
MOST_NOTES = 100  # of pictures and other parts that were not read

# So many lines with so many wide gaps in each are the rows of a table that is none of the word processor's.
FEWEST_ROWS = 3
GAPS_OF_A_ROW = 2
_GAP = re.compile(r"\S(?:[ \u3000]*\t\s*|[ \u3000]{2,})(?=\S)")

_BODY = W + "body"
_ELSEWHERE = {
    W + "altChunk": ("嵌入的另一个文件", "another file inside it"),
    W + "subDoc": ("子文档", "a sub-document"),
}


def read(data: bytes, path: str) -> Document:
    """Read the bytes of one .docx file.

    Raises `UnreadableFile` when the package is damaged or encrypted, there is no text in it, or a limit is exceeded.
    """
    parts = read_parts(data)
    body = parts.document.find(_BODY)
    if body is None:
        raise damaged()
    if sum(1 for _ in body.iter(TC)) > MAX_CELLS:
        raise too_many_cells()
    styles = Styles(parts.styles)
    reading = _Reading(TextReader(styles, Numbering(parts.numbering, styles)), parts.chunks)
    reading.blocks(body, None, 0)
    return reading.document(path)


class _Reading:
    """One pass over one document.

    Body paragraphs and tables are counted as they come, empty ones and tables inside of others included.
    """

    def __init__(self, text: TextReader, chunks: Mapping[str, bytes]) -> None:
        self._text = text
        self._chunks = chunks
        self._composition = Composition()
        self._waiting: list[list[Piece]] = []  # paragraphs since the last table
        self._paragraphs = 0
        self._tables = 0
        self._notes = 0
        self._pictured = False
        self._elsewhere = False

    def document(self, path: str) -> Document:
        """What it comes to; raises `UnreadableFile` where nothing in it could be read."""
        self._add_waiting()
        if self._composition.is_empty and self._elsewhere:
            raise UnreadableFile(
                "文字都在嵌入的另一个文件里，请用 Word 打开后另存",
                "all text is in another file inside it; open it in Word and save it again",
            )
        if self._composition.is_empty and self._pictured:
            raise UnreadableFile(
                "只有图片，没有文字，多半是扫描件", "there are only pictures in it and no text; most likely a scan"
            )
        return self._composition.document(path)

    def blocks(self, parent: etree._Element, place: Place | None, depth: int) -> None:
        """Add the paragraphs and tables of a body, text box or cell; without a place they are the body's own."""
        if depth > MAX_DEPTH:
            raise unreadable_depth()
        pieces: list[Piece] = []
        for element in flat(parent):
            if element.tag == P:
                if place is None:
                    self._paragraphs += 1
                here = place or Place(paragraph=self._paragraphs)
                read = self._text.paragraph(element)
                pieces.append(Piece(read.text, here))
                if not read.runs_on:
                    self._waiting.append(pieces)
                    pieces = []
                self._beside(read, here, depth)
            elif element.tag == TBL:
                self._waiting.append(pieces)
                pieces = []
                self._table(element, depth)
            elif element.tag in _ELSEWHERE:
                self._waiting.append(pieces)
                pieces = []
                if place is not None or not self._page(self._chunks.get(element.get(RELATED, ""), b"")):
                    self._unread(_ELSEWHERE[element.tag], place or Place(paragraph=self._paragraphs or None))
        self._waiting.append(pieces)

    def _page(self, data: bytes) -> bool:
        """Add a web page put into the text, as programs do that export Word files from one; whether it could be read."""
        form = format_of(data, "")
        if form.module != "web":
            return False
        try:
            page = read_as(form, data, "")
        except UnreadableFile:
            return False
        places = {}
        for block in page.blocks:
            if isinstance(block, Paragraph):
                self._paragraphs += 1
                places[block.line] = Place(paragraph=self._paragraphs)
                continue
            self._tables += 1
            for number, row in enumerate(block.rows, 1):
                places[row[0].line] = Place(table=self._tables, row=number)
        self._add_waiting()
        here = Place(paragraph=self._paragraphs or None)
        lines = [Piece(line, places.get(number, here)) for number, line in enumerate(page.lines, 1)]
        self._composition.lines(lines, page.blocks)
        for note in page.notes:
            self._note(note.kind, dict(note.facts), here)
        return True

    def _beside(self, read: ParagraphText, place: Place, depth: int) -> None:
        """What is anchored in a paragraph and stands beside its text."""
        for box in read.boxes:
            self.blocks(box, place, depth + 1)
        if read.pictured:
            self._pictured = True
            self._note("unread-picture", {"name": ""}, place)
        if read.embedded:
            self._unread((f"嵌入的对象（{read.embedded}）", f"an embedded object ({read.embedded})"), place)

    def _unread(self, words: tuple[str, str], place: Place) -> None:
        self._elsewhere = True
        self._note("unread-part", {"part": words[0], "part_en": words[1]}, place)

    # -- handing over -------------------------------------------------------------------------------------------------

    def _add_waiting(self) -> None:
        """Hand over the paragraphs since the last table; a table laid out with tabs or spaces is read as in a text."""
        waiting, self._waiting = self._waiting, []
        lines = [
            Piece(line, pieces[0].place)
            for pieces in waiting
            if pieces
            for line in "".join(piece.text for piece in pieces).split("\n")
        ]
        if sum(len(_GAP.findall(line.text)) >= GAPS_OF_A_ROW for line in lines) >= FEWEST_ROWS:
            self._composition.lines(lines, text_blocks([line.text for line in lines]))
            return
        for pieces in waiting:
            self._composition.paragraph(pieces)

    def _add_table(self, rows: Sequence[Sequence[PlacedCell]]) -> None:
        self._add_waiting()
        self._composition.table(rows)

    def _note(self, kind: str, facts: dict[str, object], place: Place) -> None:
        if self._notes < MOST_NOTES:
            self._notes += 1
            self._add_waiting()
            self._composition.note(kind, facts, place)

    # -- tables -------------------------------------------------------------------------------------------------------

    def _table(self, table: etree._Element, depth: int) -> None:
        self._tables += 1
        number = self._tables
        rows = rows_of(table)
        frame = is_frame(table, rows)
        grid: list[list[PlacedCell]] = []
        beside: list[tuple[ParagraphText, Place]] = []
        for row in rows:
            if frame or (row.is_whole and _holds_table(row)):
                self._add_table(grid)
                grid = []
                for cell in row.cells:
                    self.blocks(cell.element, Place(table=number, row=row.number, cell=cell.number), depth + 1)
                continue
            cells = []
            for cell in row.cells:
                place = Place(table=number, row=row.number, cell=cell.number)
                lines = self._cell(cell.element, place, beside, depth)
                if row.is_whole and sum(not line.isspace() and line != "" for line in lines) > 1:
                    # A cell as wide as the table with several paragraphs in it is running text with a border.
                    self._add_table(grid)
                    grid = []
                    for line in lines:
                        self._waiting.append([Piece(line, place)])
                    break
                cells.append(PlacedCell("\n".join(lines), place, cell.column))
            else:
                grid.append(cells)
        self._add_table(grid)
        for read, place in beside:
            self._beside(read, place, depth)

    def _cell(
        self, cell: etree._Element, place: Place, beside: list[tuple[ParagraphText, Place]], depth: int
    ) -> list[str]:
        """The paragraphs of a cell; tables in it give a line for each row.

        What is anchored in the cell goes to `beside`; text boxes in an otherwise empty one are its text.
        """
        if depth > MAX_DEPTH:
            raise unreadable_depth()
        lines: list[str] = []
        line = ""
        anchored: list[ParagraphText] = []
        for element in flat(cell):
            if element.tag == P:
                read = self._text.paragraph(element)
                line += read.text
                if not read.runs_on:
                    lines.append(line)
                    line = ""
                if read.boxes or read.pictured or read.embedded:
                    anchored.append(read)
            elif element.tag == TBL:
                self._tables += 1
                for row in rows_of(element):
                    inner = (self._cell(one.element, place, beside, depth + 1) for one in row.cells)
                    lines.append(" ".join(filter(None, map("\n".join, inner))))
            elif element.tag in _ELSEWHERE:
                self._unread(_ELSEWHERE[element.tag], place)
        if line:
            lines.append(line)
        if not any(lines):
            for read in anchored:
                for box in read.boxes:
                    lines += self._cell(box, place, beside, depth + 1)
            anchored = [read._replace(boxes=()) for read in anchored]
        beside += ((read, place) for read in anchored)
        return lines


def _holds_table(row: WordRow) -> bool:
    """Whether there is a table of more than one cell in a row."""
    return any(
        child.tag == TBL and sum(1 for _ in child.iter(TC)) > 1 for cell in row.cells for child in flat(cell.element)
    )
