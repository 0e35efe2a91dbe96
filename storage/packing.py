"""Columns of sums as bytes: mostly small whole numbers, and mostly the same from day to day."""

import json
import sys
import zlib
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure
from monitor.domain.text import storable

_SMALL, _WHOLE, _ANY = "b", "i", "d"  # of one byte, of four, and with a fraction: eight
_SIZES = {kind: array(kind).itemsize for kind in (_SMALL, _WHOLE, _ANY)}  # bytes of a number
_KINDS = b', "kinds": "'
_LEAST, _MOST = -128, 127  # in one byte
_MEASURES = {str(each): each for each in Measure}  # quicker than asking the enum
_QUICK = 1  # how hard zlib tries: what is left of a day is small anyway

_Vector = Sequence[float]


def packed(found: Sequence[Columns]) -> bytes:
    """Return the columns as bytes; the same ones give the same bytes."""
    vectors: list[_Vector] = []
    told = [_told(columns, vectors) for columns in found]
    arrays = [_array(vector) for vector in vectors]
    head = json.dumps({"columns": told, "kinds": "".join(each.typecode for each in arrays)}, ensure_ascii=False)
    body = storable(head).encode() + b"\0" + b"".join(map(_bytes, arrays))
    return zlib.compress(body, _QUICK)


def _told(columns: Columns, vectors: list[_Vector]) -> list[object]:
    """Return what JSON holds of the columns; their numbers are added to `vectors`, answers only where they differ."""
    told = []
    for sums in columns.sums:
        counted = list(sums.answers) != list(sums.of)
        vectors += [sums.hits, sums.of, *([sums.answers] if counted else [])]
        told.append([sums.measure, sums.subject, sums.regime, counted])
    return [columns.assistant_id, columns.surface, columns.prompts, columns.topics, columns.words, told]


def _array(vector: _Vector) -> "array[float]":
    if any(value != int(value) for value in vector):
        return array(_ANY, vector)
    small = not vector or (min(vector) >= _LEAST and max(vector) <= _MOST)
    return array(_SMALL if small else _WHOLE, map(int, vector))


def _bytes(vector: "array[float]") -> bytes:
    if sys.byteorder == "big":
        vector.byteswap()
    return vector.tobytes()


def unpacked(body: bytes, *, only: Collection[Measure] | None = None) -> tuple[Columns, ...]:
    """Return the columns that these bytes hold, with the sums of these measures."""
    head, _, rest = zlib.decompress(body).partition(b"\0")
    told, _, kinds = head.rpartition(_KINDS)
    numbers = memoryview(rest)
    wanted = None if only is None else frozenset(only)
    return tuple(_columns(each, numbers) for each in _layouts(told, kinds[:-2], wanted))


class _At(NamedTuple):
    """Where a vector stands in the bytes."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """One of the sums that are wanted."""

    measure: Measure
    subject: str
    regime: str
    hits: _At
    of: _At
    answers: _At | None  # None: as `of`


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """Columns without their numbers."""

    assistant_id: str
    surface: Surface
    prompts: tuple[str, ...]
    topics: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[_Place, ...]


@lru_cache(maxsize=16)
def _layouts(told: bytes, kinds: bytes, only: frozenset[Measure] | None) -> tuple[_Layout, ...]:
    """Return what stands where; day after day the same is told, and reading it takes longer than the numbers."""
    vectors = _Vectors(kinds)
    return tuple(_layout(each, vectors, only) for each in _parsed(told))


@lru_cache(maxsize=8)
def _parsed(told: bytes) -> Sequence[Any]:
    found: Sequence[Any] = msgspec.json.decode(told + b"}")["columns"]
    return found


class _Vectors:
    """Says of one vector after the other where it stands."""

    def __init__(self, kinds: bytes) -> None:
        self._kinds = iter(kinds.decode())
        self._place = 0

    def next(self, length: int) -> _At:
        kind, start = next(self._kinds), self._place
        self._place += length * _SIZES[kind]
        return _At(kind, start, self._place)


def _layout(told: Sequence[Any], vectors: _Vectors, only: frozenset[Measure] | None) -> _Layout:
    assistant, surface, prompts, topics, words, measured = told
    places: list[_Place] = []
    for name, subject, regime, counted in measured:
        measure = _MEASURES[name]
        hits, of, *answers = (vectors.next(len(prompts)) for _ in range(3 if counted else 2))
        if only is None or measure in only:
            place = _Place(
                measure=measure,
                subject=subject,
                regime=regime,
                hits=hits,
                of=of,
                answers=answers[0] if answers else None,
            )
            places.append(place)
    return _Layout(
        assistant_id=assistant,
        surface=Surface(surface),
        prompts=tuple(prompts),
        topics=tuple(topics),
        words=tuple(words),
        places=tuple(places),
    )


def _columns(layout: _Layout, numbers: memoryview) -> Columns:
    return Columns(
        assistant_id=layout.assistant_id,
        surface=layout.surface,
        prompts=layout.prompts,
        topics=layout.topics,
        words=layout.words,
        sums=tuple([_sums(each, numbers) for each in layout.places]),
    )


def _sums(of: _Place, numbers: memoryview) -> Sums:
    asked = _vector(of.of, numbers)
    return Sums(
        measure=of.measure,
        subject=of.subject,
        regime=of.regime,
        hits=_vector(of.hits, numbers),
        of=asked,
        answers=_vector(of.answers, numbers) if of.answers else asked,
    )


def _vector(at: _At, numbers: memoryview) -> "array[float]":
    vector: array[float] = array(at.kind)
    vector.frombytes(numbers[at.start : at.end])
    if sys.byteorder == "big":
        vector.byteswap()
    return vector
