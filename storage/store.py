"""The door to the database."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Self

from sqlalchemy import Engine
from sqlmodel import Session

from storage.connecting import engine_for, name_of
from storage.errors import StoreError, in_words
from storage.schema import upgrade

__all__ = ["Store", "StoreError"]


# What an open transaction is to those who may not know the database's library.
Transaction = Session


class Store:
    """An open database whose tables are up to date; threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self._reading = engine.execution_options(**_SNAPSHOT.get(engine.dialect.name, {}))
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
        with in_words(self.name), Session(self._writing, expire_on_commit=False) as tx, tx.begin():
            yield tx

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Yield a session that only reads, sees one moment throughout, and holds nobody up."""
        with in_words(self.name), Session(self._reading, expire_on_commit=False) as tx, tx.begin():
            yield tx

    @property
    def writes_alone(self) -> bool:
        """Whether one transaction that writes holds up every other."""
        return self._engine.dialect.name == "sqlite"

    def close(self) -> None:
        self._engine.dispose()


_SNAPSHOT: dict[str, dict[str, object]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
