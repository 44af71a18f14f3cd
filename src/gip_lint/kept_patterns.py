"""Keeps what Python makes of a regular expression for the next run: compiling them is a quarter of a cold one.

`re` offers no way to store a compiled pattern, and pickling one stores its source. What is kept here is the program
that `re` itself hands to its engine, for exactly this build of Python; the engine checks a program before it takes it.
Where the parts of `re` that are used are not there, patterns are compiled as ever.
"""

from __future__ import annotations

import os
import re
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from gip_lint.cache import cache_folder, read_cached, write_cached

MOST_KEPT = 4000  # more than all rules have; a folder of rules that changes often must not fill the disk

try:
    _engine: Any = import_module("_sre")
    _parser: Any = import_module("re._parser")
    _compiler: Any = import_module("re._compiler")
    _STATE: tuple[object, ...] = (
        sys.version,
        sys.implementation.cache_tag,
        sys.byteorder,
        _engine.MAGIC,
        _engine.CODESIZE,
    )
except (ImportError, AttributeError):  # another implementation of Python, or a later one
    _engine = None
    _STATE = ()


class _Program(NamedTuple):
    """What the engine is given besides the source; `code` are unsigned 32-bit words in the machine's order."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    named: tuple[str | None, ...]


class KeptPatterns:
    """The compiled patterns of earlier runs, and those that this run adds."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        stored = read_cached(path, _STATE) if path is not None else None
        self._known: dict[tuple[str, int], _Program] = stored if isinstance(stored, dict) else {}
        self._added: dict[tuple[str, int], _Program] = {}

    def compile(self, source: str, flags: int = 0) -> re.Pattern[str]:
        """The same as `re.compile`; raises `re.error` alike."""
        if self._path is None:
            return re.compile(source, flags)
        key = source, int(flags)
        program = self._known.get(key) or self._added.get(key)
        if program is None:
            program = self._added[key] = _compiled(source, int(flags))
        pattern: re.Pattern[str] = _engine.compile(
            source, program.flags, memoryview(program.code).cast("I").tolist(), *program[2:]
        )
        return pattern

    def keep(self) -> None:
        """Store what this run added; where nothing can be stored, the next run compiles again."""
        if self._path is None or not self._added:
            return
        kept = {**self._known, **self._added}
        write_cached(self._path, _STATE, kept if len(kept) <= MOST_KEPT else self._added)


def _compiled(source: str, flags: int) -> _Program:
    from array import array

    parsed = _parser.parse(source, flags)
    named: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        named[number] = name
    code = array("I", map(int, _compiler._code(parsed, flags))).tobytes()
    return _Program(
        flags | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict), tuple(named)
    )


@lru_cache(maxsize=1)
def kept_patterns() -> KeptPatterns:
    """The patterns of this user, read when the first one is needed."""
    folder = cache_folder() if _engine is not None else None
    return KeptPatterns(os.path.join(folder, "patterns.pickle") if folder is not None else None)


def keep_patterns() -> None:
    """Store what this run compiled, if it compiled anything."""
    if kept_patterns.cache_info().currsize:
        kept_patterns().keep()
