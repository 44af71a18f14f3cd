"""The command `fix`: writes safe corrections into text reports, or shows them as a diff. Returns its exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from gip_lint.builtin_rules import RuleSet
from gip_lint.cli.terminal import UNREADABLE, USAGE, report_problem, write
from gip_lint.engine import audit
from gip_lint.errors import ConfigError, UnreadableFile
from gip_lint.finding import Finding, Words
from gip_lint.fix import diff, fixable_rules, fixed_text
from gip_lint.linter import Settings, load, rule_names, select_rules, with_exceptions
from gip_lint.readers import text as text_reader
from gip_lint.recognition import Recogniser
from gip_lint.rule import Rule
from gip_lint.sources import STANDARD_INPUT, find_sources

_TEXT = (".txt", ".text", ".md", ".markdown")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
_ROUNDS = 4  # a correction may uncover another; it never takes more than two rounds


class _Source(NamedTuple):
    """The text of a file and how to turn it into bytes again."""

    text: str
    encoding: str


def fix(paths: Sequence[str], settings: Settings, language: str, *, show_diff: bool) -> int:
    """Correct the reports at `paths`, or with `show_diff` only say what would change.

    0: nothing left to change, or all of it written; 1: `show_diff` and there is something to change; 2: a path or a rule
    that is wrong; 3: a file that cannot be read or written. 2 before 3 before 1.
    """
    rule_set = load(settings)
    rules = [rule for rule in select_rules(rule_set.rules, settings) if rule.fixable]
    sources, problems = find_sources(paths)
    archives = dict.fromkeys(source.archive for source in sources if source.archive in paths)
    problems += [
        Words(
            f"{archive}：压缩包里的文件不能改，请先解压",
            f"{archive}: files in an archive cannot be fixed; unpack it first",
        )
        for archive in archives
    ]
    code = 0
    for path, named, archive, *_ in sources:
        if archive:
            continue
        if path != STANDARD_INPUT and not path.lower().endswith(_TEXT):
            if named:
                problems.append(
                    Words(f"{path}：只能改文本和 Markdown 文件", f"{path}: only text and Markdown files can be fixed")
                )
            continue
        try:
            changed = _fix_file(path, rules, rule_set, settings, language, show_diff=show_diff)
        except ConfigError as error:
            problems.append(Words(error.zh, error.en))
            continue
        except UnreadableFile as error:
            report_problem(Words(f"{path}：{error.zh}", f"{path}: {error.en}"), language)
            code = UNREADABLE
            continue
        if changed and show_diff:
            code = code or 1
    for problem in (*rule_set.problems, *problems):
        report_problem(problem, language)
    return USAGE if problems or rule_set.problems else code


def _fix_file(
    path: str, rules: Sequence[Rule], rule_set: RuleSet, settings: Settings, language: str, *, show_diff: bool
) -> bool:
    """Whether there was anything to change. Raises `UnreadableFile`, and `ConfigError` for exceptions that cannot be read."""
    source = _source(path)
    text, done = _corrected(path, source.text, rules, rule_set, settings)
    if show_diff:
        write([diff(source.text, text, path)])
    elif path == STANDARD_INPUT:
        write([text])
    elif done:
        try:
            with open(path, "wb") as file:
                file.write(text.encode(source.encoding))
        except OSError as error:
            raise UnreadableFile(f"无法写入：{error.strerror}", f"cannot be written: {error.strerror}") from error
        said = Words(f"{path}：改正 {len(done)} 处", f"{path}: {len(done)} correction(s)")
        write([said.in_language(language) + "\n"])
    return bool(done)


def _corrected(
    path: str, text: str, rules: Sequence[Rule], rule_set: RuleSet, settings: Settings
) -> tuple[str, list[Finding]]:
    """The corrected text and the findings answered; the text itself where it is no annual report."""
    recogniser = Recogniser(rule_set.forms)
    done: list[Finding] = []
    for _ in range(_ROUNDS):
        if not text.strip():
            break
        data = text.encode("utf-8", "surrogatepass")
        report = recogniser.recognise(text_reader.read(data, path), settings.edition)
        if not report.recognisable:
            break
        found = with_exceptions(audit(path, report, rules, {}), data, rule_names(rule_set.rules), rules, settings)
        if found.problems:  # better nothing changed than what was to be left alone
            raise ConfigError(*found.problems[0])
        fixed = fixed_text(text, found, fixable_rules(rules))
        if fixed.text == text:
            break
        text = fixed.text
        done += fixed.findings
    return text, done


def _source(path: str) -> _Source:
    """Raises `UnreadableFile`, also for a file that could not be written back byte for byte."""
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                data = file.read()
    except OSError as error:
        raise UnreadableFile(f"无法打开：{error.strerror}", f"cannot be opened: {error.strerror}") from error
    text, _ = text_reader.decode(data)
    for encoding in _ENCODINGS:
        if text.encode(encoding, "replace") == data:
            return _Source(text, encoding)
    raise UnreadableFile("文字编码有损坏，未改", "the encoding is damaged; nothing was changed")
