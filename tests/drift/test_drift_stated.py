"""The stated figures in short, with wide bounds; `make bench-drift` measures them in full."""

import random
import statistics

import pytest

from monitor.drift.detectable import PER_STREAM
from monitor.drift.detector import State, update

THRESHOLD = 365.25 / PER_STREAM


def _alarms(streams, days):
    state, found = State(threshold=THRESHOLD), []
    for day in days:
        state = update(state, day[0], streams.seen(day))
        if state.alarm is not None:
            found.append((day[0] - streams.START).days)
            state = State(threshold=THRESHOLD)
    return found


def test_quiet_years_are_quiet(streams):
    """Stated: 0.008 a year. Of 20 such years two alarms or more come up in 1 of 80 cases."""
    years = (streams.stream(random.Random(f"quiet {n}"), streams.World(), 365)[1] for n in range(20))  # noqa: S311
    assert sum(len(_alarms(streams, days)) for days in years) <= 1


@pytest.mark.parametrize(("factor", "days", "answers"), [(0.7, 9, 260), (0.5, 4, 120), (0.7778, 16, 460)])
def test_falls_are_found_in_about_the_stated_time(streams, factor, days, answers):
    """Stated: 7 days for 30 %, 3 for 50 %, 360 answers for 10 points of 45."""
    taken, counted = [], []
    for seed in range(24):
        rng = random.Random(f"change {seed}")  # noqa: S311
        change = streams.Change(after=60, factor=factor)
        simulated = streams.stream(rng, streams.World(), 130, change)[1]
        found = next((day for day in _alarms(streams, simulated) if day >= 60), 130)
        until = [day for day in simulated if 60 <= (day[0] - streams.START).days <= found]
        taken.append(found - 59)
        counted.append(sum(of for _, prompts in until for *_, of in prompts))
    assert statistics.median(taken) <= days
    assert statistics.median(counted) <= answers
