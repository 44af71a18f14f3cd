"""Reads the older files of word processors (.doc, .wps, .rtf, Word 2003 XML) by way of LibreOffice, where it is installed.

LibreOffice needs the file on disk and a profile of its own: both stand in a temporary folder that is removed again,
the only thing a reader of gip-lint ever writes. Its macros, links and network are switched off in that profile.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile
from gip_lint.readers import open_document
from gip_lint.readers.compound_file import SIGNATURE, streams
from gip_lint.readers.package import MAX_MEMBER_BYTES, encrypted, too_large
from gip_lint.readers.xml_source import parse_xml

PROGRAM = "GIP_LINT_SOFFICE"
"""The environment variable that names the program of LibreOffice; empty: none is run."""
SECONDS = 60.0

_PROGRAMS = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_ENCRYPTED_FLAG = 0x0100  # fEncrypted of the FIB, [MS-DOC] 2.5.2
_OTHERS = {
    "Workbook": ("是 Excel 表格，不是文字文档", "an Excel workbook, no text document"),
    "Book": ("是 Excel 表格，不是文字文档", "an Excel workbook, no text document"),
    "PowerPoint Document": ("是演示文稿，不是文字文档", "a presentation, no text document"),
}
# Options of LibreOffice's registry: no macros, nothing active, no links followed, a proxy where nobody listens.
_OPTIONS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read(data: bytes, path: str) -> Document:
    """Read one file that only a word processor can.

    Raises `UnreadableFile` when it is encrypted or no text document, when there is no LibreOffice, and when that
    cannot read it or takes longer than `SECONDS`.
    """
    suffix = _suffix(data)
    program = _program()
    if program is None:
        raise UnreadableFile(
            f"是 {suffix[1:]} 格式，需要安装 LibreOffice 才能读取；或者用 WPS、Word 打开，“另存为” .docx 后再检查",
            f"reading {suffix[1:]} files takes LibreOffice, which is not installed; or save the file as .docx",
        )
    return open_document.read(_converted(data, suffix, program), path)


def _suffix(data: bytes) -> str:
    """By which ending LibreOffice recognises the file. Raises `UnreadableFile` for what it need not try."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if not data.startswith(SIGNATURE):
        parse_xml(data)  # refuses what LibreOffice's own parser may not
        return ".xml"
    found = streams(data)
    flags = found.get("WordDocument", b"")[10:12]
    if "EncryptedPackage" in found or int.from_bytes(flags, "little") & _ENCRYPTED_FLAG:
        raise encrypted()
    for name, said in _OTHERS.items():
        if name in found and "WordDocument" not in found:
            raise UnreadableFile(*said)
    return ".doc"


def _program() -> str | None:
    named = os.environ.get(PROGRAM)
    if named is not None:
        return named or None
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return found or next(filter(os.path.isfile, _ELSEWHERE), None)


def _converted(data: bytes, suffix: str, program: str) -> bytes:
    """The file as an OpenDocument text."""
    with tempfile.TemporaryDirectory(prefix="gip-lint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"report{suffix}"
        source.write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", "odt", "--outdir", str(folder / "out"), str(source)),
        ]
        _run(command, folder)
        target = folder / "out" / "report.odt"
        if not target.is_file():
            raise UnreadableFile(
                "LibreOffice 无法读取此文件；请用 WPS、Word 打开，“另存为” .docx 后再检查",
                "LibreOffice cannot read the file; save it as .docx",
            )
        if target.stat().st_size > MAX_MEMBER_BYTES:
            raise too_large(MAX_MEMBER_BYTES)
        return target.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run it to its end, or stop it and all it started after `SECONDS`."""
    environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    silent = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
    except OSError as error:
        raise UnreadableFile(
            f"无法运行 LibreOffice（{command[0]}）：{error.strerror}", f"cannot run {command[0]}: {error.strerror}"
        ) from error
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"LibreOffice 在 {SECONDS:g} 秒内没有读完；请用 WPS、Word 打开，“另存为” .docx 后再检查",
            f"LibreOffice did not finish within {SECONDS:g} seconds; save the file as .docx",
        ) from error
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    elif process.poll() is None:
        process.kill()
    process.wait()


def _registry() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _OPTIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )
