"""Several values for one fact in one clause: which are meant, and the words that each of them has for itself."""

import re
from collections.abc import Sequence
from operator import itemgetter

from msgspec.structs import replace

from monitor.analysis.kind import Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_BENEFIT = 0.15  # of two values in one clause that may be meant, the sheet's own is taken
_FROM = re.compile(r"\b(?:from|von|de|desde)\s(?:(?:about|around|some|roughly|rund|etwa|environ|unos|unas)\s)?$")
_TO = re.compile(
    r"\W*(?:[^\W\d]+ ){0,2}?"
    r"(?:(?:in|im jahr|im|en) (?:early |late |mid-?)?(?:19|20)\d\d |(?:a|the) year (?:earlier|before) )?"
    r"(?:to|auf|à|a) (?:(?:about|around|some|roughly|rund|etwa|environ|unos|unas|nearly|almost|more than|over) )*"
)


def meant(place: Place, values: Sequence[Said], ranks: Sequence[int]) -> list[Said]:
    """Return the best value alone, or all that the sheet knows, or both ends of a change from what it knows.

    `ranks`: 2 for the sheet's value of today, 1 for a former one, 0 for one that it does not know.
    """
    known = sorted(
        ((said.start, rank, said) for said, rank in zip(values, ranks, strict=True) if rank), key=itemgetter(0)
    )
    if len(known) > 1:
        found = [said for _, _, said in known]
        return _apart(place, found) if [rank for _, rank, _ in known] == [2, 1] else found
    if len(known) == 1 and (end := _changed_to(place, known[0][2], values)):
        return _apart(place, [known[0][2], end])
    best = max(range(len(values)), key=lambda one: values[one].score + (_BENEFIT if ranks[one] else 0.0))
    return [values[best]]


def _changed_to(place: Place, first: Said, values: Sequence[Said]) -> Said | None:
    """What a value became: "from 9.4 billion in 2024 to 11.2 billion"."""
    folded = place.page.folded
    if not _FROM.search(folded, max(place.start, first.start - 24), first.start):
        return None
    behind = (one for one in values if one.start >= first.end)
    return next((one for one in behind if _TO.fullmatch(folded, first.end, one.start)), None)


def _apart(place: Place, values: Sequence[Said]) -> list[Said]:
    """Give each value the words from the one before to its own end, the last one all that follows."""
    ordered = sorted(values, key=lambda one: one.start)
    clause = place.clause(ordered[0].start)
    found, start = [], min(clause.start, ordered[0].start)
    for one in ordered:
        end = max(clause.end, one.end) if one is ordered[-1] else one.end
        found.append(one if one.span else replace(one, span=Stretch(start=start, end=end)))
        start = one.end
    return found
