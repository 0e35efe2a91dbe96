"""The life of one alert as a state machine: rounds and what people do, against a model of a few numbers."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from monitor.alerts import life
from monitor.domain.alerts import Acknowledged, AlertState, Silenced
from monitor.domain.readings import Verdict

NAMES = ("gpt", "claude")
SAID = st.sampled_from(["wrong", "right", "nothing", "not asked"])
DAY = timedelta(days=1)


@dataclass
class Model:
    """All that the life of an alert on one fact depends on."""

    stands: bool = False
    opened: int = 0  # how many alerts there were
    resolved_at: object = None
    told_at: object = None
    told: set = field(default_factory=set)  # assistants that people were told of
    heard: set = field(default_factory=set)  # assistants that the latest finding names
    acknowledged: bool = False
    silent_until: object = None
    clean: dict = field(default_factory=dict)  # assistant -> clean rounds since it was last wrong
    before: dict = field(default_factory=dict)  # what the round before said

    def round(self, said, now):
        """Return what people are told."""
        checked = {name for name, what in said.items() if what in {"wrong", "right"}}
        wrong = {name for name, what in said.items() if what == "wrong"}
        for name in checked:
            self.clean[name] = 0 if name in wrong else self.clean.get(name, 0) + 1
        window = wrong | {name for name, what in self.before.items() if what == "wrong"}
        if set(said.values()) != {"not asked"}:
            self.before = said
        if wrong:
            return self._still(window, now) if self.stands else self._open(window, now)
        if not self.stands or not checked & self.heard:
            return []
        if all(self.clean[name] >= 2 for name in self.heard):
            return self._resolve(now)
        return self._remind(self.heard, now)

    def _silent(self, now):
        return self.silent_until is not None and now < self.silent_until

    def _open(self, window, now):
        back = self.resolved_at is not None and now - self.resolved_at <= timedelta(days=30)
        if not back:
            self.opened += 1
            self.silent_until = None
        self.stands, self.acknowledged, self.told_at = True, False, now
        self.told, self.heard = set(window), set(window)
        if back and self._silent(now):
            return []
        self.silent_until = None
        return ["reopened" if back else "opened"]

    def _resolve(self, now):
        quiet = self._silent(now)
        self.stands, self.resolved_at = False, now
        if not quiet:
            self.silent_until = None
        return [] if quiet else ["resolved"]

    def _still(self, window, now):
        if not window - self.told:
            return self._remind(window, now)
        if self._silent(now):
            return []
        self.told |= window
        self.heard, self.told_at, self.silent_until = set(window), now, None
        return ["worsened"]

    def _remind(self, heard, now):
        over = self.silent_until is not None and not self._silent(now)
        if self._silent(now) or self.acknowledged or not (over or now - self.told_at >= timedelta(days=14)):
            return []
        self.heard, self.told_at, self.silent_until = set(heard), now, None
        self.told |= set(heard)
        return ["reminder"]


class Life(RuleBasedStateMachine):
    made = view = None

    @initialize()
    def begin(self):
        self.number = 0
        self.rounds = []
        self.alerts = {}
        self.model = Model()
        self.now = None

    @rule(gpt=SAID, claude=SAID, days=st.integers(min_value=1, max_value=9))
    def round(self, gpt, claude, days):
        self.number += days
        said = {"gpt": gpt, "claude": claude}
        self.rounds += [seen for name in NAMES for seen in self._answers(name, said[name])]
        view = replace(type(self).view(self.rounds, number=self.number), alerts=tuple(self.alerts.values()))
        self.now = view.now
        decided = self._decide(view)
        assert [change.reason for change in decided.changes] == self.model.round(said, view.now)
        for alert in (*(change.alert for change in decided.changes), *decided.quiet):
            self.alerts[alert.id] = alert
        again = self._decide(replace(view, alerts=tuple(self.alerts.values())))
        assert (again.changes, again.quiet) == ((), ())

    def _decide(self, view):
        ids = iter(range(len(self.alerts), 10**6))
        return life.decide(view, life.rules.ALL["wrong_fact"].find(view), new_id=lambda: str(next(ids)))

    def _answers(self, name, said):
        made = type(self).made
        claims = {"wrong": [made.claim("99")], "right": [made.claim("79", Verdict.SUPPORTED)], "nothing": []}
        if said == "not asked":
            return []
        read = made.reading(claims=claims[said])
        return [made.observe(read, number=self.number, sample=n, assistant=name) for n in range(3)]

    def _standing(self):
        return next((alert for alert in self.alerts.values() if alert.state is AlertState.OPEN), None)

    @precondition(lambda self: self._standing() is not None)
    @rule()
    def acknowledge(self):
        alert = self._standing()
        self.alerts[alert.id] = replace(alert, acknowledged=Acknowledged(by="Ann", at=self.now))
        self.model.acknowledged = True

    @precondition(lambda self: self._standing() is not None)
    @rule(days=st.integers(min_value=1, max_value=40))
    def silence(self, days):
        alert, until = self._standing(), self.now + days * DAY
        self.alerts[alert.id] = replace(alert, silenced=Silenced(until=until, by="Ann", at=self.now))
        self.model.silent_until = until

    @invariant()
    def the_model_knows_what_stands(self):
        if not hasattr(self, "alerts"):
            return
        alert = self._standing()
        assert (alert is not None) == self.model.stands
        assert len(self.alerts) == self.model.opened
        for each in self.alerts.values():
            assert (each.resolved_at is None) == (each.state is AlertState.OPEN)


def test_life_against_a_model(made, view):
    Life.made, Life.view = made, staticmethod(view)
    # Shrinking whole lives takes minutes; what fails is told as it was drawn.
    Life.TestCase.settings = hypothesis_settings(
        max_examples=40, stateful_step_count=25, deadline=None, phases=[Phase.generate]
    )
    Life.TestCase("runTest").runTest()
