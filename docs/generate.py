"""Writes what the documents take from the program: the manual of the rules, the JSON Schemas, the help pages in the READMEs.

`--check` only says whether they are up to date.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import gip_lint
from gip_lint.builtin_rules import rules_directory
from gip_lint.cli.schemas import schema_text
from gip_lint.linter import Settings, load
from gip_lint.reporters import FORMATS
from gip_lint.reporters.rule_page import GROUPS
from gip_lint.reporters.wording import SEVERITIES
from gip_lint.rule import Rule

ROOT = Path(__file__).resolve().parent.parent
DIRECTORY = ROOT / "docs" / "rules"
READMES = {"README.md": "en_US.UTF-8", "README.zh-CN.md": "zh_CN.UTF-8"}
SCHEMAS = {
    "json": "report-1.json",
    "jsonl": "report-lines-1.json",
    "rule": "rule.json",
    "config": "config.json",
    "exceptions": "exceptions.json",
    "baseline": "baseline-1.json",
}
FORMATS_PAGE = ROOT / "docs" / "formats.md"
INDEX = "README.md"
ORIGINS = {
    "report": "",
    "reading": "说明读取的情况，多半是转换造成的，不一定是报告的问题。 / "
    "About the reading: most likely an artefact of conversion, not a defect of the report.",
}


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name → content, the index included."""
    return {INDEX: "\n".join(_index(rules)) + "\n"} | {f"{r.id}.md": "\n".join(_page(r)) + "\n" for r in rules}


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield "<!-- Written by docs/generate.py from rules/; change the rule, not this page. -->"
    yield "# 规则一览 / The rules"
    yield ""
    yield f"共 {len(rules)} 条。“级别”可在 `gip-lint.toml` 中更改。 / {len(rules)} rules; levels can be changed in `gip-lint.toml`."
    for group, members in groupby(rules, key=lambda rule: rule.group):
        words = GROUPS[group]
        yield ""
        yield f"## {words.zh} / {words.en} (`{group}`)"
        yield ""
        yield "| 规则 / rule | 级别 / level | 版本 / edition | 查什么 | finds |"
        yield "|---|---|---|---|---|"
        for rule in members:
            level = f"{SEVERITIES[rule.severity].zh} {rule.severity.value}"
            editions = ", ".join(sorted(rule.editions))
            yield f"| [{rule.id}]({rule.id}.md) | {level} | {editions} | {_cell(rule.title.zh)} | {_cell(rule.title.en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _page(rule: Rule) -> Iterator[str]:
    source = Path(rule.source).resolve()
    relative = source.relative_to(Path(rules_directory()).resolve())
    words = GROUPS[rule.group]
    yield f"<!-- Written by docs/generate.py from rules/{relative.as_posix()}; change the rule, not this page. -->"
    yield f"# {rule.id}"
    yield ""
    yield f"**{rule.title.zh}** · {rule.title.en}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| 级别 / level | {SEVERITIES[rule.severity].zh} `{rule.severity.value}` |"
    yield f"| 规则组 / group | {words.zh} `{rule.group}` |"
    yield f"| 适用版本 / editions | {', '.join(sorted(rule.editions))} |"
    yield f"| 依据 / basis | {_cell(rule.basis)} |"
    yield f"| 规则文件 / rule file | [rules/{relative.as_posix()}](../../rules/{relative.as_posix()}) |"
    if ORIGINS[rule.origin]:
        yield ""
        yield f"> {ORIGINS[rule.origin]}"
    for heading, text in (("为什么", rule.why.zh), ("Why", rule.why.en)):
        yield ""
        yield f"## {heading}"
        yield ""
        yield text
    yield ""
    yield "## 怎么查 / The check"
    yield ""
    yield "```yaml"
    yield from _block(source, "check", "with")
    yield "```"
    yield ""
    yield "## 提示语 / What it says"
    yield ""
    for message in rule.messages.values():
        yield f"* {message.zh}"
        yield f"  <br>{message.en}"
    yield ""
    yield "## 例子 / Examples"
    yield ""
    yield "每个例子是一份没有问题的报告，只改动下列内容。 / Each example is a sound report with these changes."
    yield "`ok` 正确，不应有结果 / no finding; `bad` 有误，应说 `says` / must say `says`; `not-evaluated` 未核验 / cannot be evaluated."
    yield ""
    yield "```yaml"
    yield from _block(source, "examples")
    yield "```"


def _block(source: Path, *keys: str) -> list[str]:
    """The lines of these top-level keys as they stand in the rule file, its comments included."""
    lines: list[str] = []
    inside = False
    for text in source.read_text(encoding="utf-8").splitlines():
        if text and not text[0].isspace() and not text.startswith(("#", "-")):
            inside = text.partition(":")[0] in keys
        if inside:
            lines.append(text)
    return lines


def format_table(text: str) -> str:
    """The page of the formats with its table of them renewed."""
    rows = ["| 格式 / format | | |", "|---|---|---|"]
    rows += [f"| `{form.name}` | {form.about.zh} | {form.about.en} |" for form in FORMATS.values()]
    table = "\n".join(rows)
    return re.sub(r"(<!-- formats:[^\n]*\n).*?(?=<!-- end of formats)", rf"\g<1>{table}\n", text, flags=re.S)


def readme(text: str, language: str) -> str:
    """The README with each block that shows a help page renewed from the program itself."""
    source = str(Path(gip_lint.__file__).parent.parent)
    environment = {"LANG": language, "COLUMNS": "80", "PATH": os.environ["PATH"], "PYTHONPATH": source}

    def renewed(block: re.Match[str]) -> str:
        command = [sys.executable, "-m", "gip_lint", *block["arguments"].split()]
        return block["head"] + subprocess.run(command, env=environment, capture_output=True, check=True).stdout.decode()

    return re.sub(
        r"(?P<head>```console\n\$ gip-lint (?P<arguments>[^\n]*--help)\n).*?(?=```)", renewed, text, flags=re.S
    )


def main() -> int:
    """Write the pages, or with `--check` name those that are out of date."""
    rule_set = load(Settings())
    for problem in rule_set.problems:
        print(problem.zh, file=sys.stderr)
    if rule_set.problems:
        return 2
    wanted = {DIRECTORY / name: text for name, text in pages(rule_set.rules).items()}
    present = {path: path.read_text(encoding="utf-8") for path in DIRECTORY.glob("*.md")}
    for name, file in SCHEMAS.items():
        target = ROOT / "docs" / "schemas" / file
        wanted[target] = schema_text(name)
        present[target] = target.read_text(encoding="utf-8") if target.exists() else ""
    present[FORMATS_PAGE] = FORMATS_PAGE.read_text(encoding="utf-8")
    wanted[FORMATS_PAGE] = format_table(present[FORMATS_PAGE])
    for name, language in READMES.items():
        path = ROOT / name
        present[path] = path.read_text(encoding="utf-8")
        wanted[path] = readme(present[path], language)
    stale = sorted(path for path in wanted.keys() | present.keys() if wanted.get(path) != present.get(path))
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run python docs/generate.py", file=sys.stderr)
        return 1 if stale else 0
    DIRECTORY.mkdir(exist_ok=True)
    for path in stale:
        if path in wanted:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
