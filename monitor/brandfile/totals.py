"""What a month of asking is expected to cost, and whether the budget carries it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from monitor.domain.brand import Budget, Settings
from monitor.domain.prices import Forecast

UNKNOWN = Forecast(expected=None, worst=None)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """US dollars a month; None where a price is not known, for a total without it would be a guess."""

    calls: int
    expected: Decimal | None
    worst: Decimal | None
    known: Decimal  # the expected cost of those assistants whose price is known
    unpriced: tuple[str, ...] = ()  # ids of the others

    def carried(self, budget: Budget) -> bool | None:
        """Whether what is expected fits into a month's budget; None where nobody can say."""
        if budget.per_month is None:
            return None
        if self.known > budget.per_month:
            return False
        return None if self.expected is None else True


def totals(settings: Settings, forecasts: Mapping[str, Forecast], calls: Mapping[str, int]) -> Totals:
    """Add up; `forecasts` are per call, `calls` per month, both by assistant id."""
    rows = [(one.id, forecasts.get(one.id, UNKNOWN), calls.get(one.id, 0)) for one in settings.assistants]
    known = sum((cost.expected * count for _, cost, count in rows if cost.expected is not None), Decimal(0))
    worst = sum((cost.worst * count for _, cost, count in rows if cost.worst is not None), Decimal(0))
    unpriced = tuple(name for name, cost, _ in rows if cost.expected is None)
    return Totals(
        calls=sum(count for _, _, count in rows),
        expected=None if unpriced else known,
        worst=None if any(cost.worst is None for _, cost, _ in rows) else worst,
        known=known,
        unpriced=unpriced,
    )


def dollars(amount: Decimal | None) -> str:
    """Return an amount as text; small ones keep the digits that matter.

    >>> dollars(Decimal("12.3")), dollars(Decimal("0.0042")), dollars(None)
    ('12.30 USD', '0.0042 USD', 'not known')
    """
    if amount is None:
        return "not known"
    small = 0 < amount < Decimal("0.1")
    return f"{amount:,.4f} USD" if small else f"{amount:,.2f} USD"


def verdict(sums: Totals, budget: Budget, spent: Decimal | None) -> tuple[str, ...]:
    """Return sentences: the total, what is unknown about it, and whether the budget carries it."""
    return (*_forecast(sums), *_carried(sums, budget, spent))


def _forecast(sums: Totals) -> tuple[str, ...]:
    if sums.unpriced:
        names = ", ".join(sums.unpriced)
        said = f"The price of {names} is not known, so no total is given; write it into a price file of your own."
        others = f"The others are expected to cost {dollars(sums.known)} a month."
        return (said, others) if sums.known else (said,)
    return (f"{sums.calls:,} calls a month: expected {dollars(sums.expected)}, at worst {dollars(sums.worst)}.",)


def _carried(sums: Totals, budget: Budget, spent: Decimal | None) -> tuple[str, ...]:
    if budget.per_month is None:
        return ("No budget is set: nothing but the schedule limits what is spent.",)
    limit = dollars(budget.per_month)
    so_far = (f"{dollars(spent)} were spent in this calendar month, of {limit}.",) if spent else ()
    fits = sums.carried(budget)
    if fits is None:
        return (*so_far, f"Whether {limit} a month carry it cannot be said; asking stops before the budget is passed.")
    if not fits:
        return (*so_far, f"The budget of {limit} a month does not carry it: {_how_far(sums, budget)}")
    if sums.worst is None or sums.worst > budget.per_month:
        return (*so_far, f"The budget of {limit} a month carries what is expected, but not the worst case.")
    return (*so_far, f"The budget of {limit} a month carries it, even at worst.")


def _how_far(sums: Totals, budget: Budget) -> str:
    share = (budget.per_month or Decimal(0)) / sums.known
    if budget.pace:
        return f"each round would ask about {share:.0%} of its questions."
    return f"asking would stop after about {share:.0%} of the month's rounds."
