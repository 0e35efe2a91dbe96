"""A database that can be used is opened and brought up to date; one that cannot is refused in one sentence."""

import multiprocessing
import random
import sqlite3
import time
from datetime import timedelta
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from monitor.domain.rounds import Attempt, Miss, MissReason
from storage import brands, rounds
from storage.patience import Patience
from storage.store import Store, StoreError

FORK = multiprocessing.get_context("fork")  # a new interpreter would spend seconds on importing
SOON = timedelta(milliseconds=200)


def test_the_migrations_make_the_tables_that_the_queries_know(store):
    with store.snapshot() as tx:
        assert compare_metadata(MigrationContext.configure(tx.connection()), SQLModel.metadata) == []


def test_opening_again_changes_nothing(address, samples):
    first = Store.open(address)
    samples.open(first, 2)
    first.close()
    second = Store.open(address)
    with second.snapshot() as tx:
        assert len(rounds.unasked(tx, "r1")) == 2
    second.close()


def test_several_programs_may_open_an_empty_database_at_once(address):
    running = [FORK.Process(target=_open, args=(address,)) for _ in range(4)]
    for program in running:
        program.start()
    for program in running:
        program.join(60)
    assert [program.exitcode for program in running] == [0, 0, 0, 0]
    Store.open(address).close()


def _open(address: str) -> None:
    Store.open(address).close()


def test_killed_while_it_makes_its_tables_a_database_opens_the_next_time(address):
    rng = random.Random(3)  # noqa: S311  -- moments, no secrets
    for _ in range(6):
        program = FORK.Process(target=_open, args=(address,))
        program.start()
        time.sleep(rng.uniform(0, 0.15))
        program.kill()
        program.join()
    store = Store.open(address)
    with store.snapshot() as tx:
        assert brands.names(tx) == []
    store.close()


def test_when_all_connections_are_taken_it_says_so(address):
    store = Store.open(address, patience=SOON)
    with pytest.raises(StoreError, match="no free connection left") as refused:
        _hold(store, 40)
    assert refused.value.retry
    store.close()


def _hold(store: Store, connections: int) -> None:
    with store.snapshot() as tx:
        brands.names(tx)
        if connections > 1:
            _hold(store, connections - 1)


def test_what_raises_leaves_nothing_behind(store, samples):
    with pytest.raises(KeyError), store.transaction() as tx:  # noqa: PT012  -- the block is what is tested
        brands.use_settings(tx, samples.settings, samples.now)
        raise KeyError
    with store.snapshot() as tx:
        assert brands.names(tx) == []


def test_a_snapshot_sees_one_moment_and_holds_nobody_up(store, samples):
    with store.snapshot() as reading:
        assert brands.names(reading) == []
        with store.transaction() as writing:
            brands.use_settings(writing, samples.settings, samples.now)
        assert brands.names(reading) == []


def test_a_newer_likeness_s_database_is_refused(address):
    opened = Store.open(address)
    with opened.transaction() as tx:
        tx.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StoreError, match="newer Likeness; update"):
        Store.open(address)


def test_another_program_s_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE answers (x)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        Store.open(f"sqlite:///{path}")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("These are my notes about bags. " * 100)
    with pytest.raises(StoreError, match=r"notes\.db is not a Likeness database"):
        Store.open(f"sqlite:///{path}")


def test_a_damaged_file_is_named(tmp_path, samples):
    path = tmp_path / "likeness.db"
    store = Store.open(f"sqlite:///{path}")
    samples.open(store, 200)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match="damaged; restore a backup"):
        Store.open(f"sqlite:///{path}")


@pytest.mark.parametrize("path", ["/proc/likeness.db", "/nowhere/at/all/likeness.db"])
def test_a_folder_that_nobody_may_write_to_is_named(path):
    with pytest.raises(StoreError, match="cannot be opened; check that its folder exists"):
        Store.open(f"sqlite:///{path}")


