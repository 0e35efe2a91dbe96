"""The regular mail, with its report."""

from datetime import datetime

from monitor.domain.portrait import Portrait
from reports import mail
from tests.support.mails import SENDER, SITE, both, parsed


def test_the_weekly_mail_has_the_key_numbers_and_the_report(portrait: Portrait, now: datetime) -> None:
    message = mail.report(
        portrait, "<!DOCTYPE html><p>all of it", sender=SENDER, recipient="b@tolvane.example", made_at=now,
        message_id="<week-47@tolvane.example>", site=SITE, pdf=b"%PDF-1.7",
    )  # fmt: skip
    state = "2 findings open, 1 critical; 29 of 30 scheduled rounds ran, 1 of them in part"
    assert message["Subject"] == f"Tolvane, 24 October to 22 November 2026: {state}"
    for twin in both(message):
        assert "29 of 30 scheduled rounds ran, 1 of them in part; in all, 772 answers came back." in twin
        assert "Right in 96 of 121 checked statements (79 %, 95 % interval 72-86 %)." in twin
        assert "2 findings are open, 1 critical." in twin
        assert "on a schedule" in twin
    arrived, _, _ = parsed(message)
    attached = {part.get_filename(): part for part in arrived.iter_attachments()}
    assert list(attached) == ["tolvane-2026-10-24-to-2026-11-22.html", "tolvane-2026-10-24-to-2026-11-22.pdf"]
    assert attached["tolvane-2026-10-24-to-2026-11-22.html"].get_content() == "<!DOCTYPE html><p>all of it"


def test_the_weekly_mail_of_an_empty_week_does_not_pretend(empty: Portrait, now: datetime) -> None:
    message = mail.report(
        empty, "", sender=SENDER, recipient="b@tolvane.example", made_at=now, message_id="<w@tolvane.example>"
    )
    for twin in both(message):
        assert "Nothing was measured about Tolvane: no answer came in this period" in twin
        assert "0 of 7 scheduled rounds ran" in twin
        assert "%" not in twin
