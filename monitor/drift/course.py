"""A measure day by day, for a picture in a mail."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from monitor.domain.alerts import CourseDay
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import cores, leading
from monitor.drift.estimates import belongs, estimate


def made_of(series: Series) -> tuple[tuple[Measure, str | None], ...]:
    """Return which stored measures, of whom (None: of all), a series is computed from."""
    if series.measure is Measure.LEAD:
        return ((Measure.VISIBILITY, None),)
    if series.measure is Measure.CITED:
        return ((Measure.CITED, series.subject), (Measure.CITATION_RATE, None))
    return ((series.measure, series.subject),)


def course(series: Series, tallies: Sequence[Tally], brand: str = "") -> tuple[CourseDay, ...]:
    """Return the days on which something was measured, oldest first; a course of one day is none.

    `tallies` are those that the series is made of; a lead needs the `brand`'s name.
    """
    by_day: dict[date, list[Tally]] = defaultdict(list)
    for tally in _own(series, tallies, brand):
        if belongs(tally, series):
            by_day[tally.day].append(tally)
    days = tuple(_day(series, day, of) for day, of in sorted(by_day.items()))
    known = tuple(day for day in days if day.rate.value is not None)
    return known if len(known) > 1 else ()


def _own(series: Series, tallies: Sequence[Tally], brand: str) -> Sequence[Tally]:
    if series.measure is Measure.LEAD:
        return leading.course(series, tallies, brand)
    return cores.whole(series, tallies) if series.measure is Measure.CITED else tallies


def _day(series: Series, day: date, tallies: Sequence[Tally]) -> CourseDay:
    found = estimate(series, tallies)
    return CourseDay(day=day, rate=found.rate, interval=found.interval)
