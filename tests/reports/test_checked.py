"""Who else looked at a finding is said in the mail and in the report; where nobody did, that is said too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from email.message import EmailMessage

import pytest

from monitor.domain.alerts import Alert, AlertState, Change, Notice, NoticeReason, Signal
from monitor.domain.measures import Interval, Rate
from monitor.domain.portrait import Portrait
from monitor.domain.reviews import Reviewed, SecondReader
from reports import mail, report

SAID = "second opinion by gpt-5-mini: agrees"
MACHINE = "Read by machine, not reviewed."


def _twins(message: EmailMessage) -> list[str]:
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    return [" ".join(part.get_content().split()) for part in parts if part]


def _checked(signal: Signal, said: str = SAID) -> Signal:
    return replace(signal, checked=said)


@pytest.mark.parametrize("reason", NoticeReason)
def test_a_second_opinion_stands_beside_its_finding(
    reason: NoticeReason,
    make_notice: Callable[..., Notice],
    make_change: Callable[..., Change],
    signals: dict[str, Signal],
) -> None:
    first, *rest = signals.values()
    both = make_notice(*[make_change(signal, reason) for signal in (_checked(first), *rest)])
    for twin in _twins(mail.compose(both, sender="likeness@tolvane.example")):
        assert "Second opinion by gpt-5-mini: agrees." in twin
        assert "not reviewed except where it says so" in twin
    alone = make_notice(make_change(_checked(first), reason))
    for twin in _twins(mail.compose(alone, sender="likeness@tolvane.example")):
        assert "Second opinion by gpt-5-mini: agrees." in twin
        assert "not reviewed" not in twin


def test_what_a_judge_is_called_cannot_break_the_mail(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    (signal, *_) = signals.values()
    hostile = "second opinion by <b>x</b>\r\nBcc: all@victim.example: agrees"
    message = mail.compose(
        make_notice(make_change(_checked(signal, hostile), NoticeReason.OPENED)), sender="likeness@tolvane.example"
    )
    assert message["Bcc"] is None
    assert "<b>x</b>" not in _twins(message)[1]


def test_a_mail_about_a_dismissed_finding_says_that_a_person_did_it(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    (signal, *_) = signals.values()
    change = make_change(signal, NoticeReason.RESOLVED)
    by_hand = replace(change, alert=replace(change.alert, why="A person reviewed it."))
    for twin in _twins(mail.compose(make_notice(by_hand), sender="likeness@tolvane.example")):
        assert "A person looked at this and dismissed it." in twin
        assert "A person reviewed it." in twin
        assert "asked again" not in twin
    for twin in _twins(mail.compose(make_notice(by_hand, change), sender="likeness@tolvane.example")):
        assert "others a person dismissed" in twin


def test_the_report_shows_the_measured_precision_with_n_and_interval(portrait: Portrait, now: datetime) -> None:
    reader = SecondReader(model="gpt-5-mini", asked=30, agrees=25, disagrees=3, undecided=2, cost=Decimal("0.21"))
    reviewed = Reviewed(right=Rate(hits=11, of=12), interval=Interval(low=0.65, high=0.99), readers=(reader,))
    html = report.html(replace(portrait, reviewed=reviewed), made_at=now)
    assert "Of 12 reviewed findings 11 were right (92 %, 95 % interval 65-99 %)." in html
    assert "gpt-5-mini was asked about 30 findings: it agrees on 25, disagrees on 3" in html
    assert "USD 0.21" in html
    assert "gpt-5-mini,30,25,3,2,0.21" in report.tables(replace(portrait, reviewed=reviewed))["second_opinions.csv"]


def test_a_report_without_reviews_says_so(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now)
    assert "No finding was reviewed by a person" in html
    assert "No second opinion was asked for." in html


def test_an_open_finding_in_the_report_shows_its_second_opinion(portrait: Portrait, now: datetime) -> None:
    def checked(alert: Alert) -> Alert:
        return replace(alert, state=AlertState.OPEN, signal=_checked(alert.signal))

    alerts = tuple(checked(alert) for alert in portrait.alerts)
    assert "Second opinion by gpt-5-mini: agrees." in report.html(replace(portrait, alerts=alerts), made_at=now)
