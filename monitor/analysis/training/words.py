"""Makes the word vectors: each word put through a public sentence encoder by itself, then shortened.

`make train-relevance DATA=folder` runs it; FOLDER holds texts whose words are wanted beside the encoder's own. The
words of a sentence get one vector each whatever stands around them, as in model2vec (Minish Lab, 2024).
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from monitor.analysis.folding import fold
from monitor.analysis.relevance import vectors
from monitor.analysis.targeting import Array, cut
from monitor.analysis.training.encoder import tables

SIZE = 64  # numbers of a word, of the encoder's 384
_OFTEN = 2  # times that a word must have been met in the texts
_WORD = re.compile(r"[a-z]{3,20}")
_WHOLE = re.compile(r"[a-z]{2,}")
_HEADS = 12
_TINY = 1e-12
_BATCH = 256
_COMMON = 20_000  # words that tell what is common to all


class Encoder:
    """all-MiniLM-L6-v2 as a folder with `vocab.txt` and `model.safetensors`; reads one word at a time."""

    def __init__(self, folder: Path) -> None:
        self.pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self._tables = tables(folder / "model.safetensors")

    def vectors(self, words: Sequence[str]) -> Array:
        """Return (words, 384), each of length 1: the mean over the word's pieces and both edges."""
        by_length: dict[int, list[int]] = {}
        sights = [self._sight(word) for word in words]
        for place, sight in enumerate(sights):
            by_length.setdefault(len(sight), []).append(place)
        found = np.zeros((len(words), 384), dtype=np.float32)
        for places in by_length.values():
            for low in range(0, len(places), _BATCH):
                some = places[low : low + _BATCH]
                found[some] = self._read(np.array([sights[place] for place in some])).mean(axis=1)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))

    def _sight(self, word: str) -> list[int]:
        start, end = self._numbers["[CLS]"], self._numbers["[SEP]"]
        whole = self._numbers.get(word)
        return [start, *((whole,) if whole is not None else cut(word, self._numbers)), end]

    def _read(self, pieces: Array) -> Array:
        """Return (words, pieces, 384) for the numbers of pieces (words, pieces)."""
        table = self._tables
        rows = table["embeddings.word_embeddings.weight"][pieces]
        rows = rows + table["embeddings.position_embeddings.weight"][: pieces.shape[1]]
        rows = self._normed(rows + table["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(6):
            at = f"encoder.layer.{layer}"
            rows = self._normed(rows + self._attended(rows, at), f"{at}.attention.output.LayerNorm")
            wide = _gelu(self._linear(rows, f"{at}.intermediate.dense"))
            rows = self._normed(rows + self._linear(wide, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return np.asarray(rows)

    def _attended(self, rows: Array, at: str) -> Array:
        words, pieces, size = rows.shape
        asked, given, told = (
            self._linear(rows, f"{at}.attention.self.{part}").reshape(words, pieces, _HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = np.exp(asked @ given.transpose(0, 1, 3, 2) / np.sqrt(size / _HEADS))
        scores /= scores.sum(axis=-1, keepdims=True)
        joined = (scores @ told).transpose(0, 2, 1, 3).reshape(words, pieces, size)
        return self._linear(joined, f"{at}.attention.output.dense")

    def _linear(self, rows: Array, name: str) -> Array:
        return np.asarray(rows @ self._tables[f"{name}.weight"].T + self._tables[f"{name}.bias"])

    def _normed(self, rows: Array, name: str) -> Array:
        spread = np.sqrt(rows.var(axis=-1, keepdims=True) + _TINY)
        even = (rows - rows.mean(axis=-1, keepdims=True)) / spread
        return np.asarray(even * self._tables[f"{name}.weight"] + self._tables[f"{name}.bias"])


def _gelu(rows: Array) -> Array:
    """The usual approximation by tanh (Hendrycks and Gimpel, 2016)."""
    return np.asarray(0.5 * rows * (1 + np.tanh(0.7978845608 * (rows + 0.044715 * rows**3))))


def shortened(rows: Array, size: int) -> Array:
    """Return (words, size), each of length 1: along the directions in which words differ most."""
    centred = rows - rows[:_COMMON].mean(axis=0)
    _, directions = np.linalg.eigh(centred[:_COMMON].T @ centred[:_COMMON])
    short = centred @ directions[:, ::-1][:, :size]
    return np.asarray(short / np.linalg.norm(short, axis=1, keepdims=True))


def wanted(pieces: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return the encoder's whole words, then those met more than once in the texts."""
    met = Counter(word for text in texts for word in _WORD.findall(fold(text)))
    often = (word for word, times in met.most_common() if times >= _OFTEN)
    return list(dict.fromkeys([*(piece for piece in pieces if _WHOLE.fullmatch(piece)), *often]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="*", help="folders of texts whose words are wanted too")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with vocab.txt and model.safetensors")
    parser.add_argument("--out", type=Path, default=vectors.FILE)
    asked = parser.parse_args()
    encoder = Encoder(asked.encoder)
    files = sorted(path for folder in asked.texts for path in folder.rglob("*") if path.suffix in _TEXTS)
    words = wanted(encoder.pieces, (path.read_text(encoding="utf-8") for path in files))
    vectors.save(asked.out, words, shortened(encoder.vectors(words), SIZE))


_TEXTS = frozenset({".txt", ".json", ".jsonl"})


if __name__ == "__main__":
    main()
