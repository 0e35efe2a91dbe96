"""Boosted trees of one shape, read with numpy: all questions of all trees are asked at once.

The answers of a tree, bit by bit, are a number that leads to its leaf, as in QuickScorer (Lucchese et al., 2015).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 4
NODES, LEAVES = 2**DEPTH - 1, 2**DEPTH  # the children of node i are 2i + 1 and 2i + 2
Array = NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Trees:
    """`traits` and `limits` (trees, nodes): to the right where the trait is greater; `leaves` (trees, leaves)."""

    traits: Array
    limits: Array
    leaves: Array

    def probabilities(self, rows: Array) -> Array:
        """Return (rows,) for (rows, traits)."""
        greater = rows.take(self._asked, axis=1) > self._limits
        answers = np.packbits(greater, bitorder="little").view("<u2").reshape(len(rows), len(self.leaves))
        logits = self._leaves.take(_leaf_by_answers().take(answers) + self._begins).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    @cached_property
    def _asked(self) -> Array:
        """The traits, sixteen a tree: one more than its nodes, so that the answers of each fill two bytes."""
        return np.asarray(np.pad(self.traits, ((0, 0), (0, 1))).ravel(), dtype=np.intp)

    @cached_property
    def _limits(self) -> Array:
        return np.asarray(np.pad(self.limits, ((0, 0), (0, 1)), constant_values=np.inf).ravel())

    @cached_property
    def _leaves(self) -> Array:
        return np.asarray(self.leaves.ravel())

    @cached_property
    def _begins(self) -> Array:
        """Where the leaves of each tree begin."""
        return np.asarray(np.arange(len(self.leaves)) * LEAVES)

    @property
    def tables(self) -> Mapping[str, Array]:
        """What a file holds of them."""
        return {
            "tree_traits": self.traits.astype(np.uint8),
            "tree_limits": self.limits.astype(np.float32),
            "tree_leaves": self.leaves.astype(np.float32),
        }

    @classmethod
    def of(cls, tables: Mapping[str, Array]) -> "Trees":
        """Return the trees of a file."""
        return cls(traits=tables["tree_traits"], limits=tables["tree_limits"], leaves=tables["tree_leaves"])


@cache
def _leaf_by_answers() -> Array:
    """Return (2 ** nodes,): the leaf to which the answers of a tree lead, where bit i is that of node i."""
    answers = np.arange(2**NODES)
    node = np.zeros_like(answers)
    for _ in range(DEPTH):
        node = 2 * node + 1 + (answers >> node & 1)
    return np.asarray(node - NODES, dtype=np.uint8)
