"""The scale on which estimates are drawn."""

from collections.abc import Mapping, Sequence

from monitor.domain.measures import Estimate, Measure


def factor(of: Estimate) -> float:
    """Return what a value is multiplied by: shares and stance are drawn in percent."""
    return 100.0 if of.unit == "%" or of.series.measure is Measure.NET_STANCE else 1.0


def scale(estimates: Sequence[Estimate]) -> Mapping[str, object]:
    """Return an axis that starts at nothing: 0 to 100 %, -100 to 100 for stance."""
    if any(each.series.measure is Measure.NET_STANCE for each in estimates):
        return {"domain": [-100, 100]}
    if all(each.unit == "%" for each in estimates):
        top = max((each.interval.high if each.interval else each.rate.value or 0 for each in estimates), default=1)
        return {"domain": [0, 100 if top > 0.5 else max(10, round(top * 120, -1))]}  # noqa: PLR2004  -- half
    return {"zero": True}
