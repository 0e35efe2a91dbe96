import random
from datetime import timedelta

import pytest

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import detect, why
from monitor.drift.regimes import Regime


@pytest.fixture
def tallied(streams):
    """Tallies of one series out of simulated days."""

    def of(days, *, model=lambda _: "m1", measure=Measure.VISIBILITY, subject="Quillmark"):
        series = Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject=subject, topic="pens")
        return [
            Tally(
                series=series,
                round_id=day.isoformat(),
                prompt_id=prompt,
                day=day,
                regime=Regime(model=model((day - streams.START).days), prompt="w").text,
                hits=hits,
                of=answers,
            )
            for day, prompts in days
            for prompt, hits, answers in prompts
        ]

    return of


@pytest.fixture
def days(streams):
    def of(number, *, seed=4, change=None):
        return streams.stream(random.Random(seed), streams.World(), number, change)[1]  # noqa: S311

    return of


def test_a_quiet_series_says_what_was_seen_and_how_far_it_is(tallied, days, streams):
    (found,) = why.explain(tallied(days(60)))
    assert (found.building, found.missing_rounds, found.missing_answers) == (False, 0, 0)
    assert found.since == streams.START
    assert found.seen.interval.low < found.seen.rate.value < found.seen.interval.high
    assert 0 < found.evidence < found.threshold == pytest.approx(365.25 / detect.PER_STREAM)
    assert found.per_round == pytest.approx(29, abs=1)
    assert found.shifts == ()


def test_a_larger_change_needs_fewer_answers(tallied, days):
    (found,) = why.explain(tallied(days(60)))
    value = found.seen.rate.value
    falls = [answers for after, answers in sorted(found.would, reverse=True) if after < value]
    rises = [answers for after, answers in sorted(found.would) if after > value]
    assert falls == sorted(falls, reverse=True)
    assert rises == sorted(rises, reverse=True)
    assert falls[-1] < 100 < falls[0]
    assert min(after for after, _ in found.would) == 0


def test_what_it_foretells_is_about_what_it_takes(tallied, days, streams):
    """The fall by half that day 60 brings is found after about as many answers as day 59 says."""
    fallen = days(90, seed=3, change=streams.Change(after=60, factor=0.5))
    (before,) = why.explain(tallied([day for day in fallen if (day[0] - streams.START).days < 60]))
    half = min(before.would, key=lambda pair: abs(pair[0] - before.seen.rate.value / 2))[1]
    (shift,) = detect.shifts(tallied(fallen))
    taken = before.per_round * ((shift.found - streams.START).days - 59)
    assert 0.4 * taken < half < 2.5 * taken


def test_a_short_series_is_building_a_baseline(tallied, days):
    (found,) = why.explain(tallied(days(3)))
    assert (found.building, found.missing_rounds, found.missing_answers) == (True, 2, 0)
    assert found.would == ()


def test_after_a_change_the_baseline_is_what_came_since(tallied, days, streams):
    (found,) = why.explain(tallied(days(75, seed=3, change=streams.Change(after=60, factor=0.5))))
    assert found.since == found.shifts[0].since == streams.START + timedelta(days=60)
    assert found.seen.rate == found.shifts[0].after.rate


def test_a_new_model_begins_a_baseline_and_is_named(tallied, days, streams):
    (found,) = why.explain(tallied(days(70), model=lambda day: "m2" if day >= 60 else "m1"))
    assert (found.cause, found.since) == ("since m2 was served", streams.START + timedelta(days=60))


def test_the_list_of_what_is_watched_shares_one_budget(tallied, days):
    short = days(10)
    crowd = [tally for number in range(300) for tally in tallied(short[:1], subject=f"brand {number}")]
    tallies = tallied(short) + tallied(short, measure=Measure.POSITION) + crowd
    found = why.explain(tallies, "Quillmark")
    leads = [each for each in found if each.series.measure is Measure.LEAD]
    assert (len(found), len(leads)) == (602, 300)
    assert {each.a_year for each in found} == {detect.PER_BRAND / 602}
    (chosen,) = why.explain(tallies, "Quillmark", measure=Measure.VISIBILITY, assistant="gpt", subject="Quillmark")
    assert chosen in found


def test_an_assistant_without_a_baseline_is_named_with_what_it_lacks(tallied, days):
    (told,) = why.building(tallied(days(3)), "Quillmark", {"gpt": "OpenAI API, gpt-5"})
    assert told == (
        "OpenAI API, gpt-5: building a baseline, 3 of 5 rounds and 20 of 20 answers so far; "
        "no change can be told before it is there."
    )
    assert why.building(tallied(days(10)), "Quillmark", {}) == []
