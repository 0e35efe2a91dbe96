"""Counts over everything that is kept, for those who watch from outside; found by indexes, however much there is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlmodel import Session

from monitor.domain.rounds import AttemptState, MissReason, RoundKind, RoundState
from storage.tables import AnswerRow, AttemptRow, ReadingRow, RoundRow, SpendingRow, table
from storage.tables.columns import dollars

_rounds, _attempts, _answers = table(RoundRow), table(AttemptRow), table(AnswerRow)
_readings, _spending = table(ReadingRow), table(SpendingRow)

_LATEST = 500  # readings looked at


@dataclass(frozen=True, kw_only=True)
class RoundCount:
    brand: str
    kind: RoundKind
    state: RoundState
    count: int


@dataclass(frozen=True, kw_only=True)
class ProbeCount:
    brand: str
    state: AttemptState
    miss: MissReason | None
    count: int


def rounds(tx: Session) -> list[RoundCount]:
    """Return how many rounds there are, ever."""
    by = (_rounds.c.brand, _rounds.c.kind, _rounds.c.state)
    found = tx.connection().execute(select(*by, func.count()).group_by(*by).order_by(*by))
    return [
        RoundCount(brand=brand, kind=RoundKind(kind), state=RoundState(state), count=count)
        for brand, kind, state, count in found
    ]


def probes(tx: Session, brands: Sequence[str], since: datetime) -> list[ProbeCount]:
    """Return how the probes of these brands ended that were asked from then on."""
    by = (_attempts.c.state, _attempts.c.miss)
    counted = []
    for brand in brands:
        asked = (_attempts.c.brand == brand, _attempts.c.asked_at >= since, _attempts.c.newest)
        found = tx.connection().execute(select(*by, func.count()).where(*asked).group_by(*by).order_by(*by))
        counted += [
            ProbeCount(brand=brand, state=AttemptState(state), miss=MissReason(miss) if miss else None, count=count)
            for state, miss, count in found
        ]
    return counted


def spent(tx: Session) -> dict[str, Decimal]:
    """Return what each brand's calls have cost, ever, US dollars; calls whose cost is not known are not in it."""
    months = select(_spending.c.brand, _spending.c.spent).where(_spending.c.scope.startswith("month:"))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for brand, amount in tx.connection().execute(months):
        sums[brand] += amount or dollars(0)
    return dict(sums)


def reading_delays(tx: Session, since: datetime) -> list[float]:
    """Return the seconds from an answer's coming to its reading, of the latest readings since then."""
    latest = select(func.max(_readings.c.id)).scalar_subquery()
    found = (
        select(_readings.c.made_at, _attempts.c.settled_at)
        .select_from(_readings.join(_answers).join(_attempts))
        .where(_readings.c.id > latest - _LATEST, _readings.c.made_at >= since, _attempts.c.settled_at.is_not(None))
    )
    return [max((made - came).total_seconds(), 0.0) for made, came in tx.connection().execute(found)]
