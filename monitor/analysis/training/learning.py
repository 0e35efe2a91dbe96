"""Teaches the net from labelled sights: small steps against the slopes, on weights rounded as they will be kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from monitor.analysis.stance_model import LABELS, Net, softmax
from monitor.analysis.targeting import Array, Sight
from monitor.analysis.training.layer import Dropout, Slopes
from monitor.analysis.training.net import FRESH, ahead, batch, behind, rounded

_BATCH = 32
_RISE = 0.1  # of all steps, after which the rate falls to nothing
_SHRINK = 0.01  # weight decay
_UNSURE = 0.05  # share of each label's weight that is spread over all
_STEEPEST = 1.0  # longer slopes are shortened to this length
_FRESH = 5  # times the rate, for what begins from nothing


@dataclass(frozen=True, kw_only=True)
class Course:
    """How long and how fast to learn."""

    epochs: int
    rate: float  # at its height
    dropout: float = 0.1


class Adam:
    """Steps of even size whatever the slope (Kingma and Ba, ICLR 2015), with decay apart (Loshchilov and Hutter)."""

    def __init__(self, weights: dict[str, Array]) -> None:
        self.weights = weights
        self._mean = {name: np.zeros_like(value) for name, value in weights.items()}
        self._spread = {name: np.zeros_like(value) for name, value in weights.items()}
        self._steps = 0

    def step(self, slopes: Slopes, rate: float) -> None:
        """Move all weights against their slopes, in place."""
        self._steps += 1
        length = float(np.sqrt(sum(float(np.vdot(slope, slope)) for slope in slopes.values())))
        shorter = np.float32(min(1.0, _STEEPEST / max(length, float(_NEVER_ZERO))))
        fair = (1 - 0.999**self._steps) ** 0.5 / (1 - 0.9**self._steps)
        for name, slope in slopes.items():
            times = rate * (_FRESH if name in FRESH else 1)
            if slope.ndim > 1:
                self.weights[name] *= np.float32(1 - times * _SHRINK)
            self.weights[name] -= self._move(name, slope * shorter, np.float32(times * fair))

    def _move(self, name: str, slope: Array, rate: np.float32) -> Array:
        """Return how far one table moves; the slope's own memory is used for it."""
        mean, spread = self._mean[name], self._spread[name]
        mean += np.float32(0.1) * (slope - mean)
        slope *= slope
        slope -= spread
        spread += np.float32(0.001) * slope
        np.sqrt(spread, out=slope)
        slope += _NEVER_ZERO
        np.divide(mean, slope, out=slope)
        slope *= rate
        return slope


_NEVER_ZERO = np.float32(1e-8)


def learn(net: Net, sights: Sequence[Sight], goals: Array, course: Course, random: np.random.Generator) -> Net:
    """Return the net after learning; `goals` (sights, labels) are the odds that it should say."""
    adam = Adam({name: np.array(value, dtype=np.float32) for name, value in net.weights.items()})
    net, dropout = replace(net, weights=adam.weights), Dropout(course.dropout, random)
    schedule = [chosen for _ in range(course.epochs) for chosen in batches(sights, random)]
    for number, chosen in enumerate(schedule, 1):
        kept = rounded(net)
        logits, tape = ahead(kept, batch([sights[place] for place in chosen]), dropout)
        slopes = behind(kept, tape, ((softmax(logits) - goals[chosen]) / _BATCH).astype(np.float32))
        done = number / len(schedule)
        adam.step(slopes, course.rate * (done / _RISE if done < _RISE else (1 - done) / (1 - _RISE)))
    return net


def batches(sights: Sequence[Sight], random: np.random.Generator) -> list[Array]:
    """Return each sight's place once, in random order, sights of one length together: nothing needs filling up."""
    of_length: dict[int, list[int]] = defaultdict(list)
    for place in random.permutation(len(sights)):
        of_length[len(sights[place].pieces)].append(int(place))
    found = [
        np.array(places[first : first + _BATCH])
        for places in of_length.values()
        for first in range(0, len(places), _BATCH)
    ]
    return [found[place] for place in random.permutation(len(found))]


def goals(labels: Array) -> Array:
    """Return odds that leave a little doubt about each label."""
    return np.eye(len(LABELS), dtype=np.float32)[labels] * (1 - _UNSURE) + _UNSURE / len(LABELS)
