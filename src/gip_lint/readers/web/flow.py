"""Reads the text with marks that a page has become, and gives its lines of text and its data tables in reading order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.web.block import Block, Box, LinesBlock, Stretch, TableBlock, TextBlock, Unread, squeezed
from gip_lint.readers.web.marks import FIELD, TABLE, TEXT, TOKEN, marked
from gip_lint.readers.web.ordered_list import OpenList, is_numbered
from gip_lint.readers.web.table import Cell, OpenTable, plain_rows, span_of
from gip_lint.readers.web.unread import frame_name, is_attachment, last_part, picture_name

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_NAME = 60  # of what is not read

# Before any words an element begins: with it its line is told.
_TOLD = LazyPattern(rf"\s*(?:{TOKEN}[A-Z]{TEXT}\s*)*(?:{TOKEN}[^A-Z]|\Z)")

_FIGURELESS_INPUTS = frozenset(
    ["hidden", "button", "submit", "reset", "checkbox", "radio", "image", "file", "password"]
)


class _Attachment(NamedTuple):
    """A link to a file while its words are read: what is known of it, where that stands, and the words so far."""

    unread: Unread
    flow: list[Block]
    place: int
    words: list[str]


def page_blocks(root: _Element) -> list[Block]:
    """The blocks of a page. Raises `UnreadableFile` when a table is too large or elements are nested too deeply."""
    flow = _Flow()
    tables = list(root.iter("table"))
    for place, table in enumerate(tables):
        table.set("number", str(place))
    first, *others = marked(root).split(TABLE)
    flow.read(first)
    for told, after in zip(others[::2], others[1::2], strict=True):
        number, _, words = told.partition(TEXT)
        flow.read_table(tables[int(number)], words, line_is_told=_TOLD.match(after) is not None)
        flow.read(after)
    return flow.end()


class _Flow:
    """The blocks of a page as far as it was read."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._flow = self._blocks
        self._line = 1
        self._stretches: list[Stretch] = []
        self._linked = 0
        self._links: list[_Attachment | None] = []  # the open ones
        self._leading = 0  # how many of them lead to other pages
        self._mark = ""  # the number of a list item, until its text is met
        self._pre = 0  # how many preformatted elements are open
        self._raised: list[tuple[list[Stretch], int]] = []  # the line and what of it stands before a raised text
        self._lists: list[OpenList | None] = []
        self._tables: list[OpenTable] = []
        self._box = Box(0, "html")
        self._boxes = 1
        self._handlers = self._kinds()

    def read(self, stream: str) -> None:
        """Read tokens and the words after them. Raises `UnreadableFile` when a table is too large."""
        words, *tokens = stream.split(TOKEN)
        if words:
            self._text(words)
        handlers = self._handlers
        for token in tokens:
            told, _, words = token.partition(TEXT)
            handlers[told[0]](told[1:])
            if words == "\n" and not self._stretches:
                self._line += 1
            elif words:
                self._text(words)

    def read_table(self, table: _Element, words: str, *, line_is_told: bool) -> None:
        """Read a table that is told by the words in it, or all of it when that is too little.

        `line_is_told` is whether what follows tells the line on which it stands.
        """
        self._end_line()
        plain = None if self._pre or self._links else plain_rows(words, table)
        if plain is None:
            self.read(marked(table, whole=True))
            return
        self._flow.append(TableBlock(plain, 0, self._box))
        if not line_is_told:
            self._line = _last_line(table)

    def end(self) -> list[Block]:
        """What everything read comes to."""
        self._end_line()
        self._box.last = self._boxes
        return self._blocks

    def _kinds(self) -> dict[str, Callable[[str], None]]:
        """What to do with each kind of token; small letters begin what capital ones end."""
        return {
            "n": self._words,
            "!": self._skipped,
            "b": self._begin_box,
            "B": self._end_box,
            "p": self._begin_line,
            "P": lambda told: self._end_line(),
            "/": self._break,
            "q": self._begin_pre,
            "Q": self._end_pre,
            "u": self._begin_list,
            "o": self._begin_numbered_list,
            "U": self._end_list,
            "i": self._begin_item,
            "I": self._end_item,
            "a": self._begin_link,
            "A": self._end_link,
            "s": self._begin_raised,
            "S": self._end_raised,
            "v": self._input,
            "m": self._picture,
            "f": self._frame,
            "h": self._hidden_table,
            "t": self._begin_table,
            "T": self._end_table,
            "g": self._begin_group,
            "G": self._end_group,
            "r": self._begin_row,
            "R": self._end_row,
            "c": self._begin_cell,
            "C": self._end_cell,
        }

    # -- lines --------------------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._stretches or not text.isspace():
            self._stretches.append((text, self._line))
            if self._leading:
                self._linked += len(text.strip())
            if self._links and (link := self._links[-1]) is not None:
                link.words.append(text)
        if "\n" in text:
            self._line += text.count("\n")

    def _end_line(self) -> None:
        if not self._stretches:
            return
        stretches, linked = self._stretches, self._linked
        self._stretches, self._linked = [], 0
        if self._pre:
            text = "".join([text for text, _ in stretches])
            first = 1 if text.startswith("\n") else 0  # a line break after the tag is none of the text
            self._flow.append(LinesBlock(text[first:], stretches[0][1] + first, linked, self._box))
            return
        found = squeezed(stretches)
        text = found[0][0] if len(found) == 1 else "".join([text for text, _ in found])
        if not text:
            return
        if self._mark:
            if not is_numbered(text):
                text = self._mark + text
                found[0] = (self._mark + found[0][0], found[0][1])
            self._mark = ""
        self._flow.append(TextBlock(text, found, linked, self._box))

    def _words(self, told: str) -> None:
        self._line = int(told)

    def _skipped(self, told: str) -> None:
        line, _, words = told.partition(FIELD)
        if line:
            self._line = int(line)
        self._line += words.count("\n")

    def _begin_line(self, told: str) -> None:
        self._end_line()
        self._line = int(told)

    def _break(self, told: str) -> None:
        self._line = int(told)
        if self._pre:
            self._stretches.append(("\n", self._line))
        else:
            self._end_line()

    def _begin_pre(self, told: str) -> None:
        self._begin_line(told)
        self._pre += 1

    def _end_pre(self, told: str) -> None:
        self._end_line()
        self._pre -= 1

    def _begin_raised(self, told: str) -> None:
        self._line = int(told)
        self._raised.append((self._stretches, len(self._stretches)))

    def _end_raised(self, told: str) -> None:
        """10 and a raised 2 are not 102."""
        line, before = self._raised.pop()
        if line is self._stretches and before:
            raised = "".join([text for text, _ in line[before:]]).strip()
            if raised.isdigit() and line[before - 1][0][-1:].isdigit():
                line[before:] = [(f"[{raised}]", line[before][1])]

    def _input(self, told: str) -> None:
        """Pages to be filled in show their figures in fields."""
        line, kind, value = told.split(FIELD)
        self._line = int(line)
        if value and kind.lower() not in _FIGURELESS_INPUTS:
            self._text(value)

    # -- boxes --------------------------------------------------------------------------------------------------------

    def _open(self, tag: str, names: str = "") -> Box:
        self._end_line()
        self._box = Box(self._boxes, tag, names, self._box)
        self._boxes += 1
        return self._box

    def _close(self) -> Box:
        self._end_line()
        box = self._box
        assert box.outer is not None
        box.last = self._boxes - 1
        self._box = box.outer
        return box

    def _begin_box(self, told: str) -> None:
        line, tag, names = told.split(FIELD)
        self._open(tag, names)
        self._line = int(line)

    def _end_box(self, told: str) -> None:
        self._close()

    # -- tables -------------------------------------------------------------------------------------------------------

    def _begin_table(self, told: str) -> None:
        line, names = told.split(FIELD)
        self._begin_line(line)
        self._tables.append(OpenTable(self._flow, self._box))
        self._open("table", names)

    def _end_table(self, told: str) -> None:
        self._close()
        table = self._tables.pop()
        self._flow = table.outside
        self._flow.extend(table.blocks())

    def _begin_group(self, told: str) -> None:
        box = self._open(told)
        if self._tables:
            self._tables[-1].begin_group(box)
            self._leave_cell()

    def _end_group(self, told: str) -> None:
        box = self._close()
        if self._tables:
            self._tables[-1].end_group(box)
            self._leave_cell()

    def _begin_row(self, told: str) -> None:
        line, names = told.split(FIELD)
        box = self._open("tr", names)
        self._line = int(line)
        if self._tables:
            self._tables[-1].begin_row(box)
            self._leave_cell()

    def _end_row(self, told: str) -> None:
        box = self._close()
        if self._tables:
            self._tables[-1].end_row(box)
            self._leave_cell()

    def _begin_cell(self, told: str) -> None:
        line, names, rows, columns = told.split(FIELD)
        box = self._open("td", names)
        self._line = int(line)
        if self._tables:
            cell = Cell(box, self._line, span_of(rows, columns))
            self._tables[-1].begin_cell(cell)
            self._flow = cell.flow

    def _end_cell(self, told: str) -> None:
        box = self._close()
        if self._tables:
            self._tables[-1].end_cell(box)
            self._leave_cell()

    def _leave_cell(self) -> None:
        if self._tables[-1].cell is None:
            self._flow = self._tables[-1].outside

    # -- lists and links ----------------------------------------------------------------------------------------------

    def _begin_list(self, told: str) -> None:
        self._begin_box(told)
        self._lists.append(None)

    def _begin_numbered_list(self, told: str) -> None:
        line, tag, names, kind, start, count, style, editor = told.split(FIELD)
        self._open(tag, names)
        self._line = int(line)
        self._lists.append(OpenList(kind, start, count, style, editor))

    def _end_list(self, told: str) -> None:
        self._close()
        self._lists.pop()

    def _begin_item(self, told: str) -> None:
        line, *looks = told.split(FIELD)
        self._begin_line(line)
        numbered = self._lists[-1] if self._lists and looks else None
        self._mark = numbered.number(*looks) if numbered is not None else ""

    def _end_item(self, told: str) -> None:
        self._end_line()
        self._mark = ""

    def _begin_link(self, told: str) -> None:
        line, address = told.split(FIELD)
        self._line = int(line)
        address = address.strip()
        if is_attachment(address):
            unread = self._unread("attachment", last_part(address))
            self._links.append(_Attachment(unread, self._flow, len(self._flow) - 1, []))
        else:
            self._links.append(None)
            self._leading += 1

    def _end_link(self, told: str) -> None:
        link = self._links.pop()
        if link is None:
            self._leading -= 1
        elif name := " ".join("".join(link.words).split()):
            link.flow[link.place] = link.unread._replace(name=name[:LONGEST_NAME])

    # -- what cannot be read ------------------------------------------------------------------------------------------

    def _picture(self, told: str) -> None:
        line, *looks = told.split(FIELD)
        self._line = int(line)
        name = picture_name(*looks)
        if name is not None:
            self._unread("picture", name)

    def _frame(self, told: str) -> None:
        line, address, other, width, height = told.split(FIELD)
        self._line = int(line)
        name = frame_name(address or other, width, height)
        if name is not None:
            self._unread("frame", name)

    def _hidden_table(self, told: str) -> None:
        """A table may have been left out that a script would show: that is worth knowing."""
        line, words = told.split(FIELD)
        self._line = int(line)
        self._unread("hidden", " ".join(words.split())[:20])
        self._line += words.count("\n")

    def _unread(self, kind: str, name: str) -> Unread:
        unread = Unread(kind, name[:LONGEST_NAME], self._line, self._box)
        self._flow.append(unread)
        return unread


def _last_line(table: _Element) -> int:
    """The line of the source on which the contents of a table end."""
    inner = table
    breaks = 0
    while (last := next(inner.iterchildren("*", reversed=True), None)) is not None:
        inner = last
        breaks += (inner.tail or "").count("\n")
    line: int = inner.sourceline or 1  # type: ignore[assignment]
    return line + (inner.text or "").count("\n") + breaks
