"""Times as answers tell them: in two units, with the unit left out, or as a rate."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.analysis import durations
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity

_NEAR_RATE = 24  # characters: "763,000 cars a year"
_LASTS = re.compile(
    r"\b(?:for|of|within|in|after|about|is|lasts?|gives?|gave|get|gets|got|have|has|takes?|pour|für|por)\s(?:\w+\s)?$"
)
_ARTICLE = re.compile(r"(?:a|an|par|pro|al|un|une|eine?n?)\s")
_ALIKE = 0.9  # of the same time, told twice
_JOINS = re.compile(r",? (?:and |und |et |y )?")
_OLDEST = 100  # years
_AGED = re.compile(r"\b(?:age|aged|ages|age of|alter von|âge de|edad de)\s(?:of )?$")
_ELIDED = re.compile(
    r"\s(?:on|for|if|unopened|opened|when|once|after|with|without|auf|für|bei|pour|para)\b|\s*[|)]|\s*$"
)


def times(place: Place) -> list[Quantity]:
    """Return the quantities of a place, those that are times completed and added up."""
    return _joined(place, _elided(place))


def is_rate(place: Place, one: Quantity) -> bool:
    """Tell "a month" in "$9.99 a month" from a time of one month."""
    if one.dimension is not Dimension.DURATION or not _ARTICLE.match(place.page.folded, one.start):
        return False
    clause = place.clause(one.start)
    counted = [other for other in place.quantities if clause.start <= other.start < other.end <= one.start]
    if any(one.start - other.end <= 1 for other in counted):
        return True
    return (
        bool(counted)
        and one.start - counted[-1].end <= _NEAR_RATE
        and not _LASTS.search(place.page.folded, clause.start, one.start)
    )


def _joined(place: Place, found: Sequence[Quantity]) -> list[Quantity]:
    """Add up a time told in two units: "an hour and ten minutes"."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and _goes_on(place, last, one):
            joined[-1] = replace(last, end=one.end, value=last.value + one.value, unit=one.unit)
        else:
            joined.append(one)
    return joined


def _goes_on(place: Place, last: Quantity, one: Quantity) -> bool:
    """Whether a time goes on in a smaller unit."""
    times = last.dimension is one.dimension is Dimension.DURATION and one.unit != last.unit
    other = one.value < _ALIKE * last.value  # "a full month, 30 days" says one time twice
    return times and other and bool(_JOINS.fullmatch(place.page.folded, last.end, one.start))


def _elided(place: Place) -> list[Quantity]:
    """Complete a figure without a unit by the one before it: "365 days unopened, 90 opened"."""
    found: list[Quantity] = []
    unit = ""
    for one in place.quantities:
        if one.dimension is Dimension.DURATION:
            unit = one.unit
        found.append(_completed(place, one, unit) if one.dimension is Dimension.PLAIN else one)
    return found


def _completed(place: Place, one: Quantity, last: str) -> Quantity:
    unit = last if last and not one.yearlike and _ELIDED.match(place.page.folded, one.end) else ""
    unit = "year" if one.value < _OLDEST and _is_age(place, one) else unit
    days = durations.in_days(unit) or 1.0
    return replace(one, dimension=Dimension.DURATION, value=one.value * days, unit=unit) if unit else one


def _is_age(place: Place, one: Quantity) -> bool:
    """Whether so many years are meant: "from the age of 15"."""
    return _AGED.search(place.page.folded, max(place.start, one.start - 16), one.start) is not None
