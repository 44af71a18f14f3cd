"""Reads OpenDocument texts (.odt, .fodt): paragraphs and tables as they are shown, without deletions and note marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gip_lint.document import Document, Place
from gip_lint.errors import UnreadableFile
from gip_lint.readers.composition import MAX_CELLS, Composition, Piece, PlacedCell, too_many_cells
from gip_lint.readers.note_marks import without_note_marks
from gip_lint.readers.open_document.lists import Counter, Lists
from gip_lint.readers.open_document.names import (
    DRAW,
    HEADER,
    ITEM,
    LIST,
    OFFICE,
    STYLE_NAME,
    TABLE,
    TEXT,
    H,
    P,
    count,
)
from gip_lint.readers.open_document.styles import Shown, Styles
from gip_lint.readers.package import Package, encrypted
from gip_lint.readers.xml_source import parse_xml

_TABLE = TABLE + "table"
_ROW = TABLE + "table-row"
_CELL = TABLE + "table-cell"
_COVERED = TABLE + "covered-table-cell"
_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))
# What stands in a text without being part of it: deletions and what generates itself from the rest among them.
_NO_BLOCKS = frozenset(
    (
        OFFICE + "forms",
        OFFICE + "annotation",
        OFFICE + "event-listeners",
        DRAW + "object",
        DRAW + "object-ole",
        DRAW + "image",
        *(
            TEXT + name
            for name in (
                "tracked-changes", "table-of-content", "illustration-index", "table-index", "object-index",
                "user-index", "alphabetical-index", "bibliography", "sequence-decls", "variable-decls",
                "user-field-decls", "dde-connection-decls",
            )
        ),
    )
)  # fmt: skip
_NOT_SHOWN = frozenset((TEXT + "note", TEXT + "ruby-text", OFFICE + "annotation", TEXT + "number"))
_MARKS = {TEXT + "s": " ", TEXT + "tab": "\t", TEXT + "line-break": "\n"}
_HIDDEN_PARAGRAPH = TEXT + "hidden-paragraph"
_IS_HIDDEN = TEXT + "is-hidden"
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_MOST_CHARACTERS = 10_000_000  # in cells; an annual report has some 5,000


class _Item(NamedTuple):
    """What a paragraph in a list counts with: `depth` is 1-based, `start` the number that the item asks for."""

    counter: Counter
    depth: int
    start: int | None = None
    numbered: bool = False


def read(data: bytes, path: str) -> Document:
    """Read a text document, packed or flat.

    Raises `UnreadableFile` when it is damaged, encrypted, too large, without text or no text document.
    """
    if data.startswith(b"PK"):
        package = Package(data)
        manifest = "META-INF/manifest.xml"
        if "encrypted-package" in package or (manifest in package and b"encryption-data" in package.member(manifest)):
            raise encrypted()
        content = parse_xml(package.member("content.xml"))
        named = "styles.xml"
        roots = [parse_xml(package.member(named))] if named in package else []
        roots.append(content)
    else:
        content = parse_xml(data)
        roots = [content]
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableFile("不是文字文档（可能是电子表格或演示文稿）", "no text document, perhaps a spreadsheet")
    reader = _Reader(Styles(roots))
    reader.read_body(body)
    return reader.composition.document(path)


class _Reader:
    """Walks through one document; lists, paragraphs and tables are counted from its beginning."""

    def __init__(self, styles: Styles) -> None:
        self.composition = Composition()
        self._styles = styles
        self._lists = Lists(styles)
        self._tables = 0
        self._cells = 0
        self._characters = 0

    def read_body(self, body: etree._Element) -> None:
        paragraphs = 0
        for block in self._blocks(body):
            if isinstance(block, str):
                paragraphs += 1
                self.composition.paragraph([Piece(block, Place(paragraph=paragraphs))])
            else:
                self._table(block)

    def _blocks(self, parent: etree._Element) -> Iterator[str | etree._Element]:
        """The paragraphs below an element as text, empty ones included, and the tables; in reading order."""
        stack: list[tuple[Iterator[etree._Element], _Item | None]] = [(iter(parent), None)]
        while stack:
            children, item = stack[-1]
            for child in children:
                tag = child.tag
                if tag in (P, H):
                    text, boxes = self._paragraph(child)
                    if text is not None:
                        yield self._number(child, item) + text
                    if item is not None and item.numbered:  # only the first paragraph of an item has its number
                        stack[-1] = (children, item._replace(numbered=False))
                    if boxes:
                        stack.append((iter(boxes), None))
                    break
                if tag == _TABLE:
                    yield child
                elif tag == TEXT + "section" and child.get(TEXT + "display") == "none":
                    continue
                elif tag not in _NO_BLOCKS:
                    stack.append((iter(child), self._inner(child, item)))
                    break
            else:
                stack.pop()

    def _inner(self, element: etree._Element, item: _Item | None) -> _Item | None:
        """What the paragraphs directly in an element count with."""
        if element.tag == LIST:
            return _Item(self._lists.counter(element), 1) if item is None else item._replace(depth=item.depth + 1)
        if item is not None and element.tag == ITEM:
            start = TEXT + "start-value"
            return item._replace(start=count(element, start) if element.get(start) else None, numbered=True)
        if item is not None and element.tag == HEADER:
            return item._replace(numbered=False)
        return item

    def _number(self, paragraph: etree._Element, item: _Item | None) -> str:
        if item is not None:
            return item.counter.next_number(item.depth, item.start) if item.numbered else ""
        return self._lists.heading_number(paragraph) if paragraph.tag == H else ""

    def _paragraph(self, paragraph: etree._Element) -> tuple[str | None, list[etree._Element]]:
        """The text of a paragraph, None when it is hidden, and the drawings in it that may hold text of their own."""
        shown = self._styles.shows("paragraph", paragraph.get(STYLE_NAME, ""))
        parts: list[str] = []
        raised: list[int] = []
        boxes: list[etree._Element] = []

        def add(text: str | None, shown: Shown) -> None:
            if text and not shown.hidden:
                if shown.raised:
                    raised.append(len(parts))
                parts.append(_SPACE.sub(" ", text))

        add(paragraph.text, shown)
        # Each level of spans: what is still to come of it, how it is shown, and the text behind it.
        stack: list[tuple[Iterator[etree._Element], Shown, str | None]] = [(iter(paragraph), shown, None)]
        while stack:
            children, shown, tail = stack[-1]
            for child in children:
                tag = child.tag
                if tag.startswith(DRAW):
                    boxes.append(child)
                elif tag in _MARKS:
                    if not shown.hidden:
                        parts.append(_MARKS[tag] * min(count(child, TEXT + "c"), _MOST_SPACES))
                elif tag == _HIDDEN_PARAGRAPH and child.get(_IS_HIDDEN) == "true":
                    return None, []
                elif tag not in _NOT_SHOWN:
                    inner = shown
                    if child.get(_IS_HIDDEN) == "true":
                        inner = shown._replace(hidden=True)
                    elif tag == TEXT + "span":
                        own = self._styles.shows("text", child.get(STYLE_NAME, ""))
                        inner = Shown(shown.hidden or own.hidden, shown.raised or own.raised)
                    add(child.text, inner)
                    stack.append((iter(child), inner, child.tail))
                    break
                add(child.tail, shown)
            else:
                stack.pop()
                if stack:
                    add(tail, stack[-1][1])
        return without_note_marks(parts, raised), boxes

    def _table(self, table: etree._Element) -> None:
        """Add a table; a row with a table inside it is no row of figures, so what is in it follows one by one."""
        self._tables += 1
        number = self._tables
        rows: list[list[PlacedCell]] = []
        above: dict[int, int] = {}
        for place, (row, times) in enumerate(_rows(table), 1):
            cells = []
            nested = False
            for cell in _cells(row, above):
                where = Place(table=number, row=place, cell=cell.number)
                blocks = list(self._blocks(cell.element))
                nested = nested or not all(isinstance(block, str) for block in blocks)
                cells.append((blocks, where, cell.position))
                self._count(times, times * sum(len(block) for block in blocks))
            if not nested:
                line = [PlacedCell("\n".join(map(str, blocks)), where, position) for blocks, where, position in cells]
                rows += [line] * (times if line else 0)
                continue
            self.composition.table(rows)
            rows = []
            for blocks, where, _ in cells:
                for block in blocks:
                    if isinstance(block, str):
                        self.composition.paragraph([Piece(block, where)])
                    else:
                        self._table(block)
        self.composition.table(rows)

    def _count(self, cells: int, characters: int) -> None:
        """One cell may stand for a million; raises `UnreadableFile` before they are made."""
        self._cells += cells
        self._characters += characters
        if self._cells > MAX_CELLS or self._characters > _MOST_CHARACTERS:
            raise too_many_cells()


class _Cell(NamedTuple):
    """A cell that is not covered: its place among the cells one sees in its row (from 1), its grid column (from 0)."""

    element: etree._Element
    number: int
    position: int


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The rows of a table, those in groups included, and how many times each of them stands."""
    stack = [iter(table)]
    while stack:
        for child in stack[-1]:
            if child.tag == _ROW:
                yield child, count(child, TABLE + "number-rows-repeated")
            elif child.tag in _ROW_GROUPS:
                stack.append(iter(child))
                break
        else:
            stack.pop()


def _cells(row: etree._Element, above: dict[int, int]) -> Iterator[_Cell]:
    """The cells of a row. `above` has, by its first column, for how many rows more a cell of an earlier row goes on."""
    number = position = 0
    going_on = tuple(above)
    for element in row.iterchildren(_CELL, _COVERED):
        times = count(element, TABLE + "number-columns-repeated")
        if element.tag == _COVERED:
            number += sum(position <= column < position + times for column in going_on)
            position += times
            continue
        rows = count(element, TABLE + "number-rows-spanned")
        for _ in range(times):
            number += 1
            if rows > 1:
                above[position] = rows
            yield _Cell(element, number, position)
            position += 1
    for column in list(above):
        above[column] -= 1
        if not above[column]:
            del above[column]
