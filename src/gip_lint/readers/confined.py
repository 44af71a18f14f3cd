"""Runs a reader that rests on foreign code in a process of its own, with bounds on its time and memory.

PDFium takes all the time and memory a file asks for, and ends its process when it is given none; nothing outside of a
process can hold it. Where the system has no `fork` (Windows), the reader runs unconfined.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable

from gip_lint.document import Document
from gip_lint.errors import UnreadableFile

SECONDS = 5
MORE_BYTES = 240_000_000
"""What the reader may take beyond what the program has taken before it."""


def confined(read: Callable[[], Document]) -> Document:
    """What `read` returns. Raises `UnreadableFile` when it does, takes too much, or is ended by a fault of its code."""
    if sys.platform == "win32":
        return read()
    receiving, sending = os.pipe()
    process = os.fork()
    if process == 0:
        gc.disable()  # a collection would touch, and so copy, all memory of this program
        os.close(receiving)
        _work(read, sending)
    os.close(sending)
    try:
        with os.fdopen(receiving, "rb") as pipe:
            sent = pipe.read()
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(process, 0)
    if status != 0:
        raise UnreadableFile(
            f"文件已损坏，或读取需要超过 {SECONDS} 秒或 {MORE_BYTES // 1_000_000} MB，未读取",
            f"damaged, or reading takes more than {SECONDS} seconds or {MORE_BYTES // 1_000_000} MB; not read",
        )
    result = pickle.loads(sent)
    if isinstance(result, Document):
        return result
    if isinstance(result, tuple):
        raise UnreadableFile(*result)
    raise RuntimeError(f"the reader failed:\n{result}")


def _work(read: Callable[[], Document], sending: int) -> None:
    """Read, send the result, end the process: a document, the two messages of a refusal, or the account of a fault."""
    status = 1
    try:
        _limit()
        try:
            result = pickle.dumps(read(), pickle.HIGHEST_PROTOCOL)
        except UnreadableFile as error:
            result = pickle.dumps((error.zh, error.en))
        except MemoryError:
            os._exit(status)
        except Exception:
            result = pickle.dumps(traceback.format_exc())
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(result)
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    import resource

    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)  # the last words of the code that is ended are not for the user
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    taken = _taken()
    if taken is not None:
        resource.setrlimit(resource.RLIMIT_AS, (taken + MORE_BYTES, taken + MORE_BYTES))


def _taken() -> int | None:
    """The bytes of address space that this process has; None where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
