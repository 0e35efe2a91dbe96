"""Facts compared: one bar per fact, its answers by verdict."""

from collections.abc import Mapping, Sequence

from monitor.domain.portrait import FactPortrait
from monitor.domain.readings import Verdict
from reports import behind, charts
from reports.charts import INK, NAME, Spec
from reports.plain import one_line

GOOD, OLD, BAD = "#a9d0ec", "#cc8f2e", "#97322f"  # light, middle, dark in grey too
_WHOLE = {"tickMinStep": 1, "tickCount": 6}


def verdicts(facts: Sequence[FactPortrait]) -> Spec:
    """Return one bar per fact: answers that were right, out of date, wrong."""
    values = [_bar(each, *part) for each in facts for part in enumerate(_parts(each))]
    verdict = {
        "field": "verdict", "type": "nominal", "title": None, "legend": {"columns": 3},
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


def _parts(of: FactPortrait) -> tuple[tuple[str, Verdict, int], ...]:
    return (
        ("right", Verdict.SUPPORTED, of.supported),
        ("out of date", Verdict.OUTDATED, of.outdated),
        ("wrong", Verdict.CONTRADICTED, of.contradicted),
    )


def _bar(of: FactPortrait, order: int, part: tuple[str, Verdict, int]) -> Mapping[str, object]:
    name, verdict, number = part
    return {
        "fact": one_line(of.fact.about or of.fact.id, NAME),
        "verdict": name,
        "order": order,
        "answers": number,
        "said": behind.verdict(of, name, number),
        "behind": behind.on_fact(of, verdict),
    }
