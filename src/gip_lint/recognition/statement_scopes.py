"""Whom and what year the words around a figure tell of: the issuer and the reporting year, or another."""

from __future__ import annotations

from typing import NamedTuple

from gip_lint.issuer import same_body
from gip_lint.lazy_pattern import LazyPattern, compiled
from gip_lint.recognition.statement_words import Family, StatementWords

_BEFORE_VERB = LazyPattern(r"(?:[，、\s共]|全年|累计|总共|一共|本年度?|今年|以来|的|已|依法|认真|年度|期间|没有|均)+$")
_NAME = LazyPattern(r"[\u4e00-\u9fff（）]{1,24}$")
_IN_BRACKETS = LazyPattern(r"[（(][^（）()]*[）)]")
_OURSELVES = LazyPattern(r"[我本](?:机关|单位|部门|街道|[局委办厅镇乡县市区院])")


class Whose(NamedTuple):
    """The issuer, its name without that of the place, and the words that tell of others."""

    issuer: str
    body: str
    words: StatementWords

    def period(self, left: str) -> str:
        """The year some words tell of: "" for the reporting year, else the words that say which."""
        other = None
        for other in compiled(self.words.other_years).finditer(left):  # noqa: B007 - the last one counts
            pass
        if other is None or max(left.rfind("本年"), left.rfind("今年")) > other.start():
            return ""
        return other.group()

    def scope(self, left: str) -> str:
        """Whom some words tell of: "" for the issuer, else the words that name another body."""
        if not left:
            return ""
        cut = left.rfind("；") + 1
        if cut and _OURSELVES.match(left, cut):
            left = left[cut:]  # 审查全县文件9件；本局制定文件3件
        body = self.body
        whole = None
        for whole in compiled(self.words.wholes).finditer(left):  # noqa: B007 - the last one counts
            pass
        if whole is not None and not body.endswith(whole[1]):
            return whole.group()
        part = compiled(self.words.parts).search(left)
        if part is not None and not (whole and body.endswith(whole[1])):
            return part.group()
        if "（" in left or "(" in left:
            left = _IN_BRACKETS.sub("", left)
        name = _NAME.search(_BEFORE_VERB.sub("", left[-40:]))
        if name is None or not self.issuer or not compiled(self.words.bodies).search(name.group()):
            return ""
        return "" if same_body(name.group(), self.issuer) else name.group()

    def narrowed(self, family: Family, before: str) -> str:
        """The words that make a figure one of something less than all that its head names; "" for none."""
        if not before:
            return ""
        rest = compiled(family.known).sub("", before.replace(self.issuer, "") if self.issuer else before)
        if (
            not rest
            or self.body.endswith(rest)
            or (compiled(self.words.bodies).search(rest) and same_body(rest, self.issuer))
        ):
            return ""
        return rest
