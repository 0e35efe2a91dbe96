"""The small trained model of stance: what a sentence says of one name in it, read from a file beside the code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from monitor.analysis.targeting import Array, Layout, Sight, Vocabulary, combinations, lay
from monitor.domain.readings import StanceLabel

FILE = Path(__file__).with_name("stance_model.npz")
LABELS = (StanceLabel.NEGATIVE, StanceLabel.NEUTRAL, StanceLabel.POSITIVE)


@dataclass(frozen=True, kw_only=True)
class Net:
    """Word vectors, a window of three words, then sums, peaks and attention by place, then two layers.

    Several nets are one net here: their hidden words stand side by side.
    """

    vectors: Array  # (words, size)
    window: Array  # (3, size, hidden): for the word before, the word itself, the word behind
    offset: Array  # (hidden,)
    summed: Array  # (places, hidden): weight in the sum
    peaked: Array  # (places, hidden): weight in the peak
    looks: Array  # (hidden, heads)
    looks_at: Array  # (places, heads)
    inner: Array  # (features, units)
    inner_offset: Array
    direct: Array  # (features, labels)
    outer: Array  # (units, labels)
    outer_offset: Array

    def __post_init__(self) -> None:
        """Make room for the words that will be met; memory is taken as they are."""
        shape = (len(self.vectors), self.window.shape[0] * self.window.shape[2])
        object.__setattr__(self, "_rows", np.zeros(shape, dtype=np.float32))
        object.__setattr__(self, "_known", np.zeros(len(self.vectors), dtype=bool))

    def logits(self, layout: Layout) -> Array:
        """Return (sights, labels)."""
        hidden = self._hidden(layout.ids)
        places, starts = layout.places, layout.starts
        root = 1 / np.sqrt(layout.sizes).astype(np.float32)[:, None]
        pooled = [
            np.add.reduceat(hidden * self.summed[places], starts, axis=0) * root,
            np.maximum.reduceat(hidden * self.peaked[places], starts, axis=0),
        ]
        attention = self._attention(hidden, layout)
        width = hidden.shape[1] * _HEADS // attention.shape[1]
        for head in range(_HEADS):
            weight = np.repeat(attention[:, head::_HEADS], width, axis=1)
            pooled.append(np.add.reduceat(hidden * weight, starts, axis=0))
        features = np.concatenate(pooled, axis=1)
        units = np.maximum(features @ self.inner + self.inner_offset, 0)
        return np.asarray(features @ self.direct + units @ self.outer + self.outer_offset)

    def _hidden(self, ids: Array) -> Array:
        size = self.window.shape[2]
        rows = self._table(ids)
        found = rows[:, size : 2 * size] + self.offset
        found[1:] += rows[:-1, :size]
        found[:-1] += rows[1:, 2 * size :]
        found[ids == 0] = 0
        return np.asarray(np.maximum(found, 0))

    def _table(self, ids: Array) -> Array:
        """What each word adds to the window at its three places; worked out when a word is first met."""
        rows: Array = self._rows  # type: ignore[attr-defined]
        known: Array = self._known  # type: ignore[attr-defined]
        if not known[ids].all():
            fresh = np.unique(ids[~known[ids]])
            rows[fresh] = np.concatenate([self.vectors[fresh] @ part for part in self.window], axis=1)
            known[fresh] = True
        return np.asarray(rows[ids])

    def _attention(self, hidden: Array, layout: Layout) -> Array:
        looks = hidden @ self.looks + self.looks_at[layout.places]
        looks[layout.ids == 0] = _NEVER
        looks = np.exp(looks - np.maximum.reduceat(looks, layout.starts, axis=0)[layout.of])
        return np.asarray(looks / np.add.reduceat(looks, layout.starts, axis=0)[layout.of])


_HEADS = 2  # per net
_NEVER = -1e4


@dataclass(frozen=True, kw_only=True)
class Wide:
    """Linear weights of hashed combinations of words."""

    weights: Array  # (2 ** BITS, labels)
    offset: Array

    def odds(self, layout: Layout, vocabulary: Vocabulary) -> Array:
        """Return (sights, labels), each row's sum 1."""
        ids, of = combinations(layout, vocabulary)
        count = len(layout.starts)
        root = 1 / np.sqrt(np.bincount(of, minlength=count))
        sums = np.stack([np.bincount(of, column, minlength=count) for column in self.weights[ids].T], axis=1)
        odds = 1 / (1 + np.exp(-(sums * root[:, None] + self.offset)))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))


