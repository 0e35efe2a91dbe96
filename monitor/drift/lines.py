"""Chart lines: one point per day, week or four weeks, and a gap where nothing was measured."""

from collections.abc import Mapping
from datetime import date, timedelta

from monitor.domain.measures import Measure, Series
from monitor.domain.portrait import Line

_DAILY_UP_TO = 14  # days; longer periods are drawn by week
_WEEKLY_UP_TO = 190  # days; what is longer still, by four weeks
_WEEK = 7

# Every entity's line for visibility; the brand's own (or the answers' as a whole) for the rest.
_OF_ALL = frozenset({Measure.VISIBILITY})
_OF_BRAND = frozenset({Measure.SHARE_OF_VOICE, Measure.RECOMMENDED, Measure.NET_STANCE, Measure.CITATION_RATE})
_OF_ANSWERS = frozenset({Measure.ACCURACY})


def charts(found: Mapping[Series, Line], brand: str) -> dict[str, tuple[Line, ...]]:
    """Return lines by chart, the brand's first in each."""
    by_chart: dict[str, list[tuple[bool, str, Line]]] = {}
    for series, line in found.items():
        chart = f"{series.measure}:{series.assistant_id}:{series.surface}"
        by_chart.setdefault(chart, []).append((series.subject != brand, series.subject, line))
    return {
        chart: tuple(line for _, _, line in sorted(own, key=lambda item: item[:2]))
        for chart, own in sorted(by_chart.items())
    }


def drawn(series: Series, brand: str) -> bool:
    """Whether a series has a line."""
    by_subject = series.measure in _OF_BRAND and series.subject == brand
    return by_subject or series.measure in _OF_ALL or series.measure in _OF_ANSWERS


def steps(start: date, end: date) -> tuple[list[date], int]:
    """Return the first day of each point, and how many days one holds."""
    length = (end - start).days
    step = 1 if length < _DAILY_UP_TO else _WEEK if length < _WEEKLY_UP_TO else 4 * _WEEK
    return [start + timedelta(days=offset) for offset in range(0, (end - start).days + 1, step)], step


def name(series: Series, labels: Mapping[str, str]) -> str:
    """Return what a line is called; `labels` say what each assistant was last called."""
    label = labels.get(series.assistant_id, series.assistant_id)
    return f"{series.subject}, {label}" if series.subject else label
