from dataclasses import replace

import pytest

from monitor.alerts import life
from monitor.domain.alerts import Alert, AlertState, NoticeReason, Signal
from monitor.domain.brand import Severity
from monitor.domain.readings import Verdict
from monitor.domain.rounds import RoundKind


def _signal(key="wrong_fact:price", headline="a headline"):
    rule_name, _, subject = key.partition(":")
    return Signal(rule=rule_name, subject=subject, key=key, severity=Severity.MAJOR, headline=headline)


def _alert(made, key="wrong_fact:price", **changes: object):
    opened = made.at(0)
    known = Alert(
        id="a",
        brand="Quillmark",
        key=key,
        state=AlertState.OPEN,
        opened_at=opened,
        last_notice_at=opened,
        signal=_signal(key),
    )
    return replace(known, **changes)


def test_a_signal_opens_an_alert_once(view, new_id, decide):
    now = view([], number=1)
    (change,) = decide(now, [_signal(), _signal(headline="the same again")], [], new_id=new_id)
    assert (change.reason, change.alert.state, change.alert.opened_at) == (NoticeReason.OPENED, "open", now.now)
    assert change.alert.signal.headline == "a headline"
    assert decide(now, [_signal()], [change.alert], new_id=new_id) == []


def test_it_is_reminded_of_after_two_weeks_with_the_latest_finding(made, view, new_id, decide):
    early, late = view([], number=13), view([], number=14)
    assert decide(early, [_signal()], [_alert(made)], new_id=new_id) == []
    (change,) = decide(late, [_signal(headline="newer")], [_alert(made)], new_id=new_id)
    assert (change.reason, change.alert.signal.headline) == (NoticeReason.REMINDER, "newer")
    assert change.alert.last_notice_at == late.now
    assert change.alert.opened_at == made.at(0)


def test_a_reminder_takes_along_what_is_nearly_due(made, view, new_id, decide):
    old, newer, fresh = (
        _alert(made, f"wrong_fact:{name}", id=name, last_notice_at=made.at(day))
        for name, day in (("old", 0), ("newer", 6), ("fresh", 12))
    )
    signals = [_signal(alert.key) for alert in (old, newer, fresh)]
    changes = decide(view([], number=14), signals, [old, newer, fresh], new_id=new_id)
    assert {change.alert.id for change in changes} == {"old", "newer"}


def test_not_asked_neither_resolves_nor_reminds(made, view, new_id, decide):
    assert decide(view([], number=20), [], [_alert(made)], new_id=new_id) == []


def test_asked_and_still_doubtful_is_reminded_of(made, view, new_id, decide):
    bad = made.observe(made.reading(claims=[made.claim("99")]), number=20)
    voices = life.rules.ALL["wrong_fact"].find(view([bad, replace(bad, answer_id="b", probe_id="b")]))[0].voices
    alert = _alert(made, signal=replace(_signal(), voices=voices))
    (change,) = decide(view([bad]), [], [alert], new_id=new_id)
    assert change.reason is NoticeReason.REMINDER


def test_asked_and_clean_resolves(made, view, new_id, decide):
    bad = [made.observe(made.reading(claims=[made.claim("99")]), sample=n) for n in range(3)]
    right = made.reading(claims=[made.claim("79", Verdict.SUPPORTED)])
    good = [made.observe(right, number=n) for n in (1, 2)]
    (signal,) = life.rules.ALL["wrong_fact"].find(view(bad))
    now = view([*bad, *good])
    (change,) = decide(now, [], [_alert(made, signal=signal)], new_id=new_id)
    assert (change.reason, change.alert.state) == (NoticeReason.RESOLVED, AlertState.RESOLVED)
    assert change.alert.resolved_at == now.now


def test_an_alert_of_a_rule_that_is_gone_stays(made, view, new_id, decide):
    assert decide(view([], number=30), [], [_alert(made, key="former_rule:x")], new_id=new_id) == []


@pytest.mark.parametrize("kind", [RoundKind.IMPORTED, RoundKind.CONFIRMING])
def test_imports_and_confirmations_open_nothing(view, new_id, kind, decide):
    assert decide(view([], number=1, kind=kind), [_signal()], [], new_id=new_id) == []
