"""What a brand's months and rounds have taken, and whether one more call fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.brand import Budget
from monitor.domain.rounds import Miss, MissReason
from storage.rows import put
from storage.tables import SpendingRow, table

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
    return _taken(tx, brand, [month_scope(month)]).get(month_scope(month), Spending())


def of_round(tx: Session, brand: str, round_id: str) -> Spending:
    """Return what the round has taken so far."""
    return _taken(tx, brand, [round_scope(round_id)]).get(round_scope(round_id), Spending())


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
    move(tx, account, held=worst)
    full = _overdrawn(tx, budget, worst, account) if worst else None
    if full:
        move(tx, account, held=-worst)
    return full


def _overdrawn(tx: Session, budget: Budget, worst: Decimal, account: Account) -> Miss | None:
    taken = _taken(tx, account.brand, account.scopes)
    limits = zip(account.scopes, (budget.per_month, budget.per_round), ("month", "round"), strict=True)
    for scope, limit, words in limits:
        if limit is not None and taken[scope].taken > limit:
            return _miss(_full(words, limit, taken[scope].taken - worst, worst, budget.currency))
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


def move(tx: Session, account: Account, *, held: Decimal = Decimal(0), spent: Decimal = Decimal(0)) -> None:
    """Add to what is held and spent, in the month and in the round."""
    if held or spent:
        rows = [{"brand": account.brand, "scope": scope, "held": held, "spent": spent} for scope in account.scopes]
        put(tx, SpendingRow, rows, key=("brand", "scope"), gather=("held", "spent"))


def _taken(tx: Session, brand: str, scopes: Sequence[str]) -> dict[str, Spending]:
    found = select(_spending.c.scope, _spending.c.spent, _spending.c.held).where(
        _spending.c.brand == brand, _spending.c.scope.in_(scopes)
    )
    return {scope: Spending(spent=spent, held=held) for scope, spent, held in tx.connection().execute(found)}
