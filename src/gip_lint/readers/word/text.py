"""The text of a paragraph in a Word document as it is printed: no deletions, field codes, hidden text or note marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from gip_lint.readers.note_marks import without_note_marks
from gip_lint.readers.word.numbering import Numbering
from gip_lint.readers.word.styles import PLAIN, Styles, numbering_of
from gip_lint.readers.word.xml import ALTERNATE, FALLBACK, VAL, R, T, W, alternative, flat, is_on

_PPR = W + "pPr"
_RPR = W + "rPr"
_PSTYLE = W + "pStyle"
_NUMPR = W + "numPr"
_RSTYLE = W + "rStyle"
_VANISH = W + "vanish"
_SPECIAL_VANISH = W + "specVanish"
_VERTICAL = W + "vertAlign"
_DELETED_MARKS = (W + "del", W + "moveFrom")
_FIELD = W + "fldChar"
_CODE = W + "instrText"
_SYMBOL = W + "sym"
_RUBY = W + "ruby"
_RUBY_BASE = W + "rubyBase"
_NOTES = (W + "footnoteReference", W + "endnoteReference")
_BOX = W + "txbxContent"
# What may hold a text box, a picture or an embedded file; a page or column break begins a line as a line break does.
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_EMBEDDED = "{urn:schemas-microsoft-com:office:office}OLEObject"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH = frozenset((_M + "oMath", _M + "oMathPara"))
# Without a sign between them the digits of a fraction would be one number.
_MATH_SIGNS = {_M + "den": "/", _M + "sup": "^", _M + "sub": "_"}

_MOST_FIELDS = 50  # within one another
_RAW_SPACE = re.compile(r"[\r\n]+")
_SYMBOL_FONT = re.compile(r"[0-9+,./%:;<=>?()\[\]_ ]")
_PICTURE_FONTS = {
    "Wingdings": {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0xA1: "○", 0xA8: "□", 0xFB: "✗", 0xFC: "✓",
                  0xFD: "☒", 0xFE: "☑"},
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "Symbol": {0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xD7: "·"},
}  # fmt: skip


class ParagraphText(NamedTuple):
    """A paragraph as printed, its number included.

    `boxes` are the contents of text boxes anchored in it; `runs_on` says that its end mark is deleted or hidden, so
    that the next paragraph goes on in the same line; `pictured` and `embedded` that a picture or another program's
    file stands in it (the program's name; formulas do not count).
    """

    text: str
    boxes: tuple[etree._Element, ...] = ()
    runs_on: bool = False
    pictured: bool = False
    embedded: str = ""


class _Field:
    """A field that has begun: its code is being read, or its result; `code` is how the code begins."""

    __slots__ = ("code", "in_code")

    def __init__(self) -> None:
        self.code = ""
        self.in_code = True


class TextReader:
    """Reads the paragraphs of one document in reading order; lists and fields go on from one to the next."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._fields: list[_Field] = []
        self._codes = 0  # fields whose code is being read
        self._style = PLAIN
        self._hidden = False
        self._parts: list[str] = []
        self._raised: list[int] = []  # which of the parts are raised
        self._drawn: list[etree._Element] = []

    def paragraph(self, element: etree._Element) -> ParagraphText:
        """The text of one w:p."""
        self._parts, self._raised, self._drawn = [], [], []
        name = numbering = level = mark = None
        if len(element) and element[0].tag == _PPR:
            for child in element[0]:
                tag = child.tag
                if tag == _PSTYLE:
                    name = child.get(VAL)
                elif tag == _NUMPR:
                    numbering, level = numbering_of(child)
                elif tag == _RPR and len(child):
                    mark = child
        style = self._style = self._styles.paragraph(name)
        self._hidden = self._styles.hidden_by_default if style.hidden is None else style.hidden
        in_contents = style.is_contents and self._in_contents()
        for child in flat(element):
            tag = child.tag
            if tag == R:
                self._run(child)
            elif tag in _MATH:
                self._math(child)
        if style.is_contents:
            in_contents = in_contents or self._in_contents()
        if self._codes:
            # A code ends with its paragraph: one that never ends would hide the rest of the document.
            for field in self._fields:
                field.in_code = False
            self._codes = 0
        text = without_note_marks(self._parts, self._raised)
        deleted, invisible = (False, self._hidden) if mark is None else self._mark(mark)
        numbering = style.numbering if numbering is None else numbering
        if numbering and not deleted and not (invisible and not text):
            text = self._numbering.next_number(numbering, style.level if level is None else level, name) + text
        if in_contents:
            text = ""  # generated from the headings: to read them twice would be to have them twice
        runs_on = deleted or invisible
        if not self._drawn:
            return ParagraphText(text, (), runs_on)
        boxes, pictured, embedded = _drawings(self._drawn)
        return ParagraphText(text, boxes, runs_on, pictured, embedded)

    def _in_contents(self) -> bool:
        """Whether a table of contents is being generated."""
        return any(field.code.startswith("TOC") for field in self._fields)

    def _mark(self, properties: etree._Element) -> tuple[bool, bool]:
        """Whether the end mark of the paragraph is deleted, and whether it is hidden."""
        deleted, hidden = False, self._hidden
        for child in properties:
            tag = child.tag
            if tag in _DELETED_MARKS:
                deleted = True
            elif tag in (_VANISH, _SPECIAL_VANISH):
                hidden = is_on(child)
        return deleted, hidden

    def _run(self, run: etree._Element) -> None:
        hidden, raised = self._hidden, bool(self._style.raised)
        for child in run:
            tag = child.tag
            if tag == T:
                text = child.text
                if text and not hidden and not self._codes:
                    if "\n" in text or "\r" in text:
                        text = _RAW_SPACE.sub(" ", text)
                    self._add(text, raised)
            elif tag == _RPR:
                if len(child):
                    hidden, raised = self._run_properties(child)
            elif tag == _FIELD:
                self._field(child.get(W + "fldCharType"))
            elif tag == _CODE:
                if self._fields and len(self._fields[-1].code) < 20:
                    self._fields[-1].code += (child.text or "").lstrip()[:20].upper()
            elif hidden or self._codes:
                continue
            elif tag in _MARKS:
                self._add(_MARKS[tag], False)
            elif tag in _DRAWN:
                self._drawn.append(child)
            elif tag == ALTERNATE:
                self._drawn.append(child)
                fallback = child.find(FALLBACK)
                for shown in () if fallback is None else fallback.iterchildren(T):  # a character of newer fonts
                    self._add(shown.text or "", raised)
            elif tag == _SYMBOL:
                self._add(_symbol(child), raised)
            elif tag == _RUBY:
                base = child.find(_RUBY_BASE)
                if base is not None:
                    self._add("".join(text.text or "" for text in base.iter(T)), raised)
            elif tag in _NOTES and child.get(W + "customMarkFollows") in ("1", "true", "on"):
                hidden = True  # the mark is the rest of the run

    def _run_properties(self, properties: etree._Element) -> tuple[bool, bool]:
        """Whether the run is hidden, and whether it is raised."""
        character, vanish, vertical = PLAIN, None, None
        for child in properties:
            tag = child.tag
            if tag == _RSTYLE:
                character = self._styles.named(child.get(VAL, ""))
            elif tag == _VANISH:
                vanish = is_on(child)
            elif tag == _VERTICAL:
                vertical = child.get(VAL) == "superscript"
        if vanish is None:
            vanish = self._hidden
            if character.hidden is not None:  # of two styles that both say it, one takes it back
                vanish = character.hidden != bool(self._style.hidden)
        return vanish, _first(vertical, character.raised, self._style.raised)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
            self._codes += 1
            if len(self._fields) > _MOST_FIELDS:  # begun and never ended
                self._codes -= self._fields.pop(0).in_code
        elif self._fields and kind in ("separate", "end"):
            field = self._fields[-1]
            if field.in_code:
                field.in_code = False
                self._codes -= 1
            if kind == "end":
                self._fields.pop()

    def _math(self, element: etree._Element) -> None:
        if self._codes:
            return
        for child in element.iter(T, _M + "t", *_MATH_SIGNS):
            self._add(_MATH_SIGNS.get(child.tag) or child.text or "", False)

    def _add(self, text: str, raised: bool) -> None:
        if raised:
            self._raised.append(len(self._parts))
        self._parts.append(text)


def _first(*values: bool | None) -> bool:
    return next((value for value in values if value is not None), False)


def _symbol(element: etree._Element) -> str:
    """The character of a w:sym: of a text font itself, of a font of pictures the nearest there is."""
    code = element.get(W + "char", "")
    try:
        point = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return ""
    if not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    font = element.get(W + "font", "")
    if 0xF020 <= point <= 0xF0FF:
        known = _PICTURE_FONTS.get(font, {}).get(point - 0xF000)
        if known is not None:
            return known
        plain = chr(point - 0xF000)
        if font == "Symbol" and _SYMBOL_FONT.fullmatch(plain):
            return plain
    return chr(point)


def _drawings(elements: list[etree._Element]) -> tuple[tuple[etree._Element, ...], bool, str]:
    """The outermost text boxes in the drawings, whether there is a picture, and what is embedded."""
    boxes: list[etree._Element] = []
    pictured = False
    embedded = ""
    stack = list(reversed(elements))
    while stack:
        element = stack.pop()
        if element.tag == _BOX:
            boxes.append(element)
            continue
        if element.tag == ALTERNATE:
            chosen = alternative(element)
            if chosen is not None:
                stack.append(chosen)
            continue
        if element.tag == _EMBEDDED:
            program = element.get("ProgID", "")
            embedded = embedded if program.startswith("Equation") else program or "OLE"
        elif element.tag in _PICTURES:
            pictured = True
        stack.extend(reversed(element))
    return tuple(boxes), pictured, embedded
