"""A backup is the database at one moment, in one file, and comes back whole on either database."""

import sqlite3
import stat
import threading
from contextlib import closing

import pytest

from storage import attempts, slots
from storage.backup import backup, restore
from storage.errors import StoreError
from storage.move import copy
from storage.store import Store


def silent(_table, _done, _of):
    return


def filled(store, samples, new_id, count=12):
    probes = samples.open(store, count)
    ledger = samples.ledger(store, new_id)
    for number, probe in enumerate(probes):
        attempt = ledger.reserve(probe, None, samples.now)
        ledger.sent(attempt, f"hash {number}", samples.now)
        if number:
            ledger.settle(attempt, samples.outcome("Corvane 🧵 \u202e lasts", cost=f"0.00{number}"), samples.now)


def digests(store, tmp_path, name):
    """Return each table's rows and digest, found by copying it once more."""
    address = f"sqlite:///{tmp_path / name}"
    with closing(Store.open(address)) as other, store.snapshot() as old, other.transaction() as new:
        return copy(old, new, name, silent)


def test_there_and_back_it_is_the_same(store, tmp_path, samples, new_id):
    filled(store, samples, new_id)
    file = tmp_path / "kept.db"
    kept = backup(store, file, on_progress=silent)
    assert kept.rows["answers"] == 11
    assert kept.rows["attempts"] == 12
    assert kept.size == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir() if "kept" in each.name) == ["kept.db"]
    with closing(Store.open(f"sqlite:///{tmp_path / 'back.db'}")) as back:
        assert restore(file, back, on_progress=silent).rows == kept.rows
        assert digests(back, tmp_path, "one.db") == digests(store, tmp_path, "two.db")


def test_an_sqlite_backup_goes_into_postgresql(postgres_store, store, tmp_path, samples, new_id):
    if not store.writes_alone:
        pytest.skip("the other direction is the test above")
    filled(store, samples, new_id)
    kept = backup(store, tmp_path / "kept.db", on_progress=silent)
    try:
        assert restore(tmp_path / "kept.db", postgres_store, on_progress=silent).rows == kept.rows
        with postgres_store.transaction() as tx:
            assert slots.claim(tx, samples.brand, "round", "2026-11-30T06:00", samples.now)
    finally:
        with postgres_store.transaction() as tx:
            names = ", ".join(kept.rows)
            tx.connection().exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def test_rounds_go_on_while_a_backup_is_made(store, tmp_path, samples, new_id):
    filled(store, samples, new_id)

    def writes(_table, done, _of):
        if not done or done > 1:
            one = threading.Thread(target=claim)
            one.start()
            one.join()

    claimed = []

    def claim():
        with store.transaction() as tx:
            claimed.append(slots.claim(tx, samples.brand, "round", f"slot {len(claimed)}", samples.now))

    kept = backup(store, tmp_path / "kept.db", on_progress=writes)
    assert claimed
    assert kept.rows["slots"] == 0  # as it was when the backup began


def test_a_call_that_is_out_is_in_the_backup_too(store, tmp_path, samples, new_id):
    (probe,) = samples.open(store, 1)
    attempt = samples.ledger(store, new_id).reserve(probe, None, samples.now)
    backup(store, tmp_path / "kept.db", on_progress=silent)
    with closing(Store.open(f"sqlite:///{tmp_path / 'kept.db'}")) as kept, kept.snapshot() as tx:
        assert attempts.newest_of(tx, probe.id).id == attempt.id


def test_no_file_is_written_over(store, tmp_path):
    (tmp_path / "kept.db").write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        backup(store, tmp_path / "kept.db", on_progress=silent)
    assert (tmp_path / "kept.db").read_text() == "mine"


def test_a_folder_that_is_not_there_is_said(store, tmp_path):
    with pytest.raises(StoreError, match="choose another place"):
        backup(store, tmp_path / "nowhere" / "kept.db", on_progress=silent)


@pytest.mark.parametrize("content", [b"", b"a letter", b"SQLite format 3\0 and then nothing"])
def test_what_is_no_backup_is_refused(store, tmp_path, content):
    (tmp_path / "kept.db").write_bytes(content)
    with pytest.raises(StoreError):
        restore(tmp_path / "kept.db", store, on_progress=silent)


def test_a_database_with_rows_is_left_alone(store, tmp_path, samples, new_id):
    filled(store, samples, new_id, count=3)
    backup(store, tmp_path / "kept.db", on_progress=silent)
    with pytest.raises(StoreError, match="holds rows already"):
        restore(tmp_path / "kept.db", store, on_progress=silent)


def test_a_damaged_database_is_no_backup(tmp_path, samples, new_id):
    path = tmp_path / "likeness.db"
    with closing(Store.open(f"sqlite:///{path}")) as store:
        filled(store, samples, new_id, count=40)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_attempts_asked'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    with path.open("rb+") as file:
        file.seek((page - 1) * size + 200)
        file.write(b"\xff" * (size - 200))
    with closing(Store.open(f"sqlite:///{path}")) as store, pytest.raises(StoreError, match=r"damaged|malformed"):
        backup(store, tmp_path / "kept.db", on_progress=silent)
    assert not (tmp_path / "kept.db").exists()
