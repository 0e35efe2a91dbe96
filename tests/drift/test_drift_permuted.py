import random

import pytest
from scipy import stats

from monitor.domain.measures import Measure
from monitor.drift import permuted
from monitor.drift.strips import of_tallies


@pytest.fixture
def rng():
    return random.Random(7)  # noqa: S311


def test_it_agrees_with_the_exact_test_on_few_pairs(rng):
    differences = [0.5, 1.0, 1.0, -0.25, 0.75, 1.0, 0.3, 0.8]
    exact = stats.permutation_test(
        (differences,), lambda x: abs(x.sum()), permutation_type="samples", alternative="greater", n_resamples=10_000
    )
    assert permuted.p_value(differences, rng, draws=20_000) == pytest.approx(exact.pvalue, abs=0.005)


def test_without_a_difference_it_is_sure_of_nothing(rng):
    assert permuted.p_value([], rng) == permuted.p_value([0.0, 0.0], rng) == 1


def test_prompts_of_one_stretch_alone_are_left_out(streams):
    days = streams.stream(random.Random(1), streams.World(prompts=4), 20)[1]  # noqa: S311
    tallied = streams.tallies(days)
    before = [tally for tally in tallied if tally.day < streams.START.replace(day=15)]
    after = [tally for tally in tallied if tally not in before and tally.prompt_id != "p000"]
    assert len(permuted.differences(Measure.VISIBILITY, of_tallies(before), of_tallies(after))) == 3


def test_the_same_tallies_always_tell_the_same(streams):
    days = streams.stream(random.Random(1), streams.World(), 20)[1]  # noqa: S311
    tallied = streams.tallies(days)
    told = {permuted.told(Measure.VISIBILITY, of_tallies(tallied[:300]), of_tallies(tallied[300:])) for _ in range(3)}
    assert len(told) == 1


@pytest.mark.shared
def test_permuted_labels_of_real_runs_give_uniform_p_values(streams, rng):
    """Two runs of 33 needs in which nothing changed: each brand of a need is one test."""
    runs = streams.recorded()
    if runs is None:
        pytest.skip("the recorded shopping answers are not beside this checkout")
    values = [
        permuted.p_value(streams.permuted(pairs, rng), rng, draws=100, ties=rng.random())
        for pairs in runs.values()
        for _ in range(4)
    ]
    assert len(values) > 1000
    assert stats.kstest(values, "uniform").pvalue > 0.01
    assert sum(value <= 0.05 for value in values) / len(values) == pytest.approx(0.05, abs=0.02)


@pytest.mark.shared
def test_the_runs_as_recorded_differ_no_more_than_chance_lets_them(streams, rng):
    runs = streams.recorded()
    if runs is None:
        pytest.skip("the recorded shopping answers are not beside this checkout")
    values = [
        permuted.p_value([second - first for first, second in pairs], rng, draws=100, ties=rng.random())
        for pairs in runs.values()
    ]
    assert stats.kstest(values, "uniform").pvalue > 0.01
