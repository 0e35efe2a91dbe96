"""How a sentence looks from one name in it: its words as numbers, with their side, distance and clause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# The numbers of what is no listed word.
EDGE, TARGET, PRONOUN, UNKNOWN = 0, 1, 2, 3
FIRST_WORD = 4
PLACES = 42  # eleven distances before and ten behind, inside and outside the target's clause
BITS = 18  # combinations of words are hashed into so many bits

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_PRONOUNS = frozenset("i he she his her him it they them their we our us its hers".split())
_ENDINGS = ("'s", "s'", "ing", "edly", "ed", "ies", "es", "ly", "s")
_SHORT = 3  # letters that a stem keeps at least
_REACH = 40  # words on each side that are looked at
_NEAR = 10  # words on each side whose distance counts
_CLOSE = 8  # words on each side among which neighbours are looked for
_CUTS = ", ; : — – but while although and that who which after as because when .".split()
_FUNCTION = frozenset(
    "the a an of to in on at for with by from as and or that this it its his her their he she they was were is are be"
    " been has have had will would".split()
)
_STEP = 11  # distances on each side, the target itself with those behind it
_BANDS = (1, 2, 3, 4, 5, 6, 8, 11, 16)  # the last distance of each band


@dataclass(frozen=True, kw_only=True)
class Sight:
    """A sentence as seen from one name in it."""

    before: Sequence[int]  # numbers of the words before the name
    name: int  # TARGET or PRONOUN
    behind: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words that the model knows, each with its stem and its sign."""

    words: tuple[str, ...]
    signs: Array  # int, per number: 0 none, 1 good, 2 bad, 3 negation
    stems: Array  # int, per number: that of the stem, its own where none is listed

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return numbered(self.words)

    @cached_property
    def content(self) -> Array:
        """Whether it is a word with a meaning of its own."""
        named = [word.isalpha() and word not in _FUNCTION for word in self.words]
        return np.array([False, False, False, True, *named])

    @cached_property
    def cuts(self) -> Array:
        """Whether a clause may end there."""
        found = np.zeros(len(self.words) + FIRST_WORD, dtype=bool)
        found[[self.numbers[cut] for cut in _CUTS if cut in self.numbers]] = True
        return found

    @cached_property
    def keys(self) -> Array:
        """Random numbers per word, from which combinations are hashed."""
        return np.random.RandomState(7).randint(1, 1 << 30, (3, len(self.words) + FIRST_WORD)).astype(np.int64)

    def number(self, word: str) -> int:
        return self.numbers.get(word) or stem(word, self.numbers) or UNKNOWN

    def read(self, text: str) -> list[int]:
        """Return the numbers of a text's words and signs."""
        return [self.number(word) for word in tokens(text)]

    def sight(self, text: str, start: int, end: int) -> Sight:
        """Look at a sentence from the name at start..end, whose own letters play no part."""
        name = PRONOUN if text[start:end].lower() in _PRONOUNS else TARGET
        return Sight(before=self.read(text[:start])[-_REACH:], name=name, behind=self.read(text[end:])[:_REACH])


