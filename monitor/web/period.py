"""The stretch of days that a page speaks of."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from monitor.domain.errors import Mistake

CHOICES = (("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days"), ("365d", "a year"))
USUAL = 30  # days, where an address says none
_LAST = re.compile(r"(\d{1,4})([dw])")
_LONGEST = 3660  # days


@dataclass(frozen=True, kw_only=True)
class Period:
    """First and last day, both included, as the brand counts days."""

    start: date
    end: date
    last: str = ""  # "30d" where it is counted back from today

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def query(self) -> str:
        """Return the part of an address that asks for this period again."""
        if self.last:
            return urlencode({"last": self.last})
        return urlencode({"from": self.start.isoformat(), "to": self.end.isoformat()})


def period(today: date, *, last: str = "", start: date | None = None, end: date | None = None) -> Period:
    """Return the period that an address asks for; Mistake for one that is none.

    >>> period(date(2026, 3, 10), last="7d")
    Period(start=datetime.date(2026, 3, 4), end=datetime.date(2026, 3, 10), last='7d')
    """
    if start or end:
        final = end or today
        first = start or final - timedelta(days=USUAL - 1)
        if first > final or (final - first).days > _LONGEST:
            raise Mistake(
                f"From {first} to {final} is no period: choose a first day before the last, at most ten years."
            )
        return Period(start=first, end=final)
    found = _LAST.fullmatch(last or f"{USUAL}d")
    days = int(found[1]) * (7 if found[2] == "w" else 1) if found else 0
    if not 0 < days <= _LONGEST:
        raise Mistake(f"{last!r} is no period; write a number of days or weeks, such as 30d or 12w.")
    return Period(start=today - timedelta(days=days - 1), end=today, last=last or f"{USUAL}d")
