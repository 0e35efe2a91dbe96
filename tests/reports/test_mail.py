import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from monitor.domain.portrait import Portrait
from monitor.domain.readings import Span
from reports import mail
from reports.quotes import marked_text

SENDER = "likeness@tolvane.example"
SITE = "https://likeness.tolvane.example"
VOID = {"meta", "br", "img"}
BLOCKS = {"br", "div", "h1", "h2", "h3", "li", "p", "td"}
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "Tolvane\r\nBcc: everyone@victim.example\r\n\r\n<h1>hi</h1>",
    "nul\0inside and \ud800 lone",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "\u202etxet desrever\u202c",
    "</style></title><svg onload=alert(1)>",
    "=HYPERLINK(1)",
    "\u2028line\u2029separators\x0b\x0c\x85",
)


class _Text(HTMLParser):
    """The words that a reader sees, its links, and every tag and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.marked: list[str] = []
        self._path: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.words += [" "] if tag in BLOCKS else []
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            marks = any(name == "class" and value == "wrong" for name, value in attrs)
            self._path.append("mark" if marks else tag)

    def handle_endtag(self, _tag: str) -> None:
        self._path.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self._path):
            self.words.append(data)
        if self._path and self._path[-1] == "mark":
            self.marked.append(data)


def _parsed(message: EmailMessage) -> tuple[EmailMessage, str, _Text]:
    """Return the message as it arrives, its text, and what its HTML shows."""
    arrived = BytesParser(policy=default).parsebytes(message.as_bytes())
    assert isinstance(arrived, EmailMessage)
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert plain is not None
    assert html is not None
    seen = _Text()
    seen.feed(html.get_content())
    return arrived, plain.get_content(), seen


def _flat(text: str) -> str:
    return " ".join(text.split())


def both(message: EmailMessage) -> tuple[str, str]:
    """Return the words of the text twin and of the HTML twin, white space made even."""
    _, text, seen = _parsed(message)
    return _flat(text), _flat("".join(seen.words))


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
    _, text, seen = _parsed(mail.compose(make_notice(), sender=SENDER))
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
        _, text, seen = _parsed(message)
        shown = (apart.sub("", text), "".join(seen.words))
        words = [{word.strip(".,:;()") for word in re.split(r"\s+|[“”\"‘’']", part.lower())} for part in shown]
        assert words[0] ^ words[1] <= named | {"", "·", "-", "--"}, reason


def test_headers_tell_machines_what_this_is(make_notice: Callable[..., Notice], now: datetime) -> None:
    notice = make_notice()
    arrived, _, _ = _parsed(mail.compose(notice, sender=f"Brand watch <{SENDER}>"))
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
    arrived, _, _ = _parsed(message)
    assert str(arrived["Subject"]) == str(message["Subject"])


def test_a_subject_with_an_arrow_has_no_double_space(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    headline = (
        "gpt-5 with search (OpenAI API) names the Tolvane One less often than it did: 73 % \u2192 16 % of answers"
    )
    change = make_change(replace(signals["price"], headline=headline))
    arrived, _, _ = _parsed(mail.compose(make_notice(change), sender=SENDER))
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
    _, text, seen = _parsed(mail.compose(make_notice(), sender=SENDER))
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
    arrived, _, seen = _parsed(message)
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


def test_marks_of_the_text_twin_are_those_of_the_quote(signals: dict[str, Signal]) -> None:
    assert marked_text(signals["recall"].quotes[0]) == (
        "In October Tolvane [[recalled 4,000 batteries]] after reports of overheating."
    )


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
    arrived, _, _ = _parsed(message)
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
