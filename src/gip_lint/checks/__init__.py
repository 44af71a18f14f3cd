"""The kinds of check, one file each; a rule names its kind by the file's name, so that a new file is a new kind."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gip_lint.form import Form
    from gip_lint.rule import Check


class Parameter(NamedTuple):
    """One key that a kind of check takes under `with:`; `kind` is text, texts, mapping, mappings, number or flag."""

    kind: str
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()


class Resources(NamedTuple):
    """What checks are built from besides their own parameters: the forms and the dictionaries of `rules/words/`."""

    forms: Mapping[str, Form]
    words: Mapping[str, Any]


class CheckKind(Protocol):
    """What a module of this package offers; one whose outcomes are relations of figures also says `RELATION = True`."""

    PARAMETERS: Mapping[str, Parameter]

    def build(self, given: Mapping[str, Any], editions: frozenset[str], resources: Resources) -> Check:
        """Make the check of one rule; raises `ParameterError` naming the key whose value makes no sense."""
        ...


class ParameterError(Exception):
    """A value under `with:` that makes no sense, e.g. a label that no form has."""

    def __init__(self, key: str, zh: str, en: str) -> None:
        super().__init__(zh)
        self.key = key
        self.zh = zh
        self.en = en


def check_names() -> tuple[str, ...]:
    """The names of all kinds of check."""
    files = {name.partition(".") for folder in __path__ for name in os.listdir(folder)}
    return tuple(sorted(name for name, _, suffix in files if suffix == "py" and not name.startswith("_")))


def check_kind(name: str) -> CheckKind:
    """The kind of check of that name; raises `KeyError` when there is no such file."""
    if name not in check_names():
        raise KeyError(name)
    return cast("CheckKind", importlib.import_module(f"{__name__}.{name}"))
