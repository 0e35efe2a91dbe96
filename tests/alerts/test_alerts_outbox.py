import pytest

from monitor.alerts import life, outbox
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, Signal
from monitor.domain.brand import Severity


def _signal(key="wrong_fact:price", headline="a headline"):
    rule_name, _, subject = key.partition(":")
    return Signal(rule=rule_name, subject=subject, key=key, severity=Severity.MAJOR, headline=headline)


def _alert(made, key="wrong_fact:price", **changes: object):
    known = {"id": "a", "opened_at": made.at(0), "last_notice_at": made.at(0)} | changes
    return Alert(brand="Quillmark", key=key, state=AlertState.OPEN, signal=_signal(key), **known)


def _notices(changes, new_id, view, *, first_round=False, to=("ann@quillmark.example", "bob@quillmark.example")):
    now = view([], number=1).now
    return outbox.notices(
        changes, to, brand="Quillmark", first_round=first_round, now=now, new_id=new_id, domain="quillmark.example"
    )


def test_the_first_round_is_one_opening_balance_per_recipient(view, new_id):
    signals = [_signal(f"wrong_fact:f{n}") for n in range(40)]
    changes = life.decide(view([], number=1, first_round=True), signals, [], new_id=new_id)
    assert {change.reason for change in changes} == {NoticeReason.OPENING_BALANCE}
    notices = _notices(changes, new_id, view, first_round=True)
    assert [(n.recipient, n.reason, len(n.changes)) for n in notices] == [
        ("ann@quillmark.example", NoticeReason.OPENING_BALANCE, 40),
        ("bob@quillmark.example", NoticeReason.OPENING_BALANCE, 40),
    ]


def test_a_first_round_without_findings_says_so(view, new_id):
    assert [n.changes for n in _notices([], new_id, view, first_round=True)] == [(), ()]
    assert _notices([], new_id, view) == []


@pytest.mark.parametrize(
    ("reasons", "weightiest"),
    [
        (["reminder", "resolved", "opened"], NoticeReason.OPENED),
        (["resolved", "reminder"], NoticeReason.REMINDER),
        (["resolved", "resolved"], NoticeReason.RESOLVED),
    ],
)
def test_a_message_about_several_changes_gives_the_weightiest_reason(made, view, new_id, reasons, weightiest):
    changes = [Change(reason=NoticeReason(reason), alert=_alert(made, id=reason)) for reason in reasons]
    assert {notice.reason for notice in _notices(changes, new_id, view)} == {weightiest}


def test_message_ids_are_the_same_whenever_made_and_differ_otherwise(made, view, new_id):
    changes = [Change(reason=NoticeReason.OPENED, alert=_alert(made))]
    reminded = [Change(reason=NoticeReason.REMINDER, alert=_alert(made, last_notice_at=made.at(7)))]
    again = [Change(reason=NoticeReason.REMINDER, alert=_alert(made, last_notice_at=made.at(14)))]
    first, second = (_notices(changes, new_id, view) for _ in range(2))
    assert [n.message_id for n in first] == [n.message_id for n in second]
    ids = {n.message_id for some in (changes, reminded, again) for n in _notices(some, new_id, view)}
    assert len(ids) == 6
    assert all(len(message_id) < 70 and message_id.endswith("@quillmark.example>") for message_id in ids)


def test_a_recipient_named_twice_gets_one(view, new_id):
    changes = life.decide(view([], number=1), [_signal()], [], new_id=new_id)
    assert len(_notices(changes, new_id, view, to=("a@x.example", "a@x.example"))) == 1
