"""The names of bodies: what kind of body issues a report, and whether another name means the same one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from gip_lint.lazy_pattern import compiled

_COMMON = frozenset("省市县区州旗镇乡街道局办委员会厅处中心人民府")  # what the names of many bodies share


def issuer_kind(issuer: str | None, words: Mapping[str, Sequence[str]]) -> str | None:
    """The first kind one of whose patterns the name matches (`rules/words/issuers.yaml`); None if none does."""
    if not issuer:
        return None
    for kind, patterns in words.items():
        for pattern in patterns:
            if compiled(pattern).search(issuer):
                return kind
    return None


@lru_cache(maxsize=1024)
def bare_name(issuer: str) -> str:
    """柳河镇 for 柳河镇人民政府."""
    return re.sub(r"(?:人民政府|政府|办事处)$", "", issuer)


def same_body(name: str, issuer: str) -> bool:
    """Whether a name in a sentence means the issuer: 我局, 区政务数据办 for 政务服务和数据资源管理办公室."""
    if name[0] in "我本" or "我" in name[-3:] or "本" in name[-4:] or name in issuer:
        return True
    short = re.sub(r"(?:人民政府|政府)$", "", name)
    body = bare_name(issuer)
    if name != short and (not short or short[-1] == body[-1:]) and body != issuer:
        return True
    last, own = (re.sub(r"(?:办公室|办公厅)$", "办", word) for word in (name, body))
    telling = set(last) - _COMMON
    return last[-1:] == own[-1:] and len(telling & set(own)) >= min(2, len(telling))
