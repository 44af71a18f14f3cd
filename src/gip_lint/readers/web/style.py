"""Makes the elements of a page say by their names what their styles say: hidden, a line of its own, mere looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from gip_lint.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN = "hidden-part"  # the name that hidden elements are given
# Around words they change nothing but their looks.
WORDS = ("span", "font", "b", "strong", "i", "em", "u", "o:p", "ins", "big", "small", "label", "abbr")

_WORD_TAGS = tuple(f"<{word}".encode() for word in WORDS)

_DISPLAY = LazyPattern(r"(?:^|;)\s*display\s*:\s*([\w-]+)")
_INVISIBLE = LazyPattern(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)")


def settle(root: _Element, markup: bytes, *, hiding: bool = True) -> None:
    """Rename hidden elements and inline ones shown as lines; take away tags that only change the looks of words.

    Without `hiding` everything is shown. Tags over several lines stay: they are needed to count the lines of the source.
    """
    lowered = markup.lower()
    if hiding and _has_styles(lowered):
        for element in root.iter("*"):
            style = element.get("style")
            if style is not None:
                _settle_style(element, style.lower())
            elif element.get("hidden") is not None:
                element.tag = HIDDEN
    if not _has_broken_tags(lowered):
        etree.strip_tags(root, *WORDS)


def _settle_style(element: _Element, style: str) -> None:
    display = _DISPLAY.search(style) if "display" in style else None
    if display is None:
        if element.get("hidden") is not None:
            element.tag = HIDDEN
    elif display[1] == "none":
        element.tag = HIDDEN
    elif element.tag in WORDS and not display[1].startswith(("inline", "contents")):
        element.tag = "div"
    if "visibility" in style and _INVISIBLE.search(style):
        for inner in element.iter():  # it keeps its room
            inner.text = _unseen(inner.text)
            if inner is not element:
                inner.tail = _unseen(inner.tail)


def _unseen(text: str | None) -> str:
    return "\n" * text.count("\n") if text else ""


def _has_styles(lowered: bytes) -> bool:
    """Whether some tag may hide its contents or show them otherwise than its name says; rather yes than no."""
    for word, before, after in ((b"display", b"", b":"), (b"visibility", b"", b":"), (b"hidden", b" \t\r\n/", b"")):
        since = 0
        at = lowered.find(word)
        while at >= 0:
            end = lowered.find(b"<", at)
            if (not before or lowered[at - 1] in before) and lowered[at + len(word) : at + 20].lstrip().startswith(
                after
            ):
                begin = lowered.rfind(b"<", since, at)
                if (begin >= 0 and lowered.find(b">", begin, at) < 0) or lowered.find(b">", at, end) >= 0:
                    return True
            if end < 0:
                break
            since = end
            at = lowered.find(word, end)
    return False


def _has_broken_tags(lowered: bytes) -> bool:
    """Whether some tag around words goes over more than one line."""
    at = lowered.find(b"\n")
    since = 0
    while at >= 0:
        begin = lowered.rfind(b"<", since, at)
        if begin >= 0 and lowered.startswith(_WORD_TAGS, begin) and lowered.find(b">", begin, at) < 0:
            return True
        since = at
        end = lowered.find(b"<", at)
        if end < 0:
            break
        at = lowered.find(b"\n", end)
    return False
