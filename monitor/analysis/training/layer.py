"""One layer of the encoder, forward with what it leaves for the way back, and back: gradients worked out by hand."""

from dataclasses import dataclass

import numpy as np

from monitor.analysis.stance_model import HEAD, TINY, Weights, gate, softmax
from monitor.analysis.targeting import Array

Slopes = dict[str, Array]


class Dropout:
    """Leaves out numbers at random while learning, so that no number is relied upon."""

    def __init__(self, share: float, random: np.random.Generator) -> None:
        self.share = np.float32(share)
        self._random = random

    def kept(self, shape: tuple[int, ...]) -> Array:
        """Return 0 where a number is left out, and a little more than 1 elsewhere."""
        drawn = self._random.random(shape, dtype=np.float32)
        return np.asarray((drawn >= self.share).astype(np.float32) / (1 - self.share))


@dataclass(frozen=True, kw_only=True)
class Normed:
    """What norming leaves."""

    plain: Array
    spread: Array


def norm(weights: Weights, name: str, rows: Array) -> tuple[Array, Normed]:
    """Return rows of mean 0 and spread 1, scaled and shifted."""
    rows = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(rows).mean(axis=-1, keepdims=True) + TINY)
    rows /= spread
    return rows * weights[f"{name}_scale"] + weights[f"{name}_shift"], Normed(plain=rows, spread=spread)


def unnorm(weights: Weights, name: str, left: Normed, slope: Array, slopes: Slopes) -> Array:
    """Return the slope of what was normed."""
    slopes[f"{name}_scale"] = _flat(slope * left.plain).sum(axis=0)
    slopes[f"{name}_shift"] = _flat(slope).sum(axis=0)
    slope = slope * weights[f"{name}_scale"]
    along = (slope * left.plain).mean(axis=-1, keepdims=True)
    slope -= slope.mean(axis=-1, keepdims=True)
    slope -= left.plain * along
    slope /= left.spread
    return slope


def linear(weights: Weights, name: str, rows: Array) -> Array:
    found = _flat(rows) @ weights[name]
    found += weights[f"{name}_offset"]
    return found.reshape(*rows.shape[:-1], -1)


def unlinear(weights: Weights, name: str, rows: Array, slope: Array, slopes: Slopes) -> Array:
    """Return the slope of the rows that went in."""
    flat = _flat(slope)
    slopes[name] = _flat(rows).T @ flat
    slopes[f"{name}_offset"] = flat.sum(axis=0)
    return np.asarray((flat @ weights[name].T).reshape(rows.shape))


def _flat(rows: Array) -> Array:
    return rows.reshape(-1, rows.shape[-1])


def _heads(rows: Array) -> Array:
    """Return (batch, heads, rows, numbers of a head)."""
    return np.ascontiguousarray(rows.reshape(*rows.shape[:2], -1, HEAD).transpose(0, 2, 1, 3))


def _unheads(rows: Array) -> Array:
    return rows.transpose(0, 2, 1, 3).reshape(rows.shape[0], rows.shape[2], -1)


@dataclass(frozen=True, kw_only=True)
class Left:
    """What the way forward leaves for the way back."""

    rows: Array
    asking: Array
    query: Array
    keys: Array
    values: Array
    odds: Array
    seen: Array
    first: Normed
    middle: Array
    wide: Array
    gate: Array
    second: Normed
    kept: tuple[Array, Array]


_SHARP = np.float32(HEAD**-0.5)


def forward(weights: Weights, layer: int, rows: Array, asking: Array, dropout: Dropout) -> tuple[Array, Left]:
    """Return what asking rows (batch, asked, size) make of all rows (batch, pieces, size)."""
    query = _heads(linear(weights, f"{layer}.query", asking))
    keys, values = (_heads(half) for half in np.split(linear(weights, f"{layer}.given", rows), 2, axis=-1))
    odds = softmax(query @ keys.transpose(0, 1, 3, 2) * _SHARP)
    seen = _unheads(odds @ values)
    kept = (dropout.kept(asking.shape), dropout.kept(asking.shape))
    middle, first = norm(weights, f"{layer}.first", asking + linear(weights, f"{layer}.joined", seen) * kept[0])
    wide = linear(weights, f"{layer}.wide", middle)
    passed = gate(wide)
    narrow = linear(weights, f"{layer}.narrow", wide * passed) * kept[1]
    found, second = norm(weights, f"{layer}.second", middle + narrow)
    left = Left(
        rows=rows,
        asking=asking,
        query=query,
        keys=keys,
        values=values,
        odds=odds,
        seen=seen,
        first=first,
        middle=middle,
        wide=wide,
        gate=passed,
        second=second,
        kept=kept,
    )
    return found, left


def back(weights: Weights, layer: int, left: Left, slope: Array, slopes: Slopes) -> tuple[Array, Array]:
    """Return the slopes of all rows and of those asking; add those of the weights."""
    slope = unnorm(weights, f"{layer}.second", left.second, slope, slopes)
    inner = unlinear(weights, f"{layer}.narrow", left.wide * left.gate, slope * left.kept[1], slopes)
    inner *= left.gate * (1 + np.float32(1.702) * left.wide * (1 - left.gate))
    slope += unlinear(weights, f"{layer}.wide", left.middle, inner, slopes)
    slope = unnorm(weights, f"{layer}.first", left.first, slope, slopes)
    seen = _heads(unlinear(weights, f"{layer}.joined", left.seen, slope * left.kept[0], slopes))
    odds = seen @ left.values.transpose(0, 1, 3, 2)
    odds -= (odds * left.odds).sum(axis=-1, keepdims=True)
    odds *= left.odds * _SHARP
    keys, values = odds.transpose(0, 1, 3, 2) @ left.query, left.odds.transpose(0, 1, 3, 2) @ seen
    given = np.concatenate([_unheads(keys), _unheads(values)], axis=-1)
    rows = unlinear(weights, f"{layer}.given", left.rows, given, slopes)
    return rows, slope + unlinear(weights, f"{layer}.query", left.asking, _unheads(odds @ left.keys), slopes)
