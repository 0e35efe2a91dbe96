"""Tallies added up by the database: one per series and prompt for a whole stretch of days."""

from datetime import date

from sqlalchemy import func, literal, select
from sqlmodel import Session

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from storage.tables import TallyRow, table

_tallies = table(TallyRow)
_KEY = [_tallies.c[name] for name in ("measure", "assistant_id", "surface", "subject", "topic", "prompt_id")]


def pooled(tx: Session, brand: str, start: date, end: date, *measures: Measure, by_round: bool = False) -> list[Tally]:
    """Return the sums of these measures over the days from `start` to `end`, both included.

    What an interval needs is kept: answers cluster by prompt, and those to one prompt by round (`by_round`).
    """
    key = [*_KEY, _tallies.c.round_id if by_round else literal("").label("round_id")]
    sums = (func.sum(_tallies.c.hits), func.sum(_tallies.c.of), func.sum(_tallies.c.answers))
    found = (
        select(*key, *sums)
        .where(
            _tallies.c.brand == brand,
            _tallies.c.measure.in_(measures),
            _tallies.c.day >= start,
            _tallies.c.day <= end,
        )
        .group_by(*(key if by_round else _KEY))
        .order_by(*(key if by_round else _KEY))
    )
    rows = tx.connection().execute(found)
    return [
        Tally(
            series=Series(
                measure=Measure(measure),
                assistant_id=assistant_id,
                surface=Surface(surface),
                subject=subject,
                topic=topic,
            ),
            round_id=round_id,
            prompt_id=prompt_id,
            day=end,
            regime="",
            hits=hits,
            of=of,
            answers=int(answers),
        )
        for measure, assistant_id, surface, subject, topic, prompt_id, round_id, hits, of, answers in rows
    ]
