"""Where a report lies, as programs name it: a path from the repository's root, or a URI."""

from __future__ import annotations

import os
from urllib.parse import quote

STANDARD_INPUT = "-"


def relative_path(path: str, root: str) -> str | None:
    """The path from `root`, with `/` and without `.` and `..`; None for standard input and for what lies elsewhere."""
    if path == STANDARD_INPUT:
        return None
    try:
        relative = os.path.relpath(os.path.abspath(path), os.path.abspath(root))
    except ValueError:  # Windows: another drive
        return None
    relative = relative.replace(os.sep, "/")
    return None if relative == ".." or relative.startswith("../") else relative


def shown_path(path: str, root: str) -> str:
    """The path from `root` where it lies there, else the whole path."""
    if path == STANDARD_INPUT:
        return path
    return relative_path(path, root) or os.path.abspath(path).replace(os.sep, "/")


def relative_uri(path: str, root: str) -> str | None:
    """`relative_path` as a URI reference, percent-encoded; None where that is None."""
    relative = relative_path(path, root)
    if relative is None:
        return None
    # A colon in the first segment would make it a scheme: quote() encodes it.
    return quote(os.fsencode(relative), safe="/")


def file_uri(path: str) -> str:
    """The absolute `file:` URI."""
    whole = os.path.abspath(path).replace(os.sep, "/")
    return "file://" + ("" if whole.startswith("/") else "/") + quote(os.fsencode(whole), safe="/:")
