"""What was asked for again and what was held back is kept once, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import Held, HeldReason
from monitor.domain.brand import Severity
from monitor.domain.confirming import Confirmation, ConfirmationState, Suspicion, Trigger
from monitor.domain.measures import Interval, Rate
from storage import confirmations, held

DAY = timedelta(days=1)


@pytest.fixture
def asked(samples):
    trigger = Trigger(answer_id="a1", assistant_id="gpt5", prompt=samples.prompt(names=frozenset({"Corvane"})))
    one = Suspicion(
        rule="wrong_fact",
        subject="price",
        value="99 usd",
        severity=Severity.CRITICAL,
        headline="gpt-5 says your price is $99",
        triggers=(trigger,),
        siblings=(samples.prompt("other"),),
    )
    return Confirmation(
        id="c1",
        brand=samples.brand,
        round_id="r1",
        asked_in="c",
        suspicion=one,
        state=ConfirmationState.ASKED,
        planned=6,
        opened_at=samples.now,
    )


def test_a_round_asks_for_the_same_thing_again_once(store, samples, asked):
    for number in range(3):
        with store.transaction() as tx:
            confirmations.lock(tx, "r1")
            confirmations.plan(tx, [replace(asked, id=f"c{number}")])
    with store.snapshot() as tx:
        assert confirmations.since(tx, samples.brand, samples.now) == [replace(asked, id="c0")]
        assert confirmations.of_round(tx, "c") == [replace(asked, id="c0")]
        assert confirmations.since(tx, samples.brand, samples.now + DAY) == []


def test_what_came_of_it_is_written_once(store, samples, asked):
    rate, interval = Rate(hits=5, of=6), Interval(low=0.4, high=0.98)
    ended = replace(asked, state=ConfirmationState.CONFIRMED, rate=rate, interval=interval, why="5 of 6")
    with store.transaction() as tx:
        confirmations.plan(tx, [asked])
        assert confirmations.settle(tx, ended)
        assert not confirmations.settle(tx, replace(ended, state=ConfirmationState.SLIP))
    with store.snapshot() as tx:
        assert confirmations.since(tx, samples.brand, samples.now) == [ended]


def test_what_was_held_back_is_kept_once_and_waits_no_more(store, samples):
    one = Held(
        brand=samples.brand,
        round_id="r1",
        key="wrong_fact:price:99 usd",
        reason=HeldReason.CONFIRMING,
        why="6 extra samples will show it.",
        headline="gpt-5 says your price is $99",
        at=samples.now,
    )
    silenced = replace(one, key="wrong_fact:founded", reason=HeldReason.SILENCED)
    for _ in range(2):
        with store.transaction() as tx:
            held.keep(tx, [one, silenced])
    with store.transaction() as tx:
        assert held.held(tx, samples.brand, samples.now, samples.now + DAY) == [silenced, one]
        held.waits_no_more(tx, samples.brand, "r1", [one.key, silenced.key])
        assert held.held(tx, samples.brand, samples.now, samples.now + DAY) == [silenced]
        assert held.held(tx, samples.brand, samples.now - DAY, samples.now) == []
