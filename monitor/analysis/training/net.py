"""Trains the net by gradients worked out by hand, so that numpy is enough."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from monitor.analysis.stance_model import LABELS, Net, softmax
from monitor.analysis.targeting import EDGE, FIRST_WORD, PLACES, UNKNOWN, Array, Layout, Sight, Vocabulary, lay

_HIDDEN, _UNITS, _HEADS = 48, 32, 2
_EPOCHS = 30
_BATCH = 64
_RATE = 2.5e-3  # at its height; it rises over the first fifth and falls to nothing
_RISE = 0.2
_SHRINK = 3e-3  # weight decay
_UNSURE = 0.05  # share of each label's weight that is spread over all
_DROP_WORD, _DROP_INPUT, _DROP_FEATURE = 0.05, 0.3, 0.4
_UNSHRUNK = frozenset(("offset", "inner_offset", "outer_offset", "special"))

Weights = dict[str, Array]


@dataclass(frozen=True, kw_only=True)
class _Step:
    """What the way forward leaves for the way back."""

    layout: Layout
    window: Array
    kept_input: Array
    hidden: Array
    root: Array
    by_peak: Array
    peak: Array
    attention: Array
    features: Array
    kept_features: Array
    units: Array


def train(vectors: Array, vocabulary: Vocabulary, sights: Sequence[Sight], labels: Array, seed: int) -> Net:
    """Return one net; the word vectors stay as they are."""
    random = np.random.RandomState(seed)
    weights = _begin(vectors.shape[1], random)
    goals = np.eye(len(LABELS))[labels] * (1 - _UNSURE) + _UNSURE / len(LABELS)
    total = _EPOCHS * -(-len(sights) // _BATCH)
    mean = {name: np.zeros_like(value) for name, value in weights.items()}
    spread = {name: np.zeros_like(value) for name, value in weights.items()}
    for step, batch in enumerate(_batches(len(sights), random), 1):
        layout = lay([sights[i] for i in batch], vocabulary)
        logits, left = _forward(weights, vectors, layout, random)
        slopes = _back(weights, left, ((softmax(logits) - goals[batch]) / len(batch)).astype(np.float32))
        done = step / total
        rate = _RATE * (done / _RISE if done < _RISE else (1 - done) / (1 - _RISE))
        for name, slope in slopes.items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            spread[name] = 0.999 * spread[name] + 0.001 * slope**2
            move = (mean[name] / (1 - 0.9**step)) / (np.sqrt(spread[name] / (1 - 0.999**step)) + 1e-8)
            shrink = 0.0 if name in _UNSHRUNK else _SHRINK
            weights[name] = (weights[name] - rate * (move + shrink * weights[name])).astype(np.float32)
    return _net(weights, vectors)


def _batches(count: int, random: np.random.RandomState) -> Iterator[Array]:
    for _ in range(_EPOCHS):
        order = random.permutation(count)
        yield from (order[first : first + _BATCH] for first in range(0, count, _BATCH))


def _begin(size: int, random: np.random.RandomState) -> Weights:
    def draw(*shape: int, scale: float, middle: float = 0.0) -> Array:
        return np.asarray(middle + random.randn(*shape) * scale, dtype=np.float32)

    features = _HIDDEN * (2 + _HEADS)
    return {
        "special": draw(FIRST_WORD, size, scale=0.3),
        "window": draw(3 * size, _HIDDEN, scale=(2 / (3 * size)) ** 0.5),
        "offset": draw(_HIDDEN, scale=0.0),
        "summed": draw(PLACES, _HIDDEN, scale=0.05, middle=0.3),
        "peaked": draw(PLACES, _HIDDEN, scale=0.05, middle=0.5),
        "looks": draw(_HIDDEN, _HEADS, scale=0.1),
        "looks_at": draw(PLACES, _HEADS, scale=0.0),
        "inner": draw(features, _UNITS, scale=(2 / features) ** 0.5),
        "inner_offset": draw(_UNITS, scale=0.0),
        "direct": draw(features, len(LABELS), scale=0.05),
        "outer": draw(_UNITS, len(LABELS), scale=0.1),
        "outer_offset": draw(len(LABELS), scale=0.0),
    }


def _kept(shape: tuple[int, ...], dropped: float, random: np.random.RandomState) -> Array:
    return np.asarray((random.rand(*shape) >= dropped) / (1 - dropped), dtype=np.float32)


def _forward(
    weights: Mapping[str, Array], vectors: Array, layout: Layout, random: np.random.RandomState
) -> tuple[Array, _Step]:
    lost = (random.rand(len(layout.ids)) < _DROP_WORD) & (layout.ids >= FIRST_WORD)
    places, starts, of = layout.places, layout.starts, layout.of
    layout = replace(layout, ids=np.where(lost, UNKNOWN, layout.ids))
    words = vectors[layout.ids]
    special = layout.ids < FIRST_WORD
    words[special] = weights["special"][layout.ids[special]]
    words[layout.ids == EDGE] = 0
    kept_input = _kept(words.shape, _DROP_INPUT, random)
    words *= kept_input
    none = np.zeros_like(words[:1])
    window = np.concatenate([np.vstack([none, words[:-1]]), words, np.vstack([words[1:], none])], axis=1)
    hidden = np.maximum(window @ weights["window"] + weights["offset"], 0)
    hidden[layout.ids == EDGE] = 0
    root = (1 / np.sqrt(layout.sizes)).astype(np.float32)[:, None]
    by_peak = hidden * weights["peaked"][places]
    peak = np.maximum.reduceat(by_peak, starts, axis=0)
    looks = hidden @ weights["looks"] + weights["looks_at"][places]
    looks[layout.ids == EDGE] = -1e4
    attention = np.exp(looks - np.maximum.reduceat(looks, starts, axis=0)[of])
    attention /= np.add.reduceat(attention, starts, axis=0)[of]
    pooled = [np.add.reduceat(hidden * weights["summed"][places], starts, axis=0) * root, peak]
    pooled += [np.add.reduceat(hidden * attention[:, head : head + 1], starts, axis=0) for head in range(_HEADS)]
    features = np.concatenate(pooled, axis=1)
    kept_features = _kept(features.shape, _DROP_FEATURE, random)
    features = features * kept_features
    units = np.maximum(features @ weights["inner"] + weights["inner_offset"], 0)
    logits = features @ weights["direct"] + units @ weights["outer"] + weights["outer_offset"]
    left = _Step(
        layout=layout,
        window=window,
        kept_input=kept_input,
        hidden=hidden,
        root=root,
        by_peak=by_peak,
        peak=peak,
        attention=attention,
        features=features,
        kept_features=kept_features,
        units=units,
    )
    return logits, left


def _back(weights: Mapping[str, Array], left: _Step, error: Array) -> Weights:
    """Return the slope of each weight."""
    layout = left.layout
    behind = (error @ weights["outer"].T) * (left.units > 0)
    slopes = {
        "outer_offset": error.sum(axis=0),
        "direct": left.features.T @ error,
        "outer": left.units.T @ error,
        "inner": left.features.T @ behind,
        "inner_offset": behind.sum(axis=0),
    }
    features = (error @ weights["direct"].T + behind @ weights["inner"].T) * left.kept_features
    hidden = _back_pooled(weights, left, features, slopes)
    hidden *= left.hidden > 0
    slopes["offset"], slopes["window"] = hidden.sum(axis=0), left.window.T @ hidden
    size = left.kept_input.shape[1]
    window = hidden @ weights["window"].T
    words = window[:, size : 2 * size].copy()
    words[:-1] += window[1:, :size]
    words[1:] += window[:-1, 2 * size :]
    words *= left.kept_input
    slopes["special"] = np.zeros_like(weights["special"])
    for number in range(1, FIRST_WORD):
        slopes["special"][number] = words[layout.ids == number].sum(axis=0)
    return slopes


def _back_pooled(weights: Mapping[str, Array], left: _Step, features: Array, slopes: Weights) -> Array:
    """Return the slope of the hidden words; add those of the pooling weights."""
    layout, of, hidden = left.layout, left.layout.of, left.hidden
    places = layout.places
    by_place = np.zeros((PLACES, len(places)), dtype=np.float32)
    by_place[places, np.arange(len(places))] = 1
    total = (features[:, :_HIDDEN] * left.root)[of]
    slopes["summed"] = by_place @ (total * hidden)
    found = total * weights["summed"][places]
    peak = features[:, _HIDDEN : 2 * _HIDDEN][of] * ((left.by_peak == left.peak[of]) & (left.by_peak != 0))
    slopes["peaked"] = by_place @ (peak * hidden)
    found += peak * weights["peaked"][places]
    slopes["looks"], slopes["looks_at"] = np.zeros_like(weights["looks"]), np.zeros_like(weights["looks_at"])
    for head in range(_HEADS):
        above = features[:, (2 + head) * _HIDDEN : (3 + head) * _HIDDEN][of]
        share = left.attention[:, head]
        pull = (above * hidden).sum(axis=1)
        mean = np.add.reduceat(pull * share, layout.starts)[of]
        look = (share * (pull - mean)).astype(np.float32)
        slopes["looks"][:, head], slopes["looks_at"][:, head] = hidden.T @ look, by_place @ look
        found += above * share[:, None] + look[:, None] * weights["looks"][:, head]
    return np.asarray(found)


def _net(weights: Mapping[str, Array], vectors: Array) -> Net:
    """Give what is no word a column of its own, so that nets can share their vectors."""
    size, marks = vectors.shape[1], FIRST_WORD - 1
    words = np.concatenate([vectors, np.zeros((len(vectors), marks), dtype=np.float32)], axis=1)
    words[1:FIRST_WORD, size:] = np.eye(marks)
    window = weights["window"].reshape(3, size, _HIDDEN)
    window = np.concatenate([window, weights["special"][1:] @ window], axis=1)
    rest: dict[str, Any] = {name: value for name, value in weights.items() if name not in {"special", "window"}}
    return Net(vectors=words, window=window, **rest)


def together(nets: Sequence[Net]) -> Net:
    """Return one net that says the mean of several which share their vectors."""
    count, parts = len(nets), 2 + _HEADS
    inner = np.zeros((parts, count, _HIDDEN, count, _UNITS), dtype=np.float32)
    looks = np.zeros((count, _HIDDEN, count, _HEADS), dtype=np.float32)
    for place, net in enumerate(nets):
        inner[:, place, :, place] = net.inner.reshape(parts, _HIDDEN, _UNITS)
        looks[place, :, place] = net.looks
    direct = np.stack([net.direct.reshape(parts, _HIDDEN, -1) for net in nets], axis=1) / count
    return Net(
        vectors=nets[0].vectors,
        window=np.concatenate([net.window for net in nets], axis=2),
        offset=np.concatenate([net.offset for net in nets]),
        summed=np.concatenate([net.summed for net in nets], axis=1),
        peaked=np.concatenate([net.peaked for net in nets], axis=1),
        looks=looks.reshape(count * _HIDDEN, count * _HEADS),
        looks_at=np.concatenate([net.looks_at for net in nets], axis=1),
        inner=inner.reshape(parts * count * _HIDDEN, count * _UNITS),
        inner_offset=np.concatenate([net.inner_offset for net in nets]),
        direct=direct.reshape(parts * count * _HIDDEN, -1),
        outer=np.concatenate([net.outer for net in nets]) / count,
        outer_offset=np.mean([net.outer_offset for net in nets], axis=0),
    )
