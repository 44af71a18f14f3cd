"""The command `init`: a commented configuration to start from. Returns its exit code."""

from __future__ import annotations

import os
from pathlib import Path

from gip_lint.cli.terminal import write_lines
from gip_lint.config import OWN_FILE, find_config
from gip_lint.errors import UsageError
from gip_lint.reporters.lines import line

TEMPLATE = Path(__file__).with_name("configuration.toml")
_EXTENDS = '# extends = "../gip-lint.toml"'


def init(directory: str | None, language: str) -> int:
    """Write `gip-lint.toml`; one that builds on the configuration in force there, if there is one.

    Raises `UsageError` when there is one in that very folder, or it cannot be written, and `ConfigError` when the one in
    force is not valid.
    """
    folder = os.path.abspath(directory or ".")
    if not os.path.isdir(folder):
        raise UsageError(f"没有这个文件夹：{directory}", f"no such folder: {directory}")
    path = os.path.join(folder, OWN_FILE)
    shown = os.path.relpath(path)
    if os.path.lexists(path):
        raise UsageError(f"文件已存在，未改动：{shown}", f"the file exists and was left alone: {shown}")
    above = find_config(folder).path
    text = TEMPLATE.read_text(encoding="utf-8")
    if above is not None:
        base = os.path.relpath(above, folder).replace(os.sep, "/")
        if os.path.dirname(above) == folder:
            raise UsageError(
                f"{os.path.relpath(above)} 已有 [tool.gip-lint]，{OWN_FILE} 会取代它；未写入",
                f"{os.path.relpath(above)} has a [tool.gip-lint], which {OWN_FILE} would replace; nothing was written",
            )
        text = text.replace(_EXTENDS, f'extends = "{base}"')
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"无法写入 {shown}：{error.strerror}", f"cannot write {shown}: {error.strerror}") from error
    english = language == "en"
    told = [
        f"wrote {shown}; every setting in it is a comment" if english else f"已写入 {shown}；其中各项设置都还是注释"
    ]
    if above is not None:
        told.append(
            f"it builds on {os.path.relpath(above)}, which held here so far"
            if english
            else f"它以这里原来生效的 {os.path.relpath(above)} 为基础"
        )
    told.append("what holds now: gip-lint --show-settings" if english else "现在各项的值：gip-lint --show-settings")
    write_lines([line(text) for text in told])
    return 0
