"""What alerts look back on of each round, so that nobody reads a month of answers again."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlmodel import Session

from monitor.domain.recalled import Recalled
from monitor.domain.rounds import RoundKind, RoundState
from storage.bodies import Body
from storage.rows import add, chunks
from storage.tables import AnswerRow, AttemptRow, LookBackRow, ProbeRow, RoundRow, table

_RECALLED: Body[Recalled] = Body(Recalled)
_KEPT = frozenset({RoundKind.SCHEDULED, RoundKind.MANUAL})
_QUICK = 1  # how hard zlib tries
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_look_backs, _rounds, _probes = table(LookBackRow), table(RoundRow), table(ProbeRow)
_attempts, _answers = table(AttemptRow), table(AnswerRow)


def save(tx: Session, brand: str, round_id: str, kept: Recalled | None) -> None:
    """Keep what is recalled of a round in the place of what was; rounds that are never looked back on have nothing."""
    tx.connection().execute(delete(_look_backs).where(_look_backs.c.brand == brand, _look_backs.c.round_id == round_id))
    if kept is None or kept.kind not in _KEPT:
        return
    last = _EPOCH + timedelta(microseconds=max(kept.asked_at))
    body = zlib.compress(_RECALLED.text(kept).encode(), _QUICK)
    add(tx, LookBackRow, [{"brand": brand, "round_id": round_id, "day": last.date(), "body": body}])


def load(tx: Session, brand: str, start: datetime, *, besides: str) -> Iterator[Recalled]:
    """Yield what is recalled of the closed rounds that asked from `start` on, one round left out; oldest first."""
    found = (
        select(_look_backs.c.body)
        .join_from(_look_backs, _rounds, _rounds.c.id == _look_backs.c.round_id)
        .where(_look_backs.c.brand == brand, _look_backs.c.day >= start.date(), _look_backs.c.round_id != besides)
        .where(_rounds.c.state != RoundState.OPEN)
        .order_by(_look_backs.c.day, _look_backs.c.round_id)
    )
    for body in tx.connection().execute(found).scalars():
        yield _RECALLED.value(zlib.decompress(body).decode())


def without(tx: Session, brand: str, start: datetime, *, kinds: Sequence[RoundKind]) -> list[tuple[str, RoundState]]:
    """Return the rounds of these kinds that were not over by `start` and of which nothing is kept, or that are open."""
    kept = select(1).where(_look_backs.c.brand == brand, _look_backs.c.round_id == _rounds.c.id).exists()
    recent = or_(_rounds.c.closed_at.is_(None), _rounds.c.closed_at >= start, _rounds.c.opened_at >= start)
    wanted = and_(_rounds.c.brand == brand, _rounds.c.kind.in_(kinds), recent)
    found = select(_rounds.c.id, _rounds.c.state).where(wanted, or_(_rounds.c.state == RoundState.OPEN, ~kept))
    rows = tx.connection().execute(found.order_by(_rounds.c.opened_at, _rounds.c.id))
    return [(id_, RoundState(state)) for id_, state in rows]


def forget(tx: Session, answers: Sequence[str]) -> None:
    """Forget what is recalled of the rounds that these answers belong to: they are read anew, or gone."""
    for some in chunks(answers):
        rounds = select(_probes.c.round_id).select_from(_answers.join(_attempts).join(_probes))
        wanted = _look_backs.c.round_id.in_(rounds.where(_answers.c.id.in_(some)))
        tx.connection().execute(delete(_look_backs).where(wanted))
