"""How a sentence looks from one name in it: its word pieces as numbers, a mark in the name's place."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SPECIAL = ("[CLS]", "[SEP]", "[UNK]", "[MASK]")  # what begins every vocabulary
START, END, UNKNOWN, TARGET = range(len(SPECIAL))
REACH = 40  # pieces on each side that are looked at
LENGTH = 2 * REACH + 4  # pieces of the longest sight: both sides, edges, the mark, a pronoun
INSIDE = "##"  # begins a piece that goes on inside a word

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 40  # letters of a word that are looked at
_PRONOUNS = frozenset("i he she his her him it they them their we our us its hers".split())


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A sentence as seen from one name in it."""

    pieces: Sequence[int]
    at: int  # place of the name's mark

    @property
    def distances(self) -> Array:
        """How far each piece stands from the name, from 0; `REACH + 1` is the name itself."""
        return np.clip(np.arange(len(self.pieces)) - self.at, -REACH - 1, REACH + 1) + REACH + 1


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The word pieces that the model knows."""

    pieces: tuple[str, ...]  # `SPECIAL` first
    _cut: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)  # words met before

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return {piece: number for number, piece in enumerate(self.pieces)}

    def read(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces."""
        return [number for word in words(text) for number in self._pieces(word)]

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = self._cut.get(word)
        if found is None:
            found = cut(word, self.numbers)
            if len(self._cut) < _KEPT:
                self._cut[word] = found
        return found

    def sight(self, text: str, start: int, end: int) -> Sight:
        """Look at a sentence from the name at start..end, whose own letters play no part unless it is a pronoun."""
        before, behind = self.read(text[:start])[-REACH:], self.read(text[end:])[:REACH]
        name = text[start:end].lower()
        pronoun = self._pieces(name)[:1] if name in _PRONOUNS else ()
        return Sight(pieces=(START, *before, TARGET, *pronoun, *behind, END), at=1 + len(before))


_KEPT = 20_000  # words whose pieces are remembered


def words(text: str) -> list[str]:
    """Return words and signs, lower case, without accents.

    >>> words("Café-bar, isn’t it?")
    ['cafe', '-', 'bar', ',', 'isn', '’', 't', 'it', '?']
    """
    plain = unicodedata.normalize("NFD", text.lower())
    return _WORD.findall("".join(letter for letter in plain if unicodedata.category(letter) != "Mn"))


def cut(word: str, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Cut a word greedily, longest piece first; what cannot be pieced together is unknown.

    >>> cut("retold", {"re": 7, "##told": 8, "##to": 9}), cut("rest", {"re": 7})
    ((7, 8), (2,))
    """
    found, at = [], 0
    while at < min(len(word), _LONGEST):
        begin = INSIDE if at else ""
        end = next((end for end in range(len(word), at, -1) if begin + word[at:end] in numbers), 0)
        if not end:
            return (UNKNOWN,)
        found.append(numbers[begin + word[at:end]])
        at = end
    return tuple(found)
