"""Slots happen once, whatever the clocks do; time is an argument, so every case is a row."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import calendar
from monitor.calendar import MOST_CAUGHT_UP
from monitor.domain.brand import CatchUp, Schedule

DAILY = "0 6 * * *"


def schedule(cron=DAILY, zone="UTC", catch_up=CatchUp.LATEST):
    return Schedule(cron=cron, timezone=zone, catch_up=catch_up)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def keys(found):
    return [slot.key for slot in found]


def on(day, cron, zone):
    """Slots of one local day: key's time -> UTC."""
    begins = datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    found = calendar.slots(schedule(cron, zone), begins - timedelta(hours=6), begins + timedelta(hours=36))
    return {slot.key[11:]: f"{slot.at:%H:%M}" for slot in found if slot.key.startswith(day)}


SPRING = {
    "Europe/Berlin": ("2026-03-29", "30 2 * * *", {"02:30": "01:00"}),  # 02:00 to 03:00 is left out: 03:00 CEST
    "America/New_York": ("2026-03-08", "30 2 * * *", {"02:30": "07:00"}),
    "Australia/Lord_Howe": ("2026-10-04", "15 2 * * *", {"02:15": "15:30"}),  # half an hour is left out
    "Africa/Cairo": ("2026-04-24", "0 0 * * *", {"00:00": "22:00"}),  # the day begins at one
}
AUTUMN = {
    "Europe/Berlin": ("2026-10-25", "30 2 * * *", {"02:30": "00:30"}),  # the first of the two
    "America/New_York": ("2026-11-01", "30 1 * * *", {"01:30": "05:30"}),
    "Australia/Lord_Howe": ("2026-04-05", "45 1 * * *", {"01:45": "14:45"}),
    "Africa/Cairo": ("2026-10-29", "30 23 * * *", {"23:30": "20:30"}),
}


@pytest.mark.parametrize("zone", SPRING)
def test_a_time_that_spring_leaves_out_happens_once_when_the_gap_ends(zone):
    day, cron, expected = SPRING[zone]
    assert on(day, cron, zone) == expected


@pytest.mark.parametrize("zone", AUTUMN)
def test_a_time_that_autumn_repeats_happens_once(zone):
    day, cron, expected = AUTUMN[zone]
    assert on(day, cron, zone) == expected


def test_times_that_fall_into_one_gap_happen_once_together():
    assert on("2026-03-29", "*/20 2 * * *", "Europe/Berlin") == {"02:40": "01:00"}
    assert on("2026-03-29", "0 * * * *", "Europe/Berlin")["03:00"] == "01:00"
    assert "02:00" not in on("2026-03-29", "0 * * * *", "Europe/Berlin")
    assert len(on("2026-03-29", "0 * * * *", "Europe/Berlin")) == 23
    assert len(on("2026-10-25", "0 * * * *", "Europe/Berlin")) == 24


def test_a_day_that_a_zone_left_out_has_no_slot_of_its_own():
    found = calendar.slots(schedule(DAILY, "Pacific/Apia"), utc("2011-12-28T00:00"), utc("2011-12-31T00:00"))
    # 30 December 2011 did not happen in Samoa; its slot comes at the first minute that did
    assert keys(found) == ["2011-12-28T06:00", "2011-12-29T06:00", "2011-12-30T06:00", "2011-12-31T06:00"]
    assert [f"{slot.at:%d %H:%M}" for slot in found] == ["28 16:00", "29 16:00", "30 10:00", "30 16:00"]


def test_a_window_is_open_at_its_beginning_and_closed_at_its_end():
    six = utc("2026-11-22T06:00")
    day = timedelta(days=1)
    second = timedelta(seconds=1)
    assert keys(calendar.slots(schedule(), six - day, six)) == ["2026-11-22T06:00"]
    assert calendar.slots(schedule(), six, six + day - second) == []
    assert calendar.slots(schedule(), six - day, six - second) == []
    assert calendar.slots(schedule(), six - second, six) != []
    assert calendar.slots(schedule(), six + day, six) == []


