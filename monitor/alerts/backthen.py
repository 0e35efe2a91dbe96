"""An alert as it stood at an earlier moment: what came later is not known yet."""

from dataclasses import replace
from datetime import datetime

from monitor.domain.alerts import Alert, AlertState


def has_moved(alert: Alert, since: datetime) -> bool:
    """Whether a round, or a dismissal, did something to the alert from a moment on."""
    return any(at is not None and at >= since for at in (alert.resolved_at, alert.reopened_at, alert.last_notice_at))


def as_of(alert: Alert, told: Alert | None, moment: datetime) -> Alert:
    """Return an alert that was opened before a moment as it stood then.

    `told` is the alert as people were last told of it before that moment. Where nobody was, it keeps the words of its
    latest finding, whose day is its `last_notice_at`.
    """
    then = alert
    if has_moved(alert, moment):
        then = told or _not_over(alert, moment)
    taken, hushed = alert.acknowledged or then.acknowledged, alert.silenced or then.silenced
    return replace(
        then,
        acknowledged=taken if taken and taken.at < moment else None,
        silenced=hushed if hushed and hushed.at < moment else None,
    )


def _not_over(alert: Alert, moment: datetime) -> Alert:
    back = alert.reopened_at if alert.reopened_at and alert.reopened_at < moment else None
    if alert.resolved_at and alert.resolved_at < moment:
        return replace(alert, reopened_at=back)
    return replace(alert, state=AlertState.OPEN, resolved_at=None, cleared=None, why="", reopened_at=back)
