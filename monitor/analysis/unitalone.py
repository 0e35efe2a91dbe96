"""Counts in a unit that one fact alone has: "160 million hectolitres a year" needs no word more of what is counted."""

from monitor.analysis import durations, measures
from monitor.analysis.cues import Asked
from monitor.analysis.nearness import is_apart
from monitor.analysis.places import Place
from monitor.analysis.quantities import Quantity
from monitor.domain.readings import Span

SCORE = 0.4  # what such a unit counts, before the fit of the amount itself
_FACTOR = 4.0  # times more or less than the sheet says: of something else


def is_own(asked: Asked, place: Place) -> bool:
    """Whether no other fact of the sheet speaks of what is counted."""
    if asked.kind != "number" or not asked.units or durations.in_days(asked.fact.unit):
        return False
    owners = place.page.compiled.by_concept
    known = {i for unit in asked.units - _EVERYDAY for i in owners.get(unit, ())}
    return bool(asked.units - _EVERYDAY) and len(known) == 1


_EVERYDAY = frozenset({"=people", "=persons", "=units", "=items", "=pieces", "=points", "=times", "time"})


def speaks(place: Place, at: Span, asked: Asked) -> bool:
    """Whether the unit right behind a figure says what is counted, in a place that no other fact labels."""
    if not is_own(asked, place) or place.owners.others(asked) or is_apart(place, asked, at):
        return False
    if measures.of_unit(asked.fact.unit):
        return False  # litres and metres may be of anything
    return any(hit.concept in asked.units and at.end <= hit.start <= at.end + _NEXT for hit in place.hits)


_NEXT = 12  # characters: "160 million of its hotels"


def is_like(asked: Asked, one: Quantity) -> bool:
    """Whether an amount is of the size of the sheet's own."""
    values = (asked.fact.value, *(former.value for former in asked.fact.before))
    known = [float(value) for value in values if isinstance(value, int | float) and value]
    return any(1 / _FACTOR <= one.value / value <= _FACTOR for value in known)
