"""Grows boosted trees from labelled answers: they err otherwise than the nets, so both together err less.

Each tree descends the logistic loss by its first and second slopes (Chen and Guestrin, KDD 2016), over traits that are
cut into few steps (Ke et al., NeurIPS 2017), from some of the rows and traits (Friedman 2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from monitor.analysis.relevance.learning import Lesson
from monitor.analysis.relevance.trees import DEPTH, LEAVES, NODES, Array, Trees


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How trees grow."""

    trees: int = 330
    rate: float = 0.05
    rows: float = 0.7  # the share that each tree sees
    traits: float = 0.4
    steps: int = 31  # into which a trait is cut at most
    calm: float = 5.0  # added to the second slopes: leaves of few rows say little
    fewest: int = 20  # rows of a leaf


@dataclass(frozen=True, kw_only=True)
class _Slopes:
    """Of the loss, for each row that a tree sees."""

    first: Array
    second: Array


def grow(lesson: Lesson, growth: Growth, seed: int) -> Trees:
    """Return trees that learnt from `lesson`."""
    random = np.random.default_rng(seed)
    edges = [_edges(column, growth.steps) for column in lesson.traits.T]
    steps = np.stack([np.searchsorted(one, column) for one, column in zip(edges, lesson.traits.T, strict=True)], axis=1)
    logits = np.zeros(len(steps))
    grown = []
    for _ in range(growth.trees):
        rows = np.flatnonzero(random.random(len(steps)) < growth.rows)
        asked = np.sort(random.choice(steps.shape[1], max(1, int(growth.traits * steps.shape[1])), replace=False))
        likely = 1 / (1 + np.exp(-logits))
        slopes = _Slopes(
            first=(lesson.worth * (likely - lesson.right))[rows], second=(lesson.worth * likely * (1 - likely))[rows]
        )
        traits, limits, leaves = _tree(steps[np.ix_(rows, asked)], slopes, growth)
        traits = asked[traits]
        logits += leaves[_walk(steps, traits, limits)]
        grown.append((traits, _of_edges(edges, traits, limits), leaves))
    return Trees(
        traits=np.stack([one for one, _, _ in grown]),
        limits=np.stack([one for _, one, _ in grown]),
        leaves=np.stack([one for _, _, one in grown]),
    )


def _edges(column: Array, steps: int) -> Array:
    """Between which values a trait is cut; what is equal to an edge lies below it."""
    values = np.unique(column)
    if len(values) > steps:
        values = np.unique(np.quantile(column, np.linspace(0, 1, steps + 1)))
    return np.asarray((values[:-1] + values[1:]) / 2)


def _tree(steps: Array, slopes: _Slopes, growth: Growth) -> tuple[Array, Array, Array]:
    """Return the trait and the step of each node, and the leaves; beyond the last step nothing goes to the right."""
    traits, limits = np.zeros(NODES, dtype=np.intp), np.full(NODES, growth.steps)
    at = np.zeros(len(steps), dtype=np.intp)
    for level in range(DEPTH):
        first, count = 2**level - 1, 2**level
        best = _best(steps, at - first, count, slopes, growth)
        traits[first : first + count], limits[first : first + count] = best
        at = 2 * at + 1 + (steps[np.arange(len(steps)), traits[at]] > limits[at])
    down = np.bincount(at - NODES, weights=slopes.first, minlength=LEAVES)
    bend = np.bincount(at - NODES, weights=slopes.second, minlength=LEAVES)
    return traits, limits, -growth.rate * down / (bend + growth.calm)


def _best(steps: Array, node: Array, nodes: int, slopes: _Slopes, growth: Growth) -> tuple[Array, Array]:
    """Return for each node of a level the trait and the step that lower the loss most."""
    count, width = steps.shape[1], growth.steps + 1
    place = ((node[:, None] * count + np.arange(count)) * width + steps).ravel()
    shape = (nodes, count, width)

    def below(weights: Array) -> Array:
        """Sum up to each step."""
        sums = np.bincount(place, weights=np.repeat(weights, count), minlength=nodes * count * width)
        return np.asarray(sums.reshape(shape).cumsum(axis=2))

    first, second, rows = below(slopes.first), below(slopes.second), below(np.ones(len(steps)))
    rest_first, rest_second, rest = (one[:, :, -1:] - one for one in (first, second, rows))
    gain = first**2 / (second + growth.calm) + rest_first**2 / (rest_second + growth.calm)
    gain -= first[:, :, -1:] ** 2 / (second[:, :, -1:] + growth.calm)
    gain[(rows < growth.fewest) | (rest < growth.fewest)] = 0.0
    best = gain.reshape(nodes, -1).argmax(axis=1)
    none = gain.reshape(nodes, -1)[np.arange(nodes), best] <= 0
    return best // width, np.where(none, growth.steps, best % width)


def _walk(steps: Array, traits: Array, limits: Array) -> Array:
    """Return the leaf of each row."""
    at = np.zeros(len(steps), dtype=np.intp)
    for _ in range(DEPTH):
        at = 2 * at + 1 + (steps[np.arange(len(steps)), traits[at]] > limits[at])
    return np.asarray(at - NODES)


def _of_edges(edges: Sequence[Array], traits: Array, steps: Array) -> Array:
    """Return the limits in the traits' own units; where a node parts nothing, no trait is greater."""
    return np.array(
        [edges[trait][step] if step < len(edges[trait]) else np.inf for trait, step in zip(traits, steps, strict=True)]
    )
