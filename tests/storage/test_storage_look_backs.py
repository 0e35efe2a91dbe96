"""What alerts recall of a round comes back as it was, and goes when one of its answers is read anew or forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from monitor.domain.answers import Surface
from monitor.domain.brand import Prompt
from monitor.domain.keeping import Kept
from monitor.domain.readings import Outcome, Reading, Verdict
from monitor.domain.recalled import Backing, Claimed, Recalled, Speaker, Stated
from monitor.domain.rounds import AttemptState, MissReason, Round, RoundKind, RoundState
from storage import answers, look_backs, readings, retention, rounds
from storage.retention import Due

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
KEPT = Recalled(
    round_id="r1",
    kind=RoundKind.SCHEDULED,
    prompts=(Prompt(id="who", text="Who is コルヴァン?", topic="facts", intent="", names=frozenset({"Corvane"})),),
    speakers=(Speaker(assistant_id="a", label="OpenAI API, m", surface=Surface.API, model="m"),),
    prompt=(0, 0),
    speaker=(0, 0),
    answer=("x", ""),
    asked_at=(1_795_327_200_000_001, 1_795_327_200_000_002),
    searched=(True, None),
    state=(AttemptState.ANSWERED, AttemptState.MISSED),
    miss=(None, MissReason.TIMEOUT),
    truncated=(False, False),
    outcome=(Outcome.ANSWER, None),
    claims=Claimed(
        probe=(0,), fact=("price",), verdict=(Verdict.CONTRADICTED,), value=("99",), hedged=(False,),
        start=(3,), end=(5,), phrase=("99",),
    ),
    backing=Backing(probe=(0,), domain=("a.example",), start=(0,), end=(9,)),
    statements=Stated(probe=(0,), topic=("recall",), gist=("g",), start=(1,), end=(2,), phrase=("g",)),
)  # fmt: skip
KINDS = (RoundKind.SCHEDULED, RoundKind.MANUAL, RoundKind.CONFIRMING)


@pytest.fixture
def held(store, samples):
    """Three closed rounds and an open one."""
    with store.transaction() as tx:
        for number, name in enumerate(("r1", "r2", "extra", "open")):
            kind = RoundKind.CONFIRMING if name == "extra" else RoundKind.SCHEDULED
            opened = AT + timedelta(hours=number)
            rounds.open_round(
                tx, round=Round(id=name, brand=samples.brand, kind=kind, key=name, opened_at=opened), probes=()
            )
            if name != "open":
                rounds.close_round(tx, name, RoundState.COMPLETE, "", opened)
    return store


def test_it_comes_back_as_it_was(held, samples):
    with held.transaction() as tx:
        for kept in (KEPT, replace(KEPT, truncated=(True, False)), KEPT):
            look_backs.save(tx, samples.brand, "r1", kept)
        look_backs.save(tx, samples.brand, "extra", replace(KEPT, round_id="extra", kind=RoundKind.CONFIRMING))
        look_backs.save(tx, samples.brand, "open", replace(KEPT, round_id="open"))
    with held.snapshot() as tx:
        assert list(look_backs.load(tx, samples.brand, AT, besides="r2")) == [KEPT]
        assert not list(look_backs.load(tx, samples.brand, AT, besides="r1"))
        assert not list(look_backs.load(tx, samples.brand, AT + timedelta(days=1), besides=""))
        assert not list(look_backs.load(tx, "Tamarrow", AT, besides=""))


def test_rounds_of_which_nothing_is_kept_are_known(held, samples):
    with held.transaction() as tx:
        look_backs.save(tx, samples.brand, "r1", KEPT)
        look_backs.save(tx, samples.brand, "r2", None)
        found = [id_ for id_, _ in look_backs.without(tx, samples.brand, AT, kinds=KINDS)]
        assert found == ["r2", "extra", "open"]
        late = look_backs.without(tx, samples.brand, AT + timedelta(days=1), kinds=KINDS)
    assert late == [("open", RoundState.OPEN)]


def test_it_goes_when_an_answer_is_read_anew_or_forgotten(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    ledger.settle(attempt, samples.outcome(), samples.now)
    with store.transaction() as tx:
        rounds.close_round(tx, "r1", RoundState.COMPLETE, "", samples.now)
        (answer,) = answers.unread(tx, samples.brand, analyzer="1", sheet="abc")
        first = Reading(answer_id=answer.id, outcome=Outcome.ANSWER, analyzer="1", sheet="abc")
        readings.save(tx, [first], samples.now)
        due = Due(asked_at=samples.now, attempt_id=attempt.id, answer_id=answer.id)
        for change in (
            lambda: readings.save(tx, [replace(first, sheet="def")], samples.now),
            lambda: retention.forget(tx, Kept.ANSWERS, [due]),
        ):
            look_backs.save(tx, samples.brand, "r1", KEPT)
            assert list(look_backs.load(tx, samples.brand, AT, besides=""))
            change()
            assert not list(look_backs.load(tx, samples.brand, AT, besides=""))
