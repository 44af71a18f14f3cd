"""Reporters: one output format each, `Request` → text or bytes. A reporter sees findings and coverage, never files.

A new format is one file here, with a function `report`, and one line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.finding import Run, Words

if TYPE_CHECKING:
    from gip_lint.reporters.lines import Line


class Request(NamedTuple):
    """What a reporter is given: the run, the language, and what else the formats want to know.

    `columns` is the width to write for, where a format has one; `exit_code` is what the run ends with; `root` is the
    folder that the paths of formats for repositories are seen from; `statistics` asks for the counts at the end.
    `fail_on` is the severity from which findings make a run fail, or `never`.
    """

    run: Run
    language: str
    columns: int = 80
    exit_code: int = 0
    root: str = "."
    statistics: bool = False
    fail_on: str = "error"


class Content(StrEnum):
    """What the function `report` of a format's module returns."""

    LINES = "lines"  # Iterable[Line]: in colour on a terminal, plain elsewhere
    TEXT = "text"  # Iterable[str], pieces of text
    BYTES = "bytes"  # bytes, which no terminal can show


class Format(NamedTuple):
    """An output format; its module in this package is imported when the format is asked for.

    `statistics` says that it shows the counts that `--statistics` asks for, `tables` that it draws the official tables,
    which the audits then have to keep. `summary_variable` is the environment
    variable that names a file to which the text of the module's function `summary` is appended, where it is set.
    """

    name: str
    about: Words
    content: Content = Content.TEXT
    statistics: bool = False
    tables: bool = False
    summary_variable: str = ""

    def report(self, request: Request) -> Iterable[Line] | Iterable[str] | bytes:
        """The run in this format; what `content` says."""
        made: Iterable[Line] | Iterable[str] | bytes = import_module(f"{__name__}.{self.name}").report(request)
        return made

    def summary(self, request: Request) -> str:
        """The text for the file that `summary_variable` names."""
        made: str = import_module(f"{__name__}.{self.name}").summary(request)
        return made


FORMATS = {
    format.name: format
    for format in (
        Format("text", Words("屏幕上看的", "for the screen"), Content.LINES, statistics=True),
        Format("json", Words("供其他程序用，一份完整的数据", "for other programs, as one document")),
        Format("jsonl", Words("供其他程序用，一行一条", "for other programs, one object a line")),
        Format("sarif", Words("代码扫描（SARIF 2.1.0）", "code scanning (SARIF 2.1.0)")),
        Format("junit", Words("测试报告，供 Jenkins、GitLab 等显示", "a test report for Jenkins, GitLab and others")),
        Format(
            "github",
            Words("GitHub 工作流的标注和摘要", "annotations and job summary of a GitHub workflow"),
            summary_variable="GITHUB_STEP_SUMMARY",
        ),
        Format("gitlab", Words("GitLab 代码质量报告", "a code quality report for GitLab")),
        Format("csv", Words("电子表格（CSV）", "for a spreadsheet (CSV)")),
        Format(
            "html",
            Words("网页，画出三张表并标出有问题的格", "a page with the tables drawn and marked"),
            statistics=True,
            tables=True,
        ),
        Format("xlsx", Words("核查意见表，电子表格", "the opinion sheet as a workbook"), Content.BYTES),
        Format("docx", Words("核查意见表，供签字", "the opinion sheet for signature"), Content.BYTES),
    )
}
