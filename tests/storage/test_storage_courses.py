"""Measures day by day come back as they were, and go when their day is added up anew."""

from datetime import date, timedelta

from monitor.domain.alerts import CourseDay
from monitor.domain.answers import Surface
from monitor.domain.digests import Digest
from monitor.domain.measures import Interval, Measure, Rate, Series
from storage import courses, digests

DAY = date(2026, 11, 22)
NEXT = DAY + timedelta(days=1)


def _series(assistant="gpt5", measure=Measure.VISIBILITY, subject="コルヴァン"):
    return Series(measure=measure, assistant_id=assistant, surface=Surface.API, subject=subject)


def _day(day, hits, interval=None):
    return CourseDay(day=day, rate=Rate(hits=hits, of=3.0), interval=interval)


def _loaded(tx, samples, series=None):
    return list(courses.load(tx, samples.brand, series or _series(), DAY, NEXT))


def test_a_series_comes_back_oldest_first(store, samples):
    certain, other = Interval(low=0.1, high=1 / 3), _series(measure=Measure.ACCURACY, subject="")
    with store.transaction() as tx:
        courses.save(tx, samples.brand, NEXT, {_series(): _day(NEXT, 2.0), other: _day(NEXT, 0.5)})
        for _ in range(2):
            courses.save(tx, samples.brand, DAY, {_series(): _day(DAY, 1.0, certain), _series("b"): _day(DAY, 3.0)})
        assert _loaded(tx, samples) == [_day(DAY, 1.0, certain), _day(NEXT, 2.0)]
        assert _loaded(tx, samples, _series("b")) == [_day(DAY, 3.0)]
        assert _loaded(tx, samples, other) == [_day(NEXT, 0.5)]
        assert not list(courses.load(tx, "Tamarrow", other, DAY, NEXT))


def test_days_whose_courses_are_not_kept_are_known(store, samples):
    with store.transaction() as tx:
        for day in (DAY, NEXT):
            digests.save(tx, samples.brand, f"r{day}", day, [Digest(round_id=f"r{day}", day=day)])
            courses.save(tx, samples.brand, day, {})
        assert courses.missing(tx, samples.brand, DAY, NEXT) == []
        digests.save(tx, samples.brand, f"r{NEXT}", NEXT, [Digest(round_id=f"r{NEXT}", day=NEXT)])
        assert courses.missing(tx, samples.brand, DAY, NEXT) == [NEXT]
        assert courses.missing(tx, samples.brand, DAY, DAY) == []


def test_a_round_that_moves_to_another_day_leaves_no_course_behind(store, samples):
    with store.transaction() as tx:
        digests.save(tx, samples.brand, "r1", DAY, [Digest(round_id="r1", day=DAY)])
        courses.save(tx, samples.brand, DAY, {_series(): _day(DAY, 1.0)})
        digests.save(tx, samples.brand, "r1", NEXT, [Digest(round_id="r1", day=NEXT)])
        assert _loaded(tx, samples) == []
