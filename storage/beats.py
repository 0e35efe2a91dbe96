"""When something that comes again and again came last."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlmodel import Session

from storage.rows import put
from storage.tables import BeatRow, table

_beats = table(BeatRow)

TICK = "tick"
LOOK = "look"  # of a person who checked whether all is well
MISTAKE = "mistake"  # in a brand file that is served
UNKEPT = "unkept"  # what should have been written where the clock ticks


def looked(brand: str) -> str:
    """Return the name of the last look for what is due of a brand."""
    return f"looked {brand}"


def beat(tx: Session, name: str, now: datetime) -> None:
    put(tx, BeatRow, [{"name": name, "at": now}], key=("name",), change=("at",))


def last(tx: Session, name: str) -> datetime | None:
    """Return when it came last; None where it never did."""
    found: datetime | None = tx.connection().execute(select(_beats.c.at).where(_beats.c.name == name)).scalar()
    return found


def now(tx: Session) -> datetime:
    """Return what time the database's own clock says; SQLite has this machine's."""
    if tx.get_bind().dialect.name == "sqlite":
        said: str = tx.connection().execute(select(func.strftime("%Y-%m-%dT%H:%M:%f+00:00"))).scalar_one()
        return datetime.fromisoformat(said)
    moment: datetime = tx.connection().execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(UTC)
