"""In which order the columns of a table stand, as far as the labels of its header tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from gip_lint.document import display_width
from gip_lint.form import Block, Column
from gip_lint.recognition.found import Header, Leaf

LEAST_GAP = 3  # display columns between the beginnings of two labels


def ordered_leaves(block: Block, header: Header) -> list[tuple[Column | None, Leaf]]:
    """The labels of a header in the order of their columns, each with its column; None for one that no form has."""
    if any(column.group_key for column in block.columns):
        return _grouped_leaves(block, header)
    by_key = {column.key: column for column in block.columns}
    leaves = [leaf for leaf in header.leaves if not leaf.is_group]
    if not header.ruled and _stand_apart(leaves):
        leaves.sort(key=lambda leaf: leaf.offset)
    else:
        columns = tuple((column.key, column.groups) for column in block.columns)
        leaves = [leaves[i] for i in _in_order(tuple(leaf.key for leaf in leaves), columns, _tell_order(leaves))]
    found: list[tuple[Column | None, Leaf]] = []
    seen = set()
    for leaf in leaves:
        if leaf.key is None:
            found.append((None, leaf))
        elif leaf.key in by_key and leaf.key not in seen:
            seen.add(leaf.key)
            found.append((by_key[leaf.key], leaf))
    return found


def _grouped_leaves(block: Block, header: Header) -> list[tuple[Column | None, Leaf]]:
    """The same few labels under several groups: a new group begins where their order starts anew."""
    order, groups, by_key = _group_plan(tuple(column.key for column in block.columns))
    leaves = [leaf for leaf in header.leaves if leaf.key in order]
    if not header.ruled and _stand_apart(leaves):
        leaves.sort(key=lambda leaf: leaf.offset)
    runs = _runs(leaves, order)
    if len(runs) > len(groups):
        last = leaves[-1].line
        runs = _runs([leaf for leaf in leaves if leaf.line == last], order)
    if len(runs) != len(groups):
        return []
    columns = block.columns
    return [
        (columns[by_key[group, leaf.key or ""]], leaf) for group, run in zip(groups, runs, strict=True) for leaf in run
    ]


def _stand_apart(leaves: Sequence[Leaf]) -> bool:
    """Whether every label has a place of its own from left to right, so that the places tell the order.

    Labels that two spaces divide without lining them up begin in the same place on several lines; labels on lines of
    their own, each in the middle of its line, stand below one another.
    """
    placed = sorted(leaves, key=lambda leaf: leaf.offset)
    return len(placed) > 1 and all(
        right.offset - left.offset >= (display_width(left.text) if left.whole and right.whole else LEAST_GAP)
        for left, right in pairwise(placed)
    )


def _tell_order(leaves: Sequence[Leaf]) -> bool:
    """Whether the order in which labels were met is that of their columns.

    A label wrapped in its cell is complete only after the one to its right, and its rest may look like another label.
    """
    keys = [leaf.key for leaf in leaves]
    return all(leaf.whole for leaf in leaves) and len(set(keys)) == len(keys)


@lru_cache(maxsize=16)
def _group_plan(
    keys: tuple[str, ...],
) -> tuple[dict[str, int], tuple[str, ...], dict[tuple[str, str], int]]:
    """The order of the labels within a group, the groups, and the column that each pair of them is."""
    parted = [key.rpartition(".") for key in keys]
    order: dict[str, int] = {}
    for _, _, leaf in parted:
        order.setdefault(leaf, len(order))
    groups = tuple(dict.fromkeys(group for group, _, _ in parted))
    return order, groups, {(group, leaf): i for i, (group, _, leaf) in enumerate(parted)}


@lru_cache(maxsize=256)
def _in_order(
    keys: tuple[str | None, ...], columns: tuple[tuple[str, tuple[str, ...]], ...], as_found: bool
) -> tuple[int, ...]:
    """The positions of a header's labels (None: a foreign one) in the order of its columns (key, groups above).

    总计 may be printed beside 申请人情况, long before 自然人, and still head the last column. So the official order
    stands, and only labels of one group printed one after another are taken in the order found, where that tells
    anything (`as_found`). A foreign label follows the one it was printed after.
    """
    first = {key: i for i, key in reversed(list(enumerate(keys))) if key is not None}
    groups = dict(columns)
    flat = not any(groups.values())
    ordered: list[int] = []
    for key, group in columns:
        if key in first and first[key] not in ordered:
            siblings = sorted(i for other, i in first.items() if groups.get(other) == group)
            ordered += siblings if as_found and (group or flat) else [first[key]]
    for i, label in enumerate(keys):
        if label is None:
            ordered.insert(ordered.index(i - 1) + 1 if i - 1 in ordered else len(ordered), i)
    return tuple(ordered)


def _runs(leaves: Sequence[Leaf], order: dict[str, int]) -> list[list[Leaf]]:
    runs: list[list[Leaf]] = []
    before = len(order)
    for leaf in leaves:
        position = order[leaf.key or ""]
        if not runs or position <= before:
            runs.append([])
        runs[-1].append(leaf)
        before = position
    return runs
