"""How small a change can be seen, and how many answers it takes: before any answer is paid for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from monitor.domain.measures import Measure
from monitor.drift.baseline import DAY_VARIANCE, Seen
from monitor.drift.moves import MOVES, inside
from monitor.drift.quantiles import beta_quantile

# False alarms a stream may give in a year, and all streams of a brand together.
PER_STREAM = 0.008
PER_BRAND = 4.0

_YEAR = 365.25
_FOUR_OF_FIVE = 0.84  # quantile of the normal distribution
# Prompts as they usually are: their rates spread like Beta(2 rate, 2 (1 - rate)); nine of them stand for all.
_SPREAD = 2.0
_MONTH = 30  # rounds of baseline
_PROMPTS = tuple((2 * number + 1) / 18 for number in range(9))
_MOST_ROUNDS = 365

# Measures whose falls the panel's reach is stated for: shares of answers.
SHARES = frozenset({Measure.VISIBILITY, Measure.RECOMMENDED, Measure.CITATION_RATE})

Rates = tuple[float, ...]


def detectable(prompts: int, samples: int, rounds: int, rate: float) -> float:
    """Return the smallest fall of `rate` (0..1, in points of it) that is usually found within `rounds` rounds.

    "Usually" is four times out of five, at the default rate of false alarms with a round a day, after a baseline of a
    month, with prompts whose rates differ. The whole `rate` means: not even the name's vanishing is sure to be found.

    >>> detectable(30, 1, 7, 0.45) < detectable(10, 1, 7, 0.45)
    True
    """
    weight = prompts * Seen.of_answers("", 0, max(samples, 1)).weight
    needed = math.log(_YEAR / PER_STREAM) + math.log(1 / MOVES[0][0])
    steps = (rate * step / 100 for step in range(1, 101))
    return next((fall for fall in steps if _found(_typical(rate), weight, rounds, 1 - fall / rate, needed)), rate)


def reach(days: Sequence[date], asked: int, answers: float, rate: float) -> float | None:
    """Return the smallest fall of a rate that a month of rounds like these usually shows; None where it is 0.

    They brought `answers` to `asked` prompts, those of each day counted apart, on these days in order.
    """
    if not days or rate <= 0:
        return None
    span = (days[-1] - days[0]).days + 1
    rounds = max(round(min(len(days) / span, 1) * _MONTH), 1) if len(days) > 1 else _MONTH
    samples = round(answers / asked)
    return _detectable(round(asked / len(days)), max(samples, 1), rounds, min(max(round(rate, 2), 0.01), 0.99))


_detectable = lru_cache(maxsize=1024)(detectable)


@lru_cache(maxsize=256)
def _typical(rate: float) -> Rates:
    return tuple(inside(beta_quantile(chance, _SPREAD * rate, _SPREAD * (1 - rate))) for chance in _PROMPTS)


def _found(rates: Rates, weight: float, rounds: int, factor: float, needed: float) -> bool:
    """Whether the evidence of so many rounds passes in four of five cases (normal approximation)."""
    change = Change(before=rates, after=tuple(factor * each for each in rates), weight=weight, baseline=_MONTH)
    gained = change.gained(rounds)
    return gained - _FOUR_OF_FIVE * math.sqrt(2 * gained) >= needed


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of a panel's rates, one rate of each prompt."""

    before: Rates
    after: Rates
    weight: float  # answers in a round
    baseline: float  # rounds before the change
    day_variance: float = DAY_VARIANCE

    def gained(self, rounds: int) -> float:
        """Return the evidence (logarithm) that so many rounds bring on average; the baseline is learnt, not known."""
        distance, information = self._of_a_round
        worth = rounds * self.baseline / (rounds + self.baseline)
        return worth * self.weight * distance / (1 + self.day_variance * information)

    @cached_property
    def _of_a_round(self) -> tuple[float, float]:
        """What an answer tells on average of the change, and what a round tells of the day."""
        pairs = [(inside(new), inside(old)) for new, old in zip(self.after, self.before, strict=True)]
        distance = sum(_distance(new, old) for new, old in pairs) / len(pairs)
        return distance, self.weight * sum(old * (1 - old) for _, old in pairs) / len(pairs)

    def rounds_until(self, needed: float) -> int | None:
        """Return after how many rounds the evidence is there on average.

        None: the change is so small, or the baseline so short, that a year of rounds would not show it.
        """
        if self.gained(_MOST_ROUNDS) < needed:
            return None
        one = self.gained(1)  # evidence grows less than in proportion, so the search may begin where it would be
        first = max(math.floor(needed / one), 1) if one else 1
        return next(rounds for rounds in range(first, _MOST_ROUNDS + 1) if self.gained(rounds) >= needed)


def _distance(after: float, before: float) -> float:
    """Return what one answer tells, on average, of a rate that is `after` and was `before` (Kullback and Leibler)."""
    return after * math.log(after / before) + (1 - after) * math.log((1 - after) / (1 - before))
