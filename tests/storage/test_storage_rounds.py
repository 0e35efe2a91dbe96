"""A round is opened once, continued after a crash, and closed with a reason."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from monitor.domain.brand import Locale
from monitor.domain.rounds import AttemptState, Miss, MissReason, Probe, RoundKind, RoundState
from storage import answers, rounds

DAY = timedelta(days=1)


def test_the_same_slot_is_opened_once(store, samples):
    with store.transaction() as tx:
        assert rounds.open_round(tx, round=samples.round("a"), probes=samples.probes(2, "a"))
    with store.transaction() as tx:
        assert not rounds.open_round(tx, round=samples.round("b"), probes=samples.probes(2, "b"))
        assert rounds.find(tx, "b") is None
        assert rounds.unasked(tx, "b") == []
        assert rounds.open_round(tx, round=samples.round("c", kind=RoundKind.MANUAL), probes=())


def test_probes_come_back_as_they_were_planned(store, samples):
    probe = Probe(
        id="p",
        round_id="r1",
        prompt=samples.prompt(names=frozenset({"Corvane", "Tamarrow"}), leading=True),
        assistant=samples.assistant(search=True, locale=Locale(country="SE"), options={"file": "a.jsonl"}),
        sample=2,
    )
    with store.transaction() as tx:
        rounds.open_round(tx, round=samples.round(), probes=[probe])
    with store.snapshot() as tx:
        assert rounds.unasked(tx, "r1") == [probe]


def test_a_new_wording_of_a_prompt_stands_beside_the_old_one(store, samples):
    for round_id, text in (("a", "Which bag?"), ("b", "Which bag is best?")):
        probe = replace(samples.probes(1, round_id)[0], prompt=samples.prompt(text=text))
        with store.transaction() as tx:
            rounds.open_round(tx, round=samples.round(round_id, key=round_id), probes=[probe])
    with store.snapshot() as tx:
        assert rounds.unasked(tx, "a")[0].prompt.text == "Which bag?"
        assert rounds.unasked(tx, "b")[0].prompt.text == "Which bag is best?"


def test_rounds_are_found_by_their_time_and_state(store, samples):
    samples.open(store, 1, "a", opened_at=samples.now - DAY)
    samples.open(store, 1, "b")
    with store.transaction() as tx:
        rounds.close_round(tx, "a", RoundState.PARTIAL, "it was stopped", samples.now)
    with store.snapshot() as tx:
        assert [found.id for found in rounds.rounds(tx, samples.brand, samples.now - DAY, samples.now)] == ["a"]
        assert [found.id for found in rounds.open_rounds(tx, samples.brand)] == ["b"]
        closed = rounds.find(tx, "a")
        assert (closed.state, closed.why, closed.closed_at) == (RoundState.PARTIAL, "it was stopped", samples.now)


def test_a_brand_is_answered_once_an_asking_was(store, samples, new_id):
    ledger = samples.ledger(store, new_id)
    for round_id, kind in (("a", RoundKind.IMPORTED), ("b", RoundKind.SCHEDULED)):
        (probe,) = samples.open(store, 1, round_id, kind=kind)
        with store.snapshot() as tx:
            assert not rounds.was_answered(tx, samples.brand), "an import is no asking, an open round no answer"
        attempt = ledger.reserve(probe, None, samples.now)
        ledger.sent(attempt, "hash", samples.now)
        ledger.settle(attempt, samples.outcome(), samples.now)
    with store.snapshot() as tx:
        assert rounds.was_answered(tx, samples.brand)
        assert not rounds.was_answered(tx, samples.brand, besides="b")


def test_after_a_crash_sent_calls_are_unknown_and_reserved_ones_are_given_back(store, samples, new_id):
    probes = samples.open(store, 3)
    ledger = samples.ledger(store, new_id)
    ledger.reserve(probes[0], Decimal("0.05"), samples.now)
    ledger.sent(ledger.reserve(probes[1], Decimal("0.05"), samples.now), "hash", samples.now)
    with store.transaction() as tx:
        assert rounds.recover(tx, samples.now) == 0, "this process lives"
        tx.connection().exec_driver_sql("UPDATE attempts SET owner = 'elsewhere/1/a'")
        assert rounds.recover(tx, samples.now + timedelta(minutes=5)) == 0, "another machine may still wait"
        assert rounds.recover(tx, samples.now + timedelta(hours=2)) == 2
        assert rounds.tally_states(tx, "r1") == {AttemptState.MISSED: 1, AttemptState.UNKNOWN: 1}
        assert [probe.id for probe in rounds.unasked(tx, "r1")] == [probes[0].id, probes[2].id]
        assert rounds.spent(tx, samples.brand, samples.now, samples.now + DAY) == Decimal("0.05")


def test_what_failed_can_be_asked_for_apart(store, samples, new_id):
    probes = samples.open(store, 3)
    ledger = samples.ledger(store, new_id)
    ledger.skip(probes[0], Miss(reason=MissReason.NO_KEY, detail=""), samples.now)
    ledger.skip(probes[1], Miss(reason=MissReason.STOPPED, detail=""), samples.now)
    with store.snapshot() as tx:
        assert [probe.id for probe in rounds.unasked(tx, "r1")] == [probes[1].id, probes[2].id]
        assert rounds.unasked(tx, "r1", failed=True) == probes


def test_what_a_closed_round_never_asked_is_a_gap_and_no_zero(store, samples):
    (probe,) = samples.open(store, 1)
    with store.transaction() as tx:
        assert answers.observations(tx, samples.brand) == []
        rounds.close_round(tx, "r1", RoundState.PARTIAL, "it was stopped", samples.now)
        (seen,) = answers.observations(tx, samples.brand, samples.now - DAY, samples.now + DAY)
        assert answers.observations(tx, samples.brand, samples.now + DAY) == []
    assert (seen.probe_id, seen.state, seen.miss) == (probe.id, AttemptState.MISSED, MissReason.STOPPED)
    assert (seen.asked_at, seen.reading, seen.model) == (samples.now, None, "gpt-5")
