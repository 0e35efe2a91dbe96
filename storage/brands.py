"""Which versions of a brand file were used, and since when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from monitor.domain.brand import Settings, SettingsVersion
from storage.rows import put
from storage.tables import BrandFileRow, table

_files = table(BrandFileRow)


def use_settings(tx: Session, settings: Settings, now: datetime) -> None:
    """Keep this version of the brand's file, once however often it is used."""
    row = {
        "brand": settings.brand,
        "version": settings.version,
        "source": settings.source,
        "first_used": now,
        "last_used": now,
    }
    put(tx, BrandFileRow, [row], key=("brand", "version"), change=("last_used",))


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
        SettingsVersion(brand=row.brand, version=row.version, source=row.source, first_used=row.first_used)
        for row in found
    ]
