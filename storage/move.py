"""A whole database copied into an empty one, all or nothing, and compared row by row before it counts."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select, text
from sqlmodel import Session, SQLModel

from storage import attempts
from storage.errors import StoreError
from storage.owner import is_gone
from storage.store import Store

BATCH = 2_000  # rows
_SUM = 2**256  # digests are added modulo this: the order of the rows does not count

Progress = Callable[[str, int, int], None]  # table, rows done, rows in all


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One table that was copied."""

    table: str
    rows: int
    digest: str  # the same for the same rows in whatever order, on both databases


def move(source: Store, target: Store, *, now: datetime, on_progress: Progress) -> list[Moved]:
    """Copy every table into a store that has no rows; StoreError, and nothing copied, where that cannot be done.

    Nobody can write into the source meanwhile. What was copied is read again and compared before it is committed.
    """
    with source.transaction() as old, target.transaction() as new:
        _refuse_company(old, source.name, now)
        return copy(old, new, target.name, on_progress)


def copy(old: Session, new: Session, name: str, on_progress: Progress) -> list[Moved]:
    """Copy every table from one open transaction into another, called `name`; StoreError where that has rows."""
    _refuse_filled(new, name)
    return [_copied(old, new, table, name, on_progress) for table in SQLModel.metadata.sorted_tables]


def _refuse_company(old: Session, name: str, now: datetime) -> None:
    """Hold everybody else off, and stop where a call is out whose answer would come too late."""
    if old.get_bind().dialect.name == "postgresql":
        tables = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
        old.connection().exec_driver_sql(f"LOCK TABLE {tables} IN SHARE MODE")
    if any(not is_gone(owner, since, now) for _, owner, since in attempts.unsettled(old)):
        raise StoreError(f"A round is being asked in {name}; stop `likeness serve` and the workers, then move it.")


def _refuse_filled(new: Session, name: str) -> None:
    for table in SQLModel.metadata.sorted_tables:
        if new.connection().execute(select(text("1")).select_from(table).limit(1)).first():
            raise StoreError(
                f"The database {name} holds rows already ({table.name}); name one that is empty: a new file, or what "
                "createdb makes."
            )


def _copied(old: Session, new: Session, table: Table, name: str, on_progress: Progress) -> Moved:
    connection, count = new.connection(), 0
    total = old.connection().execute(select(func.count()).select_from(table)).scalar_one()
    digest = 0
    for rows in _batches(old.connection(), table):
        connection.execute(insert(table), [dict(row._mapping) for row in rows])  # noqa: SLF001  -- SQLAlchemy's public name
        digest, count = (digest + _digest(rows)) % _SUM, count + len(rows)
        on_progress(table.name, count, total)
    _number_on(connection, table)
    there = sum(_digest(rows) for rows in _batches(connection, table)) % _SUM
    kept = connection.execute(select(func.count()).select_from(table)).scalar_one()
    if (kept, there) != (total, digest):
        raise StoreError(f"{table.name} differs in {name} after copying ({kept} of {total} rows); nothing was moved.")
    return Moved(table=table.name, rows=count, digest=f"{digest:064x}")


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows in the order of their keys; parents of rows of the same table come before them or not at all."""
    found = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    yield from connection.execute(found).partitions()


def _digest(rows: Sequence[Row[Any]]) -> int:
    """Return the sum of the rows' hashes; of the values as the program sees them, however a database keeps them.

    >>> _digest([]) == 0
    True
    """
    return sum(int.from_bytes(hashlib.sha256(repr(tuple(row)).encode("utf-8", "replace")).digest()) for row in rows)


def _number_on(connection: Connection, table: Table) -> None:
    """Let a column that numbers rows by itself go on after the highest: PostgreSQL counts apart from the rows."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None or column.foreign_keys:
        return
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
    highest = connection.execute(select(func.max(column))).scalar()
    if sequence and highest:
        connection.execute(select(func.setval(sequence, highest)))
