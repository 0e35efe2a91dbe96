"""What the net begins as: the first layers of a public sentence encoder, and the pieces of words worth keeping."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from monitor.analysis.stance_model import Net, packed
from monitor.analysis.targeting import INSIDE, LENGTH, SPECIAL, TARGET, Array, Vocabulary

_OF_LAYER = {
    "query": ("attention.self.query",),
    "given": ("attention.self.key", "attention.self.value"),
    "joined": ("attention.output.dense",),
    "wide": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
_NORMS = {"first": "attention.output.LayerNorm", "second": "output.LayerNorm"}


class Encoder:
    """all-MiniLM-L6-v2 as a folder with `vocab.txt` and `model.safetensors`."""

    def __init__(self, folder: Path) -> None:
        pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.vocabulary = Vocabulary(pieces=tuple(pieces))
        self._tables = tables(folder / "model.safetensors")

    def net(self, kept: Vocabulary, layers: Sequence[int]) -> Net:
        """Return the chosen layers over the kept pieces."""
        numbers = [self.vocabulary.numbers[piece] for piece in kept.pieces]
        every = self._tables["embeddings.word_embeddings.weight"][numbers]
        rows, worth = packed(every, axis=1)
        place = self._tables["embeddings.position_embeddings.weight"][:LENGTH]
        weights = {
            "mark": every[TARGET],
            "positions": place + self._tables["embeddings.token_type_embeddings.weight"][0],
        }
        weights |= self._norm("input", "embeddings.LayerNorm")
        for number, layer in enumerate(layers):
            weights |= self._layer(number, f"encoder.layer.{layer}")
        return Net(words=rows, worth=worth, weights=weights, layers=len(layers))

    def _layer(self, number: int, of: str) -> dict[str, Array]:
        found: dict[str, Array] = {}
        for name, parts in _OF_LAYER.items():
            tables = [self._tables[f"{of}.{part}.weight"].T for part in parts]
            found[f"{number}.{name}"] = np.ascontiguousarray(np.concatenate(tables, axis=1))
            found[f"{number}.{name}_offset"] = np.concatenate([self._tables[f"{of}.{part}.bias"] for part in parts])
        for name, part in _NORMS.items():
            found |= self._norm(f"{number}.{name}", f"{of}.{part}")
        return found

    def _norm(self, name: str, of: str) -> dict[str, Array]:
        return {f"{name}_scale": self._tables[f"{of}.weight"], f"{name}_shift": self._tables[f"{of}.bias"]}


_PLAIN = re.compile(r"(?:##)?[a-z]+|(?:##)?[0-9]|[^\w\s]")


def kept(full: Vocabulary, texts: Iterable[str], count: int) -> Vocabulary:
    """Return the pieces worth keeping: single letters and signs, those of the texts, then the most frequent ones.

    The encoder lists its pieces by how often they were met when it was made.
    """
    seen = Counter(full.pieces[number] for text in texts for number in full.read(text))
    plain = [piece for piece in full.pieces if _PLAIN.fullmatch(piece)]
    single = [piece for piece in plain if len(piece.removeprefix(INSIDE)) == 1]
    often = [piece for piece, times in seen.most_common() if times >= _OFTEN]
    rest = [piece for piece in plain if not piece.startswith(INSIDE)]
    ordered = dict.fromkeys([*SPECIAL, *single, *often, *rest])
    return Vocabulary(pieces=tuple(ordered)[:count])


_OFTEN = 2  # times that a piece must have been seen


def tables(path: Path) -> dict[str, Array]:
    """Return the single-precision tables of a safetensors file: a JSON header, then the raw numbers."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            first, last = (8 + size + offset for offset in entry["data_offsets"])
            found[name] = np.frombuffer(raw[first:last], dtype=np.float32).reshape(entry["shape"])
    return found
