"""Reads YAML strictly and remembers where every key stands, so that a slip can be shown with line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gip_lint.errors import RuleError

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The content of a file and the (line, column) of each key, 1-based, by its path."""

    path: str
    data: Any
    places: dict[Path_, tuple[int, int]]

    def error(self, path: Path_, zh: str, en: str) -> RuleError:
        """An error at the place of that key, or of the nearest one around it."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        where = f"{self.path}:{line}:{column}"
        return RuleError(f"{where}：{zh}", f"{where}: {en}")


def read_yaml(path: Path) -> YamlSource:
    """Read one file. Raises `RuleError` for bad YAML, bad encoding and keys given twice."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}：无法读取：{error}", f"{path}: cannot be read: {error}") from error
    return parse_yaml(text, str(path))


def parse_yaml(text: str, path: str) -> YamlSource:
    """The same for text at hand."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        places: dict[Path_, tuple[int, int]] = {}
        if node is not None:
            _walk(node, (), places, path)
        data = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else path
        raise RuleError(
            f"{where}：不是合法的 YAML：{error.problem}", f"{where}: not valid YAML: {error.problem}"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise RuleError(f"{path}：不是合法的 YAML：{error}", f"{path}: not valid YAML: {error}") from error
    finally:
        loader.dispose()
    return YamlSource(path, data, places)


def _walk(node: yaml.Node, at: Path_, places: dict[Path_, tuple[int, int]], path: str) -> None:
    places.setdefault(at, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key.value
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if (*at, name) in places:
                where = f"{path}:{place[0]}:{place[1]}"
                raise RuleError(f"{where}：“{name}”写了两次", f"{where}: “{name}” is given twice")
            places[*at, name] = place
            _walk(value, (*at, name), places, path)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _walk(value, (*at, i), places, path)
