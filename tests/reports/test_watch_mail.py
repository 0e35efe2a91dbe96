"""The mails of a watch and of an invitation, whose two twins say the same."""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

from monitor.domain.alerts import Signal
from monitor.domain.readings import Verdict
from reports import invitation, watch_mail
from reports.watch_mail import MOST, Told
from tests.support.mails import SENDER, both, parsed

NOW = datetime(2026, 11, 22, 8, 10, tzinfo=UTC)


def _mail(*told: Told, link: str = "") -> EmailMessage:
    return watch_mail.compose(
        "press@x.example", "Tolvane", hour=3, told=told, link=link, sender=SENDER, at=NOW, zone="Europe/Stockholm"
    )


def test_both_twins_say_what_is_new_who_said_it_when_and_what_is_true(signals: dict[str, Signal]) -> None:
    quote = replace(signals["price"].quotes[0], asked_at=NOW, verdict=Verdict.CONTRADICTED)
    message = _mail(Told(what="wrong: price (prompted)", quote=quote, truth="It costs 2,490 euros."))
    assert message["Subject"] == "Watch over Tolvane, hour 3: one new thing"
    for twin in both(message):
        for said in (
            "One new thing said about Tolvane",
            "Wrong: price (prompted)",
            "it sells for",
            "OpenAI API, gpt-5 with search, 22 November 2026, 09:10 Europe/Stockholm, asked: What does",
            "Your fact sheet",
            "It costs 2,490 euros.",
            "in the room Watch",
            "Read by machine, not reviewed.",
            "it ends by itself",
            "Written 22 November 2026, 09:10 Europe/Stockholm",
        ):
            assert said in twin
    assert "UTC" not in both(message)[1]


def test_only_what_is_wrong_is_marked_as_wrong(signals: dict[str, Signal]) -> None:
    wrong = replace(signals["price"].quotes[0], verdict=Verdict.OUTDATED)
    new = replace(signals["recall"].quotes[0], verdict=None)
    _, text, seen = parsed(_mail(Told(what="out of date: price", quote=wrong), Told(what="new: recall", quote=new)))
    assert seen.marked == ["1,990 euros"]
    assert "[[recalled 4,000 batteries]]" in text


def test_a_long_list_is_cut_and_the_rest_counted(signals: dict[str, Signal]) -> None:
    told = [Told(what=f"thing {n}", quote=signals["price"].quotes[0]) for n in range(MOST + 3)]
    message = _mail(*told, link="https://likeness.x.example/watch/1#hour-3")
    assert message["Subject"].endswith("15 new things")
    for twin in both(message):
        assert "And 3 more." in twin
        assert f"Thing {MOST}" not in twin
    assert parsed(message)[2].links == ["https://likeness.x.example/watch/1#hour-3"]


def test_an_invitation_has_a_button_and_the_address_itself() -> None:
    link = "https://likeness.x.example/welcome?key=abc"
    message = invitation.compose("anna@x.example", link, sender=SENDER)
    text, _ = both(message)
    assert link in text
    assert parsed(message)[2].links == [link, link]
    for twin in both(message):
        assert "the link works once, for seven days" in twin
        assert "If you did not expect this, delete it" in twin
