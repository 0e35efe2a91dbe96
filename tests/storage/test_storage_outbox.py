"""A message waits until it was delivered, is changed only while nobody can have it, and is tried by one at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import Alert, AlertState, Change, Notice, NoticeReason, NoticeState, Signal
from monitor.domain.brand import Severity
from storage import outbox

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=15)


@pytest.fixture
def make(samples):
    def notice(id_="n1", alert="al1", recipient="brand@example.com", **more: object):
        signal = Signal(rule="wrong_fact", subject="price", key=alert, severity=Severity.MAJOR, headline="h")
        change = Change(
            reason=NoticeReason.OPENED,
            alert=Alert(
                id=alert,
                brand=samples.brand,
                key=alert,
                state=AlertState.OPEN,
                opened_at=samples.now,
                signal=signal,
            ),
        )
        made = Notice(
            id=id_,
            brand=samples.brand,
            recipient=recipient,
            reason=NoticeReason.OPENED,
            changes=(change,),
            created_at=samples.now,
            message_id=f"<{id_}@example.com>",
            why="You get every finding.",
        )
        return replace(made, **more)

    return notice


@pytest.fixture
def box(store, samples):
    """The outbox by hand: each call is a transaction of its own."""

    class Box:
        def post(self, *notices: Notice):
            with store.transaction() as tx:
                outbox.post(tx, notices)

        def due(self, later=0 * HOUR):
            with store.snapshot() as tx:
                return [notice.id for notice in outbox.waiting(tx, samples.now + later)]

        def together(self, later=0 * HOUR):
            with store.transaction() as tx:
                return [notice.id for notice in outbox.together(tx, samples.brand, samples.now + later)]

        def take(self, later=0 * HOUR):
            with store.transaction() as tx:
                first = outbox.together(tx, samples.brand, samples.now + later)[0]
                return outbox.take(tx, first, samples.now + later, lease=LEASE)

        def settle(self, begun, state, wait=None):
            now = begun.told_at
            with store.transaction() as tx:
                next_try = now + wait if wait is not None else None
                outbox.settle_notice(tx, begun, state, next_try=next_try, detail="250 ok", now=now)

        def undelivered(self, since=None):
            with store.snapshot() as tx:
                return outbox.undelivered(tx, samples.brand, since=since)

    return Box()


def test_a_message_comes_back_whole(store, samples, box, make):
    whole = make(held_until=samples.now, since=samples.now - HOUR, detail="waits")
    box.post(whole)
    with store.snapshot() as tx:
        assert outbox.waiting(tx, samples.now) == [whole]


def test_the_same_message_is_written_once(box, make):
    box.post(make())
    box.post(make("n2", message_id="<n1@example.com>"))
    assert box.due() == ["n1"]


def test_a_delivered_message_waits_no_more(box, make):
    box.post(make())
    box.settle(box.take(), NoticeState.SENT)
    assert box.due(100 * HOUR) == []
    assert box.undelivered() == []


def test_a_refused_one_comes_back_when_it_is_time_and_may_go_with_others(box, make):
    box.post(make())
    box.settle(box.take(), NoticeState.WAITING, HOUR)
    assert box.due() == []
    assert box.due(HOUR) == ["n1"]
    box.post(make("n2", "al2"))
    assert box.together() == ["n1", "n2"], "what is due takes along what waits for its next try"
    (late, fresh) = box.undelivered()
    assert (late.attempts, late.may_have_arrived, late.detail) == (1, False, "250 ok")
    assert fresh.attempts == 0


def test_what_one_recipient_waits_for_is_not_mixed_with_anothers(box, make):
    box.post(make(), make("n2", "al2", "other@example.com"), make("n3", "al3"))
    assert box.together() == ["n1", "n3"]


def test_held_messages_wait_for_their_hour(box, make, samples):
    box.post(make(held_until=samples.now + 8 * HOUR), make("n2", "al2"))
    assert box.together() == ["n2"]
    assert box.together(8 * HOUR) == ["n1", "n2"]


def test_a_lost_answer_is_tried_once_more_alone_and_unchanged(box, make, samples):
    box.post(make())
    begun = box.take()
    box.settle(begun, NoticeState.UNKNOWN, HOUR)
    box.post(make("n2", "al2"))
    assert box.together() == ["n2"], "one that may have arrived is never put into another"
    assert box.together(HOUR) == ["n1"]
    again = box.take(HOUR)
    assert (again.message_id, again.told_at) == (begun.message_id, samples.now), "the same words as before"
    box.settle(again, NoticeState.UNKNOWN, HOUR)
    assert box.due(100 * HOUR) == ["n2"]
    assert [each.id for each in box.undelivered(samples.now)] == ["n1", "n2"]


def test_an_unknown_one_that_is_then_refused_stays_as_it_was(box, make):
    box.post(make())
    box.settle(box.take(), NoticeState.UNKNOWN, HOUR)
    box.settle(box.take(HOUR), NoticeState.WAITING, HOUR)
    box.post(make("n2", "al2"))
    assert box.together(2 * HOUR) == ["n1"]


def test_a_killed_try_is_repeated_when_its_lease_is_over_however_often(box, make):
    box.post(make())
    for number in range(1, 6):
        begun = box.take(number * HOUR)
        assert begun.attempts == number
        assert box.due(number * HOUR) == [], "nobody else tries meanwhile"
        assert box.due(number * HOUR + LEASE) == ["n1"]
    box.post(make("n2", "al2"))
    assert box.together(7 * HOUR) == ["n1"], "a killed try may have arrived"


@pytest.mark.parametrize("back", [25 * HOUR, 24 * 30 * HOUR])
def test_a_try_that_a_clock_put_off_which_was_set_back_is_due(box, make, back):
    box.post(make())
    box.take()
    assert box.due() == [], "somebody is at it"
    assert box.due(-back) == ["n1"]


def test_the_word_of_a_try_that_was_overtaken_counts_only_if_it_arrived(box, make):
    box.post(make())
    slow = box.take()
    box.take(HOUR)
    box.settle(slow, NoticeState.BOUNCED)
    assert box.due(2 * HOUR) == ["n1"]
    box.settle(slow, NoticeState.SENT)
    assert box.due(2 * HOUR) == []


def test_several_become_one_and_are_told_no_more(store, box, make, samples):
    parts = [make(), make("n2", "al2")]
    box.post(*parts)
    with store.transaction() as tx:
        outbox.gather(tx, make("n3", changes=parts[0].changes + parts[1].changes), parts)
    assert box.due() == ["n3"]
    assert len(box.take().changes) == 2


def test_bounced_ones_are_listed_from_when_they_were_given_up(box, make, samples):
    box.post(make())
    box.settle(box.take(), NoticeState.BOUNCED)
    assert box.due(100 * HOUR) == []
    assert box.undelivered() == []
    assert [each.state for each in box.undelivered(samples.now)] == [NoticeState.BOUNCED]
    assert box.undelivered(samples.now + HOUR) == []


def test_later_messages_refer_to_the_first_that_their_recipient_had(box, make):
    box.post(make())
    first = box.take()
    assert first.thread == ""
    box.settle(first, NoticeState.SENT)
    box.post(make("n2"), make("n3", recipient="other@example.com"))
    again, other = box.take(), box.take()
    assert (again.thread, other.thread) == ("<n1@example.com>", "")
    box.settle(again, NoticeState.SENT)
    box.post(make("n4"))
    assert box.take().thread == "<n1@example.com>"


def test_the_opening_balance_is_taken_once(store, samples):
    with store.transaction() as tx:
        assert not outbox.had_opening(tx, samples.brand)
        assert outbox.claim_opening(tx, samples.brand, samples.now)
        assert not outbox.claim_opening(tx, samples.brand, samples.now + HOUR)
        assert outbox.claim_opening(tx, "another brand", samples.now)
        assert outbox.had_opening(tx, samples.brand)
