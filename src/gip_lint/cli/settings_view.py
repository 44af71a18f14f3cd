"""`--show-settings`: every setting of a run, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len

from gip_lint.cli.settled import Options, Settled
from gip_lint.finding import Words
from gip_lint.reporters.lines import Line, Span, line, wrap

_DEFAULT = Words("默认", "default")
_COMMAND_LINE = Words("命令行", "command line")
_LOCALE = Words("系统语言", "locale")


class Setting(NamedTuple):
    """One setting as it holds, under its key in `gip-lint.toml`."""

    key: str
    value: str
    origin: Words


def settings_view(options: Options, plan: Settled, language: str, columns: int) -> list[Line]:
    """A line for the file, then one for every setting."""
    places = _places(plan)
    settings = list(_settings(options, plan, places, language))
    english = language == "en"
    shown = " → ".join(places.files) or ("none" if english else "无")
    lines = [line(Span("configuration: " if english else "配置文件：", "label"), shown)]
    longest = max(cell_len(setting.key) for setting in settings)
    for setting in settings:
        origin = setting.origin.in_language(language)
        head = line(f"{setting.key}{' ' * (longest - cell_len(setting.key))}  ")
        lines += wrap([setting.value, Span(f"  ({origin})" if english else f"（{origin}）", "dim")], columns, head)
    return lines


class _Places(NamedTuple):
    """The files of the configuration, the nearest first, and where in them each key stands."""

    files: tuple[str, ...] = ()
    keys: Mapping[str, str] = MappingProxyType({})

    def of(self, key: str) -> Words:
        place = self.keys.get(key)
        return Words(place, place) if place else _DEFAULT


def _places(plan: Settled) -> _Places:
    if plan.config.path is None:
        return _Places()
    from gip_lint.config_file import config_files, shown_path
    from gip_lint.config_places import key_lines

    files = config_files(plan.config.path)
    keys: dict[str, str] = {}
    for file in reversed(files):
        for key, number in key_lines(file).items():
            keys[key] = f"{shown_path(file.path)}:{number}"
    return _Places(tuple(shown_path(file.path) for file in files), keys)


def _settings(options: Options, plan: Settled, places: _Places, language: str) -> Iterator[Setting]:
    config = plan.config
    comma = ", " if language == "en" else "、"

    def one(key: str, asked: object, value: str) -> Setting:
        return Setting(key, value, _COMMAND_LINE if asked else places.of(key))

    yield one("select", options.select, comma.join(plan.settings.select or ("all",)))
    for name, reason in config.ignore.items():
        yield Setting("ignore", f"{name}: {reason}", places.of(f"ignore.{name}"))
    for name in options.ignore:
        yield Setting("ignore", name, _COMMAND_LINE)
    for directory in config.rules:
        yield Setting("rules", directory, places.of("rules"))
    for directory in options.rules:
        yield Setting("rules", directory, _COMMAND_LINE)
    for name, severity in config.severities.items():
        yield Setting(f"rules.{name}.severity", severity.value, places.of(f"rules.{name}.severity"))
    by_year = "by the year of the report" if language == "en" else "按报告年份"
    yield one("edition", options.edition, plan.settings.edition or by_year)
    yield one("fail-on", options.fail_on, plan.fail_on)
    yield one("fail-on-unchecked", options.fail_on_unchecked, str(plan.fail_on_unchecked).lower())
    setting = one("lang", options.language, plan.language)
    yield setting if setting.origin != _DEFAULT else setting._replace(origin=_LOCALE)
    none = "none" if language == "en" else "无"
    yield one("baseline", options.baseline, plan.settings.baseline or none)
    yield from _exceptions(plan, comma)


def _exceptions(plan: Settled, comma: str) -> Iterator[Setting]:
    if not plan.config.exemptions:
        return
    from gip_lint.config_file import shown_path

    for exemption in plan.config.exemptions:
        told: Sequence[str | None] = (
            comma.join(exemption.rules),
            comma.join(map(shown_path, exemption.files)),
            comma.join(exemption.addresses),
            exemption.suppression.reason,
            exemption.suppression.owner,
            exemption.suppression.until,
        )
        source = Words(exemption.source, exemption.source)
        yield Setting("exceptions", " · ".join(text for text in told if text), source)
