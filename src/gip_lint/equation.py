"""The closed little language of relations: `第一项 + 第二项 = 第三项 + 第四项`, `现行有效件数 ≥ 本年制发件数 − 本年废止件数`.

Sums and differences of named cells, with whole factors (`4 × 第四项`) and whole numbers, around one of = ≠ ≥ ≤.
Nothing is ever evaluated as Python.
"""

from __future__ import annotations

from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern

_OPERATORS = {"=": "=", "＝": "=", "==": "=", "≥": "≥", ">=": "≥", "≤": "≤", "<=": "≤", "≠": "≠", "!=": "≠"}
_COMPARISON = LazyPattern(r">=|<=|!=|==|[=＝≥≤≠]")
_SIGN = LazyPattern(r"\s*([+＋\-−－])?\s*")
_TERM = LazyPattern(
    r"\s*(?:(?P<factor>\d+)\s*[×*]\s*)?(?:(?P<number>\d+)(?![^\s+＋\-−－])|(?P<name>[^\s+＋\-−－×*=≥≤≠<>!]+))\s*"
)


class Term(NamedTuple):
    """`factor` times a named figure, or times one when `name` is None (a constant)."""

    factor: int
    name: str | None


class Comparison(NamedTuple):
    """Two sums and what should hold between them."""

    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]


def read_comparison(text: str) -> Comparison:
    """Parse one relation. Raises `ValueError` with the position where it is not understood."""
    match = _COMPARISON.search(text)
    if match is None:
        raise ValueError("缺少 = ≠ ≥ ≤ 中的一个 / one of = ≠ ≥ ≤ is needed")
    if _COMPARISON.search(text, match.end()):
        raise ValueError("只能有一个比较符 / only one comparison is allowed")
    return Comparison(
        _read_sum(text[: match.start()], 0), _OPERATORS[match.group()], _read_sum(text[match.end() :], match.end())
    )


def _read_sum(text: str, offset: int) -> tuple[Term, ...]:
    terms: list[Term] = []
    at = 0
    while at < len(text):
        sign = _SIGN.match(text, at)
        assert sign is not None  # the pattern also matches nothing
        if terms and not sign[1]:
            break
        term = _TERM.match(text, sign.end())
        if term is None:
            at = sign.end()
            break
        factor = int(term["factor"] or 1)
        if sign[1] and sign[1] in "-−－":
            factor = -factor
        if term["number"]:
            terms.append(Term(factor * int(term["number"]), None))
        else:
            terms.append(Term(factor, term["name"]))
        at = term.end()
    if not terms or text[at:].strip():
        raise ValueError(f"第 {offset + at + 1} 个字符处看不懂 / not understood at character {offset + at + 1}")
    return tuple(terms)
