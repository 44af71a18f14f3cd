"""What kind of body issues a report, by its name: government of a level, department, national body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache


def issuer_kind(issuer: str | None, words: Mapping[str, Sequence[str]]) -> str | None:
    """The first kind one of whose patterns the name matches (`rules/words/issuers.yaml`); None if none does."""
    if not issuer:
        return None
    return _kind(issuer, tuple((kind, "|".join(patterns)) for kind, patterns in words.items()))


@lru_cache(maxsize=4096)
def _kind(issuer: str, patterns: tuple[tuple[str, str], ...]) -> str | None:
    return next((kind for kind, pattern in patterns if re.search(pattern, issuer)), None)
