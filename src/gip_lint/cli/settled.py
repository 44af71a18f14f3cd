"""What holds for a run: the command line, else the configuration, else what gip-lint does by itself."""

from __future__ import annotations

import os
from typing import NamedTuple

from gip_lint.cli.terminal import environment_language
from gip_lint.config import Config, find_config, read_config
from gip_lint.errors import ConfigError
from gip_lint.finding import Severity, Words
from gip_lint.linter import Settings, load, rule_names, unknown_names_ignored


class Options(NamedTuple):
    """What the command line asks for; `None` and empty leave the word to the configuration.

    `config` is the file to take instead of the nearest one; `isolated` takes none.
    """

    paths: tuple[str, ...]
    formats: tuple[str, ...] = ()
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    edition: str | None = None
    fail_on: str | None = None
    fail_on_unchecked: bool = False
    exit_zero: bool = False
    language: str | None = None
    statistics: bool = False
    jobs: int = 1
    skip_others: bool = False
    no_cache: bool = False
    baseline: str | None = None
    config: str | None = None
    isolated: bool = False
    show_settings: bool = False


class Settled(NamedTuple):
    """The settings of a run; `problems` and `notices` are what is to be said of the configuration."""

    settings: Settings
    language: str
    fail_on: str
    fail_on_unchecked: bool
    config: Config
    problems: tuple[Words, ...] = ()
    notices: tuple[Words, ...] = ()


def settled(options: Options) -> Settled:
    """The settings that these options lead to in the current folder.

    A configuration that is not valid is a problem of the run (exit code 2), not the end of it: the officer gets her report.
    """
    problems: list[Words] = []
    notices: list[Words] = []
    try:
        config, notices = _checked_names(configuration(options.config, isolated=options.isolated))
    except ConfigError as error:
        config = Config()
        problems.append(
            Words(f"{error.zh}（本次未使用此配置）", f"{error.en} (this run did without the configuration)")
        )
    return Settled(
        settings=Settings(
            select=options.select or config.select,
            ignore=(*config.ignore, *options.ignore),
            rules=(*config.rules, *options.rules),
            edition=options.edition or config.edition,
            severities=config.severities,
            jobs=options.jobs or os.cpu_count() or 1,
            skip_others=options.skip_others,
            cache=not options.no_cache,
            exemptions=config.exemptions,
            baseline=options.baseline or config.baseline,
        ),
        language=options.language or config.language or environment_language(),
        fail_on=options.fail_on or config.fail_on or Severity.ERROR,
        fail_on_unchecked=options.fail_on_unchecked or bool(config.fail_on_unchecked),
        config=config,
        problems=tuple(problems),
        notices=tuple(notices),
    )


def configuration(path: str | None, *, isolated: bool) -> Config:
    """The configuration in that file, else the nearest one; an empty one when `isolated`.

    Raises `ConfigError`, also for a `pyproject.toml` that was named and does not speak of us.
    """
    if isolated:
        return Config()
    if path is None:
        return find_config(os.getcwd())
    config = read_config(path)
    if config.path is None:
        raise ConfigError(f"{path} 中没有 [tool.gip-lint]", f"there is no [tool.gip-lint] in {path}")
    return config


def _checked_names(config: Config) -> tuple[Config, list[Words]]:
    """The configuration without the names in `ignore` that no rule bears, and what is to be said of them.

    Raises `ConfigError` for such a name elsewhere: it would silently check less than was meant.
    """
    if not (config.select or config.ignore or config.severities):
        return config, []
    rules = load(Settings(rules=config.rules)).rules
    names = rule_names(rules)
    ids = {rule.id for rule in rules}
    given = [
        *(("select", name, names) for name in config.select),
        *((f"rules.{name}", name, ids) for name in config.severities),
    ]
    for key, name, known in given:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, sorted(known), 1)
            raise ConfigError(
                f"{config.path}：{key}：没有叫 {name} 的规则" + (f"；是否指 {near[0]}？" if near else ""),
                f"{config.path}: {key}: no rule is called {name}" + (f"; did you mean {near[0]}?" if near else ""),
            )
    notices = [
        notice
        for name in config.ignore
        for notice in unknown_names_ignored(rules, (name,), f"{config.path} [ignore.{name}]")
    ]
    known_only = {name: reason for name, reason in config.ignore.items() if name in names}
    return config._replace(ignore=known_only), notices
