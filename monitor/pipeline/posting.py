"""What every message of a house is written with, and the messages about a round."""

from collections.abc import Sequence
from datetime import datetime

from monitor import calendar
from monitor.alerts import outbox
from monitor.alerts.outbox import Desk
from monitor.domain.alerts import Change, Notice
from monitor.domain.brand import Schedule
from monitor.pipeline.house import House, mail_domain


def post(house: House, changes: Sequence[Change], now: datetime, *, first_round: bool = False) -> list[Notice]:
    """Return the messages about what a round did, to be stored with it."""
    return outbox.notices(changes, house.settings.alerts, desk(house, now), first_round=first_round)


def desk(house: House, now: datetime) -> Desk:
    settings = house.settings
    return Desk(
        brand=settings.brand,
        now=now,
        new_id=house.new_id,
        domain=mail_domain(settings),
        digest_at=_digest_at(house, now),
        topics={prompt.text: prompt.topic for prompt in settings.prompts},
    )


def _digest_at(house: House, now: datetime) -> datetime | None:
    digest = house.settings.alerts.digest if house.settings.alerts else None
    if digest is None:
        return None
    plan = Schedule(cron=digest.cron, timezone=digest.timezone or _zone(house))
    return next(iter(calendar.next_runs(plan, now, 1)), None)


def _zone(house: House) -> str:
    return house.settings.schedule.timezone if house.settings.schedule else "UTC"
