"""Teaches the net which values are meant for a fact, from labelled answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.relevance.net import UTMOST, Net

Array = NDArray[Any]

_BATCH = 128
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True, kw_only=True)
class Course:
    """How the nets learn."""

    hidden: int = 64
    nets: int = 5  # of different beginnings, averaged
    epochs: int = 25
    rate: float = 2e-3
    shrink: float = 4e-3  # of each weight at each step, in units of the rate


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What to learn from."""

    traits: Array  # (rows, traits)
    right: Array  # (rows,), 1.0 where the value is meant for its fact and rightly read
    worth: Array  # (rows,), as so many examples each counts


def teach(lesson: Lesson, course: Course, seed: int) -> Net:
    """Return nets that learnt."""
    mean, spread = lesson.traits.mean(axis=0), lesson.traits.std(axis=0) + _LEAST_SPREAD
    even = replace(lesson, traits=np.clip((lesson.traits - mean) / spread, -UTMOST, UTMOST))
    taught = [_taught(even, course, np.random.default_rng((seed, number))) for number in range(course.nets)]
    tables = {name: np.stack([one[name] for one in taught]) for name in taught[0]}
    return Net(weights={"mean": mean, "spread": spread, **tables})


def _taught(lesson: Lesson, course: Course, random: np.random.Generator) -> dict[str, Array]:
    """Descend along the slopes of the logistic loss by Adam (Kingma and Ba, ICLR 2015)."""
    net = _begun(lesson.traits.shape[1], course.hidden, random)
    mean = {name: np.zeros_like(table) for name, table in net.items()}
    square = {name: np.zeros_like(table) for name, table in net.items()}
    for step, picked in enumerate(_batches(len(lesson.right), course.epochs, random), 1):
        rate = course.rate * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        for name, slope in _slopes(net, lesson, picked, course.shrink).items():
            mean[name] += 0.1 * (slope - mean[name])
            square[name] += 0.001 * (slope * slope - square[name])
            net[name] -= rate * mean[name] / (np.sqrt(square[name]) + 1e-8)
    return net


def _batches(count: int, epochs: int, random: np.random.Generator) -> Iterator[Array]:
    for _ in range(epochs):
        order = random.permutation(count)
        yield from (order[low : low + _BATCH] for low in range(0, count, _BATCH))


def _begun(traits: int, hidden: int, random: np.random.Generator) -> dict[str, Array]:
    bound = np.sqrt(6 / (traits + hidden))
    return {
        "wide": random.uniform(-bound, bound, (traits, hidden)),
        "wide_offset": np.zeros(hidden),
        "narrow": random.uniform(-bound, bound, hidden),
        "narrow_offset": np.zeros(()),
    }


def _slopes(net: dict[str, Array], lesson: Lesson, picked: Array, shrink: float) -> dict[str, Array]:
    rows, worth = lesson.traits[picked], lesson.worth[picked]
    hidden = np.maximum(rows @ net["wide"] + net["wide_offset"], 0.0)
    likely = 1 / (1 + np.exp(-(hidden @ net["narrow"] + net["narrow_offset"])))
    off = worth * (likely - lesson.right[picked]) / worth.sum()
    back = np.outer(off, net["narrow"]) * (hidden > 0)
    return {
        "wide": rows.T @ back + shrink * net["wide"],
        "wide_offset": back.sum(axis=0),
        "narrow": hidden.T @ off,
        "narrow_offset": np.asarray(off.sum()),
    }
