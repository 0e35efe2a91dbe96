"""Statements that run once per answer: compiled once, and run by the driver itself.

SQLAlchemy takes some 60 us to run a statement that SQLite runs in five; a round has a dozen of them per probe.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Dialect, exc
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import UpdateBase
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.sql.selectable import Select
from sqlmodel import Session

from storage.tables.columns import Moment, Words, storable_words

Statement = UpdateBase | Select[Any]
Values = Mapping[str, Any]


class Prepared:
    """One statement for both databases. Values go in as the columns take them; rows come out as the driver has them."""

    def __init__(self, build: Callable[[str], Statement], *, columns: Sequence[str] = ()) -> None:
        self._build = build  # from a dialect's name
        self._columns = columns  # that an INSERT names
        self._known: dict[str, _Compiled] = {}

    def run(self, tx: Session, values: Values) -> Any:
        """Run it once; returns the driver's cursor."""
        compiled, cursor = self._compiled(tx), driver(tx).cursor()
        with _wrapped(tx, compiled):
            return cursor.execute(compiled.text, compiled.bound(values))

    def first(self, tx: Session, values: Values) -> Any:
        """Run a SELECT; returns its first row, with values as the columns give them, or None."""
        row = self.run(tx, values).fetchone()
        return self._compiled(tx).read(row) if row else None

    def run_many(self, tx: Session, rows: Sequence[Values]) -> None:
        """Run it for each of the rows."""
        compiled, cursor = self._compiled(tx), driver(tx).cursor()
        with _wrapped(tx, compiled):
            cursor.executemany(compiled.text, compiled.bound_all(rows))

    def _compiled(self, tx: Session) -> "_Compiled":
        name = tx.get_bind().dialect.name
        if name not in self._known:
            self._known[name] = _compile(self._build(name), tx.get_bind().dialect, self._columns)
        return self._known[name]


@contextmanager
def in_one_go(tx: Session) -> Iterator[None]:
    """Statements inside that are only written are sent without waiting for each one's end, where the driver can.

    They fail at the end of the block, if not before. What SQLAlchemy runs itself does not belong into it.
    """
    if tx.get_bind().dialect.name != "postgresql":
        yield
        return
    with _wrapped(tx, None), driver(tx).driver_connection.pipeline():
        yield


def driver(tx: Session) -> Any:
    """Return the driver's connection of a transaction."""
    if "driver" not in tx.info:
        tx.info["driver"] = tx.connection().connection
    return tx.info["driver"]


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    text: str
    fitted: Sequence[tuple[str, Callable[[Any], Any] | None]]  # bound values in order, what makes them the driver's
    fixed: Values  # bound values that the statement brings along, and the columns' own defaults
    by_place: bool
    taken: Sequence[tuple[str, Callable[[Any], Any] | None]]  # columns of a SELECT, and what reads their values

    def bound(self, values: Values) -> Any:
        whole = {**self.fixed, **values} if self.fixed else values
        if self.by_place:
            return [fit(whole[name]) if fit else whole[name] for name, fit in self.fitted]
        return {name: fit(whole[name]) if fit else whole[name] for name, fit in self.fitted}

    def bound_all(self, rows: Sequence[Values]) -> list[Any]:
        """Return what `bound` gives for each of the rows, which have the same keys; column by column, so quicker."""
        columns = [self._column(name, fit, rows) for name, fit in self.fitted]
        if self.by_place:
            return list(zip(*columns, strict=True))
        names = [name for name, _ in self.fitted]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def _column(self, name: str, fit: Callable[[Any], Any] | None, rows: Sequence[Values]) -> Sequence[Any]:
        if name not in rows[0]:
            fixed = self.fixed[name]
            return [fit(fixed) if fit else fixed] * len(rows)
        values = [row[name] for row in rows]
        return _fitted(values, fit) if fit else values

    def read(self, row: Sequence[Any]) -> Any:
        pairs = zip(self.taken, row, strict=True)
        return SimpleNamespace(**{name: reads(value) if reads else value for (name, reads), value in pairs})


def _fitted(values: Sequence[Any], fit: Callable[[Any], Any]) -> Sequence[Any]:
    """Return each value as the driver takes it. Rows that are written together share most of their values."""
    different = dict.fromkeys(values)
    if len(different) > len(values) // 2:
        return list(map(fit, values))
    for value in different:
        different[value] = fit(value)
    return [different[value] for value in values]


def _compile(statement: Statement, dialect: Dialect, columns: Sequence[str]) -> _Compiled:
    compiled = statement.compile(dialect=dialect, column_keys=list(columns) or None)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only statements of rows are prepared")
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    defaults = {
        column.key: column.default.arg
        for column in compiled.insert_prefetch
        if isinstance(column.default, ScalarElementColumnDefault)
    }
    brought = {name: bind.value for name, bind in binds.items() if not bind.required}
    return _Compiled(
        text=compiled.string,
        fitted=[(name, _processor(binds[name].type, dialect)) for name in compiled.positiontup or binds],
        fixed={**brought, **defaults},
        by_place=compiled.positional,
        taken=_columns(statement, dialect),
    )


def _columns(statement: Statement, dialect: Dialect) -> list[tuple[str, Callable[[Any], Any] | None]]:
    if not isinstance(statement, Select):
        return []
    chosen = statement.selected_columns.items()
    return [(name, column.type.dialect_impl(dialect).result_processor(dialect, None)) for name, column in chosen]


def _processor(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    if isinstance(kind, Words):  # by far the most frequent: without SQLAlchemy's own step in between
        return storable_words
    if isinstance(kind, Moment):
        return _moment(dialect)
    found: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


@cache
def _moment(dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes moments the driver's: one for all columns, for rows that are written together share them."""
    found = Moment().dialect_impl(dialect).bind_processor(dialect)
    return lru_cache(maxsize=10_000)(found) if found else found


class _wrapped:  # noqa: N801  -- a block, cheaper than a generator's
    """What the driver raises inside is what SQLAlchemy would have raised."""

    def __init__(self, tx: Session, compiled: "_Compiled | None") -> None:
        self._tx = tx
        self._text = compiled.text if compiled else ""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            dialect = self._tx.get_bind().dialect
            raised = exc.DBAPIError.instance(
                self._text, None, error, dialect.loaded_dbapi.Error, dialect=dialect, hide_parameters=True
            )
            raise raised from error
