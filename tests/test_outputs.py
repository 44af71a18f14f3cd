"""What `--format` and `--output` ask for, and that every report reaches its place."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from gip_lint.cli import main
from gip_lint.cli.outputs import Output, read_outputs, repository_root
from gip_lint.errors import UsageError
from gip_lint.reporters import FORMATS

SAMPLE = str(Path(__file__).parent.parent / "samples" / "first-look" / "report.txt")
TEXT, JSON = FORMATS["text"], FORMATS["json"]


@pytest.mark.parametrize(
    ("given", "output", "outputs"),
    [
        ([], None, (Output(TEXT),)),
        ([], "a.txt", (Output(TEXT, "a.txt"),)),
        (["json"], None, (Output(JSON),)),
        (["json"], "a.json", (Output(JSON, "a.json"),)),
        (["json"], "-", (Output(JSON),)),
        (["json=-"], None, (Output(JSON),)),
        (["json=a=b.json"], None, (Output(JSON, "a=b.json"),)),
        (["text", "json=a.json"], None, (Output(TEXT), Output(JSON, "a.json"))),
        (["json=a.json", "json=b.json"], None, (Output(JSON, "a.json"), Output(JSON, "b.json"))),
    ],
)
def test_what_is_asked_for(given: list[str], output: str | None, outputs: tuple[Output, ...]) -> None:
    assert read_outputs(given, output) == outputs


@pytest.mark.parametrize(
    ("given", "output", "zh"),
    [
        (["jsn"], None, f"没有格式 jsn，可用 {'、'.join(FORMATS)}；是否指 json？"),
        (["json="], None, "--format json= 没有写文件名"),
        (["text", "json"], None, "text、json 都要写屏幕，只能有一种；其余写作 --format json=文件"),
        (["text=./a", "json=a"], None, f"两种格式写同一个文件：{Path.cwd() / 'a'}"),
        (["text", "json=a"], "b", "--output 只用于一种格式；多种格式请写 --format 格式=文件"),
        (["json=a"], "b", "--output 只用于一种格式；多种格式请写 --format 格式=文件"),
        ([f"json={SAMPLE}"], None, f"{SAMPLE} 是要审核的文件，不能用来写结果"),
        ([], SAMPLE, f"{SAMPLE} 是要审核的文件，不能用来写结果"),
    ],
)
def test_what_cannot_be(given: list[str], output: str | None, zh: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_outputs(given, output, [SAMPLE])
    assert caught.value.zh == zh


def test_bytes_go_to_a_file_or_a_pipe_but_to_no_terminal(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with patch.object(sys.stdout, "isatty", return_value=True), pytest.raises(UsageError) as caught:
        read_outputs(["xlsx"], None)
    assert caught.value.zh == "xlsx 不能在屏幕上显示，请写 --format xlsx=文件.xlsx"
    assert main([SAMPLE, "--format", "xlsx"]) == 1
    assert capsysbinary.readouterr().out.startswith(b"PK\x03\x04")


def test_several_formats_in_one_run(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    alone = {}
    for name in FORMATS:
        assert main([SAMPLE, "--lang", "zh", "--output", str(tmp_path / name), "--format", name]) == 1
        alone[name] = (tmp_path / name).read_bytes()
    together = [f"--format={name}={tmp_path / name}.2" for name in FORMATS if name != "text"]
    assert capsysbinary.readouterr().out == b""
    assert main([SAMPLE, "--lang", "zh", "--format", "text", *together]) == 1
    assert capsysbinary.readouterr().out == alone["text"]
    assert {name: (tmp_path / f"{name}.2").read_bytes() for name in FORMATS if name != "text"} == {
        name: content for name, content in alone.items() if name != "text"
    }


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_code_is_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    output = f"--format={name}={tmp_path / 'out'}"
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert main([SAMPLE, output]) == 1
    assert main([SAMPLE, output, "--exit-zero", "--fail-on-unchecked"]) == 0
    assert main([SAMPLE, output, "--ignore", "all"]) == 0
    assert main([str(empty), output, "--exit-zero"]) == 3
    assert main(["nowhere.txt", output, "--exit-zero"]) == 2


def test_a_file_that_cannot_be_written_keeps_no_other_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lost = tmp_path / "nowhere" / "a.txt"
    written = tmp_path / "b.json"
    assert main([SAMPLE, "--lang", "zh", f"--format=text={lost}", f"--format=json={written}"]) == 2
    assert json.loads(written.read_text(encoding="utf-8"))["summary"]["errors"] == 4
    assert capsys.readouterr().err == f"错误：无法写入 {lost}：No such file or directory\n"


@pytest.mark.parametrize(
    ("root", "variable"), [("repository", None), ("", "GITHUB_WORKSPACE"), ("repository/a", "CI_PROJECT_DIR")]
)
def test_the_root_of_the_repository(
    root: str, variable: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "repository" / "a" / "b"
    here.mkdir(parents=True)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(here)
    assert repository_root() == str(here)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / root))
    else:
        (tmp_path / root / ".git").mkdir()
    assert repository_root() == str(tmp_path / root).rstrip("/")
