"""An alert opens once, and its message waits until it was delivered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import (
    Alert,
    AlertState,
    Change,
    Notice,
    NoticeReason,
    Quote,
    Signal,
    Voice,
)
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval, Rate
from monitor.domain.readings import Span
from storage import alerts, outbox

HOUR = timedelta(hours=1)


@pytest.fixture
def alert(samples):
    voice = Voice(
        assistant_id="gpt5",
        label="OpenAI API, gpt-5",
        surface=Surface.API,
        rate=Rate(hits=2, of=3),
        interval=Interval(low=0.1, high=0.9),
        first_seen=samples.now,
    )
    quote = Quote(
        answer_id="a", text="Corvane was founded in 1950.", marks=(Span(start=23, end=27),), asked_at=samples.now
    )
    signal = Signal(
        rule="wrong_fact",
        subject="founded",
        key="wrong_fact:founded",
        severity=Severity.CRITICAL,
        headline="gpt-5 gives a wrong founding year",
        voices=(voice,),
        quotes=(quote,),
    )
    return Alert(
        id="al1", brand=samples.brand, key=signal.key, state=AlertState.OPEN, opened_at=samples.now, signal=signal
    )


def notice(alert, samples, id_="n1"):
    change = Change(reason=NoticeReason.OPENED, alert=alert)
    return Notice(
        id=id_,
        brand=alert.brand,
        recipient="brand@example.com",
        reason=change.reason,
        changes=(change,),
        created_at=samples.now,
        message_id=f"<{id_}@example.com>",
    )


def apply(store, samples, alert, notices=(), reason=NoticeReason.OPENED):
    with store.transaction() as tx:
        alerts.apply(tx, [Change(reason=reason, alert=alert)], notices, samples.now)


def test_an_alert_comes_back_whole_and_knows_that_it_was_told(store, samples, alert):
    apply(store, samples, alert, [notice(alert, samples)])
    with store.snapshot() as tx:
        assert alerts.open_alerts(tx, samples.brand) == [replace(alert, last_notice_at=samples.now)]
        (waits,) = outbox.waiting(tx, samples.now)
        assert waits == notice(alert, samples)


def test_a_resolved_alert_stood_until_then(store, samples, alert):
    apply(store, samples, alert)
    resolved = replace(alert, state=AlertState.RESOLVED, resolved_at=samples.now + HOUR)
    apply(store, samples, resolved, reason=NoticeReason.RESOLVED)
    with store.snapshot() as tx:
        assert alerts.open_alerts(tx, samples.brand) == []
        for start, end, found in [(0, 3, 1), (1, 3, 1), (2, 3, 0), (-2, 0, 0), (-2, 1, 1)]:
            within = alerts.alerts(tx, samples.brand, samples.now + start * HOUR, samples.now + end * HOUR)
            assert len(within) == found
    apply(store, samples, replace(alert, id="al2", opened_at=samples.now + 2 * HOUR))
    with store.snapshot() as tx:
        assert [found.id for found in alerts.open_alerts(tx, samples.brand)] == ["al2"]
