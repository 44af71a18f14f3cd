"""What the Tab key offers, asked for as a shell does."""

from __future__ import annotations

import pytest

from office import Office


def offered(office: Office, *words: str, language: str = "zh_CN.UTF-8") -> list[str]:
    """The words for the last one, which may be empty."""
    environment = {
        "_GIP_LINT_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["gip-lint", *words]),
        "COMP_CWORD": str(len(words)),
        "LANG": language,
    }
    outcome = office.run(environment=environment)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ba",), ["baseline"]),
        (("baseline", "p"), ["prune"]),
        (("baseline", "update", "--acc"), ["--accept-new"]),
        (("--isol",), ["--isolated"]),
        (("report.txt", "--isol"), ["--isolated"]),
        (("check", "report.txt", "--isol"), ["--isolated"]),
        (("report.txt", "--lang", ""), ["zh", "en"]),
        (("--fail-on", "e", "x"), []),
        (("--fail-on", "n"), ["never"]),
        (("--select", "blank-"), ["blank-cell", "blank-table"]),
        (("--select", "amounts,blank-c"), ["amounts,blank-cell"]),
        (("--ignore", "balanc"), ["balance-note", "balance"]),
        (("explain", "blank-t"), ["blank-table"]),
        (("--format", "js"), ["json", "jsonl"]),
        (("report.txt", ""), []),  # the shell offers files
    ],
)
def test_the_words_offered(office: Office, words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(office, *words) == expected


def test_groups_and_own_rules_are_offered(office: Office) -> None:
    assert "balance" in offered(office, "--select", "b")
    office.run("rules", "new", "blank-of-ours", "--rules", "ours")
    office.write("gip-lint.toml", 'rules = ["ours"]')
    assert offered(office, "explain", "blank-") == ["blank-cell", "blank-table", "blank-of-ours"]
    office.write("gip-lint.toml", "broken")
    assert offered(office, "explain", "blank-") == ["blank-cell", "blank-table"]


@pytest.mark.parametrize(("shell", "words"), [("bash", "complete -o default -F"), ("zsh", "#compdef gip-lint")])
def test_the_script_is_shown(office: Office, shell: str, words: str) -> None:
    outcome = office.run("--show-completion", shell, environment={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert outcome.code == 0
    assert words in outcome.out
    assert "_GIP_LINT_COMPLETE" in outcome.out


def test_a_completion_says_what_it_is_in_the_language(office: Office) -> None:
    environment = {"_GIP_LINT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "gip-lint explain blank-c"}
    assert '"blank-cell":"应填数字的格子空白"' in office.run(environment=environment).out
    assert "为当前的命令行环境安装 Tab 补全" in office.run("--help").out
    assert "install completion with Tab" in office.run("--help", environment={"LANG": "en_US.UTF-8"}).out
