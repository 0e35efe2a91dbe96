"""A schedule to slots: local calendar times that are due. Pure; time is an argument, aware, in any zone.

A slot is its local time, "2026-11-22T06:00", and happens once whatever the clocks do: in the hour that spring leaves
out it moves to the first minute that exists, of the hour that autumn repeats it takes the first, and a clock that was
set back meets keys that are known already. Cron lines mean what they mean to Debian's cron.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from monitor.domain.brand import CatchUp, Schedule

GRACE = timedelta(minutes=10)  # what `catch_up: skip` still calls on time
MOST_CAUGHT_UP = 50  # slots that `catch_up: all` runs at once
MOST_LOOKED_AT = 2_000  # slots behind us that are looked at, at all
MONTHS = 12
_MINUTE = timedelta(minutes=1)
_FIELDS = 5
_LONGEST = 200
_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 6 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 6 * * MON",
    "@monthly": "0 6 1 * *",
    "@yearly": "0 6 1 1 *",
    "@annually": "0 6 1 1 *",
}


@dataclass(frozen=True, kw_only=True, order=True)
class Slot:
    at: datetime  # UTC
    key: str  # local: "2026-11-22T06:00"


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Slots in a row, of which only the ends are named."""

    first: str  # keys
    last: str
    count: int


def slots(schedule: Schedule, after: datetime, until: datetime) -> list[Slot]:
    """Return the slots with after < at <= until, in order; keys and instants are unique."""
    return list(takewhile(lambda slot: slot.at <= until, _ahead(schedule, after)))


def next_runs(schedule: Schedule, now: datetime, count: int) -> list[datetime]:
    """Return the next instants in the schedule's zone; fewer where the calendar ends."""
    zone = ZoneInfo(schedule.timezone)
    return [slot.at.astimezone(zone) for slot in islice(_ahead(schedule, now), count)]


def due(
    schedule: Schedule,
    now: datetime,
    *,
    known: Collection[str] = (),
    oldest: timedelta = timedelta(days=7),
    since: datetime | None = None,
) -> tuple[list[Slot], list[Slot]]:
    """Return the slots to run now and those that the catch-up policy leaves out, both oldest first.

    `known` are the keys that ran or were left out before; nothing at or before `now - oldest` or `since` is due.
    """
    passed = _passed(schedule, now, after=max(now - oldest, since or now - oldest))
    chosen = {slot.key for slot in passed if _runs(schedule.catch_up, slot, passed, now)}
    open_slots = [slot for slot in reversed(passed) if slot.key not in known]
    run = [slot for slot in open_slots if slot.key in chosen]
    return run, [slot for slot in open_slots if slot.key not in chosen]


def _passed(schedule: Schedule, now: datetime, *, after: datetime) -> list[Slot]:
    """Return the slots behind us that are looked at one by one, newest first."""
    return list(takewhile(lambda slot: slot.at > after, islice(_behind(schedule, now), MOST_LOOKED_AT)))


def too_old(schedule: Schedule, now: datetime, *, oldest: timedelta, after: datetime) -> Stretch | None:
    """Return the slots later than `after` that `due` does not look at, being too old or too many; None without any."""
    if now - after < MOST_LOOKED_AT * _MINUTE:  # a slot a minute would still be looked at
        return None
    passed = _passed(schedule, now, after=now - oldest)
    until = passed[-1].at - _MINUTE if len(passed) == MOST_LOOKED_AT else now - oldest
    first = next(_ahead(schedule, after), None)
    if first is None or first.at > until:
        return None
    return Stretch(first=first.key, last=next(_behind(schedule, until)).key, count=_count(schedule, after, until))


def _count(schedule: Schedule, after: datetime, until: datetime) -> int:
    """Count the slots with after < at <= until, whole days by what the cron line names."""
    zone = ZoneInfo(schedule.timezone)
    begins, ends = after.astimezone(zone).date() + timedelta(days=1), until.astimezone(zone).date()
    if begins > ends:
        return len(slots(schedule, after, until))
    first, last = (_instant(datetime.combine(day, time()), zone) - timedelta(microseconds=1) for day in (begins, ends))
    whole = rounds_due(schedule, begins, ends - timedelta(days=1)) if ends > begins else 0
    return len(slots(schedule, after, first)) + whole + len(slots(schedule, last, until))


