"""Lets each name serve one fact, and of several values in a clause those count that are meant."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from monitor.analysis import kinds, several
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.moments import Moment
from monitor.analysis.places import Place

_HALF_SAID = 0.45  # a fact of which so much less is said than of another is no rival of it
_RIVAL_MARGIN = 0.12  # two facts that are this close in their pull on one value: nobody can tell


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A value in its place, said of one fact."""

    place: Place
    asked: Asked
    said: Said
    strayed: bool = False  # the words before speak of somebody else

    @property
    def kind(self) -> Kind:
        return kinds.ALL[self.asked.kind]


def settled(found: Sequence[Found]) -> list[Found]:
    """Mark of each value of one fact alone for which fact it is, as the words go; what is likelier is weighed later."""
    kept = [one for one in found if not one.said.exclusive]
    by_value: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        if one.said.exclusive:
            by_value.setdefault((one.said.start, one.said.end), []).append(one)
    return [*kept, *(one for group in by_value.values() for one in _marked(group))]


def _marked(group: Sequence[Found]) -> list[Found]:
    best = _best(group)
    return [one if one in best else _lost(one) for one in group]


def _lost(one: Found) -> Found:
    return replace(one, said=replace(one.said, signs={**one.said.signs, "lost": 1.0}))


def meant_of_clause(group: list[Found]) -> list[Found]:
    """Of several values in a clause those that are meant."""
    if len(group) == 1:
        return group
    said = several.meant(group[0].place, [one.said for one in group], [_rank(one) for one in group])
    by_start = {one.said.start: one for one in group}
    return [replace(by_start[one.start], said=one) for one in said]


def most_exact(found: Sequence[Found]) -> list[Found]:
    """Leave out the times that the same place tells more exactly for the same fact."""
    together: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        together.setdefault((one.place.start, one.asked.index), []).append(one)
    return [one for group in together.values() for one in group if not any(_is_coarser(one, other) for other in group)]


def _is_coarser(one: Found, other: Found) -> bool:
    """Whether another value says the same more exactly: "1997: listed on 3 March 1997"."""
    wide, close = one.said.value, other.said.value
    if not isinstance(wide, Moment) or not isinstance(close, Moment):
        return False
    return (
        wide.first <= close.first and close.last <= wide.last and (wide.first, wide.last) != (close.first, close.last)
    )


def _best(group: Sequence[Found]) -> list[Found]:
    ranked = sorted(group, key=lambda one: -_pull(one))
    first = ranked[0]
    whole = _covered(first) - _HALF_SAID
    rivals = [one for one in ranked[1:] if _pull(first) - _pull(one) < _RIVAL_MARGIN and _covered(one) > whole]
    if not rivals:
        return [first]
    right = [one for one in (first, *rivals) if _rank(one)]
    return right if len(right) == 1 else []


def _pull(one: Found) -> float:
    """How hard a fact pulls at a value: of two that fit, the one of which more was said."""
    return one.said.score + 0.15 * min(_covered(one) * one.asked.weight, 3.0)


def _covered(one: Found) -> float:
    return one.place.coverage(one.asked, one.said.start)


def _rank(one: Found) -> int:
    """2 for the sheet's value of today, 1 for a former one, 0 for any other."""
    if one.kind.compare(one.said, one.asked.fact.value, one.asked) is Match.SAME:
        return 2
    return int(
        any(one.kind.compare(one.said, former.value, one.asked) is Match.SAME for former in one.asked.fact.before)
    )
