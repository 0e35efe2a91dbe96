"""Columns of sums as bytes: mostly small whole numbers, and mostly the same from day to day."""

import json
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, cast

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure
from monitor.domain.text import storable

_SMALL, _WHOLE, _ANY = "b", "i", "d"  # of one byte, of four, and with a fraction: eight
_MEASURES = {str(each): each for each in Measure}  # quicker than asking the enum
_QUICK = 1  # how hard zlib tries: what is left of a day is small anyway


def packed(found: Sequence[Columns]) -> bytes:
    """Return the columns as bytes; the same ones give the same bytes."""
    vectors: list[tuple[float, ...]] = []
    told = [_told(columns, vectors) for columns in found]
    arrays = [_array(vector) for vector in vectors]
    head = json.dumps({"columns": told, "kinds": "".join(each.typecode for each in arrays)}, ensure_ascii=False)
    body = storable(head).encode() + b"\0" + b"".join(_bytes(each) for each in arrays)
    return zlib.compress(body, _QUICK)


def _told(columns: Columns, vectors: list[tuple[float, ...]]) -> list[object]:
    """Return what JSON holds of the columns; their numbers are added to `vectors`, answers only where they differ."""
    told = []
    for sums in columns.sums:
        counted = sums.answers != sums.of
        vectors += [sums.hits, sums.of, *([sums.answers] if counted else [])]
        told.append([sums.measure, sums.subject, sums.regimes, counted])
    return [columns.assistant_id, columns.surface, columns.prompts, columns.topics, told]


def _array(vector: tuple[float, ...]) -> "array[float]":
    whole = all(value == int(value) for value in vector)
    kind = _ANY if not whole else _SMALL if all(-128 <= value <= 127 for value in vector) else _WHOLE  # noqa: PLR2004
    return array(kind, vector if kind == _ANY else [int(value) for value in vector])


def _bytes(vector: "array[float]") -> bytes:
    if sys.byteorder == "big":
        vector.byteswap()
    return vector.tobytes()


def unpacked(body: bytes) -> tuple[Columns, ...]:
    """Return the columns that these bytes hold."""
    head, _, rest = zlib.decompress(body).partition(b"\0")
    told = json.loads(head)
    vectors = _vectors(told["columns"], told["kinds"], memoryview(rest))
    return tuple(_columns(each, vectors) for each in told["columns"])


def _vectors(told: Sequence[Any], kinds: str, rest: memoryview) -> Iterator[tuple[float, ...]]:
    lengths = (len(prompts) for _, _, prompts, _, sums in told for *_, counted in sums for _ in range(2 + counted))
    place = 0
    for kind, length in zip(kinds, lengths, strict=True):
        vector: array[float] = array(kind)
        end = place + length * vector.itemsize
        vector.frombytes(rest[place:end])
        if sys.byteorder == "big":
            vector.byteswap()
        place = end
        yield tuple(vector)


def _columns(told: Sequence[Any], vectors: Iterator[tuple[float, ...]]) -> Columns:
    assistant, surface, prompts, topics, measured = told
    return Columns(
        assistant_id=assistant,
        surface=Surface(surface),
        prompts=tuple(prompts),
        topics=tuple(topics),
        sums=tuple(_sums(each, vectors) for each in measured),
    )


def _sums(told: Sequence[Any], vectors: Iterator[tuple[float, ...]]) -> Sums:
    measure, subject, regimes, counted = told
    hits, of = next(vectors), next(vectors)
    return Sums(
        measure=_MEASURES[measure],
        subject=subject,
        regimes=tuple(regimes),
        hits=hits,
        of=of,
        answers=cast("tuple[int, ...]", next(vectors) if counted else of),
    )
