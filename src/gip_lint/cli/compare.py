"""The command `compare`: where two files of one report differ. Returns its exit code."""

from __future__ import annotations

from gip_lint.cli.terminal import UNREADABLE, columns, report_problem, save, write, write_lines
from gip_lint.comparison import compare
from gip_lint.errors import UnreadableFile
from gip_lint.finding import Words
from gip_lint.linter import Settings, recognise_file
from gip_lint.reporters.compare import compare_json, compare_text
from gip_lint.reporters.lines import plain_line


def compare_files(
    left: str, right: str, settings: Settings, output_format: str, output: str | None, language: str
) -> int:
    """0: they say the same; 1: they differ; 3: one cannot be read, is no annual report, or nothing could be compared.

    Raises `UsageError` for a path that does not exist.
    """
    reports = []
    for path in (left, right):
        try:
            report = recognise_file(path, settings)
        except UnreadableFile as error:
            report_problem(Words(f"{path}：{error.zh}", f"{path}: {error.en}"), language)
            continue
        if report.recognisable:
            reports.append(report)
        else:
            words = Words(f"{path}：不是政府信息公开工作年度报告", f"{path}: not an annual report")
            report_problem(words, language)
    if len(reports) < 2:
        return UNREADABLE
    comparison = compare(*reports)
    if output_format == "json":
        text = compare_json(comparison, language)
        if output is None:
            write([text])
        else:
            save(output, [text])
    else:
        lines = compare_text(comparison, language, columns())
        if output is None:
            write_lines(lines)
        else:
            save(output, map(plain_line, lines))
    if comparison.differences:
        return 1
    return 0 if comparison.cells or comparison.headings else UNREADABLE
