"""Labels of figures whose names all stand before the first of them: 予以公开和部分公开分别为28件和12件."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.prose_figures import ProseFigure
from gip_lint.recognition.statement_heads import ending_heads
from gip_lint.recognition.statement_words import Family

_RESPECTIVELY = LazyPattern(r"数?量?分别(?:为|是|有|达)$")
_NEXT = LazyPattern(r"\s*[、，和及与]以?及?\s*$")


def respective_labels(
    family: Family, figures: Sequence[ProseFigure], place: int, label: str, between: Callable[[int, int], str]
) -> dict[int, str]:
    """Offset of each figure → the words it would have by itself; empty unless there is a name for every figure.

    `label` are the words before the figure at `place`, `between` gives the text between two offsets.
    """
    said = _RESPECTIVELY.search(label)
    if said is None:
        return {}
    words = label[: said.start()]
    start, _ = ending_heads(family.end, family.head, words)
    if start < 0:
        return {}
    heads = [
        (str(match.lastgroup).partition("_")[0], match.group())
        for match in compiled(family.head).finditer(words, start)
    ]
    part = "".join(word for kind, word in heads if kind == "part") if {kind for kind, _ in heads} > {"part"} else ""
    names = [word for kind, word in heads if not part or kind != "part"]
    series = [figures[place]]
    for figure in figures[place + 1 :]:
        if figure.counter != series[0].counter or not _NEXT.match(between(series[-1].end, figure.start)):
            break
        series.append(figure)
    if len(names) < 2 or len(names) != len(series) or len(set(names)) != len(names):
        return {}
    return {figure.start: words[:start] + part + name for figure, name in zip(series, names, strict=True)}
