"""What a call costs, as far as it is known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Price:
    """US dollars. A price that is not known is not here: nobody guesses."""

    use: str
    model: str  # exact, or a prefix ending in "*"
    per_million_input: Decimal
    per_million_output: Decimal
    per_search: Decimal = Decimal(0)  # per search query that the vendor bills
    per_searched_answer: Decimal = Decimal(0)  # once for an answer that searched at all (Gemini 2.5)
    per_request: Decimal = Decimal(0)
    read_on: date
    source: str


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What one call of one assistant takes."""

    expected: Decimal | None  # None: the price is not known
    worst: Decimal | None
