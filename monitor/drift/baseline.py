"""What a stream was like so far: each prompt's own rate, and how far days move them all together."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

# A prompt's rate before it is known: the stream's mean, worth this many answers.
_PRIOR = 1.5
# A prompt is tested once it has answered this often; before that it only teaches the baseline.
LEARNT = 3.0
# A baseline before the first test.
ROUNDS = 5
ANSWERS = 20.0

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


class Seen(NamedTuple):
    """One prompt in one round: the mean of its answers, 0..1, and how many independent ones they are worth."""

    prompt: str
    mean: float
    weight: float

    @classmethod
    def of_answers(cls, prompt: str, hits: float, of: float) -> "Seen":
        return cls(prompt, min(max(hits / of, 0.0), 1.0), of / (1 + (of - 1) * _SAMPLES_ALIKE) if of > 1 else of)


# One prompt beside its baseline: mean of its answers, their weight, expected rate.
Expected = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Days:
    """The long-run variance of the days' common movement on the logit, learnt with a delay."""

    waiting: tuple[tuple[float, float], ...] = ()  # score and information of the days that do not teach yet
    last: tuple[tuple[float, float], ...] = ()  # the latest that did
    excess: float = 0.0
    information: float = 0.0
    days: int = 0

    def added(self, score: float, information: float) -> "Days":
        """Return what is known after a day: the sum of (seen - expected) and its binomial variance."""
        waiting = (*self.waiting, (score, information))
        if len(waiting) <= _DELAY:
            return replace(self, waiting=waiting)
        return self._learnt(*waiting[0], waiting[1:])

    def _learnt(self, score: float, information: float, waiting: tuple[tuple[float, float], ...]) -> "Days":
        if information <= 0:
            return replace(self, waiting=waiting)
        excess = self.excess + score * score - information
        for lag, (earlier, _) in enumerate(self.last, start=1):
            excess += 2 * (1 - lag / (_LAGS + 1)) * score * earlier
        return Days(
            waiting=waiting,
            last=((score, information), *self.last[: _LAGS - 1]),
            excess=excess,
            information=self.information + information * information,
            days=self.days + 1,
        )

    def settled(self) -> "Days":
        """Return what is learnt already, without the days that still wait."""
        return replace(self, waiting=())

    @property
    def variance(self) -> float:
        """Return the variance to allow for."""
        if not self.days:
            return DAY_VARIANCE
        prior = _DAY_WEIGHT * self.information / self.days
        seen = (self.excess + prior * DAY_VARIANCE) / (self.information + prior)
        return min(max(seen, _DAY_LEAST), _DAY_MOST)


_NEVER = (0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Beta counts per prompt; memory grows with prompts, not with time."""

    counts: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # prompt -> hits, answers
    rounds: int = 0
    hits: float = 0.0  # of all prompts
    answers: float = 0.0

    def added(self, seen: Iterable[Seen]) -> "Baseline":
        """Return the baseline after one more round."""
        counts, all_hits, answers = dict(self.counts), self.hits, self.answers
        for prompt, mean, weight in seen:
            hits, of = counts.get(prompt, _NEVER)
            more = mean * weight
            counts[prompt] = (hits + more, of + weight)
            all_hits += more
            answers += weight
        return Baseline(counts=counts, rounds=self.rounds + 1, hits=all_hits, answers=answers)

    def since(self, earlier: "Baseline") -> "Baseline":
        """Return what came after an earlier state of the same baseline."""
        counts = {}
        for prompt, (hits, of) in self.counts.items():
            hits_then, of_then = earlier.counts.get(prompt, _NEVER)
            if of > of_then:
                counts[prompt] = (max(hits - hits_then, 0.0), of - of_then)
        return Baseline(
            counts=counts,
            rounds=self.rounds - earlier.rounds,
            hits=self.hits - earlier.hits,
            answers=self.answers - earlier.answers,
        )

    @property
    def ready(self) -> bool:
        """Whether there is enough to test against; until then, a baseline is being built."""
        return self.rounds >= ROUNDS and self.answers >= ANSWERS

    @property
    def mean(self) -> float:
        return (self.hits + 1) / (self.answers + 2)

    @property
    def rates(self) -> list[float]:
        """Return the expected rate of each prompt that is known well enough to be tested."""
        prior = _PRIOR * self.mean
        return [(hits + prior) / (of + _PRIOR) for hits, of in self.counts.values() if of >= LEARNT]

    def expected(self, seen: Iterable[Seen]) -> list[Expected]:
        """Return what is expected of each prompt that is known well enough to be tested."""
        counts, prior = self.counts, _PRIOR * self.mean
        found = []
        for prompt, mean, weight in seen:
            hits, of = counts.get(prompt, _NEVER)
            if of >= LEARNT:
                found.append((mean, weight, (hits + prior) / (of + _PRIOR)))
        return found


def log_marginal(seen: Iterable[Expected], day_variance: float) -> tuple[float, float, float]:
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
