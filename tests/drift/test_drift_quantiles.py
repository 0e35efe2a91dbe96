import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from monitor.drift import quantiles

_SHAPES = st.floats(min_value=0.5, max_value=5000)
_CHANCES = st.floats(min_value=0.001, max_value=0.999)


@given(_CHANCES, _SHAPES, _SHAPES)
def test_beta_agrees_with_scipy(x, a, b):
    assert quantiles.beta_cdf(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), abs=1e-9)
    assert quantiles.beta_quantile(x, a, b) == pytest.approx(stats.beta.ppf(x, a, b), abs=1e-9)


@pytest.mark.parametrize("freedom", [1, 2, 3.5, 10, 100, 2000])
@pytest.mark.parametrize("chance", [0.75, 0.9, 0.975, 0.995])
def test_students_t_agrees_with_scipy(chance, freedom):
    assert quantiles.t_quantile(chance, freedom) == pytest.approx(stats.t.ppf(chance, freedom), rel=1e-7)


def test_the_ends():
    assert (quantiles.beta_cdf(0, 2, 3), quantiles.beta_cdf(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize(("a", "b"), [(1.98, 0.02), (0.02, 1.98), (0.5, 5000), (5000, 0.5), (1, 1), (1, 0.5)])
@pytest.mark.parametrize("chance", [0.0005, 0.05, 0.6, 0.975])
def test_lopsided_shapes_have_quantiles_too(chance, a, b):
    assert quantiles.beta_quantile(chance, a, b) == pytest.approx(stats.beta.ppf(chance, a, b), rel=1e-9, abs=1e-12)
