"""Options and fixtures of the test suite."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from office import CLEAN, FAULTY, Office

# A change is taken or refused by the same examples every time; `--hypothesis-profile=anew` draws others.
settings.register_profile("same", derandomize=True)
settings.register_profile("anew", derandomize=False)
settings.load_profile("same")


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
