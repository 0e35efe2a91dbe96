"""When rounds were due: by the schedule that counted at the time, not by the one that counts now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from monitor import calendar
from monitor.domain.brand import Schedule, SettingsVersion
from monitor.pipeline import House
from monitor.service import versions_told
from storage import brands


def due(house: House, first: datetime, last: datetime) -> list[calendar.Slot]:
    """Return the slots of these moments since the brand is known and until now, the earliest first."""
    with house.store.snapshot() as tx:
        known = brands.versions(tx, house.settings.brand)
    until = min(last, house.clock())
    found: list[calendar.Slot] = []
    for schedule, begins, ends in _in_force(house, known, first, until):
        after, end = max(first, begins), min(until, ends)
        if schedule and after < end:
            found += calendar.slots(schedule, after, end)
    return found


def _in_force(
    house: House, known: Sequence[SettingsVersion], first: datetime, until: datetime
) -> Iterator[tuple[Schedule | None, datetime, datetime]]:
    """Yield each schedule that counted after `first`, from when until when."""
    now = house.settings.schedule
    for version, later in pairwise(known):
        if later.first_used > first:
            read = versions_told.settings(version.source)
            yield read.schedule if read else now, version.first_used, later.first_used
    if known:
        yield now, known[-1].first_used, until
