"""Who is told of what, when and why; and what several messages that nobody got come to."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import outbox
from monitor.alerts.outbox import Desk
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, Quote, Signal
from monitor.domain.brand import AlertSettings, Digest, QuietHours, Route, Severity, WebhookSettings

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)  # 23:00 in Stockholm
MONDAY = datetime(2026, 11, 9, 7, 0, tzinfo=UTC)
ANN, BOB = "ann@quillmark.example", "bob@quillmark.example"
QUIET = QuietHours(begins=time(20), ends=time(7), timezone="Europe/Stockholm")
CRITICAL, MAJOR, MINOR = Severity


def change(name="price", reason=NoticeReason.OPENED, severity=MAJOR, question="", **alert: object):
    quotes = (Quote(answer_id="a", text="x", question=question),) if question else ()
    signal = Signal(
        rule="wrong_fact", subject=name, key=f"wrong_fact:{name}", severity=severity, headline="h", quotes=quotes
    )
    known = {"id": name, "opened_at": NOW, "last_notice_at": NOW, "state": AlertState.OPEN} | alert
    return Change(reason=NoticeReason(reason), alert=Alert(brand="Quillmark", key=signal.key, signal=signal, **known))


def desk(now=NOW, digest_at=MONDAY):
    numbers = iter(range(1000))
    return Desk(
        brand="Quillmark",
        now=now,
        new_id=lambda: f"id{next(numbers)}",
        domain="quillmark.example",
        digest_at=digest_at,
        topics={"Which pens?": "pens"},
    )


def notices(changes, settings=None, *, now=NOW, first_round=False):
    settings = settings or AlertSettings(to=(ANN, BOB))
    return outbox.notices(changes, settings, desk(now), first_round=first_round)


def test_the_first_round_is_one_opening_balance_per_recipient():
    changes = [change(f"f{n}", "opening_balance") for n in range(40)]
    assert [(n.recipient, n.reason, len(n.changes)) for n in notices(changes, first_round=True)] == [
        (ANN, NoticeReason.OPENING_BALANCE, 40),
        (BOB, NoticeReason.OPENING_BALANCE, 40),
    ]


def test_a_first_round_without_findings_says_so_to_those_who_hear_all():
    settings = AlertSettings(
        to=(ANN,), routes=(Route(to=(BOB,), severity=CRITICAL),), webhooks=(WebhookSettings(url_env="HOOK"),)
    )
    assert [(n.recipient, n.changes) for n in notices([], settings, first_round=True)] == [(ANN, ())]
    assert notices([], settings) == []
    assert outbox.notices([change()], None, desk()) == []


@pytest.mark.parametrize(
    ("reasons", "weightiest"),
    [
        (["reminder", "resolved", "opened"], NoticeReason.OPENED),
        (["reopened", "worsened"], NoticeReason.WORSENED),
        (["resolved", "reminder"], NoticeReason.REMINDER),
        (["resolved", "resolved"], NoticeReason.RESOLVED),
    ],
)
def test_a_message_about_several_changes_gives_the_weightiest_reason(reasons, weightiest):
    changes = [change(f"{number}", reason) for number, reason in enumerate(reasons)]
    assert {notice.reason for notice in notices(changes)} == {weightiest}


def test_message_ids_are_the_same_whenever_made_and_differ_otherwise():
    some = [
        [change()],
        [change(reason="reminder", last_notice_at=NOW + timedelta(days=7))],
        [change(reason="reminder", last_notice_at=NOW + timedelta(days=14))],
    ]
    ids = [[n.message_id for n in notices(changes)] for changes in some]
    assert ids == [[n.message_id for n in notices(changes)] for changes in some]
    flat = {message_id for pair in ids for message_id in pair}
    assert len(flat) == 6
    assert all(len(message_id) < 70 and message_id.endswith("@quillmark.example>") for message_id in flat)


def test_a_recipient_named_twice_gets_one():
    settings = AlertSettings(to=(ANN, ANN), routes=(Route(to=(ANN,), severity=CRITICAL),))
    assert [n.why for n in notices([change()], settings)] == ["The brand file names you for every finding."]


ROUTES = AlertSettings(
    to=(ANN,),
    routes=(Route(to=(BOB,), severity=CRITICAL), Route(to=(BOB,), topics=("recall", "pens"))),
    webhooks=(WebhookSettings(url_env="CHAT", severity=CRITICAL),),
)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (change(severity=CRITICAL), {ANN, BOB, "webhook:CHAT"}),
        (change(severity=MAJOR), {ANN}),
        (change("recall", severity=MINOR), {ANN, BOB}),
        (change(question="Which pens?"), {ANN, BOB}),
        (change(question="Which paper?"), {ANN}),
    ],
)
def test_routes_add_recipients_by_severity_and_topic(found, told):
    assert {notice.recipient for notice in notices([found], ROUTES)} == told


def test_each_message_holds_what_its_recipient_wants_and_says_why():
    both = [change(severity=CRITICAL), change("name")]
    told = {notice.recipient: notice for notice in notices(both, ROUTES)}
    assert [one.alert.id for one in told[BOB].changes] == ["price"]
    assert len(told[ANN].changes) == 2
    assert (
        told[BOB].why == "The brand file names you for critical findings, and for every finding about recall or pens."
    )
    assert told["webhook:CHAT"].why == "The brand file names this webhook for critical findings."


QUIETLY = AlertSettings(to=(ANN,), quiet_hours=QUIET, webhooks=(WebhookSettings(url_env="CHAT"),))


def test_in_quiet_hours_a_mail_waits_for_the_morning_and_says_so():
    mail, hook = notices([change()], QUIETLY, now=NIGHT)
    assert mail.held_until == datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
    assert mail.why.endswith("It waited for the end of your quiet hours (20:00 to 07:00, Europe/Stockholm).")
    assert hook.held_until is None, "a webhook wakes nobody"
    assert notices([change()], QUIETLY)[0].held_until is None


def test_what_is_critical_comes_at_once_and_takes_the_rest_along():
    mail, _ = notices([change(), change("name", severity=CRITICAL)], QUIETLY, now=NIGHT)
    assert mail.held_until is None
    assert len(mail.changes) == 2
    never = replace(QUIETLY, quiet_hours=replace(QUIET, besides=None))
    assert notices([change(severity=CRITICAL)], never, now=NIGHT)[0].held_until


def test_a_route_has_quiet_hours_of_its_own():
    there = QuietHours(begins=time(20), ends=time(7), timezone="America/New_York")
    settings = AlertSettings(to=(ANN,), routes=(Route(to=(BOB,), quiet_hours=there),), quiet_hours=QUIET)
    ann, bob = notices([change()], settings, now=NIGHT)
    assert ann.held_until
    assert bob.held_until is None, "it is 17:00 in New York"


DIGEST = AlertSettings(to=(ANN,), digest=Digest(cron="0 8 * * MON"), webhooks=ROUTES.webhooks)


def test_minor_findings_wait_for_the_digest_and_the_others_do_not():
    at_once, later = notices([change(), change("name", severity=MINOR)], DIGEST)
    assert ([c.alert.id for c in at_once.changes], at_once.held_until) == (["price"], None)
    assert ([c.alert.id for c in later.changes], later.held_until) == (["name"], MONDAY)
    assert later.why.endswith("Those that can wait come together in a digest.")
    (opening,) = notices([change("name", "opening_balance", MINOR)], DIGEST, first_round=True)
    assert opening.held_until is None


def test_a_digest_that_falls_into_quiet_hours_waits_for_their_end():
    settings = replace(DIGEST, quiet_hours=replace(QUIET, ends=time(9)))
    assert notices([change(severity=MINOR)], settings)[0].held_until == MONDAY + timedelta(hours=1)


def together(*rounds: list[Change]):
    """Return what the messages of several rounds to one recipient come to."""
    parts = [
        notice
        for number, changes in enumerate(rounds)
        for notice in notices(changes, AlertSettings(to=(ANN,)), now=NOW + timedelta(hours=number))
    ]
    return outbox.gathered(parts, desk(NOW + timedelta(days=3)))


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        (["opened", "reminder"], "opened"),
        (["opened", "worsened"], "opened"),
        (["opening_balance", "worsened"], "opened"),
        (["opened", "resolved"], "passed"),
        (["opening_balance", "resolved"], "passed"),
        (["reopened", "resolved"], "passed"),
        (["opened", "resolved", "reopened"], "opened"),
        (["opened", "resolved", "reopened", "resolved"], "passed"),
        (["reminder", "resolved"], "resolved"),
        (["worsened", "reminder"], "worsened"),
        (["resolved", "reopened"], "reopened"),
        (["passed", "reopened"], "opened"),
        (["passed", "reopened", "resolved"], "passed"),
    ],
)
def test_what_became_of_an_alert_meanwhile_is_told_once_and_honestly(chain, told):
    (only,) = together(*([change(reason=reason)] for reason in chain)).changes
    assert only.reason == told


def test_one_message_in_place_of_several_says_how_old_the_oldest_is():
    one = together([change("a")], [change("b"), change("a", "worsened", CRITICAL)], [change("c", "resolved")])
    assert [(c.alert.id, c.reason.value) for c in one.changes] == [("a", "opened"), ("b", "opened"), ("c", "resolved")]
    assert one.changes[0].alert.signal.severity is CRITICAL, "the latest finding is told"
    assert one.since == NOW
    assert one.why == "The brand file names you for every finding."
    assert (
        one.message_id
        == together(
            [change("a")], [change("b"), change("a", "worsened", CRITICAL)], [change("c", "resolved")]
        ).message_id
    )
    assert len(one.message_id) < 70


REASONS = [reason.value for reason in NoticeReason if reason is not NoticeReason.PASSED]


@given(st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(REASONS)), min_size=1), min_size=2))
def test_nothing_is_lost_and_nothing_told_twice_however_messages_are_gathered(rounds):
    """Gathered at once or bit by bit, each alert is told once, with its latest finding."""
    changes = [[change(name, reason) for name, reason in dict(one).items()] for one in rounds]
    parts = [notices(one, AlertSettings(to=(ANN,)))[0] for one in changes]
    whole = outbox.gathered(parts, desk())
    assert sorted(c.alert.id for c in whole.changes) == sorted({name for one in rounds for name, _ in one})
    bit_by_bit = parts[0]
    for part in parts[1:]:
        bit_by_bit = outbox.gathered([bit_by_bit, part], desk())
    assert {c.alert.id: c.alert for c in bit_by_bit.changes} == {c.alert.id: c.alert for c in whole.changes}
    over = {NoticeReason.RESOLVED, NoticeReason.PASSED}
    assert {c.alert.id: c.reason in over for c in bit_by_bit.changes} == {
        c.alert.id: c.reason in over for c in whole.changes
    }
