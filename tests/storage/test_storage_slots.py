"""A due time is taken once, whoever comes."""

import threading
from datetime import timedelta

from storage import slots


def test_the_second_one_finds_it_taken(store, samples):
    with store.transaction() as tx:
        assert slots.claim(tx, "Corvane", "round", "2026-11-22T06:00", samples.now)
        assert not slots.claim(tx, "Corvane", "round", "2026-11-22T06:00", samples.now)
        assert slots.claim(tx, "Corvane", "report:0", "2026-11-22T06:00", samples.now)
        assert slots.claim(tx, "Tamarrow", "round", "2026-11-22T06:00", samples.now)


def test_taken_and_skipped_ones_are_told_apart(store, samples):
    with store.transaction() as tx:
        slots.claim(tx, "Corvane", "round", "2026-11-21T06:00", samples.now, state="skipped")
        slots.claim(tx, "Corvane", "round", "2026-11-22T06:00", samples.now)
        assert slots.claimed(tx, "Corvane", "round", samples.now) == ["2026-11-21T06:00", "2026-11-22T06:00"]
        assert slots.claimed(tx, "Corvane", "round", samples.now, state="skipped") == ["2026-11-21T06:00"]
        assert slots.claimed(tx, "Corvane", "round", samples.now + timedelta(seconds=1)) == []


def test_of_many_at_once_one_gets_it(store, samples):
    won = []

    def run() -> None:
        with store.transaction() as tx:
            won.append(slots.claim(tx, "Corvane", "round", "k", samples.now))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 5 + [True]
