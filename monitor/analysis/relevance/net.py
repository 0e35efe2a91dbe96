"""The small trained net that weighs traits: one hidden layer, several of them averaged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VALUES = Path(__file__).with_name("values_model.npz")
NAMES = Path(__file__).with_name("names_model.npz")
Array = NDArray[np.float32]
_SURE = 60.0  # beyond it single numbers know no difference from 0 and 1
UTMOST = 5.0  # spreads from the mean; what lies farther out is no surer for it


@dataclass(frozen=True, kw_only=True)
class Net:
    """`weights`: `mean` and `spread` (traits,), `wide` (nets, traits, hidden), `narrow` (nets, hidden), and offsets."""

    names: tuple[str, ...]  # of the traits, in the order of the columns
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

    @cached_property
    def row(self) -> Callable[[Mapping[str, float]], tuple[float, ...]]:
        """Return the traits of a value in the order of the columns."""
        return itemgetter(*self.names)


@dataclass(frozen=True, kw_only=True)
class Nets:
    """Both nets."""

    values: Net  # of amounts and days
    names: Net  # of names, words and what is so or not


def save(path: Path, net: Net) -> None:
    """Write a net as single numbers."""
    tables: dict[str, Any] = {name: value.astype(np.float32) for name, value in net.weights.items()}
    tables["names"] = np.frombuffer("\n".join(net.names).encode(), dtype=np.uint8)
    np.savez_compressed(path, **tables)


@cache
def load(path: Path) -> Net:
    """Return the net of a file."""
    with np.load(path, allow_pickle=False) as file:
        names = tuple(file["names"].tobytes().decode().split("\n"))
        return Net(names=names, weights={name: file[name] for name in file.files if name != "names"})


def shipped() -> Nets:
    """Return the nets beside the code."""
    return Nets(values=load(VALUES), names=load(NAMES))
