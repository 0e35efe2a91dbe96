"""Days and moments into words; a moment says its zone."""

from datetime import date, datetime

from reports import zoned


def day(of: date | datetime) -> str:
    """Return a day as people write it.

    >>> day(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{of.day} {of:%B} {of.year}"


def moment(of: datetime) -> str:
    """Return a day and minute with its zone.

    >>> moment(zoned.at(datetime.fromisoformat("2026-11-03T07:10Z"), "Europe/Stockholm"))
    '3 November 2026, 08:10 Europe/Stockholm'
    """
    return f"{day(of)}, {of:%H:%M} {zoned.name(of)}".rstrip()


def clock(of: datetime) -> str:
    """Return a day and minute where the zone is said once for many; only an hour that comes twice says which it is.

    >>> clock(zoned.at(datetime.fromisoformat("2026-11-03T07:10Z"), "Europe/Stockholm"))
    '3 November 2026, 08:10'
    >>> clock(zoned.at(datetime.fromisoformat("2026-10-25T00:30Z"), "Europe/Stockholm"))
    '25 October 2026, 02:30 (CEST)'
    """
    return f"{day(of)}, {of:%H:%M}{zoned.which(of)}"


def period(start: date, end: date) -> str:
    """Return a stretch of days.

    >>> period(date(2026, 11, 2), date(2026, 11, 8))
    '2 to 8 November 2026'
    >>> period(date(2026, 11, 2), date(2026, 11, 2))
    '2 November 2026'
    """
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"
