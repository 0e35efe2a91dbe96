"""A year: of foundation, of a launch, since when something holds."""

from datetime import date

from monitor.analysis import dated
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.moments import Grain, Moment
from monitor.domain.brand import Fact, FactValue


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 2200:  # noqa: PLR2004
        return "a year is written with four digits, such as 1943"
    return ""


def _advice(fact: Fact) -> str:
    return "" if fact.about else "say what happened in that year, as `about: founding year`"


def _same(a: Fact, b: Fact) -> bool:
    return a.value == b.value


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    one = said.value
    if not isinstance(one, Moment) or not isinstance(value, int) or not 1 <= value <= 9999:  # noqa: PLR2004
        return Match.UNREADABLE
    if one.first.year <= value <= one.last.year:
        return Match.NEAR if one.grain is Grain.CENTURY else Match.SAME
    if (one.about and date(one.first.year, 1, 1).year - value in {1, 2}) or (
        value - one.last.year in {1, 2} and one.about
    ):
        return Match.NEAR
    return Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="year", check=_check, advice=_advice, same=_same, read=dated.read, compare=_compare, show=_show)
