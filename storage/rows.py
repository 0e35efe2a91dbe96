"""Writing many rows at once, the same way on both databases."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.tables import table

Row = Mapping[str, Any]
T = TypeVar("T")

# SQLite's default limit of bound values is 32,766 and PostgreSQL's 65,535.
CHUNK = 500


def add(tx: Session, kind: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that must not be there yet; all of them have the same columns."""
    if rows:
        tx.connection().execute(insert(table(kind)), rows)


def add_new(tx: Session, kind: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert the rows that break no unique rule and leave the others as they are."""
    if rows:
        tx.connection().execute(_insert(tx, table(kind)).on_conflict_do_nothing(), rows)


def add_one(tx: Session, kind: type[SQLModel], row: Row) -> bool:
    """Insert a row unless it breaks a unique rule; whether it was inserted."""
    statement = _insert(tx, table(kind)).on_conflict_do_nothing().inline()
    return tx.connection().execute(statement, row, execution_options={"preserve_rowcount": True}).rowcount == 1


def put(
    tx: Session,
    kind: type[SQLModel],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    change: Sequence[str] = (),
    gather: Sequence[str] = (),
) -> None:
    """Insert rows; where one with the same `key` is there, replace its columns `change` and add to its `gather`."""
    if not rows:
        return
    target = table(kind)
    statement = _insert(tx, target)
    new = {name: statement.excluded[name] for name in change}
    more = {name: target.c[name] + statement.excluded[name] for name in gather}
    changed = statement.on_conflict_do_update(index_elements=list(key), set_={**new, **more})
    tx.connection().execute(changed, rows)


def _insert(tx: Session, target: Table) -> sqlite.Insert:
    # Both dialects spell ON CONFLICT alike; SQLAlchemy has a class for each.
    if tx.get_bind().dialect.name == "sqlite":
        return sqlite.insert(target)
    return postgresql.insert(target)  # type: ignore[return-value]


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield the items in runs that fit into one statement's bound values."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
