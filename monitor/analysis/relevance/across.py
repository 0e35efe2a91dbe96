"""How the values of one answer that may be meant for the same fact stand to each other.

An answer tells most facts once: where another sentence says more of a fact, a figure that only might be meant is not.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.analysis.closeness import FAR
from monitor.analysis.relevance.traits import Weighed, most

_MOST = 5


def compared(every: Sequence[Weighed]) -> list[Weighed]:
    """Add to each value what the other places of the answer say of its fact."""
    by_fact: dict[int, list[Weighed]] = {}
    for one in every:
        by_fact.setdefault(one.found.asked.index, []).append(one)
    facts = {index: _OfFact(values) for index, values in by_fact.items()}
    return [facts[one.found.asked.index].beside(one) for one in every]


class _OfFact:
    """What all places say of one fact, so that each can be held against all others in one step."""

    def __init__(self, values: Sequence[Weighed]) -> None:
        self._first = min(one.at for one in values)
        self._places: dict[int, list[Weighed]] = {}
        for one in values:
            self._places.setdefault(one.found.place.start, []).append(one)
        self._same, self._former, self._shown = Counter[int](), Counter[int](), Counter[str]()
        for place, here in self._places.items():
            self._same[place] = any(one.same for one in here)
            self._former[place] = any(one.former for one in here)
            self._shown.update({one.found.said.shown for one in here})
        self._sames, self._formers = self._same.total(), self._former.total()
        self._covered = _best_two({place: most("covered", here) for place, here in self._places.items()})
        self._score = _best_two({place: most("score", here) for place, here in self._places.items()})
        self._near = _best_two({place: -min(one.off for one in here) for place, here in self._places.items()})

    def beside(self, one: Weighed) -> Weighed:
        place, own = one.found.place.start, one.traits
        near = min(-_best_but(self._near, place, -FAR), FAR)
        traits = {
            **own,
            "elsewhere": min(len(self._places) - 1, _MOST),
            "elsewhere_same": self._sames > self._same[place],
            "elsewhere_former": self._formers > self._former[place],
            "elsewhere_as_here": self._shown[one.found.said.shown] > 1,
            "before_elsewhere": own["covered"] - _best_but(self._covered, place, 0.0),
            "before_elsewhere_score": own["score"] - _best_but(self._score, place, 0.0),
            "nearer_than_elsewhere": near - min(one.off, FAR),
            "first": one.at == self._first,
        }
        return replace(one, traits=traits)


_Best = list[tuple[float, int]]  # a place and its value, the best place first, two at most


def _best_two(of_places: dict[int, float]) -> _Best:
    return sorted(((value, place) for place, value in of_places.items()), reverse=True)[:2]


def _best_but(best: _Best, place: int, nothing: float) -> float:
    """The best value of all places but one."""
    return next((value for value, other in best if other != place), nothing)
