"""What the styles of a Word document say about the text in them: hidden, raised, numbered."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from gip_lint.readers.word.xml import STYLE_ID, VAL, W, is_on, whole_number

_STYLE = W + "style"
_BASED_ON = W + "basedOn"
_NAME = W + "name"
_RPR = W + "rPr"
_PPR = W + "pPr"
_VANISH = W + "vanish"
_VERTICAL = W + "vertAlign"
_NUMPR = W + "numPr"
_LONGEST_CHAIN = 20  # of styles based on one another; Word refuses more than ten


class Style(NamedTuple):
    """A style with what it inherits; None where neither it nor its ancestors say anything.

    `numbering` is a w:numId, `level` a w:ilvl; a numbering of 0 takes an inherited one away.
    """

    hidden: bool | None = None
    raised: bool | None = None
    numbering: int | None = None
    level: int | None = None
    is_contents: bool = False
    """Whether it is one of the styles `toc 1`, `toc 2` … of a generated table of contents."""


PLAIN = Style()


class Styles:
    """The styles of one document, resolved when they are met."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._paragraphs: dict[str | None, Style] = {}
        self.hidden_by_default = False
        self._default_paragraph: str | None = None
        if root is None:
            return
        for element in root.iterchildren(_STYLE):
            identity = element.get(STYLE_ID, "")
            self._elements.setdefault(identity, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default_paragraph = identity
        vanish = root.find(f"{W}docDefaults/{W}rPrDefault/{_RPR}/{_VANISH}")
        self.hidden_by_default = vanish is not None and is_on(vanish)

    def paragraph(self, identity: str | None) -> Style:
        """The style of a paragraph: the named one, or the default one."""
        style = self._paragraphs.get(identity)
        if style is None:
            known = identity if identity in self._elements else self._default_paragraph
            style = self._paragraphs[identity] = PLAIN if known is None else self.named(known)
        return style

    def named(self, identity: str) -> Style:
        """A style with what it inherits; a plain one if there is none of that name."""
        style = self._resolved.get(identity)
        if style is None:
            style = self._resolved[identity] = self._resolve(identity)
        return style

    def _resolve(self, identity: str) -> Style:
        """Resolve a style and all that it is based on, so that none is resolved twice."""
        chain: list[str] = []
        style = PLAIN
        while identity in self._elements and len(chain) < _LONGEST_CHAIN:
            known = self._resolved.get(identity)
            if known is not None:
                style = known
                break
            chain.append(identity)
            parent = self._elements[identity].find(_BASED_ON)
            identity = "" if parent is None else parent.get(VAL, "")
        for name in reversed(chain):
            style = self._resolved[name] = _based_on(style, _own(self._elements[name]))
        return style


def _based_on(parent: Style, own: Style) -> Style:
    return Style(
        parent.hidden if own.hidden is None else own.hidden,
        parent.raised if own.raised is None else own.raised,
        parent.numbering if own.numbering is None else own.numbering,
        parent.level if own.level is None else own.level,
        own.is_contents,  # a name is not inherited
    )


def _own(element: etree._Element) -> Style:
    hidden = raised = level = numbering = None
    properties = element.find(_RPR)
    if properties is not None:
        for child in properties.iterchildren(_VANISH, _VERTICAL):
            if child.tag == _VANISH:
                hidden = is_on(child)
            else:
                raised = child.get(VAL) == "superscript"
    numbered = element.find(f"{_PPR}/{_NUMPR}")
    if numbered is not None:
        numbering, level = numbering_of(numbered)
    name = element.find(_NAME)
    is_contents = name is not None and name.get(VAL, "").lower().startswith("toc ")
    return Style(hidden, raised, numbering, level, is_contents)


def numbering_of(element: etree._Element) -> tuple[int | None, int | None]:
    """(w:numId, w:ilvl) of a w:numPr; None for what it leaves open."""
    identity = element.find(W + "numId")
    level = element.find(W + "ilvl")
    return (
        None if identity is None else whole_number(identity, 0),
        None if level is None else whole_number(level, 0),
    )
