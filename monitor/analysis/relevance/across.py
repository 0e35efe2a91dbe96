"""How the values of one answer that may be meant for the same fact stand to each other.

An answer tells most facts once: where another sentence says more of a fact, a figure that only might be meant is not.
"""

from collections.abc import Mapping, Sequence

from monitor.analysis.closeness import FAR
from monitor.analysis.relevance.traits import Traits, Weighed, most

_MOST = 5


def compare(every: Sequence[Weighed]) -> None:
    """Add to the traits of each value what the other places of the answer say of its fact."""
    by_fact: dict[int, list[Weighed]] = {}
    for one in every:
        by_fact.setdefault(one.found.asked.index, []).append(one)
    for values in by_fact.values():
        fact = _OfFact(values)
        for one in values:
            one.traits.update(fact.beside(one))


class _OfFact:
    """What all places say of one fact, so that each can be held against all others in one step."""

    def __init__(self, values: Sequence[Weighed]) -> None:
        self._first = min([one.at for one in values])
        self._places: dict[int, list[Weighed]] = {}
        self._shown: dict[str, set[int]] = {}  # the places of each value
        for one in values:
            place = one.found.place.start
            self._places.setdefault(place, []).append(one)
            self._shown.setdefault(one.found.said.shown, set()).add(place)
        self._same = {one.found.place.start for one in values if one.same}
        self._former = {one.found.place.start for one in values if one.former}
        self._covered = _best_two({place: most("covered", here) for place, here in self._places.items()})
        self._score = _best_two({place: most("score", here) for place, here in self._places.items()})
        self._near = _best_two({place: -min([one.off for one in here]) for place, here in self._places.items()})

    def beside(self, one: Weighed) -> Traits:
        place, own = one.found.place.start, one.traits
        near = min(-_best_but(self._near, place, -FAR), FAR)
        return {
            "elsewhere": min(len(self._places) - 1, _MOST),
            "elsewhere_same": not self._same <= {place},
            "elsewhere_former": not self._former <= {place},
            "elsewhere_as_here": len(self._shown[one.found.said.shown]) > 1,
            "before_elsewhere": own["covered"] - _best_but(self._covered, place, 0.0),
            "before_elsewhere_score": own["score"] - _best_but(self._score, place, 0.0),
            "nearer_than_elsewhere": near - min(one.off, FAR),
            "first": one.at == self._first,
        }


_Best = Sequence[tuple[float, int]]  # a place and its value, the best place first, two at most


def _best_two(of_places: Mapping[int, float]) -> _Best:
    return sorted([(value, place) for place, value in of_places.items()], reverse=True)[:2]


def _best_but(best: _Best, place: int, nothing: float) -> float:
    """The best value of all places but one."""
    for value, other in best:
        if other != place:
            return value
    return nothing
