import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from monitor.domain.measures import Rate
from monitor.drift import intervals

_RATES = st.integers(min_value=1, max_value=12).flatmap(
    lambda of: st.integers(min_value=0, max_value=of).map(lambda hits: Rate(hits=hits, of=of))
)


def _clusters(rng, prompts, samples, spread=2.0):
    mean = rng.uniform(0.03, 0.97)
    rates = [rng.betavariate(mean * spread, (1 - mean) * spread) for _ in range(prompts)]
    return mean, [Rate(hits=sum(rng.random() < rate for _ in range(samples)), of=samples) for rate in rates]


@pytest.mark.parametrize(("prompts", "samples"), [(3, 1), (10, 1), (5, 2), (10, 3), (20, 5), (30, 10)])
def test_rates_are_covered_as_stated_though_answers_cluster(prompts, samples):
    rng = random.Random(prompts * 100 + samples)  # noqa: S311
    rounds, held = 400, 0
    for _ in range(rounds):
        mean, clusters = _clusters(rng, prompts, samples)
        interval = intervals.rate_interval(clusters)
        held += interval.low <= mean <= interval.high
    assert 0.91 <= held / rounds <= 0.99


def test_without_clusters_it_is_jeffreys():
    interval = intervals.rate_interval([Rate(hits=1, of=1)] * 3 + [Rate(hits=0, of=1)] * 7)
    assert interval.low == pytest.approx(stats.beta.ppf(0.025, 3.5, 7.5))
    assert interval.high == pytest.approx(stats.beta.ppf(0.975, 3.5, 7.5))


def test_nothing_measured_has_no_interval():
    empty = [Rate(hits=0, of=0)]
    assert intervals.rate_interval([]) is None
    assert intervals.rate_interval(empty) is None
    assert intervals.ratio_interval(empty) is None
    assert intervals.stance_interval([]) is None
    assert intervals.mean_interval([Rate(hits=3, of=1)]) is None


def test_none_of_ten_still_has_an_upper_end():
    interval = intervals.rate_interval([Rate(hits=0, of=1)] * 10)
    assert interval.low == 0
    assert 0.15 < interval.high < 0.3


def test_one_prompt_asked_often_tells_less_than_many_prompts_asked_once():
    one = intervals.rate_interval([Rate(hits=15, of=30)])
    many = intervals.rate_interval([Rate(hits=n % 2, of=1) for n in range(30)])
    assert one.high - one.low > 1.5 * (many.high - many.low)


def test_a_net_stance_lies_between_minus_one_and_one():
    interval = intervals.stance_interval([Rate(hits=-1, of=1)] * 5)
    assert interval.low == -1
    assert -1 < interval.high < 1


def test_a_mean_place_does_not_go_below_the_first():
    interval = intervals.mean_interval([Rate(hits=1, of=1), Rate(hits=2, of=1), Rate(hits=1, of=1)], least=1)
    assert interval.low == 1
    assert interval.high > 2


@given(st.lists(_RATES, min_size=1, max_size=15))
def test_the_estimate_lies_inside_its_interval(clusters):
    share = sum(rate.hits for rate in clusters) / sum(rate.of for rate in clusters)
    for interval in (intervals.rate_interval(clusters), intervals.ratio_interval(clusters)):
        assert 0 <= interval.low <= share <= interval.high <= 1


@given(st.lists(_RATES, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_prompts_does_not_matter(clusters, shuffler):
    mixed = list(clusters)
    shuffler.shuffle(mixed)
    first, second = intervals.rate_interval(clusters), intervals.rate_interval(mixed)
    assert (first.low, first.high) == pytest.approx((second.low, second.high))
