"""Calls to a judge: each is a row, and its worst case is set aside, before it goes out."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import and_, func, select, update
from sqlmodel import Session

from monitor.domain.brand import Budget
from monitor.domain.rounds import Miss, Outcome
from storage.rows import add
from storage.spending import Account, hold, move
from storage.tables import JudgingRow, table

_judgings = table(JudgingRow)


@dataclass(frozen=True, kw_only=True)
class Judging:
    id: str
    brand: str
    model: str
    month: datetime  # start of the budget's month
    round_id: str = ""  # empty: outside a round; then the round's budget is the call's own

    @property
    def account(self) -> Account:
        return Account(brand=self.brand, month=self.month, round_id=self.round_id or self.id)


def reserve(tx: Session, judging: Judging, worst: Decimal | None, budget: Budget, now: datetime) -> Miss | None:
    """Write the call before it goes out; a Miss BUDGET where the brand's budget cannot carry its worst case."""
    if miss := hold(tx, budget, worst, judging.account):
        return miss
    row = {
        "id": judging.id,
        "brand": judging.brand,
        "round_id": judging.round_id,
        "model": judging.model,
        "worst": worst,
        "month": judging.month,
        "asked_at": now,
        "request": "",
        "response": b"",
        "detail": "",
    }
    add(tx, JudgingRow, [row])
    return None


def settle(tx: Session, judging: Judging, outcome: Outcome, now: datetime) -> None:
    """Keep what came back; where the cost is not known, the worst case stays set aside."""
    worst = tx.connection().execute(select(_judgings.c.worst).where(_judgings.c.id == judging.id)).scalar_one()
    free = outcome.miss is not None and outcome.miss.charged is False
    cost = outcome.cost if outcome.cost is not None else Decimal(0) if free else None
    last = outcome.exchanges[-1] if outcome.exchanges else None
    change = {
        "cost": cost,
        "settled_at": now,
        "request": last.request if last else "",
        "response": last.response if last else b"",
        "detail": outcome.miss.detail if outcome.miss else "",
    }
    tx.connection().execute(update(_judgings).where(_judgings.c.id == judging.id).values(**change))
    if cost is not None:
        move(tx, judging.account, held=-(worst or Decimal(0)), spent=cost)


def spent(tx: Session, brand: str, start: datetime, end: datetime) -> Decimal:
    """Return the US dollars of the calls from `start` on and before `end`; a cost that is not known is its worst."""
    asked = and_(_judgings.c.asked_at >= start, _judgings.c.asked_at < end)
    total = func.sum(func.coalesce(_judgings.c.cost, _judgings.c.worst), type_=_judgings.c.cost.type)
    found = tx.connection().execute(select(total).where(_judgings.c.brand == brand, asked)).scalar()
    return found if found is not None else Decimal(0)
