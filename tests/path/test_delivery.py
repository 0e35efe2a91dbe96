"""From a decision to mailboxes, through outages, refusals and lost answers."""

from monitor import pipeline
from monitor.domain.alerts import NoticeReason, NoticeState
from monitor.service import post as outboxes
from tests.support.street import MINOR, change, states


def test_three_days_without_a_mail_server_end_in_one_mail_that_says_so(street):
    here = street()
    for day in range(3):
        here.decide(change(f"fact-{day}", at=here.hands.now))
        here.every_half_hour(1)
    assert here.office.taken == []
    here.open()
    here.every_half_hour(1)
    assert len(here.office.taken) == 1
    (text,) = here.office.texts()
    late = "This could not be delivered before. The oldest of it is 3 days old (2 November 2026, 10:00 Europe/Berlin)."
    assert late in text
    assert all(f"your fact-{day} is wrong" in text for day in range(3))
    assert "Findings about Veloria: 3 new" in text
    assert states(here.house) == {}


def test_nobody_hammers_a_server_that_is_down(street):
    here = street()
    here.decide(change())
    tries = [len(here.tell(minutes=5)) for _ in range(12 * 24 * 3)]
    assert sum(tries) < 25
    assert sum(tries[:12]) >= 3, "at first it is tried often"
    assert sum(tries[-6 * 12 :]) >= 1, "and never given up"


def test_greylisting_delays_and_loses_nothing(street):
    here = street()
    here.open()
    here.office.refuses["brand@veloria.example"] = "450 4.2.0 try later"
    here.decide(change())
    (tried,) = here.tell()
    assert (tried[1].state, tried[1].retry_after) == (NoticeState.WAITING, 900)
    assert here.tell(minutes=14) == []
    here.office.refuses.clear()
    here.tell(minutes=2)
    assert len(here.office.taken) == 1
    assert "could not be delivered before" not in here.office.texts()[0], "a quarter of an hour is nothing to speak of"


def test_one_refused_recipient_does_not_hide_behind_another(street):
    here = street("alerts: {to: [brand@veloria.example, gone@veloria.example]}")
    here.open()
    here.office.refuses["gone@veloria.example"] = "550 5.1.1 no such user"
    here.decide(change())
    here.tell()
    assert [to for to, _ in here.office.taken] == ["brand@veloria.example"]
    assert states(here.house) == {"gone@veloria.example": NoticeState.BOUNCED}
    here.every_half_hour(1)
    assert len(here.office.taken) == 1


def test_what_did_not_arrive_is_told_in_the_terminal_and_the_report(street, likeness, workplace):
    here = street("alerts: {to: [brand@veloria.example, gone@veloria.example], digest: {cron: '0 8 * * MON'}}")
    here.open()
    here.office.refuses["gone@veloria.example"] = "550 5.1.1 no such user"
    here.decide(change(), change("name", severity=MINOR))
    here.tell()
    said = (
        "1 message to gone@veloria.example since 2 November 2026 could not be delivered and is not tried again. "
        "The mail server refused gone@veloria.example (550 5.1.1 no such user)."
    )
    found = portrait_of(here.house)
    assert said in found.notes
    here.close()
    here.decide(change("other"))
    here.tell(hours=1)
    assert any("1 message to brand@veloria.example since 2 November 2026 could not be delivered yet." in note
               for note in portrait_of(here.house).notes)  # fmt: skip
    box = outboxes.box(here.house)
    assert said in box.failed
    assert len(box.held) == 2
    assert "until 9 November 2026, 08:00 Europe/Berlin: The brand file names you for every finding" in min(box.held)
    shown = likeness("outbox")
    assert shown.code == 1
    assert "brand@veloria.example" in shown.out


def portrait_of(house):
    day = house.clock().date()
    return pipeline.portray(house, day, day, rounds_due=0)


def test_an_answer_lost_after_the_message_is_followed_by_the_same_message_once(street):
    here = street()
    here.open()
    here.office.drops = 5
    here.decide(change())
    here.tell()
    here.decide(change("name"))
    here.every_half_hour(1)
    first, again = (content for _, content in here.office.taken if b"your price is wrong" in content)
    assert first == again, "the same bytes, the Message-ID among them"
    assert len([content for _, content in here.office.taken if b"your name is wrong" in content]) == 2
    assert states(here.house) == {"brand@veloria.example": NoticeState.UNKNOWN}


def test_opened_and_resolved_before_it_could_be_sent_is_one_honest_mail(street):
    here = street()
    here.decide(change())
    here.tell(hours=5)
    here.decide(change(reason=NoticeReason.RESOLVED, at=here.hands.now))
    here.open()
    here.tell(hours=1)
    ((_, mail),) = here.office.mails
    assert mail["Subject"] == "Came and went: “gpt-5 says your price is wrong”"
    (text,) = here.office.texts()
    assert "Found on 2 November 2026 and resolved on 2 November 2026, before you could be told of it." in text
    assert "because a finding came and went before you could be told of it. (Reason: passed." in text


def test_five_hundred_findings_at_once_are_one_mail(street):
    here = street()
    here.open()
    here.decide(*(change(f"fact-{number}") for number in range(500)))
    here.tell()
    ((_, mail),) = here.office.mails
    assert mail["Subject"].endswith("(and 499 more)")
    assert "Findings about Veloria: 500 new" in here.office.texts()[0]


def test_later_mails_about_an_alert_belong_to_its_first(street):
    here = street()
    here.open()
    here.decide(change())
    here.tell()
    here.decide(change(reason=NoticeReason.WORSENED))
    here.tell(hours=1)
    here.decide(change(reason=NoticeReason.RESOLVED))
    here.tell(hours=1)
    first, *later = (mail for _, mail in here.office.mails)
    assert "References" not in first
    assert [mail["References"] for mail in later] == [first["Message-ID"]] * 2
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in (first, *later))
