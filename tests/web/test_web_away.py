"""Pages whose database is away."""

import sqlite3
from datetime import timedelta

import pytest
import structlog
from starlette.testclient import TestClient

from monitor.service.desk import Desk
from monitor.service.environment import Environment
from monitor.web.app import create
from storage.connecting import engine_for
from storage.store import Store


@pytest.fixture
def away():
    """A browser on pages whose PostgreSQL does not listen; a fault that is not answered would raise here."""
    store = Store(engine_for("postgresql://likeness:hunter22@127.0.0.1:1/likeness", timedelta(seconds=1)))
    yield TestClient(create(Desk(store=store, environment=Environment(), files=())), follow_redirects=False)
    store.close()


def test_without_a_database_health_says_so_and_pages_say_one_sentence(away):
    with structlog.testing.capture_logs() as logged:
        health = away.get("/healthz")
    assert (health.status_code, health.json()) == (503, {"well": False, "wrong": ["the database cannot be reached"]})
    assert [line["event"] for line in logged] == ["not answered"]
    assert "exc_info" not in logged[0]
    for path in ("/", "/b/any/alerts", "/metrics"):
        page = away.get(path)
        assert page.status_code == 503
        assert "The database cannot be reached; try again in a minute." in page.text
        assert "127.0.0.1" not in page.text
        assert page.headers["x-frame-options"] == "DENY"
    assert away.get("/api/v1/brands").json() == {"error": "The database cannot be reached; try again in a minute."}
    assert away.get("/static/likeness.css").status_code in {200, 404}


def test_a_database_that_is_held_is_no_wrong_password(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'held.db'}", patience=timedelta(milliseconds=50))
    browser = TestClient(create(Desk(store=store, environment=Environment(), files=())), follow_redirects=False)
    with sqlite3.connect(tmp_path / "held.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = browser.post("/sign-in", data={"email": "a@b.example", "password": "of some length"})
        other.execute("ROLLBACK")
    assert answer.status_code == 503
    assert "The database is held by another program; try again in a minute." in answer.text
    assert str(tmp_path) not in answer.text
    store.close()
