"""A time as it was said: the stretch of days that it may mean."""

import calendar
import re
from datetime import date
from enum import StrEnum

from monitor.analysis.spans import Stretch


class Grain(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Moment(Stretch, frozen=True, kw_only=True):
    first: date
    last: date
    grain: Grain
    about: bool = False  # "around 1943", "more than 80 years ago"
    other: tuple[date, date] | None = None  # 10/12/2020 read the other way round
    relative: bool = False  # counted back from the day of the answer
    loosely: tuple[date, date] | None = None  # where the words are meant loosely: what they may still mean

    @property
    def shown(self) -> str:
        if self.grain is Grain.DAY:
            return self.first.isoformat()
        if self.grain is Grain.MONTH:
            return f"{self.first:%Y-%m}"
        if self.grain is Grain.YEAR:
            return f"{self.first.year:04d}"
        if self.grain is Grain.DECADE:
            return f"{self.first.year}-{self.last.year}"
        return f"{self.first:%Y-%m} to {self.last:%Y-%m}"


def of_day(year: object, month: int, day: object, **place: object) -> Moment | None:
    """Return a day, or without one the month; None where the calendar has no such day, or without a year."""
    if not year:
        return None
    number, dom = int(str(year)), int(str(day)) if day else 0
    try:
        if dom:
            one = date(number, month, dom)
            return Moment(first=one, last=one, grain=Grain.DAY, **place)  # type: ignore[arg-type]
        return of_months(number, month, month, Grain.MONTH, **place)
    except ValueError:
        return None


def of_months(year: int, low: int, high: int, grain: Grain, **place: object) -> Moment:
    last = date(year, high, calendar.monthrange(year, high)[1])
    return Moment(first=date(year, low, 1), last=last, grain=grain, **place)  # type: ignore[arg-type]


def of_years(low: int, high: int, grain: Grain, **place: object) -> Moment:
    return Moment(first=date(low, 1, 1), last=date(high, 12, 31), grain=grain, **place)  # type: ignore[arg-type]


_ABOUT = re.compile(
    r"\b(?:about|around|circa|ca\.?|c\.|roughly|approximately|some|nearly|almost|more than|over|less than"
    r"|just under|well over|um|etwa|rund|gegen|vers|environ|hacia|alrededor de|über|mehr als|plus de"
    r"|más de|unos|casi|presque|fast|knapp)\s$|(?:約|およそ|ほぼ)$"
)


def said_about(folded: str, start: int) -> bool:
    """Whether the words right before an offset make a time a rough one."""
    return bool(_ABOUT.search(folded, max(0, start - 16), start))
