"""What other tools run: the pre-commit hooks, the GitHub Action, the GitLab template."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "clean-2021-markdown" / "report.md"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci" / "gip-lint.gitlab-ci.yml").read_text("utf-8"))


@pytest.fixture
def faulty() -> str:
    text = SAMPLE.read_text("utf-8")
    assert "| 1027 | 230" in text
    return text.replace("| 1027 | 230", "| 1028 | 230", 1)


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    scripts = Path(sys.executable).parent
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "LANG": "zh_CN.UTF-8"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
    )


# -- pre-commit -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("2024年年报.txt", True),
        ("报告/某局.DOCX", True),
        ("某局.wps", True),
        ("某局.ofd", True),
        ("a.html", True),
        ("a.htm", True),
        ("README.md", True),
        ("图.png", False),
        ("表.xlsx", False),
        ("docx", False),
        ("a.docx.gip-lint.toml", False),
    ],
)
def test_the_hook_chooses_files_by_name(name: str, chosen: bool) -> None:
    assert bool(re.search(HOOKS["gip-lint"]["files"], name)) is chosen
    assert not {"types", "types_or", "exclude_types"} & HOOKS["gip-lint"].keys()


def test_the_hook_takes_every_format_that_can_be_read() -> None:
    from gip_lint.readers import readable_suffixes

    assert [s for s in readable_suffixes() if not re.search(HOOKS["gip-lint"]["files"], f"年报{s}")] == []


class Repository:
    """A repository of reports that uses the hooks of this one, run by pre-commit itself."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.source = source
        self.git("init", "--quiet")
        revision = run(["git", "rev-parse", "HEAD"], source).stdout.strip()
        config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": hook} for hook in HOOKS]}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=office", "-c", "user.email=office@example.org"]
        done = run(["git", *identity, *arguments], self.folder)
        assert done.returncode == 0, done.stderr

    def refused(self, home: Path, *names: str) -> tuple[bool, str]:
        """Whether pre-commit refuses the files, and what it prints."""
        self.git("add", "--all")
        command = [sys.executable, "-m", "pre_commit", "run", "--verbose", "--files", *names]
        done = run(command, self.folder, PRE_COMMIT_HOME=str(home))
        return done.returncode != 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def hook_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as it stands, changes not yet committed included, as a repository that pre-commit can clone."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    folder = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "as it stands"]):
        done = run(["git", "-c", "user.name=o", "-c", "user.email=o@example.org", *arguments], folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def hook_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments it makes: one for all tests, since making it takes half a minute."""
    return tmp_path_factory.mktemp("home")


def test_pre_commit_itself(hook_source: Path, hook_home: Path, tmp_path: Path, faulty: str) -> None:
    repository = Repository(tmp_path, hook_source)
    (tmp_path / "青石县财政局2024年年报.md").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    (tmp_path / "README.md").write_text("# 各单位年报\n", "utf-8")
    refused, said = repository.refused(hook_home, "青石县财政局2024年年报.md", "README.md")
    assert not refused, said
    assert "共 1 份报告：错误 0" in said
    assert "跳过 1 个文件（不是政府信息公开工作年度报告）：README.md" in said
    assert not repository.refused(hook_home, "README.md")[0]

    (tmp_path / "某局.md").write_text(faulty, "utf-8")
    refused, said = repository.refused(hook_home, "某局.md")
    assert refused
    assert "application-balance" in said

    (tmp_path / "某局.docx").write_bytes(b"PK\x03\x04 word/document.xml, cut short")
    refused, said = repository.refused(hook_home, "某局.docx")
    assert refused, "a Word file must not be passed by"
    assert "unreadable-file" in said

    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text("id: own\n", "utf-8")
    (tmp_path / "gip-lint.toml").write_text('rules = ["rules"]\n', "utf-8")
    refused, said = repository.refused(hook_home, "rules/own.yaml")
    assert refused
    assert "own.yaml" in said


# -- GitHub and GitLab ------------------------------------------------------------------------------------------------


def audit_step(folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the action's own script the way a runner does; exit code, what it printed, and its outputs."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "audit")
    output = folder / "output"
    output.touch()
    defaults = {name: str(spec.get("default", "")) for name, spec in ACTION["inputs"].items()}
    values = defaults | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
        for name, text in step["env"].items()
    }
    summary = folder / "summary.md"
    done = run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        folder, GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary), **environment,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, output.read_text("utf-8")


def test_the_action_fails_on_a_faulty_report_and_passes_a_clean_one(tmp_path: Path, faulty: str) -> None:
    (tmp_path / "某局 年报.md").write_text(faulty, "utf-8")
    code, said, output = audit_step(tmp_path, sarif="gip-lint.sarif")
    assert (code, output) == (1, "exit-code=1\n")
    assert "::error file=" in said
    assert (tmp_path / "gip-lint.sarif").is_file()
    assert "application-balance" in (tmp_path / "summary.md").read_text("utf-8")
    (tmp_path / "某局 年报.md").write_text(SAMPLE.read_text("utf-8"), "utf-8")
    assert audit_step(tmp_path, paths="某局 年报.md")[0] == 0


def test_inputs_of_the_action_are_never_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_gitlab_job_writes_both_reports(tmp_path: Path, faulty: str) -> None:
    job = GITLAB["gip-lint"]
    (tmp_path / "某局.md").write_text(faulty, "utf-8")
    (script,) = job["script"]
    variables = {name: value for name, value in job["variables"].items() if name.startswith("GIP_LINT")}
    done = run(["bash", "-c", script], tmp_path, **variables)
    assert done.returncode == 1, done.stderr
    for name in job["artifacts"]["reports"].values():
        assert (tmp_path / name).stat().st_size > 0


def test_manifests_against_their_published_schemas() -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    for schema, file in (
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", "ci/gip-lint.gitlab-ci.yml"),
    ):
        done = run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)], ROOT)
        assert done.returncode == 0, done.stdout
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    done = run([sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], ROOT)
    assert done.returncode == 0, done.stdout