def test_leap_days_and_week_53():
    leap = calendar.slots(schedule("0 6 29 2 *"), utc("2026-01-01T00:00"), utc("2033-01-01T00:00"))
    assert keys(leap) == ["2028-02-29T06:00", "2032-02-29T06:00"]
    mondays = calendar.slots(schedule("0 8 * * MON"), utc("2026-12-20T00:00"), utc("2027-01-12T00:00"))
    weeks = [slot.at.date().isocalendar()[:2] for slot in mondays]
    assert weeks == [(2026, 52), (2026, 53), (2027, 1), (2027, 2)]


def test_the_next_runs_are_told_in_local_time():
    runs = calendar.next_runs(schedule("0 6 * * *", "Europe/Berlin"), utc("2026-10-24T00:00"), 3)
    assert [run.isoformat() for run in runs] == [
        "2026-10-24T06:00:00+02:00",
        "2026-10-25T06:00:00+01:00",
        "2026-10-26T06:00:00+01:00",
    ]
    assert calendar.next_runs(schedule(), utc("9999-12-30T07:00"), 5) == [utc("9999-12-31T06:00")]


NOW = utc("2026-11-22T06:01")


@pytest.mark.parametrize(
    ("policy", "run", "skipped"),
    [
        (CatchUp.SKIP, ["22"], ["20", "21"]),
        (CatchUp.LATEST, ["22"], ["20", "21"]),
        (CatchUp.ALL, ["20", "21", "22"], []),
    ],
)
def test_asleep_for_three_days(policy, run, skipped):
    known = {"2026-11-18T06:00", "2026-11-19T06:00"}
    found = calendar.due(schedule(catch_up=policy), NOW, known=known, oldest=timedelta(days=5))
    assert [[key[8:10] for key in keys(part)] for part in found] == [run, skipped]


def test_awake_too_late_for_skip():
    late = NOW + timedelta(hours=2)
    run, skipped = calendar.due(schedule(catch_up=CatchUp.SKIP), late, oldest=timedelta(days=1))
    assert (keys(run), keys(skipped)) == ([], ["2026-11-22T06:00"])
    run, _ = calendar.due(schedule(catch_up=CatchUp.LATEST), late, oldest=timedelta(days=1))
    assert keys(run) == ["2026-11-22T06:00"]


@pytest.mark.parametrize("policy", CatchUp)
def test_a_slot_that_ran_is_not_due_again_and_none_older_takes_its_place(policy):
    every = keys(calendar.slots(schedule(), NOW - timedelta(days=8), NOW))
    assert calendar.due(schedule(catch_up=policy), NOW, known=every) == ([], [])
    run, skipped = calendar.due(schedule(catch_up=policy), NOW, known=every[-1:])
    assert len(run) + len(skipped) == 6
    assert bool(run) == (policy is CatchUp.ALL)


@pytest.mark.parametrize("policy", CatchUp)
def test_a_clock_that_goes_one_day_forward_and_back_asks_nothing_twice(policy):
    plan, known, ran = schedule(catch_up=policy), set(), []
    for clock in (0, 0, 24, 24, 0, 1, 24, 25, 48, 24, 48):
        run, skipped = calendar.due(plan, NOW + timedelta(hours=clock), known=known, since=NOW - timedelta(hours=1))
        known |= set(keys(run)) | set(keys(skipped))
        ran += keys(run)
    assert ran == ["2026-11-22T06:00", "2026-11-23T06:00", "2026-11-24T06:00"]


def test_nothing_is_due_before_the_schedule_was_known():
    since = utc("2026-11-20T12:00")
    run, skipped = calendar.due(schedule(catch_up=CatchUp.ALL), NOW, since=since)
    assert keys(run) == ["2026-11-21T06:00", "2026-11-22T06:00"]
    assert skipped == []
    assert calendar.due(schedule(), NOW, since=NOW) == ([], [])


def test_catching_up_has_a_limit():
    run, skipped = calendar.due(schedule("*/5 * * * *", catch_up=CatchUp.ALL), NOW, oldest=timedelta(days=400))
    assert len(run) == MOST_CAUGHT_UP
    assert run[-1].key == "2026-11-22T06:00"
    assert skipped[-1].at < run[0].at
    assert len(skipped) < 2000


