"""Documents kept between runs: used for the same bytes only, never for text, and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gip_lint import document_cache
from gip_lint.document_cache import DocumentCache
from gip_lint.errors import UnreadableFile
from gip_lint.readers import Format, read_as, read_document
from word_rendition import docx, paragraph, run

FIRST, SECOND = docx(paragraph(run("甲"))), docx(paragraph(run("乙")))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "gip-lint" / "documents"


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were really read."""
    paths: list[str] = []

    def counted(form: Format, data: bytes, path: str) -> object:
        paths.append(path)
        return read_as(form, data, path)

    monkeypatch.setattr(document_cache, "read_as", counted)
    return paths


def test_the_same_bytes_are_read_once_and_other_bytes_anew(readings: list[str]) -> None:
    for path in ("a.docx", "copy.docx"):
        assert DocumentCache().read(FIRST, path) == read_document(FIRST, path)
    assert DocumentCache().read(SECOND, "a.docx") == read_document(SECOND, "a.docx")
    assert readings == ["a.docx", "a.docx"]


def test_the_suffix_counts_since_it_may_be_wrong(readings: list[str]) -> None:
    assert DocumentCache().read(FIRST, "a.docx").notes == ()
    assert [note.kind for note in DocumentCache().read(FIRST, "a.doc").notes] == ["wrong-suffix"]


def test_text_is_not_kept(folder: Path) -> None:
    assert DocumentCache().read("甲".encode(), "a.txt") == read_document("甲".encode(), "a.txt")
    assert not folder.exists()


def test_what_cannot_be_read_is_tried_again(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(UnreadableFile):
            DocumentCache().read(FIRST[: len(FIRST) // 2], "a.docx")
    assert not folder.exists()


def test_a_damaged_or_foreign_entry_is_read_anew(folder: Path, readings: list[str]) -> None:
    DocumentCache().read(FIRST, "a.docx")
    (entry,) = folder.iterdir()
    for wrong in (b"", b"\x80\x04N.", b"no pickle"):
        entry.write_bytes(wrong)
        assert DocumentCache().read(FIRST, "a.docx") == read_document(FIRST, "a.docx")
    assert len(readings) == 4


def test_another_version_reads_anew(readings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    DocumentCache().read(FIRST, "a.docx")
    monkeypatch.setattr(document_cache, "__version__", "99")
    DocumentCache().read(FIRST, "a.docx")
    assert len(readings) == 2


def test_a_home_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    for home in (str(file), "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", home)
        assert DocumentCache().read(FIRST, "a.docx") == read_document(FIRST, "a.docx")


def test_the_oldest_go_when_there_are_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_cache, "MOST_KEPT", 4)
    for number in range(4):
        DocumentCache().read(docx(paragraph(run(f"第{number}份"))), "a.docx")
    oldest = sorted(folder.iterdir(), key=lambda path: path.name)[0]
    os.utime(oldest, (1, 1))
    DocumentCache().read(FIRST, "a.docx")
    left = set(folder.iterdir())
    assert len(left) == 2
    assert oldest not in left
