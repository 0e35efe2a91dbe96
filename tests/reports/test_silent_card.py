"""An assistant that gave no or few answers says why, where its numbers would stand."""

from dataclasses import replace
from typing import Any

from monitor.domain.portrait import Portrait
from reports import report, summary


def _cards(portrait: Portrait, **panel: Any) -> tuple[str, ...]:
    first, *rest = portrait.panels
    return summary.summary(replace(portrait, panels=(replace(first, **panel), *rest))).cards[0].sentences


def test_one_that_never_answered_says_why_and_nothing_else(portrait: Portrait) -> None:
    told = _cards(portrait, asked=56, answered=0, missed=56, misses={"timeout": 16, "no_key": 40})
    why = "no key was set (40) and no answer in time (16)"
    assert told == (f"Not measured: none of 56 questions brought an answer: {why}.",)


def test_one_that_often_failed_says_how_often_and_why_beside_its_numbers(portrait: Portrait) -> None:
    told = _cards(portrait, asked=56, answered=40, missed=16, misses={"timeout": 16})
    assert told[0].startswith("Right in ")
    assert told[-1] == "16 of 56 questions brought no answer: no answer in time (16)."
    few = _cards(portrait, asked=56, answered=54, missed=2, misses={"timeout": 2})
    assert not any("brought no answer" in each for each in few)


def test_the_report_says_what_came_back_of_a_finding_without_a_quote(portrait: Portrait) -> None:
    alert = portrait.alerts[0]
    silent = replace(alert.signal, rule="silent_assistant", quotes=(), said="Its key is not set (8).")
    shown = replace(portrait, alerts=(replace(alert, signal=silent),))
    assert "What came back: Its key is not set (8)." in report.html(shown, made_at=alert.opened_at)
