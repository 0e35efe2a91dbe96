"""Rounds: opened once with all their probes, continued after a crash, closed with a reason."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select, update
from sqlmodel import Session

from monitor.domain.jobs import Share
from monitor.domain.rounds import AttemptState, MissReason, Probe, Round, RoundKind, RoundState
from storage.probes import add_probes, assistant_of, of_share, prompt_of
from storage.recovery import recover
from storage.rows import add_one
from storage.tables import AssistantRow, AttemptRow, ProbeRow, PromptRow, RoundRow, table

__all__ = [
    "close_round",
    "find",
    "last_asked",
    "last_call",
    "open_round",
    "open_rounds",
    "recover",
    "reopen",
    "round_of",
    "rounds",
    "spent",
    "tally_states",
    "unasked",
    "was_answered",
]

_rounds, _probes, _prompts, _assistants, _attempts = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow)
)


def open_round(tx: Session, *, round: Round, probes: Sequence[Probe]) -> bool:  # noqa: A002  -- the domain's word
    """Write a round with all its probes; False, and nothing written, where brand, kind and key exist."""
    if not add_one(tx, RoundRow, _row(round)):
        return False
    add_probes(tx, probes)
    return True


def _row(value: Round) -> dict[str, object]:
    return {
        "id": value.id,
        "brand": value.brand,
        "kind": value.kind,
        "key": value.key,
        "opened_at": value.opened_at,
        "closed_at": value.closed_at,
        "state": value.state,
        "settings": value.settings,
        "why": value.why,
    }


def find(tx: Session, round_id: str) -> Round | None:
    return next(iter(_where(tx, _rounds.c.id == round_id)), None)


def find_by_key(tx: Session, brand: str, kind: RoundKind, key: str) -> Round | None:
    """Return the one round of this brand, kind and key."""
    found = _where(tx, _rounds.c.brand == brand, _rounds.c.kind == kind, _rounds.c.key == key)
    return next(iter(found), None)


def rounds(tx: Session, brand: str, start: datetime, end: datetime) -> list[Round]:
    """Return the rounds opened at or after `start` and before `end`, oldest first."""
    return _where(tx, _rounds.c.brand == brand, _rounds.c.opened_at >= start, _rounds.c.opened_at < end)


def open_rounds(tx: Session, brand: str) -> list[Round]:
    """Return the rounds that were not closed, oldest first: what a crash or a stop left."""
    return _where(tx, _rounds.c.brand == brand, _rounds.c.state == RoundState.OPEN)


def _where(tx: Session, *wanted: ColumnElement[bool]) -> list[Round]:
    found = select(_rounds).where(*wanted).order_by(_rounds.c.opened_at, _rounds.c.id)
    return [round_of(row) for row in tx.connection().execute(found)]


def was_answered(tx: Session, brand: str, *, besides: str = "") -> bool:
    """Whether an answer ever came in a round other than `besides`; imports are not askings."""
    found = (
        select(_attempts.c.id)
        .select_from(_attempts.join(_probes).join(_rounds))
        .where(
            _rounds.c.brand == brand,
            _rounds.c.kind != RoundKind.IMPORTED,
            _rounds.c.id != besides,
            _attempts.c.state.in_((AttemptState.ANSWERED, AttemptState.REFUSED)),
        )
    )
    return tx.connection().execute(found.limit(1)).first() is not None


def last_call(tx: Session, round_: Round) -> datetime:
    """Return when a round's last attempt was begun; its opening where none was."""
    found = select(func.max(_attempts.c.asked_at)).select_from(_attempts.join(_probes))
    asked = tx.connection().execute(found.where(_probes.c.round_id == round_.id)).scalar()
    return max(round_.opened_at, asked or round_.opened_at)


def close_round(tx: Session, round_id: str, state: RoundState, why: str, now: datetime) -> None:
    """Say how the round ended, and why where it is partial."""
    change = update(_rounds).where(_rounds.c.id == round_id).values(state=state, why=why, closed_at=now)
    tx.connection().execute(change)