def goes_on(schedule: Schedule, key: str, now: datetime, *, idle: timedelta, oldest: timedelta) -> bool:
    """Whether the rest of a slot's round, which nobody has asked on for as long as `idle`, is still asked.

    It is as long as no newer slot has come; `skip` waits for it no longer than for a round that is late, `all` asks
    it even then.
    """
    later = sum(slot.key > key for slot in _passed(schedule, now, after=now - oldest))
    if schedule.catch_up is CatchUp.ALL:
        return later < MOST_CAUGHT_UP and idle < oldest
    return not later and (schedule.catch_up is CatchUp.LATEST or idle <= GRACE)


def _runs(policy: CatchUp, slot: Slot, passed: list[Slot], now: datetime) -> bool:
    """Whether a passed slot still runs; `passed` is newest first."""
    if policy is CatchUp.ALL:
        return slot in passed[:MOST_CAUGHT_UP]
    return slot == passed[0] and (policy is CatchUp.LATEST or slot.at > now - GRACE)


def rounds_due(schedule: Schedule, start: date, end: date) -> int:
    """Count the slots of the local days from start to end, both included."""
    cron, zone = CronSim(schedule.cron, datetime.combine(start, time())), ZoneInfo(schedule.timezone)
    days = (start + timedelta(days=ahead) for ahead in range((end - start).days + 1))
    fitting = (day for day in days if day.month in cron.months and cron.match_day(day))
    return sum(_within(day, cron, zone) for day in fitting)


def _within(day: date, cron: CronSim, zone: ZoneInfo) -> int:
    """Count the slots of a local day that the cron line names; some fall together where the clocks go forward."""
    midnight = datetime.combine(day, time())
    if _instant(midnight + timedelta(days=1), zone) - _instant(midnight, zone) >= timedelta(days=1):
        return len(cron.hours) * len(cron.minutes)
    times = (datetime.combine(day, time(hour, minute)) for hour in cron.hours for minute in cron.minutes)
    tomorrow = _instant(midnight + timedelta(days=1), zone)
    return len({at for local in times if (at := _instant(local, zone)) < tomorrow})


def rounds_a_month(schedule: Schedule, now: datetime) -> int:
    """Return the rounds of the fullest of the next twelve calendar months, this one included."""
    first = now.astimezone(ZoneInfo(schedule.timezone)).date().replace(day=1)
    counts = []
    for _ in range(MONTHS):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        counts.append(rounds_due(schedule, first, last))
        first = last + timedelta(days=1)
    return max(counts)


def month_so_far(schedule: Schedule, now: datetime) -> tuple[int, int]:
    """Return how many slots of this calendar month have come, this moment's included, and how many it has in all."""
    zone = ZoneInfo(schedule.timezone)
    today = now.astimezone(zone).date()
    first = today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    earlier = rounds_due(schedule, first, today - timedelta(days=1)) if today > first else 0
    midnight = _instant(datetime.combine(today, time()), zone) - timedelta(microseconds=1)
    return earlier + len(slots(schedule, midnight, now)), rounds_due(schedule, first, last)


def month_start(now: datetime, zone: str) -> datetime:
    """Return the first instant of the month, as the zone counts it, in UTC."""
    local = now.astimezone(ZoneInfo(zone))
    return _instant(datetime.combine(local.date().replace(day=1), time()), ZoneInfo(zone))


