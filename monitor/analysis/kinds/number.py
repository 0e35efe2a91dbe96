"""A count or measure: 493 stores, 24 hours, 4.8 stars."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from monitor.analysis import comparing, counted, durations, measures, timed, unitalone
from monitor.analysis.closeness import is_close
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.nearness import LOOSE, by_value, is_of_sheet, tie
from monitor.analysis.places import Place
from monitor.analysis.quantities import Bound, Dimension, Quantity
from monitor.domain.brand import Fact, FactValue

_GIVEN = 0.05  # for a figure of the sheet, whatever it counts here
_MEASURED = 0.15
_PER_SO_MUCH = re.compile(r"\b(?:per|in|je|pro|pour|par|por|en|each|every)\s$")
_ABOUT_HALF, _QUARTER = 0.5, 0.25  # of the coarser unit


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001  -- every kind is asked the same way
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "a number is written in figures, such as 493 or 4.8"
    return "" if abs(value) < 1e18 else "a number this large cannot be checked"  # noqa: PLR2004


def _advice(fact: Fact) -> str:
    if not fact.unit:
        return "say what is counted, as `unit: stores`, so that other figures beside it are not mistaken for this one"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return a.value == b.value and a.unit == b.unit


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    if not place.quantities:
        return []
    found = timed.times(place) if durations.in_days(asked.fact.unit) else place.quantities
    return [
        Said(
            start=one.start, end=one.end, value=one, shown=_shown(one, asked.fact.unit if fits else ""),
            score=min(1.0, score), exclusive=True, scale=_scale(place, asked, one),
            signs={"counted": fits, "otherwise": fits == 0},
        )
        for one in found
        if one.dimension not in {Dimension.MONEY, Dimension.PERCENT}
        for score, fits in _scores(place, asked, one)
    ]  # fmt: skip


def _scores(place: Place, asked: Asked, one: Quantity) -> Iterator[tuple[float, float]]:
    """How closely an amount is tied to the fact, and how well what it counts fits; none: it cannot be meant for it."""
    if timed.is_rate(place, one):
        return
    alone = unitalone.is_like(asked, one) and unitalone.speaks(place, one, asked)
    near = max(tie(place, asked, one), unitalone.SCORE if alone else 0.0)
    fits = _fits(place, asked, one) or (counted.UNIT_NOUN if alone else _given(place, asked, one))
    tied = near >= LOOSE and fits > 0
    if tied or _may_be(place, asked, one):
        yield near + fits, fits


def _may_be(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether an amount is of the sort and size of the fact's, whatever is said of it."""
    wanted = Dimension.DURATION if durations.in_days(asked.fact.unit) else Dimension.PLAIN
    return one.dimension is wanted and (is_of_sheet(place, asked, one) or is_close(asked, one))


def _given(place: Place, asked: Asked, one: Quantity) -> float:
    measured = measures.behind(place.page.folded, one.end)
    return 0.0 if measured or not by_value(place, asked, one, place.coverage(asked, one.start)) else _GIVEN


def _shown(one: Quantity, unit: str) -> str:
    return durations.shown(one, unit) if durations.in_days(unit) else replace(one, unit=unit).shown


def _fits(place: Place, asked: Asked, one: Quantity) -> float:
    """How well an amount is of what the fact counts or measures; 0: not at all."""
    if durations.in_days(asked.fact.unit):
        return durations.fits(place, asked, one)
    measure = measures.of_unit(asked.fact.unit)
    return _fits_measure(place, one, measure) if measure else counted.fits(place, asked, one)


def _fits_measure(place: Place, one: Quantity, measure: measures.Measure) -> float:
    found = measures.behind(place.page.folded, one.end) if one.dimension is Dimension.PLAIN else None
    if found is None or found[0].dimension != measure.dimension:
        return 0.0
    return 0.0 if _PER_SO_MUCH.search(place.page.folded, max(place.start, one.start - 12), one.start) else _MEASURED


def _scale(place: Place, asked: Asked, one: Quantity) -> float:
    """How many of the sheet's units one of the answer's is: 1000 for kilograms against grams."""
    measure = measures.of_unit(asked.fact.unit)
    found = measures.behind(place.page.folded, one.end) if measure else None
    return found[0].size / measure.size if measure and found else 1.0


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    one = said.value
    if not isinstance(one, Quantity) or not isinstance(value, int | float):
        return Match.UNREADABLE
    days = durations.in_days(asked.fact.unit)
    if said.scale != 1.0:
        one = replace(one, value=one.value * said.scale, high=one.high and one.high * said.scale)
    tolerance = asked.fact.tolerance if asked.fact.tolerance is not None else 0.01
    if days:
        target = value * days
        off = 0.015 if one.unit in {"week", "month", "year"} and not asked.fact.unit.startswith(one.unit) else tolerance
        found = comparing.amounts(one, target, max(off, tolerance), least="minimum" in asked.generics)
        return Match.NEAR if found is Match.OTHER and _rounded_to_unit(one, target, asked.fact.unit) else found
    return comparing.amounts(one, float(value), tolerance, least="minimum" in asked.generics)


def _rounded_to_unit(one: Quantity, days: float, unit: str) -> bool:
    """Whether a time is told in a coarser unit than the sheet's, and as near as that: 2 hours of 132 minutes."""
    told, own = durations.in_days(one.unit) or 0.0, durations.in_days(unit) or 0.0
    share = _ABOUT_HALF if one.bound is Bound.ABOUT else _QUARTER
    exact = one.high is None and one.bound in {Bound.ABOUT, Bound.EXACT}
    return told > own and exact and abs(one.value - days) <= share * told


def _show(value: FactValue, unit: str) -> str:
    number = f"{value:,}" if isinstance(value, int | float) else str(value)
    return f"{number} {unit}".strip()


KIND = Kind(name="number", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
