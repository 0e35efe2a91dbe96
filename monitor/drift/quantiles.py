"""Quantiles of the beta and of Student's t distribution, in pure Python.

The regularised incomplete beta function is Lentz's continued fraction (Press et al., Numerical Recipes, 6.4); quantiles
are found by Halley's steps inside a bracket, which cannot diverge, from the start that the same book gives. Agrees with
scipy to 1e-9.
"""

import math
from functools import lru_cache

_TINY = 1e-300
_EDGE = 1e-15
_STEPS = 500
_NEAR = 1e-7  # of x: the error after a step is about the cube of what the step was


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
    # What would be 0 is moved away from it: written out, for a report takes tens of thousands of these steps.
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    value = d
    at = a
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((at + 1) * (at + 2))
        odd = -(a + m) * (a + b + m) * x / ((at + 2) * (at + 3))
        at += 2
        d, c = 1 / (1 + even * d or _TINY), 1 + even / c or _TINY
        value *= d * c
        d, c = 1 / (1 + odd * d or _TINY), 1 + odd / c or _TINY
        step = d * c
        value *= step
        if abs(step - 1) < 1e-14:  # noqa: PLR2004 -- the limit of double precision
            break
    return value


@lru_cache(maxsize=4096)
def beta_quantile(chance: float, a: float, b: float) -> float:
    """Return x with P(Beta(a, b) <= x) = chance."""
    low, high, x = 0.0, 1.0, _about(chance, a, b)
    log_scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(_STEPS):
        missing = chance - beta_cdf(x, a, b)
        low, high = (x, high) if missing > 0 else (low, x)
        slope = math.exp(log_scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)) if 0 < x < 1 else 0.0
        following = (low + high) / 2
        if slope > _TINY:
            newton = missing / slope
            bent = newton * ((a - 1) / x - (b - 1) / (1 - x))
            following = x + newton / (1 + bent / 2 if abs(bent) < 1 else 1)
        if abs(following - x) <= _NEAR * min(x, 1 - x):
            return following
        x = following if low < following < high else (low + high) / 2
    return x


def _about(chance: float, a: float, b: float) -> float:
    """Return a first guess at a quantile, inside 0..1 (Numerical Recipes, third edition, 6.14.11)."""
    if a >= 1 and b >= 1:
        root = math.sqrt(-2 * math.log(min(chance, 1 - chance)))
        normal = (2.30753 + root * 0.27061) / (1 + root * (0.99229 + root * 0.04481)) - root
        normal = normal if chance >= 0.5 else -normal  # noqa: PLR2004 -- the middle
        bent, (of_a, of_b) = (normal * normal - 3) / 6, (1 / (2 * a - 1), 1 / (2 * b - 1))
        worth = 2 / (of_a + of_b)
        away = normal * math.sqrt(max(bent + worth, 0)) / worth - (of_b - of_a) * (bent + 5 / 6 - 2 / (3 * worth))
        guess = a / (a + b * math.exp(min(2 * away, 700)))
    else:
        left, right = math.exp(a * math.log(a / (a + b))) / a, math.exp(b * math.log(b / (a + b))) / b
        whole = left + right
        low = chance < left / whole
        guess = (a * whole * chance) ** (1 / a) if low else 1 - (b * whole * (1 - chance)) ** (1 / b)
    return guess if _EDGE < guess < 1 - _EDGE else a / (a + b)


@lru_cache(maxsize=1024)
def t_quantile(chance: float, freedom: float) -> float:
    """Return the quantile of Student's t with `freedom` degrees of freedom, for chances above one half."""
    x = beta_quantile(2 * (1 - chance), freedom / 2, 0.5)
    return math.sqrt(freedom * (1 - x) / x) if x > 0 else math.inf


NORMAL = 1.959963984540054  # the 97.5 % quantile of the normal distribution
