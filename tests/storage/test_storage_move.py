"""A database moved to another kind and back is the same, row by row."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlmodel import SQLModel

from monitor.domain.readings import Outcome as ReadingOutcome
from monitor.domain.readings import Reading
from monitor.domain.rounds import AttemptState
from storage import attempts, readings, slots
from storage.errors import StoreError
from storage.move import move
from storage.store import Store

NOW = datetime(2026, 11, 22, 6, 10, tzinfo=UTC)
BAD_TEXT = "Corvane 🧵 “lasts” \u202e 100 %\n\x7f"


def silent(_table, _done, _of):
    return


def moved(source, target, on_progress=silent):
    return move(source, target, now=NOW, on_progress=on_progress)


def filled(store, samples, new_id, count=30):
    """A round with answers and readings, of which one was refused, one is unknown, and one waits."""
    probes = samples.open(store, count)
    ledger = samples.ledger(store, new_id)
    for number, probe in enumerate(probes[:-1]):
        attempt = ledger.reserve(probe, None, samples.now)
        ledger.sent(attempt, f"hash {number}", samples.now)
        if number:
            ledger.settle(attempt, samples.outcome(BAD_TEXT, cost=f"0.00{number}"), samples.now)
    with store.transaction() as tx:
        left = attempts.newest_of(tx, probes[0].id)
        attempts.lose(tx, left, samples.now + timedelta(seconds=1))
        ids = tx.connection().execute(text("SELECT id FROM answers")).scalars().all()
        readings.save(tx, [reading(id_) for id_ in ids], samples.now)
        for n in range(3):
            slots.claim(tx, samples.brand, "round", f"2026-11-2{n}T06:00", samples.now)


def reading(answer_id):
    return Reading(answer_id=answer_id, analyzer="a1", sheet="abc", outcome=ReadingOutcome.ANSWER)


@pytest.fixture
def pair(tmp_path, empty_postgres):
    made = Store.open(f"sqlite:///{tmp_path / 'likeness.db'}"), Store.open(empty_postgres())
    yield made
    for store in made:
        store.close()


def counts(store):
    with store.snapshot() as tx:
        every = {name: select(func.count()).select_from(table) for name, table in SQLModel.metadata.tables.items()}
        return {name: tx.connection().execute(query).scalar() for name, query in every.items()}


def test_there_and_back_it_is_the_same(pair, tmp_path, samples, new_id):
    small, large = pair
    filled(small, samples, new_id)
    there = moved(small, large)
    assert counts(small) == counts(large) == {each.table: each.rows for each in there}
    assert {each.table for each in there if each.rows} >= {"answers", "exchanges", "readings", "slots", "spending"}
    again = Store.open(f"sqlite:///{tmp_path / 'again.db'}")
    assert moved(large, again) == there
    again.close()


def test_what_numbers_its_rows_goes_on_counting(pair, samples, new_id):
    small, large = pair
    filled(small, samples, new_id)
    moved(small, large)
    with large.transaction() as tx:
        assert slots.claim(tx, samples.brand, "round", "2026-11-29T06:00", samples.now)
        readings.save(tx, [reading(tx.connection().execute(text("SELECT id FROM answers")).scalar())], samples.now)


def test_a_database_with_rows_is_refused_and_left_alone(pair, samples, new_id):
    small, large = pair
    filled(small, samples, new_id)
    samples.open(large, 2)
    before = counts(large)
    with pytest.raises(StoreError, match="holds rows already"):
        moved(small, large)
    assert counts(large) == before


def test_a_move_that_breaks_off_leaves_nothing(pair, samples, new_id):
    small, large = pair
    filled(small, samples, new_id)

    def breaks(table, _done, _of):
        if table == "answers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moved(small, large, breaks)
    assert set(counts(large).values()) == {0}
    moved(small, large)


def test_a_difference_is_seen(pair, samples, new_id):
    small, large = pair
    filled(small, samples, new_id)
    with large.transaction() as tx:
        tx.connection().exec_driver_sql(
            "CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.text := upper(NEW.text); RETURN NEW; END; $$"
        )
        tx.connection().exec_driver_sql(
            "CREATE TRIGGER bend BEFORE INSERT ON answers FOR EACH ROW EXECUTE FUNCTION bend()"
        )
    with pytest.raises(StoreError, match="answers differs"):
        moved(small, large)
    assert set(counts(large).values()) == {0}


def test_nothing_is_moved_from_under_a_call(pair, samples, new_id):
    small, large = pair
    (probe,) = samples.open(small, 1)
    attempt = samples.ledger(small, new_id).reserve(probe, None, samples.now)
    samples.ledger(small, new_id).sent(attempt, "hash", samples.now)
    with small.snapshot() as tx:
        assert attempts.newest_of(tx, probe.id).state is AttemptState.SENT
    with pytest.raises(StoreError, match="stop `likeness serve`"):
        moved(small, large)
