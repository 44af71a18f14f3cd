"""Says of files that are no documents of text what they are and what to do."""

from __future__ import annotations

from typing import NoReturn

from gip_lint.errors import UnreadableFile

_PICTURE = (("图片", "a picture"), ("请用有文字的版本", "use a version with text"))
_UNPACK = ("请解压后再检查", "unpack it first")
# What a file begins with, what that is, and what to do.
_KINDS: tuple[tuple[bytes, tuple[str, str], tuple[str, str]], ...] = (
    (b"Rar!\x1a\x07", (" RAR 压缩包", "a RAR archive"), _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", (" 7z 压缩包", "a 7z archive"), _UNPACK),
    (b"\x1f\x8b", (" gzip 压缩包", "a gzip archive"), _UNPACK),
    (b"PK\x03\x04", (" zip 压缩包", "a ZIP archive"), ("后缀改为 .zip 后即可检查", "name it .zip to have it read")),
    (b"PK\x05\x06", ("空的 zip 压缩包", "an empty ZIP archive"), ("没有可检查的内容", "there is nothing to check")),
    (b"\x89PNG\r\n", *_PICTURE),
    (b"\xff\xd8\xff", *_PICTURE),
    (b"GIF8", *_PICTURE),
)
_SPREADSHEET = b"xl/workbook.xml"
_SLIDES = b"ppt/presentation.xml"


def read(data: bytes, path: str) -> NoReturn:
    """Raises `UnreadableFile` for data that begins in one of the ways above."""
    if data.startswith(b"PK"):
        if _SPREADSHEET in data:
            raise UnreadableFile("是 Excel 表格，不是文字文档", "an Excel workbook, no text document")
        if _SLIDES in data:
            raise UnreadableFile("是演示文稿，不是文字文档", "a presentation, no text document")
    kind, advice = next((kind, advice) for start, kind, advice in _KINDS if data.startswith(start))
    raise UnreadableFile(f"是{kind[0]}，{advice[0]}", f"{kind[1]}; {advice[1]}")