def test_a_database_that_may_only_be_read_says_so_before_anything_is_paid(tmp_path, samples, new_id):
    path = tmp_path / "likeness.db"
    first = Store.open(f"sqlite:///{path}")
    (probe,) = samples.open(first, 1)
    first.close()
    store = Store.open(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StoreError, match="may only be read here"), store.transaction() as tx:
        brands.use_settings(tx, samples.settings, samples.now)
    miss = samples.ledger(store, new_id).reserve(probe, Decimal(0), samples.now)
    assert isinstance(miss, Miss)
    assert miss.reason is MissReason.NOT_KEPT
    store.close()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://host/name", "SQLite or PostgreSQL, not in mysql"),
        ("likeness.db", "no database address; write sqlite"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
        ("rubbish://u:geheim@", "SQLite or PostgreSQL|no database address"),
    ],
)
def test_an_address_that_leads_nowhere_says_what_to_write(address, words):
    with pytest.raises(StoreError, match=words) as refused:
        Store.open(address)
    assert "geheim" not in str(refused.value)


def test_the_password_of_an_address_is_never_shown():
    with pytest.raises(StoreError) as refused:
        Store.open("postgresql://likeness:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(refused.value)
    assert "geheim" not in repr(refused.value)


def test_a_database_that_is_not_there_says_how_to_make_it(postgres):
    with pytest.raises(StoreError, match="does not exist; create it"):
        Store.open(postgres.get_uri("not_made"))


def test_a_lock_is_waited_for_and_then_named(tmp_path, samples, new_id):
    path = tmp_path / "likeness.db"
    store = Store.open(f"sqlite:///{path}", patience=SOON)
    probe, other = samples.open(store, 2)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    miss = ledger.reserve(other, Decimal(0), samples.now)
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.retry) == (MissReason.NOT_KEPT, True)
    with pytest.raises(StoreError, match="held by another program"):
        ledger.settle(attempt, samples.outcome("Paid for."), samples.now)
    holder.execute("ROLLBACK")
    holder.close()
    # The answer that was paid for is written before anything else is asked.
    assert isinstance(ledger.reserve(other, Decimal(0), samples.now), Attempt)
    with store.snapshot() as tx:
        assert tx.connection().execute(text("SELECT text FROM answers")).scalars().all() == ["Paid for."]
    store.close()


def test_a_full_disk_stops_the_paying_and_loses_nothing(tmp_path, samples, new_id):
    store = Store.open(f"sqlite:///{tmp_path / 'likeness.db'}")
    probes = samples.open(store, 3)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probes[0], Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    _limit(store, "1")
    with pytest.raises(StoreError, match="disk is full"):
        ledger.settle(attempt, samples.outcome("Long. " * 5000), samples.now)
    miss = ledger.reserve(probes[1], Decimal(0), samples.now)
    assert isinstance(miss, Miss)
    assert "disk is full" in miss.detail
    _limit(store, "1000000")
    assert isinstance(ledger.reserve(probes[1], Decimal(0), samples.now), Attempt)
    with store.snapshot() as tx:
        assert tx.connection().execute(text("SELECT count(*) FROM answers")).scalar_one() == 1
        assert tx.connection().execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    store.close()


def test_an_answer_waits_for_room_on_the_disk(tmp_path, samples, new_id):
    store = Store.open(f"sqlite:///{tmp_path / 'likeness.db'}")
    probes = samples.open(store, 1)
    heard = []

    def make_room(error: StoreError) -> None:
        heard.append(str(error))
        _limit(store, "1000000")

    ledger = samples.ledger(store, new_id, patience=Patience(30), on_wait=make_room)
    attempt = ledger.reserve(probes[0], Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    _limit(store, "1")
    ledger.settle(attempt, samples.outcome("Long. " * 5000), samples.now)
    assert ledger.unkept == 0
    assert "disk is full" in heard[0]
    with store.snapshot() as tx:
        assert tx.connection().execute(text("SELECT count(*) FROM answers")).scalar_one() == 1
    store.close()


def _limit(store: Store, pages: str) -> None:
    """SQLite refuses to grow beyond this many pages, or beyond what it has, as on a full disk."""
    with store.snapshot() as tx:
        tx.connection().execute(text(f"PRAGMA max_page_count = {pages}"))


def test_a_database_in_memory_serves_one_program(samples):
    store = Store.open("sqlite://")
    assert len(samples.open(store, 2)) == 2
    store.close()


def test_a_postgres_that_restarted_is_connected_to_again(postgres, empty_postgres, samples):
    store = Store.open(empty_postgres())
    samples.open(store, 1)
    postgres.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();")
    with store.snapshot() as tx:
        assert len(rounds.unasked(tx, "r1")) == 1
    store.close()
