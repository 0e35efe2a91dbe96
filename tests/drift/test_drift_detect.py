import random
from datetime import timedelta

import pytest

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import detect
from monitor.drift.regimes import Regime


@pytest.fixture
def tallied(streams):
    """Tallies of one series out of simulated days; `model(day)` names the served model."""

    def of(days, *, model=lambda _: "m1", prompt_words=lambda _: "w1", subject="Quillmark", measure=Measure.VISIBILITY):
        series = Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject=subject, topic="pens")
        return [
            Tally(
                series=series,
                round_id=day.isoformat(),
                prompt_id=prompt,
                day=day,
                regime=Regime(model=model((day - streams.START).days), prompt=prompt_words(prompt)).text,
                hits=hits,
                of=answers,
            )
            for day, prompts in days
            for prompt, hits, answers in prompts
        ]

    return of


@pytest.fixture
def halved(streams):
    """Ninety days; from day 60 on every rate is half of what it was."""
    rng = random.Random(3)  # noqa: S311
    return streams.stream(rng, streams.World(), 90, streams.Change(after=60, factor=0.5))[1]


@pytest.fixture
def quiet(streams):
    return streams.stream(random.Random(4), streams.World(), 90)[1]  # noqa: S311


def test_a_shift_says_since_when_from_what_to_what(tallied, halved, streams):
    (shift,) = detect.shifts(tallied(halved))
    assert ((shift.since - streams.START).days, (shift.found - streams.START).days) == (60, 62)
    assert shift.before.rate.value > 1.5 * shift.after.rate.value
    assert shift.before.interval.low > shift.after.interval.high
    assert shift.series.topic == ""
    assert shift.evidence > 500
    assert shift.test.startswith("the same questions before and after; for each number that is watched this test gives")
    assert shift.cause == ""


def test_a_quiet_series_gives_no_shift(tallied, quiet):
    assert detect.shifts(tallied(quiet)) == []


def test_the_order_of_tallies_does_not_matter(tallied, halved):
    tallies = tallied(halved)
    mixed = random.Random(1).sample(tallies, len(tallies))  # noqa: S311
    assert detect.shifts(mixed) == detect.shifts(tallies)


def test_a_change_that_comes_with_a_model_is_told_with_its_cause(tallied, halved):
    (shift,) = detect.shifts(tallied(halved, model=lambda day: "m2" if day >= 60 else "m1"))
    assert shift.cause == "since m2 was served"
    assert shift.test.startswith("the same questions before and after the change; at most 1 false finding in 100")


def test_a_new_model_that_changes_nothing_is_no_shift(tallied, quiet):
    assert detect.shifts(tallied(quiet, model=lambda day: "m2" if day >= 60 else "m1")) == []


def test_served_ids_that_alternate_hide_no_change(tallied, halved):
    (shift,) = detect.shifts(tallied(halved, model=lambda day: f"m{day % 2}"))
    assert shift.cause == ""


def test_a_change_of_the_prompts_is_no_shift(streams, tallied, quiet):
    """After day 60 other prompts are asked, whose answers hardly ever name the brand."""
    rng = random.Random(5)  # noqa: S311
    rare = streams.stream(rng, streams.World(mean=0.02), 90)[1]
    before = [day for day in quiet if (day[0] - streams.START).days < 60]
    after = [day for day in rare if (day[0] - streams.START).days >= 60]
    reworded = tallied(before) + tallied(after, prompt_words=lambda _: "w2")
    assert detect.shifts(reworded) == []


def test_net_stance_and_share_of_voice_are_watched_too(tallied, streams):
    days = [
        (streams.START + timedelta(days=n), [(f"p{p}", 1 if n < 30 or p % 5 == 0 else -1, 1) for p in range(12)])
        for n in range(45)
    ]
    (shift,) = detect.shifts(tallied(days, measure=Measure.NET_STANCE))
    assert (shift.before.rate.value, shift.after.rate.value) == (1, pytest.approx(-0.5))


def test_many_streams_share_one_budget(tallied, halved, quiet):
    """With so many series that all together would cry wolf, each asks for more evidence."""
    crowd = [tally for number in range(30) for tally in tallied(quiet[:20], subject=f"brand {number}")]
    alone, shared = detect.shifts(tallied(halved)), detect.shifts(tallied(halved) + crowd, per_brand=0.0005)
    assert shared[0].found > alone[0].found


def test_a_history_of_half_a_year_begins_at_a_fixed_day(tallied, streams):
    """So that tomorrow's look, which starts a day later, tells the same of the past."""
    rng = random.Random(3)  # noqa: S311
    days = streams.stream(rng, streams.World(), 130, streams.Change(after=110, factor=0.5))[1]
    looks = [detect.shifts(tallied(days[start:])) for start in range(3)]
    assert looks[0]
    assert looks[0] == looks[1] == looks[2]


@pytest.mark.parametrize("rate", [0.1, 0.45, 0.9])
def test_more_answers_find_smaller_changes(rate):
    falls = [detect.detectable(prompts, 1, 7, rate) for prompts in (5, 15, 30, 100)]
    assert falls == sorted(falls, reverse=True)
    assert detect.detectable(30, 3, 7, rate) <= detect.detectable(30, 1, 7, rate)
    assert detect.detectable(30, 1, 28, rate) <= detect.detectable(30, 1, 7, rate)
    assert detect.detectable(1, 1, 1, rate) == rate
