"""Columns of sums as bytes: mostly small whole numbers, and mostly the same from day to day."""

import json
import sys
import zlib
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure
from monitor.domain.text import storable

_SMALL, _WHOLE, _ANY = "b", "i", "d"  # of one byte, of four, and with a fraction: eight
_SIZES = tuple((kind.encode(), array(kind).itemsize) for kind in (_SMALL, _WHOLE, _ANY))
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
    reader = _Reader(rest=memoryview(rest), kinds=kinds[:-2])
    return tuple(_columns(each, reader) for each in _layouts(told, None if only is None else frozenset(only)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """One of the sums that are wanted."""

    measure: Measure
    subject: str
    regime: str
    counted: bool  # whether its answers stand there too
    before: int  # vectors to go past


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """Columns without their numbers."""

    assistant_id: str
    surface: Surface
    prompts: tuple[str, ...]
    topics: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[_Place, ...]
    after: int  # vectors to go past at the end


@lru_cache(maxsize=8)
def _layouts(told: bytes, only: frozenset[Measure] | None) -> tuple[_Layout, ...]:
    """Return what stands where; day after day the same is told, and reading it takes longer than the numbers."""
    return tuple(_layout(each, only) for each in msgspec.json.decode(told + b"}")["columns"])


def _layout(told: Sequence[Any], only: frozenset[Measure] | None) -> _Layout:
    assistant, surface, prompts, topics, words, measured = told
    places: list[_Place] = []
    past = 0
    for name, subject, regime, counted in measured:
        measure = _MEASURES[name]
        if only is None or measure in only:
            places.append(_Place(measure=measure, subject=subject, regime=regime, counted=counted, before=past))
            past = 0
        else:
            past += 3 if counted else 2
    return _Layout(
        assistant_id=assistant,
        surface=Surface(surface),
        prompts=tuple(prompts),
        topics=tuple(topics),
        words=tuple(words),
        places=tuple(places),
        after=past,
    )


@dataclass
class _Reader:
    """Goes through the numbers from front to back."""

    rest: memoryview
    kinds: bytes  # a letter per vector
    place: int = 0  # in `rest`
    number: int = 0  # of vectors that were passed

    def take(self, length: int) -> "array[float]":
        """Return the next numbers."""
        vector: array[float] = array(chr(self.kinds[self.number]))
        end = self.place + length * vector.itemsize
        vector.frombytes(self.rest[self.place : end])
        self.place, self.number = end, self.number + 1
        if sys.byteorder == "big":
            vector.byteswap()
        return vector

    def skip(self, length: int, vectors: int) -> None:
        """Go past the next numbers."""
        if vectors:
            end = self.number + vectors
            self.place += length * sum(self.kinds.count(kind, self.number, end) * size for kind, size in _SIZES)
            self.number = end


def _columns(layout: _Layout, reader: _Reader) -> Columns:
    length = len(layout.prompts)
    sums = tuple(_sums(each, reader, length) for each in layout.places)
    reader.skip(length, layout.after)
    return Columns(
        assistant_id=layout.assistant_id,
        surface=layout.surface,
        prompts=layout.prompts,
        topics=layout.topics,
        words=layout.words,
        sums=sums,
    )


def _sums(of: _Place, reader: _Reader, length: int) -> Sums:
    reader.skip(length, of.before)
    hits, asked = reader.take(length), reader.take(length)
    answers = reader.take(length) if of.counted else asked
    return Sums(measure=of.measure, subject=of.subject, regime=of.regime, hits=hits, of=asked, answers=answers)
