"""What a reader who knows no statistics and no brand file makes of a mail and a report."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from monitor.domain.documents import Edition
from monitor.domain.measures import Interval, Measure, Rate
from monitor.domain.portrait import Portrait
from reports import letters, mail, moves, report, summary
from reports.mentioned import whiskers

SENDER = "likeness@tolvane.example"
Make = Callable[..., Notice]
MakeChange = Callable[..., Change]


def _twins(notice: Notice) -> list[str]:
    message = mail.compose(notice, sender=SENDER)
    parts = [message.get_body((kind,)) for kind in ("plain", "html")]
    return [" ".join(re.sub(r"<[^>]+>", "", part.get_content()).split()) for part in parts if part is not None]


def _words(html: str) -> str:
    text = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_fall_says_its_numbers_above_who_is_named_instead(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    now = "Named in 6 of 20 answers (30 %, 95 % interval 9-61 %) since 22 October 2026, and much longer than a line."
    fall = replace(signals["price"], rule="visibility_drop", said=now, truth="Before: named in 27 of 35 answers.")
    for twin in _twins(make_notice(make_change(fall))):
        assert re.search(r"Now: Named in 6 of 20 answers \(30 %, .*? Who is named instead", twin)
    assert letters.letter(make_notice(make_change(signals["price"]))).findings[0].words.quoted == ""


def test_what_was_counted_is_named(make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]) -> None:
    often = [letters.speaker(signals[name].voices[0], signals[name]).often for name in ("price", "recall")]
    assert often[0].startswith("7 of 10 answers that speak of it (70 %")
    assert often[1].startswith("3 of 9 answers (33 %")


def test_a_silent_assistant_brought_no_answer_and_no_share(signals: dict[str, Signal]) -> None:
    silent = replace(signals["price"], rule="silent_assistant", series=None)
    voice = replace(silent.voices[0], rate=Rate(hits=0, of=8), interval=None)
    assert letters.speaker(voice, silent).often == "none of 8 questions brought an answer"


def test_a_sheet_that_says_nothing_is_said_to(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    for twin in _twins(make_notice(make_change(signals["recall"]))):
        assert "Your fact sheet It says nothing on this." in twin


def test_the_first_mail_names_the_surface(make_notice: Make, make_change: MakeChange) -> None:
    notice = make_notice(make_change(reason=NoticeReason.OPENING_BALANCE), reason=NoticeReason.OPENING_BALANCE)
    for twin in _twins(notice):
        assert "gpt-5 with search, asked through the API, with web search: 7 of 10 answers" in twin


def test_no_gap_of_several_lines_is_left_in_the_text(make_notice: Make) -> None:
    text = mail.compose(make_notice(), sender=SENDER).get_body(("plain",))
    assert text is not None
    assert "\n\n\n" not in text.get_content().replace("\r\n", "\n")


def _moved(portrait: Portrait) -> Portrait:
    """A competitor's change, surer than the brand's own."""
    (own,) = portrait.shifts
    other = replace(own, series=replace(own.series, subject="Brisken"), evidence=own.evidence * 1000)
    return replace(portrait, shifts=(other, own))


def test_the_brand_s_own_changes_come_first_with_interval_and_n(portrait: Portrait) -> None:
    told = summary.summary(_moved(portrait)).sentences
    assert next(sentence for sentence in told if "went from" in sentence).endswith(
        "visibility of Tolvane went from 52 % (44-60 %, n = 140) to 38 % (30-46 %, n = 120) "
        "since gpt-5.1 was served (10 November 2026)."
    )
    assert [shift.series.subject for shift in moves.ordered(_moved(portrait))] == ["Tolvane", "Brisken"]


def test_a_lead_has_its_unit(portrait: Portrait) -> None:
    (shift,) = portrait.shifts
    series = replace(shift.series, measure=Measure.LEAD, subject="Brisken")
    before, after = (replace(each, series=series) for each in (shift.before, shift.after))
    led = replace(shift, series=series, before=before, after=after)
    assert "over Brisken went from +52 points (+44 to +60, n = 140) to +38 points (" in moves.sentence(portrait, led)


def test_the_chance_of_a_change_is_no_falsely_exact_number_and_the_test_stands_once(
    portrait: Portrait, now: datetime
) -> None:
    (shift,) = portrait.shifts
    surer = replace(shift, evidence=11_118.4, series=replace(shift.series, subject="Brisken"))
    words = _words(report.html(replace(portrait, shifts=(shift, surer)), made_at=now))
    assert "at most once in 11,000 tries." in words
    assert words.count("same questions before and after") == 1


def test_what_a_machine_read_is_said_once_for_all_findings(portrait: Portrait, now: datetime) -> None:
    words = _words(report.html(portrait, made_at=now))
    assert words.count("Read by machine, not reviewed, except where a finding says who looked at it.") == 1
    assert "Your fact sheet: It says nothing on this." in words


def test_that_answers_repeat_each_other_is_explained_where_it_is_said(portrait: Portrait, now: datetime) -> None:
    near = replace(portrait.visibility[0], interval=Interval(low=0.2, high=0.8, worth=5))
    repeating = replace(portrait, visibility=(near, *portrait.visibility[1:]))
    for edition in (Edition.FULL, Edition.LEADERSHIP):
        told = [_words(report.html(each, made_at=now, edition=edition)) for each in (portrait, repeating)]
        assert ["Answers to one question resemble each other" in words for words in told] == [False, True]


def test_each_comparing_chart_says_what_its_marks_are(portrait: Portrait, now: datetime) -> None:
    words = _words(report.html(portrait, made_at=now))
    assert "The mark is the value, the line its 95 % interval" in words


def test_a_report_mail_tells_each_open_finding_once_and_how_grave_it_is(portrait: Portrait) -> None:
    told = summary.summary(portrait)
    assert (told.headline.startswith("gpt-5 with search (OpenAI API) says"), told.severity) == (True, "critical")
    assert told.also == (
        "claude-sonnet-4-5 (Anthropic API) says that Tolvane recalled batteries: this is not on your sheet (major)",
    )


def test_a_subject_says_that_rounds_are_missing_only_where_some_are(portrait: Portrait) -> None:
    whole = replace(portrait, rounds_run=30, rounds_partial=0)
    assert summary.summary(whole).subject.endswith(": 2 findings open, 1 critical")
    assert summary.summary(portrait).subject.endswith("; 29 of 30 scheduled rounds ran, 1 of them in part")


def test_a_report_mail_names_the_surface_in_its_foot(portrait: Portrait, now: datetime) -> None:
    message = mail.report(
        portrait, "", sender=SENDER, recipient="b@tolvane.example", made_at=now, message_id="<w@t.example>"
    )
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        assert "a person using the app may see other answers" in part.get_content()


@pytest.mark.parametrize(
    ("due", "run", "partial", "told"),
    [
        (12, 9, 0, "9 of 12 scheduled rounds ran"),
        (0, 0, 0, "no round ran"),
        (0, 1, 1, "1 round ran, in part"),
        (0, 3, 1, "3 rounds ran, 1 of them in part"),
    ],
)
def test_rounds_are_counted_in_good_english(empty: Portrait, due: int, run: int, partial: int, told: str) -> None:
    shown = replace(empty, rounds_due=due, rounds_run=run, rounds_partial=partial)
    assert summary.rounds(shown) == told
    assert summary.summary(shown).sentences[-1] == f"{told[0].upper()}{told[1:]}; in all, no answers came back."


def test_facts_told_wrong_are_several(portrait: Portrait) -> None:
    told = summary.summary(replace(portrait, alerts=()))
    assert told.headline == "4 facts about Tolvane were told wrong at least once"


def test_names_that_are_counted_over_other_questions_are_not_put_side_by_side_without_a_word(
    portrait: Portrait, now: datetime
) -> None:
    first, second, *rest = portrait.visibility
    even = replace(second, series=replace(first.series, subject="Brisken"), rate=replace(second.rate, of=first.rate.of))
    uneven = replace(even, rate=replace(even.rate, of=first.rate.of + 30))
    for each, told in ((even, False), (uneven, True)):
        shown = replace(portrait, visibility=(first, each), recommended=(), share_of_voice=())
        words = _words(report.html(shown, made_at=now))
        assert ("n differs between the names" in words) is told
    assert rest


def test_a_point_of_a_week_is_called_one(portrait: Portrait, now: datetime) -> None:
    name, lines = next(item for item in portrait.lines.items() if item[0].startswith("visibility"))
    weekly = replace(lines[0], points=lines[0].points[::7])
    words = _words(report.html(replace(portrait, lines={name: (weekly,)}), made_at=now))
    assert "Each point is a week." in words
    assert "24 to 30 October 2026" in words
    assert "21 to 22 November 2026" in words


def test_a_report_of_a_part_says_of_which(portrait: Portrait, now: datetime) -> None:
    words = _words(report.html(portrait, made_at=now, assistant="gpt5-search", topic="price"))
    assert "Only OpenAI API, gpt-5 with search; only the topic price" in words
    assert "Only" not in _words(report.html(portrait, made_at=now)).split("In short")[0]


def test_a_picture_names_the_model_before_the_vendor(signals: dict[str, Signal]) -> None:
    long = replace(signals["price"].voices[0], label="Recorded answers, gemini-2.5-flash with search")
    assert "gemini-2.5-flash with search (Recorded\\u2026" in json.dumps(whiskers([long]))
