"""Days as a brand counts them: an answer belongs to the day that the clocks of the brand's zone show."""

from bisect import bisect_left
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)
_NOON = time(12)


def day(moment: datetime, zone: str) -> date:
    """Return the day of a moment in a zone.

    >>> day(datetime(2026, 10, 25, 22, 30, tzinfo=UTC), "Europe/Vienna")
    datetime.date(2026, 10, 25)
    >>> day(datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "Europe/Vienna")
    datetime.date(2026, 10, 26)
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def beginning(of: date, zone: str) -> datetime:
    """Return the first moment of a day in a zone, in UTC; where the clocks skip midnight, the one after the gap.

    >>> beginning(date(2026, 10, 25), "Europe/Vienna")
    datetime.datetime(2026, 10, 24, 22, 0, tzinfo=datetime.timezone.utc)
    """
    if of.year in {MINYEAR, MAXYEAR}:  # next to them there is no other moment
        return datetime.combine(of, time(), tzinfo=UTC)
    here = ZoneInfo(zone)
    midnight = datetime.combine(of, time(), tzinfo=here)
    # The two readings of a local time differ where the clocks show it twice, or not at all.
    first, last = sorted((midnight.astimezone(UTC), midnight.replace(fold=1).astimezone(UTC)))
    seconds = range((last - first) // _SECOND)
    return first + _SECOND * bisect_left(seconds, True, key=lambda s: _has_begun(of, first + s * _SECOND, here))


def _has_begun(of: date, moment: datetime, here: ZoneInfo) -> bool:
    return moment.astimezone(here).date() >= of


def alone(written: str) -> date | None:
    """Return what is written as a day without a time; None for a time, and for what is neither.

    >>> alone("2026-10-25"), alone("2026-10-25T06:00")
    (datetime.date(2026, 10, 25), None)
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def noon(of: date, zone: str) -> datetime:
    """Return a moment that stands for a whole day, in UTC: in a zone not far away it is on the same day too."""
    return datetime.combine(of, _NOON, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def bounds(start: date, end: date, zone: str) -> tuple[datetime, datetime]:
    """Return the first moment of `start` and the one after the last of `end`, in UTC."""
    after = end + timedelta(days=1) if end < date.max else end
    return beginning(start, zone), beginning(after, zone)
