"""Columns of sums as bytes: mostly small whole numbers, and mostly the same from day to day."""

import json
import sys
import zlib
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure
from monitor.domain.text import storable

_SMALL, _WHOLE, _ANY = "b", "i", "d"  # of one byte, of four, and with a fraction: eight
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
    told = json.loads(head)
    reader = _Reader(rest=memoryview(rest), kinds=iter(told["kinds"]))
    return tuple(_columns(each, reader, only) for each in told["columns"])


@dataclass
class _Reader:
    """Goes through the numbers from front to back."""

    rest: memoryview
    kinds: Iterator[str]
    place: int = 0

    def take(self, length: int, *, wanted: bool) -> "array[float]":
        """Return the next numbers; nothing, and go past them, if they are not wanted."""
        vector: array[float] = array(next(self.kinds))
        begin, self.place = self.place, self.place + length * vector.itemsize
        if wanted:
            vector.frombytes(self.rest[begin : self.place])
            if sys.byteorder == "big":
                vector.byteswap()
        return vector


def _columns(told: Sequence[Any], reader: _Reader, only: Collection[Measure] | None) -> Columns:
    assistant, surface, prompts, topics, words, measured = told
    sums = (_sums(each, reader, len(prompts), only) for each in measured)
    return Columns(
        assistant_id=assistant,
        surface=Surface(surface),
        prompts=tuple(prompts),
        topics=tuple(topics),
        words=tuple(words),
        sums=tuple(each for each in sums if each is not None),
    )


def _sums(told: Sequence[Any], reader: _Reader, length: int, only: Collection[Measure] | None) -> Sums | None:
    name, subject, regime, counted = told
    measure = _MEASURES[name]
    wanted = only is None or measure in only
    hits, of = reader.take(length, wanted=wanted), reader.take(length, wanted=wanted)
    answers = reader.take(length, wanted=wanted) if counted else of
    if not wanted:
        return None
    return Sums(measure=measure, subject=subject, regime=regime, hits=hits, of=of, answers=answers)
