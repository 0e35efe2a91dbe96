"""How often each assistant says it: a dot and its interval, on one scale, narrow enough for a telephone."""

from collections.abc import Sequence

from monitor.domain.alerts import Voice
from reports import charts, words
from reports.charts import COLOURS, INK, Spec
from reports.plain import one_line

_LABEL = 40  # characters that fit above a row, beside the rate
_ROW = 46  # pixels
_WIDTH = 296


def whiskers(voices: Sequence[Voice]) -> Spec:
    """Return one row per assistant: its name and rate above, the dot and the interval below."""
    names = [voice.assistant_id for voice in voices]
    y = {"field": "id", "type": "nominal", "sort": names, "axis": None}
    x = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 100]}, "title": None,
         "axis": {"tickCount": 3, "grid": False, "labelExpr": "datum.value + ' %'"}}  # fmt: skip
    label = {"type": "text", "align": "left", "baseline": "bottom", "dy": -9, "fontSize": 12, "color": INK}
    return charts.framed(
        width=_WIDTH,
        height={"step": _ROW},
        padding=12,
        data={"values": [_row(voice) for voice in voices]},
        encoding={"y": y},
        layer=[
            {"mark": {**label, "x": 0}, "encoding": {"text": {"field": "label"}}},
            {"mark": {**label, "x": _WIDTH, "align": "right", "fontWeight": "bold"},
             "encoding": {"text": {"field": "share"}}},
            {"mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.3, "color": COLOURS[0]},
             "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": COLOURS[0]},
             "encoding": {"x": x}},
        ],
    )  # fmt: skip


def _model_first(label: str) -> str:
    """Return 'gpt-5 with search (OpenAI API)': where room is short, the vendor is cut and not the model.

    >>> _model_first("OpenAI API, gpt-5 with search"), _model_first("captured answers")
    ('gpt-5 with search (OpenAI API)', 'captured answers')
    """
    vendor, comma, model = label.partition(", ")
    return f"{model} ({vendor})" if comma else label


def _row(voice: Voice) -> dict[str, object]:
    value = voice.rate.value or 0.0
    low, high = (voice.interval.low, voice.interval.high) if voice.interval else (value, value)
    return {
        "id": voice.assistant_id,
        "label": one_line(_model_first(voice.label), _LABEL),
        "share": f"{words.percent(value)} of {words.number(voice.rate.of)}",
        "value": value * 100,
        "low": low * 100,
        "high": high * 100,
    }
