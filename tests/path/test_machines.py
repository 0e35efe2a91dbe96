"""Commands for several machines, as a user types them."""

import os
import sqlite3
import sys
import time

import pytest

from monitor.worker import alive


def test_a_worker_without_postgresql_says_what_to_do(workplace, likeness):
    refused = likeness("worker")
    assert refused.code == 2
    assert "likeness serve" in refused.err
    assert "likeness move --to postgresql://" in refused.err
    assert refused.err.count("\n") == 1


def test_a_worker_without_its_extra_says_what_to_install(workplace, likeness, monkeypatch):
    for name in list(sys.modules):
        if name.startswith("monitor.worker"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    refused = likeness("worker")
    assert refused.code == 2
    assert "pip install 'likeness[postgres]'" in refused.err


def test_a_worker_without_a_brand_file_stops(workplace, likeness, monkeypatch):
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    refused = likeness("worker", "--brand", "nowhere.yaml")
    assert refused.code == 2
    assert "nowhere.yaml" in refused.err


def test_health_is_a_file_that_stays_fresh(workplace, likeness, tmp_path, monkeypatch):
    file = tmp_path / "alive"
    monkeypatch.setattr(alive.is_fresh, "__defaults__", (file,))
    assert likeness("worker", "--healthy").code == 1
    file.touch()
    assert likeness("worker", "--healthy").code == 0
    long_ago = time.time() - alive.FRESH - 1
    os.utime(file, (long_ago, long_ago))
    assert likeness("worker", "--healthy").code == 1
    to_come = time.time() + 3600
    os.utime(file, (to_come, to_come))
    assert likeness("worker", "--healthy").code == 1, "the clock was set back; a worker that lives touches it again"


def test_a_database_is_moved_and_what_comes_next_is_said(workplace, likeness):
    assert likeness("run").code == 0
    moved = likeness("move", "--to", f"sqlite:///{workplace / 'new.db'}")
    assert moved.code == 0, moved.err
    assert "LIKENESS_DATABASE_URL" in moved.out
    with sqlite3.connect(workplace / "likeness.db") as old, sqlite3.connect(workplace / "new.db") as new:
        count = "SELECT count(*), group_concat(text) FROM (SELECT text FROM answers ORDER BY id)"
        assert old.execute(count).fetchone() == new.execute(count).fetchone()
    again = likeness("move", "--to", f"sqlite:///{workplace / 'new.db'}")
    assert again.code == 2
    assert "holds rows already" in again.err


@pytest.mark.parametrize(("to", "said"), [("sqlite:///likeness.db", "in use"), ("mysql://a@b/c", "not in mysql")])
def test_a_wrong_target_is_one_sentence(workplace, likeness, to, said):
    refused = likeness("move", "--to", to)
    assert refused.code == 2
    assert said in refused.err
