"""A round's shares: who held one before is fenced off, and what is left of it."""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlmodel import Session

from monitor.domain.jobs import Share
from monitor.domain.rounds import AttemptState, Round, RoundKind, RoundState
from storage import attempts, rounds
from storage.probes import of_share
from storage.tables import AnswerRow, AttemptRow, ProbeRow, ReadingRow, RoundRow, table

_rounds, _probes, _attempts, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, AttemptRow, AnswerRow, ReadingRow)
)


def size(tx: Session, round_id: str) -> int:
    """Count the round's probes."""
    return tx.connection().execute(select(func.count()).where(_probes.c.round_id == round_id)).scalar_one()


def fence(tx: Session, round_id: str, share: Share, now: datetime) -> int:
    """Settle what the share's former holder left open; returns how many attempts there were.

    Calls that went out become `unknown`, reservations are given back: should that worker only have been slow, it
    finds its reservations gone, and an answer that it still brings is kept.
    """
    found = (
        select(_attempts.c.id)
        .select_from(_attempts.join(_probes))
        .where(_probes.c.round_id == round_id, of_share(share), _attempts.c.state.in_(attempts.UNSETTLED))
        .order_by(_attempts.c.id)
    )
    left = [attempts.standing(tx, id_) for id_ in tx.connection().execute(found).scalars().all()]
    return sum(_settle(tx, each, now) for each in left if each)


def _settle(tx: Session, left: attempts.Standing, now: datetime) -> bool:
    if left.state is AttemptState.SENT:
        attempts.lose(tx, left, now)
    elif left.state is AttemptState.RESERVED:
        attempts.release(tx, left, now)
    return left.state in attempts.UNSETTLED


def ready(tx: Session, round_id: str, *, analyzer: str, sheet: str) -> bool:
    """Whether an open round has all that can be had: nothing waits to be asked, is out, or is unread.

    Holds the round's row until the transaction ends: of two that finish together, the second sees the first.
    """
    state = select(_rounds.c.state).where(_rounds.c.id == round_id).with_for_update()
    if tx.connection().execute(state).scalar() != RoundState.OPEN or rounds.unasked(tx, round_id):
        return False
    this = and_(_readings.c.answer_id == _answers.c.id, _readings.c.analyzer == analyzer, _readings.c.sheet == sheet)
    unread = and_(_answers.c.id.is_not(None), _attempts.c.newest, ~select(1).where(this).exists())
    left = (
        select(1)
        .select_from(_probes.join(_attempts).outerjoin(_answers))
        .where(_probes.c.round_id == round_id, _attempts.c.state.in_(attempts.UNSETTLED) | unread)
    )
    return tx.connection().execute(left.limit(1)).first() is None


def quiet(tx: Session, brand: str, now: datetime, *, still: timedelta, oldest: timedelta) -> list[Round]:
    """Return the brand's open rounds, not older than `oldest`, in which nothing has happened for as long as `still`.

    A last call that is still to come was made before the clock was set back.
    """
    asked = [each for each in rounds.open_rounds(tx, brand) if each.kind is not RoundKind.IMPORTED]
    young = [each for each in asked if each.opened_at > now - oldest]
    return [each for each in young if abs(now - rounds.last_call(tx, each)) > still]


def all_in(tx: Session, round_id: str) -> bool:
    """Whether nothing of a round waits to be asked and no call of it is out: what is left is to read and conclude."""
    out = select(_attempts.c.id).select_from(_attempts.join(_probes))
    out = out.where(_probes.c.round_id == round_id, _attempts.c.state.in_(attempts.UNSETTLED))
    return not rounds.unasked(tx, round_id) and tx.connection().execute(out.limit(1)).first() is None
