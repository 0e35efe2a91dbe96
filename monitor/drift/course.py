"""A measure day by day, for a picture in a mail."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from monitor.domain.alerts import CourseDay
from monitor.domain.measures import Series, Tally
from monitor.drift.estimates import belongs, estimate


def course(series: Series, tallies: Sequence[Tally]) -> tuple[CourseDay, ...]:
    """Return the days on which something was measured, oldest first; a course of one day is none."""
    by_day: dict[date, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if belongs(tally, series):
            by_day[tally.day].append(tally)
    days = tuple(_day(series, day, of) for day, of in sorted(by_day.items()))
    known = tuple(day for day in days if day.rate.value is not None)
    return known if len(known) > 1 else ()


def _day(series: Series, day: date, tallies: Sequence[Tally]) -> CourseDay:
    found = estimate(series, tallies)
    return CourseDay(day=day, rate=found.rate, interval=found.interval)
