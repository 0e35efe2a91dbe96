"""How rounds stand: counts by state, misses by reason, cost; for lists and for a page that watches one."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session

from monitor.domain.brand import AssistantSettings
from monitor.domain.progress import Missed, Standing
from monitor.domain.rounds import AttemptState, MissReason
from storage.probes import assistant_of
from storage.rounds import round_of
from storage.tables import AssistantRow, AttemptRow, ProbeRow, RoundRow, table

_rounds, _probes, _assistants, _attempts = (table(row) for row in (RoundRow, ProbeRow, AssistantRow, AttemptRow))
_NEWEST = and_(_attempts.c.probe_id == _probes.c.id, _attempts.c.newest)


def rounds(tx: Session, brand: str, start: datetime, end: datetime, *, limit: int) -> list[Standing]:
    """Return up to `limit` rounds opened from `start` on and before `end`, the newest first."""
    within = (_rounds.c.brand == brand, _rounds.c.opened_at >= start, _rounds.c.opened_at < end)
    return _where(tx, *within, limit=limit)


def one(tx: Session, brand: str, round_id: str) -> Standing | None:
    return next(iter(_where(tx, _rounds.c.brand == brand, _rounds.c.id == round_id, limit=1)), None)


def misses(tx: Session, round_id: str, *, label: Callable[[AssistantSettings], str]) -> list[Missed]:
    """Return what brought no answer, per assistant and reason, the most frequent first."""
    lost = (AttemptState.MISSED, AttemptState.UNKNOWN)
    found = (
        select(_assistants.c.body, _attempts.c.state, _attempts.c.miss, func.min(_attempts.c.detail), func.count())
        .select_from(_attempts.join(_probes).join(_assistants))
        .where(_probes.c.round_id == round_id, _attempts.c.newest, _attempts.c.state.in_(lost))
        .group_by(_assistants.c.body, _attempts.c.state, _attempts.c.miss)
        .order_by(func.count().desc())
    )
    return [
        Missed(
            assistant_label=label(assistant_of(body)),
            reason=MissReason(miss) if miss else None,
            detail=detail or "",
            count=count,
        )
        for body, _, miss, detail, count in tx.connection().execute(found)
    ]


def _where(tx: Session, *wanted: ColumnElement[bool], limit: int) -> list[Standing]:
    found = select(_rounds).where(*wanted).order_by(_rounds.c.opened_at.desc(), _rounds.c.id.desc()).limit(limit)
    held = [Standing(round=round_of(row)) for row in tx.connection().execute(found)]
    return _counted(tx, held)


def _counted(tx: Session, held: Sequence[Standing]) -> list[Standing]:
    ids = [each.round.id for each in held]
    states: dict[str, dict[AttemptState | None, int]] = defaultdict(dict)
    costs: dict[str, Decimal] = defaultdict(Decimal)
    cost = func.sum(_attempts.c.cost, type_=_attempts.c.cost.type)
    found = (
        select(_probes.c.round_id, _attempts.c.state, func.count(), cost)
        .select_from(_probes.outerjoin(_attempts, _NEWEST))
        .where(_probes.c.round_id.in_(ids))
        .group_by(_probes.c.round_id, _attempts.c.state)
    )
    for round_id, state, count, spent in tx.connection().execute(found):
        states[round_id][AttemptState(state) if state else None] = count
        costs[round_id] += spent or Decimal(0)
    return [replace(each, states=states[each.round.id], cost=costs[each.round.id]) for each in held]
