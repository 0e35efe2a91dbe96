"""Who must not be asked now, and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, or_, select, update
from sqlmodel import Session

from monitor.domain.ledger import CLOCKS_APART, LONGEST_PAUSE, Pause
from monitor.domain.rounds import MissReason
from storage.prepared import Prepared
from storage.rows import add_one
from storage.tables import PauseRow, table

_pauses = table(PauseRow)


def pause(tx: Session, account: str, until: datetime, why: str, *, reason: MissReason, now: datetime) -> None:
    """Nobody asks this account before `until`; of two pauses for one reason the longer one counts."""
    row = {"account": account, "until": until, "why": why, "reason": reason, "since": now, "trials": 1}
    if add_one(tx, PauseRow, row):
        return
    known = _pauses.c.account == account
    ahead = _pauses.c.since > now + CLOCKS_APART  # by a clock that has been set back since
    shorter = or_(_pauses.c.until < until, _pauses.c.until > now + LONGEST_PAUSE + CLOCKS_APART, ahead)
    same = update(_pauses).where(known, _pauses.c.reason == reason, shorter)
    since = case((ahead, now), else_=_pauses.c.since)
    tx.connection().execute(same.values(until=until, why=why, since=since, trials=_pauses.c.trials + 1))
    # What a person must mend says more than what time mends.
    lasting = reason in _LASTING
    other = update(_pauses).where(known, _pauses.c.reason != reason)
    other = other if lasting else other.where(_pauses.c.reason.not_in(_LASTING), shorter)
    tx.connection().execute(other.values(until=until, why=why, reason=reason, since=now, trials=1))


_LASTING = (MissReason.KEY_REFUSED, MissReason.QUOTA, MissReason.MODEL_GONE)


def end(tx: Session, account: str) -> None:
    """A call succeeded: nothing keeps the account from being asked."""
    tx.connection().execute(delete(_pauses).where(_pauses.c.account == account))


def of_account(tx: Session, account: str) -> Pause | None:
    """Return the account's pause, even if it has passed."""
    if _ANY.run(tx, {"who": account}).fetchone() is None:
        return None
    row = tx.connection().execute(select(_pauses).where(_pauses.c.account == account)).first()
    return _pause(row) if row else None


_ANY = Prepared(lambda _: select(_pauses.c.account).where(_pauses.c.account == bindparam("who")))


def standing(tx: Session, now: datetime) -> list[Pause]:
    """Return the pauses that have not passed, and those that wait for a person, the oldest first."""
    rows = tx.connection().execute(select(_pauses).order_by(_pauses.c.since, _pauses.c.account))
    found = [_pause(row) for row in rows]
    return [each for each in found if each.needs_help or each.holds(now)]


def _pause(row: Row[Any]) -> Pause:
    return Pause(
        account=row.account,
        until=row.until,
        why=row.why,
        reason=MissReason(row.reason),
        since=row.since,
        trials=row.trials,
    )
