"""Finds what offices tell gip-lint in comments of a text or a web page, and takes it out of the text of the report."""

from __future__ import annotations

import re
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern

_MARK = b"gip-lint"
_WIDE_MARK = b"\0".join(bytes([byte]) for byte in _MARK)  # in UTF-16 of either byte order
# A comment that is not closed must not swallow the report: it ends with its line.
_COMMENT = LazyPattern(r"<!--\s*gip-lint\s*[:：](?:((?:(?!-->|<!--).)*)-->|([^\n\r]*))", re.DOTALL)


class Comment(NamedTuple):
    """What such a comment says, and the 1-based line on which it begins; `closed` is whether it has its `-->`."""

    text: str
    line: int
    closed: bool


def may_have_comments(data: bytes) -> bool:
    """Whether it is worth decoding the bytes of a file to look for comments."""
    return _MARK in data or _WIDE_MARK in data


def find_comments(text: str) -> list[Comment]:
    """All of them in the order of the text."""
    found = []
    for match in _COMMENT.finditer(text):
        before = text[: match.start()]
        line = before.count("\n") + before.count("\r") - before.count("\r\n") + 1
        closed = match[1] is not None
        found.append(Comment(match[1] if closed else match[2], line, closed))
    return found


def without_comments(text: str) -> str:
    """The same text with nothing in their places: every line and column stays where it is."""
    if "gip-lint" not in text or "<!--" not in text:
        return text
    return _COMMENT.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    text = match.string
    before = re.split(r"[\n\r]", text[: match.start()])[-1].strip()
    after = re.split(r"[\n\r]", text[match.end() :], maxsplit=1)[0].strip()
    # Spaces between words of one line would look like the columns of a table.
    filler = "\u200b" if before and after and not re.search(r"[\n\r]", match.group()) else " "
    return re.sub(r"[^\n\r]", filler, match.group())
