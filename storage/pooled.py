"""Tallies added up by the database: one per series and prompt for a whole stretch of days."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from storage.tables import TallyRow, table

_tallies = table(TallyRow)
_KEY = [_tallies.c[name] for name in ("measure", "assistant_id", "surface", "subject", "topic", "prompt_id")]


def pooled(tx: Session, brand: str, start: date, end: date, *measures: Measure) -> list[Tally]:
    """Return the sums of these measures over the days from `start` to `end`, both included.

    What an interval needs is kept, since answers cluster by prompt; rounds, days and regimes are not.
    """
    sums = (func.sum(_tallies.c.hits), func.sum(_tallies.c.of), func.sum(_tallies.c.answers))
    found = (
        select(*_KEY, *sums)
        .where(
            _tallies.c.brand == brand,
            _tallies.c.measure.in_(measures),
            _tallies.c.day >= start,
            _tallies.c.day <= end,
        )
        .group_by(*_KEY)
        .order_by(*_KEY)
    )
    return [
        Tally(
            series=Series(
                measure=Measure(measure),
                assistant_id=assistant_id,
                surface=Surface(surface),
                subject=subject,
                topic=topic,
            ),
            round_id="",
            prompt_id=prompt_id,
            day=end,
            regime="",
            hits=hits,
            of=of,
            answers=int(answers),
        )
        for measure, assistant_id, surface, subject, topic, prompt_id, hits, of, answers in tx.connection().execute(
            found
        )
    ]
