"""One stream, looked at after every round: has it changed, since when, and how strong is the evidence.

An e-detector of the Shiryaev-Roberts kind (Shin, Ramdas, Rinaldo 2023, "E-detectors"): for each of a few sizes of
change it sums, over every round at which the change may have begun, the likelihood ratio of "changed since then" to
"as before"; a weighted mean of these sums is compared with a threshold. Each prompt is its own baseline (the ratio is a
product over prompts, learnt as it goes), and what moves all prompts of a day together is integrated out.

Under the stated null - prompts keep rates drawn from a common spread, days move them together by normal amounts of the
variance allowed for - the sum grows on average by at most one a round, so the mean number of rounds until a false alarm
is at least the threshold.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.drift.baseline import Baseline, Days, Seen, log_marginal

_ODDS = 2.5
# How a change may look, each with its share of the attention: a share of the rate is lost (a name vanishes), a share of
# its complement (a name comes up), or the odds move (rates that are near 0 or 1 to begin with).
MOVES: tuple[tuple[float, Callable[[float], float]], ...] = (
    (0.40, lambda rate: 0.70 * rate),
    (0.25, lambda rate: 0.45 * rate),
    (0.12, lambda rate: 1 - 0.70 * (1 - rate)),
    (0.08, lambda rate: 1 - 0.45 * (1 - rate)),
    (0.08, lambda rate: rate / (rate + (1 - rate) * _ODDS)),
    (0.07, lambda rate: rate / (rate + (1 - rate) / _ODDS)),
)
# A baseline before the first test.
ROUNDS = 5
ANSWERS = 20.0
# One odd day is not a shift: no round weighs more than this share of the evidence that is asked for.
LARGEST_SHARE = 0.7
_EDGE = 0.005  # no prompt is held to be certain
_OVERFLOW = 600.0  # logarithm


@dataclass(frozen=True)
class Alarm:
    since: date
    found: date
    evidence: float  # the sum over starting rounds, divided by their number: an e-value at each fixed round


@dataclass
class _Move:
    """One kind of change: the sum over starts, and where the likeliest start is."""

    log_sum: float = -math.inf
    climb: float = 0.0
    start: date | None = None

    def update(self, log_ratio: float, day: date) -> None:
        larger = max(self.log_sum, 0.0)
        self.log_sum = larger + math.log(math.exp(self.log_sum - larger) + math.exp(-larger)) + log_ratio
        if self.climb <= 0:
            self.climb, self.start = 0.0, day
        self.climb += log_ratio


@dataclass
class Detector:
    """Feed it rounds in order; it answers each with an alarm or None. After an alarm it starts anew."""

    threshold: float  # mean number of rounds to a false alarm is at least this
    baseline: Baseline = field(default_factory=Baseline)
    days: Days = field(default_factory=Days)
    moves: list[_Move] = field(default_factory=lambda: [_Move() for _ in MOVES])
    tested: int = 0

    def update(self, day: date, seen: Sequence[Seen]) -> Alarm | None:
        """Take in one round."""
        ready = self.baseline.rounds >= ROUNDS and self.baseline.answers >= ANSWERS
        rates = self.baseline.rates(seen) if ready else {}
        if rates:
            self._test(day, [(one.mean, one.weight, inside(rates[one.prompt])) for one in seen if one.prompt in rates])
        self.baseline.add(seen)
        return self._alarm(day) if rates else None

    def _test(self, day: date, seen: Sequence[tuple[float, float, float]]) -> None:
        variance, most = self.days.variance, LARGEST_SHARE * math.log(self.threshold)
        same, score, information = log_marginal(seen, variance)
        for state, (_, move) in zip(self.moves, MOVES, strict=True):
            moved = [(mean, weight, inside(move(rate))) for mean, weight, rate in seen]
            state.update(min(log_marginal(moved, variance)[0] - same, most), day)
        self.days.add(score, information)
        self.tested += 1

    @property
    def log_evidence(self) -> float:
        """Return the logarithm of the weighted mean of the sums."""
        return log_mean([state.log_sum for state in self.moves])

    def _alarm(self, day: date) -> Alarm | None:
        log_evidence = self.log_evidence
        best = max(zip(self.moves, MOVES, strict=True), key=lambda pair: pair[0].log_sum + math.log(pair[1][0]))[0]
        if log_evidence < math.log(self.threshold) or best.start is None:
            return None
        return Alarm(since=best.start, found=day, evidence=math.exp(min(log_evidence, _OVERFLOW)) / self.tested)


def log_mean(logs: Sequence[float]) -> float:
    """Return the logarithm of the mean of exp(logs), weighted as the moves are."""
    top = max(logs)
    return top + math.log(sum(weight * math.exp(log - top) for log, (weight, _) in zip(logs, MOVES, strict=True)))


def inside(rate: float) -> float:
    """Return the rate, kept from certainty."""
    return min(max(rate, _EDGE), 1 - _EDGE)
