import itertools
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

import pytest
from pydantic import TypeAdapter

from monitor.alerts import life, recalling
from monitor.alerts.indexed import Indexed
from monitor.domain.measures import Interval
from monitor.domain.recalled import Recalled
from monitor.domain.rounds import Round, RoundKind
from monitor.domain.views import RoundView
from tests.support import observations

_KEPT = TypeAdapter(Recalled)


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Observations made in one line each."""
    return observations


@pytest.fixture(scope="session", params=["whole", "recalled"])
def view(made, request):
    """The view of the last round among the observations given, or of round `number`.

    Its history is whole, or as a store recalls it: without texts before the last round.
    """
    looked_back = tuple if request.param == "whole" else _recalled

    def of(observations, *, number=None, sheet=None, shifts=(), first_round=False, kind=RoundKind.SCHEDULED, later=0):
        last = number if number is not None else max((int(o.round_id[1:]) for o in observations), default=0)
        opened = made.at(last)
        return RoundView(
            round=Round(id=f"r{last:03d}", brand="Quillmark", kind=kind, key=str(last), opened_at=opened),
            sheet=sheet or made.SHEET,
            observations=tuple(o for o in observations if o.round_id == f"r{last:03d}"),
            history=looked_back(o for o in observations if o.round_id < f"r{last:03d}"),
            fetch=lambda ids: {o.answer_id: o for o in observations if o.answer_id in ids},
            shifts=tuple(shifts),
            first_round=first_round,
            interval=lambda clusters: Interval(low=0.1, high=0.9) if clusters else None,
            now=opened + timedelta(minutes=5, days=later),
        )

    return of


def _recalled(observations):
    seen = Indexed(observations)
    last = seen.last[0].round_id if seen.last else ""
    return Indexed(
        each
        for (round_id, kind), own in itertools.groupby(seen, key=lambda one: (one.round_id, one.kind))
        for each in (own if round_id == last or kind is RoundKind.CONFIRMING else _as_kept(tuple(own)))
    )


def _as_kept(own):
    return recalling.observations(_KEPT.validate_json(_KEPT.dump_json(recalling.of_round(own))))


@pytest.fixture(scope="session")
def decide():
    """What people are told in a round, as a list; `alerts` are those that stand or stood."""

    def of(view, signals, alerts=(), *, new_id=lambda: "new"):
        return list(life.decide(replace(view, alerts=tuple(alerts)), signals, new_id=new_id).changes)

    return of


@pytest.fixture
def new_id():
    numbers = itertools.count(1)
    return lambda: f"id{next(numbers)}"
