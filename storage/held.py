"""What rounds found and did not tell, with the reason."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session

from monitor.domain.alerts import Held, HeldReason
from storage.bodies import Body
from storage.rows import put
from storage.tables import HeldRow, table

_held = table(HeldRow)

_BODY: Body[Held] = Body(Held)


def keep(tx: Session, found: Sequence[Held]) -> None:
    """Keep what a round held back; the same key and reason once, however often it is decided."""
    rows = {(one.round_id, one.key, one.reason): one for one in found}
    written = [_row(one) for one in rows.values()]
    put(tx, HeldRow, written, key=("brand", "round_id", "key", "reason"), change=("at", "body"))


def waits_no_more(tx: Session, brand: str, round_id: str, keys: Collection[str]) -> None:
    """Forget that these keys of a round wait for extra samples: those have come."""
    mine = (_held.c.brand == brand, _held.c.round_id == round_id, _held.c.key.in_(keys))
    tx.connection().execute(delete(_held).where(*mine, _held.c.reason == HeldReason.CONFIRMING))


def _row(one: Held) -> dict[str, object]:
    return {
        "brand": one.brand,
        "round_id": one.round_id,
        "key": one.key,
        "reason": one.reason,
        "at": one.at,
        "body": _BODY.text(one),
    }


def held(tx: Session, brand: str, start: datetime, end: datetime) -> list[Held]:
    """Return what was held back from `start` on and before `end`, oldest first."""
    wanted = (_held.c.brand == brand, _held.c.at >= start, _held.c.at < end)
    found = select(_held.c.body).where(*wanted).order_by(_held.c.at, _held.c.key, _held.c.reason)
    return [_BODY.value(body) for body in tx.connection().execute(found).scalars()]
