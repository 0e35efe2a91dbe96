"""What was computed from a brand's tallies, kept until one of them changes."""

from datetime import date

from sqlalchemy import delete, select
from sqlmodel import Session

from storage.rows import add
from storage.tables import DerivedRow, table

_derived = table(DerivedRow)


def find(tx: Session, brand: str, name: str, day: date) -> str | None:
    """Return what is kept under this name for this day."""
    mine = (_derived.c.brand == brand, _derived.c.name == name, _derived.c.day == day)
    return tx.connection().execute(select(_derived.c.body).where(*mine)).scalar_one_or_none()


def keep(tx: Session, brand: str, name: str, day: date, body: str) -> None:
    mine = (_derived.c.brand == brand, _derived.c.name == name, _derived.c.day == day)
    tx.connection().execute(delete(_derived).where(*mine))
    add(tx, DerivedRow, [{"brand": brand, "name": name, "day": day, "body": body}])


def forget(tx: Session, brand: str) -> None:
    """Forget everything that was computed for the brand."""
    tx.connection().execute(delete(_derived).where(_derived.c.brand == brand))
