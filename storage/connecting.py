"""From an address to a connected engine, set up the same way wherever it is opened."""

import sqlite3
from datetime import timedelta
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, exc, make_url

from storage.errors import StoreError


def engine_for(address: str, patience: timedelta, abandoned: timedelta | None = None) -> Engine:
    """Return an engine for `sqlite:///file` or `postgresql://host/name`; it waits `patience` for a lock."""
    url = _url(address)
    return _sqlite(url, patience) if url.get_backend_name() == "sqlite" else _postgres(url, patience, abandoned)


def name_of(engine: Engine) -> str:
    """Return what the user calls the database: its file, or its address without the password."""
    if engine.dialect.name == "sqlite":
        return engine.url.database or "in memory"
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def for_the_driver(address: str) -> str:
    """Return the address of a PostgreSQL database as its driver takes it; StoreError where it is no such."""
    url = _url(address)
    if url.get_backend_name() != "postgresql":
        raise StoreError(
            "Workers share their work through PostgreSQL, and LIKENESS_DATABASE_URL names an SQLite file; use "
            "`likeness serve` on one machine, or first `likeness move --to postgresql://user@host/name`."
        )
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except exc.ArgumentError as error:
        raise StoreError(f"{_shown(address)} is no database address; {_FORMS}") from error
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite+pysqlite")
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(f"Likeness keeps its rows in SQLite or PostgreSQL, not in {url.get_backend_name()}; {_FORMS}")


_FORMS = "write sqlite:///likeness.db or postgresql://user@host/name."


def _shown(address: str) -> str:
    """Return the address as far as it can hold no password."""
    return f"“{address}”" if "@" not in address else "What LIKENESS_DATABASE_URL holds"


def _sqlite(url: URL, patience: timedelta) -> Engine:
    in_memory = url.database in {None, "", ":memory:"}
    seconds = patience.total_seconds()
    engine = create_engine(url, poolclass=StaticPool) if in_memory else create_engine(url, pool_timeout=seconds)
    milliseconds = int(seconds * 1000)

    def connected(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # the driver's own BEGIN comes too late and is never IMMEDIATE
        raw.execute(f"PRAGMA busy_timeout = {milliseconds}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = NORMAL")  # safe with WAL: a power cut loses no integrity

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at once where writing is meant: a lock taken later could not wait for its turn."""
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def _postgres(url: URL, patience: timedelta, abandoned: timedelta | None) -> Engine:
    seconds = patience.total_seconds()
    options = f"-c lock_timeout={int(seconds * 1000)} -c timezone=UTC"
    if abandoned:
        options += f" -c idle_in_transaction_session_timeout={int(abandoned.total_seconds() * 1000)}"
    arguments = {"options": options, "connect_timeout": 10}
    try:
        # A connection is tried before it is used: one that a restarted server dropped is replaced silently.
        return create_engine(url, pool_pre_ping=True, pool_timeout=seconds, connect_args=arguments)
    except ModuleNotFoundError as error:
        message = "PostgreSQL needs its driver; install it with: pip install 'likeness[postgres]'."
        raise StoreError(message) from error
