from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts import quiet
from monitor.domain.brand import QuietHours

BERLIN = QuietHours(begins=time(20), ends=time(7), timezone="Europe/Berlin")


def at(text, zone="Europe/Berlin", fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-11-02T19:59", None),
        ("2026-11-02T20:00", "2026-11-03T07:00"),
        ("2026-11-03T03:00", "2026-11-03T07:00"),
        ("2026-11-03T06:59", "2026-11-03T07:00"),
        ("2026-11-03T07:00", None),
        ("2026-03-28T23:00", "2026-03-29T07:00"),  # the night in which spring leaves an hour out
        ("2026-10-24T23:00", "2026-10-25T07:00"),  # and the one in which autumn repeats one
    ],
)
def test_a_night_ends_when_the_clock_on_the_wall_says_so(now, ends):
    found = quiet.until(BERLIN, at(now).astimezone(UTC))
    assert found == (at(ends) if ends else None)


def test_a_night_in_spring_is_an_hour_shorter_and_one_in_autumn_longer():
    lengths = [
        quiet.until(BERLIN, at(f"{evening}T20:00")) - at(f"{evening}T20:00").astimezone(UTC)
        for evening in ("2026-03-28", "2026-07-01", "2026-10-24")
    ]
    assert lengths == [timedelta(hours=10), timedelta(hours=11), timedelta(hours=12)]


def test_an_end_that_spring_leaves_out_is_when_the_gap_ends():
    hours = QuietHours(begins=time(22), ends=time(2, 30), timezone="Europe/Berlin")
    assert quiet.until(hours, at("2026-03-29T01:00")) == at("2026-03-29T03:00")


def test_an_end_that_autumn_repeats_is_its_first():
    hours = QuietHours(begins=time(22), ends=time(2, 30), timezone="Europe/Berlin")
    assert quiet.until(hours, at("2026-10-25T01:00")) == at("2026-10-25T02:30").astimezone(UTC)
    assert quiet.until(hours, at("2026-10-25T02:10", fold=1)) is None


def test_hours_within_one_day_and_in_another_zone():
    siesta = QuietHours(begins=time(13), ends=time(15), timezone="America/New_York")
    assert quiet.until(siesta, at("2026-11-02T14:00", "America/New_York")) == at("2026-11-02T15:00", "America/New_York")
    assert quiet.until(siesta, at("2026-11-02T14:00")) is None
    assert quiet.until(None, at("2026-11-02T14:00")) is None


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  -- UTC is put on below
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
)
def test_quiet_hours_always_end_within_a_day_and_never_where_they_would_begin_again(now, begins, ends, zone):
    hours = QuietHours(begins=begins, ends=ends, timezone=zone)
    now = now.replace(tzinfo=UTC)
    over = quiet.until(hours, now)
    if over is not None and begins != ends:
        assert now < over <= now + timedelta(hours=25)
        assert quiet.until(hours, over) is None
