"""Reads the members of a ZIP archive (docx, odt, ofd, zip) within limits; nothing is ever extracted to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from gip_lint.errors import UnreadableFile

MAX_MEMBERS = 50_000
MAX_MEMBER_BYTES = 50_000_000
MAX_TOTAL_BYTES = 200_000_000

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
# The others are nowhere used in documents, and zipfile unpacks them without a bound on their output.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for damaged archives besides its own error; found by flipping bytes at random.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def damaged() -> UnreadableFile:
    """A file that breaks off or contradicts itself."""
    return UnreadableFile("文件已损坏或不完整", "the file is damaged or incomplete")


def encrypted() -> UnreadableFile:
    """A file that asks for a password."""
    return UnreadableFile("文件已加密，请去掉密码后再检查", "the file is encrypted; remove the password first")


def too_large(limit: int) -> UnreadableFile:
    """A file or a part of it that would unpack to more than `limit` bytes."""
    return UnreadableFile(
        f"解压后超过 {limit:,} 字节，不是年度报告，未读取", f"more than {limit:,} bytes when unpacked; not read"
    )


class Package:
    """A ZIP archive in memory. All that is read from it together stays below `total` bytes.

    Raises `UnreadableFile` when the archive is damaged or has more than `MAX_MEMBERS` members.
    """

    def __init__(self, data: bytes, total: int = MAX_TOTAL_BYTES) -> None:
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise UnreadableFile(
                f"压缩包里超过 {MAX_MEMBERS:,} 个文件，未读取", f"more than {MAX_MEMBERS:,} members; not read"
            )
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise damaged() from error
        self._left = total

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def members(self) -> Iterator[zipfile.ZipInfo]:
        """The directory of the archive, in its order, folders included."""
        return iter(self._archive.infolist())

    def member(self, name: str | zipfile.ZipInfo) -> bytes:
        """The unpacked bytes of one member.

        Raises `UnreadableFile` when it is missing, damaged, encrypted or larger than `MAX_MEMBER_BYTES`.
        """
        info = self._archive.NameToInfo.get(name) if isinstance(name, str) else name
        if info is None:
            raise UnreadableFile(f"文件不完整：缺少 {name}", f"the file is incomplete: {name} is missing")
        if info.flag_bits & _ENCRYPTED:
            raise encrypted()
        if info.compress_type not in _METHODS:
            raise UnreadableFile("压缩方式不受支持，请重新压缩为普通 zip", "compression method not supported")
        limit = min(MAX_MEMBER_BYTES, self._left)
        if info.file_size > limit:
            raise too_large(limit)
        try:
            with self._archive.open(info) as file:
                # The declared size may be a lie; what is unpacked is bounded all the same.
                data = file.read(limit + 1)
        except _DAMAGE as error:
            raise damaged() from error
        if len(data) > limit:
            raise too_large(limit)
        self._left -= len(data)
        return data
