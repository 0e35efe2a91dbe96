"""A measure day by day, narrow enough for a telephone: interval as a band, the change as a dashed line."""

from datetime import timedelta
from itertools import pairwise

from monitor.domain.alerts import CourseDay, Signal
from monitor.domain.measures import Estimate, Measure
from reports import behind, charts
from reports.charts import COLOURS, INK, Spec
from reports.words import day as in_words

_WIDTH, _HEIGHT = 262, 120
_PLAIN = frozenset({Measure.POSITION, Measure.LIST_RANK})
_SIGNED = frozenset({Measure.NET_STANCE, Measure.LEAD})


def course(signal: Signal, *, width: int = _WIDTH) -> Spec:
    """Return the chart of a finding's course, so many pixels wide; days without an answer are gaps."""
    measure = signal.series.measure if signal.series else Measure.VISIBILITY
    times = 1.0 if measure in _PLAIN else 100.0
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "title": None,
         "axis": {"format": "%-d %b", "labelOverlap": True, "tickCount": 4, "grid": False}}  # fmt: skip
    y = {"field": "value", "type": "quantitative", "title": None, "scale": _scale(signal, measure),
         "axis": {"tickCount": 4, "labelExpr": _labels(measure)}}  # fmt: skip
    layers = [
        {"mark": {"type": "area", "opacity": 0.22, "color": COLOURS[0]},
         "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "line", "color": COLOURS[0], "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {"transform": [{"filter": "isValid(datum.value)"}],
         "mark": {"type": "point", "filled": True, "color": COLOURS[0], "size": 26, "opacity": 1},
         "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    return charts.framed(
        width=width,
        height=_HEIGHT,
        padding=12,
        data={"values": _values(signal, times)},
        layer=[*layers, *_change(signal, x)],
    )


def _change(signal: Signal, x: Spec) -> list[Spec]:
    """Return the line on which the course changed, with its day above."""
    if signal.changed_on is None:
        return []
    data = {"values": [{"day": signal.changed_on.isoformat(), "said": f"since {in_words(signal.changed_on)}"}]}
    late = bool(signal.course) and signal.changed_on - signal.course[0].day > _length(signal) / 2
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK}, "encoding": {"x": x}},
        {"data": data,
         "mark": {"type": "text", "align": "right" if late else "left", "y": -6, "fontSize": 11, "color": INK},
         "encoding": {"x": x, "text": {"field": "said"}}},
    ]  # fmt: skip


def _length(signal: Signal) -> timedelta:
    return signal.course[-1].day - signal.course[0].day


def _values(signal: Signal, times: float) -> list[dict[str, object]]:
    """Return a value for each day that has one, and a blank where twice the usual time passed without one."""
    steps = [later.day - day.day for day, later in pairwise(signal.course)]
    usual = sorted(steps)[len(steps) // 2] if steps else timedelta(days=1)
    values = [_value(each, each.day.isoformat(), times) | _behind(signal, each) for each in signal.course]
    blanks = [
        _value(None, (each.day + usual).isoformat(), times)
        for each, step in zip(signal.course, steps, strict=False)
        if step > 2 * usual
    ]
    return sorted([*values, *blanks], key=lambda value: str(value["day"]))


def _value(of: CourseDay | None, day: str, times: float) -> dict[str, object]:
    value = of.rate.value if of else None
    within = of.interval if of and value is not None else None
    return {
        "day": day,
        "value": None if value is None else value * times,
        "low": within.low * times if within else None,
        "high": within.high * times if within else None,
    }


def _behind(signal: Signal, of: CourseDay) -> dict[str, object]:
    """Return what a day says and which answers it is made of."""
    if signal.series is None or of.rate.value is None:
        return {}
    unit = "" if signal.series.measure in _PLAIN else "%"
    found = Estimate(series=signal.series, rate=of.rate, interval=of.interval, answers=0, prompts=0, unit=unit)
    days = {"from": of.day.isoformat(), "to": of.day.isoformat()}
    return {"said": behind.said(found, in_words(of.day)), "behind": {**behind.answers(found), **days}}


def _scale(signal: Signal, measure: Measure) -> dict[str, object]:
    if measure in _SIGNED:
        return {"domain": [-100, 100]}
    if measure in _PLAIN:
        return {"zero": False, "reverse": True}
    top = max((day.interval.high if day.interval else day.rate.value or 0 for day in signal.course), default=1)
    return {"domain": [0, 100 if top > 0.5 else max(10, round(top * 120, -1))]}  # noqa: PLR2004  -- half


def _labels(measure: Measure) -> str:
    return "datum.label" if measure in _PLAIN | _SIGNED else "datum.value + ' %'"
