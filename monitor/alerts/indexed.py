"""Observations that are held against many questions: each answer is looked at where it may tell something, once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from operator import attrgetter

from monitor.alerts import checks
from monitor.alerts.checks import Check, Look
from monitor.domain.rounds import Observation
from monitor.domain.views import RoundView


class Indexed(tuple[Observation, ...]):  # noqa: SLOT001 -- its index is made when it is first asked for
    """Observations, oldest first."""

    @cached_property
    def _told(self) -> list[Observation]:
        """Those that `checks.checks` holds against a question."""
        return checks.in_order(one for one in self if one.counts and checks.is_told(one))

    @cached_property
    def _by_fact(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for one in self._told:
            for fact in {claim.fact for claim in one.reading.claims} if one.reading else ():
                found[fact].append(one)
        return found

    @cached_property
    def _by_round(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for one in self:
            found[one.round_id].append(one)
        return found

    @cached_property
    def _known(self) -> dict[Look, list[Check]]:
        return {}

    @cached_property
    def last(self) -> "Indexed":
        """The observations of the last round in the series."""
        newest = [one for own in self._by_round.values() if (one := next(filter(_counts, reversed(own)), None))]
        last = max(newest, key=lambda one: (one.asked_at, one.round_id), default=None)
        return Indexed(filter(_counts, self._by_round[last.round_id])) if last else Indexed()

    def checks(self, look: Look) -> list[Check]:
        """Return the answers held against a question, oldest first, as `checks.checks` does."""
        if look not in self._known:
            self._known[look] = checks.held(self._by_fact.get(look.fact, ()) if look.fact else self._told, look)
        return self._known[look]

    def before(self, later: "Indexed", look: Look) -> list[Check]:
        """Return those of both."""
        known = self._merged.get(look)
        if known is None or known[0] is not later:
            known = self._merged[look] = later, _in_order([*self.checks(look), *later.checks(look)])
        return known[1]

    @cached_property
    def _merged(self) -> dict[Look, tuple["Indexed", list[Check]]]:
        return {}

    def of_rounds(self, rounds: Iterable[str]) -> list[Observation]:
        return [one for id_ in sorted(rounds) for one in self._by_round.get(id_, ())]


_counts = attrgetter("counts")


def now(view: RoundView, look: Look) -> list[Check]:
    """Return the round's answers in which a question was checked."""
    return _of(view.observations).checks(look)


def current(view: RoundView, look: Look) -> list[Check]:
    """Return those of this round and of the one before it in the series."""
    return _in_order([*_of(view.history).last.checks(look), *now(view, look)])


def past(view: RoundView, look: Look) -> list[Check]:
    """Return those of the rounds before this one, as far as rules look back."""
    return _of(view.history).checks(look)


def ever(view: RoundView, look: Look) -> list[Check]:
    """Return those of this round and all before it."""
    return _of(view.history).before(_of(view.observations), look)


def confirming(view: RoundView, look: Look, rounds: Collection[str]) -> list[Check]:
    """Return the samples that were asked in these rounds to confirm a finding."""
    if not rounds:
        return []
    each = (*_of(view.history).of_rounds(rounds), *_of(view.observations).of_rounds(rounds))
    return checks.samples(each, look)


def window(view: RoundView) -> tuple[Observation, ...]:
    """Return the observations of this round and of the one before it in the series."""
    return (*_of(view.history).last, *view.observations)


def _of(observations: Sequence[Observation]) -> Indexed:
    return observations if isinstance(observations, Indexed) else Indexed(observations)


def _in_order(found: Iterable[Check]) -> list[Check]:
    return sorted(found, key=lambda check: (check.at, check.observation.answer_id))
