"""What a watcher sees without an account."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from monitor.domain.rounds import MissReason
from monitor.service import health, keeping
from monitor.web.app import create
from storage import pauses
from storage.store import Store, StoreError


def test_a_clock_that_never_ticked_is_told(stand):
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["the clock never ticked: no round runs"]
    assert answer.json()["tick_age_seconds"] is None


def test_pages_alone_are_well_where_no_clock_ever_ticked(stand):
    alone = stand.browser(alone=True)
    answer = alone.get("/healthz")
    assert answer.status_code == 200
    assert (answer.json()["well"], answer.json()["last_tick"]) == (True, None)
    keeping.beat(stand.store, stand.hands)
    stand.hands.now += timedelta(minutes=6)
    assert alone.get("/healthz").status_code == 503, "a clock that ticked before is expected to tick on"
    stand.hands.now -= timedelta(minutes=6)


def test_all_is_well_while_the_clock_ticks(stand):
    keeping.beat(stand.store, stand.hands)
    with stand.store.transaction() as tx:
        until = stand.hands() + timedelta(hours=1)
        pauses.pause(tx, "openai gpt-5", until, "quota", reason=MissReason.QUOTA, now=stand.hands())
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 200
    said = answer.json()
    assert said["well"] is True
    assert said["tick_age_seconds"] == 0
    assert (said["paused_assistants"], said["need_help"]) == (1, 1)
    stand.hands.now += timedelta(minutes=6)
    later = stand.browser().get("/healthz")
    assert later.status_code == 503
    assert "6 minutes ago" in later.json()["wrong"][0]
    stand.hands.now -= timedelta(minutes=6)


def test_a_mistake_in_a_brand_file_is_told_until_a_tick_finds_none(stand):
    keeping.beat(stand.store, stand.hands, mistaken=True)
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 503
    assert "brand file has a mistake" in answer.json()["wrong"][0]
    stand.hands.now += timedelta(minutes=1)
    keeping.beat(stand.store, stand.hands)
    assert stand.browser().get("/healthz").status_code == 200


def test_watchers_need_no_account_and_learn_no_name(stand):
    stand.account("ann@quarn.example", "a sentence of some length")
    answer = stand.browser(only_this_machine=False).get("/healthz")
    assert answer.status_code in {200, 503}
    assert "Quarn" not in answer.text
    assert stand.browser(only_this_machine=False).get("/").status_code == 303


def test_an_undelivered_message_is_counted_and_grows_old(stand):
    keeping.beat(stand.store, stand.hands)
    with stand.store.transaction() as tx:
        tx.connection().exec_driver_sql("UPDATE notices SET state = 'waiting', next_try = NULL, held_until = NULL")
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["undelivered"] >= 1
    assert "has been due for" in answer.json()["wrong"][0]


def metrics_of(answer):
    assert answer.status_code == 200, answer.text
    rows = [line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in rows}


def test_metrics_count_what_the_store_has(stand):
    keeping.beat(stand.store, stand.hands)
    told = metrics_of(stand.browser().get("/metrics"))
    name = "Quarn & <b>Sons</b>"
    assert told[f'likeness_rounds_total{{brand="{name}",kind="scheduled",state="complete"}}'] == 8
    assert told[f'likeness_probes_last_day{{brand="{name}",miss="",state="answered"}}'] == 4
    assert told["likeness_tick_age_seconds"] == 0
    assert {"likeness_undelivered", "likeness_paused_assistants", "likeness_need_help"} <= told.keys()
    assert f'likeness_cost_dollars_total{{brand="{name}"}}' in told


def test_metrics_are_for_tokens_and_this_machine(stand):
    stand.account("ann@quarn.example", "a sentence of some length")
    stranger = stand.browser(only_this_machine=False)
    assert stranger.get("/metrics").status_code == 401
    here = TestClient(create(stand.desk, only_this_machine=False), client=("127.0.0.1", 5000))
    assert here.get("/metrics").status_code == 200
    assert here.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 401
    behind = TestClient(create(stand.desk, only_this_machine=False, secure=True), client=("127.0.0.1", 5000))
    assert behind.get("/metrics").status_code == 401


def test_metrics_show_a_person_only_their_brands(stand):
    other = stand.signed_in(email="bo@quarn.example", brands=("Another",))
    assert "Quarn" not in other.get("/metrics").text


def test_a_tick_that_is_still_to_come_is_told(stand):
    stand.hands.now += timedelta(hours=23)
    keeping.beat(stand.store, stand.hands, mistaken=True)
    stand.hands.now -= timedelta(hours=23)
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["wrong"][0] == "the last tick is 23 hours ahead of this clock: the clock was set back"
    keeping.beat(stand.store, stand.hands)
    assert stand.browser().get("/healthz").json()["wrong"] == [], "no mistake of a time to come either"


def grow(store):
    """Write more than the file may hold."""
    with store.transaction() as tx:
        size = tx.connection().exec_driver_sql("PRAGMA page_count").scalar()
        tx.connection().exec_driver_sql(f"PRAGMA max_page_count = {size}")
        tx.connection().exec_driver_sql("CREATE TABLE much AS SELECT randomblob(1000000)")


def test_a_write_that_failed_is_told_here_and_by_other_programs(stand, tmp_path):
    address = f"sqlite:///{tmp_path / 'full.db'}"
    asking, pages = Store.open(address), Store.open(address)
    keeping.beat(asking, stand.hands)
    assert health.look(pages, stand.hands()).wrong == ()
    with pytest.raises(StoreError):
        grow(asking)
    full = "writing fails: the database cannot grow: the disk is full"
    assert health.look(asking, stand.hands()).wrong == (full,)
    keeping.beat(asking, stand.hands)
    assert health.look(pages, stand.hands()).wrong == (
        "writing fails: the database could not be written to where rounds run",
    )
    asking._failed = None
    stand.hands.now += timedelta(minutes=1)
    keeping.beat(asking, stand.hands)
    assert health.look(pages, stand.hands()).wrong == ()
    for store in (asking, pages):
        store.close()


def test_a_disk_without_room_is_told_before_anything_fails(stand, monkeypatch):
    keeping.beat(stand.store, stand.hands)
    monkeypatch.setattr("storage.store._ROOM", 10**18)
    assert (
        "writing fails: the database cannot grow: the disk is full" in stand.browser().get("/healthz").json()["wrong"]
    )
