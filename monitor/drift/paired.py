"""One test per new regime: whether the numbers changed when another model, sheet or analyzer began.

The start is known, so no sum over starts is needed: the likelihood ratio from the regime's first round is an e-process,
and may be looked at after every round. Each prompt is compared with its own rate before.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.drift.baseline import Baseline, Seen, log_marginal
from monitor.drift.detector import LARGEST_SHARE, log_mean
from monitor.drift.moves import MOVES, inside

# Later rounds tell of later changes, not of this one.
WITHIN = 30


@dataclass
class PairedTest:
    """Feed it the new regime's rounds in order."""

    before: Baseline
    day_variance: float
    threshold: float  # 1 / threshold bounds the chance of a false finding
    logs: list[float] = field(default_factory=lambda: [0.0] * len(MOVES))
    rounds: int = 0
    found: date | None = None
    evidence: float = 0.0
    now: Baseline = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.before

    def update(self, day: date, seen: Sequence[Seen]) -> None:
        """Take in one round; once found, a change stays found."""
        if not self.before.ready or self.found is not None or self.rounds >= WITHIN:
            return
        known = [one for one in seen if self.before.expected([one])]
        if not known:
            return
        most = LARGEST_SHARE * math.log(self.threshold)
        rates = [rate for *_, rate in self.before.expected(known)]
        same = _likelihood(known, [rate for *_, rate in self.now.expected(known)], self.day_variance)
        for place, (_, move) in enumerate(MOVES):
            moved = _likelihood(known, map(move, rates), self.day_variance)
            self.logs[place] += min(moved - same, most)
        self.now = self.now.added(known)
        self.rounds += 1
        self._judge(day)

    def _judge(self, day: date) -> None:
        self.evidence = math.exp(log_mean(self.logs))
        if self.evidence >= self.threshold:
            self.found = day


def _likelihood(seen: Sequence[Seen], rates: Iterable[float], day_variance: float) -> float:
    expected = [(one.mean, one.weight, inside(rate)) for one, rate in zip(seen, rates, strict=True)]
    return log_marginal(expected, day_variance)[0]
