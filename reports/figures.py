"""A chart with its title, what it shows in words for those who do not see it, and the table behind it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from monitor.domain.alerts import Signal
from monitor.domain.measures import Estimate, Measure
from monitor.domain.portrait import FactPortrait, Line, Point, Portrait
from reports import bars, charts, course, grids, words
from reports.dots import dots
from reports.plain import one_line
from reports.section import asked
from reports.trend import trend

MOST_LINES = 12  # small charts in one figure
_WIDE = 640  # pixels of a chart that has a page's width
_VERDICTS = "Counts of answers, of all assistants together; how often each is wrong stands with each fact."
_COURSE = "The band is the 95 % interval; the dashed rule is where it changed."
_DOTS = "The mark is the value, the line its 95 % interval: where two lines overlap, the difference may be chance."
_UNNAMED = "Only prompts that name none of them are counted."
_TREND = (
    "Each point is {of}. The band is the 95 % interval; a gap is {of} without a measurement; "
    "a dashed rule marks a change in what was asked or who answered{mixed}."
)
_MIXED = ", and the point whose days hold it mixes what was before and after"
_HOLDS = {1: "a day", 7: "a week"}  # by the days of a point


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str  # its own on a page
    title: str
    spec: charts.Spec
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def drawn(self) -> Markup:
        """Return the chart as an SVG of our own making."""
        return Markup(charts.svg(self.spec))  # noqa: S704  -- vl_convert escapes the names inside; a test attacks it


def comparison(
    portrait: Portrait, estimates: Sequence[Estimate], *, title: str, axis: str, unnamed: bool = False
) -> tuple[Figure, ...]:
    """Return the chart of entities by assistants; none where nothing was measured.

    `unnamed`: the numbers are over prompts that name nobody, and lead to the answers to these.
    """
    rows = [(each.series.subject or portrait.brand, asked(portrait, each.series), each) for each in estimates]
    measured = [row for row in rows if row[2].rate.value is not None]
    if not measured:
        return ()
    cells = tuple((name, who, words.value_of(each), words.support_of(each)) for name, who, each in rows)
    columns = ("Who", "Assistant", "Value", "Interval and n")
    name = f"{measured[0][2].series.measure}-compared"
    spec = dots(measured, title=axis, more={"unnamed": "yes"} if unnamed else {})
    note = f"{_DOTS} {words.UNEVEN}" if grids.is_uneven(estimates) else f"{_DOTS} {_UNNAMED}" if unnamed else _DOTS
    return (Figure(name=name, title=title, spec=spec, columns=columns, rows=cells, note=note),)


def trends(portrait: Portrait, measure: Measure, *, title: str, axis: str) -> tuple[Figure, ...]:
    """Return the lines of a measure over time: the brand's first, then those that changed."""
    lines = [line for name, of in portrait.lines.items() if name.split(":")[0] == measure.value for line in of]
    lines = [line for line in lines if any(point.estimate and point.estimate.rate.of for point in line.points)]
    if not lines:
        return ()
    moved = {(asked(portrait, each.series), each.series.subject) for each in portrait.shifts}
    lines.sort(key=lambda line: (portrait.brand not in line.label, not _is_among(moved, line)))
    shown, left_out = lines[:MOST_LINES], len(lines) - MOST_LINES
    days = _days_a_point(shown)
    mixed = _MIXED if days > 1 and any(line.regimes for line in shown) else ""
    note = _TREND.format(of=_HOLDS.get(days, f"{days} days"), mixed=mixed)
    if left_out > 0:
        note += f" {left_out} more lines are in the tables of the report."
    columns = ("Line", "Day" if days == 1 else "Days", "Value", "Interval and n")
    rows = tuple(row for line in shown for row in _days(line, days, portrait.end))
    spec = trend(shown, title=axis, until=portrait.end)
    return (Figure(name=f"{measure}-course", title=title, spec=spec, columns=columns, rows=rows, note=note),)


def _is_among(moved: Collection[tuple[str, str]], line: Line) -> bool:
    return any(subject and who in line.label and subject in line.label for who, subject in moved)


def verdicts(facts: Sequence[FactPortrait]) -> tuple[Figure, ...]:
    told = [each for each in facts if each.supported or each.outdated or each.contradicted]
    if not told:
        return ()
    rows = tuple(
        (each.fact.about or each.fact.id, str(each.supported), str(each.outdated), str(each.contradicted))
        for each in told
    )
    columns = ("Fact", "Right", "Out of date", "Wrong")
    title = "Answers that speak of each fact"
    spec = bars.verdicts(told)
    return (Figure(name="verdicts", title=title, spec=spec, columns=columns, rows=rows, note=_VERDICTS),)


def course_of(signal: Signal) -> tuple[Figure, ...]:
    """Return the course of the measure that a finding is about; none where there is none."""
    if not signal.course or signal.series is None:
        return ()
    unit = "" if signal.series.measure in {Measure.POSITION, Measure.LIST_RANK} else "%"
    found = [
        Estimate(series=signal.series, rate=day.rate, interval=day.interval, answers=0, prompts=0, unit=unit)
        for day in signal.course
    ]
    rows = tuple(
        (words.day(day.day), words.value_of(of), words.support_of(of))
        for day, of in zip(signal.course, found, strict=True)
    )
    title = f"{words.capital(words.measure(signal.series.measure))}, day by day"
    spec, columns = course.course(signal, width=_WIDE), ("Day", "Value", "Interval and n")
    return (Figure(name="course", title=title, spec=spec, columns=columns, rows=rows, note=_COURSE),)


def _days_a_point(lines: Sequence[Line]) -> int:
    steps = [later.day - point.day for line in lines for point, later in pairwise(line.points[:2])]
    return min(steps, default=timedelta(days=1)).days


def _days(line: Line, days: int, end: date) -> tuple[tuple[str, ...], ...]:
    """Return a row per point; the last one may hold fewer days than the others."""
    return tuple(_day(line, point, min(point.day + timedelta(days=days - 1), end)) for point in line.points)


def _day(line: Line, point: Point, last: date) -> tuple[str, ...]:
    when = words.period(point.day, max(last, point.day))
    if point.estimate is None:
        return one_line(line.label), when, words.NOT_MEASURED, ""
    return one_line(line.label), when, words.value_of(point.estimate), words.support_of(point.estimate)
