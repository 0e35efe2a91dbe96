import random
from datetime import timedelta

import pytest

from monitor.domain.measures import Measure
from monitor.drift import cores, course, detect, strips, watched


@pytest.fixture
def days(streams):
    return [streams.START + timedelta(days=number) for number in range(60)]


def test_a_domain_is_core_after_six_weeks_in_which_it_was_nearly_always_cited(days):
    assert cores.core_since(set(days), days) == days[41]
    assert cores.core_since(set(days) - {days[10], days[20]}, days) == days[41]
    assert cores.core_since(set(days) - set(days[10:16]), days) == days[53]


@pytest.mark.parametrize("cited", [0, 3, 7])
def test_what_is_cited_for_days_is_none(days, cited):
    assert cores.core_since(set(days[:cited]), days) is None
    assert cores.core_since(set(days[::2]), days) is None


def test_weekly_rounds_need_twelve_of_them(days):
    weeks = [days[0] + timedelta(weeks=number) for number in range(20)]
    assert cores.core_since(set(weeks), weeks) is None  # six weeks hold six rounds
    often = [days[0] + timedelta(days=3 * number) for number in range(20)]
    assert cores.core_since(set(often), often) == often[14]


@pytest.fixture
def carousel(streams):
    rng = random.Random(1)  # noqa: S311
    return streams.cited(rng, streams.Carousel(), 85, lost_after=70)


def test_the_core_is_watched_and_the_carousel_is_not(carousel):
    found = [series for series in watched.streams(carousel) if series.measure is Measure.CITED]
    assert [series.subject for series in found] == [f"core{number}.example" for number in range(5)]


def test_days_without_a_core_source_are_zeros_of_what_was_asked(carousel, streams):
    watching = watched.streams(carousel).items()
    (own,) = [strips.tallies(each, found) for each, found in watching if each.subject == streams.LOST]
    gone = [tally for tally in own if (tally.day - streams.START).days >= 70]
    assert {tally.hits for tally in gone} == {0}
    assert {tally.of for tally in gone} == {1}
    assert len({tally.prompt_id for tally in gone}) == 3


def test_a_core_source_that_vanishes_is_told_and_nothing_else(carousel, streams):
    (shift,) = detect.shifts(carousel)
    assert shift.series.subject == streams.LOST
    assert (shift.since - streams.START).days == 70
    assert (shift.found - shift.since).days <= 6
    assert shift.before.rate.value > 0.8
    assert shift.after.rate.value == 0


def test_the_course_of_a_source_counts_the_days_without_it(carousel, streams):
    series = next(s for s in watched.streams(carousel) if s.subject == streams.LOST)
    found = {day.day: day.rate.value for day in course.course(series, carousel)}
    assert len(found) == 85
    assert {found[streams.START + timedelta(days=number)] for number in range(70, 85)} == {0}
    assert found[streams.START] > 0.5
    assert course.made_of(series) == ((Measure.CITED, streams.LOST), (Measure.CITATION_RATE, None))
