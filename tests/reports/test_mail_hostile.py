"""Whatever an answer says, a mail shows it as text."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from monitor.domain.readings import Span
from reports import mail, watch_mail
from reports.watch_mail import Told
from tests.support.mails import HOSTILE, SENDER, SITE, parsed
from tests.support.tolvane import NOW


def _attacked(signal: Signal, attack: str, *, drawn: bool = False) -> Signal:
    """A picture takes longer to draw than the rest of the mail: few of the hostile mails hold one."""
    quote = replace(
        signal.quotes[0],
        text=attack * 3,
        marks=(Span(start=1, end=5), Span(start=3, end=10_000), Span(start=-4, end=2)),
        question=attack,
        assistant_label=attack,
        cited=(attack, f"https://a.example/{attack}", "https://ok.example/"),
    )
    voice = replace(signal.voices[0], label=attack, model=attack, interval=signal.voices[0].interval if drawn else None)
    return replace(
        signal, rule=attack, headline=attack, said=attack, truth=attack, truth_source=attack,
        voices=(voice,), quotes=(quote,), advice=(attack,),
    )  # fmt: skip


def _is_harmless(message: EmailMessage) -> None:
    arrived, _, seen = parsed(message)
    assert set(arrived.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "References",
        "In-Reply-To", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert arrived["To"] == "brand@tolvane.example"
    allowed = {"html", "head", "meta", "title", "style", "body", "div", "table", "tbody", "tr", "td", "p", "h1", "h2",
               "h3", "span", "strong", "br", "a", "ul", "ol", "li", "img"}  # fmt: skip
    assert seen.tags <= allowed
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert all(link.startswith(("https://", "http://", "cid:chart-")) for link in seen.links)
    assert b"\0" not in arrived.as_bytes()
    assert "\u202e" not in "".join(seen.words)


@pytest.mark.parametrize("reason", list(NoticeReason))
@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_is_shown_as_text(
    make_notice: Callable[..., Notice],
    make_change: Callable[..., Change],
    signals: dict[str, Signal],
    attack: str,
    reason: NoticeReason,
) -> None:
    change = make_change(_attacked(signals["price"], attack), reason)
    _is_harmless(mail.compose(make_notice(change, brand=attack), sender=SENDER, site=SITE))
    changes = [change] * 7
    _is_harmless(mail.compose(make_notice(*changes, brand=attack), sender=SENDER, site=attack))


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_in_the_mail_of_a_watch_is_shown_as_text(signals: dict[str, Signal], attack: str) -> None:
    signal = _attacked(signals["price"], attack)
    told = [Told(what=attack, quote=signal.quotes[0], truth=attack)]
    _is_harmless(
        watch_mail.compose("brand@tolvane.example", attack, hour=1, told=told, link=attack, sender=SENDER, at=NOW)
    )


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_beside_a_picture_is_shown_as_text(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal], attack: str
) -> None:
    message = mail.compose(make_notice(make_change(_attacked(signals["price"], attack, drawn=True))), sender=SENDER)
    _is_harmless(message)
    assert len([part for part in message.walk() if part.get_content_type() == "image/png"]) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    attack=st.one_of(
        st.text(st.characters(codec=None), max_size=60),
        st.lists(st.sampled_from([*HOSTILE, "<", ">", '"', "&", "\r\n", "]]", "[["]), max_size=6).map("".join),
    )
)
def test_no_text_ever_becomes_a_tag_or_a_header(
    make_notice: Callable[..., Notice],
    make_change: Callable[..., Change],
    signals: dict[str, Signal],
    attack: str,
) -> None:
    change = make_change(_attacked(signals["price"], attack))
    _is_harmless(mail.compose(make_notice(change, brand=attack), sender=SENDER, site=SITE))
