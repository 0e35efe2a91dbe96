"""What weighs traits: nets and boosted trees, which err otherwise, so that their mean errs less than either."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.relevance.net import Net
from monitor.analysis.relevance.trees import Trees

VALUES = Path(__file__).with_name("values_model.npz")
NAMES = Path(__file__).with_name("names_model.npz")
Array = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Model:
    """Tells how probable it is that a value is meant for its fact, and rightly read."""

    names: tuple[str, ...]  # of the traits, in the order of the columns
    net: Net
    trees: Trees

    def probabilities(self, traits: Array) -> Array:
        """Return (rows,) for (rows, traits)."""
        both = self.net.probabilities(traits) + self.trees.probabilities(traits)
        return np.asarray(both / 2, dtype=np.float32)

    @cached_property
    def row(self) -> Callable[[Mapping[str, float]], tuple[float, ...]]:
        """Return the traits of a value in the order of the columns."""
        return itemgetter(*self.names)


@dataclass(frozen=True, kw_only=True)
class Models:
    """Both models."""

    values: Model  # of amounts and days
    names: Model  # of names, words and what is so or not


def save(path: Path, model: Model) -> None:
    """Write a model as single numbers."""
    tables: dict[str, Any] = {name: value.astype(np.float32) for name, value in model.net.weights.items()}
    tables["names"] = np.frombuffer("\n".join(model.names).encode(), dtype=np.uint8)
    tables.update(model.trees.tables)
    np.savez_compressed(path, **tables)


@cache
def load(path: Path) -> Model:
    """Return the model of a file."""
    with np.load(path, allow_pickle=False) as file:
        names = tuple(file["names"].tobytes().decode().split("\n"))
        tables = {name: file[name] for name in file.files if name != "names"}
    weights = {name: table for name, table in tables.items() if not name.startswith("tree_")}
    return Model(names=names, net=Net(weights=weights), trees=Trees.of(tables))


def shipped() -> Models:
    """Return the models beside the code."""
    return Models(values=load(VALUES), names=load(NAMES))
