"""The door to the database."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session

from storage.connecting import engine_for, name_of
from storage.errors import StoreError, in_words
from storage.schema import upgrade

__all__ = ["Store", "StoreError"]

_ROOM = 10_000_000  # bytes; a round of a thousand answers takes about as much


# What an open transaction is to those who may not know the database's library.
Transaction = Session


class Store:
    """An open database whose tables are up to date; threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self._reading = engine.execution_options(**_SNAPSHOT.get(engine.dialect.name, {}))
        self._failed: tuple[float, str] | None = None  # when a transaction failed last, and why
        self.name = name_of(engine)  # for messages: the file, or the address without its password

    @classmethod
    def open(cls, url: str, *, patience: timedelta = timedelta(seconds=30), abandoned: timedelta | None = None) -> Self:
        """Open `sqlite:///file` or `postgresql://user@host/name`, migrate it, and wait `patience` for a lock.

        PostgreSQL ends a transaction in which nothing has come for as long as `abandoned`: a program that is held
        up in it must not hold up all others.
        Raises StoreError with one sentence where the database cannot be used.
        """
        engine = engine_for(url, patience, abandoned)
        with ExitStack() as undo:
            undo.callback(engine.dispose)
            upgrade(engine, name_of(engine))
            undo.pop_all()
        return cls(engine)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session that commits when the block ends and rolls back when it raises; it may write."""
        try:
            with in_words(self.name), Session(self._writing, expire_on_commit=False) as tx, tx.begin():
                yield tx
        except StoreError as error:
            self._failed = (time.monotonic(), error.said)
            raise

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Yield a session that only reads, sees one moment throughout, and holds nobody up."""
        with in_words(self.name), Session(self._reading, expire_on_commit=False) as tx, tx.begin():
            yield tx

    @property
    def writes_alone(self) -> bool:
        """Whether one transaction that writes holds up every other."""
        return self._engine.dialect.name == "sqlite"

    def why_unwritten(self, *, within: timedelta) -> str:
        """Return why this program could not write lately, in words that do not name the database; empty where it could.

        A file on a disk without room counts before anything fails: what is small may still be written there for hours.
        """
        if self._failed and time.monotonic() - self._failed[0] < within.total_seconds():
            return self._failed[1]
        file = self._engine.url.database
        if not self.writes_alone or file in {None, "", ":memory:"} or disk_usage(Path(str(file)).parent).free > _ROOM:
            return ""
        return "cannot grow: the disk is full"

    def close(self) -> None:
        self._engine.dispose()


_SNAPSHOT: dict[str, dict[str, object]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
