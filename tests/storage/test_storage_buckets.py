"""A minute's calls and tokens, shared by all who ask, on the database's clock."""

import multiprocessing
import time

import pytest
from sqlalchemy import update

from monitor.domain.ledger import Quota
from storage import buckets
from storage.store import Store
from storage.tables import BucketRow, table

FORK = multiprocessing.get_context("fork")


def take(store, quota, tokens=0):
    with store.transaction() as tx:
        return buckets.take(tx, quota, tokens)


def test_a_third_of_a_minute_goes_at_once_and_then_one_waits(store):
    quota = Quota(account="who", calls=60)
    assert [take(store, quota) for _ in range(20)] == [0.0] * 20
    wait = take(store, quota)
    assert 0 < wait <= 60 / 40
    assert take(store, Quota(account="another", calls=60)) == 0.0


def test_tokens_are_counted_beside_calls_and_what_was_underestimated_is_made_up_for(store):
    quota = Quota(account="who", calls=600, tokens=60_000)
    assert take(store, quota, 15_000) == 0.0
    assert take(store, quota, 15_000) > 0, "the bucket holds 20,000"
    with store.transaction() as tx:
        buckets.charge(tx, "who", 9_000)
    assert 6 < take(store, quota, 1_000) < 9, "4,000 are owed at 667 a second"


def test_a_call_larger_than_the_bucket_goes_when_it_is_full(store):
    quota = Quota(account="who", tokens=1_000)
    assert take(store, quota, 50_000) == 0.0
    assert take(store, quota, 1) > 60


def test_without_a_limit_there_is_no_row_and_no_wait(store):
    assert take(store, Quota(account="who"), 10**9) == 0.0


@pytest.mark.parametrize("seconds", [-86_400, 86_400], ids=["a day back", "a day forward"])
def test_a_clock_that_jumps_neither_stops_the_asking_nor_opens_the_gates(store, seconds):
    quota = Quota(account="who", calls=600)
    for _ in range(60):
        take(store, quota)
    filled = table(BucketRow)
    with store.transaction() as tx:
        tx.connection().execute(update(filled).values(filled=filled.c.filled - seconds))
    taken = sum(take(store, quota) == 0.0 for _ in range(100))
    assert taken <= 60 + 100
    time.sleep(0.25)
    assert take(store, quota) == 0.0


def _grab(address, quota, seconds, granted):
    store, end = Store.open(address), time.monotonic() + seconds
    while time.monotonic() < end:
        wait = take(store, quota)
        granted.put(1) if not wait else time.sleep(min(wait, 0.05))
    store.close()


def test_several_programs_share_one_minute(address):
    Store.open(address).close()
    quota, granted, seconds = Quota(account="who", calls=1_200), FORK.SimpleQueue(), 1.0
    programs = [FORK.Process(target=_grab, args=(address, quota, seconds, granted)) for _ in range(4)]
    begin = time.monotonic()
    for program in programs:
        program.start()
    count = 0
    while any(program.is_alive() for program in programs) or not granted.empty():
        count += 0 if granted.empty() else granted.get()
    allowed = 400 + (time.monotonic() - begin) * 800 / 60
    assert 0 < count <= allowed + 4
