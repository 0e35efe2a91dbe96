"""Days of rounds, added up."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, and_, delete, or_, select, update
from sqlmodel import Session

from monitor.domain.digests import Digest, Part
from monitor.domain.measures import Measure
from monitor.domain.rounds import RoundState
from storage import courses, derived
from storage.bodies import Body
from storage.packing import packed, unpacked
from storage.rows import Row, add
from storage.tables import DigestRow, RoundRow, table

_DIGEST: Body[Digest] = Body(Digest)
_PARTS: Body[tuple[Part, ...]] = Body(tuple[Part, ...])
_AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class _Asked:
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class _Times:
    """Of a digest, only when its answers were asked."""

    parts: tuple[_Asked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Span:
    """When the first and the last probe were asked that a day of a round is made of."""

    round_id: str
    day: date
    first: datetime
    last: datetime  # both when the round was opened, where nothing was asked that counts


_TIMES: Body[_Times] = Body(_Times)
_digests, _rounds = table(DigestRow), table(RoundRow)


def save(tx: Session, brand: str, round_id: str, opened: date, found: Sequence[Digest]) -> None:
    """Keep a round's digests in the place of those it had; a round that came to nothing is known to have.

    The courses of its days are forgotten: they are made of digests.
    """
    mine = (_digests.c.brand == brand, _digests.c.round_id == round_id)
    before = tx.connection().execute(select(_digests.c.day).where(*mine)).scalars()
    courses.forget(tx, brand, sorted({*before, *(each.day for each in found)}))
    tx.connection().execute(delete(_digests).where(*mine))
    whole = found or [Digest(round_id=round_id, day=opened)]
    add(tx, DigestRow, [_row(brand, round_id, each) for each in whole])
    derived.changed(tx, brand)


def _row(brand: str, round_id: str, digest: Digest) -> Row:
    return {
        "brand": brand,
        "round_id": round_id,
        "day": digest.day,
        "body": _DIGEST.text(replace(digest, columns=(), topics=())),
        "columns": packed(digest.columns),
        "topics": zlib.compress(_PARTS.text(digest.topics).encode()),
    }


def load(
    tx: Session,
    brand: str,
    start: date,
    end: date,
    *,
    topics: bool = False,
    only: Collection[Measure] | None = None,
) -> Iterator[Digest]:
    """Yield the digests of the days from `start` to `end`, both included, oldest first.

    With `topics` if wanted, and with the sums of these measures alone. One at a time: a year of them is much more than
    what anybody makes of them.
    """
    columns = [_digests.c.day, _digests.c.body, _digests.c.columns, *([_digests.c.topics] if topics else [])]
    for day, body, sums, *narrow in _within(tx, columns, brand, start, end):
        digest = replace(_DIGEST.value(body), day=day, columns=unpacked(sums, only=only))
        yield replace(digest, topics=_PARTS.value(zlib.decompress(narrow[0]).decode())) if narrow else digest


def sums(
    tx: Session, brand: str, start: date, end: date, *, only: Collection[Measure] | None = None
) -> Iterator[Digest]:
    """Yield the same with nothing but the sums: what series are made of."""
    columns = [_digests.c.round_id, _digests.c.day, _digests.c.columns]
    for round_id, day, packs in _within(tx, columns, brand, start, end):
        yield Digest(round_id=round_id, day=day, columns=unpacked(packs, only=only))


def _within(tx: Session, columns: Sequence[Column[Any]], brand: str, start: date, end: date) -> Iterable[Any]:
    wanted = (_digests.c.brand == brand, _digests.c.day >= start, _digests.c.day <= end)
    found = select(*columns).where(*wanted).order_by(_digests.c.day, _digests.c.round_id)
    return tx.connection().execute(found.execution_options(yield_per=_AT_ONCE))


def days(tx: Session, brand: str, start: date, end: date) -> list[date]:
    """Return the days from `start` to `end`, both included, on which a round was added up, in order."""
    wanted = (_digests.c.brand == brand, _digests.c.day >= start, _digests.c.day <= end)
    return list(tx.connection().execute(select(_digests.c.day).where(*wanted).distinct().order_by("day")).scalars())


def spans(tx: Session, brand: str) -> Iterator[Span]:
    """Yield when the answers of each day of each round were asked."""
    found = (
        select(_digests.c.round_id, _digests.c.day, _digests.c.body, _rounds.c.opened_at)
        .join_from(_digests, _rounds, _rounds.c.id == _digests.c.round_id)
        .where(_digests.c.brand == brand)
    )
    for round_id, day, body, opened in tx.connection().execute(found.execution_options(yield_per=_AT_ONCE)):
        parts = _TIMES.value(body).parts
        first = min((part.first_at for part in parts), default=opened)
        yield Span(round_id=round_id, day=day, first=first, last=max((part.last_at for part in parts), default=opened))


def move(tx: Session, brand: str, round_id: str, days: Mapping[date, date]) -> None:
    """Put a round's digests under other days; as many as before, and in the same order."""
    courses.forget(tx, brand, sorted({*days, *days.values()}))
    for before, day in in_turn(days):
        mine = (_digests.c.brand == brand, _digests.c.round_id == round_id, _digests.c.day == before)
        tx.connection().execute(update(_digests).where(*mine).values(day=day))
    derived.changed(tx, brand)


def in_turn(days: Mapping[date, date]) -> list[tuple[date, date]]:
    """Return the moves so that none goes to a day from which another is still to move.

    >>> first, second = date(2026, 3, 1), date(2026, 3, 2)
    >>> in_turn({first: second, second: date(2026, 3, 3)})[0] == (second, date(2026, 3, 3))
    True
    """
    later = sorted(((before, day) for before, day in days.items() if day > before), reverse=True)
    return [*later, *sorted((before, day) for before, day in days.items() if day < before)]


def drop(tx: Session, brand: str, round_id: str) -> None:
    """Forget what a round comes to: it is to be added up anew."""
    mine = (_digests.c.brand == brand, _digests.c.round_id == round_id)
    tx.connection().execute(delete(_digests).where(*mine))
    derived.changed(tx, brand)


def without(tx: Session, brand: str) -> list[tuple[str, datetime, RoundState]]:
    """Return the rounds that have no digest or are open still, oldest first: id, opened at, state."""
    mine = and_(_digests.c.brand == brand, _digests.c.round_id == _rounds.c.id)
    found = (
        select(_rounds.c.id, _rounds.c.opened_at, _rounds.c.state)
        .where(_rounds.c.brand == brand, or_(_rounds.c.state == RoundState.OPEN, ~select(1).where(mine).exists()))
        .order_by(_rounds.c.opened_at)
    )
    return [(id_, opened, RoundState(state)) for id_, opened, state in tx.connection().execute(found)]
