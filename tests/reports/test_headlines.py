"""What a message is called, and which of its findings comes first."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from monitor.domain.brand import Severity
from reports import headlines
from reports.letters import letter

Make = Callable[..., Notice]
MakeChange = Callable[..., Change]


@pytest.fixture
def minor(signals: dict[str, Signal]) -> Signal:
    return replace(signals["chief"], severity=Severity.MINOR, headline="gpt-5 says your frames are pink: they are red")


@pytest.mark.parametrize("reason", [NoticeReason.WORSENED, NoticeReason.REOPENED])
def test_what_is_critical_comes_before_what_is_minor_and_new(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal], minor: Signal, reason: NoticeReason
) -> None:
    told = letter(make_notice(make_change(minor, number=2), make_change(signals["price"], reason=reason)))
    assert told.subject.startswith(("Worse: ", "Back again: "))
    assert [one.severity for one in told.findings] == ["critical", "minor"]


def test_good_news_is_told_apart_from_more_of_the_bad(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal], minor: Signal
) -> None:
    price = make_change(signals["price"])
    over = make_change(minor, reason=NoticeReason.RESOLVED, number=2)
    other = make_change(signals["recall"], number=3)
    assert letter(make_notice(price, over)).subject.endswith(" (and 1 resolved)")
    assert letter(make_notice(price, other)).subject.endswith(" (and 1 more)")
    assert letter(make_notice(price, other, over)).subject.endswith(" (and 1 more, 1 resolved)")
    assert letter(make_notice(price, over)).summary == "1 wrong fact"
    assert headlines.summary([over]) == "1 outdated fact"


def test_the_same_words_are_quoted_once(make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]) -> None:
    first, *_ = signals["price"].quotes
    twice = replace(signals["price"], quotes=(first, replace(first, answer_id="another"), replace(first, question="?")))
    assert [one.question for one in letter(make_notice(make_change(twice))).findings[0].quotes] == [first.question, "?"]


def test_silent_assistants_are_counted_each_though_one_finding_tells_of_them(
    make_notice: Make, make_change: MakeChange, signals: dict[str, Signal]
) -> None:
    voices = signals["price"].voices
    silent = replace(signals["price"], rule="silent_assistant", voices=voices)
    assert len(voices) > 1
    assert letter(make_notice(make_change(silent))).summary == f"{len(voices)} silent assistants"
