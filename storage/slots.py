"""Due times, each taken once."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from storage.rows import add_one
from storage.tables import SlotRow, table

_slots = table(SlotRow)


def claim(tx: Session, brand: str, purpose: str, key: str, now: datetime, *, state: str = "taken") -> bool:
    """Take a slot; False where somebody had it. `state="skipped"` takes one that will not be worked off."""
    row = {"brand": brand, "purpose": purpose, "key": key, "claimed_at": now, "state": state}
    return add_one(tx, SlotRow, row)


def claimed(tx: Session, brand: str, purpose: str, since: datetime, *, state: str | None = None) -> list[str]:
    """Return the keys of the slots taken at or after `since`, in the order of their keys."""
    wanted = [_slots.c.brand == brand, _slots.c.purpose == purpose, _slots.c.claimed_at >= since]
    if state is not None:
        wanted.append(_slots.c.state == state)
    return sorted(tx.connection().execute(select(_slots.c.key).where(*wanted)).scalars())
