"""The unit behind a column label, when it was broken off: 本年收费金额 / （单位：万元，/ 保留4位小数）."""

from __future__ import annotations

from gip_lint.document import GridCell
from gip_lint.recognition.characters import fold
from gip_lint.recognition.found import Header, Leaf
from gip_lint.recognition.fragments import UNIT_PART, Fragments
from gip_lint.recognition.vocabulary import Vocabulary

LONGEST_UNIT = 20


def awaits_unit(header: Header, text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text goes on with a unit begun behind a column label."""
    if _open_unit(header, vocabulary) is not None:
        return True
    return UNIT_PART.search(text) is not None and any(
        leaf.tail and (leaf.unit is None or leaf.decimals is None) for leaf in header.leaves
    )


def extend_unit(header: Header, cell: GridCell, vocabulary: Vocabulary, fragments: Fragments) -> bool:
    """Add （单位：万元，保留4位小数） or a part of it to the column label it belongs to; False when it is none."""
    text = cell.text
    begun = _open_unit(header, vocabulary)
    if begun is not None and not fragments.joins(text):
        begun.tail += text
        label = vocabulary.find(begun.text + begun.tail)
        if label is not None and label.unit is not None:
            begun.unit, begun.decimals = label.unit, label.decimals
        return True
    if not UNIT_PART.search(text):
        return False
    for leaf in sorted(
        header.leaves, key=lambda leaf: (not leaf.tail or leaf.unit is not None, abs(leaf.offset - cell.offset))
    ):
        label = vocabulary.find(leaf.text + leaf.tail + text)
        if label is not None and label.unit is not None:
            leaf.tail += text
            leaf.unit, leaf.decimals = label.unit, label.decimals
            return True
        own = vocabulary.find(leaf.text)
        if own is not None and own.amount and (leaf.tail or text.startswith(("（", "("))):
            leaf.tail += text
            return True
    return False


def _open_unit(header: Header, vocabulary: Vocabulary) -> Leaf | None:
    """The label of amounts whose bracket was opened and not closed yet."""
    leaf = header.leaves[-1] if header.leaves else None
    if leaf is None or len(leaf.tail) > LONGEST_UNIT:
        return None
    head, bracket, tail = fold(leaf.text + leaf.tail).rpartition("(")
    own = vocabulary.find(head) if bracket and ")" not in tail else None
    return leaf if own is not None and own.amount else None
