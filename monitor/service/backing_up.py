"""Backups of the surroundings' database, and one taken back: how long it took, how large it is, what comes next."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.service import build
from monitor.service.environment import Environment
from storage import backup as backups
from storage import outbox
from storage.backup import Kept
from storage.state import schema

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Done:
    """A backup, or one that was brought back."""

    store: str  # what the user calls the database
    kept: Kept
    seconds: float
    waiting: int = 0  # messages in it that had not been sent


def back_up(environment: Environment, file: Path, *, on_progress: Progress) -> Done:
    """Write the database into a new file."""
    began = time.monotonic()
    with build.open_store(environment) as store:
        kept = backups.backup(store, file, on_progress=on_progress)
        return Done(store=store.name, kept=kept, seconds=time.monotonic() - began)


@contextmanager
def _unless_in_vain(environment: Environment) -> Iterator[None]:
    """Take a file away again that was made for a backup which could not be brought back."""
    file = schema(environment.database_url.get_secret_value()).file
    if file is None or file.exists():
        yield
        return
    with ExitStack() as undo:
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            undo.callback(file.with_name(name).unlink, missing_ok=True)
        yield
        undo.pop_all()


def bring_back(environment: Environment, file: Path, *, on_progress: Progress) -> Done:
    """Fill the database, which has no rows, from a backup."""
    began = time.monotonic()
    with _unless_in_vain(environment), build.open_store(environment) as store:
        kept = backups.restore(file, store, on_progress=on_progress)
        with store.snapshot() as tx:
            waiting = len(outbox.undelivered(tx))
        return Done(store=store.name, kept=kept, seconds=time.monotonic() - began, waiting=waiting)
