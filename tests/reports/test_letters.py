"""What a mail says of an alert's life, of doubts about the sheet, of lateness: in both twins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from monitor.domain.alerts import (
    Acknowledged,
    Change,
    Cleared,
    CourseDay,
    Notice,
    NoticeReason,
    Signal,
)
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval, Measure, Rate, Series
from monitor.domain.readings import Span
from reports import mail
from reports.course import course

SENDER = "likeness@tolvane.example"


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.alt: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in {"style", "title"}
        self.alt += [value or "" for name, value in attrs if name == "alt"]
        self.text.append(" " if tag in {"p", "td", "br", "li", "h1", "h2", "h3", "div"} else "")

    def handle_data(self, data: str) -> None:
        self.text += [] if self._hidden else [data]


def _seen(message: EmailMessage) -> _Words:
    html = message.get_body(("html",))
    assert html is not None
    words = _Words()
    words.feed(html.get_content())
    return words


def twins(message: EmailMessage) -> tuple[str, str]:
    plain = message.get_body(("plain",))
    assert plain is not None
    return " ".join(plain.get_content().split()), " ".join("".join(_seen(message).text).split())


def both_say(message: EmailMessage, *said: str) -> None:
    for twin in twins(message):
        for each in said:
            assert each in twin


Make = Callable[..., Notice]
MakeChange = Callable[..., Change]


def test_a_confirmed_finding_opens_with_how_many_extra_samples_say_it(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    said = "5 of 6 extra samples say it too (83 %, 95 % interval 44 to 97 %)."
    message = mail.compose(make_notice(make_change(replace(signals["price"], confirmed=said))), sender=SENDER)
    both_say(message, said)
    for twin in twins(message):
        assert twin.index(said) < twin.index("it sells for")


def test_a_doubt_about_the_sheet_is_said_before_all_else(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    doubt = "Your sheet says 2,490 euros, but 31 of 33 answers of all three assistants say 1,990. Is it up to date?"
    change = make_change(replace(signals["price"], sheet_first=doubt))
    for notice in (make_notice(change), make_notice(change, make_change(signals["recall"], number=2))):
        message = mail.compose(notice, sender=SENDER)
        both_say(message, "Check your sheet first", doubt)
        for twin in twins(message):
            assert twin.index(doubt) < twin.index("it sells for")
    opening = mail.compose(make_notice(replace(change, reason=NoticeReason.OPENING_BALANCE)), sender=SENDER)
    both_say(opening, f"Check your sheet first: {doubt}")


@pytest.mark.parametrize(
    ("reason", "begins", "story"),
    [
        (NoticeReason.WORSENED, "Worse: ", "Open since 20 November 2026. Two assistants more say it. Ann takes care"),
        (NoticeReason.REMINDER, "Still open: ", "Open since 20 November 2026."),
        (NoticeReason.REOPENED, "Back again: ", "First opened on 20 November 2026 and resolved since; back since 22 "),
    ],
)
def test_what_became_of_a_finding_is_told(  # noqa: PLR0917  -- pytest gives them by name
    make_notice: Make, make_change: MakeChange, now: datetime, reason: NoticeReason, begins: str, story: str
) -> None:
    change = make_change(reason=reason)
    alert = replace(change.alert, reopened_at=now if reason is NoticeReason.REOPENED else None)
    if reason is NoticeReason.WORSENED:
        alert = replace(alert, acknowledged=Acknowledged(by="Ann", at=now))
        change = replace(change, why="Two assistants more say it.")
    message = mail.compose(make_notice(replace(change, alert=alert)), sender=SENDER)
    assert str(message["Subject"]).startswith(begins)
    both_say(message, story)


def test_a_resolved_finding_comes_with_its_evidence(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    price = signals["price"]
    right = replace(price.quotes[0], text="It costs 2,490 euros now.", marks=(Span(start=9, end=20),))
    clean = replace(price.voices[0], rate=Rate(hits=0, of=14), interval=Interval(low=0, high=0.23))
    change = make_change(reason=NoticeReason.RESOLVED)
    alert = replace(change.alert, cleared=Cleared(voices=(clean,), quotes=(right,)))
    message = mail.compose(make_notice(replace(change, alert=alert)), sender=SENDER)
    both_say(
        message,
        "What they say now",
        "How often it was found since",
        "0 of 14 answers that speak of it (0 %, 95 % interval 0-23 %)",
    )
    assert "It costs [[2,490 euros]] now." in twins(message)[0]
    assert "It costs 2,490 euros now." in twins(message)[1]


def test_a_finding_that_came_and_went_says_so(make_notice: Make, make_change: MakeChange, now: datetime) -> None:
    change = make_change(reason=NoticeReason.RESOLVED)
    message = mail.compose(make_notice(replace(change, reason=NoticeReason.PASSED)), sender=SENDER)
    assert str(message["Subject"]).startswith("Came and went: “gpt-5 with search")
    both_say(message, "Found on 20 November 2026 and resolved on 22 November 2026, before you could be told of it.")


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.5, ""),
        (5, "This could not be delivered before. The oldest of it is 5 hours old (22 November 2026, 08:10 UTC)."),
        (75, "This could not be delivered before. The oldest of it is 3 days old (22 November 2026, 08:10 UTC)."),
    ],
)
def test_a_late_mail_says_how_late(make_notice: Make, make_change: MakeChange, hours: float, said: str) -> None:
    for reason in (NoticeReason.OPENED, NoticeReason.RESOLVED, NoticeReason.OPENING_BALANCE):
        notice = make_notice(make_change(reason=reason))
        late = replace(notice, told_at=notice.created_at + timedelta(hours=hours))
        message = mail.compose(late, sender=SENDER)
        assert message["Date"].datetime == late.told_at
        both_say(message, said)
        for twin in twins(message):
            assert ("could not be delivered" in twin) is bool(said)


def test_what_was_held_back_on_purpose_is_not_late(make_notice: Make) -> None:
    notice = make_notice()
    morning = notice.created_at + timedelta(hours=9)
    message = mail.compose(replace(notice, held_until=morning, told_at=morning), sender=SENDER)
    assert "could not be delivered" not in twins(message)[0]


def test_the_foot_says_by_which_line_it_came(make_notice: Make) -> None:
    waited = "It waited for the end of your quiet hours (20:00 to 07:00, UTC)."
    way = f"The brand file names you for critical findings. {waited}"
    both_say(mail.compose(replace(make_notice(), why=way), sender=SENDER), way)


def test_a_misreading_can_be_dismissed(make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]) -> None:
    here = "Is it misread? Dismiss it on the page Review, or with: likeness review."
    there = "Is it misread? Dismiss it on its page;"
    both_say(mail.compose(make_notice(), sender=SENDER), here)
    both_say(mail.compose(make_notice(), sender=SENDER, site="https://l.example"), there)
    nothing_read = make_change(replace(signals["price"], quotes=()))
    assert "misread" not in twins(mail.compose(make_notice(nothing_read), sender=SENDER))[0]
    resolved = make_change(reason=NoticeReason.RESOLVED)
    assert "misread" not in twins(mail.compose(make_notice(resolved), sender=SENDER))[0]


def test_the_first_mail_about_an_alert_is_what_later_ones_refer_to(make_notice: Make) -> None:
    message = mail.compose(replace(make_notice(), thread="<first@tolvane.example>"), sender=SENDER)
    assert message["References"] == message["In-Reply-To"] == "<first@tolvane.example>"


def test_a_digest_of_minor_findings_is_called_one(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    minor = [replace(signal, severity=Severity.MINOR) for signal in signals.values()]
    changes = [make_change(signal, number=number) for number, signal in enumerate(minor)]
    both_say(mail.compose(make_notice(*changes), sender=SENDER), "Minor findings about Tolvane: 3 new")


def _pictures(message: EmailMessage) -> dict[str, bytes]:
    parts = [part for part in message.walk() if part.get_content_type() == "image/png"]
    return {str(part["Content-ID"]).strip("<>"): part.get_content() for part in parts}


def test_the_picture_shows_each_assistant_with_its_interval_and_says_so_where_it_is_not_shown(
    make_notice: Make,
) -> None:
    message = mail.compose(make_notice(), sender=SENDER)
    ((cid, png),) = _pictures(message).items()
    html = message.get_body(("html",))
    assert html is not None
    assert f'src="cid:{cid}"' in html.get_content()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 2 * 322, "sharp on a telephone of 360 pixels"
    (alt,) = _seen(message).alt
    assert "OpenAI API, gpt-5 with search: 7 of 10 answers (70 %, 95 % interval 40-89 %)" in alt


def _course() -> tuple[CourseDay, ...]:
    start = date(2026, 10, 12)
    shares = [0.7] * 20 + [0.3] * 14
    return tuple(
        CourseDay(
            day=start + timedelta(days=number), rate=Rate(hits=share * 30, of=30), interval=Interval(low=0.2, high=0.8)
        )
        for number, share in enumerate(shares)
    )


@pytest.mark.parametrize("measure", [Measure.VISIBILITY, Measure.NET_STANCE, Measure.LIST_RANK])
def test_a_finding_about_a_measure_shows_its_course(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal], measure: Measure
) -> None:
    series = Series(measure=measure, assistant_id="gpt5-search", surface=Surface.API_SEARCH, subject="Tolvane")
    price = signals["price"]
    drop = replace(
        price, rule="visibility_drop", quotes=(), series=series, course=_course(), changed_on=date(2026, 11, 1),
        voices=price.voices[:1],
    )  # fmt: skip
    message = mail.compose(make_notice(make_change(drop)), sender=SENDER)
    assert len(_pictures(message)) == 1
    (alt,) = _seen(message).alt
    assert "it changed on 1 November 2026" in alt
    unit = {
        Measure.VISIBILITY: "7 of 10 answers (70 %, 95 % interval 40-89 %)",
        Measure.NET_STANCE: "+70 on a scale from -100 to +100",
        Measure.LIST_RANK: "0.7 on average (n = 10 answers",
    }
    both_say(message, unit[measure])


def test_pictures_make_no_mail_heavy(make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]) -> None:
    changes = [make_change(signal, number=n) for n in range(4) for signal in signals.values()]
    message = mail.compose(make_notice(*changes), sender=SENDER, site="https://l.example")
    assert len(_pictures(message)) == 3
    assert max(len(png) for png in _pictures(message).values()) < 30_000
    assert len(message.as_bytes()) < 150_000
    assert mail.compose(make_notice(*changes), sender=SENDER, site="https://l.example").as_bytes() == message.as_bytes()


def test_days_between_two_rounds_are_no_gap_and_missing_rounds_are_one(signals: dict[str, Signal]) -> None:
    days = [date(2026, 10, 12) + timedelta(days=2 * number) for number in range(10) if number not in {4, 5}]
    rate = Rate(hits=3, of=10)
    sparse = replace(signals["price"], course=tuple(CourseDay(day=day, rate=rate) for day in days))
    values = course(sparse)["data"]["values"]
    assert [value["day"] for value in values if value["value"] is None] == ["2026-10-20"]
    assert len(values) == len(days) + 1


def test_how_a_misreading_is_dismissed_is_said_once(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    advised = replace(signals["price"], advice=("If it is misread: likeness review --dismiss 7e3ba132cc.",))
    (text, _) = twins(mail.compose(make_notice(make_change(advised)), sender=SENDER))
    assert text.count("misread") == 1


def test_several_findings_of_a_kind_are_counted_in_good_english(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    drops = [replace(signals["price"], rule="visibility_drop", key=f"v{number}") for number in range(2)]
    changes = [make_change(signal, number=number) for number, signal in enumerate(drops)]
    both_say(mail.compose(make_notice(*changes), sender=SENDER), "2 drops in visibility")
