"""A measure day by day, for a picture in a mail or on a page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from monitor.domain.alerts import CourseDay
from monitor.domain.digests import Digest
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import cores, leading, summed, watched
from monitor.drift.estimates import belongs, estimate, of_columns
from monitor.drift.summed import Step


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
    return drawable(day for day in days if day.rate.value is not None)


def drawable(days: Iterable[CourseDay]) -> tuple[CourseDay, ...]:
    """Return the days of a course; one of a single day is none."""
    known = tuple(days)
    return known if len(known) > 1 else ()


def is_kept(series: Series) -> bool:
    """Whether the days of a series are among those that `of_day` gives."""
    return series.measure in watched.WATCHED and not series.topic


def of_day(digests: Iterable[Digest]) -> dict[Series, CourseDay]:
    """Return what the watched measures were on a day, of each assistant and subject; `digests` are those of the day."""
    steps: dict[Series, tuple[date, Step]] = {}
    for digest in digests:
        for columns in digest.columns:
            for series, sums in summed.measured(columns):
                if is_kept(series):
                    _, step = steps.setdefault(series, (digest.day, Step()))
                    step.add(columns.prompts, sums.hits, sums.of)
    made = ((series, day, of_columns(series, *step.columns(), 0)) for series, (day, step) in steps.items())
    return {
        series: CourseDay(day=day, rate=found.rate, interval=found.interval)
        for series, day, found in made
        if found.rate.value is not None
    }


def _own(series: Series, tallies: Sequence[Tally], brand: str) -> Sequence[Tally]:
    if series.measure is Measure.LEAD:
        return leading.course(series, tallies, brand)
    return cores.whole(series, tallies) if series.measure is Measure.CITED else tallies


def _day(series: Series, day: date, tallies: Sequence[Tally]) -> CourseDay:
    found = estimate(series, tallies)
    return CourseDay(day=day, rate=found.rate, interval=found.interval)