@dataclass(frozen=True, kw_only=True)
class Model:
    """Both halves, averaged."""

    vocabulary: Vocabulary
    net: Net
    wide: Wide
    share: float  # of the wide half in the average

    def odds(self, sights: Sequence[Sight]) -> Array:
        """Return (sights, 3): how likely each is negative, neutral, positive."""
        if not sights:
            return np.zeros((0, len(LABELS)))
        layout = lay(sights, self.vocabulary)
        deep = softmax(self.net.logits(layout))
        return np.asarray(deep + self.share * (self.wide.odds(layout, self.vocabulary) - deep))

    def label(self, text: str, start: int, end: int) -> StanceLabel:
        """Return the likeliest stance of a sentence toward the name at start..end."""
        return LABELS[int(np.argmax(self.odds([self.vocabulary.sight(text, start, end)])[0]))]


def softmax(logits: Array) -> Array:
    """Return odds of sum 1 per row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def packed(weights: Array) -> tuple[Array, Array]:
    """Return whole numbers of eight bits, and what one of them is worth, per column."""
    worth = np.maximum(np.quantile(np.abs(weights), _EXTREME, axis=0), 1 / 127) / 127
    return np.rint(np.clip(weights / worth, -127, 127)).astype(np.int8), worth.astype(np.float32)


_EXTREME = 0.9995  # larger numbers are cut, so that the others keep their differences


def save(path: Path, model: Model, facts: Mapping[str, str]) -> None:
    """Write a model in under five megabytes: large tables in eight bits, the rest in half precision."""
    vectors, vectors_worth = packed(model.net.vectors)
    small = {name: getattr(model.net, name).astype(np.float16) for name in _SMALL}
    with path.open("wb") as stream:
        np.savez_compressed(
            stream,
            words=np.frombuffer("\n".join(model.vocabulary.words).encode(), dtype=np.uint8),
            signs=model.vocabulary.signs.astype(np.int8),
            stems=model.vocabulary.stems.astype(np.int32),
            vectors=vectors,
            vectors_worth=vectors_worth,
            weights=model.wide.weights.astype(np.float16),
            wide_offset=model.wide.offset,
            share=np.array(model.share),
            facts=np.frombuffer(json.dumps(dict(facts)).encode(), dtype=np.uint8),
            **small,
        )


_SMALL = (
    "window",
    "offset",
    "summed",
    "peaked",
    "looks",
    "looks_at",
    "inner",
    "inner_offset",
    "direct",
    "outer",
    "outer_offset",
)


@cache
def load(path: Path = FILE) -> Model:
    """Read the model that is shipped with the program, or another; once."""
    with np.load(path, allow_pickle=False) as stored:
        words = tuple(stored["words"].tobytes().decode().split("\n"))
        return Model(
            vocabulary=Vocabulary(words=words, signs=stored["signs"].astype(np.int64), stems=stored["stems"]),
            net=Net(
                vectors=stored["vectors"] * stored["vectors_worth"],
                **{name: stored[name].astype(np.float32) for name in _SMALL},
            ),
            wide=Wide(weights=stored["weights"].astype(np.float32), offset=stored["wide_offset"]),
            share=float(stored["share"]),
        )


def facts(path: Path = FILE) -> dict[str, str]:
    """Return what the training noted in the file: its data and figures."""
    with np.load(path, allow_pickle=False) as stored:
        found: dict[str, str] = json.loads(stored["facts"].tobytes())
    return found
