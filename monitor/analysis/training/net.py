"""The whole net while it learns: from pieces to logits, and the slopes of all weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from monitor.analysis.stance_model import LABELS, Net, large, packed
from monitor.analysis.targeting import REACH, START, TARGET, Array, Sight
from monitor.analysis.training.layer import Dropout, Left, Normed, Slopes, back, forward, norm, unnorm


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Sights of one length."""

    pieces: Array  # (batch, length)
    at: Array  # (batch,): place of the name
    distances: Array  # (batch, length)


def batch(sights: Sequence[Sight]) -> Batch:
    """Put sights of one length on top of each other."""
    return Batch(
        pieces=np.array([sight.pieces for sight in sights]),
        at=np.array([sight.at for sight in sights]),
        distances=np.stack([sight.distances for sight in sights]),
    )


@dataclass(frozen=True, kw_only=True)
class Tape:
    """What the way forward leaves for the way back."""

    given: Batch
    input: Normed
    kept: Array
    layers: tuple[Left, ...]
    features: Array
    kept_features: Array


def begun(net: Net, random: np.random.Generator) -> Net:
    """Return the net with an answer of its own, which knows nothing yet."""
    size = net.words.shape[1]
    fresh = {
        "distances": np.zeros((2 * REACH + 3, size)),
        "outer": random.normal(0, 0.02, (2 * size, len(LABELS))),
        "outer_offset": np.zeros(len(LABELS)),
    }
    return replace(net, weights=dict(net.weights) | {name: value.astype(np.float32) for name, value in fresh.items()})


FRESH = frozenset(("distances", "mark", "outer", "outer_offset"))  # learn faster: they begin from nothing


def rounded(net: Net) -> Net:
    """Return the net as it will be after it was written to a file and read again, half precision apart."""
    tables = {name: np.multiply(*packed(net.weights[name])) for name in large(net.weights)}
    return replace(net, weights=dict(net.weights) | tables)


def ahead(net: Net, given: Batch, dropout: Dropout) -> tuple[Array, Tape]:
    """Return (batch, labels) of logits."""
    weights, length = net.weights, given.pieces.shape[1]
    rows = net.words[given.pieces] * net.worth[given.pieces]
    rows[given.pieces == TARGET] = weights["mark"]
    rows += weights["positions"][:length] + weights["distances"][given.distances]
    rows, first = norm(weights, "input", rows)
    kept = dropout.kept(rows.shape)
    rows *= kept
    lefts = []
    for layer in range(net.layers):
        last = layer == net.layers - 1
        rows, left = forward(weights, layer, rows, rows[_asking(given)] if last else rows, dropout)
        lefts.append(left)
    features = rows.reshape(len(rows), -1)
    kept_features = dropout.kept(features.shape)
    features *= kept_features
    tape = Tape(
        given=given, input=first, kept=kept, layers=tuple(lefts), features=features, kept_features=kept_features
    )
    return features @ weights["outer"] + weights["outer_offset"], tape


def _asking(given: Batch) -> tuple[Array, Array]:
    """Return row and column of the name and of the start in each sight."""
    count = len(given.at)
    return np.arange(count)[:, None], np.stack([given.at, np.full(count, START)], axis=1)


def behind(net: Net, tape: Tape, error: Array) -> Slopes:
    """Return the slope of each weight, from those of the logits."""
    weights, given, slopes = net.weights, tape.given, Slopes()
    slopes["outer"], slopes["outer_offset"] = tape.features.T @ error, error.sum(axis=0)
    slope = ((error @ weights["outer"].T) * tape.kept_features).reshape(len(error), 2, -1)
    rows, asking = back(weights, net.layers - 1, tape.layers[-1], slope, slopes)
    rows[_asking(given)] += asking
    for layer in reversed(range(net.layers - 1)):
        rows, asking = back(weights, layer, tape.layers[layer], rows, slopes)
        rows += asking
    rows *= tape.kept
    rows = unnorm(weights, "input", tape.input, rows, slopes)
    slopes["mark"] = rows[given.pieces == TARGET].sum(axis=0)
    slopes["positions"] = np.zeros_like(weights["positions"])
    slopes["positions"][: rows.shape[1]] = rows.sum(axis=0)
    slopes["distances"] = np.zeros_like(weights["distances"])
    np.add.at(slopes["distances"], given.distances, rows)
    return slopes
