"""A reader in a process of its own: its result comes back, and whatever ends it ends nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile
from gip_lint.readers import confined as module
from gip_lint.readers.confined import confined

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork: readers run unconfined")

DOCUMENT = Document("a.pdf", (), ("甲" * 100_000,), places={})


def test_the_document_comes_back() -> None:
    assert confined(lambda: DOCUMENT) == DOCUMENT


def test_a_refusal_comes_back() -> None:
    def refuse() -> Document:
        raise UnreadableFile("不读", "not read")

    with pytest.raises(UnreadableFile) as error:
        confined(refuse)
    assert (error.value.zh, error.value.en) == ("不读", "not read")


def test_a_fault_of_our_own_is_no_refusal() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        confined(lambda: DOCUMENT._replace(path=str(1 // 0)))


def for_ever() -> Document:
    while True:
        pass


def all_memory() -> Document:
    return DOCUMENT._replace(path="x" * 2_000_000_000)


def crash() -> Document:
    os.kill(os.getpid(), signal.SIGSEGV)
    return DOCUMENT


@pytest.mark.parametrize("read", [for_ever, all_memory, crash])
def test_what_ends_the_reader_is_a_refusal(read: Callable[[], Document], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 1)
    with pytest.raises(UnreadableFile) as error:
        confined(read)
    assert error.value.zh == "文件已损坏，或读取需要超过 1 秒或 240 MB，未读取"
