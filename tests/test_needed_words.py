"""The words that a pattern cannot match without are never more than it needs."""

from __future__ import annotations

import re

import pytest

from gip_lint.checks.pattern import Patterns
from gip_lint.linter import Settings, load
from gip_lint.needed_words import needed_words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("a(?:bc|d)+x?", ("a",)),
        ("(?<=[一-龥])\\*{2,3}(?=[年月])", ("*",)),
        ("(?i)ab", ()),
        ("(?i:ab)c", ("c",)),
        ("[（(]x", ("x",)),
        ("a|b", ("a", "b")),
        ("a|", ()),
        ("(?=甲乙)丙", ("甲乙",)),
        ("x{0,3}yz*", ("y",)),
        ("(?!好)[^a]b", ("b",)),
        ("(?<!好)[a-c]", ()),
        ("(?P<q>ab)(?P=q)", ("ab",)),
        ("(?>甲乙)|丙", ("甲乙", "丙")),
        ("(甲)?乙", ("乙",)),
        ("(甲|乙)丙丁", ("丙丁",)),
    ],
)
def test_words_of_a_pattern(pattern: str, words: tuple[str, ...]) -> None:
    assert needed_words(pattern) == words


def test_every_bad_example_holds_the_words_of_the_pattern_that_finds_it() -> None:
    found = 0
    for rule in load(Settings()).rules:
        for example in rule.examples:
            text = str(example.given)
            for wanted in rule.check.patterns if isinstance(rule.check, Patterns) else ():
                words = needed_words(wanted.find)
                if words and re.search(wanted.find, text):
                    found += 1
                    assert any(word in text for word in words)
    assert found >= 20
