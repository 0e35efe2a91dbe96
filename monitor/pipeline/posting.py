"""What every message of a house is written with, and the messages about a round."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor import calendar
from monitor.alerts import outbox
from monitor.alerts.outbox import Desk
from monitor.domain.alerts import Change, CourseDay, Notice
from monitor.domain.brand import Schedule
from monitor.domain.measures import Series
from monitor.drift.course import course, drawable, is_kept, made_of
from monitor.pipeline import leaving
from monitor.pipeline.house import House, mail_domain
from storage import courses, mailing, tallies
from storage.store import Transaction

COURSE = timedelta(days=42)  # what a picture in a mail shows


def post(
    house: House, tx: Transaction, changes: Sequence[Change], now: datetime, *, first_round: bool = False
) -> list[Notice]:
    """Return the messages about what a round did, to be stored with it in the same transaction."""
    told = [_drawn(house, tx, change, house.day(now)) for change in changes]
    left = mailing.left(tx, house.settings.brand, leaving.DIGESTS)
    return outbox.notices(told, house.settings.alerts, desk(house, now, left=left), first_round=first_round)


def _drawn(house: House, tx: Transaction, change: Change, today: date) -> Change:
    """Return the change of a finding about a measure with the measure's course, for the picture in the mail."""
    alert = change.alert
    if alert.signal.series is None:
        return change
    found = course_of(house, tx, alert.signal.series, today)
    return replace(change, alert=replace(alert, signal=replace(alert.signal, course=found)))


def course_of(house: House, tx: Transaction, series: Series, today: date) -> tuple[CourseDay, ...]:
    """Return the course of a measure over the last weeks."""
    begins, brand = today - COURSE, house.settings.brand
    if is_kept(series) and not courses.missing(tx, brand, begins, today):
        return drawable(courses.load(tx, brand, series, begins, today))
    counted = [
        tally
        for measure, subject in made_of(series)
        for tally in tallies.load(tx, brand, begins, today, measure=measure, subject=subject)
    ]
    return course(series, counted, brand)


def desk(house: House, now: datetime, *, left: frozenset[str] = frozenset()) -> Desk:
    settings = house.settings
    return Desk(
        brand=settings.brand,
        now=now,
        new_id=house.new_id,
        domain=mail_domain(settings),
        digest_at=_digest_at(house, now),
        left=left,
        topics={prompt.text: prompt.topic for prompt in settings.prompts},
    )


def _digest_at(house: House, now: datetime) -> datetime | None:
    digest = house.settings.alerts.digest if house.settings.alerts else None
    if digest is None:
        return None
    plan = Schedule(cron=digest.cron, timezone=digest.timezone or house.settings.zone)
    return next(iter(calendar.next_runs(plan, now, 1)), None)
