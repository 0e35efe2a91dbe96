"""An alert as it stood at an earlier moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alerts import backthen
from monitor.domain.alerts import Acknowledged, Alert, AlertState, Signal, Silenced
from monitor.domain.brand import Severity

OPENED, MOMENT = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 8, tzinfo=UTC)
BEFORE, AFTER = MOMENT - timedelta(days=1), MOMENT + timedelta(days=1)
SIGNAL = Signal(rule="wrong_fact", subject="price", key="wrong_fact:price", severity=Severity.MAJOR, headline="Wrong")
ALERT = Alert(
    id="a", brand="B", key=SIGNAL.key, state=AlertState.OPEN, opened_at=OPENED, last_notice_at=OPENED, signal=SIGNAL
)
RESOLVED = replace(ALERT, state=AlertState.RESOLVED, resolved_at=AFTER, last_notice_at=AFTER, why="Said right again.")


def test_what_nothing_happened_to_stays_as_it_is():
    closed = replace(RESOLVED, resolved_at=BEFORE, last_notice_at=BEFORE)
    assert backthen.as_of(ALERT, None, MOMENT) == ALERT
    assert backthen.as_of(closed, ALERT, MOMENT) == closed


def test_what_people_were_told_last_counts():
    worse = replace(ALERT, last_notice_at=BEFORE, signal=replace(SIGNAL, headline="Worse"))
    assert backthen.as_of(RESOLVED, worse, MOMENT) == worse


def test_where_nobody_was_told_it_is_open_and_keeps_the_day_of_its_words():
    then = backthen.as_of(RESOLVED, None, MOMENT)
    assert (then.state, then.resolved_at, then.why) == (AlertState.OPEN, None, "")
    assert then.last_notice_at == AFTER
    back = replace(ALERT, reopened_at=AFTER)
    assert backthen.as_of(back, None, MOMENT).since == OPENED


def test_what_persons_did_later_is_not_known_yet():
    taken = Acknowledged(by="Ann", at=AFTER)
    hushed = Silenced(by="Ben", at=BEFORE, until=AFTER)
    then = backthen.as_of(replace(ALERT, acknowledged=taken, silenced=hushed), None, MOMENT)
    assert (then.acknowledged, then.silenced) == (None, hushed)
