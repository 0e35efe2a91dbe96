"""A day is what the clocks of a zone show: each moment has one, and days follow each other without a gap."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.domain import days

SECOND = timedelta(seconds=1)
# From the first day of which an answer may be; clocks have done odder things before.
FIRST, LAST = date(2015, 1, 1), date(2037, 12, 31)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
zones = st.sampled_from(ZONES)
dates = st.dates(FIRST, LAST)


@given(st.datetimes(datetime(2015, 1, 2), datetime(2037, 12, 30), timezones=st.just(UTC)), zones)  # noqa: DTZ001 -- bounds
@example(datetime(2026, 10, 24, 22, tzinfo=UTC), "Europe/Vienna")
@example(datetime(2026, 10, 25, 22, 59, 59, 999999, tzinfo=UTC), "Europe/Vienna")
def test_a_moment_lies_in_its_day_and_in_no_other(moment, zone):
    day = days.day(moment, zone)
    for other in (day - timedelta(days=1), day, day + timedelta(days=1)):
        first, after = days.bounds(other, other, zone)
        assert (first <= moment < after) is (other == day)


@given(dates, zones)
@example(date(2024, 9, 8), "America/Santiago")
@example(date(2018, 11, 4), "America/Sao_Paulo")
@example(date(2022, 3, 27), "Asia/Beirut")
def test_a_day_begins_with_the_first_moment_that_shows_it(day, zone):
    first = days.beginning(day, zone)
    assert first.tzinfo is UTC
    assert days.day(first, zone) == day
    assert days.day(first - SECOND, zone) < day


@given(dates, zones)
def test_noon_stands_for_its_day(day, zone):
    assert days.day(days.noon(day, zone), zone) == day


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), "Europe/Vienna", 23),
        (date(2026, 10, 25), "Europe/Vienna", 25),
        (date(2026, 3, 8), "America/Los_Angeles", 23),
        (date(2026, 11, 1), "America/Los_Angeles", 25),
        (date(2026, 10, 4), "Australia/Lord_Howe", 23.5),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),
        (date(2026, 6, 1), "Asia/Kathmandu", 24),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(day, zone, hours):
    first, after = days.bounds(day, day, zone)
    assert after - first == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_calendar_may_end(zone):
    assert days.bounds(date.min, date.min, zone) < days.bounds(date.max, date.max, zone)
