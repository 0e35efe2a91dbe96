"""An attempt is a row before it is a call, and the budget holds."""

from datetime import timedelta
from decimal import Decimal

from monitor.domain.answers import Finish
from monitor.domain.brand import Budget
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Outcome
from storage import answers, rounds
from storage.spending import of_month, of_round


def ask(ledger, probe, outcome, now, worst="0.05"):
    attempt = ledger.reserve(probe, None if worst is None else Decimal(worst), now)
    assert isinstance(attempt, Attempt), attempt
    ledger.sent(attempt, "hash", now)
    ledger.settle(attempt, outcome, now)
    return attempt


def states(store, round_id="r1"):
    with store.snapshot() as tx:
        return rounds.tally_states(tx, round_id)


def test_an_answer_is_kept_with_its_raw_exchange_and_its_cost(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ask(samples.ledger(store, new_id), probe, samples.outcome("Corvane bags last."), samples.now)
    with store.snapshot() as tx:
        (seen,) = answers.observations(tx, samples.brand)
        raw = tx.connection().exec_driver_sql("SELECT response FROM exchanges").scalar_one()
        assert rounds.spent(tx, samples.brand, samples.now, samples.now + timedelta(days=1)) == Decimal("0.01")
        assert of_month(tx, samples.brand, samples.now.replace(day=1, hour=0)).taken == Decimal("0.01")
    assert (seen.text, seen.state, seen.model, seen.cost) == (
        "Corvane bags last.",
        AttemptState.ANSWERED,
        "gpt-5-2026",
        Decimal("0.01"),
    )
    assert bytes(raw) == b'{"raw": "\xff"}'


def test_what_is_asked_once_is_not_asked_again(store, samples, new_id):
    probes = samples.open(store, 3)
    ledger = samples.ledger(store, new_id)
    ask(ledger, probes[1], samples.outcome(), samples.now)
    with store.snapshot() as tx:
        assert [probe.id for probe in rounds.unasked(tx, "r1")] == [probes[0].id, probes[2].id]
        assert rounds.unasked(tx, "r1")[0] == probes[0]
    again = ledger.reserve(probes[1], Decimal(0), samples.now)
    assert isinstance(again, Miss)
    assert again.reason is MissReason.TAKEN


def test_a_call_that_is_out_belongs_to_one_asker(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    assert isinstance(samples.ledger(store, new_id).reserve(probe, Decimal(0), samples.now), Attempt)
    second = samples.ledger(store, new_id).reserve(probe, Decimal(0), samples.now)
    assert isinstance(second, Miss)
    assert second.reason is MissReason.TAKEN


def test_the_month_s_budget_is_never_passed(store, samples, new_id):
    probes = samples.open(store, 3)
    ledger = samples.ledger(store, new_id, Budget(per_month=Decimal("0.10")))
    ask(ledger, probes[0], samples.outcome(cost="0.04"), samples.now)
    assert isinstance(ledger.reserve(probes[1], Decimal("0.05"), samples.now), Attempt)
    full = ledger.reserve(probes[2], Decimal("0.05"), samples.now)
    assert isinstance(full, Miss)
    assert full.reason is MissReason.BUDGET
    assert "budget of the month is 0.10 USD: 0.0900 is spent or reserved" in full.detail
    assert states(store) == {AttemptState.ANSWERED: 1, AttemptState.RESERVED: 1, AttemptState.MISSED: 1}
    next_month = samples.now + timedelta(days=30)
    assert isinstance(ledger.reserve(probes[2], Decimal("0.05"), next_month), Attempt)


def test_the_round_s_budget_is_its_own(store, samples, new_id):
    probes, others = samples.open(store, 2), samples.open(store, 1, "r2")
    ledger = samples.ledger(store, new_id, Budget(per_round=Decimal("0.05")))
    assert isinstance(ledger.reserve(probes[0], Decimal("0.05"), samples.now), Attempt)
    assert isinstance(ledger.reserve(probes[1], Decimal("0.05"), samples.now), Miss)
    assert isinstance(ledger.reserve(others[0], Decimal("0.05"), samples.now), Attempt)
    with store.snapshot() as tx:
        assert of_round(tx, samples.brand, "r1").held == Decimal("0.05")


def test_a_price_that_nobody_knows_does_not_fit_into_a_budget(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    miss = samples.ledger(store, new_id, Budget(per_month=Decimal(50))).reserve(probe, None, samples.now)
    assert isinstance(miss, Miss)
    assert miss.reason is MissReason.BUDGET
    assert "price" in miss.detail
    assert isinstance(samples.ledger(store, new_id).reserve(probe, None, samples.now), Attempt)


def test_recordings_cost_nothing_and_fit_into_an_empty_budget(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id, Budget(per_month=Decimal(0)))
    assert isinstance(ledger.reserve(probe, Decimal(0), samples.now), Attempt)


def test_a_lost_answer_stays_unknown_and_its_worst_case_stays_held(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    lost = Outcome(miss=Miss(reason=MissReason.TIMEOUT, detail="No answer in 120 s.", charged=None))
    ask(samples.ledger(store, new_id), probe, lost, samples.now)
    assert states(store) == {AttemptState.UNKNOWN: 1}
    with store.snapshot() as tx:
        assert rounds.unasked(tx, "r1") == []
        assert rounds.unasked(tx, "r1", unknown=True) == [probe]
        assert of_round(tx, samples.brand, "r1").held == Decimal("0.05")
        assert rounds.spent(tx, samples.brand, samples.now, samples.now + timedelta(days=1)) == Decimal("0.05")


def test_a_call_that_never_connected_gives_its_reservation_back(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    failed = Outcome(miss=Miss(reason=MissReason.CONNECT, detail="No such host.", retry=True, charged=False))
    first = ask(ledger, probe, failed, samples.now)
    second = ask(ledger, probe, samples.outcome(cost="0.02"), samples.now)
    assert (first.generation, second.generation) == (1, 2)
    with store.snapshot() as tx:
        taken = of_round(tx, samples.brand, "r1")
        assert (taken.held, taken.spent) == (Decimal(0), Decimal("0.02"))
        assert len(answers.observations(tx, samples.brand)) == 1


def test_a_refusal_is_a_state_of_its_own(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ask(samples.ledger(store, new_id), probe, samples.outcome("I cannot help.", finish=Finish.REFUSED), samples.now)
    assert states(store) == {AttemptState.REFUSED: 1}


def test_a_skipped_probe_is_recorded_once(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    for _ in range(2):
        ledger.skip(probe, Miss(reason=MissReason.NO_KEY, detail="Set OPENAI_API_KEY."), samples.now)
    with store.snapshot() as tx:
        (seen,) = answers.observations(tx, samples.brand)
        assert (seen.state, seen.miss, seen.cost) == (AttemptState.MISSED, MissReason.NO_KEY, Decimal(0))
        assert tx.connection().exec_driver_sql("SELECT count(*) FROM attempts").scalar_one() == 1


def test_a_late_writer_is_kept_and_overwrites_nothing(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    slow = ledger.reserve(probe, Decimal("0.05"), samples.now)
    ledger.sent(slow, "hash", samples.now)
    later = samples.now + timedelta(hours=2)
    with store.transaction() as tx:
        assert rounds.recover(tx, later) == 1
    ask(ledger, probe, samples.outcome("The second."), later)
    ledger.settle(slow, samples.outcome("The first, late."), later)
    with store.snapshot() as tx:
        assert [seen.text for seen in answers.observations(tx, samples.brand)] == ["The second."]
        kept = tx.connection().exec_driver_sql("SELECT text FROM answers ORDER BY text").scalars().all()
        assert kept == ["The first, late.", "The second."]
        assert of_round(tx, samples.brand, "r1").spent == Decimal("0.02")
        assert of_round(tx, samples.brand, "r1").held == 0
        assert [a.text for a in answers.unread(tx, samples.brand, analyzer="1", sheet="a")] == ["The second."]


def test_settling_twice_keeps_both(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    attempt = ask(ledger, probe, samples.outcome("Once."), samples.now)
    ledger.settle(attempt, samples.outcome("Twice."), samples.now)
    with store.snapshot() as tx:
        assert [seen.text for seen in answers.observations(tx, samples.brand)] == ["Once."]
        assert tx.connection().exec_driver_sql("SELECT count(*) FROM answers").scalar_one() == 2


def test_one_who_was_thought_dead_and_answers_is_heard(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    slow = ledger.reserve(probe, Decimal("0.05"), samples.now)
    ledger.sent(slow, "hash", samples.now)
    later = samples.now + timedelta(hours=2)
    with store.transaction() as tx:
        rounds.recover(tx, later)
    ledger.settle(slow, samples.outcome("Here I am."), later)
    with store.snapshot() as tx:
        assert [seen.text for seen in answers.observations(tx, samples.brand)] == ["Here I am."]
        assert of_round(tx, samples.brand, "r1").held == 0


def test_of_two_pauses_the_longer_counts_for_everybody(store, samples, new_id):
    ledger, other = samples.ledger(store, new_id), samples.ledger(store, new_id)
    assert other.blocked_until("gpt5") is None
    hour = samples.now + timedelta(hours=1)
    ledger.block("gpt5", hour, "429")
    ledger.block("gpt5", samples.now, "429")
    assert other.blocked_until("gpt5") == hour


def test_a_probe_that_was_asked_is_not_hidden_by_why_it_was_not_asked_again(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id, Budget(per_month=Decimal("0.05")))
    lost = Outcome(miss=Miss(reason=MissReason.TIMEOUT, detail="", charged=None))
    ask(ledger, probe, lost, samples.now)
    assert isinstance(ledger.reserve(probe, Decimal("0.05"), samples.now), Miss)
    ledger.skip(probe, Miss(reason=MissReason.NO_KEY, detail=""), samples.now)
    assert states(store) == {AttemptState.UNKNOWN: 1}
