"""Facts compared: one bar per fact, its answers by verdict."""

from collections.abc import Sequence

from monitor.domain.portrait import FactPortrait
from reports import charts
from reports.charts import INK, NAME, Spec
from reports.plain import one_line

GOOD, OLD, BAD = "#a9d0ec", "#cc8f2e", "#97322f"  # light, middle, dark in grey too
_WHOLE = {"tickMinStep": 1, "tickCount": 6}


def verdicts(facts: Sequence[FactPortrait]) -> Spec:
    """Return one bar per fact: answers that were right, out of date, wrong."""
    values = [
        {"fact": one_line(each.fact.about or each.fact.id, NAME), "verdict": name, "order": order, "answers": number}
        for each in facts
        for order, (name, number) in enumerate(
            (("right", each.supported), ("out of date", each.outdated), ("wrong", each.contradicted))
        )
    ]
    verdict = {
        "field": "verdict", "type": "nominal", "title": None,
        "scale": {"domain": ["right", "out of date", "wrong"], "range": [GOOD, OLD, BAD]},
    }  # fmt: skip
    return charts.framed(
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