def numbered(words: Sequence[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(words, FIRST_WORD)}


def stem(word: str, numbers: Mapping[str, int]) -> int:
    """Return the number of a word without its ending; 0 where none is known.

    >>> stem("praised", {"praise": 9}), stem("red", {"r": 9})
    (9, 0)
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT:
            rest = word[: -len(ending)]
            found = numbers.get(rest) or numbers.get(rest + "e") or numbers.get(rest + "y")
            if found:
                return found
    return 0


def tokens(text: str) -> list[str]:
    """Return words and signs, lower case.

    >>> tokens("Well-made, isn’t it?")
    ['well-made', ',', "isn't", 'it', '?']
    """
    return _TOKEN.findall(text.lower().replace("’", "'"))


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Many sights laid end to end, an edge before each and one behind all."""

    ids: Array  # number of each word
    of: Array  # which sight each word belongs to
    distance: Array  # from the name, negative before it
    clause: Array  # whether it stands in the name's clause
    starts: Array  # where each sight begins, its edge included

    @property
    def sizes(self) -> Array:
        """Words per sight."""
        return np.diff(np.append(self.starts, len(self.ids) - 1)) - 1

    @cached_property
    def places(self) -> Array:
        """Distance band and clause as one number below `PLACES`."""
        return np.where(self.ids == EDGE, 0, _BAND[self.distance + _REACH + 1] + (PLACES // 2) * self.clause)


def lay(sights: Sequence[Sight], vocabulary: Vocabulary) -> Layout:
    """Lay sights end to end."""
    ids: list[int] = []
    centers, starts = [], []
    for sight in sights:
        starts.append(len(ids))
        centers.append(len(ids) + 1 + len(sight.before))
        ids += [EDGE, *sight.before, sight.name, *sight.behind]
    ids.append(EDGE)
    words, begun, center = np.array(ids), np.array(starts), np.array(centers)
    of = np.repeat(np.arange(len(sights)), np.diff(np.append(begun, len(ids))))
    cut = vocabulary.cuts[words]
    passed = np.cumsum(cut)
    return Layout(
        ids=words,
        of=of,
        distance=np.clip(np.arange(len(words)) - center[of], -_REACH - 1, _REACH + 1),
        clause=(passed == passed[center][of]) & ~cut & (words != EDGE),
        starts=begun,
    )


def _band(distance: int) -> int:
    if not distance:
        return 0
    band = sum(abs(distance) > last for last in _BANDS)
    return 1 + band + (10 if distance > 0 else 0)


_BAND = np.array([_band(distance) for distance in range(-_REACH - 1, _REACH + 2)])


def combinations(layout: Layout, vocabulary: Vocabulary) -> tuple[Array, Array]:
    """Return hashed combinations of words, and the sight that each belongs to."""
    keys = vocabulary.keys
    ids, of, distance = layout.ids, layout.of, layout.distance
    word, nearby, stem = keys[0][ids], keys[1][ids], keys[0][vocabulary.stems[ids]]
    far = np.abs(distance)
    side = np.where(distance > 0, 1, 2)
    inside = (ids != EDGE) & (distance != 0)
    close, clause = inside & (far <= _NEAR), inside & layout.clause
    both = inside[:-1] & inside[1:]
    third = keys[2][ids]
    near = side * 4 + np.searchsorted([1, 3, 6], far)
    sign = vocabulary.signs[ids]
    judging = inside & (sign > 0)
    found = [
        (word + 1, inside),
        (word[:-1] + nearby[1:], (ids[:-1] != EDGE) & (ids[1:] != EDGE)),
        (word[:-2] + nearby[1:-1] + third[2:], (ids[:-2] != EDGE) & (ids[1:-1] != EDGE) & (ids[2:] != EDGE)),
        (word + _TAG * near, close),
        (stem + _TAG * (20 + side), close),
        (stem + _TAG * (30 + side), inside & ~close),
        (stem + _TAG * (40 + side), clause),
        (stem + _TAG * 43, clause),
        (word[:-1] + nearby[1:] + _TAG * (50 + side[:-1]), both & (far[:-1] <= 6)),  # noqa: PLR2004  -- words
        (_TAG * (60 + near * 4 + sign), judging),
        (_TAG * (100 + side * 4 + sign), judging & layout.clause),
    ]
    ids_of = [
        ((what & _MASK)[where], of[: len(where)][where])
        for what, where in ((_mixed(what), where) for what, where in found)
    ]
    ids_of += _neighbours(layout, vocabulary, stem)
    ids_of += _signs(layout, sign)
    return np.concatenate([what for what, _ in ids_of]), np.concatenate([where for _, where in ids_of])


_TAG = 0x9E3779B1  # sets combinations of one kind apart from those of another
_MASK = (1 << BITS) - 1


def _mixed(keys: Array) -> Array:
    return (keys * 0x2545F491) >> 20


def _ranked(layout: Layout, chosen: Array, values: Array, *, ahead: bool) -> Array:
    """Return the values of the three chosen words nearest to the name on one side; 0 where there are fewer."""
    side = chosen & (layout.distance > 0 if ahead else layout.distance < 0)
    at = np.flatnonzero(side) if ahead else np.flatnonzero(side)[::-1]
    of = layout.of[at]
    first = np.concatenate([[True], of[1:] != of[:-1]]) if len(of) else np.zeros(0, dtype=bool)
    order = np.arange(len(of)) - np.maximum.accumulate(np.where(first, np.arange(len(of)), 0))
    found = np.zeros((len(layout.starts), 3), dtype=np.int64)
    kept = order < 3  # noqa: PLR2004  -- three words
    found[of[kept], order[kept]] = values[at[kept]]
    return found


def _neighbours(layout: Layout, vocabulary: Vocabulary, stem: Array) -> list[tuple[Array, Array]]:
    """The nearest words with a meaning on either side, alone and in pairs."""
    chosen = vocabulary.content[layout.ids] & (np.abs(layout.distance) <= _CLOSE)
    left, right = (_ranked(layout, chosen, stem, ahead=ahead) for ahead in (False, True))
    pairs = np.where(
        (left[:, :, None] > 0) & (right[:, None, :] > 0), left[:, :, None] * 3 + right[:, None, :] + _TAG * 200, 0
    )
    order = np.arange(3)
    every = [
        np.where(left > 0, left + _TAG * (210 + order), 0),
        np.where(left > 0, left + _TAG * 213, 0),
        np.where(right > 0, right + _TAG * (220 + order), 0),
        np.where(right > 0, right + _TAG * 223, 0),
        pairs.reshape(len(left), -1),
    ]
    table = np.concatenate(every, axis=1)
    of = np.broadcast_to(np.arange(len(table))[:, None], table.shape)
    return [(_mixed(table[table > 0]) & _MASK, of[table > 0])]


def _signs(layout: Layout, sign: Array) -> list[tuple[Array, Array]]:
    """The runs of good, bad and negating words on both sides: "bad by NAME", "NAME not good"."""
    left, right = (_ranked(layout, sign > 0, sign, ahead=ahead) for ahead in (False, True))
    count = np.arange(len(left))
    found = []
    for reach in (1, 2, 3):
        a, b = (side[:, :reach] @ (4 ** np.arange(reach)) for side in (left, right))
        for tag, code in ((300, a * 64 + b), (310, a), (320, b)):
            found.append((_mixed(_TAG * (tag + reach) + 0x51ED27 * code) & _MASK, count))
    return found
