"""Writing many rows at once, the same way on both databases.

Statements are built once: building one takes SQLAlchemy longer than SQLite takes to run it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared
from storage.tables import table

Row = Mapping[str, Any]
T = TypeVar("T")

# SQLite's default limit of bound values is 32,766 and PostgreSQL's 65,535.
CHUNK = 500


def add(tx: Session, kind: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that must not be there yet; all of them have the same columns."""
    if not rows:
        return
    statement = _plain(kind, tuple(rows[0]))
    if len(rows) == 1:
        statement.run(tx, rows[0])
    else:
        statement.run_many(tx, rows)


def add_new(tx: Session, kind: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert the rows that break no unique rule and leave the others as they are."""
    if rows:
        tx.connection().execute(_unless_there(kind, tx.get_bind().dialect.name), rows)


def add_one(tx: Session, kind: type[SQLModel], row: Row) -> bool:
    """Insert a row unless it breaks a unique rule; whether it was inserted."""
    statement = _unless_there(kind, tx.get_bind().dialect.name)
    return tx.connection().execute(statement, row, execution_options={"preserve_rowcount": True}).rowcount == 1


def put(tx: Session, kind: type[SQLModel], rows: Sequence[Row], *, key: Sequence[str], change: Sequence[str]) -> None:
    """Insert rows, or give the columns `change` of the row with the same `key` their new values."""
    if rows:
        _instead(kind, tuple(rows[0]), tuple(key), tuple(change)).run_many(tx, rows)


@cache
def _plain(kind: type[SQLModel], columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda _: insert(table(kind)).inline(), columns=columns)


@cache
def _unless_there(kind: type[SQLModel], dialect: str) -> Insert:
    return insert_on(dialect, table(kind)).on_conflict_do_nothing().inline()


@cache
def _instead(kind: type[SQLModel], columns: tuple[str, ...], key: tuple[str, ...], change: tuple[str, ...]) -> Prepared:
    return Prepared(lambda dialect: instead(kind, dialect, key=key, change=change), columns=columns)


def instead(kind: type[SQLModel], dialect: str, *, key: Sequence[str], change: Sequence[str]) -> sqlite.Insert:
    """Return an insert that gives the columns `change` of the row with the same `key` their new values."""
    statement = insert_on(dialect, table(kind))
    new = {name: statement.excluded[name] for name in change}
    return statement.on_conflict_do_update(index_elements=list(key), set_=new).inline()


def insert_on(dialect: str, target: Table) -> sqlite.Insert:
    """Return an insert that knows ON CONFLICT: both databases spell it alike, SQLAlchemy has a class for each."""
    if dialect == "sqlite":
        return sqlite.insert(target)
    return postgresql.insert(target)  # type: ignore[return-value]


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield the items in runs that fit into one statement's bound values."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
