"""Walks the elements of a web page and gives its lines of text and its data tables in reading order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.web.block import (
    Block,
    LinesBlock,
    Stretch,
    TextBlock,
    Unread,
    squeezed,
    visible,
)
from gip_lint.readers.web.list import OpenList, is_numbered
from gip_lint.readers.web.style import HIDDEN, WORDS
from gip_lint.readers.web.table import Cell, OpenTable

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = [
    "script",
    "style",
    "noscript",
    "template",
    "title",
    "svg",
    "math",
    "select",
    "button",
    "canvas",
    "audio",
    "video",
    "map",
    "datalist",
    "xml",
    "del",
    "rt",
    "rp",
]
_CONTAINERS = [
    "html",
    "body",
    "div",
    "section",
    "article",
    "main",
    "aside",
    "nav",
    "header",
    "footer",
    "form",
    "fieldset",
    "center",
    "caption",
    "dl",
    "blockquote",
    "details",
    "figure",
]
# Each begins and ends a line of the page.
_LINES = [
    "address",
    "dd",
    "dt",
    "dialog",
    "dir",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hgroup",
    "hr",
    "legend",
    "menu",
    "option",
    "p",
    "summary",
    "search",
]
_FRAMES = ["iframe", "frame", "embed", "object", "applet"]
_PREFORMATTED = ["pre", "listing", "xmp"]
_FIGURELESS_INPUTS = frozenset(
    ["hidden", "button", "submit", "reset", "checkbox", "radio", "image", "file", "password"]
)
SMALLEST_PICTURE = 64  # pixels of its longer side; smaller ones are icons
LEAST_HIDDEN = 200  # characters

_PIXELS = LazyPattern(r"\s*(\d{1,6})\s*(?:px)?\s*$")
_STYLE_PIXELS = LazyPattern(r"(?:^|;)\s*(?:width|height)\s*:\s*(\d{1,6})(?:\.\d+)?px")
_BOXES = ("p", "div", "center")
_PAGES = (".html", ".htm", ".shtml", "/")
_ATTACHMENT = LazyPattern(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z)(?:[?#&]|$)")


class PageFlow:
    """One walk over the elements of a page; `blocks` is what it comes to.

    Raises `UnreadableFile` when a table is too large.
    """

    def __init__(self, root: _Element) -> None:
        self.blocks: list[Block] = []
        self._flow = self.blocks
        self._line: int = 1
        self._stretches: list[Stretch] = []
        self._linked = 0
        self._link: _Element | None = None
        self._mark = ""  # the number of a list item, until its text is met
        self._pre: _Element | None = None
        self._lists: list[OpenList | None] = []
        self._tables: list[OpenTable] = []
        self._outside: list[list[Block]] = []  # the flow that each of the open tables stands in
        self._containers: list[_Element] = [root]
        self._walk(root)
        self._end_line()

    def _walk(self, root: _Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        starts, ends = self._starts(), self._ends()
        skipped = False
        for event, element in walk:
            if event == "start":
                self._line = element.sourceline or 1
                handler = starts.get(element.tag)
                if handler is not None and handler(element):
                    walk.skip_subtree()
                    skipped = True
                    continue
                text = element.text
            elif event == "end":
                if skipped:
                    skipped = False
                else:
                    ending = ends.get(element.tag)
                    if ending is not None:
                        ending(element)
                text = element.tail
            else:
                self._line += (element.text or "").count("\n")
                text = element.tail
            if text:
                self._text(text)

    def _starts(self) -> dict[object, Callable[[_Element], bool | None]]:
        """What to do where an element begins; a true answer leaves its contents out."""
        return {
            **dict.fromkeys(_LEFT_OUT, lambda element: True),
            **dict.fromkeys(_LINES, self._begin_line),
            **dict.fromkeys(_CONTAINERS, self._begin_container),
            **dict.fromkeys(_FRAMES, self._frame),
            **dict.fromkeys(_PREFORMATTED, self._begin_pre),
            **dict.fromkeys(("thead", "tbody", "tfoot"), self._begin_group),
            **dict.fromkeys(("td", "th"), self._begin_cell),
            "table": self._begin_table,
            "tr": self._begin_row,
            "br": self._break,
            "ol": self._begin_list,
            "ul": self._begin_list,
            "li": self._begin_item,
            "a": self._begin_link,
            "img": self._picture,
            "input": self._input,
            "sup": self._superscript,
            HIDDEN: self._hidden,
        }

    def _ends(self) -> dict[object, Callable[[_Element], None]]:
        return {
            **dict.fromkeys(_LINES, lambda element: self._end_line()),
            **dict.fromkeys(_CONTAINERS, self._end_container),
            **dict.fromkeys(_PREFORMATTED, self._end_pre),
            **dict.fromkeys(("thead", "tbody", "tfoot"), self._end_group),
            **dict.fromkeys(("td", "th"), self._end_cell),
            "table": self._end_table,
            "tr": self._end_row,
            "ol": self._end_list,
            "ul": self._end_list,
            "li": self._end_item,
            "a": self._end_link,
        }

    # -- lines --------------------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._stretches or not text.isspace():
            self._stretches.append(Stretch(visible(text), self._line))
            if self._link is not None:
                self._linked += len(text.strip())
        if "\n" in text:
            self._line += text.count("\n")

    def _end_line(self) -> None:
        if not self._stretches:
            return
        stretches, linked = self._stretches, self._linked
        self._stretches, self._linked = [], 0
        if self._pre is not None:
            text = "".join(stretch.text for stretch in stretches)
            first = 1 if text.startswith("\n") else 0  # a line break after the tag is none of the text
            self._flow.append(LinesBlock(text[first:], stretches[0].line + first, linked, self._containers[-1]))
            return
        found = squeezed(stretches)
        if not found or not found[0].text:
            return
        if self._mark:
            if not is_numbered(found[0].text):
                found = (found[0]._replace(text=self._mark + found[0].text), *found[1:])
            self._mark = ""
        self._flow.append(TextBlock(found, linked, self._containers[-1]))

    def _begin_line(self, element: _Element) -> None:
        self._end_line()

    def _break(self, element: _Element) -> None:
        if self._pre is None:
            self._end_line()
        else:
            self._stretches.append(Stretch("\n", self._line))

    def _begin_container(self, element: _Element) -> None:
        self._end_line()
        self._containers.append(element)

    def _end_container(self, element: _Element) -> None:
        self._end_line()
        self._containers.pop()

    def _begin_pre(self, element: _Element) -> None:
        self._end_line()
        self._pre = self._pre if self._pre is not None else element

    def _end_pre(self, element: _Element) -> None:
        self._end_line()
        if element is self._pre:
            self._pre = None

    def _superscript(self, element: _Element) -> bool:
        """10 and a raised 2 are not 102."""
        raised = (element.text or "").strip()
        if not (raised.isdigit() and self._stretches and self._stretches[-1].text[-1:].isdigit()):
            return False
        self._text(f"[{raised}]")
        return True

    def _input(self, element: _Element) -> bool:
        """Pages to be filled in show their figures in fields."""
        if (element.get("type") or "text").lower() not in _FIGURELESS_INPUTS:
            self._text(element.get("value") or "")
        return True

    # -- tables -------------------------------------------------------------------------------------------------------

    def _begin_table(self, element: _Element) -> None:
        self._end_line()
        self._tables.append(OpenTable(element, self._containers[-1]))
        self._outside.append(self._flow)

    def _end_table(self, element: _Element) -> None:
        self._end_line()
        table = self._tables.pop()
        self._flow = self._outside.pop()
        self._flow.extend(table.blocks())

    def _begin_group(self, element: _Element) -> None:
        self._end_line()
        if self._tables:
            self._tables[-1].begin_group(element)
            self._flow = self._outside[-1]

    def _end_group(self, element: _Element) -> None:
        self._end_line()
        if self._tables:
            self._tables[-1].end_group(element)
            self._leave_cell()

    def _begin_row(self, element: _Element) -> bool:
        self._end_line()
        if not self._tables:
            return False
        table = self._tables[-1]
        table.begin_row(element)
        self._flow = self._outside[-1]
        if self._pre is not None or self._link is not None:
            return False
        cells = _plain_cells(element)
        if cells is None:
            return False
        table.add_cells(cells)
        table.end_row()
        return True

    def _end_row(self, element: _Element) -> None:
        self._end_line()
        if self._tables:
            self._tables[-1].end_row(element)
            self._leave_cell()

    def _begin_cell(self, element: _Element) -> None:
        self._begin_container(element)
        if self._tables:
            self._flow = self._tables[-1].begin_cell(element, self._line).flow

    def _end_cell(self, element: _Element) -> None:
        self._end_container(element)
        if self._tables:
            table = self._tables[-1]
            if table.cell is not None and table.cell.element is element:
                table.cell = None
                self._flow = self._outside[-1]

    def _leave_cell(self) -> None:
        if self._tables[-1].cell is None:
            self._flow = self._outside[-1]

    # -- lists and links ----------------------------------------------------------------------------------------------

    def _begin_list(self, element: _Element) -> None:
        self._begin_container(element)
        self._lists.append(OpenList(element) if element.tag == "ol" else None)

    def _end_list(self, element: _Element) -> None:
        self._end_container(element)
        self._lists.pop()

    def _begin_item(self, element: _Element) -> None:
        self._end_line()
        open_list = self._lists[-1] if self._lists else None
        self._mark = open_list.number(element) if open_list is not None else ""

    def _end_item(self, element: _Element) -> None:
        self._end_line()
        self._mark = ""

    def _begin_link(self, element: _Element) -> None:
        address = element.get("href")
        if address is None:
            return
        address = address.strip()
        if not address.endswith(_PAGES) and _ATTACHMENT.search(address.lower()):
            name = " ".join("".join(map(str, element.itertext())).split()) or _last_part(address)
            self._unread("attachment", name)
        elif self._link is None:
            self._link = element

    def _end_link(self, element: _Element) -> None:
        if element is self._link:
            self._link = None

    # -- what cannot be read ------------------------------------------------------------------------------------------

    def _frame(self, element: _Element) -> bool:
        address = (element.get("src") or element.get("data") or "").strip()
        sizes = [_PIXELS.match(element.get(side) or "") for side in ("width", "height")]
        tiny = any(size is not None and int(size[1]) <= 1 for size in sizes)
        if address and not tiny and not address.startswith(("about:", "javascript:")):
            self._unread("frame", _last_part(address))
        return True

    def _picture(self, element: _Element) -> None:
        sizes = [int(size[1]) for side in ("width", "height") if (size := _PIXELS.match(element.get(side) or ""))]
        sizes += map(int, _STYLE_PIXELS.findall((element.get("style") or "").lower()))
        address = (element.get("src") or "").strip()
        if address and (not sizes or max(sizes) >= SMALLEST_PICTURE):
            self._unread("picture", (element.get("alt") or "").strip() or _last_part(address))

    def _hidden(self, element: _Element) -> bool:
        """A table may have been left out that a script would show: that is worth knowing."""
        if next(element.iter("td", "th"), None) is not None:
            text = " ".join("".join(map(str, element.itertext())).split())
            if len(text) >= LEAST_HIDDEN:
                self._unread("hidden", text[:20])
        return True

    def _unread(self, kind: str, name: str) -> None:
        self._flow.append(Unread(kind, name[:60], self._line, self._containers[-1]))


def _plain_cells(row: _Element) -> list[Cell] | None:
    """The cells of a row in which only the words of the cells matter, as in most rows; None for any other."""
    if row.text and not row.text.isspace():
        return None
    found = []
    for cell in row:
        tag = cell.tag
        if (tag != "td" and tag != "th") or (cell.tail and not cell.tail.isspace()):
            return None
        text = cell.text or ""
        if len(cell):
            content = cell[0]
            if content.tag not in _BOXES or len(cell) > 1 or text.strip() or (content.tail or "").strip():
                content = cell  # else a paragraph alone, which is no more than its words
            for inner in content.iterdescendants():
                if inner.tag not in WORDS:
                    return None
            text = "".join(map(str, content.itertext()))
        text = visible(text)
        line: int = cell.sourceline or 1  # type: ignore[assignment]
        if "\n" in text and text.strip():
            text = "".join([stretch.text for stretch in squeezed([Stretch(text, line)])])
        else:
            text = " ".join(text.split())
        found.append(Cell(cell, line, text))
    return found


def _last_part(address: str) -> str:
    """The name of a file in an address; a picture that stands in the page itself has none."""
    if address.startswith("data:"):
        return ""
    path = address.split("?")[0].rstrip("/")
    return path.rpartition("/")[2] or address
