"""The small trained net that weighs traits: one hidden layer, several of them averaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_SURE = 60.0  # beyond it single numbers know no difference from 0 and 1
UTMOST = 5.0  # spreads from the mean; what lies farther out is no surer for it


@dataclass(frozen=True, kw_only=True)
class Net:
    """`weights`: `mean` and `spread` (traits,), `wide` (nets, traits, hidden), `narrow` (nets, hidden), and offsets."""

    weights: Mapping[str, Array]

    def probabilities(self, traits: Array) -> Array:
        """Return (rows,) for (rows, traits)."""
        w, (wide, offset, narrow) = self.weights, self._joined
        rows = np.minimum(np.maximum((traits - w["mean"]) / w["spread"], -UTMOST), UTMOST)
        hidden = np.maximum(rows @ wide + offset, 0.0)
        logits = np.minimum(np.maximum(hidden @ narrow + w["narrow_offset"], -_SURE), _SURE)
        return np.asarray((1 / (1 + np.exp(-logits))).sum(axis=1) / logits.shape[1], dtype=np.float32)

    @cached_property
    def _joined(self) -> tuple[Array, Array, Array]:
        """All nets as one: `wide` (traits, nets * hidden), its offset, and `narrow` (nets * hidden, nets), 0 across."""
        wide, narrow = self.weights["wide"], self.weights["narrow"]
        nets, hidden = narrow.shape
        apart = np.zeros((nets, hidden, nets), dtype=narrow.dtype)
        apart[np.arange(nets), :, np.arange(nets)] = narrow
        joined = wide.transpose(1, 0, 2).reshape(wide.shape[1], nets * hidden)
        return joined, self.weights["wide_offset"].ravel(), apart.reshape(nets * hidden, nets)
