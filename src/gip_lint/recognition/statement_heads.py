"""What the words before a figure name: its topic, the part it belongs to, and the applicant column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gip_lint.lazy_pattern import compiled
from gip_lint.recognition.statement_words import Family

# The same few labels stand in every report: what they say is worked out once.


@lru_cache(maxsize=8192)
def ending_heads(end: str, head: str, label: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Where the heads at the end of a label begin, or -1, and which they are."""
    match = compiled(end).search(label) if end else None
    return (-1, ()) if match is None else (match.start(), heads_in(head, match.group()))


def heads_in(head: str, words: str) -> tuple[tuple[str, int], ...]:
    """(part, topic or column; its number in the family) of every head in some words."""
    found = []
    for match in compiled(head).finditer(words):
        kind, _, number = str(match.lastgroup).partition("_")
        found.append((kind, int(number)))
    return tuple(found)


@lru_cache(maxsize=1024)
def by_kind(heads: tuple[tuple[str, int], ...]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the topics, of the parts and of the columns among some heads, each once but the topics."""
    return (
        tuple(number for kind, number in heads if kind == "topic"),
        tuple(dict.fromkeys(number for kind, number in heads if kind == "part")),
        tuple(number for kind, number in heads if kind == "column"),
    )


@lru_cache(maxsize=8192)
def contains(pattern: str, words: str) -> bool:
    return compiled(pattern).search(words) is not None


def named(family: Family, words: str) -> tuple[list[str], list[str], list[str]]:
    """(parts, topics, columns) of a family that some words name."""
    by_topic, by_part, by_column = by_kind(heads_in(family.head, words))
    return (
        family.narrowest([family.parts[number] for number in by_part]),
        [family.topics[number] for number in by_topic],
        [family.columns[number] for number in by_column],
    )


def column_of(family: Family, columns: Sequence[str]) -> str | None:
    """The one column named; "" for none or for everybody (公民、法人和其他组织); None for a choice of columns."""
    distinct = set(columns)
    if len(distinct) == 1:
        return columns[0]
    return "" if not distinct or distinct == {family.columns[0], family.columns[-1]} else None
