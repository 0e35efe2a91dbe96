import math
import pickle
import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.drift.baseline import Baseline, Days, Seen, log_marginal
from monitor.drift.detector import State, run, update
from monitor.drift.moves import MOVES, inside, weigh

THRESHOLD = 365.25 / 0.008


def _alarms(streams, days, threshold=THRESHOLD):
    """Return (day found, day since) of each alarm."""
    state, found = State(threshold=threshold), []
    for day in days:
        state = update(state, day[0], streams.seen(day))
        if state.alarm is not None:
            found.append(((state.alarm.found - streams.START).days, (state.alarm.since - streams.START).days))
    return found


@pytest.mark.parametrize(
    ("seed", "factor", "found"),
    [
        (1, 0.5, (63, 60)),
        (3, 0.5, (62, 60)),
        (4, 0.5, (64, 58)),
        (1, 0.7, (66, 60)),
        (3, 0.7, (66, 61)),
        (8, 0.7, (62, 61)),
    ],
)
def test_a_fall_on_day_60_is_found_on_the_day_written_here(streams, seed, factor, found):
    rng = random.Random(seed)  # noqa: S311
    _, days = streams.stream(rng, streams.World(), 90, streams.Change(after=60, factor=factor))
    assert _alarms(streams, days) == [found]


def test_a_rise_is_found_as_well(streams):
    rng = random.Random(5)  # noqa: S311
    _, days = streams.stream(rng, streams.World(mean=0.2), 90, streams.Change(after=60, factor=2.5))
    assert _alarms(streams, days) == [(66, 60)]


def test_a_quiet_year_is_quiet(streams):
    for seed in range(5):
        _, days = streams.stream(random.Random(seed), streams.World(), 365)  # noqa: S311
        assert _alarms(streams, days) == []


def test_one_odd_day_is_no_shift(streams):
    day = [Seen(f"p{n}", float(n % 2), 1.0) for n in range(30)]
    nobody = [Seen(f"p{n}", 0.0, 1.0) for n in range(30)]
    state = State(threshold=1000)
    for number in range(40):
        state = update(state, streams.START + timedelta(days=number), nobody if number in {20, 27} else day)
        assert state.alarm is None


def test_nothing_is_said_while_the_baseline_is_built(streams):
    state = State(threshold=2)
    for number in range(4):
        state = update(state, streams.START + timedelta(days=number), [Seen("p", float(number > 1), 1.0)])
    assert (state.tested, state.alarm) == (0, None)


def test_a_prompt_that_is_new_teaches_and_is_not_tested():
    baseline = Baseline()
    for _ in range(6):
        baseline = baseline.added([Seen("old", 1.0, 1.0)])
    baseline = baseline.added([Seen("new", 0.0, 1.0)])
    assert [mean for mean, *_ in baseline.expected([Seen("old", 1.0, 1.0), Seen("new", 0.0, 1.0)])] == [1.0]


def test_samples_of_one_round_are_worth_less_than_their_number():
    assert Seen.of_answers("p", 3, 3).weight == pytest.approx(3 / 1.4)
    assert Seen.of_answers("p", 1, 1).weight == 1


def test_days_that_vary_much_are_allowed_for():
    calm, wild = Days(), Days()
    rng = random.Random(3)  # noqa: S311
    for _ in range(200):
        calm = calm.added(rng.gauss(0, 2), 4.0)
        wild = wild.added(rng.gauss(0, 8), 4.0)
    assert calm.variance < 0.1 < wild.variance


@pytest.mark.parametrize("mean", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("moved", [0.2, 0.7])
def test_the_likelihood_ratio_of_a_bounded_mean_is_below_its_chord(mean, moved):
    """So it is an e-value for shares of voice and stances too, not for yes and no alone."""
    rate = 0.45
    log_ratio = log_marginal([(mean, 1.0, moved)], 0.0)[0] - log_marginal([(mean, 1.0, rate)], 0.0)[0]
    assert math.exp(log_ratio) <= mean * moved / rate + (1 - mean) * (1 - moved) / (1 - rate) + 1e-12


PAIRS = st.tuples(st.sampled_from([0.0, 0.25, 1.0]), st.sampled_from([1.0, 3 / 1.4]), st.floats(0.01, 0.99))


@settings(deadline=None)
@given(st.lists(PAIRS, min_size=1, max_size=20), st.floats(0.0, 1.0))
def test_the_grid_says_what_the_logarithms_say(known, variance):
    weighed = weigh(known, variance)
    near = [(mean, weight, round(rate * 1000) / 1000) for mean, weight, rate in known]
    same, score, information = log_marginal([(mean, weight, inside(rate)) for mean, weight, rate in near], variance)
    assert (weighed.score, weighed.information) == pytest.approx((score, information), abs=1e-9)
    for ratio, (_, move) in zip(weighed.log_ratios, MOVES, strict=True):
        moved = [(mean, weight, inside(move(inside(rate)))) for mean, weight, rate in near]
        assert ratio == pytest.approx(log_marginal(moved, variance)[0] - same, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60), st.sampled_from([1.0, 0.4]))
def test_round_by_round_is_all_at_once(streams, seed, cut, factor):
    """A state that is kept between rounds is the state that the whole history gives; nothing else is remembered."""
    change = streams.Change(after=30, factor=factor)
    days = streams.stream(random.Random(seed), streams.World(prompts=6, samples=2), 61, change)[1]  # noqa: S311
    rounds = [(day[0], streams.seen(day)) for day in days]
    whole = run(State(threshold=500), rounds)
    kept = pickle.loads(pickle.dumps(run(State(threshold=500), rounds[:cut])))  # noqa: S301 -- our own
    assert run(kept, rounds[cut:]) == whole


def test_what_is_remembered_does_not_grow_with_time(streams):
    days = streams.stream(random.Random(1), streams.World(), 400)[1]  # noqa: S311
    state, sizes = State(threshold=THRESHOLD), []
    for day in days:
        state = update(state, day[0], streams.seen(day))
        sizes.append(len(pickle.dumps(state)))
    assert max(sizes[100:]) < 8 * sizes[40]
    assert max(sizes[300:]) <= 1.3 * max(sizes[100:300])


def test_an_update_leaves_the_state_before_it_alone(streams):
    days = streams.stream(random.Random(1), streams.World(), 40)[1]  # noqa: S311
    state = run(State(threshold=THRESHOLD), [(day[0], streams.seen(day)) for day in days[:-1]])
    before = pickle.dumps(state)
    update(state, days[-1][0], streams.seen(days[-1]))
    assert pickle.dumps(state) == before