def test_a_tick_in_the_repeated_hour_finds_what_was_due_in_its_first_pass():
    plan = schedule("50 2 * * *", "Europe/Berlin")
    second_pass = utc("2026-10-25T01:10")  # 02:10 for the second time; 02:50 has passed once
    run, _ = calendar.due(plan, second_pass, oldest=timedelta(hours=3))
    assert keys(run) == ["2026-10-25T02:50"]


@pytest.mark.parametrize(
    ("now", "zone", "begins"),
    [
        ("2026-10-31T22:59", "Europe/Berlin", "2026-09-30T22:00"),
        ("2026-10-31T23:00", "Europe/Berlin", "2026-10-31T23:00"),
        ("2026-11-01T00:30", "America/New_York", "2026-10-01T04:00"),
        ("2028-02-29T12:00", "UTC", "2028-02-01T00:00"),
        ("2026-12-31T12:00", "Pacific/Kiritimati", "2026-12-31T10:00"),
    ],
)
def test_a_budget_month_begins_when_its_zone_says(now, zone, begins):
    assert calendar.month_start(utc(now), zone) == utc(begins)


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        ("day", "2028-03-01", "2028-02-29", "2028-02-29"),
        ("week", "2027-01-04", "2026-12-28", "2027-01-03"),
        ("week", "2027-01-10", "2026-12-28", "2027-01-03"),
        ("month", "2027-01-01", "2026-12-01", "2026-12-31"),
        ("month", "2028-03-31", "2028-02-01", "2028-02-29"),
        ("quarter", "2027-01-02", "2026-10-01", "2026-12-31"),
        ("quarter", "2026-09-30", "2026-04-01", "2026-06-30"),
    ],
)
def test_the_last_whole_period(period, day, first, last):
    found = calendar.last_period(period, date.fromisoformat(day))
    assert [each.isoformat() for each in found] == [first, last]


@pytest.mark.parametrize(
    ("cron", "zone", "words"),
    [
        (DAILY, "Europe/Stockholm", ""),
        ("0 6 L * *", "UTC", ""),
        ("0 6 29 2 *", "UTC", ""),
        ("0 0 * 2 MON#5", "UTC", ""),  # a fifth Monday of February: in 2044
        ("0 6 30 2 *", "UTC", "never comes: there is no such day; write a day that exists in those months"),
        ("0 6 31 4,6,9,11 *", "UTC", "never comes"),
        ("0 6 32 * *", "UTC", "wrong day-of-month field"),
        ("60 6 * * *", "UTC", "wrong minute field"),
        ("0 6 * * FUNDAY", "UTC", "wrong day-of-week field"),
        ("*/0 * * * *", "UTC", "wrong minute field"),
        ("9" * 5000 + " * * * *", "UTC", "does not have five fields"),
        ("9" * 190 + " * * * *", "UTC", "wrong minute field"),
        ("0 0 6 * * *", "UTC", "does not have five fields"),
        ("", "UTC", "does not have five fields"),
        ("@daily", "UTC", '@daily is not written out; write "0 6 * * *"'),
        (DAILY, "Europe/Stokholm", "did you mean Europe/Stockholm?"),
        (DAILY, "new york", "did you mean America/New_York?"),
        (DAILY, "../../etc/passwd", "there is no time zone"),
        (DAILY, "Europe", "there is no time zone"),
        (DAILY, "", "there is no time zone"),
        (DAILY, "qqqqqqqq", "write one such as Europe/Stockholm"),
    ],
)
def test_a_bad_cron_line_or_zone_is_told_with_a_remedy(cron, zone, words):
    told = calendar.check_cron(cron, zone)
    assert words in told
    assert bool(told) == bool(words)
    assert not told or "; " in told


def test_rounds_are_counted_by_local_days_both_included():
    daily = schedule(zone="Europe/Berlin")
    assert calendar.rounds_due(daily, date(2026, 11, 2), date(2026, 11, 22)) == 21
    assert calendar.rounds_due(daily, date(2026, 11, 2), date(2026, 11, 1)) == 0
    assert calendar.rounds_due(schedule("0 6 * * MON,WED"), date(2026, 11, 2), date(2026, 11, 8)) == 2


