import random
from dataclasses import replace

import pytest

from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import course, detect, strips, watched
from monitor.drift.estimates import MEANS, SIGNED


@pytest.fixture
def overtaken(streams):
    """Two names over ninety days; from day 60 on the brand is named half as often and the rival more."""
    own = streams.stream(random.Random(3), streams.World(), 90, streams.Change(after=60, factor=0.3))[1]  # noqa: S311
    rng, world = random.Random(4), streams.World(mean=0.12)  # noqa: S311
    rival = streams.stream(rng, world, 90, streams.Change(after=60, factor=5))[1]
    theirs = [replace(t, series=replace(t.series, subject="Penfold")) for t in streams.tallies(rival)]
    return [*streams.tallies(own), *theirs]


def test_the_lead_is_counted_over_the_same_answers(overtaken):
    found = watched.streams(overtaken, "Quillmark")
    (lead,) = [strips.tallies(each, own) for each, own in found.items() if each.measure is Measure.LEAD]
    place = next(iter(lead))
    own, rival = (
        next(t for t in overtaken if t.series.subject == name and (t.day, t.prompt_id) == (place.day, place.prompt_id))
        for name in ("Quillmark", "Penfold")
    )
    assert (place.hits, place.of) == (own.hits - rival.hits, own.of)
    assert place.series.subject == "Penfold"


def test_a_lost_lead_is_told_with_intervals_on_both_sides_of_nought(overtaken):
    shift = next(shift for shift in detect.shifts(overtaken, "Quillmark") if shift.series.measure is Measure.LEAD)
    assert shift.before.interval.low > 0 > shift.after.interval.high
    assert not shift.improved


def test_without_the_brands_name_there_is_no_lead(overtaken):
    assert {series.measure for series in watched.streams(overtaken)} == {Measure.VISIBILITY}


@pytest.mark.parametrize("measure", [Measure.POSITION, Measure.LIST_RANK])
def test_a_place_that_got_worse_is_found_and_is_no_improvement(measure, streams):
    series = Series(measure=measure, assistant_id="gpt", surface=streams.Surface.API, subject="Quillmark")
    days = streams.stream(random.Random(5), streams.World(mean=0.3), 80, streams.Change(after=50, factor=2.2))[1]  # noqa: S311
    tallied = [
        Tally(
            series=series,
            round_id=day.isoformat(),
            prompt_id=prompt,
            day=day,
            regime="m1",
            hits=of + 3 * hits,  # place 1, or 4
            of=of,
        )
        for day, prompts in days
        for prompt, hits, of in prompts
    ]
    (shift,) = detect.shifts(tallied)
    assert 1 < shift.before.rate.value < shift.after.rate.value < 4
    assert (shift.since - streams.START).days == pytest.approx(50, abs=2)
    assert not shift.improved
    assert shift.after.unit == ""


@pytest.mark.parametrize("measure", sorted(watched.WATCHED | {Measure.LEAD}))
def test_every_watched_measure_is_a_bounded_mean_and_back(measure):
    low, high = (1.0, 9.0) if measure in MEANS else (-1.0, 1.0) if measure in SIGNED else (0.0, 1.0)
    for value in (low, (low + high) / 2, high):
        mean = watched.mean_of(measure, value)
        assert 0 <= mean <= 1
        assert watched.value_of(measure, mean) == pytest.approx(value)


def test_what_came_after_is_told_up_to_the_last_day(streams):
    """Not only up to the day on which the test passed."""
    change = streams.Change(after=60, factor=0.5)
    days = streams.stream(random.Random(3), streams.World(), 88, change)[1]  # noqa: S311
    (shift,) = detect.shifts(streams.tallies(days))
    after = [day for day in days if day[0] >= shift.since]
    assert (shift.found - shift.since).days < 7
    assert shift.after.answers == sum(of for _, prompts in after for *_, of in prompts)


def test_the_course_of_a_lead_is_that_of_the_answers_both_share(overtaken):
    series = next(series for series in watched.streams(overtaken, "Quillmark") if series.measure is Measure.LEAD)
    found = course.course(series, overtaken, "Quillmark")
    assert found[0].rate.value > 0 > found[-1].rate.value
    assert course.made_of(series) == ((Measure.VISIBILITY, None),)
