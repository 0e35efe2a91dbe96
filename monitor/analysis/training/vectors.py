"""Vectors of words: the input layer of a public sentence encoder, cut to few numbers, and what the word lists say."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.analysis import valence
from monitor.analysis.targeting import FIRST_WORD, Array, Vocabulary, numbered, stem, tokens

_SIZE = 64  # numbers kept per word
_TABLE = "embeddings.word_embeddings.weight"
_PLAIN = re.compile(r"[a-z]{2,}|[^\w\s]")
_LONGEST = 40  # letters
_NEGATIONS = frozenset("not no never none nobody nothing neither nor cannot without hardly lack denied deny".split())


class Encoder:
    """The input layer of all-MiniLM-L6-v2: a vector for each piece of a word."""

    def __init__(self, folder: Path) -> None:
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._places = {piece: place for place, piece in enumerate(pieces)}
        self._table = _read(folder / "model.safetensors")

    def words(self) -> list[str]:
        """Return the whole words among the pieces."""
        return [piece for piece in self._places if _PLAIN.fullmatch(piece)]

    def vector(self, word: str) -> Array:
        """Return the mean of the word's pieces; zeros where it cannot be pieced together."""
        places = self._pieces(word)
        return np.asarray(self._table[places].mean(axis=0) if places else np.zeros(self._table.shape[1]))

    def _pieces(self, word: str) -> list[int]:
        """Cut each run of letters greedily, longest piece first, as the encoder's own tokenizer does."""
        found = []
        for part in re.findall(r"[^\W_]+|[^\w\s]", word)[:_LONGEST]:
            at = 0
            while at < len(part):
                start = "##" if at else ""
                end = next((e for e in range(len(part), at, -1) if start + part[at:e] in self._places), 0)
                if not end:
                    break
                found.append(self._places[start + part[at:end]])
                at = end
        return found


def _read(path: Path) -> Array:
    """Return the table of input vectors out of a safetensors file: a JSON header, then the raw numbers."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    entry = next(entry for name, entry in header.items() if name.endswith(_TABLE))
    first, last = (8 + size + offset for offset in entry["data_offsets"])
    return np.frombuffer(raw[first:last], dtype=np.float32).reshape(entry["shape"])


def vocabulary(encoder: Encoder, texts: Iterable[str]) -> Vocabulary:
    """Return every word of the texts and every whole word that the encoder knows."""
    words = tuple(sorted({word for text in texts for word in tokens(text)}.union(encoder.words())))
    numbers = numbered(words)
    return Vocabulary(
        words=words,
        signs=np.array([0] * FIRST_WORD + [sign(word) for word in words]),
        stems=np.array([*range(FIRST_WORD), *(stem(word, numbers) or number for word, number in numbers.items())]),
    )


def vectors(encoder: Encoder, words: Sequence[str]) -> Array:
    """Return (numbers, size): main directions of the encoder's vectors, four columns of opinion, one of negation."""
    full = np.stack([encoder.vector(word) for word in words]).astype(np.float64)
    full -= full.mean(axis=0)
    _, directions = np.linalg.eigh(full.T @ full)
    main = full @ directions[:, ::-1][:, :_SIZE]
    judged = np.array([_judged(word) for word in words])
    found = np.zeros((len(words) + FIRST_WORD, _SIZE + judged.shape[1]), dtype=np.float32)
    found[FIRST_WORD:] = np.concatenate([main / main.std(), judged], axis=1)
    return found


def _judged(word: str) -> list[float]:
    general, own = _general(word), _own(word)
    return [max(general, 0) / 2, max(-general, 0) / 2, max(own, 0) / 2, max(-own, 0) / 2, float(negates(word))]


def negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def sign(word: str) -> int:
    """Return 1 for praise, 2 for blame, 3 for a negation, else 0."""
    value = _own(word) or _general(word)
    return 1 if value > 0 else 2 if value < 0 else 3 if negates(word) else 0


_GENERAL = SentimentIntensityAnalyzer().lexicon


def _general(word: str) -> float:
    return float(_GENERAL.get(word, 0.0))


def _own(word: str) -> float:
    return _OWN.get(word, 0.0)


_OWN = valence.own()