def last_asked(tx: Session, brand: str) -> Round | None:
    """Return the brand's latest scheduled or manual round."""
    kinds = (RoundKind.SCHEDULED, RoundKind.MANUAL)
    latest = select(_rounds).where(_rounds.c.brand == brand, _rounds.c.kind.in_(kinds))
    row = tx.connection().execute(latest.order_by(_rounds.c.opened_at.desc(), _rounds.c.id.desc()).limit(1)).first()
    return round_of(row) if row else None


def reopen(tx: Session, round_id: str, *, unknown: bool = False) -> bool:
    """Open a round again that ended partial and has something that may be asked once more; whether it was opened.

    `unknown`: what may have been charged may be asked once more too.
    """
    if not unasked(tx, round_id, failed=True, unknown=unknown):
        return False
    partial = update(_rounds).where(_rounds.c.id == round_id, _rounds.c.state == RoundState.PARTIAL)
    return tx.connection().execute(partial.values(state=RoundState.OPEN, why="", closed_at=None)).rowcount == 1


def round_of(row: Row[Any]) -> Round:
    """Return the round that a row holds."""
    return Round(
        id=row.id,
        brand=row.brand,
        kind=RoundKind(row.kind),
        key=row.key,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        state=RoundState(row.state),
        settings=row.settings,
        why=row.why,
    )


def unasked(
    tx: Session, round_id: str, *, failed: bool = False, unknown: bool = False, share: Share | None = None
) -> list[Probe]:
    """Return the probes of the round, or of a share of it, that no call went out for, as planned.

    `failed` adds those that got no answer and were surely not charged, `unknown` those that may have been.
    """
    wanted = [_attempts.c.id.is_(None), and_(_state_is(AttemptState.MISSED), _attempts.c.miss == MissReason.STOPPED)]
    # Never sent, or the vendor said so: nobody paid for it.
    unpaid = or_(_attempts.c.sent_at.is_(None), _attempts.c.charged.is_(False))
    if failed:
        wanted.append(and_(_state_is(AttemptState.MISSED), unpaid))
    if unknown:
        wanted.append(or_(_state_is(AttemptState.UNKNOWN), and_(_state_is(AttemptState.MISSED), ~unpaid)))
    newest = and_(_attempts.c.probe_id == _probes.c.id, _attempts.c.newest)
    found = (
        select(_probes.c.id, _probes.c.sample, _prompts.c.body, _assistants.c.body)
        .select_from(_probes.join(_prompts).join(_assistants).outerjoin(_attempts, newest))
        .where(_probes.c.round_id == round_id, of_share(share), or_(*wanted))
        .order_by(_probes.c.place)
    )
    return [
        Probe(id=id_, round_id=round_id, prompt=prompt_of(prompt), assistant=assistant_of(assistant), sample=sample)
        for id_, sample, prompt, assistant in tx.connection().execute(found)
    ]


def _state_is(state: AttemptState) -> ColumnElement[bool]:
    return _attempts.c.state == state


def probes_of(tx: Session, round_id: str) -> int:
    """Return how many probes a round has."""
    found = select(func.count()).select_from(_probes).where(_probes.c.round_id == round_id)
    return int(tx.connection().execute(found).scalar_one())


def tally_states(tx: Session, round_id: str) -> dict[AttemptState, int]:
    """Count the round's attempted probes by how their newest attempt stands."""
    found = (
        select(_attempts.c.state, func.count())
        .select_from(_attempts.join(_probes))
        .where(_probes.c.round_id == round_id, _attempts.c.newest)
        .group_by(_attempts.c.state)
    )
    return {AttemptState(state): count for state, count in tx.connection().execute(found)}


def spent(tx: Session, brand: str, start: datetime, end: datetime) -> Decimal:
    """Return the US dollars of the calls asked at or after `start` and before `end`.

    Where the cost is not known (the answer was lost, or the vendor's price is missing) the worst case counts.
    """
    unsettled = _attempts.c.state.in_([AttemptState.RESERVED, AttemptState.SENT])
    worst = case((unsettled, None), else_=_attempts.c.worst)
    total = func.sum(func.coalesce(_attempts.c.cost, worst), type_=_attempts.c.cost.type)
    asked = and_(_attempts.c.asked_at >= start, _attempts.c.asked_at < end)
    found = tx.connection().execute(select(total).where(_attempts.c.brand == brand, asked)).scalar()
    return found if found is not None else Decimal(0)
