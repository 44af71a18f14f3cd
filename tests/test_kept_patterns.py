"""Compiled patterns are kept between runs and match as freshly compiled ones do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gip_lint.kept_patterns import KeptPatterns

PATTERNS = [
    r"第(?P<number>[一二三四五六七八九十]{1,3})、(?!是)|(?:本年)?度?结转(?:至|到)?",
    r"[\u4e00-\u9fff]{2,4}(?<![上去])年",
    r"(?P<one>\d+)(?P=one)?\s*+[件条]",
    "",
]
TEXT = "第十二、本年度结转至下一年度 2020年 去年 77件 7 条 第三、是"


def found(pattern: re.Pattern[str]) -> list[object]:
    return [(match.span(), match.groups(), match.groupdict(), match.lastgroup) for match in pattern.finditer(TEXT)]


@pytest.mark.parametrize("source", PATTERNS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE | re.MULTILINE])
def test_a_kept_pattern_matches_like_a_new_one(tmp_path: Path, source: str, flags: int) -> None:
    path = str(tmp_path / "patterns.pickle")
    first = KeptPatterns(path)
    first.compile(source, flags)
    first.keep()
    plain, kept = re.compile(source, flags), KeptPatterns(path).compile(source, flags)
    assert found(kept) == found(plain)
    assert (kept.pattern, kept.flags, kept.groups, kept.groupindex) == (
        plain.pattern,
        plain.flags,
        plain.groups,
        plain.groupindex,
    )


def test_what_an_earlier_run_kept_stays_beside_what_this_one_adds(tmp_path: Path) -> None:
    path = str(tmp_path / "patterns.pickle")
    for source in ("甲+", "乙+"):
        patterns = KeptPatterns(path)
        patterns.compile(source)
        patterns.keep()
    before = (tmp_path / "patterns.pickle").read_bytes()
    patterns = KeptPatterns(path)
    assert [bool(patterns.compile(source).search("甲乙")) for source in ("甲+", "乙+")] == [True, True]
    patterns.keep()
    assert (tmp_path / "patterns.pickle").read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05N."])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "patterns.pickle"
    path.write_bytes(damage)
    patterns = KeptPatterns(str(path))
    assert patterns.compile("甲").search("乙甲") is not None
    patterns.keep()
    assert path.read_bytes() != damage


def test_without_a_folder_patterns_are_compiled_and_nothing_is_kept(tmp_path: Path) -> None:
    patterns = KeptPatterns(None)
    assert patterns.compile("甲").search("乙甲") is not None
    patterns.keep()
    assert list(tmp_path.iterdir()) == []


def test_a_pattern_that_is_none_is_refused_like_by_re(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        KeptPatterns(str(tmp_path / "patterns.pickle")).compile("(甲")
