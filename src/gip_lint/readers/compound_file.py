"""Looks into an OLE compound file (.doc, .wps, .xls …) as far as needed to say what it is and whether it is encrypted."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_ENTRY = 128
_FIRST_FAT_SECTORS = 109
# The directory of a document has some ten entries; more than this is not looked at.
_MOST_SECTORS = 64


def streams(data: bytes) -> dict[str, bytes]:
    """The names of the streams and the first sector of each (empty where it lies beyond the file).

    Empty for what is no compound file; the directory of a damaged one as far as it goes.
    """
    if len(data) < _HEADER or not data.startswith(SIGNATURE):
        return {}
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    found = {}
    for sector in _chain(data, size, struct.unpack_from("<I", data, 48)[0]):
        for start in range(0, len(sector) - _ENTRY + 1, _ENTRY):
            entry = sector[start : start + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            if 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", "replace")
                found[name] = _sector(data, size, struct.unpack_from("<I", entry, 116)[0])
    return found


def _chain(data: bytes, size: int, number: int) -> Iterator[bytes]:
    """The sectors that follow one another from the given one; no sector twice."""
    seen: set[int] = set()
    while number not in seen and len(seen) < _MOST_SECTORS and (sector := _sector(data, size, number)):
        seen.add(number)
        yield sector
        table, place = divmod(number, size // 4) if size >= 4 else (_FIRST_FAT_SECTORS, 0)
        if table >= _FIRST_FAT_SECTORS:
            return
        allocation = _sector(data, size, struct.unpack_from("<I", data, 76 + 4 * table)[0])
        if len(allocation) < 4 * (place + 1):
            return
        number = struct.unpack_from("<I", allocation, 4 * place)[0]


def _sector(data: bytes, size: int, number: int) -> bytes:
    start = (number + 1) * size
    return data[start : start + size]
