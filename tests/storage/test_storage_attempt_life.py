"""The life of attempts against a small model: in whatever order things happen, nothing is lost or doubled."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from monitor.domain.answers import Finish, Reply
from monitor.domain.brand import AssistantSettings, Budget, Prompt
from monitor.domain.rounds import (
    Attempt,
    AttemptState,
    Miss,
    MissReason,
    Outcome,
    Probe,
    Round,
    RoundKind,
)
from storage import answers, rounds
from storage.ledger import StoreLedger
from storage.spending import of_month, of_round
from storage.store import Store
from storage.tables import AnswerRow, AttemptRow, table

BRAND, PROBES, BUDGET = "Corvane", 3, Decimal("0.30")
START = datetime(2026, 11, 2, tzinfo=UTC)
MONTH = START.replace(day=1)
_attempts, _answers = table(AttemptRow), table(AnswerRow)


class Life(RuleBasedStateMachine):
    """Reserving, sending, settling, crashing and recovering in any order; the model counts beside it."""

    reserved = Bundle("reserved")
    sent = Bundle("sent")
    settled = Bundle("settled")

    @initialize()
    def open(self) -> None:
        self.store = Store.open("sqlite://")
        self.now, numbers = START, itertools.count()
        self.ledger = StoreLedger(
            self.store,
            brand=BRAND,
            budget=Budget(per_month=BUDGET),
            month_start=lambda _: MONTH,
            new_id=lambda: f"id{next(numbers)}",
        )
        self.probes = [
            Probe(
                id=f"p{n}",
                round_id="r",
                prompt=Prompt(id=f"q{n}", text="Which?"),
                assistant=AssistantSettings(id="a", use="openai", model="m"),
            )
            for n in range(PROBES)
        ]
        round_ = Round(id="r", brand=BRAND, kind=RoundKind.MANUAL, key="k", opened_at=START)
        with self.store.transaction() as tx:
            rounds.open_round(tx, round=round_, probes=self.probes)
        self.calls = 0  # that went out
        self.texts: list[str] = []  # every answer that came
        self.spent = Decimal(0)
        self.twice = Decimal(0)  # what came a second time for one call, which no reservation knew of

    @rule(target=reserved, place=st.integers(0, PROBES - 1), cents=st.integers(0, 12))
    def reserve(self, place: int, cents: int) -> tuple[Attempt, ...]:
        found = self.ledger.reserve(self.probes[place], Decimal(cents) / 100, self._tick())
        if isinstance(found, Attempt):
            return (found,)
        assert found.reason in {MissReason.TAKEN, MissReason.BUDGET}
        return ()

    @rule(target=sent, attempts=consumes(reserved))
    def send(self, attempts: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
        for attempt in attempts:
            if self._state(attempt) is not AttemptState.RESERVED:  # a recovery gave it back
                continue
            self.ledger.sent(attempt, "hash", self._tick())
            self.calls += 1
            return attempts
        return ()

    @rule(target=settled, attempts=consumes(sent), finish=st.sampled_from([Finish.COMPLETE, Finish.REFUSED]))
    def answer(self, attempts: tuple[Attempt, ...], finish: Finish) -> tuple[Attempt, ...]:
        return self._answer(attempts, finish)

    @rule(attempts=settled)
    def answer_again(self, attempts: tuple[Attempt, ...]) -> None:
        self.twice += sum((attempt.reserved or Decimal(0) for attempt in attempts), Decimal(0))
        self._answer(attempts, Finish.COMPLETE)

    def _answer(self, attempts: tuple[Attempt, ...], finish: Finish) -> tuple[Attempt, ...]:
        for attempt in attempts:
            text = f"answer {len(self.texts)}"
            cost = attempt.reserved or Decimal(0)
            self.texts.append(text)
            self.spent += cost
            self.ledger.settle(attempt, Outcome(reply=Reply(text=text, finish=finish), cost=cost), self._tick())
        return attempts

    @rule(attempts=consumes(sent), reason=st.sampled_from(MissReason), charged=st.sampled_from([False, None]))
    def miss(self, attempts: tuple[Attempt, ...], reason: MissReason, *, charged: bool | None) -> None:
        for attempt in attempts:
            self.ledger.settle(attempt, Outcome(miss=Miss(reason=reason, detail="", charged=charged)), self._tick())

    @rule(place=st.integers(0, PROBES - 1))
    def skip(self, place: int) -> None:
        self.ledger.skip(self.probes[place], Miss(reason=MissReason.NO_KEY, detail=""), self._tick())

    @precondition(lambda self: self.calls)
    @rule()
    def recover_after_a_crash(self) -> None:
        self.now += timedelta(hours=2)
        with self.store.transaction() as tx:
            rounds.recover(tx, self.now)
            assert not set(rounds.tally_states(tx, "r")) & {AttemptState.RESERVED, AttemptState.SENT}

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def _state(self, attempt: Attempt) -> AttemptState:
        with self.store.snapshot() as tx:
            found = select(_attempts.c.state).where(_attempts.c.id == attempt.id)
            return AttemptState(tx.connection().execute(found).scalar_one())

    @invariant()
    def every_answer_is_kept(self) -> None:
        with self.store.snapshot() as tx:
            assert sorted(tx.connection().execute(select(_answers.c.text)).scalars()) == sorted(self.texts)

    @invariant()
    def a_probe_is_seen_once(self) -> None:
        with self.store.snapshot() as tx:
            seen = [o.probe_id for o in answers.observations(tx, BRAND)]
            assert len(seen) == len(set(seen))
            newest = select(func.count()).where(_attempts.c.newest).group_by(_attempts.c.probe_id)
            assert set(tx.connection().execute(newest).scalars()) <= {1}

    @invariant()
    def the_sums_are_those_of_the_attempts(self) -> None:
        with self.store.snapshot() as tx:
            month, round_ = of_month(tx, BRAND, MONTH), of_round(tx, BRAND, "r")
            rows = tx.connection().execute(select(_attempts.c.cost, _attempts.c.worst)).all()
        assert month == round_
        assert month.spent == self.spent == sum((row.cost for row in rows if row.cost is not None), Decimal(0))
        assert month.held == sum((row.worst or Decimal(0) for row in rows if row.cost is None), Decimal(0))

    @invariant()
    def the_budget_holds_but_for_what_came_twice(self) -> None:
        with self.store.snapshot() as tx:
            assert of_month(tx, BRAND, MONTH).taken <= BUDGET + self.twice

    def teardown(self) -> None:
        self.store.close()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
