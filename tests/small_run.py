"""One small run with something of everything, for the snapshots of all formats."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from gip_lint.document import Location, Place
from gip_lint.finding import (
    Compared,
    Coverage,
    Finding,
    KnownFinding,
    NotEvaluated,
    Run,
    Severity,
    Skipped,
    Suppression,
    Suspect,
    Words,
)
from gip_lint.reporters import Request
from results import audit, finding


class SomeRule(NamedTuple):
    """As much of a rule as reporters see; the rules of gip-lint change too often for a snapshot."""

    id: str
    group: str
    title: Words
    why: Words
    severity: Severity
    origin: str
    basis: str


RULES = (
    SomeRule(
        "unreadable-file",
        "reading",
        Words("文件无法读取", "unreadable file"),
        Words("读不出来的文件什么都没有核验。", "An unreadable file is not checked."),
        Severity.ERROR,
        "reading",
        "读取结果说明",
    ),
    SomeRule(
        "section-heading",
        "form",
        Words("部分标题与规定不同", "section heading differs"),
        Words("六个部分的标题由格式规定。", "The form prescribes the headings."),
        Severity.WARNING,
        "report",
        "国办公开办函〔2021〕30号附件",
    ),
    SomeRule(
        "blank-cell",
        "cells",
        Words("应填数字的格子空白", "blank cell"),
        Words("没有发生填 0。", "Fill in 0."),
        Severity.ERROR,
        "report",
        "国办公开办函〔2021〕30号附件",
    ),
    SomeRule(
        "application-balance",
        "balance",
        Words("申请收支不平衡", "applications do not balance"),
        Words("每一列第一项加第二项等于第三项加第四项。", "Items one and two equal items three and four."),
        Severity.ERROR,
        "report",
        "国办公开办函〔2021〕30号附件表三注",
    ),
    SomeRule(
        "balance-note",
        "form",
        Words("勾稽关系注缺失", "note missing"),
        Words("表三左上角印有注。", "The form has a note."),
        Severity.INFO,
        "report",
        "国办公开办函〔2021〕30号附件",
    ),
)
_ROW = "表三/四、结转下年度继续办理"


def _found(number: int, message: Words, address: str, location: Location, mark: str, **more: Any) -> Finding:
    """A finding of `RULES[number]`; its fingerprint is all `mark`."""
    rule = RULES[number]
    return finding(
        rule.id,
        group=rule.group,
        origin=rule.origin,
        severity=rule.severity,
        message=message,
        address=address,
        location=location,
        excerpt="",
        marks=(),
        basis=rule.basis,
    )._replace(title=rule.title, fingerprint=mark * 16, **({"figures": {}} | more))


_TEXT = audit(
    _found(
        1,
        Words("标题“五、问题|改进”\n与格式不同", 'the heading "五、问题|改进"\ndiffers from the form'),
        "",
        Location(9, 1, 9, 7),
        "a",
        excerpt="五、问题|改进",
        suggestion="五、存在的主要问题及改进情况",
    ),
    _found(
        3,
        Words("自然人：6 ≠ 5，相差 1", "natural persons: 6 but 5, off by 1"),
        f"{_ROW}/自然人",
        Location(12, 3, 12, 5),
        "b",
        excerpt="四、结转下年度继续办理  1  0",
        figures={"left": 6, "right": 5, "difference": Decimal("1.50")},
        suspect=Suspect(f"{_ROW}/总计", Location(12, 15, 12, 15), 0, 1),
        cells=(f"{_ROW}/自然人",),
        operands=("表三/一、本年新收政府信息公开申请数量/自然人",),
        compared=Compared(5, 6),
    ),
    _found(
        2,
        Words("总计空白", "总计 is blank"),
        f"{_ROW}/总计",
        Location(12, 16, 12, 15),
        "c",
        suppression=Suppression("exception", "gip-lint.toml:12", "县里另行报送", "公开办", "2027-03-31"),
    ),
    path="报 告/临江县,教育局.txt",
    coverage=Coverage(48, 1, 2, 1),
    not_evaluated=(
        NotEvaluated("applicant-total", _ROW, "blank", Words("总计空白", "总计 blank")),
        NotEvaluated("application-balance", "表三/总计", "blank", Words("总计空白", "总计 blank")),
    ),
)._replace(inapplicable=("balance-note",))
_WORD = audit(
    _found(
        4,
        Words("表三左上角没有注", "table 3 has no note"),
        "表三",
        Location(30, 1, 30, 2, Place(table=2, row=1, cell=1)),
        "d",
        excerpt="（本列数据…",
    ),
    _found(
        2,
        Words("总计空白", "总计 is blank"),
        "表四/行政复议/总计",
        Location(40, 1, 40, 1, Place(page=3, box=(1.0, 2.5, 3.0, 4.0))),
        "e",
    ),
    path="=镇#1.docx",
    coverage=Coverage(54),
)._replace(issuer="柳河镇人民政府", year=2022)
_EMPTY = audit(
    _found(0, Words("文件是空的；未作核验", "the file is empty; nothing was checked"), "", Location(None), "f"),
    path="空%.pdf",
    coverage=Coverage(),
)._replace(issuer=None, year=None, edition=None, readable=False, checked=False)
SMALL_RUN = Run(
    (_TEXT, _WORD, _EMPTY),
    (Skipped("通知.txt", Words("不是政府信息公开工作年度报告", "not an annual report")),),
    (Words("没有这个文件或文件夹：缺.txt", "no such file or folder: 缺.txt"),),
    RULES,
    (Words("例外 gip-lint.toml:20 没有用到", "the exception gip-lint.toml:20 is not needed"),),
    (KnownFinding("临江县教育局", 2023, "blank-cell", "表四/行政复议/总计", {"count": 1}, "9" * 16),),
)


def small_request(language: str) -> Request:
    """The small run, its paths seen from the folder of the run."""
    return Request(SMALL_RUN, language, columns=80, exit_code=2, statistics=True)