def test_a_month_of_rounds_is_the_fullest_of_the_year():
    assert calendar.rounds_a_month(schedule(), utc("2026-02-03T00:00")) == 31
    assert calendar.rounds_a_month(schedule("0 6 * * MON"), utc("2026-02-03T00:00")) == 5
    assert calendar.rounds_a_month(schedule("0 6 29 2 *"), utc("2026-02-03T00:00")) == 0
    assert calendar.rounds_a_month(schedule("* * * * *"), utc("2026-02-03T00:00")) == 31 * 1440


FIELDS = st.sampled_from(["*", "*/7", "0", "30", "1-3"])
CRONS = st.tuples(
    st.sampled_from(["0", "30", "*/20", "59", "5,35"]),
    st.sampled_from(["*", "0", "1", "2", "3", "23", "*/5", "1-3"]),
    st.sampled_from(["*", "1", "29", "31", "*/2", "L"]),
    st.sampled_from(["*", "2", "3,10", "11"]),
    st.sampled_from(["*", "SUN", "MON-FRI", "7"]),
).map(" ".join)
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Asia/Kathmandu",
        "Africa/Cairo",
    ]
)
# the days around which these zones change their clocks
CHANGES = ["03-08", "03-29", "04-04", "04-05", "04-24", "09-06", "10-03", "10-04", "10-25", "10-29", "11-01"]
DAYS = st.sampled_from([date.fromisoformat(f"2026-{day}") for day in CHANGES]) | st.dates(
    date(2026, 1, 1), date(2027, 12, 1)
)
TIMES = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes),
    DAYS,
    st.integers(-36 * 60, 36 * 60),
)
PLANS = st.builds(schedule, CRONS, ZONES, st.sampled_from(CatchUp)).filter(
    lambda plan: calendar.check_cron(plan.cron, plan.timezone) == ""
)


@settings(deadline=None, max_examples=100)
@given(PLANS, TIMES, st.integers(0, 40 * 24 * 60))
def test_keys_and_instants_are_unique_and_increase(plan, after, minutes):
    until = after + timedelta(minutes=minutes)
    found = calendar.slots(plan, after, until)
    assert keys(found) == sorted(set(keys(found)))
    instants = [slot.at for slot in found]
    assert instants == sorted(set(instants))
    assert all(after < at <= until for at in instants)


@settings(deadline=None, max_examples=100)
@given(PLANS, TIMES, st.lists(st.integers(0, 3 * 24 * 60), max_size=4))
def test_a_window_has_the_slots_of_its_parts(plan, after, parts):
    edges = [after]
    for minutes in parts:
        edges.append(edges[-1] + timedelta(minutes=minutes))
    pieces = [slot for begin, end in pairwise(edges) for slot in calendar.slots(plan, begin, end)]
    assert pieces == calendar.slots(plan, after, edges[-1])


@settings(deadline=None, max_examples=100)
@given(PLANS, TIMES, st.integers(1, 5))
def test_looking_back_finds_what_looking_ahead_foretold(plan, now, days):
    oldest = timedelta(days=days)
    run, skipped = calendar.due(plan, now, oldest=oldest)
    assert sorted([*run, *skipped]) == calendar.slots(plan, now - oldest, now)


@settings(deadline=None, max_examples=100)
@given(PLANS, DAYS, st.integers(0, 30))
def test_counted_rounds_are_the_slots_of_those_days(plan, start, days):
    end = start + timedelta(days=days)
    zone = ZoneInfo(plan.timezone)
    begins = datetime.combine(start, datetime.min.time(), zone).astimezone(UTC) - timedelta(hours=30)
    ends = begins + timedelta(days=days + 4)
    named = [
        key for key in keys(calendar.slots(plan, begins, ends)) if start.isoformat() <= key[:10] <= end.isoformat()
    ]
    assert calendar.rounds_due(plan, start, end) == len(named)


@settings(deadline=None, max_examples=60)
@given(PLANS, TIMES, st.lists(st.integers(1, 36 * 60), max_size=20))
def test_every_slot_runs_or_is_left_out_exactly_once(plan, begin, steps):
    """Ticks at odd intervals, each marking what it was told: nothing is told twice and nothing is lost."""
    now, told = begin, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        run, skipped = calendar.due(plan, now, known=set(told), oldest=timedelta(days=60), since=begin)
        told += keys(run) + keys(skipped)
    assert sorted(told) == sorted(set(told))
    every = keys(calendar.slots(plan, begin, now))
    assert set(told) == set(every[-2000:])
