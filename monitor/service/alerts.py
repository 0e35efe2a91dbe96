"""What persons do about alerts: acknowledge, silence, and take both back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from monitor.alerts import marking
from monitor.domain import days
from monitor.domain.alerts import Acknowledged, Alert, AlertState, Signal, Silenced
from monitor.domain.brand import Severity
from monitor.domain.errors import Mistake
from monitor.pipeline import BEGINNING, House, catch_up
from monitor.pipeline.posting import course_of
from storage import alerts, reviews

_ORDER = tuple(Severity)  # the gravest first
SHORT = 8  # characters of an id that are shown; any beginning that is one alert's alone will do


def listed(house: House, *, resolved: bool = False) -> list[Alert]:
    """Return the alerts that stand, the gravest first, then the newest; `resolved` adds those that do not any more."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        found = alerts.alerts(tx, brand, BEGINNING, house.clock()) if resolved else alerts.open_alerts(tx, brand)
    newest = sorted(house.mask.all(found), key=lambda alert: alert.since, reverse=True)
    return sorted(newest, key=lambda alert: (alert.state is not AlertState.OPEN, _ORDER.index(alert.signal.severity)))


def one(house: House, alert_id: str) -> Alert | None:
    """Return one alert, with what persons said of all that it quotes; None where none has this id."""
    with house.store.snapshot() as tx:
        found = alerts.one(tx, house.settings.brand, alert_id)
        said = reviews.words(tx, house.settings.brand)
    return house.mask.all(marking.alert(found, said)) if found else None


def course(house: House, alert: Alert) -> Signal:
    """Return an alert's finding with the course of its measure up to the day it was resolved; nothing to draw else."""
    series, until = alert.signal.series, house.day(alert.resolved_at or house.clock())
    if series is None:
        return alert.signal
    catch_up(house)
    with house.store.snapshot() as tx:
        return replace(alert.signal, course=course_of(house, tx, series, until))


def acknowledge(house: House, name: str, *, by: str, note: str = "") -> Alert:
    """Say that somebody takes care of an alert: no reminders, and it is told when it gets worse.

    `name` is its id or the beginning of it; Mistake where it is no open alert's, or several'.
    """
    told = Acknowledged(by=by, note=note, at=house.clock())
    return _changed(house, name, lambda alert: replace(alert, acknowledged=told))


def unacknowledge(house: House, name: str) -> Alert:
    """Take an acknowledgement back."""
    return _changed(house, name, lambda alert: replace(alert, acknowledged=None))


def silence(house: House, name: str, *, until: date, by: str, note: str = "") -> Alert:
    """Send nothing about an alert before a day of the brand begins."""
    now = house.clock()
    begins = days.beginning(until, house.zone)
    if begins <= now:
        raise Mistake(f"{until} has begun already; name a later day.")
    told = Silenced(until=begins, by=by, note=note, at=now)
    return _changed(house, name, lambda alert: replace(alert, silenced=told))


def unsilence(house: House, name: str) -> Alert:
    """End a silence; what is due is sent after the next round."""
    return _changed(house, name, lambda alert: replace(alert, silenced=None))


def _changed(house: House, name: str, change: Callable[[Alert], Alert]) -> Alert:
    with house.store.transaction() as tx:
        changed = change(_only(house.settings.brand, name, alerts.find(tx, house.settings.brand, name.strip().lower())))
        alerts.keep(tx, [changed])
    return changed


def _only(brand: str, name: str, found: list[Alert]) -> Alert:
    if not found:
        raise Mistake(f"{name}: no alert of {brand} has this id; `likeness alerts` lists those that are open.")
    if len(found) > 1:
        raise Mistake(f"{name}: {len(found)} alerts begin so; write more of the id.")
    if found[0].state is not AlertState.OPEN:
        raise Mistake(f"{name}: this alert is resolved; there is nothing to do about it.")
    return found[0]
