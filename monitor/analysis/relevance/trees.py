"""Boosted trees of one shape, read with numpy: all questions are asked at once, then each tree is walked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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
        greater, at = rows[:, self._asked] > self._limits, np.zeros((len(rows), len(self.leaves)), dtype=np.intp)
        for _ in range(DEPTH):
            at = 2 * at + 1 + np.take_along_axis(greater, self._firsts + at, axis=1)
        logits = self._leaves[self._leaf_firsts + at - NODES].sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    @cached_property
    def _asked(self) -> Array:
        return np.asarray(self.traits.ravel(), dtype=np.intp)

    @cached_property
    def _limits(self) -> Array:
        return np.asarray(self.limits.ravel())

    @cached_property
    def _leaves(self) -> Array:
        return np.asarray(self.leaves.ravel())

    @cached_property
    def _firsts(self) -> Array:
        return np.asarray(np.arange(len(self.leaves)) * NODES)

    @cached_property
    def _leaf_firsts(self) -> Array:
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
