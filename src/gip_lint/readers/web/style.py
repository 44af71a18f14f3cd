"""Makes the elements of a page say by their names what their styles say: hidden, or a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gip_lint.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN = "hidden-part"  # the names that hidden elements are given
HIDDEN_TABLE = "hidden-table"
LEAST_HIDDEN = 200  # characters of a table that is worth knowing of

# They change nothing but the looks of words, unless their style makes them lines.
_WORDS = ("span", "font", "b", "strong", "i", "em", "u", "o:p", "ins", "big", "small", "label", "abbr")
_ASIDE = b"looks"
_STYLE_BEGINS = re.compile(rb"""style\s*=\s*(?:"[^"]*|'[^']*|[^\s"'>]*)""")
_DISPLAY = LazyPattern(r"(?:^|;)\s*display\s*:\s*([\w-]+)")
_INVISIBLE = LazyPattern(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)")
_LOOKS = etree.XPath("/descendant::*/@looks")
_HIDDEN = etree.XPath("/descendant::*/@hidden")


def set_aside(markup: bytes) -> bytes:
    """The same markup with the styles that may hide something under another name.

    Of some thousand styles in a page a few are worth reading; asking every element for its own takes too long.
    """
    lowered = markup.lower()
    edited = None
    for word in (b"display", b"visibility"):
        since = 0
        at = lowered.find(word)
        while at >= 0:
            style = lowered.rfind(b"style", since, at)
            if style >= 0 and _STYLE_BEGINS.fullmatch(lowered, style, at):
                edited = edited or bytearray(markup)
                edited[style : style + len(_ASIDE)] = _ASIDE
            since = at
            at = lowered.find(word, at + len(word))
    return bytes(edited) if edited else markup


def settle(root: _Element) -> None:
    """Rename the elements of a page that are hidden, and those within lines that are shown as lines.

    Their styles have been set aside in the markup.
    """
    hidden = dict.fromkeys(_having(_HIDDEN, root))
    for element in _having(_LOOKS, root):
        name = next(name for name in element.attrib if name in ("looks", "style"))  # of two the first counts
        style = element.attrib[name]
        element.set("style", style)
        style = style.lower()
        display = _DISPLAY.search(style)
        if display is not None and display[1] == "none":
            hidden[element] = None
        elif display is not None:
            hidden.pop(element, None)
            if element.tag in _WORDS and not display[1].startswith(("inline", "contents")):
                element.tag = "div"
        if element.get("unseen") is None and _INVISIBLE.search(style):
            _blank(element)
    for element in hidden:
        element.tag = HIDDEN
    for element in hidden:
        if next(element.iterancestors(HIDDEN, HIDDEN_TABLE), None) is None:
            _judge(element)


def _having(attribute: etree.XPath, root: _Element) -> list[_Element]:
    """The elements with an attribute; asked for them itself, XPath would sort them in a time that grows with the square."""
    found: list[etree._ElementUnicodeResult] = attribute(root)  # type: ignore[assignment]
    return [element for value in found if (element := value.getparent()) is not None]


def _blank(element: _Element) -> None:
    """It keeps its room, but no word of it is seen."""
    for inner in element.iter():
        inner.text = _unseen(inner.text)
        if inner is not element:
            inner.tail = _unseen(inner.tail)
        if isinstance(inner.tag, str):
            inner.set("unseen", "")


def _unseen(text: str | None) -> str:
    return "\n" * text.count("\n") if text else ""


def _judge(element: _Element) -> None:
    """A hidden table that a script may show is worth knowing of; small ones only align the columns of others."""
    cells = list(element.iter("td", "th"))
    if cells and len(" ".join("".join(map(str, element.itertext())).split())) >= LEAST_HIDDEN:
        element.tag = HIDDEN_TABLE
        return
    for cell in cells:
        cell.tag = HIDDEN
