"""What was computed from a brand's tallies and digests, kept until those of its days change."""

from datetime import date
from functools import cache

from sqlalchemy import BigInteger, Insert, Text, cast, delete, select
from sqlmodel import Session

from storage.rows import add, insert_on
from storage.tables import DerivedRow, table

_derived = table(DerivedRow)
_VERSION, _ZONE, _ALWAYS = "version", "zone", date(1970, 1, 1)
_MIXED = "mixed"  # no zone is called so


def find(tx: Session, brand: str, name: str, day: date) -> str | None:
    """Return what is kept under this name for this day."""
    mine = (_derived.c.brand == brand, _derived.c.name == name, _derived.c.day == day)
    return tx.connection().execute(select(_derived.c.body).where(*mine)).scalar_one_or_none()


def later(tx: Session, brand: str, name: str, day: date) -> str | None:
    """Return what is kept under this name for the first day, from this one on, of which anything is."""
    mine = (_derived.c.brand == brand, _derived.c.name == name, _derived.c.day >= day)
    found = select(_derived.c.body).where(*mine).order_by(_derived.c.day).limit(1)
    return tx.connection().execute(found).scalar_one_or_none()


def keep(tx: Session, brand: str, name: str, day: date, body: str) -> None:
    mine = (_derived.c.brand == brand, _derived.c.name == name, _derived.c.day == day)
    tx.connection().execute(delete(_derived).where(*mine))
    add(tx, DerivedRow, [{"brand": brand, "name": name, "day": day, "body": body}])


def drop(tx: Session, brand: str, prefix: str, before: date) -> None:
    """Forget what is kept under names that begin so, for days before this one."""
    mine = (_derived.c.brand == brand, _derived.c.name.startswith(prefix, autoescape=True))
    tx.connection().execute(delete(_derived).where(*mine, _derived.c.day < before))


def forget(tx: Session, brand: str, since: date) -> None:
    """Forget what was computed for a day from `since` on: what is as of an earlier day stays as it was."""
    late = (_derived.c.brand == brand, _derived.c.name.not_in((_VERSION, _ZONE)), _derived.c.day >= since)
    tx.connection().execute(delete(_derived).where(*late))
    changed(tx, brand)


def changed(tx: Session, brand: str) -> None:
    """Count a change of the brand's tallies or digests."""
    tx.connection().execute(_counted(tx.get_bind().dialect.name), {"brand": brand})


def version(tx: Session, brand: str) -> int:
    """Return how often the brand's tallies and digests have changed."""
    return int(find(tx, brand, _VERSION, _ALWAYS) or 0)


def zone(tx: Session, brand: str) -> str:
    """Return in which zone the days are counted that are kept of a brand; empty: nobody has seen to it yet."""
    return find(tx, brand, _ZONE, _ALWAYS) or ""


def count_in(tx: Session, brand: str, zone: str) -> None:
    """Note that every day that is kept of a brand is one of this zone."""
    keep(tx, brand, _ZONE, _ALWAYS, zone)


def add_day(tx: Session, brand: str, zone: str) -> None:
    """Note that a day of this zone is kept from now on: where the others are of another zone, they are mixed."""
    before = find(tx, brand, _ZONE, _ALWAYS)
    if before and before != zone:
        count_in(tx, brand, _MIXED)


@cache
def _counted(dialect: str) -> Insert:
    first = insert_on(dialect, _derived).values(name=_VERSION, day=_ALWAYS, body="1")
    # Added up by the database: of two that change at the same moment, both count.
    more = cast(cast(_derived.c.body, BigInteger) + 1, Text)
    return first.on_conflict_do_update(index_elements=["brand", "name", "day"], set_={"body": more}).inline()
