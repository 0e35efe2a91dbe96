"""Quiet hours, by the clock on the recipient's wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.domain.brand import QuietHours

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def until(quiet: QuietHours | None, now: datetime) -> datetime | None:
    """Return when the quiet hours end that `now` falls into, in UTC; None where it falls into none.

    A night is from the first time that the clock shows its beginning to the first time that it shows its end, so an
    hour that autumn repeats makes it longer and one that spring leaves out makes it shorter.
    """
    if quiet is None:
        return None
    today = now.astimezone(ZoneInfo(quiet.timezone)).date()
    nights = (_night(quiet, today + days * _DAY) for days in (-1, 0))
    return max((ends for begins, ends in nights if begins <= now < ends), default=None)


def _night(quiet: QuietHours, day: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(quiet.timezone)
    last = day if quiet.ends > quiet.begins else day + _DAY
    return _instant(day, quiet.begins, zone), _instant(last, quiet.ends, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when the clock shows a time first, in UTC; one that spring leaves out is when the gap ends."""
    local = datetime.combine(day, at)
    while local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        local += _MINUTE
    return local.replace(tzinfo=zone).astimezone(UTC)
