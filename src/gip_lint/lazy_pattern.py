"""Regular expressions that are compiled when first used: a run over one report needs few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from gip_lint.kept_patterns import kept_patterns

METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub")


class LazyPattern:
    """Stands for `re.compile(source)`; the methods are those of the compiled pattern from the first use on."""

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]
    findall: Callable[..., list[str]]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        # Reached only until the compiled pattern's own methods are stored on the instance.
        if name not in METHODS:
            raise AttributeError(name)
        compiled = kept_patterns().compile(self.pattern, self._flags)
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return self.__dict__[name]


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern, compiled when a text first needs it: patterns stay out of what is stored with the rules."""
    return kept_patterns().compile(pattern)
