"""Turns the elements of a page into one text in which marks say what begins and ends: libxslt does it, see `page.xsl`.

A walk over the elements in Python takes several times as long as parsing them; taking that text apart does not. It is
made of tokens: TOKEN, a letter for what begins or ends, what that is like in fields set apart by FIELD, TEXT, and the
words up to the next token. A table that holds no other is told shorter: between two TABLEs stand its number, TEXT, and
its groups, rows and cells with their words, or a TOKEN where one of them holds more than words.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from lxml import etree

from gip_lint.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element

# Code points that are no characters, set aside for such uses; `page.xsl` gives them the same names.
TOKEN, FIELD, TEXT, TABLE, HEAD, FOOT, GROUP, ROW, ROW_END, CELL, CELL_END, LINE = map(chr, range(0xFDD0, 0xFDDC))

_MARK = re.compile(rb"\xef\xb7[\x90-\xaf]")  # in UTF-8, and as HTML may write them by number
_REFERENCE = re.compile(
    rb"&#(?:[xX]0*[fF][dD][dDeE][0-9a-fA-F](?![0-9a-fA-F])|0*(?:649[789][0-9]|650[01][0-9])(?![0-9]));?"
)
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\xad"
_SHEET = etree.XSLT(
    etree.parse(os.path.join(os.path.dirname(__file__), "page.xsl")),
    access_control=etree.XSLTAccessControl.DENY_ALL,  # type: ignore[attr-defined]
)


def without_marks(markup: bytes) -> bytes:
    """The same markup with no such code point in it, neither written out nor by number."""
    return _REFERENCE.sub(b" ", _MARK.sub(b" ", markup))


def marked(root: _Element, *, whole: bool = False) -> str:
    """The text with marks of a page or of a table, without characters that take no room.

    With `whole` no table is told shorter.

    Raises `UnreadableFile` when elements are nested too deeply.
    """
    try:
        text = str(_SHEET(root, whole="true()") if whole else _SHEET(root))
    except etree.XSLTError as error:
        raise nested_too_deeply() from error
    for character in _ZERO_WIDTH:
        text = text.replace(character, "")
    return text


def nested_too_deeply() -> UnreadableFile:
    """No page of any office comes near the depth that the parser and the stylesheet go to."""
    return UnreadableFile("网页的标签嵌套过深，未读取", "the tags of the page are nested too deeply; not read")
