"""What a stream was like so far: each prompt's own rate, and how far days move them all together."""

import math
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# A prompt's rate before it is known: the stream's mean, worth this many answers.
_PRIOR = 1.5
# A prompt is tested once it has answered this often; before that it only teaches the baseline.
LEARNT = 3.0

# Days move all prompts together on the logit: the variance that is assumed (long-run, so that days in a row count),
# how many days of looking that is worth, and the least and the most that is ever allowed for.
DAY_VARIANCE = 0.05
_DAY_WEIGHT = 15
_DAY_LEAST = 0.05
_DAY_MOST = 1.0
_LAGS = 1  # days over which one day's mood is followed into the next
_DELAY = 10  # days that wait before they teach: a change under way must not pass for a mood

# Two samples of one prompt in one round resemble each other.
_SAMPLES_ALIKE = 0.2


@dataclass(frozen=True)
class Seen:
    """One prompt in one round: the mean of its answers, 0..1, and how many independent ones they are worth."""

    prompt: str
    mean: float
    weight: float

    @classmethod
    def of_answers(cls, prompt: str, hits: float, of: float) -> "Seen":
        return cls(prompt, min(max(hits / of, 0.0), 1.0), of / (1 + (of - 1) * _SAMPLES_ALIKE) if of > 1 else of)


@dataclass
class Days:
    """The long-run variance of the days' common movement on the logit, learnt with a delay."""

    waiting: deque[tuple[float, float]] = field(default_factory=deque)
    last: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=_LAGS))
    excess: float = 0.0
    information: float = 0.0
    days: int = 0

    def add(self, score: float, information: float) -> None:
        """Take in a day: the sum of (seen - expected) and its binomial variance."""
        self.waiting.append((score, information))
        if len(self.waiting) > _DELAY:
            self._learn(*self.waiting.popleft())

    def _learn(self, score: float, information: float) -> None:
        if information <= 0:
            return
        self.excess += score * score - information
        for lag, (earlier, _) in enumerate(reversed(self.last), start=1):
            self.excess += 2 * (1 - lag / (_LAGS + 1)) * score * earlier
        self.information += information * information
        self.days += 1
        self.last.append((score, information))

    def settled(self) -> "Days":
        """Return what is learnt already, without the days that still wait."""
        return Days(last=self.last.copy(), excess=self.excess, information=self.information, days=self.days)

    @property
    def variance(self) -> float:
        """Return the variance to allow for."""
        if not self.days:
            return DAY_VARIANCE
        prior = _DAY_WEIGHT * self.information / self.days
        seen = (self.excess + prior * DAY_VARIANCE) / (self.information + prior)
        return min(max(seen, _DAY_LEAST), _DAY_MOST)


@dataclass
class Baseline:
    """Beta counts per prompt; memory grows with prompts, not with time."""

    hits: dict[str, float] = field(default_factory=dict)
    of: dict[str, float] = field(default_factory=dict)
    rounds: int = 0

    def add(self, seen: Iterable[Seen]) -> None:
        for one in seen:
            self.hits[one.prompt] = self.hits.get(one.prompt, 0.0) + one.mean * one.weight
            self.of[one.prompt] = self.of.get(one.prompt, 0.0) + one.weight
        self.rounds += 1

    @property
    def answers(self) -> float:
        return sum(self.of.values())

    @property
    def mean(self) -> float:
        return (sum(self.hits.values()) + 1) / (self.answers + 2)

    def rates(self, seen: Iterable[Seen]) -> Mapping[str, float]:
        """Return the expected rate of each prompt that is known well enough to be tested."""
        mean = self.mean
        known = (one.prompt for one in seen if self.of.get(one.prompt, 0.0) >= LEARNT)
        return {prompt: (self.hits[prompt] + _PRIOR * mean) / (self.of[prompt] + _PRIOR) for prompt in known}


def log_marginal(seen: Iterable[tuple[float, float, float]], day_variance: float) -> tuple[float, float, float]:
    """Return (log likelihood, score, information) of a day's (mean, weight, expected rate).

    The day's common movement on the logit is integrated out (Laplace). For means within 0..1 the Bernoulli likelihood
    ratio of two rates has expectation at most 1 under the first, so the ratio is an e-value for them too.
    """
    log_likelihood = score = information = 0.0
    for mean, weight, rate in seen:
        if mean:
            log_likelihood += weight * mean * math.log(rate)
        if mean < 1:
            log_likelihood += weight * (1 - mean) * math.log1p(-rate)
        score += weight * (mean - rate)
        information += weight * rate * (1 - rate)
    spread = 1 + day_variance * information
    integrated = 0.5 * (score * score * day_variance / spread - math.log(spread))
    return log_likelihood + integrated, score, information
