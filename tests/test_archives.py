"""Archives of reports are walked like folders; nothing in them is written to disk, too much of it is not read."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clean_drafts import clean_draft
from gip_lint import archive
from gip_lint.archive import member_name
from gip_lint.cli import main
from gip_lint.finding import Audit, Skipped
from gip_lint.linter import Settings, lint
from gip_lint.sources import Source, SourceReader, find_sources
from layouts import LAYOUTS
from odt_rendition import rendered


def report(seed: int) -> bytes:
    rng = random.Random(seed)
    return LAYOUTS[0].render(clean_draft(rng), rng).encode()


def packed(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
        made.comment = comment
    return buffer.getvalue()


def old_names(data: bytes, names: dict[str, bytes]) -> bytes:
    """The archive with these names in other bytes of the same number, without the flag of UTF-8."""
    for name, octets in names.items():
        assert len(name) == len(octets)
        data = data.replace(name.encode(), octets)
    return data


def found(*paths: Path) -> list[tuple[str, str]]:
    """What `lint` found: path and messages (that nothing was checked goes without saying), or why it was skipped."""
    run = lint([str(path) for path in paths], Settings())
    results: list[Audit | Skipped] = [*run.audits, *run.skipped]
    return [
        (
            result.path,
            result.reason.zh
            if isinstance(result, Skipped)
            else ", ".join(f.message.zh.removesuffix("；未作核验") for f in result.findings),
        )
        for result in results
    ]


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    rng = random.Random(3)
    file = tmp_path / "年报.zip"
    inner = packed({"二.txt": report(2), "letter.txt": "关于召开会议的通知".encode()})
    members = {
        "乡镇/一.txt": report(1),
        "乡镇/更多.ZIP": inner,
        "局.odt": rendered(clean_draft(rng), rng),
        "picture.png": b"no report",
        "__MACOSX/乡镇/._一.txt": b"\x00\x01",
        ".hidden/x.txt": report(4),
        "空/": b"",
    }
    file.write_bytes(packed(members))
    expected = [
        (f"{file}/乡镇/一.txt", ""),
        (f"{file}/乡镇/更多.ZIP/二.txt", ""),
        (f"{file}/局.odt", ""),
        (f"{file}/乡镇/更多.ZIP/letter.txt", "不是政府信息公开工作年度报告"),
    ]
    assert found(file) == expected
    assert found(tmp_path) == expected


def test_members_are_read_in_many_processes_as_in_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({f"{number}.txt": report(number) for number in range(9)}))
    one, two = (lint([str(tmp_path)], Settings(jobs=jobs)).audits for jobs in (1, 2))
    assert one == two
    assert len(one) == 9


def test_a_path_into_an_archive_names_its_member(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"b/c.txt": report(1), "d.zip": packed({"e.txt": report(2)})}))
    sources, problems = find_sources([f"{file}/b/c.txt", f"{file}/d.zip/e.txt", f"{file}/none.txt"])
    assert sources == [
        Source(f"{file}/b/c.txt", True, str(file), (0,)),
        Source(f"{file}/d.zip/e.txt", True, str(file), (1, 0)),
    ]
    assert [SourceReader()(source) for source in sources] == [report(1), report(2)]
    assert [problem.zh for problem in problems] == [f"没有这个文件或文件夹：{file}/none.txt"]


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    names = {"aabbcc.txt": "乡镇局".encode("gbk") + b".txt", "xxxxxx.txt": "乡镇".encode() + b".txt"}
    file = tmp_path / "a.zip"
    file.write_bytes(old_names(packed({"aabbcc.txt": report(1), "xxxxxx.txt": report(2)}), names))
    assert sorted(path for path, _ in found(file)) == [f"{file}/乡镇.txt", f"{file}/乡镇局.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.txt", "../../etc/a.txt"),
        ("/etc//./a.txt", "etc/a.txt"),
        ("C:\\temp\\a.txt", "C:/temp/a.txt"),
        ("a\x1b[31m\nb.txt", "a\ufffd[31m\ufffdb.txt"),
    ],
)
def test_names_are_only_shown(name: str, shown: str) -> None:
    assert member_name(zipfile.ZipInfo(name)) == shown


def test_path_tricks_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "folder"
    folder.mkdir(parents=True)
    file = folder / "a.zip"
    file.write_bytes(packed({"../../slip.txt": report(1), "/tmp/slip.txt": report(2)}))
    before = sorted(tmp_path.rglob("*"))
    assert found(file) == [(f"{file}/../../slip.txt", ""), (f"{file}/tmp/slip.txt", "")]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_document_that_is_named_zip_is_a_document(tmp_path: Path) -> None:
    rng = random.Random(3)
    while not (octets := rendered(clean_draft(rng), rng)).startswith(b"PK"):
        pass
    file = tmp_path / "report.zip"
    file.write_bytes(octets)
    assert found(file) == [(str(file), "后缀 .zip 与内容不符，按ODT读取")]
    (tmp_path / "outer.zip").write_bytes(packed({"report.zip": octets}))
    assert found(tmp_path / "outer.zip") == [(f"{tmp_path}/outer.zip/report.zip", "后缀 .zip 与内容不符，按ODT读取")]


def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": report(1), "b.txt": report(2), "c.zip": b"PK\x03\x04 broken"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file = tmp_path / "a.zip"
    file.write_bytes(bytes(data))
    assert found(file) == [
        (f"{file}/a.txt", "文件已加密，请去掉密码后再检查"),
        (f"{file}/b.txt", ""),
        (f"{file}/c.zip", "文件已损坏或不完整"),
    ]
    file.write_bytes(bytes(data)[:-30])
    assert found(file) == [(str(file), "文件已损坏或不完整")]


def test_nesting_is_bounded(tmp_path: Path) -> None:
    data = packed({"a.txt": report(1)})
    for _ in range(5):
        data = packed({"b.txt": report(2), "more.zip": data})
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    inside = f"{file}/more.zip/more.zip"
    assert found(file) == [
        (f"{file}/b.txt", ""),
        (f"{file}/more.zip/b.txt", ""),
        (f"{inside}/b.txt", ""),
        (f"{inside}/more.zip", "压缩包套了超过 3 层，里层未读取；请先解压"),
    ]


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 3), ("MAX_BYTES", 3 * len(report(1)))])
def test_a_walk_through_too_much_ends_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({f"{number}.txt": report(1) for number in range(4)}))
    monkeypatch.setattr(archive, limit, value)
    *read, (path, said) = found(file)
    assert read == [(f"{file}/{number}.txt", "") for number in range(3)]
    assert path == str(file)
    assert said.startswith("压缩包解压后超过 ")


def test_a_bomb_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"a.txt": bytes(50_000_001), "b.zip": bytes(50_000_001)}))
    assert found(file) == [
        (f"{file}/a.txt", "解压后超过 50,000,000 字节，不是年度报告，未读取"),
        (f"{file}/b.zip", "解压后超过 50,000,000 字节，不是年度报告，未读取"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00 and so on", "是 RAR 压缩包，请解压后再检查"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c and so on", "是 7z 压缩包，请解压后再检查"),
        ("a.txt", b"\x1f\x8b\x08 and so on", "是 gzip 压缩包，请解压后再检查"),
        ("a.docx", packed({"a.txt": b"text"}), "是 zip 压缩包，后缀改为 .zip 后即可检查"),
        ("a.docx", packed({"xl/workbook.xml": b"text"}), "是 Excel 表格，不是文字文档"),
        ("a.docx", packed({"ppt/presentation.xml": b"text"}), "是演示文稿，不是文字文档"),
        ("a.doc", b"\x89PNG\r\n\x1a\n", "是图片，请用有文字的版本"),
    ],
)
def test_what_is_no_text_says_what_it_is(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert found(file) == [(str(file), said)]


def test_archives_that_cannot_be_read_are_said_in_a_folder_too(tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00 and so on")
    (tmp_path / "a.txt").write_bytes(report(1))
    assert found(tmp_path) == [(f"{tmp_path}/a.rar", "是 RAR 压缩包，请解压后再检查"), (f"{tmp_path}/a.txt", "")]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_commands_take_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(packed({"b.txt": report(1), "c.txt": report(1)}))
    code, out, _ = run(capsys, str(file), "--format", "json")
    result: dict[str, Any] = json.loads(out)
    assert code == 0
    assert [entry["path"] for entry in result["reports"]] == [f"{file}/b.txt", f"{file}/c.txt"]
    code, out, _ = run(capsys, "show", f"{file}/b.txt", "--format", "json")
    assert (code, json.loads(out)["path"]) == (0, f"{file}/b.txt")
    assert run(capsys, "compare", f"{file}/b.txt", f"{file}/c.txt")[0] == 0
    code, out, error = run(capsys, "fix", str(file))
    assert (code, out) == (2, "")
    assert f"{file}：压缩包里的文件不能改，请先解压" in error
    file.write_bytes(packed({})[:-1])
    assert run(capsys, str(file))[0] == 3
