"""GitHub: annotations that no report can forge, and a summary that holds every finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from gip_lint.cli import main
from gip_lint.document import Location, Place
from gip_lint.finding import Run, Words
from gip_lint.reporters import Request
from gip_lint.reporters.github import report, summary
from results import audit, exception, finding, run

SAMPLE = str(Path(__file__).parent.parent / "samples" / "first-look" / "report.txt")


def commands(result: Run) -> list[str]:
    return [line for line in "".join(report(Request(result, "zh"))).split("\n") if line.startswith("::")]


@pytest.mark.parametrize(
    ("location", "position"),
    [
        (Location(12, 3, 12, 5), ",line=12,endLine=12,col=3,endColumn=5"),
        (Location(12, 3, 12, 2), ",line=12,endLine=12,col=3,endColumn=3"),
        (Location(12, 3, 14, 5), ",line=12,endLine=14"),
        (Location(12), ",line=12"),
        (Location(12, 3, 12, 5, Place(line=40)), ",line=40"),
        (Location(12, 3, 12, 5, Place(page=2)), ""),
        (Location(None), ""),
    ],
)
def test_positions(location: Location, position: str) -> None:
    (command,) = commands(run(audit(finding(location=location), path="a.txt")))
    assert command.startswith(f"::error file=a.txt{position},title=申请收支不平衡 (application-balance)::自然人：6 ≠ 5")


def test_no_report_gives_commands_of_its_own() -> None:
    text = "100%\r\n::set-env name=PATH::/tmp,x:y"
    hostile = finding("a,b:c", message=Words(text, text), address="")._replace(basis=text, title=Words(text, text))
    result = run(audit(hostile, path="报,告:1%\n::error::.txt"), problems=(Words(text, text),))
    whole = "".join(report(Request(result, "zh")))
    assert [line.partition("::")[2].partition(" ")[0] for line in whole.splitlines() if line.startswith("::")] == [
        "error",
        "error",
    ]
    assert "file=报%2C告%3A1%25%0A%3A%3Aerror%3A%3A.txt,line=" in whole
    assert "title=100%25%0D%0A%3A%3Aset-env name=PATH%3A%3A/tmp%2Cx%3Ay (a%2Cb%3Ac)::100%25%0D%0A::set-env" in whole
    assert "::set-env" not in [line[:9] for line in whole.splitlines()]


def test_standard_input_and_what_does_not_count() -> None:
    assert commands(run(audit(finding(suppression=exception())))) == []
    assert commands(run(audit(finding(location=Location(None)), path="-")))[0].startswith("::error title=")


def test_the_summary_shows_markdown_as_text() -> None:
    text = "a|b <b>*x*</b> [y](http://z) `q` @me & 1\\2\n# h"
    shown = summary(Request(run(audit(finding(message=Words(text, text)))), "zh"))
    row = next(line for line in shown.splitlines() if "application-balance" in line)
    assert r"| a\|b \<b\>\*x\*\</b\> \[y\](http\://z) \`q\` \@me &amp; 1\\2 \# h |" in row


def test_a_summary_that_github_would_refuse_is_cut() -> None:
    long = finding(message=Words("长" * 3000, "long " * 3000))
    shown = summary(Request(run(audit(*[long] * 500)), "zh"))
    assert 900_000 < len(shown.encode()) < 1024 * 1024
    rows = sum("application-balance" in line for line in shown.splitlines())
    assert f"\n另有 {500 - rows} 条放不下\n" in shown
    assert shown.endswith("| 临江县教育局 (年报\\.txt) | 2023 | 50 | 0 | 0 |\n\n")


def test_the_summary_is_appended_where_github_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "summary.md"
    file.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    assert main([SAMPLE, "--format", "github", "--lang", "en"]) == 1
    assert file.read_text(encoding="utf-8").startswith(
        "before\n## gip-lint\n\n1 report\\: 4 errors, 1 warning, 0 infos\n"
    )
    assert capsys.readouterr().out.count("::error ") == 4
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "summary.md"))
    assert main([SAMPLE, "--format", "github", "--lang", "en"]) == 2
    assert f"cannot write {tmp_path}" in capsys.readouterr().err
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert main([SAMPLE, "--format", "github", "--lang", "en"]) == 1
