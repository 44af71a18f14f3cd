"""Options and fixtures of the test suite."""

from __future__ import annotations

from pathlib import Path

import pytest

from office import CLEAN, FAULTY, Office


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-samples", action="store_true", help="write samples/*/expected.txt anew; review the diff"
    )


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def office(tmp_path: Path, cache: Path) -> Office:
    office = Office(tmp_path, cache)
    office.write("faulty.txt", FAULTY)
    office.write("clean.txt", CLEAN)
    return office
