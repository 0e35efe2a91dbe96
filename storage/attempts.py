"""The life of one attempt: reserved, sent, and then answered, refused, missed or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from monitor.domain.answers import Finish
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Outcome
from storage.owner import me
from storage.prepared import Prepared
from storage.rows import add
from storage.spending import Account, move
from storage.tables import AttemptRow, ProbeRow, table

_attempts, _probes = table(AttemptRow), table(ProbeRow)

UNSETTLED = frozenset({AttemptState.RESERVED, AttemptState.SENT})
# An `unknown` one may still be answered: whoever was thought dead was only slow.
_OPEN = UNSETTLED | {AttemptState.UNKNOWN}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an attempt's row stands."""

    id: str
    probe_id: str
    generation: int
    newest: bool
    state: AttemptState
    worst: Decimal | None
    cost: Decimal | None
    miss: str | None
    sent_at: datetime | None
    account: Account

    @property
    def held(self) -> Decimal:
        """What the budget holds for it: the worst case, until a cost is known."""
        return self.worst if self.worst is not None and self.cost is None else Decimal(0)


def newest_of(tx: Session, probe_id: str) -> Standing | None:
    """Return the probe's newest attempt, with the probe locked against others until the transaction ends."""
    if tx.get_bind().dialect.name == "postgresql":
        # A statement of its own: one that waits for a lock has looked at the attempts before it waited.
        _LOCK.run(tx, {"probe": probe_id})
    row = _NEWEST.first(tx, {"probe": probe_id})
    return _standing(row) if row else None


def standing(tx: Session, attempt_id: str) -> Standing | None:
    """Return how an attempt stands, with its row locked against others until the transaction ends."""
    row = _ONE.first(tx, {"attempt": attempt_id})
    return _standing(row) if row else None


_STANDING = select(_attempts, _probes.c.round_id).select_from(_attempts.join(_probes))
# Everybody locks in this order, so that nobody waits in a circle: probe, attempt, month, round.
_LOCK = Prepared(
    lambda _: select(_probes.c.id).where(_probes.c.id == bindparam("probe")).with_for_update(key_share=True)
)
_ONE = Prepared(lambda _: _STANDING.where(_attempts.c.id == bindparam("attempt")).with_for_update(of=_attempts))
_NEWEST = Prepared(
    lambda _: _STANDING.where(_attempts.c.probe_id == bindparam("probe"), _attempts.c.newest).with_for_update(
        of=_attempts
    )
)


def _standing(row: Any) -> Standing:
    return Standing(
        id=row.id,
        probe_id=row.probe_id,
        generation=row.generation,
        newest=row.newest,
        state=AttemptState(row.state),
        worst=row.worst,
        cost=row.cost,
        miss=row.miss,
        sent_at=row.sent_at,
        account=Account(brand=row.brand, month=row.month, round_id=row.round_id),
    )


def write(
    tx: Session, attempt: Attempt, account: Account, state: AttemptState, *, now: datetime, miss: Miss | None = None
) -> None:
    """Write a new attempt as the probe's newest."""
    if attempt.generation > 1:
        tx.connection().execute(_OLDER, {"probe": attempt.probe_id})
    settled = state not in UNSETTLED
    row = {
        "id": attempt.id,
        "probe_id": attempt.probe_id,
        "brand": account.brand,
        "generation": attempt.generation,
        "newest": True,
        "state": state,
        "worst": attempt.reserved,
        "cost": Decimal(0) if settled else None,
        "month": account.month,
        "owner": "" if settled else me(),
        "request_hash": "",
        "request_id": "",
        "asked_at": now,
        "settled_at": now if settled else None,
        "miss": miss.reason if miss else None,
        "detail": miss.detail if miss else "",
        "charged": miss.charged if miss else None,
    }
    add(tx, AttemptRow, [row])


def end(tx: Session, before: Standing, outcome: Outcome, now: datetime, *, new_id: str) -> str:
    """Settle an open attempt, or write a late one beside it; returns the id that the outcome belongs to.

    What was settled once is never overwritten: a late writer's outcome is kept as a row of its own,
    of a later generation, that is nobody's newest.
    """
    changes = _settled(outcome, now)
    if before.state in _OPEN:
        _SETTLED.run(tx, {"attempt": before.id, **changes})
        _account_for(tx, before.account, changes["cost"], held=before.held)
        return before.id
    _write_late(tx, before, changes, now, new_id)
    _account_for(tx, before.account, changes["cost"], held=Decimal(0))
    return new_id


