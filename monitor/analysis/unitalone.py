"""Counts in a unit that one fact alone has: "160 million hectolitres a year" needs no word more of what is counted."""

import re

from monitor.analysis import durations, measures
from monitor.analysis.cues import Asked
from monitor.analysis.nearness import is_apart
from monitor.analysis.places import CARRIED, Place
from monitor.analysis.quantities import Quantity
from monitor.analysis.spans import Span

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
    if _is_elided(place, at, asked):
        return True
    near = (hit for hit in place.hits if at.end <= hit.start <= at.end + _NEXT)
    return any(hit.concept in asked.units and not hit.weak for hit in near)


# What stands right before and behind a figure whose noun was said just before.
_STATES = re.compile(
    r"\b(?:has|have|had|with|sells?|counts?|down to|up to|to|are|there are|there were|employs?|runs?|operates?|only|now"
    r"|some|zählt|hat|sind|compte|tiene|cuenta con)\s(?:(?:about|around|some|roughly|nearly|close to|only|just"
    r"|more than|over|rund|etwa|environ|unos|unas) )*$|^\W*(?:only |just |some |about |around |roughly |nearly )*$"
)
_NO_NOUN = re.compile(
    r"\s*(?:[.,;:)!]|$|(?:are left|remain|are still|of (?:them|these|those)|today|now|in (?:total|all|active use)"
    r"|worldwide|and|but|while|left|übrig|restants?|quedan)\b)"
)


def _is_elided(place: Place, at: Span, asked: Asked) -> bool:
    """Whether the noun of a bare figure was said right before it: "Some 3,500 are left", behind "its employees"."""
    folded, clause = place.page.folded, place.clause(at.start)
    if place.cell or not _NO_NOUN.match(folded, at.end) or not _STATES.search(folded[clause.start : at.start]):
        return False
    if any(place.start <= hit.start < at.start and hit.concept in asked.units for hit in place.hits):
        return True
    return any(frame.weight == CARRIED and concepts & asked.units for frame, concepts in place.framed)


_NEXT = 12  # characters: "160 million of its hotels"


def is_like(asked: Asked, one: Quantity) -> bool:
    """Whether an amount is of the size of the sheet's own."""
    known = [float(value) for value in asked.given if isinstance(value, int | float) and value]
    return any(1 / _FACTOR <= one.value / value <= _FACTOR for value in known)
