"""Nights, digests, and who is woken up."""

from dataclasses import replace
from datetime import UTC, datetime

from monitor.domain.alerts import NoticeReason
from monitor.pipeline import leaving
from storage import mailing
from tests.support.street import CRITICAL, MINOR, change

NIGHTS = (
    'alerts: {to: [brand@veloria.example], quiet_hours: {from: "20:00", until: "07:00", timezone: Europe/Berlin}, '
    'digest: {cron: "0 8 * * MON"}}'
)


def test_a_night_is_one_mail_in_the_morning(street):
    here = street(NIGHTS)
    here.open()
    here.hands.now = datetime(2026, 11, 2, 21, 0, tzinfo=UTC)
    here.decide(change("price"))
    here.tell(hours=3)
    here.decide(change("name"))
    here.tell(hours=5)  # 06:00 in Berlin
    assert here.office.taken == []
    here.tell(hours=1)
    (text,) = here.office.texts()
    assert "Findings about Veloria: 2 new" in text
    assert "It waited for the end of your quiet hours (20:00 to 07:00, Europe/Berlin)." in text
    assert "could not be delivered" not in text


def test_a_mail_that_is_late_wakes_nobody_either(street):
    here = street(NIGHTS)
    here.hands.now = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    here.decide(change("price"))
    here.tell()  # nobody is there to take it
    here.open()
    here.tell(hours=3)  # 22:30 in Berlin
    assert here.office.taken == []
    here.tell(hours=8.5)
    (text,) = here.office.texts()
    assert "This could not be delivered before. The oldest of it is 11 hours old" in text


def test_what_is_critical_takes_along_what_was_put_off(street):
    here = street(NIGHTS)
    here.hands.now = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    here.decide(change("price"))
    here.tell()
    here.open()
    here.tell(hours=3)
    here.decide(change("name", severity=CRITICAL))
    here.tell()
    (text,) = here.office.texts()
    assert "Findings about Veloria: 2 new" in text


def test_what_is_critical_wakes_people_up(street):
    here = street(NIGHTS)
    here.open()
    here.hands.now = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    here.decide(change(severity=CRITICAL), change("name"))
    here.tell()
    assert "1 new" not in here.office.texts()[0]
    assert "Findings about Veloria: 2 new" in here.office.texts()[0]


def test_a_week_of_minor_findings_is_one_digest(street):
    here = street(NIGHTS)
    here.open()
    for day in range(4):
        here.decide(change(f"fact-{day}", severity=MINOR))
        here.every_half_hour(1)
    here.decide(change("fact-1", NoticeReason.RESOLVED, MINOR))
    assert here.office.taken == []
    here.every_half_hour(4)
    ((_, mail),) = here.office.mails
    assert mail["Date"].datetime == datetime(2026, 11, 9, 7, 0, tzinfo=UTC)  # Monday, 08:00 in Berlin
    assert mail["Subject"].startswith("gpt-5 says your fact-0 is wrong (and 2 more, 1 resolved)")
    (text,) = here.office.texts()
    assert "Minor findings about Veloria: 3 new and 1 came and went" in text
    assert "Those that can wait come together in a digest." in text


def test_a_digest_can_be_left_with_one_click_and_what_cannot_wait_still_comes(street):
    here = street(NIGHTS)
    here.house = replace(here.house, settings=replace(here.house.settings, site="https://pages.veloria.example"))
    here.open()
    here.decide(change("fact-1", severity=MINOR), change("fact-2", severity=CRITICAL))
    here.hands.now = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    here.tell()
    mails = {bool(mail["List-Unsubscribe"]): mail for _, mail in here.office.mails}
    gathered = mails[False]  # it tells what could not wait as well
    assert "fact-2" in gathered["Subject"]
    here.decide(change("fact-3", severity=MINOR))
    here.hands.now = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    here.tell()
    _, digest = here.office.mails[-1]
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    word = digest["List-Unsubscribe"].rpartition("/")[2].removesuffix(">")
    of = leaving.subscription(here.house.store, word)
    assert (of.recipient, of.kind) == ("brand@veloria.example", leaving.DIGESTS)
    with here.house.store.transaction() as tx:
        mailing.leave(tx, of.brand, of.recipient, of.kind, here.hands.now)
    before = len(here.office.mails)
    here.decide(change("fact-4", severity=MINOR))
    here.hands.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    here.tell()
    assert len(here.office.mails) == before
    here.decide(change("fact-5", severity=CRITICAL))
    here.tell()
    assert "fact-5" in here.office.mails[-1][1]["Subject"]
