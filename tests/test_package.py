"""Archives and XML of unknown origin: read within limits, or said to be unreadable."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from gip_lint.errors import UnreadableFile
from gip_lint.readers.package import MAX_MEMBER_BYTES, MAX_MEMBERS, Package
from gip_lint.readers.xml_source import MAX_NODES, parse_xml


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def refusal(data: bytes, name: str = "a.xml") -> str:
    with pytest.raises(UnreadableFile) as error:
        Package(data).member(name)
    return error.value.zh


def test_members_are_read() -> None:
    package = Package(packed({"a.xml": b"one", "sub/b.xml": b"two"}))
    assert [info.filename for info in package.members()] == ["a.xml", "sub/b.xml"]
    assert ("a.xml" in package, "c.xml" in package) == (True, False)
    assert package.member("sub/b.xml") == b"two"
    assert [package.member(info) for info in package.members()] == [b"one", b"two"]


def test_a_missing_member_is_said() -> None:
    assert refusal(packed({"b.xml": b""})) == "文件不完整：缺少 a.xml"


@pytest.mark.parametrize("cut", [0, 3, 30, 60, 110])
def test_a_truncated_archive_is_damaged(cut: int) -> None:
    assert refusal(packed({"a.xml": b"some text" * 20})[:cut]) == "文件已损坏或不完整"


def test_a_damaged_member_is_damaged() -> None:
    data = bytearray(packed({"a.xml": bytes(range(256))}))
    data[60] ^= 0x55
    assert refusal(bytes(data)) == "文件已损坏或不完整"


def test_an_encrypted_member_is_said() -> None:
    data = bytearray(packed({"a.xml": b"some text"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert refusal(bytes(data)) == "文件已加密，请去掉密码后再检查"


def test_a_bomb_is_not_unpacked() -> None:
    assert refusal(packed({"a.xml": bytes(MAX_MEMBER_BYTES + 1)})) == "解压后超过 50,000,000 字节，不是年度报告，未读取"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = packed({"a.xml": bytes(MAX_MEMBER_BYTES + 1)})
    entry = data.index(b"PK\x01\x02") + 24
    lying = data[:entry] + struct.pack("<I", 100) + data[entry + 4 :]
    assert refusal(lying) == "文件已损坏或不完整"


def test_all_members_together_are_bounded() -> None:
    package = Package(packed({f"{number}.xml": bytes(MAX_MEMBER_BYTES) for number in range(5)}))
    sizes = [len(package.member(f"{number}.xml")) for number in range(4)]
    assert sizes == [MAX_MEMBER_BYTES] * 4
    with pytest.raises(UnreadableFile, match="解压后超过 0 字节"):
        package.member("4.xml")


def test_methods_that_unpack_without_bound_are_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert refusal(packed({"a.xml": b"text"}, method)) == "压缩方式不受支持，请重新压缩为普通 zip"


def test_too_many_members_are_not_listed() -> None:
    assert refusal(b"PK\x03\x04" + b"PK\x01\x02" * (MAX_MEMBERS + 1)) == "压缩包里超过 50,000 个文件，未读取"


def test_xml_is_parsed_without_comments_and_instructions() -> None:
    root = parse_xml("<a><!-- no --><b>甲<?no?>乙</b></a>".encode())
    assert [(node.tag, node.text) for node in root.iter()] == [("a", None), ("b", "甲乙")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_xml_in_encodings_that_are_met(encoding: str) -> None:
    declared = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
    root = parse_xml(f'<?xml version="1.0" encoding="{declared}"?><a>总计</a>'.encode(encoding))
    assert root.text == "总计"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件已损坏或不完整"),
        (b"<a><b></a>", "文件已损坏或不完整"),
        (b"<a>&nbsp;</a>", "文件已损坏或不完整"),
        (b"<a>" * 5000 + b"</a>" * 5000, "文件已损坏或不完整"),
        (b'<?xml version="1.0" encoding="EBCDIC-US"?><a/>', "XML 使用了不支持的编码"),
        (b'<?xml version="1.0" encoding="utf-7"?><a/>', "XML 使用了不支持的编码"),
        (b"<a>" + b"<b/>" * MAX_NODES + b"</a>", "文件内容过多，不是年度报告，未读取"),
        (b"<a " + b'b="" ' * MAX_NODES + b"/>", "文件内容过多，不是年度报告，未读取"),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
            "XML 含有文档类型声明（DTD），出于安全考虑未读取",
        ),
        ('<!DOCTYPE a SYSTEM "a.dtd"><a/>'.encode("utf-16"), "XML 含有文档类型声明（DTD），出于安全考虑未读取"),
    ],
)
def test_xml_that_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        parse_xml(data)
    assert error.value.zh == said
