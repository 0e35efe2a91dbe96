"""The outbox as a person sees it: what waits, what is held back, what was given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts.undelivered import named, sentences
from monitor.domain.alerts import Notice
from monitor.pipeline import House
from reports import words, zoned
from storage import outbox

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Box:
    held: tuple[str, ...]  # one sentence for each message that waits for its time
    failed: tuple[str, ...]  # one sentence for each recipient that something did not reach


def box(house: House) -> Box:
    """Return what waits, and what was given up in the last 30 days."""
    now = house.clock()
    with house.store.snapshot() as tx:
        found = outbox.undelivered(tx, house.settings.brand, since=now - LOOK_BACK)
    return Box(held=tuple(_held(found, now, house.settings.zone)), failed=tuple(sentences(found, now, house.zone)))


def _held(notices: Sequence[Notice], now: datetime, zone: str) -> list[str]:
    due = [(notice, notice.held_until) for notice in notices if notice.held_until and notice.held_until > now]
    return [
        f"{len(notice.changes)} finding{'' if len(notice.changes) == 1 else 's'} for {named(notice.recipient)} "
        f"until {words.moment(zoned.at(until, zone))}: {notice.why}"
        for notice, until in due
    ]
