"""Regular expressions that are compiled when first used: a run over one report needs few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


class LazyPattern:
    """Stands for `re.compile(source)`; the methods are those of the compiled pattern from the first use on."""

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        # Reached only until the compiled pattern's own methods are stored on the instance.
        if name not in ("match", "fullmatch", "search", "finditer", "sub"):
            raise AttributeError(name)
        compiled = re.compile(self.source, self._flags)
        self.match, self.fullmatch, self.search = compiled.match, compiled.fullmatch, compiled.search
        self.finditer, self.sub = compiled.finditer, compiled.sub
        return self.__dict__[name]
