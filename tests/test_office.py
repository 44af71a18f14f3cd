"""Files that only a word processor reads: handed to LibreOffice where it is installed, otherwise said to be unreadable."""

from __future__ import annotations

import os
import random
import shutil
import stat
import struct
import subprocess
import tempfile
from pathlib import Path

import pytest

from clean_drafts import clean_draft
from gip_lint.annual_report import State
from gip_lint.document import Document, Paragraph
from gip_lint.errors import UnreadableFile
from gip_lint.linter import Settings, load
from gip_lint.readers import office, read_document
from gip_lint.readers.compound_file import SIGNATURE, streams
from gip_lint.recognition import Recogniser
from odt_rendition import odt, paragraph, rendered

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi text}"
WORD_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>one</w:t>'
    b"</w:r></w:p></w:body></w:wordDocument>"
)


def compound(names: dict[str, bytes], directory: int = 1) -> bytes:
    """A compound file of 512-byte sectors: allocation table, directory of one sector for each four, one for each stream."""
    entries = []
    first = directory + (len(names) + 3) // 4
    for number, name in enumerate(names):
        encoded = name.encode("utf-16-le") + b"\0\0"
        entry = encoded.ljust(64, b"\0") + struct.pack("<H", len(encoded))
        entries.append((entry.ljust(116, b"\0") + struct.pack("<I", first + number)).ljust(128, b"\0"))
    sectors = [b"".join(entries[start : start + 4]).ljust(512, b"\0") for start in range(0, len(entries), 4)]
    table = [0xFFFFFFFD] + [directory + number + 1 for number in range(len(sectors) - 1)] + [0xFFFFFFFE]
    allocation = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    header = SIGNATURE.ljust(30, b"\0") + struct.pack("<H", 9)
    header = header.ljust(48, b"\0") + struct.pack("<I", directory)
    header = header.ljust(76, b"\0") + struct.pack("<I", 0)
    return b"".join(
        [header.ljust(512, b"\xff"), allocation, *sectors, *(data.ljust(512, b"\0") for data in names.values())]
    )


def refusal(data: bytes, path: str = "a.doc") -> str:
    with pytest.raises(UnreadableFile) as error:
        read_document(data, path)
    return error.value.zh


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice; its arguments end with `--outdir OUT SOURCE`."""
    file = folder / "soffice"
    file.write_text(f'#!/bin/sh\nfor source; do out="$before"; before="$source"; done\n{script}\n', encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a shell script")


def test_streams_of_a_compound_file_are_named() -> None:
    names = {"Root Entry": b"", "1Table": b"t", "WordDocument": b"w", "Data": b"d", "Sixth": b"6"}
    assert {name: data.rstrip(b"\0") for name, data in streams(compound(names)).items()} == names
    assert streams(b"text") == streams(SIGNATURE) == {}


def test_a_directory_that_leads_back_to_itself_ends() -> None:
    data = bytearray(compound({str(number): b"" for number in range(8)}))
    struct.pack_into("<I", data, 512 + 8, 1)
    assert list(streams(bytes(data))) == [str(number) for number in range(8)]


def test_a_directory_cut_off_is_read_as_far_as_it_goes() -> None:
    data = compound({str(number): b"" for number in range(8)})
    found = [len(streams(data[:length])) for length in range(0, len(data), 64)]
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, 8)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound({"WordDocument": bytes(10) + b"\x00\x01"}), "文件已加密，请去掉密码后再检查"),
        (compound({"EncryptedPackage": b"", "EncryptionInfo": b""}), "文件已加密，请去掉密码后再检查"),
        (compound({"Workbook": b""}), "是 Excel 表格，不是文字文档"),
        (compound({"PowerPoint Document": b""}), "是演示文稿，不是文字文档"),
        (
            WORD_2003.replace(b"<w:wordDocument ", b"<!DOCTYPE a><w:wordDocument "),
            "XML 含有文档类型声明（DTD），出于安全考虑未读取",
        ),
    ],
)
def test_what_libreoffice_need_not_try(data: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROGRAM, "/nowhere")
    assert refusal(data) == said


@pytest.mark.parametrize(("data", "kind"), [(compound({"WordDocument": b""}), "doc"), (RTF, "rtf"), (WORD_2003, "xml")])
def test_without_libreoffice_the_way_out_is_said(data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROGRAM, "")
    assert refusal(data) == (
        f"是 {kind} 格式，需要安装 LibreOffice 才能读取；或者用 WPS、Word 打开，“另存为” .docx 后再检查"
    )


def test_a_program_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROGRAM, "/nowhere/soffice")
    assert refusal(RTF).startswith("无法运行 LibreOffice（/nowhere/soffice）：")


@posix
def test_what_the_program_writes_is_read_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (tmp_path / "made.odt").write_bytes(odt(paragraph("甲")))
    script = (
        f'test "$(cat "$source")" = "{RTF.decode()}" && mkdir -p "$out" && cp {tmp_path}/made.odt "$out/report.odt"'
    )
    monkeypatch.setenv(office.PROGRAM, program(tmp_path, script.replace("\\", "\\\\")))
    assert texts(read_document(RTF, "a.rtf")) == ["甲"]
    assert list(temporary.iterdir()) == []


@posix
def test_a_program_that_writes_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROGRAM, program(tmp_path, "exit 0"))
    assert refusal(RTF) == "LibreOffice 无法读取此文件；请用 WPS、Word 打开，“另存为” .docx 后再检查"


@posix
def test_a_program_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.3)
    monkeypatch.setenv(office.PROGRAM, program(tmp_path, f"sleep 30 & echo $! > {tmp_path}/started; wait"))
    assert refusal(RTF).startswith("LibreOffice 在 0.3 秒内没有读完；")
    started = int((tmp_path / "started").read_text())
    state = Path(f"/proc/{started}/stat")
    assert not state.exists() or state.read_text().split()[2] in "ZX"


@needs_soffice
@pytest.mark.parametrize("target", ["doc", "rtf", "xml:MS Word 2003 XML"])
def test_a_report_converted_by_libreoffice_reads_back_equal(target: str, tmp_path: Path) -> None:
    rng = random.Random(7)
    while True:
        draft = clean_draft(rng)
        octets = rendered(draft, rng)
        if not octets.startswith(b"PK"):
            break
    (tmp_path / "report.fodt").write_bytes(octets)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.fodt")], check=True, capture_output=True, timeout=120)
    kind = target.partition(":")[0]
    document = read_document((tmp_path / f"report.{kind}").read_bytes(), f"report.{kind}")
    report = Recogniser(load(Settings()).forms).recognise(document, None)
    read = [(cell.state, cell.text) for table in report.tables.values() for cell in table.cells]
    assert read == [(State.NUMBER, figure) for figure in draft.figures().values()]
    assert [section.heading for section in report.sections] == [section.heading for section in draft.sections]
