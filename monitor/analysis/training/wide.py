"""Trains the linear half: one logistic regression per label over combinations of words.

Combinations are weighted by their log-count ratio (Wang and Manning, "Baselines and Bigrams", ACL 2012).
"""

from collections.abc import Sequence

import numpy as np

from monitor.analysis.stance_model import LABELS, Wide
from monitor.analysis.targeting import BITS, Array, Sight, Vocabulary, combinations, lay

_SEEN = 2  # times that a combination must have been seen
_STRENGTH = 2.0  # of the examples against the penalty on the weights
_STEPS = 150
_RATE = 0.05


def train(vocabulary: Vocabulary, sights: Sequence[Sight], labels: Array) -> Wide:
    """Return the weights of all combinations seen at least twice."""
    ids, of = combinations(lay(sights, vocabulary), vocabulary)
    columns = [_one(ids, of, labels == label) for label in range(len(LABELS))]
    return Wide(
        weights=np.stack([weights for weights, _ in columns], axis=1).astype(np.float32),
        offset=np.array([offset for _, offset in columns]),
    )


def _one(ids: Array, of: Array, hit: Array) -> tuple[Array, float]:
    size, count = 1 << BITS, len(hit)
    ratio = _ratio(ids, hit[of], size)
    values = ratio[ids] / np.sqrt(np.bincount(of, minlength=count))[of]
    weights = np.zeros(size + 1)  # the last one is the offset
    mean, spread = np.zeros(size + 1), np.zeros(size + 1)
    for step in range(1, _STEPS + 1):
        sums = np.bincount(of, values * weights[ids], minlength=count) + weights[-1]
        error = 1 / (1 + np.exp(-sums)) - hit
        slope = np.append(np.bincount(ids, values * error[of], minlength=size), error.sum()) * _STRENGTH
        slope[:-1] += weights[:-1]
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope * slope
        move = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        weights -= _RATE * (1 - step / (_STEPS + 1)) * move
    return weights[:-1] * ratio, float(weights[-1])


def _ratio(ids: Array, hit: Array, size: int) -> Array:
    """Return how unevenly each combination stands with the label, as a log ratio; 0 where it was seen once."""
    inside = np.bincount(ids, hit, minlength=size)
    total = np.bincount(ids, minlength=size)
    ones, others = inside + 1, total - inside + 1
    ratio = np.abs(np.log((ones / ones.sum()) / (others / others.sum())))
    return np.where(total >= _SEEN, ratio, 0.0)
