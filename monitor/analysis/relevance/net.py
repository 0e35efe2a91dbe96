"""The small trained net that weighs traits: one hidden layer, several of them averaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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
        w = self.weights
        rows = np.clip((traits - w["mean"]) / w["spread"], -UTMOST, UTMOST)
        hidden = np.maximum(np.einsum("rt,nth->nrh", rows, w["wide"]) + w["wide_offset"][:, None, :], 0.0)
        logits = np.clip(np.einsum("nrh,nh->nr", hidden, w["narrow"]) + w["narrow_offset"][:, None], -_SURE, _SURE)
        return np.asarray((1 / (1 + np.exp(-logits))).mean(axis=0), dtype=np.float32)


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
