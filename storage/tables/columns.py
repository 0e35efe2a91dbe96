"""The kinds of column that every table is made of: text, moments and money that both databases keep exactly."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from monitor.domain.text import storable

# A dollar in the database's unit. A token costs about a millionth of a dollar, so millionths would not do.
NANO = Decimal(1_000_000_000)

# SQLite numbers rows by itself only in a column that is INTEGER to the letter.
ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class Words(TypeDecorator[str]):
    """Text; what no store accepts is replaced one character by one, so that offsets stay."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  -- SQLAlchemy's signature
        return storable_words(value)


def storable_words(value: str | None) -> str | None:
    """Return the text as every store takes it."""
    # Most of what is kept is an id or a word; the question takes a tenth of the cleaning.
    return value if value is None or (value.isascii() and "\0" not in value) else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment; UTC in the database and out of it. A naive one raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"The store keeps aware moments only, and {value.isoformat()} has no zone."
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """Read SQLite's text in one go: a round has thousands of them."""
        return _moment_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _moment_of(text: str | None) -> datetime | None:
    """Return the moment that SQLite keeps as a text without its zone.

    >>> _moment_of("2026-11-22 06:00:00.000000")
    datetime.datetime(2026, 11, 22, 6, 0, tzinfo=datetime.timezone.utc)
    """
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


class Dollars(TypeDecorator[Decimal]):
    """US dollars, exact to a billionth, kept as a whole number so that the database can add them up exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else nanos(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else dollars(value)


def nanos(amount: Decimal) -> int:
    """Return the amount in billionths of a dollar.

    >>> nanos(Decimal("0.0000125"))
    12500
    """
    return int((amount * NANO).to_integral_value(ROUND_HALF_EVEN))


@lru_cache(maxsize=4096)  # many answers cost the same
def dollars(amount: int) -> Decimal:
    """Return billionths of a dollar as dollars.

    >>> dollars(12500)
    Decimal('0.0000125')
    """
    return (Decimal(amount) / NANO).normalize() if amount else Decimal(0)


# Every rule has a name by which a later migration can find it, the same on both databases.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
