"""Mails about findings, whose two twins say the same."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from reports import mail
from reports.quotes import marked_text
from tests.support.mails import SENDER, SITE, both, parsed


def test_the_alert_mail_says_all_that_is_needed_in_both_twins(make_notice: Callable[..., Notice]) -> None:
    message = mail.compose(make_notice(), sender=SENDER, site=SITE)
    headline = "gpt-5 with search (OpenAI API) says the Tolvane One costs 1,990 euros: it is 2,490 euros since 1 May"
    assert message["Subject"] == headline
    for twin in both(message):
        for said in (
            headline,
            "critical",
            "it sells for",
            "The Tolvane One has cost 2,490 euros since 1 May 2026; it cost 2,190 euros before.",
            "https://tolvane.example/one/price",
            "OpenAI API, gpt-5 with search",
            "served: gpt-5-2026-08-07",
            "7 of 10 answers that speak of it (70 %, 95 % interval 40-89 %)",
            "2 of 9 answers that speak of it (22 %, 95 % interval 6-55 %)",
            "asked through the API, with web search",
            "first seen 20 November 2026, not yet on 18 November 2026",
            "asked: What does a Tolvane One cost?",
            "Cited beside it, not checked",
            "https://radblatt.example/tolvane-one-test",
            "What to do",
            "Check the price on your own page and in the feeds that dealers take it from.",
            "Read by machine, not reviewed.",
            "You receive this mail because a finding was opened. (Reason: opened.",
            "See the answers",
        ):
            assert said in twin


def test_the_wrong_words_are_marked_in_both_twins(make_notice: Callable[..., Notice]) -> None:
    _, text, seen = parsed(mail.compose(make_notice(), sender=SENDER))
    assert seen.marked == ["1,990 euros", "1,990 euros"]
    assert text.count("[[1,990 euros]]") == 2


def test_the_twins_say_the_same_words(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    """Word by word, numbers too; only the text twin numbers its lists, spells out its links and explains its marks."""
    apart = re.compile(rf"(?m)^\d+\. |\(marked \[\[ ]]\)|\[\[|]]|{SITE}\S*|^--$")
    named = {"new", "opening", "balance", "see", "all", "of", "them", "the", "answers"}  # said by buttons and labels
    for reason in NoticeReason:
        changes = [make_change(signal, reason) for signal in signals.values()]
        message = mail.compose(make_notice(*changes), sender=SENDER, site=SITE)
        _, text, seen = parsed(message)
        shown = (apart.sub("", text), "".join(seen.words))
        words = [{word.strip(".,:;()") for word in re.split(r"\s+|[“”\"‘’']", part.lower())} for part in shown]
        assert words[0] ^ words[1] <= named | {"", "·", "-", "--"}, reason


def test_headers_tell_machines_what_this_is(make_notice: Callable[..., Notice], now: datetime) -> None:
    notice = make_notice()
    arrived, _, _ = parsed(mail.compose(notice, sender=f"Brand watch <{SENDER}>"))
    assert arrived["From"] == f"Brand watch <{SENDER}>"
    assert arrived["To"] == "brand@tolvane.example"
    assert arrived["Message-ID"] == notice.message_id
    assert arrived["Date"].datetime == now
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert "References" not in arrived
    assert str(mail.compose(notice, sender=SENDER)["From"]) == f"Likeness <{SENDER}>"


letters = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cc", "Cf", "Z"])


english = st.text("abc,:%.()-", min_size=1, max_size=9)


@given(subject=st.lists(st.one_of(english, st.text(letters, max_size=9)), min_size=1, max_size=25).map(" ".join))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_subject_arrives_as_it_was_written(
    make_notice: Callable[..., Notice],
    make_change: Callable[..., Change],
    signals: dict[str, Signal],
    subject: str,
) -> None:
    change = make_change(replace(signals["price"], headline=subject))
    message = mail.compose(make_notice(change), sender=SENDER)
    arrived, _, _ = parsed(message)
    assert str(arrived["Subject"]) == str(message["Subject"])


def test_a_subject_with_an_arrow_has_no_double_space(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    headline = (
        "gpt-5 with search (OpenAI API) names the Tolvane One less often than it did: 73 % \u2192 16 % of answers"
    )
    change = make_change(replace(signals["price"], headline=headline))
    arrived, _, _ = parsed(mail.compose(make_notice(change), sender=SENDER))
    assert arrived["Subject"] == headline


def test_beside_new_findings_old_ones_get_a_line(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    old = make_change(signals["price"], NoticeReason.REMINDER, 1)
    new = make_change(signals["recall"], NoticeReason.OPENED, 2)
    for twin in both(mail.compose(make_notice(old, new, reason=NoticeReason.OPENED), sender=SENDER)):
        assert "Findings about Tolvane: 1 new and 1 still open" in twin
        assert "(still open, critical; OpenAI API, gpt-5 with search: 7 of 10 answers" in twin
        assert twin.count("What to do") == 1


def test_a_drop_is_not_held_against_the_fact_sheet(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    drop = replace(
        signals["price"], rule="visibility_drop", said="Named in 16 % of 25 answers.", quotes=(), truth_source="",
        truth="Before: named in 73 % of 45 answers.",
    )  # fmt: skip
    for twin in both(mail.compose(make_notice(make_change(drop)), sender=SENDER)):
        assert "fact sheet" not in twin
        assert "Before: Before" not in twin
        assert "Named in 73 % of 45 answers." in twin


def test_a_retry_sends_the_same_bytes(make_notice: Callable[..., Notice]) -> None:
    twice = [mail.compose(make_notice(), sender=SENDER, site=SITE).as_bytes() for _ in range(2)]
    assert twice[0] == twice[1]


def test_without_a_page_there_is_no_link_to_one(make_notice: Callable[..., Notice]) -> None:
    _, text, seen = parsed(mail.compose(make_notice(), sender=SENDER))
    assert "See the answers" not in text
    assert "See the answers" not in "".join(seen.words)
    assert not [link for link in seen.links if "/alerts/" in link]


@pytest.mark.parametrize(
    ("reason", "begins", "says"),
    [
        (NoticeReason.REMINDER, "Still open: ", "a finding is still open"),
        (NoticeReason.WORSENED, "Worse: ", "an open finding became worse"),
        (NoticeReason.RESOLVED, "Resolved: “", "a finding was resolved"),
    ],
)
def test_the_subject_and_the_footer_name_the_reason(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], reason: NoticeReason, begins: str, says: str
) -> None:
    message = mail.compose(make_notice(make_change(reason=reason)), sender=SENDER)
    assert str(message["Subject"]).startswith(f"{begins}gpt-5 with search")
    for twin in both(message):
        assert says in twin


def test_a_resolved_finding_asks_for_nothing(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change]
) -> None:
    message = mail.compose(make_notice(make_change(reason=NoticeReason.RESOLVED)), sender=SENDER)
    for twin in both(message):
        assert "What to do" not in twin
        assert "Open since 20 November 2026, resolved on 22 November 2026." in twin
        assert "Resolved: “gpt-5 with search" in twin
        assert "What they said: 1,990 euros" in twin
        assert "Where it was last found" in twin


def test_the_opening_balance_is_one_calm_overview(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    changes = [
        make_change(signal, NoticeReason.OPENING_BALANCE, number)
        for number, signal in enumerate([*signals.values()] * 14)
    ]
    message = mail.compose(make_notice(*changes), sender=SENDER, site=SITE)
    assert message["Subject"] == "How AI assistants portray Tolvane: where we start"
    assert "References" not in message
    for twin in both(message):
        assert "14 wrong facts, 14 new statements and 14 outdated facts" in twin
        assert "From now on you get a mail only when something changes." in twin
        assert twin.count("And 1 more of this kind.") == 3
        assert "What to do" not in twin


def test_an_opening_balance_without_findings_says_so(make_notice: Callable[..., Notice]) -> None:
    notice = replace(make_notice(), reason=NoticeReason.OPENING_BALANCE, changes=())
    for twin in both(mail.compose(notice, sender=SENDER)):
        assert "The first round found nothing to correct." in twin


def test_five_hundred_findings_are_one_mail_that_no_program_cuts(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    changes = [make_change(signal, number=n) for n in range(250) for signal in (signals["recall"], signals["price"])]
    message = mail.compose(make_notice(*changes), sender=SENDER, site=SITE)
    assert str(message["Subject"]).startswith("gpt-5 with search (OpenAI API) says the Tolvane One costs 1,990 euros")
    assert str(message["Subject"]).endswith("(and 499 more)")
    for twin in both(message):
        assert "Findings about Tolvane: 500 new" in twin
        assert "And 455 more." in twin
    html = message.get_body(("html",))
    assert html is not None
    assert len(html.get_content().encode()) < 100_000


def test_new_findings_come_before_resolved_ones(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    resolved = make_change(signals["price"], NoticeReason.RESOLVED, 1)
    opened = make_change(signals["recall"], NoticeReason.OPENED, 2)
    message = mail.compose(make_notice(resolved, opened, reason=NoticeReason.OPENED), sender=SENDER)
    assert str(message["Subject"]).startswith("claude-sonnet-4-5 (Anthropic API) says that Tolvane recalled")
    for twin in both(message):
        assert "Findings about Tolvane: 1 new and 1 resolved" in twin


@pytest.mark.parametrize("address", ["", "nobody", "a@", "a@b@c", "two@a.example, three@b.example <", "a b@c.example"])
def test_an_address_that_is_none_is_named(make_notice: Callable[..., Notice], address: str) -> None:
    with pytest.raises(mail.MailError, match="not a mail address"):
        mail.compose(make_notice(recipient=address), sender=SENDER)


def test_marks_of_the_text_twin_are_those_of_the_quote(signals: dict[str, Signal]) -> None:
    assert marked_text(signals["recall"].quotes[0]) == (
        "In October Tolvane [[recalled 4,000 batteries]] after reports of overheating."
    )
