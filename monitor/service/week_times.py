"""Times of rounds as people choose them, days of the week and an hour, out of a cron line and back."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from monitor.domain.errors import Mistake

DAYS = {
    "MON": "Monday", "TUE": "Tuesday", "WED": "Wednesday", "THU": "Thursday", "FRI": "Friday", "SAT": "Saturday",
    "SUN": "Sunday",
}  # fmt: skip
_ORDER = tuple(DAYS)
_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, kw_only=True)
class WeekTimes:
    days: frozenset[str]
    at: str  # "06:30"


def of_cron(cron: str) -> WeekTimes | None:
    """Return the days and the hour of a schedule that has one time on some days of every week; None for another.

    >>> found = of_cron("30 6 * * MON-WED,SAT")
    >>> sorted(found.days), found.at
    (['MON', 'SAT', 'TUE', 'WED'], '06:30')
    >>> of_cron("0 6,18 * * *") is None
    True
    """
    fields = cron.upper().split()
    if len(fields) != 5 or fields[2:4] != ["*", "*"] or not (fields[0].isdigit() and fields[1].isdigit()):  # noqa: PLR2004 -- minute hour day month weekday
        return None
    days = _days(fields[4])
    return WeekTimes(days=days, at=f"{int(fields[1]):02}:{int(fields[0]):02}") if days else None


def _days(field: str) -> frozenset[str] | None:
    if field == "*":
        return frozenset(_ORDER)
    found: set[str] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        begin, end = _place(first), _place(last or first)
        if begin is None or end is None or begin > end:
            return None
        found.update(_ORDER[begin : end + 1])
    return frozenset(found)


def _place(day: str) -> int | None:
    if day in DAYS:
        return _ORDER.index(day)
    return (int(day) - 1) % 7 if day.isdigit() and int(day) <= 7 else None  # noqa: PLR2004 -- 0 and 7 are Sunday


def cron(days: Collection[str], at: str) -> str:
    """Return the schedule of these days at this time; Mistake where no day or no time was chosen.

    >>> cron({"SAT", "TUE"}, "6:30"), cron(DAYS, "18:00")
    ('30 6 * * TUE,SAT', '0 18 * * *')
    """
    chosen, found = [day for day in _ORDER if day in days], _AT.fullmatch(at.strip())
    if not chosen or not found:
        raise Mistake("Tick at least one day, and give the time as hours and minutes, such as 06:30.")
    return f"{int(found[2])} {int(found[1])} * * {'*' if len(chosen) == len(_ORDER) else ','.join(chosen)}"
