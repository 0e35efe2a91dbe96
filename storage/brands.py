"""Which versions of a brand file were used, and since when."""

from datetime import datetime

from sqlmodel import Session, col, select

from monitor.domain.brand import Settings, SettingsVersion
from storage.rows import put
from storage.tables import BrandFileRow


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
    found = tx.exec(
        select(BrandFileRow)
        .where(BrandFileRow.brand == brand)
        .order_by(col(BrandFileRow.first_used), col(BrandFileRow.id))
    )
    return [_version(row) for row in found]


def latest(tx: Session, brand: str) -> SettingsVersion | None:
    """Return the version that was used last; a file that was put back counts again."""
    newest_first = (col(BrandFileRow.last_used).desc(), col(BrandFileRow.id).desc())
    row = tx.exec(select(BrandFileRow).where(BrandFileRow.brand == brand).order_by(*newest_first)).first()
    return _version(row) if row else None


def names(tx: Session) -> list[str]:
    """Return every brand whose file was ever used, in the alphabet's order."""
    return sorted(tx.exec(select(BrandFileRow.brand).distinct()))


def _version(row: BrandFileRow) -> SettingsVersion:
    return SettingsVersion(brand=row.brand, version=row.version, source=row.source, first_used=row.first_used)
