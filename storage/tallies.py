"""Sums of measures, per prompt and round: what series are made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Session

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from storage import derived, digests
from storage.rows import Row, add, chunks
from storage.tables import TallyRow, table

_tallies = table(TallyRow)


def save(tx: Session, brand: str, tallies: Sequence[Tally]) -> None:
    """Keep the tallies; all that the same rounds had before is replaced, so give a round's tallies whole."""
    days = {tally.day for tally in tallies}
    for rounds in chunks(sorted({tally.round_id for tally in tallies})):
        mine = (_tallies.c.brand == brand, _tallies.c.round_id.in_(rounds))
        # All of them: asked for the least, SQLite goes through the brand's days instead of the round's rows.
        days |= set(tx.connection().execute(select(_tallies.c.day).where(*mine)).scalars())
        tx.connection().execute(delete(_tallies).where(*mine))
    add(tx, TallyRow, [_row(brand, tally) for tally in tallies])
    if days:
        derived.forget(tx, brand, min(days))


def move(tx: Session, brand: str, round_id: str, days: Mapping[date, date]) -> None:
    """Put a round's tallies under other days; as many as before, and in the same order."""
    for before, day in digests.in_turn(days):
        mine = (_tallies.c.brand == brand, _tallies.c.round_id == round_id, _tallies.c.day == before)
        tx.connection().execute(update(_tallies).where(*mine).values(day=day))
    derived.forget(tx, brand, min((*days, *days.values())))


def has(tx: Session, brand: str, round_id: str) -> bool:
    """Whether anything is summed up of a round."""
    mine = (_tallies.c.brand == brand, _tallies.c.round_id == round_id)
    return tx.connection().execute(select(1).where(*mine).limit(1)).first() is not None


def load(
    tx: Session,
    brand: str,
    start: date,
    end: date,
    *,
    measure: Measure | None = None,
    subject: str | None = None,
) -> list[Tally]:
    """Return the tallies of the days from `start` to `end`, both included, oldest first."""
    wanted = [_tallies.c.brand == brand, _tallies.c.day >= start, _tallies.c.day <= end]
    if measure is not None:
        wanted.append(_tallies.c.measure == measure)
    if subject is not None:
        wanted.append(_tallies.c.subject == subject)
    return _loaded(tx, wanted)


def of_round(tx: Session, brand: str, round_id: str) -> list[Tally]:
    """Return the tallies of one round, oldest first."""
    # Put in order here: asked to do it, SQLite walks all days of the brand rather than the round alone.
    found = _loaded(tx, [_tallies.c.brand == brand, _tallies.c.round_id == round_id], ordered=False)
    return sorted(found, key=lambda tally: tally.day)


def last_day(tx: Session, brand: str, end: date) -> date | None:
    """Return the last day up to `end` on which anything was measured."""
    found = select(func.max(_tallies.c.day)).where(_tallies.c.brand == brand, _tallies.c.day <= end)
    day: date | None = tx.connection().execute(found).scalar_one()
    return day


def first_day(tx: Session, brand: str, start: date) -> date | None:
    """Return the first day from `start` on on which anything was measured."""
    found = select(func.min(_tallies.c.day)).where(_tallies.c.brand == brand, _tallies.c.day >= start)
    day: date | None = tx.connection().execute(found).scalar_one()
    return day


def _loaded(tx: Session, wanted: Sequence[ColumnElement[bool]], *, ordered: bool = True) -> list[Tally]:
    query = select(*_LOADED).where(*wanted)
    found = tx.connection().execute(query.order_by(_tallies.c.day, _tallies.c.id) if ordered else query)
    series = cache(_series)  # thousands of tallies are of few series
    return [
        Tally(
            series=series(*of_what),
            round_id=round_id,
            prompt_id=prompt_id,
            day=day,
            regime=regime,
            hits=hits,
            of=of,
            answers=answers,
        )
        for *of_what, round_id, prompt_id, day, regime, hits, of, answers in found
    ]


_LOADED = [
    _tallies.c[name]
    for name in (
        *("measure", "assistant_id", "surface", "subject", "topic"),
        *("round_id", "prompt_id", "day", "regime", "hits", "of", "answers"),
    )
]


def _series(measure: str, assistant_id: str, surface: str, subject: str, topic: str) -> Series:
    return Series(
        measure=Measure(measure),
        assistant_id=assistant_id,
        surface=Surface(surface),
        subject=subject,
        topic=topic,
    )


def _row(brand: str, tally: Tally) -> Row:
    series = tally.series
    return {
        "brand": brand,
        "measure": series.measure,
        "subject": series.subject,
        "day": tally.day,
        "assistant_id": series.assistant_id,
        "surface": series.surface,
        "topic": series.topic,
        "round_id": tally.round_id,
        "prompt_id": tally.prompt_id,
        "regime": tally.regime,
        "hits": tally.hits,
        "of": tally.of,
        "answers": tally.answers,
    }
