"""What a watcher sees without an account."""

from datetime import timedelta

from monitor.domain.rounds import MissReason
from monitor.service import keeping
from storage import pauses


def test_a_clock_that_never_ticked_is_told(stand):
    answer = stand.browser().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["wrong"] == ["the clock never ticked: no round runs"]
    assert answer.json()["tick_age_seconds"] is None


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
