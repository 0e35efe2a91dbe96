"""A share or rate in per cent; the value is the number before the sign: 97.8."""

from collections.abc import Sequence

from monitor.analysis import comparing
from monitor.analysis.closeness import is_close
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.nearness import LOOSE, is_of_sheet, tie
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity
from monitor.domain.brand import Fact, FactValue


def _check(value: FactValue, unit: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "a percentage is written as its number, such as 97.8"
    if unit not in {"", "%", "percent"}:
        return "a percentage has the unit %, or none"
    return ""


def _advice(fact: Fact) -> str:
    return "" if fact.about else "say of what this is the share, as `about: share of wood that is recycled`"


def _same(a: Fact, b: Fact) -> bool:
    return a.value == b.value


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    found = []
    for one in place.quantities:
        if one.dimension is not Dimension.PERCENT:
            continue
        score = tie(place, asked, one)
        if score >= LOOSE or is_of_sheet(place, asked, one) or is_close(asked, one):
            found.append(Said(start=one.start, end=one.end, value=one, shown=one.shown, score=score, exclusive=True))
    return found


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    one = said.value
    if not isinstance(one, Quantity) or not isinstance(value, int | float):
        return Match.UNREADABLE
    tolerance = asked.fact.tolerance if asked.fact.tolerance is not None else 0.01
    return comparing.amounts(one, float(value), tolerance)


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return f"{value} %"


KIND = Kind(name="percent", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
