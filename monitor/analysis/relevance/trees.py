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
        count = len(self.leaves)
        greater = (rows.take(self._asked, axis=1) > self._limits).ravel()
        first = np.arange(len(rows) * count) * NODES
        node = greater.take(first) + 1
        for _ in range(DEPTH - 1):
            node = 2 * node + 1 + greater.take(first + node)
        logits = self._leaves.take(self._places(len(rows)) + node).reshape(len(rows), count).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    def _places(self, rows: int) -> Array:
        """Where the leaves of each row's trees begin, less the nodes before them."""
        return np.tile(np.arange(len(self.leaves)) * LEAVES - NODES, rows)

    @cached_property
    def _asked(self) -> Array:
        return np.asarray(self.traits.ravel(), dtype=np.intp)

    @cached_property
    def _limits(self) -> Array:
        return np.asarray(self.limits.ravel())

    @cached_property
    def _leaves(self) -> Array:
        return np.asarray(self.leaves.ravel())

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
