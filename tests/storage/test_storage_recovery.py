"""Processes are killed at any moment, and several work on one database: nothing is lost or asked twice unseen."""

import itertools
import multiprocessing
import os
import random
import time
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select

from monitor.domain.brand import Budget
from monitor.domain.rounds import Attempt, AttemptState, Outcome
from storage import answers, rounds
from storage.ledger import StoreLedger
from storage.spending import of_round
from storage.store import Store
from storage.tables import AttemptRow, table

FORK = multiprocessing.get_context("fork")
KILLS = 6
PROBES = 40


def month(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def work(address, samples, calls, *, seed, budget, pause=0.002):
    """Ask what is left of the round, as a program that was started again would; each call is a line in `calls`."""
    store, numbers = Store.open(address), itertools.count()
    ledger = StoreLedger(
        store, brand=samples.brand, budget=budget, month_start=month, new_id=lambda: f"{os.getpid()}-{next(numbers)}"
    )
    with store.transaction() as tx:
        rounds.recover(tx, datetime.now(UTC))
        waiting = rounds.unasked(tx, "r1", unknown=True)
    random.Random(seed).shuffle(waiting)  # noqa: S311  -- an order, no secret
    for probe in waiting:
        attempt = ledger.reserve(probe, Decimal("0.02"), datetime.now(UTC))
        if not isinstance(attempt, Attempt):
            continue
        ledger.sent(attempt, "hash", datetime.now(UTC))
        with calls.open("a") as paid:
            paid.write(f"{probe.id} {attempt.id}\n")
        time.sleep(pause)
        outcome = samples.outcome(attempt.id, cost="0.01")
        ledger.settle(
            attempt, Outcome(reply=outcome.reply, exchanges=outcome.exchanges, cost=outcome.cost), samples.now
        )
    store.close()


def opened(address, samples):
    """A store with an open round, and without a connection that a child would inherit."""
    store = Store.open(address)
    samples.open(store, PROBES)
    store.close()
    return store


def start(*args: object, **options: object):
    process = FORK.Process(target=work, args=args, kwargs=options)
    process.start()
    return process


def test_killed_again_and_again_the_round_is_asked_and_every_extra_call_is_seen(address, samples, tmp_path):
    store, rng = opened(address, samples), random.Random(7)  # noqa: S311
    calls = tmp_path / "calls"
    calls.touch()
    for kill in range(KILLS):
        process = start(address, samples, calls, seed=kill, budget=Budget())
        before = len(calls.read_text())
        while process.is_alive() and len(calls.read_text()) == before:
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.03))
        process.kill()
        process.join()
    last = start(address, samples, calls, seed=99, budget=Budget())
    last.join(60)
    assert last.exitcode == 0
    check(store, samples, calls)
    store.close()


def check(store, samples, calls):
    paid = [line.split() for line in calls.read_text().splitlines()]
    with store.snapshot() as tx:
        attempts = {row.id: row for row in tx.connection().execute(select(table(AttemptRow)))}
        seen = answers.observations(tx, samples.brand)
        assert rounds.unasked(tx, "r1", failed=True, unknown=True) == []
        taken = of_round(tx, samples.brand, "r1")
        if tx.get_bind().dialect.name == "sqlite":
            assert tx.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert [o.state for o in seen] == [AttemptState.ANSWERED] * PROBES, "no probe is lost or doubled"
    assert len(paid) <= PROBES + KILLS
    assert all(attempts[attempt].state in {"answered", "unknown"} for _, attempt in paid), "no call without its row"
    extra = sum(count - 1 for count in Counter(probe for probe, _ in paid).values())
    unknown = sum(row.state == "unknown" for row in attempts.values())
    assert extra <= unknown <= KILLS
    assert taken.spent == PROBES * Decimal("0.01")
    assert taken.held == unknown * Decimal("0.02"), "what may have been charged stays set aside"


def test_several_processes_on_one_round_ask_each_probe_once(address, samples, tmp_path):
    store = opened(address, samples)
    calls = tmp_path / "calls"
    running = [start(address, samples, calls, seed=n, budget=Budget(), pause=0.0) for n in range(3)]
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0, 0, 0]
    paid = [line.split()[0] for line in calls.read_text().splitlines()]
    assert sorted(paid) == sorted(f"r1-p{n}" for n in range(PROBES))
    store.close()


def test_several_processes_never_pass_the_budget_together(address, samples, tmp_path):
    store = opened(address, samples)
    calls = tmp_path / "calls"
    budget = Budget(per_month=Decimal("0.15"))
    running = [start(address, samples, calls, seed=n, budget=budget, pause=0.0) for n in range(3)]
    for process in running:
        process.join(60)
    with store.snapshot() as tx:
        taken = of_round(tx, samples.brand, "r1")
    assert taken.held == 0
    assert Decimal("0.13") <= taken.spent <= Decimal("0.15")
    assert len(calls.read_text().splitlines()) == taken.spent / Decimal("0.01")
    store.close()
