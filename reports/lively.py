"""The same chart for a page that is explored: what a point says, what is behind it, a way to look closer."""

import json
from typing import Any

import vl_convert

from reports.charts import DRAWING, INK, VERSION, Spec

_POINTED = frozenset({"point", "bar"})  # marks that stand for a number
_NARROW = 700  # pixels of a page on which two small charts have no room beside each other
_AXIS, _NAMES, _LEAST = 60, 205, 120  # pixels beside a chart over time and one of names, and of the smallest chart
_TICKS = 5  # days written below a chart, about
_LOWER = 15  # pixels from above a chart to inside it
# A wheel alone scrolls the page; a pinch on a pad comes as a wheel with Ctrl.
_ZOOM = "wheel![event.ctrlKey]"


def lively(spec: Spec, *, room: int) -> Spec:
    """Return what Vega draws of a spec: each point has its words, and days can be moved and looked at closer.

    `room` is how wide the drawing may be, in pixels. It takes the colour of the text around it, as the picture does.
    """
    found: Spec = json.loads(json.dumps(spec).replace(INK, "currentColor"))
    _fit(found, room)
    units = _units(found)
    over_time = any(_is_over_time(unit) for unit in units)
    for unit in units:
        if over_time:
            _keep_inside(unit)
        _tell(unit, nearest=over_time)
    if over_time:
        units[0].setdefault("params", []).append(_days())
    with DRAWING:
        compiled: Spec = vl_convert.vegalite_to_vega(found, vl_version=VERSION)
    # What it was compiled by says nothing on what draws it, and would be complained of.
    return {**compiled, "$schema": None, "usermeta": {"days": over_time}}


def _fit(spec: Spec, room: int) -> None:
    """Make a chart as narrow as the page: small charts below each other, legends in one column."""
    inner = spec.get("spec", spec)
    if "columns" in spec and room < _NARROW:
        spec["columns"] = 1
    if "width" in inner:
        inner["width"] = max(_LEAST, min(inner["width"], room - (_AXIS if "spec" in spec else _NAMES)))
    if room < _NARROW:
        spec["config"]["legend"]["columns"] = 1


def _units(spec: Spec) -> list[Spec]:
    """Return the parts of a spec that draw marks, in their order."""
    inner = spec.get("spec", spec)
    return [layer for layer in inner.get("layer", [inner]) if "mark" in layer]


def _is_over_time(unit: Spec) -> bool:
    along: dict[str, Any] = unit.get("encoding", {}).get("x", {})
    return along.get("type") == "temporal"


def _keep_inside(unit: Spec) -> None:
    """Draw nothing beyond the days that are looked at; a caption stands inside, so that it goes with its day.

    The days written below change with those that are looked at.
    """
    unit["mark"]["clip"] = True
    axis = unit["encoding"]["x"].get("axis") or {}
    if axis.pop("values", None) is not None:
        axis["tickCount"] = _TICKS
    if unit["mark"]["type"] == "text":
        place = "dy" if "dy" in unit["mark"] else "y"
        unit["mark"][place] += _LOWER


def _tell(unit: Spec, *, nearest: bool) -> None:
    """Give a mark that stands for a number its words; the other marks stay silent."""
    if unit["mark"]["type"] not in _POINTED:
        unit["mark"]["tooltip"] = None
        return
    unit["mark"]["cursor"] = "pointer"
    unit.setdefault("encoding", {})["tooltip"] = {"field": "said"}
    if nearest:
        pointed = {"type": "point", "on": "pointerover", "nearest": True, "clear": "pointerout"}
        unit.setdefault("params", []).append({"name": "pointed", "select": pointed})


def _days() -> Spec:
    """Return the parameter by which dragging moves along the days and zooming shows fewer of them."""
    return {"name": "days", "select": {"type": "interval", "encodings": ["x"], "zoom": _ZOOM}, "bind": "scales"}
