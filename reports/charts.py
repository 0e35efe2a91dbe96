"""Charts as Vega-Lite specs, and as SVG or PNG without a browser.

Every chart works in greyscale (shapes and dashes beside colours) and on dark paper: axes and letters take the
colour of the text around them. Intervals are bands or whiskers, gaps stay gaps, regime changes are dashed rules.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import vl_convert

from monitor.domain.measures import Estimate, Measure
from monitor.domain.portrait import FactPortrait, Line
from reports.plain import one_line

Spec = dict[str, Any]

VERSION = "5.21"  # of Vega-Lite
INK = "#404142"  # becomes the colour of the surrounding text
# Okabe and Ito's colours for all kinds of sight, moved until each has a contrast of 3:1 on white and on #1f242a.
COLOURS = ("#2b7fc4", "#c8621b", "#14916a", "#a466b8", "#b5881c", "#5d87a1", "#d2556b", "#7c8590")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
GOOD, OLD, BAD = "#7fb8e0", "#c58a2d", "#b0413e"
_FONT = "Helvetica, Arial, sans-serif"
_NAMED = 34  # characters of a name beside an axis
_DAY = "%-d %b"


def svg(spec: Spec) -> str:
    """Return the chart as an SVG element to be put into a page; identifiers are its own."""
    return _svg(json.dumps(spec, sort_keys=True))


def png(spec: Spec, *, scale: float = 2) -> bytes:
    """Return the chart as a picture on white, for mails."""
    return bytes(vl_convert.vegalite_to_png({**spec, "background": "white"}, vl_version=VERSION, scale=scale))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VERSION)
    drawn = drawn[drawn.index("<svg") :].replace(INK, "currentColor")
    own = "c" + hashlib.sha256(spec.encode()).hexdigest()[:8]  # two charts of one page must not share a clip path
    drawn = re.sub(r'id="([\w-]+)"', rf'id="{own}-\1"', drawn)
    return re.sub(r"url\(#([\w-]+)\)", rf"url(#{own}-\1)", drawn)


def dots(rows: Sequence[tuple[str, str, Estimate]], *, title: str) -> Spec:
    """Return one row per name with a dot and its interval for each assistant. `rows`: name, assistant, estimate."""
    values = [_dot(name, assistant, each) for name, assistant, each in rows if each.rate.value is not None]
    names = list(dict.fromkeys(value["name"] for value in values))
    assistants = list(dict.fromkeys(value["assistant"] for value in values))
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    offset = {"yOffset": {"field": "assistant", "sort": assistants}}
    colour = {"field": "assistant", "scale": {"domain": assistants, "range": list(COLOURS)}, "title": None}
    shape = {"field": "assistant", "scale": {"domain": assistants, "range": list(SHAPES)}, "title": None}
    scale = _scale([each for _, _, each in rows])
    return _spec(
        width=640,
        height={"step": 15} if len(assistants) > 1 else {"step": 26},
        data={"values": values},
        resolve={"legend": {"color": "independent", "shape": "independent"}},  # one legend, with colour and shape in it
        layer=[
            {
                "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55},
                "encoding": {
                    "x": {"field": "low", "type": "quantitative"},
                    "x2": {"field": "high"},
                    "color": {**colour, "legend": None},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {"color": colour, "shape": shape},
            },
        ],
        encoding={
            "y": y,
            "x": {"field": "value", "type": "quantitative", "scale": scale, "title": title, "axis": {"tickCount": 6}},
            **offset,
        },
    )


def trend(lines: Sequence[Line], *, title: str, columns: int = 2) -> Spec:
    """Return one small chart per line, all on one scale: value, interval as a band, gaps as gaps, regimes as rules."""
    values = [value for line in lines for value in _points(line)] + _headroom(lines)
    known = [point.estimate for line in lines for point in line.points if point.estimate]
    order = [one_line(line.label, 60) for line in lines]
    x = {
        "field": "day", "type": "temporal", "scale": {"type": "utc"}, "title": None,
        "axis": {"format": _DAY, "labelOverlap": True, "tickCount": 5, "grid": False},
    }  # fmt: skip
    y = {"field": "value", "type": "quantitative", "scale": _scale(known), "title": title, "axis": {"tickCount": 4}}
    only_points = [{"filter": "datum.kind === 'point'"}]
    only_regimes: list[Spec] = [{"filter": "datum.kind === 'regime'"}]
    layers: list[Spec] = [
        {
            "transform": only_points,
            "mark": {"type": "area", "opacity": 0.22, "color": COLOURS[0]},
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
        {
            "transform": only_regimes,
            "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK},
            "encoding": {"x": x},
        },
        {
            "transform": [{"filter": "datum.kind !== 'point'"}],
            "mark": {"type": "text", "align": "center", "dy": -62, "fontSize": 10, "color": INK},
            "encoding": {"x": x, "text": {"field": "cause"}},
        },
    ]
    width = 330 if len(lines) > 1 else 700
    return _spec(
        data={"values": values},
        facet={"field": "line", "type": "nominal", "sort": order, "title": None, "header": _HEADER},
        columns=columns if len(lines) > 1 else 1,
        spec={"width": width, "height": 110, "layer": layers},
    )


def verdicts(facts: Sequence[FactPortrait]) -> Spec:
    """Return one bar per fact: answers that were right, out of date, wrong."""
    values = [
        {"fact": one_line(each.fact.about or each.fact.id, _NAMED), "verdict": name, "order": order, "answers": number}
        for each in facts
        for order, (name, number) in enumerate(
            (("right", each.supported), ("out of date", each.outdated), ("wrong", each.contradicted))
        )
    ]
    verdict = {
        "field": "verdict", "type": "nominal", "title": None,
        "scale": {"domain": ["right", "out of date", "wrong"], "range": [GOOD, OLD, BAD]},
    }  # fmt: skip
    return _spec(
        width=640,
        height={"step": 24},
        data={"values": values},
        mark={"type": "bar", "stroke": INK, "strokeWidth": 0.4},
        encoding={
            "y": {"field": "fact", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "answers", "type": "quantitative", "title": "answers that speak of it", "axis": _WHOLE},
            "color": verdict,
            "order": {"field": "order", "type": "quantitative"},
        },
    )


_HEADER = {
    "labelAlign": "left",
    "labelAnchor": "start",
    "labelFontSize": 12,
    "labelColor": INK,
    "labelFont": _FONT,
    "labelPadding": 16,
}
_WHOLE = {"tickMinStep": 1, "tickCount": 6}


def _spec(**parts: Any) -> Spec:
    axis = {"labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK, "gridColor": INK,
            "gridOpacity": 0.15, "titleFontWeight": "normal", "labelFontSize": 12, "titleFontSize": 12,
            "labelLimit": 260}  # fmt: skip
    config = {
        "font": _FONT,
        "axis": axis,
        "view": {"stroke": None},
        "legend": {
            "labelColor": INK,
            "titleColor": INK,
            "orient": "bottom",
            "labelLimit": 320,
            "columns": 2,
            "labelFontSize": 12,
        },
    }
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    return {"$schema": schema, "background": None, "config": config, "autosize": {"type": "pad"}, **parts}


def _dot(name: str, assistant: str, of: Estimate) -> Mapping[str, object]:
    scale = _factor(of)
    value = of.rate.value or 0.0
    low, high = (of.interval.low, of.interval.high) if of.interval else (value, value)
    return {
        "name": one_line(name, _NAMED),
        "assistant": one_line(assistant, 60),
        "value": value * scale,
        "low": low * scale,
        "high": high * scale,
    }


def _points(line: Line) -> list[Mapping[str, object]]:
    """Return the points of a line; a gap has no value, so that nothing is drawn across it."""
    label = one_line(line.label, 60)
    points: list[Mapping[str, object]] = []
    for point in line.points:
        of = point.estimate
        value = of.rate.value if of else None
        scale = _factor(of) if of else 1.0
        within = of.interval if of and value is not None else None
        points.append(
            {
                "kind": "point",
                "line": label,
                "day": point.day.isoformat(),
                "value": None if value is None else value * scale,
                "low": within.low * scale if within else None,
                "high": within.high * scale if within else None,
            }
        )
    regimes = [
        {"kind": "regime", "line": label, "day": day.isoformat(), "cause": one_line(cause, 40)}
        for day, cause in line.regimes
    ]
    return [*points, *regimes]


def _headroom(lines: Sequence[Line]) -> list[Mapping[str, object]]:
    """Return blank captions, so that all small charts leave the same room above, with a caption or without."""
    if not any(line.regimes for line in lines):
        return []
    return [
        {"kind": "room", "line": one_line(line.label, 60), "day": line.points[0].day.isoformat(), "cause": "\u00a0"}
        for line in lines
        if line.points and not line.regimes
    ]


def _factor(of: Estimate) -> float:
    return 100.0 if of.unit == "%" or of.series.measure is Measure.NET_STANCE else 1.0


def _scale(estimates: Sequence[Estimate]) -> Mapping[str, object]:
    """Return an axis that starts at nothing: 0 to 100 %, -100 to 100 for stance."""
    if any(each.series.measure is Measure.NET_STANCE for each in estimates):
        return {"domain": [-100, 100]}
    if all(each.unit == "%" for each in estimates):
        top = max((each.interval.high if each.interval else each.rate.value or 0 for each in estimates), default=1)
        return {"domain": [0, 100 if top > 0.5 else max(10, round(top * 120, -1))]}  # noqa: PLR2004  -- half
    return {"zero": True}
