"""An attempt is a row before it is a call, and the budget holds."""

import sqlite3
from datetime import timedelta
from decimal import Decimal

import pytest

from monitor.domain.answers import Finish
from monitor.domain.brand import Budget
from monitor.domain.ledger import Quota, Wait
from monitor.domain.rounds import Attempt, AttemptState, Miss, MissReason, Outcome
from storage import answers, pauses, rounds
from storage.errors import StoreError
from storage.patience import Patience
from storage.spending import of_month, of_round
from storage.store import Store


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
    assert other.paused("gpt5") is None
    hour = samples.now + timedelta(hours=1)
    ledger.block("gpt5", hour, "429", now=samples.now)
    ledger.block("gpt5", samples.now, "429", now=samples.now)
    assert other.paused("gpt5").until == hour


def test_a_pause_that_waits_for_a_person_outweighs_one_that_passes(store, samples, new_id):
    ledger, later = samples.ledger(store, new_id), samples.now + timedelta(hours=1)
    ledger.block("gpt5", later, "429", now=samples.now)
    ledger.block("gpt5", samples.now, "Key refused.", reason=MissReason.KEY_REFUSED, now=samples.now)
    ledger.block("gpt5", later, "429", now=samples.now)
    ledger.block("gpt5", later, "Key refused.", reason=MissReason.KEY_REFUSED, now=later)
    with store.snapshot() as tx:
        (found,) = pauses.standing(tx, later + timedelta(days=9))
    assert (found.reason, found.since, found.trials) == (MissReason.KEY_REFUSED, samples.now, 2)
    ledger.unblock("gpt5")
    assert ledger.paused("gpt5") is None


@pytest.mark.parametrize("back", [timedelta(minutes=30), timedelta(hours=5), timedelta(days=1)])
@pytest.mark.parametrize("reason", [MissReason.RATE_LIMITED, MissReason.QUOTA])
def test_a_pause_of_a_clock_that_was_set_back_is_over_and_the_next_one_counts(store, samples, new_id, back, reason):
    (probe,) = samples.open(store, 1)
    ledger, quota, hour = samples.ledger(store, new_id), Quota(account="acme"), timedelta(hours=1)
    ledger.block("acme", samples.now + hour, "wait", reason=reason, now=samples.now)
    now = samples.now - back
    with store.snapshot() as tx:
        assert len(pauses.standing(tx, now)) == (reason is MissReason.QUOTA), "what a person must mend stays visible"
    assert not ledger.paused("acme").holds(now)
    ledger.block("acme", now + timedelta(minutes=1), "wait again", reason=reason, now=now)
    wait = ledger.reserve(probe, Decimal(0), now, quota=quota)
    assert wait == Wait(seconds=60.0, until=now + timedelta(minutes=1))
    assert isinstance(ledger.reserve(probe, Decimal(0), now + timedelta(minutes=2), quota=quota), Attempt)


def test_a_paused_account_makes_everybody_wait_and_costs_no_reservation(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger, until = samples.ledger(store, new_id), samples.now + timedelta(seconds=30)
    ledger.block("who", until, "429", now=samples.now)
    quota = Quota(account="who")
    assert ledger.reserve(probe, Decimal(1), samples.now, quota=quota) == Wait(seconds=30, until=until)
    assert states(store) == {}
    assert isinstance(ledger.reserve(probe, Decimal(1), samples.now, quota=quota, waited=until), Attempt)


def test_what_is_grouped_commits_together_or_not_at_all(store, samples, new_id):
    one, two = samples.open(store, 2)
    ledger = samples.ledger(store, new_id)
    with ledger.grouped():
        first = ledger.reserve(one, Decimal(0), samples.now)
        ledger.reserve(two, Decimal(0), samples.now)
        ledger.sent(first, "hash", samples.now)
    assert states(store) == {AttemptState.SENT: 1, AttemptState.RESERVED: 1}
    with pytest.raises(StoreError), ledger.grouped():  # noqa: PT012  -- the block is what is tested
        ledger.settle(first, samples.outcome(), samples.now)
        ledger.sent(first, "hash", samples.now)
    alone = store.name.startswith("postgresql")  # there each commits by itself
    assert states(store) == {(AttemptState.ANSWERED if alone else AttemptState.SENT): 1, AttemptState.RESERVED: 1}


def test_an_answer_that_waits_to_be_written_survives_a_group_that_fails(tmp_path, samples, new_id):
    store = Store.open(f"sqlite:///{tmp_path / 'likeness.db'}", patience=timedelta(milliseconds=20))
    probe, other = samples.open(store, 2)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    with sqlite3.connect(tmp_path / "likeness.db", isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            ledger.settle(attempt, samples.outcome("Paid for."), samples.now)
        holder.execute("ROLLBACK")
    holder.close()
    with pytest.raises(ZeroDivisionError), ledger.grouped():  # noqa: PT012  -- likewise
        ledger.reserve(other, Decimal(0), samples.now)
        1 / 0  # noqa: B018
    assert states(store) == {AttemptState.SENT: 1}
    ledger.reserve(other, Decimal(0), samples.now)
    assert states(store) == {AttemptState.ANSWERED: 1, AttemptState.RESERVED: 1}
    store.close()


def test_a_probe_that_was_asked_is_not_hidden_by_why_it_was_not_asked_again(store, samples, new_id):
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id, Budget(per_month=Decimal("0.05")))
    lost = Outcome(miss=Miss(reason=MissReason.TIMEOUT, detail="", charged=None))
    ask(ledger, probe, lost, samples.now)
    assert isinstance(ledger.reserve(probe, Decimal("0.05"), samples.now), Miss)
    ledger.skip(probe, Miss(reason=MissReason.NO_KEY, detail=""), samples.now)
    assert states(store) == {AttemptState.UNKNOWN: 1}


def test_asking_waits_for_a_store_that_cannot_write_now_until_the_program_is_told_to_end(tmp_path, samples, new_id):
    address = f"sqlite:///{tmp_path / 'likeness.db'}"
    store = Store.open(address, patience=timedelta(milliseconds=5))
    first, second, third = samples.open(store, 3)
    patience, holder, heard = Patience(), sqlite3.connect(tmp_path / "likeness.db", isolation_level=None), []

    def let_go(error: StoreError) -> None:
        heard.append(str(error))
        holder.execute("ROLLBACK")

    ledger = samples.ledger(store, new_id, patience=patience, on_wait=let_go)
    for step in (
        lambda: ledger.reserve(first, Decimal(0), samples.now),
        lambda: ledger.skip(second, Miss(reason=MissReason.NO_KEY, detail="No key."), samples.now),
        lambda: ledger.block("account", samples.now, "why", now=samples.now),
    ):
        holder.execute("BEGIN IMMEDIATE")
        step()
    assert len(heard) == 3, "each was waited for, and each wait was told"
    holder.execute("BEGIN IMMEDIATE")
    patience.end_in(0.05)
    missed = ledger.reserve(third, Decimal(0), samples.now)
    assert isinstance(missed, Miss)
    assert missed.reason is MissReason.NOT_KEPT
    holder.close()
    store.close()
