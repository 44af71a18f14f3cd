"""Looks into ZIP archives of reports as into folders; nothing is ever extracted to disk."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipInfo

from gip_lint.errors import UnreadableFile
from gip_lint.finding import Words
from gip_lint.readers import is_packed_document, readable_suffixes
from gip_lint.readers.package import Package
from gip_lint.sources import ARCHIVE_SUFFIX, Source, read_file

MAX_DEPTH = 3
MAX_FILES = 20_000
MAX_BYTES = 1_000_000_000

_UTF8_FLAG = 0x800


def archive_members(path: str, named: bool) -> Iterator[Source]:
    """The files in an archive that a walk through a folder would take, those in archives inside it included.

    The path itself where it is a document that is a ZIP archive by its format; and in place of what cannot be read, a
    source with the `problem`.
    """
    try:
        data = read_file(path)
        if is_packed_document(data):
            yield Source(path, named)
        else:
            yield from _Walk(path).members(data, path, ())
    except UnreadableFile as error:
        yield Source(path, named, problem=Words(error.zh, error.en))


class _Walk:
    """A walk through one archive; what may still be found and unpacked goes down as it goes on."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._files = MAX_FILES
        self._bytes = MAX_BYTES

    def members(self, data: bytes, shown: str, way: tuple[int, ...]) -> Iterator[Source]:
        """The files in an archive, shown below the path `shown`; `way` leads to it from the outermost one.

        Raises `UnreadableFile` when there is too much to read, and when this archive is damaged.
        """
        package = Package(data, MAX_BYTES)
        suffixes = readable_suffixes()
        entries = sorted((member_name(info), number, info) for number, info in enumerate(package.members()))
        for name, number, info in entries:
            parts = name.split("/")
            if (
                not name
                or info.is_dir()
                or any(part.startswith(".") or part == "__MACOSX" for part in parts if part != "..")
            ):
                continue
            if not name.lower().endswith((*suffixes, ARCHIVE_SUFFIX)):
                continue
            self._count(info.file_size)
            source = Source(f"{shown}/{name}", False, self._archive, (*way, number))
            if name.lower().endswith(ARCHIVE_SUFFIX):
                yield from self._nested(package, info, source)
            else:
                yield source

    def _nested(self, package: Package, info: ZipInfo, source: Source) -> Iterator[Source]:
        try:
            data = package.member(info)
            if is_packed_document(data):
                yield source
                return
            if len(source.members) >= MAX_DEPTH:
                raise UnreadableFile(
                    f"压缩包套了超过 {MAX_DEPTH} 层，里层未读取；请先解压",
                    "archives nested too deeply; unpack them first",
                )
            inner = list(self.members(data, source.path, source.members))
        except _TooMuch:
            raise
        except UnreadableFile as error:
            yield source._replace(problem=Words(error.zh, error.en))
        else:
            yield from inner

    def _count(self, size: int) -> None:
        self._files -= 1
        self._bytes -= size
        if self._files < 0 or self._bytes < 0:
            raise _TooMuch(
                f"压缩包解压后超过 {MAX_FILES:,} 个文件或 {MAX_BYTES:,} 字节，其余未读取；请先解压",
                f"more than {MAX_FILES:,} files or {MAX_BYTES:,} bytes when unpacked; the rest was not read",
            )


class _TooMuch(UnreadableFile):
    """The whole walk ends."""


class OpenArchive:
    """One archive, kept open because its members are read one after another."""

    def __init__(self, archive: str, way: tuple[int, ...]) -> None:
        self.key = (archive, way)
        self._package = Package(read_file(archive), MAX_BYTES)
        for number in way:
            self._package = Package(self.member(number), MAX_BYTES)

    def member(self, number: int) -> bytes:
        """The bytes of the member at that place of the directory. Raises `UnreadableFile`."""
        entries = list(self._package.members())
        if number >= len(entries):
            raise UnreadableFile("压缩包在检查期间改变了", "the archive changed while it was read")
        return self._package.member(entries[number])


def member_name(info: ZipInfo) -> str:
    """The name of a member as its writer meant it: UTF-8 where it says so or proves it, otherwise GB18030."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        octets = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = octets.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = "".join(char if char.isprintable() else "\ufffd" for char in name.replace("\\", "/"))
    return "/".join(part for part in name.split("/") if part not in ("", "."))