def last_period(period: str, day: date) -> tuple[date, date]:
    """Return first and last day of the last whole day, week (Monday to Sunday), month or quarter before a day.

    >>> [str(day) for day in last_period("week", date(2027, 1, 4))]
    ['2026-12-28', '2027-01-03']
    """
    if period == "day":
        return day - timedelta(days=1), day - timedelta(days=1)
    if period == "week":
        monday = day - timedelta(days=day.weekday() + 7)
        return monday, monday + timedelta(days=6)
    months = 3 if period == "quarter" else 1
    begins = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    last = begins - timedelta(days=1)
    return last.replace(day=1, month=(last.month - 1) // months * months + 1), last


def check_cron(cron: str, zone: str) -> str:
    """Return "" where both are good, else what is wrong and, after "; ", what to do.

    >>> check_cron("0 6 30 2 *", "UTC")
    'the cron line "0 6 30 2 *" never comes: there is no such day; write a day that exists in those months'
    """
    return _wrong_cron(" ".join(cron.split())) or _wrong_zone(zone)


def _wrong_cron(cron: str) -> str:
    if cron.lower() in _NICKNAMES:
        return f'{cron} is not written out; write "{_NICKNAMES[cron.lower()]}"'
    said = f'the cron line "{cron[:60]}"'
    if len(cron.split()) != _FIELDS or len(cron) > _LONGEST:
        return f'{said} does not have five fields; write minute hour day month weekday, such as "0 6 * * *"'
    try:
        next(CronSim(cron, datetime(2000, 1, 1)))  # noqa: DTZ001 -- local calendar time: the zone does not matter here
    except StopIteration:
        return f"{said} never comes: there is no such day; write a day that exists in those months"
    except (CronSimError, ValueError) as error:
        return _wrong_field(said, cron, str(error))
    return ""


def _wrong_field(said: str, cron: str, error: str) -> str:
    field = error.removeprefix("Bad ")
    if field == "day-of-month" and _each_field_reads(cron):
        return f"{said} never comes: there is no such day; write a day that exists in those months"
    return f'{said} has a wrong {field} field; write minute hour day month weekday, such as "0 6 * * MON-FRI"'


def _each_field_reads(cron: str) -> bool:
    """Whether the day of the month is fine by itself: then it is the month that has no such day."""
    minute, hour, day, _, weekday = cron.split()
    with suppress(CronSimError, ValueError):
        CronSim(f"{minute} {hour} {day} * {weekday}", datetime(2000, 1, 1))  # noqa: DTZ001 -- as above
        return True
    return False


def _wrong_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        names = {name.lower(): name for name in available_timezones()}
        places = {name.rpartition("/")[2]: name for name in names}
        written = zone[:60].lower().replace(" ", "_")
        close = get_close_matches(written, [*names, *places], n=1, cutoff=0.6)
        name = names[places.get(close[0], close[0])] if close else ""
        remedy = f"did you mean {name}?" if name else "write one such as Europe/Stockholm"
        return f"there is no time zone {zone[:60]!r}; {remedy}"
    return ""


def _ahead(schedule: Schedule, after: datetime) -> Iterator[Slot]:
    """Yield the slots later than an instant, earliest first."""
    zone = ZoneInfo(schedule.timezone)
    local = after.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    last = after
    for slot in _apart(CronSim(schedule.cron, local - _MINUTE), zone):
        if slot.at > last:
            last = slot.at
            yield slot


def _behind(schedule: Schedule, now: datetime) -> Iterator[Slot]:
    """Yield the slots up to an instant, latest first."""
    zone = ZoneInfo(schedule.timezone)
    here = now.astimezone(zone)
    # in the second pass of a repeated hour the local time has gone back behind slots that happened in the first
    repeated = (here.replace(fold=0).utcoffset() or timedelta()) - (here.utcoffset() or timedelta())
    local = here.replace(tzinfo=None, second=0, microsecond=0) + repeated + _MINUTE
    for slot in _apart(CronSim(schedule.cron, local, reverse=True), zone):
        if slot.at <= now:
            yield slot


def _apart(times: Iterator[datetime], zone: ZoneInfo) -> Iterator[Slot]:
    """Yield one slot per instant: of the times that fall into one gap, and its end, the latest gives its name."""
    held: Slot | None = None
    for local in _until_the_end(times):
        slot = Slot(at=_instant(local, zone), key=local.isoformat(timespec="minutes"))
        if held is not None and held.at != slot.at:
            yield held
            held = None
        held = slot if held is None else max(held, slot)
    if held is not None:
        yield held


def _until_the_end(times: Iterator[datetime]) -> Iterator[datetime]:
    """Yield until the calendar itself ends, in the year 9999."""
    with suppress(OverflowError, ValueError):
        yield from times


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return when a local time happens first, in UTC; one that spring leaves out happens when the gap ends."""
    while not _exists(local, zone):
        local += _MINUTE
    return local.replace(tzinfo=zone).astimezone(UTC)


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
