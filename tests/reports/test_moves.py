from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.answers import Surface
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Shift
from monitor.domain.portrait import Portrait
from reports import words
from reports.moves import sentence

DAY = date(2026, 11, 10)


def _portrait() -> Portrait:
    counts = dict.fromkeys(("rounds_due", "rounds_run", "rounds_partial", "answers", "claims", "checkable"), 0)
    return Portrait(brand="Tolvane", start=DAY, end=DAY, **counts)


def _shift(measure: Measure, subject: str, before: float, after: float) -> Shift:
    series = Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject=subject)
    was, now = (
        Estimate(series=series, rate=Rate(hits=50 * value, of=50), interval=None, answers=50, prompts=5)
        for value in (before, after)
    )
    return Shift(series=series, before=was, after=now, since=DAY, evidence=900, test="a test")


@pytest.mark.parametrize(
    ("measure", "subject", "told"),
    [
        (Measure.VISIBILITY, "Tolvane", "visibility of Tolvane went from 50 % to 20 % since 10 November 2026."),
        (Measure.CITED, "pens.example", "rate of answers citing pens.example went from 50 % to 20 %"),
        (Measure.CITATION_RATE, "Tolvane", "rate of answers citing Tolvane went from 50 % to 20 %"),
        (Measure.OUTDATED_RATE, "price", "outdated answers on price went from 50 % to 20 %"),
        (Measure.MISS_RATE, "", "misses went from 50 % to 20 %"),
        (Measure.LEAD, "Quorvex", "the lead of Tolvane over Quorvex went from +50 to +20 points since"),
    ],
)
def test_a_move_is_one_sentence(measure: Measure, subject: str, told: str) -> None:
    assert told in sentence(_portrait(), _shift(measure, subject, 0.5, 0.2), support=False)


def test_what_can_be_seen_stands_beside_a_rate() -> None:
    of = _shift(Measure.VISIBILITY, "Tolvane", 0.5, 0.2).before
    reaches = {
        None: "",
        0.12: ", a fall of 12 points would show",
        0.47: ", only a fall to nothing would show",
        0.5: ", no fall would show yet",
    }
    for reach, told in reaches.items():
        of = replace(of, detectable=reach, interval=Interval(low=0.4, high=0.6))
        assert words.support_of(of) == f"40-60 %, n = 50{told}"


def test_answers_that_repeat_each_other_are_counted_as_what_they_are() -> None:
    of = _shift(Measure.VISIBILITY, "Tolvane", 0.5, 0.2).before
    for worth, told in ((12.4, "n = 50 (as good as 12)"), (30, "n = 50"), (None, "n = 50")):
        of = replace(of, interval=Interval(low=0.4, high=0.6, worth=worth))
        assert words.support_of(of) == f"40-60 %, {told}"
