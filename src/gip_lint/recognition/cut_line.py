"""A line cut into labels, figures and other text: whether it is a table run together, a row, or a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.collector import LONGEST_LABEL
from gip_lint.recognition.vocabulary import Token

PROSE_MARK = LazyPattern("[。；！？]")
_COUNTED = LazyPattern(r"\d\s*件、|20\d\d\s*年")
_WORDS = LazyPattern(r"[\u4e00-\u9fff]")
LONGEST_ODD_PART = 6  # characters of a label that only its office has
COUNTERS = frozenset(
    "件条次个项篇期份家人户名起宗万亿元%％年月日，、。；"
)  # what a sentence goes on with behind a figure
MOST_TOKENS = 4  # of a line that is no row of figures
LINE_MARK = LazyPattern("[。；！？，,]")


def is_sentence(text: str, tokens: Sequence[Token]) -> bool:
    """A full stop anywhere, a comma outside the labels, a year, or counted figures (予以公开88件、部分公开15件).

    So is a line of which a label is but the first word: 行政许可事项因“放管服”改革减少6.
    """
    if PROSE_MARK.search(text) or (("年" in text or "件、" in text) and _COUNTED.search(text)):
        return True
    if len(tokens) < MOST_TOKENS and len(tokens) > 1 and tokens[0].label is not None:
        rest = tokens[1]
        stuck = rest.column == len(tokens[0].text) and rest.label is None and rest.figure is None
        if stuck and len(_WORDS.findall(rest.text)) > LONGEST_ODD_PART:
            return True
    return any(t.label is None and t.figure is None and LINE_MARK.search(t.text) for t in tokens)


def table_start(tokens: Sequence[Token]) -> int | None:
    """Where a table run into its text begins: three labels with nothing between them, as only a header has.

    Labels in quotation marks are named, not printed (“不予公开”“无法提供”“不予处理”).
    """
    for i in range(len(tokens) - 2):
        if all(
            token.label is not None
            and token.text.count("“") == token.text.count("”")
            and (not j or token.column == tokens[i + j - 1].column + len(tokens[i + j - 1].text))
            for j, token in enumerate(tokens[i : i + 3])
        ):
            return i
    return 0 if tokens and tokens[0].label is not None else None


def mostly_labels(tokens: Sequence[Token]) -> bool:
    """A table run together, not a sentence that names several of its rows."""
    places = [i for i, token in enumerate(tokens) if token.label is not None]
    middle = tokens[places[0] : places[-1] + 1]
    labelled = sum(len(token.text) for token in middle if token.label is not None)
    other = sum(len(token.text) for token in middle if token.label is None and token.figure is None)
    return other * 4 <= labelled


def trimmed(tokens: tuple[Token, ...], start: int, text: str, prose: list[tuple[str, int]]) -> tuple[Token, ...]:
    """Leave out the sentences before the header and after the last value of a table run into its text."""
    if start:
        prose.append((text[: tokens[start].column].rstrip(" （("), 0))
    end = max(i for i, token in enumerate(tokens) if token.label is not None) + 1
    while end < len(tokens) and (tokens[end].figure is not None or tokens[end].text[0].isdigit()):
        end += 1
    if end < len(tokens):
        prose.append((text[tokens[end].column :].strip(), tokens[end].column))
    return tokens[start:end]


def is_foreign_row(tokens: Sequence[Token], text: str, due: int) -> bool:
    """A row whose label no form has: text first, then nothing but as many figures as the header announces."""
    if len(tokens) < 2 or len(text) > LONGEST_LABEL + 30 or tokens[0].label is not None or tokens[0].figure is not None:
        return False
    if any(token.figure is None for token in tokens[1:]):
        return False
    figures = len(tokens) - 1
    return figures >= 2 or figures == due or (tokens[1].text.isdigit() and len(tokens[1].text) >= due > 1)
