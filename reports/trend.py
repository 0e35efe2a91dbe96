"""A measure over time: value, interval as a band, gaps as gaps, changes of regime as dashed rules."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from monitor.domain.measures import Estimate
from monitor.domain.portrait import Line
from reports import behind, charts
from reports.axes import factor, scale
from reports.charts import COLOURS, FONT, INK, LABEL, Spec
from reports.plain import one_line

_HEADER = {
    "labelAlign": "left", "labelAnchor": "start", "labelFontSize": 12, "labelColor": INK, "labelFont": FONT,
    "labelPadding": 16,
}  # fmt: skip
_DAY = "%-d %b"
_HEIGHT, _LOW = 110, 78  # pixels of a small chart; of many, which are to fit on one sheet of paper
_FEW = 6
_GAPS = 4  # between the days that are written below a chart
_MILLISECONDS = 86_400_000  # of a day


def trend(lines: Sequence[Line], *, title: str, columns: int = 2, until: date = date.max) -> Spec:
    """Return one small chart per line, all on one scale: value, interval as a band, gaps as gaps, regimes as rules.

    `until` is the last day of the period: the last point may hold fewer days than the others.
    """
    values = [value for line in lines for value in _points(line, until)] + _headroom(lines)
    known = [point.estimate for line in lines for point in line.points if point.estimate]
    order = [one_line(line.label, LABEL) for line in lines]
    width = 330 if len(lines) > 1 else 700
    height = _HEIGHT if len(lines) <= _FEW else _LOW
    return charts.framed(
        data={"values": values},
        facet={"field": "line", "type": "nominal", "sort": order, "title": None, "header": _HEADER},
        columns=columns if len(lines) > 1 else 1,
        spec={"width": width, "height": height, "layer": _layers(known, _ticks(lines), title, height)},
    )


def _ticks(lines: Sequence[Line]) -> list[int]:
    """Return the days written below a chart, as milliseconds: so few that no two run into each other."""
    days = sorted({point.day for line in lines for point in line.points})
    if not days:
        return []
    step = max(1, math.ceil((days[-1] - days[0]).days / _GAPS))
    count = (days[-1] - days[0]).days // step + 1
    return [((days[0] - date(1970, 1, 1)).days + n * step) * _MILLISECONDS for n in range(count)]


def _layers(known: Sequence[Estimate], days: Sequence[int], title: str, height: int) -> list[Spec]:
    x = {
        "field": "day", "type": "temporal", "scale": {"type": "utc"}, "title": None,
        "axis": {"format": _DAY, "labelOverlap": True, "values": days, "grid": False},
    }  # fmt: skip
    y = {"field": "value", "type": "quantitative", "scale": scale(known), "title": title, "axis": {"tickCount": 4}}
    only_points = [{"filter": "datum.kind === 'point'"}]
    return [
        {
            "transform": only_points,
            "mark": {"type": "area", "opacity": 0.22, "color": COLOURS[0]},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "transform": [{"filter": "datum.alone"}],  # no neighbour: an area has no width there
            "mark": {"type": "rule", "opacity": 0.35, "color": COLOURS[0], "strokeWidth": 5},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "transform": only_points,
            "mark": {"type": "line", "color": COLOURS[0], "strokeWidth": 2},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [*only_points, {"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "color": COLOURS[0], "size": 22, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        *_regimes(x, height),
    ]


def _regimes(x: Spec, height: int) -> list[Spec]:
    """Return the rules of changes, their captions on the side that has room."""
    rule: Spec = {
        "transform": [{"filter": "datum.kind === 'regime'"}],
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK},
        "encoding": {"x": x},
    }
    captions = [
        {
            "transform": [{"filter": f"datum.kind !== 'point' && {'datum' if late else '!datum'}.late"}],
            "mark": {
                "type": "text",
                "align": "right" if late else "left",
                "dy": -(height // 2 + 7),
                "fontSize": 10,
                "color": INK,
            },
            "encoding": {"x": x, "text": {"field": "cause"}},
        }
        for late in (False, True)
    ]
    return [rule, *captions]


def _points(line: Line, until: date) -> list[Mapping[str, object]]:
    """Return the points of a line; a gap has no value, so that nothing is drawn across it."""
    label, days = one_line(line.label, LABEL), _days(line)
    points = [_point(label, point.day, min(point.day + days, until), point.estimate) for point in line.points]
    valued = [False, *(point["value"] is not None for point in points), False]
    alone = [{"alone": True} if valued[n + 1] and not (valued[n] or valued[n + 2]) else {} for n in range(len(points))]
    first, last = (line.points[0].day, line.points[-1].day) if line.points else (until, until)
    regimes = [
        {"kind": "regime", "line": label, "day": day.isoformat(), "cause": one_line(cause, 40),
         "late": day - first > last - day}
        for day, cause in line.regimes
    ]  # fmt: skip
    return [*({**point, **mark} for point, mark in zip(points, alone, strict=True)), *regimes]


def _days(line: Line) -> timedelta:
    """Return how many days come after the first in each point."""
    first = [point.day for point in line.points[:2]]
    return first[1] - first[0] - timedelta(days=1) if len(first) > 1 else timedelta()


def _point(label: str, day: date, last: date, of: Estimate | None) -> Mapping[str, object]:
    place = {"kind": "point", "line": label, "day": day.isoformat()}
    if of is None or of.rate.value is None:
        return {**place, "value": None, "low": None, "high": None}
    times = factor(of)
    within = of.interval
    return {
        **place,
        "value": of.rate.value * times,
        "low": within.low * times if within else None,
        "high": within.high * times if within else None,
        "said": behind.said(of, label, day, last),
        "behind": behind.answers(of, day, last),
    }


def _headroom(lines: Sequence[Line]) -> list[Mapping[str, object]]:
    """Return blank captions, so that all small charts leave the same room above, with a caption or without."""
    if not any(line.regimes for line in lines):
        return []
    return [
        {"kind": "room", "line": one_line(line.label, LABEL), "day": line.points[0].day.isoformat(), "cause": "\u00a0"}
        for line in lines
        if line.points and not line.regimes
    ]
