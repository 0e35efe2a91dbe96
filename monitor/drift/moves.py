"""How a change may look, and what an answer says for each: logarithms on a fine grid of rates, computed once.

Rates are rounded to the grid before they are used, in the null and in every alternative alike, so the ratio of two
likelihoods stays what it claims to be; only the price of a logarithm is gone.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import mul
from typing import NamedTuple

_ODDS = 2.5
# How a change may look, each with its share of the attention: a share of the rate is lost (a name vanishes), a share of
# its complement (a name comes up), or the odds move (rates that are near 0 or 1 to begin with).
MOVES: tuple[tuple[float, Callable[[float], float]], ...] = (
    (0.40, lambda rate: 0.75 * rate),
    (0.25, lambda rate: 0.50 * rate),
    (0.12, lambda rate: 1 - 0.70 * (1 - rate)),
    (0.08, lambda rate: 1 - 0.45 * (1 - rate)),
    (0.08, lambda rate: rate / (rate + (1 - rate) * _ODDS)),
    (0.07, lambda rate: rate / (rate + (1 - rate) / _ODDS)),
)
WEIGHTS = tuple(weight for weight, _ in MOVES)

EDGE = 0.005  # no prompt is held to be certain
_STEPS = 1000  # grid points between 0 and 1


def inside(rate: float) -> float:
    """Return the rate, kept from certainty."""
    return min(max(rate, EDGE), 1 - EDGE)


def _rows(rate: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return what a yes and what a no say of a rate as it is, and as each move makes it."""
    rates = [inside(rate), *(inside(move(inside(rate))) for _, move in MOVES)]
    moments = (*rates, *(each * (1 - each) for each in rates))
    return (1.0, *map(math.log, rates), *moments), (0.0, *(math.log1p(-each) for each in rates), *moments)


_GRID = [_rows(step / _STEPS) for step in range(_STEPS + 1)]
_HIT, _MISS = tuple(hit for hit, _ in _GRID), tuple(miss for _, miss in _GRID)
# Where in a row the likelihoods end, and where the rates do.
_A, _B = 2 + len(MOVES), 3 + 2 * len(MOVES)


class Weighed(NamedTuple):
    """What one round says: for every move, and for the day's common mood."""

    log_ratios: list[float]  # of each move to "as before", the day's mood integrated out
    score: float  # sum of (seen - expected)
    information: float  # its binomial variance


def weigh(known: Sequence[tuple[float, float, float]], day_variance: float) -> Weighed:
    """Hold one round against what was expected: (mean 0..1, weight in answers, expected rate 0..1) of each prompt.

    The day's common movement on the logit, normal with `day_variance`, is integrated out (Laplace). For means within
    0..1 the Bernoulli likelihood ratio of two rates has expectation at most 1 under the first, so it is an e-value for
    shares and stances too.
    """
    columns = [*zip(*[_row_of(mean, rate) for mean, _, rate in known], strict=True)]
    weights = [weight for _, weight, _ in known]
    if min(weights) == max(weights):
        sums = [weights[0] * sum(column) for column in columns]
    else:
        sums = [sum(map(mul, weights, column)) for column in columns]
    seen, likelihoods, expected, variances = sums[0], sums[1:_A], sums[_A:_B], sums[_B:]
    whole = [
        likelihood + _mood(seen - mean, variance, day_variance)
        for likelihood, mean, variance in zip(likelihoods, expected, variances, strict=True)
    ]
    same = whole[0]
    return Weighed([each - same for each in whole[1:]], seen - expected[0], variances[0])


def _row_of(mean: float, rate: float) -> tuple[float, ...]:
    """Return the mean, then log likelihoods, rates and variances: of the rate as it is, and as each move makes it."""
    place = int(rate * _STEPS + 0.5)
    if mean == 1:
        return _HIT[place]
    if mean == 0:
        return _MISS[place]
    return _between(mean, place)


@lru_cache(maxsize=20_000)  # with few samples a round there are few means
def _between(mean: float, place: int) -> tuple[float, ...]:
    return tuple(mean * hit + (1 - mean) * miss for hit, miss in zip(_HIT[place], _MISS[place], strict=True))


def _mood(score: float, information: float, day_variance: float) -> float:
    """Return what integrating the day's mood out adds to a log likelihood (Laplace)."""
    spread = 1 + day_variance * information
    return 0.5 * (score * score * day_variance / spread - math.log(spread))