_OLDER = update(_attempts).where(_attempts.c.probe_id == bindparam("probe"), _attempts.c.newest).values(newest=False)
_CHANGED = ("state", "cost", "request_id", "settled_at", "miss", "detail", "charged")
_SETTLED = Prepared(
    lambda _: (
        update(_attempts)
        .where(_attempts.c.id == bindparam("attempt"))
        .values({name: bindparam(name) for name in _CHANGED})
    )
)


def _settled(outcome: Outcome, now: datetime) -> dict[str, Any]:
    reply, miss = outcome.reply, outcome.miss
    free = miss is not None and miss.charged is False
    return {
        "state": state_after(outcome),
        "cost": outcome.cost if outcome.cost is not None else Decimal(0) if free else None,
        "request_id": reply.request_id if reply else "",
        "settled_at": now,
        "miss": miss.reason if miss else None,
        "detail": miss.detail if miss else "",
        "charged": miss.charged if miss else True,
    }


def state_after(outcome: Outcome) -> AttemptState:
    """Return the state that an outcome ends in."""
    if outcome.reply is not None:
        refused = outcome.reply.finish in {Finish.REFUSED, Finish.FILTERED}
        return AttemptState.REFUSED if refused else AttemptState.ANSWERED
    # Lost on the way, after it may have been charged: nobody knows what the assistant said.
    lost = outcome.miss is not None and outcome.miss.reason in {MissReason.TIMEOUT, MissReason.DROPPED}
    unsure = outcome.miss is not None and outcome.miss.charged is None
    return AttemptState.UNKNOWN if lost and unsure else AttemptState.MISSED


def _account_for(tx: Session, account: Account, cost: Decimal | None, *, held: Decimal) -> None:
    """Turn what was held into what was spent; where the cost is not known the worst case stays held."""
    if cost is not None:
        move(tx, account, held=-held, spent=cost)


def _write_late(tx: Session, before: Standing, changes: Mapping[str, Any], now: datetime, new_id: str) -> None:
    last = select(func.max(_attempts.c.generation)).where(_attempts.c.probe_id == before.probe_id)
    row = {
        "id": new_id,
        "probe_id": before.probe_id,
        "brand": before.account.brand,
        "generation": tx.connection().execute(last).scalar_one() + 1,
        "newest": False,
        "worst": None,
        "month": before.account.month,
        "owner": "",
        "request_hash": "",
        "asked_at": before.sent_at or now,
        "sent_at": before.sent_at,
        **changes,
    }
    add(tx, AttemptRow, [row])


def release(tx: Session, before: Standing, now: datetime) -> None:
    """Give a reservation back whose call never went out: the probe may be asked as if for the first time."""
    end(tx, before, Outcome(miss=NEVER_SENT), now, new_id="")


NEVER_SENT = Miss(reason=MissReason.STOPPED, detail="The program ended before this call went out.")


def lose(tx: Session, before: Standing, now: datetime) -> None:
    """Mark a call whose process ended: it may have been charged, and what came back is not known."""
    changes = {
        "state": AttemptState.UNKNOWN,
        "settled_at": now,
        "detail": "The program ended while this call was out; it may have been charged.",
    }
    tx.connection().execute(update(_attempts).where(_attempts.c.id == before.id).values(**changes))


def mark_sent(tx: Session, attempt: Attempt, request_hash: str, now: datetime) -> bool:
    """Mark that the call goes out; False where the reservation is no longer its own."""
    sent = {"attempt": attempt.id, "hash": request_hash, "now": now}
    return bool(_SENT.run(tx, sent).rowcount == 1)


_SENT = Prepared(
    lambda _: (
        update(_attempts)
        .where(_attempts.c.id == bindparam("attempt"), _attempts.c.state == AttemptState.RESERVED, _attempts.c.newest)
        .values(
            state=AttemptState.SENT,
            request_hash=bindparam("hash"),
            sent_at=bindparam("now", type_=_attempts.c.sent_at.type),
            asked_at=bindparam("now", type_=_attempts.c.sent_at.type),
        )
    )
)


def unsettled(tx: Session) -> list[tuple[Standing, str, datetime]]:
    """Return the attempts that are reserved or sent, with who holds them and since when."""
    found = _STANDING.where(_attempts.c.state.in_(UNSETTLED))
    return [
        (_standing(row), row.owner, row.asked_at)
        for row in tx.connection().execute(found.with_for_update(of=_attempts, skip_locked=True))
    ]
