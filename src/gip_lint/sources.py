"""Paths → the files to read: files, folders, globs, standard input, and the members of ZIP archives."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.errors import UnreadableFile
from gip_lint.finding import Words
from gip_lint.readers import readable_suffixes

if TYPE_CHECKING:
    from gip_lint.archive import OpenArchive

STANDARD_INPUT = "-"
ARCHIVE_SUFFIX = ".zip"
# Met in a folder, they are said to be unreadable: there may be reports in them.
UNREADABLE_ARCHIVES = (".rar", ".7z")
MAX_FILE_BYTES = 100_000_000


class Source(NamedTuple):
    """One file to read; `named` says whether its path was given, or found in a folder, by a glob or in an archive.

    `archive` is the ZIP archive it stands in, if any, and `members` the way from there: the place of the member in the
    archive's directory, then in that of the archive that this member is, and so on. `problem` says why the rest of an
    archive cannot be read; there is nothing to read then.
    """

    path: str
    named: bool = False
    archive: str = ""
    members: tuple[int, ...] = ()
    problem: Words | None = None


def find_sources(paths: Sequence[str]) -> tuple[list[Source], list[Words]]:
    """Every file that the paths lead to, each once; and the paths that lead nowhere."""
    found: dict[tuple[str, tuple[int, ...]], Source] = {}
    problems = []
    for path in paths:
        if path == STANDARD_INPUT or os.path.isfile(path):
            sources = list(_file(path, named=True))
        elif os.path.isdir(path):
            sources = [source for file in _walk(path) for source in _file(file, named=False)]
        elif (member := find_member(path)) is not None:
            sources = [member]
        else:
            matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
            files = [file for match in matches for file in (_walk(match) if os.path.isdir(match) else [match])]
            sources = [source for file in files for source in _file(file, named=False)]
            if not matches:
                problems.append(Words(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
        for source in sources:
            key = (source.path, source.members)
            if source.named or key not in found:
                found[key] = source
    return list(found.values()), problems


def find_member(path: str) -> Source | None:
    """The member of an archive that a path such as `a.zip/b.txt` names, as it is shown; None when there is none."""
    plain = path.replace(os.sep, "/")
    end = plain.lower().find(f"{ARCHIVE_SUFFIX}/")
    while end >= 0:
        archive = path[: end + len(ARCHIVE_SUFFIX)]
        if os.path.isfile(archive):
            shown = f"{archive}{plain[len(archive) :]}"
            return next((s._replace(named=True) for s in _file(archive, named=True) if s.path == shown), None)
        end = plain.lower().find(f"{ARCHIVE_SUFFIX}/", end + 1)
    return None


def _file(path: str, *, named: bool) -> Iterator[Source]:
    """The file, or what is in it when it is an archive of files."""
    if not path.lower().endswith(ARCHIVE_SUFFIX):
        yield Source(path, named)
        return
    from gip_lint.archive import archive_members

    yield from archive_members(path, named)


def _walk(folder: str) -> Iterator[str]:
    suffixes = (*readable_suffixes(), ARCHIVE_SUFFIX, *UNREADABLE_ARCHIVES)
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(suffixes) and not name.startswith("."):
                yield os.path.join(directory, name).removeprefix(os.path.join(os.curdir, ""))


def read_file(path: str) -> bytes:
    """The bytes of a file or of standard input. Raises `UnreadableFile`, also above `MAX_FILE_BYTES`."""
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
            size = len(data)
        else:
            with open(path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                data = file.read() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        raise UnreadableFile(f"无法打开：{error.strerror}", f"cannot be opened: {error.strerror}") from error
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"超过 {MAX_FILE_BYTES:,} 字节，未读取；压缩包请先解压", f"more than {MAX_FILE_BYTES:,} bytes; not read"
        )
    return data


class SourceReader:
    """Reads one source after another."""

    def __init__(self) -> None:
        self._open: OpenArchive | None = None

    def __call__(self, source: Source) -> bytes:
        """The bytes of a source. Raises `UnreadableFile`."""
        if source.problem is not None:
            raise UnreadableFile(source.problem.zh, source.problem.en)
        if not source.archive:
            return read_file(source.path)
        *way, number = source.members
        key = (source.archive, tuple(way))
        if self._open is None or self._open.key != key:
            from gip_lint.archive import OpenArchive

            self._open = OpenArchive(*key)
        return self._open.member(number)
