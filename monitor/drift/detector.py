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
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.drift.baseline import Baseline, Days, Seen, log_marginal

# Sizes of change: the share of the rate (fall) or of its complement (rise) that is lost.
SIZES = (-0.3, -0.55, 0.3, 0.55)
# A baseline before the first test.
ROUNDS = 5
ANSWERS = 20.0
# One odd day is not a shift.
LEAST = 2
_EDGE = 0.005  # no prompt is held to be certain
_OVERFLOW = 600.0  # logarithm


@dataclass(frozen=True)
class Alarm:
    since: date
    found: date
    evidence: float  # the sum over starting rounds, divided by their number: an e-value at each fixed round
    size: float


@dataclass
class _Size:
    """One size of change: the sum over starts, and where the likeliest start is."""

    size: float
    log_sum: float = -math.inf
    climb: float = 0.0
    start: date | None = None
    rounds: int = 0

    def update(self, log_ratio: float, day: date) -> None:
        larger = max(self.log_sum, 0.0)
        self.log_sum = larger + math.log(math.exp(self.log_sum - larger) + math.exp(-larger)) + log_ratio
        if self.climb <= 0:
            self.climb, self.start, self.rounds = 0.0, day, 0
        self.climb += log_ratio
        self.rounds += 1


@dataclass
class Detector:
    """Feed it rounds in order; it answers each with an alarm or None. After an alarm it starts anew."""

    threshold: float  # mean number of rounds to a false alarm is at least this
    baseline: Baseline = field(default_factory=Baseline)
    days: Days = field(default_factory=Days)
    sizes: list[_Size] = field(default_factory=lambda: [_Size(size) for size in SIZES])
    tested: int = 0

    def update(self, day: date, seen: Sequence[Seen]) -> Alarm | None:
        """Take in one round."""
        ready = self.baseline.rounds >= ROUNDS and self.baseline.answers >= ANSWERS
        rates = self.baseline.rates(seen) if ready else {}
        if rates:
            self._test(day, [(one.mean, one.weight, _inside(rates[one.prompt])) for one in seen if one.prompt in rates])
        self.baseline.add(seen)
        return self._alarm(day) if rates else None

    def _test(self, day: date, seen: Sequence[tuple[float, float, float]]) -> None:
        variance = self.days.variance
        same, score, information = log_marginal(seen, variance)
        for size in self.sizes:
            moved = [(mean, weight, changed(rate, size.size)) for mean, weight, rate in seen]
            size.update(min(log_marginal(moved, variance)[0] - same, _OVERFLOW), day)
        self.days.add(score, information)
        self.tested += 1

    @property
    def log_evidence(self) -> float:
        """Return the logarithm of the weighted mean of the sums."""
        top = max(size.log_sum for size in self.sizes)
        return top + math.log(sum(math.exp(size.log_sum - top) for size in self.sizes) / len(self.sizes))

    def _alarm(self, day: date) -> Alarm | None:
        if self.log_evidence < math.log(self.threshold):
            return None
        best = max(self.sizes, key=lambda size: size.log_sum)
        if best.start is None or best.rounds < LEAST:
            return None
        evidence = math.exp(min(self.log_evidence, _OVERFLOW)) / self.tested
        return Alarm(since=best.start, found=day, evidence=evidence, size=best.size)


def changed(rate: float, size: float) -> float:
    """Return a rate after a fall (negative size: that share of it) or a rise (that share of its complement).

    >>> changed(0.5, -0.5), changed(0.5, 0.5)
    (0.25, 0.75)
    """
    return _inside(rate * (1 + size) if size < 0 else 1 - (1 - rate) * (1 - size))


def _inside(rate: float) -> float:
    return min(max(rate, _EDGE), 1 - _EDGE)
