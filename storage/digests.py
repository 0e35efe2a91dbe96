"""Days of rounds, added up."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import and_, delete, or_, select
from sqlmodel import Session

from monitor.domain.digests import Digest
from monitor.domain.rounds import RoundState
from storage.bodies import Body
from storage.rows import add
from storage.tables import DigestRow, RoundRow, table

_DIGEST: Body[Digest] = Body(Digest)
_digests, _rounds = table(DigestRow), table(RoundRow)


def save(tx: Session, brand: str, round_id: str, opened: date, found: Sequence[Digest]) -> None:
    """Keep a round's digests in the place of those it had; a round that came to nothing is known to have."""
    tx.connection().execute(delete(_digests).where(_digests.c.brand == brand, _digests.c.round_id == round_id))
    whole = found or [Digest(round_id=round_id, day=opened)]
    rows = [{"brand": brand, "round_id": round_id, "day": each.day, "body": _DIGEST.text(each)} for each in whole]
    add(tx, DigestRow, rows)


def load(tx: Session, brand: str, start: date, end: date) -> list[Digest]:
    """Return the digests of the days from `start` to `end`, both included, oldest first."""
    wanted = (_digests.c.brand == brand, _digests.c.day >= start, _digests.c.day <= end)
    found = select(_digests.c.body).where(*wanted).order_by(_digests.c.day, _digests.c.round_id)
    return [_read(body) for body in tx.connection().execute(found).scalars()]


@lru_cache(maxsize=256)
def _read(body: str) -> Digest:
    """A digest never changes; the same text is the same digest."""
    return _DIGEST.value(body)


def without(tx: Session, brand: str) -> list[tuple[str, datetime, RoundState]]:
    """Return the rounds that have no digest or are open still, oldest first: id, opened at, state."""
    mine = and_(_digests.c.brand == brand, _digests.c.round_id == _rounds.c.id)
    found = (
        select(_rounds.c.id, _rounds.c.opened_at, _rounds.c.state)
        .where(_rounds.c.brand == brand, or_(_rounds.c.state == RoundState.OPEN, ~select(1).where(mine).exists()))
        .order_by(_rounds.c.opened_at)
    )
    return [(id_, opened, RoundState(state)) for id_, opened, state in tx.connection().execute(found)]
