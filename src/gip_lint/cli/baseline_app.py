"""The command line of `gip-lint baseline …`."""

from __future__ import annotations

from typing import Annotated

import typer

from gip_lint.cli.help import HelpfulCommand, HelpfulGroup
from gip_lint.cli.settled import Options
from gip_lint.cli.shared_options import (
    ConfigOption,
    EditionOption,
    IsolatedOption,
    Language,
    LanguageOption,
    RulesOption,
    language_asked,
    say,
)

baseline_app = typer.Typer(
    cls=HelpfulGroup,
    help=say("已知而暂缓处理的问题：建立、更新、清理、查看", "findings known and put off: create, update, prune, show"),
    no_args_is_help=True,
)

_Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH …", show_default=False, help=say("文件、文件夹、通配符", "files, folders, globs")),
]
_File = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help=say(
            "基线文件，默认为配置所指，或 gip-lint-baseline.json",
            "the baseline; by default the configured one, or gip-lint-baseline.json",
        ),
    ),
]
_Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        help=say("同时用几个进程，0 为全部处理器", "processes to use; 0 for every processor"),
    ),
]
_DropUnseen = Annotated[
    bool,
    typer.Option(
        "--drop-unseen",
        help=say(
            "本次没有审核的报告、没有用到的规则，其问题也删去",
            "also take out what belongs to reports not audited and rules not applied now",
        ),
    ),
]


def _options(
    paths: list[str],
    file: str | None,
    rules: list[str] | None,
    edition: str | None,
    config: str | None,
    isolated: bool,
    language: Language | None,
    jobs: int = 1,
) -> Options:
    return Options(
        paths=tuple(paths),
        rules=tuple(rules or ()),
        edition=edition,
        language=language.value if language else None,
        jobs=jobs,
        baseline=file,
        config=config,
        isolated=isolated,
    )


@baseline_app.command(
    name="create", cls=HelpfulCommand, help=say("把现有问题记入新的基线", "write a new baseline of what is found now")
)
def _create(
    paths: _Paths,
    file: _File = None,
    rules: RulesOption = None,
    edition: EditionOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    language: LanguageOption = None,
    jobs: _Jobs = 1,
) -> int:
    from gip_lint.cli.baseline import create

    return create(_options(paths, file, rules, edition, config, isolated, language, jobs))


@baseline_app.command(
    name="update",
    cls=HelpfulCommand,
    help=say(
        "删去已不存在的问题；新问题只列出，除非加 --accept-new",
        "take out what is gone; what is new is only shown, unless --accept-new is given",
    ),
)
def _update(
    paths: _Paths,
    file: _File = None,
    accept_new: Annotated[
        bool, typer.Option("--accept-new", help=say("新问题也记入基线", "put new findings into the baseline"))
    ] = False,
    drop_unseen: _DropUnseen = False,
    rules: RulesOption = None,
    edition: EditionOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    language: LanguageOption = None,
    jobs: _Jobs = 1,
) -> int:
    from gip_lint.cli.baseline import update

    options = _options(paths, file, rules, edition, config, isolated, language, jobs)
    return update(options, accept_new=accept_new, drop_unseen=drop_unseen)


@baseline_app.command(
    name="prune",
    cls=HelpfulCommand,
    help=say("只删去已不存在的问题", "only take out what is gone"),
)
def _prune(
    paths: _Paths,
    file: _File = None,
    drop_unseen: _DropUnseen = False,
    rules: RulesOption = None,
    edition: EditionOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    language: LanguageOption = None,
    jobs: _Jobs = 1,
) -> int:
    from gip_lint.cli.baseline import prune

    options = _options(paths, file, rules, edition, config, isolated, language, jobs)
    return prune(options, drop_unseen=drop_unseen)


@baseline_app.command(name="show", cls=HelpfulCommand, help=say("列出基线中的问题", "list what is in the baseline"))
def _show(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            show_default=False,
            help=say("基线文件，默认为配置所指", "the baseline; by default the configured one"),
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    from gip_lint.cli.baseline import show

    return show(file, language_asked(language))
