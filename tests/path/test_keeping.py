"""Backups, as a user makes them."""

import sqlite3


def test_a_backup_comes_back(workplace, likeness, monkeypatch):
    assert likeness("run").code == 0
    made = likeness("backup", "kept.db")
    assert made.code == 0, made.err
    assert "8 answers" in made.out
    assert "kB" in made.out
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "sqlite:///back.db")
    back = likeness("restore", "kept.db")
    assert back.code == 0, back.err
    assert "every row compared" in back.out
    with sqlite3.connect(workplace / "likeness.db") as old, sqlite3.connect(workplace / "back.db") as new:
        count = "SELECT count(*), group_concat(text) FROM (SELECT text FROM answers ORDER BY id)"
        assert old.execute(count).fetchone() == new.execute(count).fetchone()
    again = likeness("restore", "kept.db")
    assert again.code == 2
    assert "holds rows already" in again.err


def test_a_backup_is_never_written_over_a_file(workplace, likeness):
    refused = likeness("backup", "brand.yaml")
    assert refused.code == 2
    assert "exists already" in refused.err


def test_a_backup_that_is_cut_off_is_named_and_leaves_nothing_behind(workplace, likeness, monkeypatch):
    assert likeness("run").code == 0
    assert likeness("backup", "kept.db").code == 0
    (workplace / "cut.db").write_bytes((workplace / "kept.db").read_bytes()[:50_000])
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "sqlite:///new.db")
    ended = likeness("restore", "cut.db")
    assert ended.code == 2
    assert "cut.db cannot be brought back" in " ".join(ended.err.split())
    assert not list(workplace.glob("new.db*"))
