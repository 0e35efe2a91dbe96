"""Which versions of a brand file were used, and since when."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session

from monitor.domain.brand import Settings, SettingsVersion
from storage.rows import add_one, put
from storage.tables import BrandFileRow, table

_files = table(BrandFileRow)


def use_settings(tx: Session, settings: Settings, now: datetime, *, by: str = "") -> None:
    """Make this version of the brand's file the newest, kept once however often it is used; `by` wrote it at a page."""
    row = {**_row(settings, now), "last_used": _latest_of_all(tx, settings.brand, now), "written_by": by}
    put(tx, BrandFileRow, [row], key=("brand", "version"), change=("last_used",))


def keep(tx: Session, settings: Settings, now: datetime) -> None:
    """Keep a version that is at work; which one is the newest stays as it is where this one is known."""
    add_one(tx, BrandFileRow, _row(settings, now))


def take(tx: Session, settings: Settings, now: datetime, *, newest: bool) -> None:
    """Note that this text was seen in the brand's file; `newest`: it counts from now on."""
    last = _latest_of_all(tx, settings.brand, now)
    row = {**_row(settings, now), "last_used": last, "taken_at": last}
    put(
        tx, BrandFileRow, [row], key=("brand", "version"), change=("taken_at", "last_used") if newest else ("taken_at",)
    )


def _latest_of_all(tx: Session, brand: str, now: datetime) -> datetime:
    """Return this moment; where the clock was set back behind what was used before, one that comes after that."""
    known = select(func.max(_files.c.last_used), func.max(_files.c.taken_at)).where(_files.c.brand == brand)
    before: list[datetime] = [at for at in tx.connection().execute(known).one() if at is not None]
    return max([now, *(at + timedelta(microseconds=1) for at in before)])


def _row(settings: Settings, now: datetime) -> dict[str, object]:
    return {
        "brand": settings.brand,
        "version": settings.version,
        "source": settings.source,
        "first_used": now,
        "last_used": now,
    }


def taken(tx: Session, brand: str) -> str:
    """Return the version that was last taken from a file; empty where none was."""
    mine = select(_files.c.version).where(_files.c.brand == brand, _files.c.taken_at.is_not(None))
    found = tx.connection().execute(mine.order_by(_files.c.taken_at.desc(), _files.c.id.desc()).limit(1)).scalar()
    return found or ""


def without_file(tx: Session) -> list[str]:
    """Return the brands that live on the pages alone: written there, and never seen in a file."""
    filed = select(_files.c.brand).where(_files.c.taken_at.is_not(None))
    found = select(_files.c.brand).where(_files.c.written_by != "", _files.c.brand.not_in(filed)).distinct()
    return sorted(tx.connection().execute(found).scalars())


def versions(tx: Session, brand: str) -> list[SettingsVersion]:
    """Return the versions in the order of their first use."""
    return _of(tx, brand, _files.c.first_used, _files.c.id)


def latest(tx: Session, brand: str) -> SettingsVersion | None:
    """Return the version that was used last; a file that was put back counts again."""
    return next(iter(_of(tx, brand, _files.c.last_used.desc(), _files.c.id.desc())), None)


def first_used(tx: Session, brand: str) -> datetime | None:
    """Return since when the brand is known at all."""
    return next((version.first_used for version in versions(tx, brand)), None)


def names(tx: Session) -> list[str]:
    """Return every brand whose file was ever used, in the alphabet's order."""
    return sorted(tx.connection().execute(select(_files.c.brand).distinct()).scalars())


def _of(tx: Session, brand: str, *order: ColumnElement[Any]) -> list[SettingsVersion]:
    found = tx.connection().execute(select(_files).where(_files.c.brand == brand).order_by(*order))
    return [
        SettingsVersion(
            brand=row.brand,
            version=row.version,
            source=row.source,
            first_used=row.first_used,
            written_by=row.written_by,
        )
        for row in found
    ]
