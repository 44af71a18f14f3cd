"""Whether the body that signs a report is the one that its title names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from gip_lint.annual_report import AnnualReport
from gip_lint.checks import Parameter, Resources
from gip_lint.document import Location, Paragraph
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold
from gip_lint.rule import NOTHING, Fault, Result

PARAMETERS: Mapping[str, Parameter] = {
    "alike": Parameter("mapping", "同一机关名称的不同写法：{写法（正则表达式）: 统一写作}", True),
}
_BODY = LazyPattern(r"[\u4e00-\u9fff（）()]{2,40}(?:[局委办厅部处府会镇乡所队院区县市省]|中心|街道|公室|事处)")
_DATE = LazyPattern(r"\s*20\d\d\s*[年\-/.].*|\s*二[〇○零].*")


class Signer(NamedTuple):
    """One outcome for a report that is signed."""

    alike: tuple[tuple[str, str], ...]

    def apply(self, report: AnnualReport) -> Result:
        """Compare the names; a short form of a name is the same body, an office of it is another one."""
        if report.issuer is None:
            return NOTHING
        signed = next(((line, name) for line in report.signature if (name := _body(line)) is not None), None)
        if signed is None:
            return NOTHING
        line, name = signed
        if _same(self._plain(report.issuer), self._plain(name)):
            return Result(1)
        start = line.column + line.text.find(name[0])
        place = Location(line.line, start, line.line, line.column + len(line.text.rstrip()) - 1)
        return Result(0, [Fault("落款", place, {"signer": name, "issuer": report.issuer})])

    def _plain(self, name: str) -> str:
        plain = "".join(fold(name).split())
        for pattern, one in self.alike:
            plain = re.sub(pattern, one, plain)
        return plain


def _body(line: Paragraph) -> str | None:
    """The name of a body on a line of the signature; the date may stand on the same line."""
    text = _DATE.sub("", "".join(line.text.split()))
    text = re.sub(
        r"^(?:发布机构|发布单位|来源|信息来源|落款)[:：]|[（(](?:盖章|印章|公章|章|代章)[）)]$|(?<=[^（(])代章$",
        "",
        text,
    )
    text = text.strip("（）()")
    return text if _BODY.fullmatch(text) else None


def _same(issuer: str, signer: str) -> bool:
    if issuer.endswith(signer) or signer.endswith(issuer):
        return True
    shorter, longer = sorted((issuer, signer), key=len)
    if shorter[-1] != longer[-1]:
        return False
    rest = iter(longer)
    return all(char in rest for char in shorter)  # 市政务数据办 for 市政务服务和数据资源管理办


def build(given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Signer:
    """Make the check."""
    for pattern in given["alike"]:
        re.compile(pattern)
    return Signer(tuple((str(pattern), str(one)) for pattern, one in given["alike"].items()))
