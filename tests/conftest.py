"""Options of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-samples", action="store_true", help="write samples/*/expected.txt anew; review the diff"
    )
