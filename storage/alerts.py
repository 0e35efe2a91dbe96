"""Alerts, and the outbox of notices about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from monitor.domain.alerts import Alert, AlertState, Change, Notice, NoticeReason, NoticeState, Signal
from storage.bodies import Body
from storage.rows import Row, add_new, put
from storage.tables import AlertRow, NoticeRow

_SIGNAL: Body[Signal] = Body(Signal)
_CHANGES: Body[tuple[Change, ...]] = Body(tuple[Change, ...])

# A lost answer of the mail server is followed by one more try, with the same Message-ID.
_UNKNOWNS = 2


def open_alerts(tx: Session, brand: str) -> list[Alert]:
    """Return the alerts that stand, oldest first."""
    found = select(AlertRow).where(AlertRow.brand == brand, AlertRow.state == AlertState.OPEN)
    return [_alert(row) for row in tx.exec(found.order_by(col(AlertRow.opened_at), col(AlertRow.id)))]


def alerts(tx: Session, brand: str, start: datetime, end: datetime) -> list[Alert]:
    """Return the alerts that stood at some time from `start` on and before `end`, oldest first."""
    stood = and_(
        col(AlertRow.opened_at) < end, or_(col(AlertRow.resolved_at).is_(None), col(AlertRow.resolved_at) >= start)
    )
    found = select(AlertRow).where(AlertRow.brand == brand, stood)
    return [_alert(row) for row in tx.exec(found.order_by(col(AlertRow.opened_at), col(AlertRow.id)))]


def apply(tx: Session, changes: Sequence[Change], notices: Sequence[Notice], now: datetime) -> None:
    """Write what a round did to the alerts, and the messages about it, together or not at all.

    A notice whose id or Message-ID is there already is not written again. An alert that a notice speaks of
    has `now` as the time of its last notice.
    """
    told = {change.alert.id for notice in notices for change in notice.changes}
    for change in changes:
        alert = change.alert
        _put(tx, replace(alert, last_notice_at=now) if alert.id in told else alert)
    add_new(tx, NoticeRow, [_notice_row(notice) for notice in notices])


def _put(tx: Session, alert: Alert) -> None:
    row = {
        "id": alert.id,
        "brand": alert.brand,
        "key": alert.key,
        "state": alert.state,
        "rule": alert.signal.rule,
        "severity": alert.signal.severity,
        "opened_at": alert.opened_at,
        "resolved_at": alert.resolved_at,
        "last_notice_at": alert.last_notice_at,
        "signal": _SIGNAL.text(alert.signal),
    }
    put(tx, AlertRow, [row], key=("id",), change=("state", "severity", "resolved_at", "last_notice_at", "signal"))


def _notice_row(notice: Notice) -> Row:
    return {
        "id": notice.id,
        "brand": notice.brand,
        "recipient": notice.recipient,
        "reason": notice.reason,
        "message_id": notice.message_id,
        "body": _CHANGES.text(notice.changes),
        "created_at": notice.created_at,
        "state": notice.state,
        "attempts": notice.attempts,
        "unknowns": 0,
        "next_try": notice.next_try,
        "detail": "",
    }


def waiting(tx: Session, now: datetime, *, lease: timedelta | None = None) -> list[Notice]:
    """Return the notices that are due, oldest first.

    With a `lease` nobody else is given them before it ends: if this process dies, they come back by themselves.
    """
    found = select(NoticeRow).where(_due(now)).order_by(col(NoticeRow.created_at), col(NoticeRow.id))
    rows = tx.exec(found.with_for_update(skip_locked=True) if lease else found).all()
    notices = [_notice(row) for row in rows]
    for row in rows if lease else ():
        row.next_try = now + lease if lease else None
    return notices


def _due(now: datetime) -> ColumnElement[bool]:
    again = and_(col(NoticeRow.state) == NoticeState.UNKNOWN, col(NoticeRow.unknowns) < _UNKNOWNS)
    due = or_(col(NoticeRow.next_try).is_(None), col(NoticeRow.next_try) <= now)
    return and_(or_(col(NoticeRow.state) == NoticeState.WAITING, again), due)


def settle_notice(
    tx: Session, notice_id: str, state: NoticeState, *, next_try: datetime | None, detail: str, now: datetime
) -> None:
    """Say what became of one try to deliver a notice."""
    row = tx.get(NoticeRow, notice_id)
    if row is None:
        return
    row.state, row.next_try, row.detail, row.settled_at = state, next_try, detail, now
    row.attempts += 1
    row.unknowns += state is NoticeState.UNKNOWN


def undelivered(tx: Session, brand: str | None = None) -> list[Notice]:
    """Return the notices that still wait for delivery, due or not, oldest first."""
    found = select(NoticeRow).where(NoticeRow.state == NoticeState.WAITING)
    if brand is not None:
        found = found.where(NoticeRow.brand == brand)
    return [_notice(row) for row in tx.exec(found.order_by(col(NoticeRow.created_at), col(NoticeRow.id)))]


def _alert(row: AlertRow) -> Alert:
    return Alert(
        id=row.id,
        brand=row.brand,
        key=row.key,
        state=AlertState(row.state),
        opened_at=row.opened_at,
        resolved_at=row.resolved_at,
        last_notice_at=row.last_notice_at,
        signal=_SIGNAL.value(row.signal),
    )


def _notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        brand=row.brand,
        recipient=row.recipient,
        reason=NoticeReason(row.reason),
        changes=_CHANGES.value(row.body),
        created_at=row.created_at,
        message_id=row.message_id,
        state=NoticeState(row.state),
        attempts=row.attempts,
        next_try=row.next_try,
    )
