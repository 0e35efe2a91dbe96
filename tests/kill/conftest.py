"""Databases to be killed on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import making, serving


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[Callable[[], str]]:
    """Makes an empty database on a server of this run's own and returns its address."""
    with serving() as server:
        yield making(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'likeness.db'}"
    return str(request.getfixturevalue("empty_postgres")())
