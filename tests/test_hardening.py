"""Files made to harm, damaged or cut off: a normal audit or `unreadable-file`, in bounded time and memory."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from gip_lint.errors import UnreadableFile
from gip_lint.linter import Settings, lint
from gip_lint.readers import office, read_document
from hostile_files import SOURCES
from odt_rendition import rendered as odt_of
from ofd_file import package as packed
from ofd_rendition import ofd_of
from pdf_rendition import Style, pdf_of
from test_office import compound
from web_rendition import WEB_LAYOUTS
from word_rendition import Habits, render

SECONDS = 5.0
BYTES = 300 * 1024 * 1024
CODE = Path(__file__).parent.parent / "src"
# A process that has loaded everything begins one for each file: what the system counts is the reading alone.
MEASURE = """
import json, os, sys, tempfile
from gip_lint.cli import main
from gip_lint.readers import ofd, office, open_document, pdf, web, word

for file in sys.argv[1:]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        process = os.fork()
        if process == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(error.fileno(), 2)
            code = 70
            try:
                code = main([file, "--format", "json", "--no-cache"])
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status, used = os.wait4(process, 0)
        out.seek(0)
        error.seek(0)
        code, seconds = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        print(json.dumps([code, out.read().decode(), error.read().decode(), seconds, used.ru_maxrss]), flush=True)
"""
NOTHING = "没有审核任何报告"

posix = pytest.mark.skipif(os.name != "posix", reason="the system does not tell what a process has used")


def wrong_with(files: Sequence[Path]) -> dict[str, list[str]]:
    """By file, what is wrong with its audit; nothing for those that are right."""
    environment = os.environ | {"PYTHONPATH": str(CODE), office.PROGRAM: "", "LANG": "zh_CN.UTF-8"}
    command = [sys.executable, "-c", MEASURE, *map(str, files)]
    measured = subprocess.run(command, capture_output=True, env=environment, timeout=900, check=True)
    lines = measured.stdout.splitlines()
    assert len(lines) == len(files)
    return {file.name: wrong for file, line in zip(files, lines, strict=True) if (wrong := _wrong(*json.loads(line)))}


def _wrong(code: int, out: str, error: str, seconds: float, memory: int) -> list[str]:
    wrong = []
    memory *= 1 if sys.platform == "darwin" else 1024
    try:
        rules = {finding["rule"] for report in json.loads(out)["reports"] for finding in report["findings"]}
    except ValueError:
        wrong.append("no JSON")
        rules = set()
    unread = not rules or rules & {"unreadable-file", "not-an-annual-report"}
    if code not in (0, 1, 3) or (code == 3) != bool(unread):
        wrong.append(f"exit code {code} with {sorted(rules)}")
    if error and NOTHING not in error:
        wrong.append(f"on standard error: {error[-500:]}")
    if seconds > SECONDS:
        wrong.append(f"{seconds:.1f} seconds")
    if memory > BYTES:
        wrong.append(f"{memory / 1024 / 1024:.0f} MiB")
    return wrong


@posix
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_hostile_files_are_judged_in_bounded_time_and_memory(
    source: Callable[[], Iterator[tuple[str, bytes]]], tmp_path: Path
) -> None:
    files = []
    for name, data in source():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    assert len(files) > 5
    assert wrong_with(files) == {}
    assert sorted(tmp_path.iterdir()) == sorted(files)


@posix
def test_nothing_is_written_outside(tmp_path: Path) -> None:
    inner = tmp_path / "deep" / "folder"
    inner.mkdir(parents=True)
    (inner / "a.zip").write_bytes(packed({"../../slip.txt": b"x", f"{tmp_path}/absolute.txt": b"x"}))
    before = sorted(tmp_path.rglob("*"))
    assert wrong_with([inner / "a.zip"]) == {}
    assert sorted(tmp_path.rglob("*")) == before


# --- cut off and damaged -------------------------------------------------------------------------------------------


def whole_files() -> dict[str, bytes]:
    """One report in every format that is no text."""
    rng = random.Random(1)
    draft = clean_draft(rng, year=2023)
    page = next(layout for layout in WEB_LAYOUTS if layout.write is not None)
    assert page.write is not None
    while not (odt := odt_of(draft, rng)).startswith(b"PK"):
        pass
    docx = render(draft, Habits.some(rng), rng)
    return {
        "docx": docx,
        "odt": odt,
        "ofd": ofd_of(draft, Style(), rng),
        "pdf": pdf_of(draft, Style()),
        "html": page.write(draft, rng),
        "zip": packed({"a.docx": docx, "b.odt": odt}),
        "doc": compound({"WordDocument": b"text", "1Table": b"", "Data": b""}),
    }


WHOLE = whole_files()


def read_or_refused(data: bytes, kind: str, folder: Path) -> None:
    """Raises anything but `UnreadableFile` that reading raises; takes no longer than it may."""
    start = time.process_time()
    if kind == "zip":
        file = folder / "a.zip"
        file.write_bytes(data)
        assert lint([str(file)], Settings(cache=False)).problems == ()
    else:
        with suppress(UnreadableFile):
            read_document(data, f"a.{kind}")
    assert time.process_time() - start < SECONDS


@pytest.fixture
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(office.PROGRAM, "")


@pytest.mark.usefixtures("_without_libreoffice")
@pytest.mark.parametrize("kind", WHOLE)
def test_files_cut_off_anywhere(kind: str, tmp_path: Path) -> None:
    data = WHOLE[kind]
    lengths = (
        {len(data) * tenth // 10 for tenth in range(10)}
        | set(range(0, 40, 3))
        | {len(data) - n for n in range(1, 60, 7)}
    )
    for length in sorted(lengths):
        read_or_refused(data[:length], kind, tmp_path)


@pytest.mark.usefixtures("_without_libreoffice")
@pytest.mark.parametrize("kind", WHOLE)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**9), count=st.integers(1, 40), near_end=st.booleans())
def test_files_with_bytes_flipped(kind: str, seed: int, count: int, near_end: bool, tmp_path: Path) -> None:
    rng = random.Random(seed)
    data = bytearray(WHOLE[kind])
    first = max(len(data) - 2000, 0) if near_end else 0  # where the directories of archives and PDF files stand
    for _ in range(count):
        data[rng.randrange(first, len(data))] = rng.randrange(256)
    read_or_refused(bytes(data), kind, tmp_path)


@pytest.mark.parametrize("kind", ["docx", "odt", "ofd"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**9))
def test_packages_with_damaged_parts(kind: str, seed: int, tmp_path: Path) -> None:
    """What a flipped byte cannot do, because an archive has check sums: parts that are XML still, but say nonsense."""
    rng = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(WHOLE[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    part = parts[name]
    for _ in range(rng.randint(1, 5)):
        digits = [place for place, byte in enumerate(part) if chr(byte).isdigit()]
        quotes = [place for place, byte in enumerate(part) if byte == ord('"')]
        if digits and rng.random() < 0.5:
            place = rng.choice(digits)
            part = (
                part[:place] + rng.choice((b"-1", b"99999999999999999999", b"x", b"", b"1e9", b"0")) + part[place + 1 :]
            )
        elif len(quotes) > 3:
            place = rng.randrange(0, len(quotes) - 1, 2)
            part = part[: quotes[place] + 1] + rng.choice((b"", b"../..", b"9")) + part[quotes[place + 1] :]
    parts[name] = part
    read_or_refused(packed(parts), kind, tmp_path)
