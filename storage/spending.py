"""What a brand's months and rounds have taken, and whether one more call fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session

from monitor.domain.brand import Budget
from monitor.domain.rounds import Miss, MissReason
from storage.prepared import Prepared
from storage.rows import insert_on
from storage.tables import SpendingRow, table
from storage.tables.columns import dollars

_spending = table(SpendingRow)


@dataclass(frozen=True, kw_only=True)
class Spending:
    """US dollars."""

    spent: Decimal = Decimal(0)
    held: Decimal = Decimal(0)  # worst cases of calls that are out, were lost, or whose cost is not known

    @property
    def taken(self) -> Decimal:
        return self.spent + self.held


def of_month(tx: Session, brand: str, month: datetime) -> Spending:
    """Return what the month that starts at `month` has taken so far."""
    return _taken(tx, brand, month_scope(month))


def of_round(tx: Session, brand: str, round_id: str) -> Spending:
    """Return what the round has taken so far."""
    return _taken(tx, brand, round_scope(round_id))


def month_scope(month: datetime) -> str:
    return f"month:{month.isoformat()}"


def round_scope(round_id: str) -> str:
    return f"round:{round_id}"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Where a call's money is counted."""

    brand: str
    month: datetime  # its start
    round_id: str

    @property
    def scopes(self) -> tuple[str, str]:
        return month_scope(self.month), round_scope(self.round_id)


def hold(tx: Session, budget: Budget, worst: Decimal | None, account: Account) -> Miss | None:
    """Set `worst` aside, or return why the budget cannot carry it."""
    if worst is None:
        stated = budget.per_month is not None or budget.per_round is not None
        return _miss(_UNPRICED) if stated else None
    # Taken first and looked at then: the change has locked the rows, so nobody else can come between.
    full = _overdrawn(move(tx, account, held=worst), budget, worst, account) if worst else None
    if full:
        move(tx, account, held=-worst)
    return full


def _overdrawn(taken: Mapping[str, Decimal], budget: Budget, worst: Decimal, account: Account) -> Miss | None:
    limits = zip(account.scopes, (budget.per_month, budget.per_round), ("month", "round"), strict=True)
    for scope, limit, words in limits:
        if limit is not None and taken[scope] > limit:
            return _miss(_full(words, limit, taken[scope] - worst, worst, budget.currency))
    return None


_UNPRICED = (
    "The price of this model is not known, so the budget cannot be kept; "
    "give its price in the price file, or take the budget out of the brand file."
)


def _full(words: str, limit: Decimal, so_far: Decimal, worst: Decimal, currency: str) -> str:
    return (
        f"The budget of the {words} is {limit:f} {currency}: {so_far:.4f} is spent or reserved, "
        f"and this call may take {worst:.4f}; raise the budget or wait for the next {words}."
    )


def _miss(detail: str) -> Miss:
    return Miss(reason=MissReason.BUDGET, detail=detail)


def move(
    tx: Session, account: Account, *, held: Decimal = Decimal(0), spent: Decimal = Decimal(0)
) -> Mapping[str, Decimal]:
    """Add to what is held and spent; returns what the month's and the round's scope have taken then."""
    taken = {}
    for scope in account.scopes:  # the month first: two askers lock them in the same order
        change = {"brand": account.brand, "scope": scope, "held": held, "spent": spent}
        had_spent, had_held = _MOVED.run(tx, change).fetchone()
        taken[scope] = dollars(had_spent + had_held)
    return taken


def _moved(dialect: str) -> ReturningInsert[Any]:
    amounts = ("spent", "held")
    statement = insert_on(dialect, _spending).inline()
    more = {name: _spending.c[name] + statement.excluded[name] for name in amounts}
    changed = statement.on_conflict_do_update(index_elements=["brand", "scope"], set_=more)
    return changed.returning(*(_spending.c[name] for name in amounts))


_MOVED = Prepared(_moved, columns=("brand", "scope", "held", "spent"))


def _taken(tx: Session, brand: str, scope: str) -> Spending:
    found = select(_spending.c.spent, _spending.c.held).where(_spending.c.brand == brand, _spending.c.scope == scope)
    row = tx.connection().execute(found).first()
    return Spending(spent=row.spent, held=row.held) if row else Spending()
