"""A day or month: ISO text, 2020-12-10 or 2020-12."""

import calendar
from datetime import date

from monitor.analysis import dated
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.moments import Moment
from monitor.domain.brand import Fact, FactValue


def _days(value: FactValue) -> tuple[date, date] | None:
    parts = str(value).split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(parts) == 3:  # noqa: PLR2004
            one = date(*numbers)
            return one, one
        year, month = numbers
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, TypeError):
        return None


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return (
        "" if isinstance(value, str) and _days(value) else "a date is written as 2020-12-10, or as 2020-12 for a month"
    )


def _advice(fact: Fact) -> str:
    return "" if fact.about else "say what happened on that day, as `about: opening of the first store`"


def _same(a: Fact, b: Fact) -> bool:
    return _days(a.value) == _days(b.value)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    one, true = said.value, _days(value)
    if not isinstance(one, Moment) or not true:
        return Match.UNREADABLE
    for first, last in [(one.first, one.last), *([one.other] if one.other else [])]:
        if (first <= true[0] and true[1] <= last) or (true[0] <= first and last <= true[1]):
            return Match.SAME
    loosely = one.loosely and one.loosely[0] <= true[1] and true[0] <= one.loosely[1]
    return Match.NEAR if one.about or loosely else Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="date", check=_check, advice=_advice, same=_same, read=dated.read, compare=_compare, show=_show)
