"""How hard an assistant is asked."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.brand import AssistantSettings
from probes.limits import Limits, Pace, pause


@pytest.mark.parametrize("stated", ["", "0", "-3", "many", "1e3", "3.5"])
def test_an_option_that_is_no_positive_number_changes_nothing(stated):
    options = {"concurrency": stated, "requests_per_minute": stated, "deadline": stated}
    assert Limits().of(AssistantSettings(id="a", use="openai", model="m", options=options)) == Limits()


def test_options_of_one_assistant_beat_the_limits_of_all():
    options = {"concurrency": "2", "requests_per_minute": "10", "deadline": "30"}
    limits = Limits(tries=7).of(AssistantSettings(id="a", use="openai", model="m", options=options))
    assert (limits.concurrency, limits.requests_per_minute, limits.deadline, limits.tries) == (2, 10, 30.0, 7)


@given(st.integers(1, 5), st.lists(st.floats(0, 40), max_size=40))
def test_no_minute_sees_more_than_was_allowed(per_minute, gaps):
    now, granted = 0.0, []
    pace = Pace(per_minute, lambda: now)
    for gap in gaps:
        now += gap
        wait = pace.take()
        if wait == 0:
            granted.append(now)
        else:
            assert 0 < wait <= 60 + 1e-6  # what adding seconds up leaves over
    assert all(later - earlier >= 60 for earlier, later in zip(granted, granted[per_minute:], strict=False))


def test_without_a_limit_nobody_waits():
    pace = Pace(0, lambda: 0.0)
    assert [pace.take() for _ in range(500)] == [0.0] * 500


def test_a_pause_ends_when_the_round_is_stopped():
    async def scene():
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.02, stop.set)
        async with asyncio.timeout(1):
            await pause(30, stop)

    asyncio.run(scene())
