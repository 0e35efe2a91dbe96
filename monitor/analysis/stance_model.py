"""The small trained model of stance: what a sentence says of one name in it, read from a file beside the code.

An encoder of the BERT family (Devlin and others, NAACL 2019) of few layers, whose last one looks only from the name
and from the sentence's start. Its large tables are whole numbers from -7 to 7, each column with its own unit.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from monitor.analysis.targeting import START, TARGET, Array, Sight, Vocabulary
from monitor.domain.readings import StanceLabel

FILE = Path(__file__).with_name("stance_model.npz")
LABELS = (StanceLabel.NEGATIVE, StanceLabel.NEUTRAL, StanceLabel.POSITIVE)
HEAD = 32  # numbers that one head of attention looks at
TINY = 1e-12  # keeps a spread from being zero

Weights = Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class Net:
    """The encoder and its answer.

    `weights` holds, for layer n, tables `n.query` (size, size), `n.given` (size, 2 size: keys and values),
    `n.joined` (size, size), `n.wide` (size, inner), `n.narrow` (inner, size), each with its `_offset`, and two
    normings `n.first`, `n.second`, each with `_scale` and `_shift`; for all layers `mark`, `positions`, `distances`,
    the norming `input`, and `outer` (2 size, labels) with its offset.
    """

    words: Array  # (pieces, size), whole numbers
    worth: Array  # (pieces, 1): the unit of each row
    weights: Weights
    layers: int

    def logits(self, sight: Sight) -> Array:
        """Return (labels,)."""
        rows = self._input(sight)
        last = self.layers - 1
        for layer in range(last):
            rows = self._layer(layer, rows, rows)
        seen = self._layer(last, rows, rows[[sight.at, START]])
        return np.asarray(seen.reshape(-1) @ self.weights["outer"] + self.weights["outer_offset"])

    def _input(self, sight: Sight) -> Array:
        numbers = list(sight.pieces)
        rows = self.words[numbers] * self.worth[numbers]
        rows[np.array(numbers) == TARGET] = self.weights["mark"]
        rows += self.weights["positions"][: len(rows)] + self.weights["distances"][sight.distances]
        return self._normed("input", rows)

    def _layer(self, layer: int, rows: Array, asking: Array) -> Array:
        """Return what each asking row (asked, size) makes of all rows (pieces, size)."""
        seen = self._attention(layer, rows, asking)
        asking = self._normed(f"{layer}.first", asking + self._linear(f"{layer}.joined", seen))
        inner = self._linear(f"{layer}.wide", asking)
        inner *= gate(inner)
        return self._normed(f"{layer}.second", asking + self._linear(f"{layer}.narrow", inner))

    def _attention(self, layer: int, rows: Array, asking: Array) -> Array:
        query = _heads(self._linear(f"{layer}.query", asking))
        keys, values = np.split(self._linear(f"{layer}.given", rows), 2, axis=1)
        odds = softmax(query @ _heads(keys).transpose(0, 2, 1) / np.float32(HEAD**0.5))
        return np.asarray((odds @ _heads(values)).transpose(1, 0, 2).reshape(asking.shape))

    def _linear(self, name: str, rows: Array) -> Array:
        found: Array = rows @ self.weights[name]
        found += self.weights[f"{name}_offset"]
        return found

    def _normed(self, name: str, rows: Array) -> Array:
        rows = rows - rows.mean(axis=-1, keepdims=True)
        rows /= np.sqrt(np.square(rows).mean(axis=-1, keepdims=True) + TINY)
        return np.asarray(rows * self.weights[f"{name}_scale"] + self.weights[f"{name}_shift"])


def _heads(rows: Array) -> Array:
    """Return (heads, rows, numbers of a head)."""
    return rows.reshape(len(rows), -1, HEAD).transpose(1, 0, 2)


def gate(rows: Array) -> Array:
    """Return how much of each number passes; times the number it is a GELU (Hendrycks and Gimpel, 2016), roughly."""
    return np.asarray(0.5 + 0.5 * np.tanh(np.float32(0.851) * rows))


def softmax(logits: Array) -> Array:
    """Return odds of sum 1 along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return np.asarray(powers)


@dataclass(frozen=True, kw_only=True)
class Model:
    """The net and the words it knows."""

    vocabulary: Vocabulary
    net: Net

    def odds(self, sights: Sequence[Sight]) -> Array:
        """Return (sights, 3): how likely each is negative, neutral, positive."""
        found = [self.net.logits(sight) for sight in sights]
        return softmax(np.stack(found)) if found else np.zeros((0, len(LABELS)))

    def label(self, text: str, start: int, end: int) -> StanceLabel:
        """Return the likeliest stance of a sentence toward the name at start..end."""
        return LABELS[int(np.argmax(self.odds([self.vocabulary.sight(text, start, end)])[0]))]


LEVELS = 7  # on each side of zero
# A normal column is kept best with steps of so many standard deviations (Max, IRE Transactions 6, 1960, for 15 levels).
STEP = 0.335


def packed(table: Array, axis: int = 0) -> tuple[Array, Array]:
    """Return whole numbers from -7 to 7, and what one of them is worth along the axis: per column, or per row for 1."""
    worth = np.maximum(STEP * table.std(axis=axis, keepdims=True), TINY).astype(np.float32)
    return np.clip(np.rint(table / worth), -LEVELS, LEVELS).astype(np.int8), worth


def large(weights: Weights) -> list[str]:
    """Return the names of the tables that are kept as whole numbers."""
    return sorted(name for name in weights if name.endswith((".query", ".given", ".joined", ".wide", ".narrow")))


def save(path: Path, model: Model, facts: Mapping[str, str]) -> None:
    """Write a model in under five megabytes: large tables as whole numbers, the rest in half precision."""
    net = model.net
    stored: dict[str, Any] = {name: value.astype(np.float16) for name, value in net.weights.items()}
    for name in large(net.weights):
        stored[name], stored[name + _WORTH] = packed(net.weights[name])
    with path.open("wb") as stream:
        np.savez_compressed(
            stream,
            pieces=np.frombuffer("\n".join(model.vocabulary.pieces).encode(), dtype=np.uint8),
            words=net.words,
            worth=net.worth,
            layers=np.array(net.layers),
            facts=np.frombuffer(json.dumps(dict(facts)).encode(), dtype=np.uint8),
            **{_OF_NET + name: value for name, value in stored.items()},
        )


_OF_NET, _WORTH = "net.", " worth"


@cache
def load(path: Path = FILE) -> Model:
    """Read the model that is shipped with the program, or another; once."""
    with np.load(path, allow_pickle=False) as stored:
        weights = {name.removeprefix(_OF_NET): stored[name] for name in stored if name.startswith(_OF_NET)}
        pieces = tuple(stored["pieces"].tobytes().decode().split("\n"))
        words, worth, layers = stored["words"], stored["worth"], int(stored["layers"])
    for name in large(weights):
        weights[name] = weights[name] * weights.pop(name + _WORTH)
    weights = {name: value.astype(np.float32, copy=False) for name, value in weights.items()}
    net = Net(words=words, worth=worth, weights=weights, layers=layers)
    return Model(vocabulary=Vocabulary(pieces=pieces), net=net)


def facts(path: Path = FILE) -> dict[str, str]:
    """Return what the training noted in the file: its data and figures."""
    with np.load(path, allow_pickle=False) as stored:
        found: dict[str, str] = json.loads(stored["facts"].tobytes())
    return found
