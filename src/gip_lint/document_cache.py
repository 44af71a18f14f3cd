"""Keeps what the slower readers made, by content: the next run over unchanged Word, web, PDF or OFD files need not read them.

A text file is read faster than its document is loaded, so text is never kept. A kept document is used only for the
same bytes, suffix, version of gip-lint and code of the readers; what could not be read is tried again every time.
"""

from __future__ import annotations

import os
import sys

from gip_lint import __version__
from gip_lint.cache import cache_folder, read_cached, write_cached
from gip_lint.document import Document
from gip_lint.readers import Format, format_of, read_as

MOST_KEPT = 2_000  # documents of 20 KB: 40 MB
_FOLDER = "documents"


class DocumentCache:
    """The documents kept between runs; made once a run."""

    def __init__(self) -> None:
        folder = cache_folder()
        self._folder = os.path.join(folder, _FOLDER) if folder is not None else None
        self._state: object = None
        self._pruned = False

    def read(self, data: bytes, path: str) -> Document:
        """The document of these bytes, kept or read anew. Raises `UnreadableFile` when no reader takes them."""
        form = format_of(data, path)
        if self._folder is None or not form.slow:
            return read_as(form, data, path)
        if self._state is None:
            self._state = (__version__, sys.version_info[:2], _readers_stamp())
        file = os.path.join(self._folder, _name(form, data, path))
        kept = read_cached(file, self._state)
        if isinstance(kept, Document):
            return kept._replace(path=path)
        document = read_as(form, data, path)
        if write_cached(file, self._state, document) and not self._pruned:
            self._pruned = True
            _prune(self._folder)
        return document


def _name(form: Format, data: bytes, path: str) -> str:
    from hashlib import blake2b  # as slow to load as a text file is to check

    digest = blake2b(data, digest_size=20)
    digest.update(f"|{form.module}|{os.path.splitext(path)[1].lower()}".encode())
    return f"{digest.hexdigest()}.pickle"


def _readers_stamp() -> tuple[tuple[str, int, int], ...]:
    """The code of the readers: in a checkout it changes without the version changing."""
    found = []
    for folder, folders, names in os.walk(os.path.join(os.path.dirname(__file__), "readers")):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".xsl")):
                status = os.stat(os.path.join(folder, name))
                found.append((name, status.st_mtime_ns, status.st_size))
    return tuple(found)


def _prune(folder: str) -> None:
    """Remove what was kept longest ago when there is more than `MOST_KEPT`; another run may be removing the same."""
    files = [entry.path for entry in os.scandir(folder) if entry.name.endswith(".pickle")]
    if len(files) <= MOST_KEPT:
        return
    aged = []
    for file in files:
        try:
            aged.append((os.stat(file).st_mtime_ns, file))
        except FileNotFoundError:
            continue
    for _, file in sorted(aged)[: len(aged) - MOST_KEPT // 2]:
        try:
            os.remove(file)
        except FileNotFoundError:
            continue
