"""Which words mean alike: a short vector for each, English ones above all, read from a file beside the code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("word_vectors.npz")
Rows = NDArray[np.float32]  # (words, size), each of length 1, or 0 where a word is not known

# Of two words taken at random nearly all are less alike than the first; a word and its plural more than the second.
_STRANGERS, _KIN = 0.15, 0.75


@dataclass(frozen=True, kw_only=True)
class Vectors:
    numbers: Mapping[str, int]
    table: NDArray[np.int8]  # (words, size)

    def of(self, words: Sequence[str]) -> Rows:
        """Return (words, size)."""
        numbers = [self.numbers.get(word, -1) for word in words]
        rows = self.table[numbers].astype(np.float32)
        rows[np.array(numbers, dtype=int) < 0] = 0.0
        length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        return np.asarray(rows / np.maximum(length, 1.0), dtype=np.float32)


def alike(one: Rows, other: Rows) -> Rows:
    """Return (len(one), len(other)): 0 for words that have nothing to do with each other, 1 for kin."""
    return np.asarray(np.clip((one @ other.T - _STRANGERS) / (_KIN - _STRANGERS), 0.0, 1.0), dtype=np.float32)


def save(path: Path, words: Sequence[str], rows: NDArray[Any]) -> None:
    """Write vectors (words, size) of length 1 as whole numbers from -127 to 127."""
    table = np.clip(np.round(rows / np.abs(rows).max() * 127), -127, 127).astype(np.int8)
    np.savez_compressed(path, words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8), table=table)


@cache
def load(path: Path = FILE) -> Vectors:
    """Return the vectors of a file."""
    with np.load(path, allow_pickle=False) as file:
        words = file["words"].tobytes().decode().split("\n")
        return Vectors(numbers={word: number for number, word in enumerate(words)}, table=file["table"])
