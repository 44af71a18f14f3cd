"""The exceptions that come with a single report: in comments of its text, and in the file `NAME.gip-lint.toml` beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from gip_lint.day import day_of
from gip_lint.errors import ConfigError, UnreadableFile
from gip_lint.exemption import Exemption
from gip_lint.finding import Suppression, Words
from gip_lint.readers import source_text
from gip_lint.readers.comment import Comment, find_comments, may_have_comments

BESIDE = ".gip-lint.toml"
_BEGINNINGS = ("ignore", "例外", "忽略")
_KEYS = {
    "reason": "reason",
    "理由": "reason",
    "owner": "owner",
    "负责人": "owner",
    "until": "until",
    "到期": "until",
    "address": "address",
    "位置": "address",
}
_SEPARATORS = " \t\r\n;；,，、"
_KEY = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))({'|'.join(_KEYS)})\s*[=:：]\s*")
# What looks like a key of ours inside a value without quotation marks: better an error than a date taken for words.
_OTHER_KEY = re.compile(rf"[{_SEPARATORS}]([^\s{_SEPARATORS}=:：]{{1,12}})\s*[=:：]")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}
_RULE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Beside(NamedTuple):
    """The exceptions found, and what is wrong with those that could not be understood."""

    exemptions: tuple[Exemption, ...] = ()
    problems: tuple[Words, ...] = ()


class _NotUnderstoodError(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.words = Words(zh, en)


def exceptions_beside(path: str, data: bytes) -> Beside:
    """The exceptions of the report at `path`, whose bytes are `data`. Nothing wrong with one keeps back the others."""
    exemptions: list[Exemption] = []
    problems: list[Words] = []
    if os.path.isfile(path + BESIDE):
        from gip_lint.config_file import read_exceptions_beside

        try:
            exemptions += read_exceptions_beside(path + BESIDE)
        except ConfigError as error:
            problems.append(Words(error.zh, error.en))
    for comment in _comments(path, data):
        source = f"{path}:{comment.line}"
        try:
            exemptions.append(_exemption(comment, source))
        except _NotUnderstoodError as error:
            problems.append(Words(f"{source}：{error.words.zh}", f"{source}: {error.words.en}"))
    return Beside(tuple(exemptions), tuple(problems))


def _comments(path: str, data: bytes) -> list[Comment]:
    if not may_have_comments(data):
        return []
    try:
        return find_comments(source_text(data, path))
    except UnreadableFile:  # the finding that it is says enough
        return []


def _exemption(comment: Comment, source: str) -> Exemption:
    """`ignore law-name, overview-length reason="…" until=2027-03-31`, or 例外 law-name；理由：……；到期：2027年3月31日."""
    if not comment.closed:
        raise _NotUnderstoodError("注释没有结尾的 -->", "the comment has no --> at its end")
    text = comment.text.strip()
    beginning = next((word for word in _BEGINNINGS if re.match(rf"{word}(?![a-z])", text)), None)
    if beginning is None:
        raise _NotUnderstoodError(
            "gip-lint 后应写 例外 规则id 理由：……", 'after gip-lint write: ignore rule-id reason="…"'
        )
    text = text.removeprefix(beginning).lstrip("：:" + _SEPARATORS)
    first = _KEY.search(text)
    names = re.split(rf"[{_SEPARATORS}]+", text[: first.start() if first else len(text)].strip(_SEPARATORS))
    strange = next((name for name in names if not _RULE.fullmatch(name)), None)
    if strange is not None:
        raise _NotUnderstoodError(
            f"应写规则 id，不是 {strange}" if strange else "没有写规则 id",
            f"{strange} is no rule id" if strange else "there is no rule id",
        )
    given: dict[str, str] = {}
    for key, value in _values(text, first):
        if key in given:
            raise _NotUnderstoodError(f"{key} 写了两次", f"{key} stands twice")
        given[key] = value
    if not given.get("reason"):
        raise _NotUnderstoodError("例外须写明理由：理由：……", 'an exception needs a reason: reason="…"')
    until = day_of(given["until"]) if "until" in given else None
    if "until" in given and until is None:
        raise _NotUnderstoodError(
            f"到期 应是日期，例如 2027-03-31，不是 {given['until']}",
            f"until must be a date, for example 2027-03-31, not {given['until']}",
        )
    return Exemption(
        rules=tuple(names),
        suppression=Suppression("exception", source, given["reason"], given.get("owner"), until),
        addresses=(given["address"],) if "address" in given else (),
    )


def _values(text: str, key: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    """The values in the order of the text; a value without quotation marks ends where the next key begins."""
    while key is not None:
        start = key.end()
        closing = _QUOTES.get(text[start : start + 1])
        if closing is not None:
            end = text.find(closing, start + 1)
            if end < 0:
                raise _NotUnderstoodError(
                    f"{key[1]} 的引号没有结尾", f"the quotation mark after {key[1]} is not closed"
                )
            following = _KEY.search(text, end + 1)
            rest = text[end + 1 : following.start() if following else len(text)].strip(_SEPARATORS)
            if rest:
                raise _NotUnderstoodError(f"看不懂：{rest}", f"not understood: {rest}")
            value = text[start + 1 : end]
        else:
            following = _KEY.search(text, start)
            value = text[start : following.start() if following else len(text)].strip(_SEPARATORS)
            other = _OTHER_KEY.search(value)
            if other is not None:
                raise _NotUnderstoodError(
                    f"看不懂 {other[1]}，可用 理由、负责人、到期、位置；若属于{key[1]}，请加引号",
                    f"{other[1]} is not understood; known are reason, owner, until, address; quote the value of {key[1]}",
                )
        if not value.strip():
            raise _NotUnderstoodError(f"{key[1]} 是空的", f"{key[1]} is empty")
        yield _KEYS[key[1]], " ".join(value.split())
        key = following
