"""Names compared: one row per name, a dot and its interval for each assistant."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from monitor.domain.measures import Estimate
from reports import behind, charts
from reports.axes import factor, scale
from reports.charts import COLOURS, LABEL, NAME, Spec
from reports.plain import one_line

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
_NOTHING: behind.Answers = MappingProxyType({})


def dots(rows: Sequence[tuple[str, str, Estimate]], *, title: str, more: behind.Answers = _NOTHING) -> Spec:
    """Return one row per name with a dot and its interval for each assistant. `rows`: name, assistant, estimate.

    `more` goes into what each dot leads to.
    """
    values = [_dot(name, assistant, each, more) for name, assistant, each in rows if each.rate.value is not None]
    names = list(dict.fromkeys(value["name"] for value in values))
    assistants = list(dict.fromkeys(value["assistant"] for value in values))
    y = {"field": "name", "type": "nominal", "sort": names, "title": None}
    offset = {"yOffset": {"field": "assistant", "sort": assistants}}
    colour = {"field": "assistant", "scale": {"domain": assistants, "range": list(COLOURS)}, "title": None}
    shape = {"field": "assistant", "scale": {"domain": assistants, "range": list(SHAPES)}, "title": None}
    return charts.framed(
        width=640,
        height={"step": 15} if len(assistants) > 1 else {"step": 26},
        data={"values": values},
        resolve={"legend": {"color": "independent", "shape": "independent"}},  # one legend, with colour and shape in it
        layer=[_intervals(colour), _points(colour, shape)],
        encoding={
            "y": y,
            "x": {
                "field": "value",
                "type": "quantitative",
                "scale": scale([of for _, _, of in rows]),
                "title": title,
                "axis": {"tickCount": 6},
            },
            **offset,
        },
    )


def _intervals(colour: Mapping[str, object]) -> Mapping[str, object]:
    low, high = {"field": "low", "type": "quantitative"}, {"field": "high"}
    return {
        "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.55},
        "encoding": {"x": low, "x2": high, "color": {**colour, "legend": None}},
    }


def _points(colour: Mapping[str, object], shape: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {"color": colour, "shape": shape},
    }


def _dot(name: str, assistant: str, of: Estimate, more: behind.Answers) -> Mapping[str, object]:
    times = factor(of)
    value = of.rate.value or 0.0
    low, high = (of.interval.low, of.interval.high) if of.interval else (value, value)
    return {
        "name": one_line(name, NAME),
        "assistant": one_line(assistant, LABEL),
        "value": value * times,
        "low": low * times,
        "high": high * times,
        "said": behind.said(of, f"{one_line(name, NAME)}, {one_line(assistant, LABEL)}"),
        "behind": {**behind.answers(of), **more},
    }
