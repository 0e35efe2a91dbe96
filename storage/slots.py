"""Due times, each taken once."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.rows import add_new
from storage.tables import SlotRow


def claim(tx: Session, brand: str, purpose: str, key: str, now: datetime, *, state: str = "taken") -> bool:
    """Take a slot; False where somebody had it. `state="skipped"` takes one that will not be worked off."""
    row = {"brand": brand, "purpose": purpose, "key": key, "claimed_at": now, "state": state}
    return add_new(tx, SlotRow, [row]) == 1


def claimed(tx: Session, brand: str, purpose: str, since: datetime, *, state: str | None = None) -> list[str]:
    """Return the keys of the slots taken at or after `since`, in the order of their keys."""
    found = select(SlotRow.key).where(
        SlotRow.brand == brand, SlotRow.purpose == purpose, col(SlotRow.claimed_at) >= since
    )
    if state is not None:
        found = found.where(SlotRow.state == state)
    return sorted(tx.exec(found))
