"""Alerts: which stand, and what a round does to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy import Row as Found
from sqlmodel import Session

from monitor.domain.alerts import (
    Acknowledged,
    Alert,
    AlertState,
    Change,
    Cleared,
    Notice,
    Signal,
    Silenced,
    Told,
)
from storage import outbox
from storage.bodies import Body
from storage.rows import put
from storage.tables import AlertRow, table

_alerts = table(AlertRow)

_SIGNAL: Body[Signal] = Body(Signal)


def open_alerts(tx: Session, brand: str) -> list[Alert]:
    """Return the alerts that stand, oldest first."""
    return _where(tx, _alerts.c.brand == brand, _alerts.c.state == AlertState.OPEN)


def alerts(tx: Session, brand: str, start: datetime, end: datetime, *, lock: bool = False) -> list[Alert]:
    """Return the alerts that stood at some time from `start` on and before `end`, oldest first.

    `lock` keeps others from changing them until the transaction ends.
    """
    stood = or_(_alerts.c.resolved_at.is_(None), _alerts.c.resolved_at >= start)
    return _where(tx, _alerts.c.brand == brand, _alerts.c.opened_at < end, stood, lock=lock)


def _where(tx: Session, *wanted: ColumnElement[bool], lock: bool = False) -> list[Alert]:
    found = select(_alerts).where(*wanted).order_by(_alerts.c.opened_at, _alerts.c.id)
    if lock:
        found = found.with_for_update()
    return [_alert(row) for row in tx.connection().execute(found)]


def one(tx: Session, brand: str, alert_id: str) -> Alert | None:
    """Return the alert with this id; None where there is none."""
    return next(iter(_where(tx, _alerts.c.brand == brand, _alerts.c.id == alert_id)), None)


def find(tx: Session, brand: str, some_id: str) -> list[Alert]:
    """Return the alerts whose id begins so, oldest first, locked against others until the transaction ends."""
    begins = _alerts.c.id.startswith(some_id, autoescape=True)
    return _where(tx, _alerts.c.brand == brand, begins, lock=True) if some_id else []


def keep(tx: Session, found: Iterable[Alert]) -> None:
    """Write alerts as they stand now, without a word to anybody."""
    for alert in found:
        _put(tx, alert)


def apply(tx: Session, changes: Sequence[Change], notices: Sequence[Notice], now: datetime) -> None:
    """Write what a round did to the alerts, and the messages about it, together or not at all.

    A notice whose id or Message-ID is there already is not written again. An alert that a notice speaks of
    has `now` as the time of its last notice.
    """
    told = {change.alert.id for notice in notices for change in notice.changes}
    for change in changes:
        alert = change.alert
        _put(tx, replace(alert, last_notice_at=now) if alert.id in told else alert)
    outbox.post(tx, notices)


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
        "why": alert.why,
        "reopened_at": alert.reopened_at,
        "silenced_until": alert.silenced.until if alert.silenced else None,
        "life": _LIFE.text(_life(alert)),
    }
    changed = tuple(name for name in row if name not in {"id", "brand", "key", "rule", "opened_at"})
    put(tx, AlertRow, [row], key=("id",), change=changed)


@dataclass(frozen=True, kw_only=True)
class _Life:
    acknowledged: Acknowledged | None = None
    silenced: Silenced | None = None
    told: Told = field(default_factory=Told)
    cleared: Cleared | None = None


_LIFE: Body[_Life] = Body(_Life)


def _life(alert: Alert) -> _Life:
    return _Life(acknowledged=alert.acknowledged, silenced=alert.silenced, told=alert.told, cleared=alert.cleared)


def _alert(row: Found[Any]) -> Alert:
    life = _LIFE.value(row.life)
    return Alert(
        id=row.id,
        brand=row.brand,
        key=row.key,
        state=AlertState(row.state),
        opened_at=row.opened_at,
        resolved_at=row.resolved_at,
        last_notice_at=row.last_notice_at,
        signal=_SIGNAL.value(row.signal),
        why=row.why,
        reopened_at=row.reopened_at,
        acknowledged=life.acknowledged,
        silenced=life.silenced,
        told=life.told,
        cleared=life.cleared,
    )
