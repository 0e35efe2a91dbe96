"""One test per new regime: whether the numbers changed when another model, sheet or analyzer began.

The start is known, so no sum over starts is needed: the likelihood ratio from the regime's first round is an e-process,
and may be looked at after every round. Each prompt is compared with its own rate before.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.drift.baseline import Baseline, Seen, log_marginal
from monitor.drift.detector import ANSWERS, LEAST, ROUNDS, SIZES, changed

_EDGE = 0.005
# Later rounds tell of later changes, not of this one.
WITHIN = 30


@dataclass
class PairedTest:
    """Feed it the new regime's rounds in order."""

    before: Baseline
    day_variance: float
    threshold: float  # 1 / threshold bounds the chance of a false finding
    logs: list[float] = field(default_factory=lambda: [0.0] * len(SIZES))
    rounds: int = 0
    found: date | None = None
    evidence: float = 0.0
    _now: Baseline = field(init=False)

    def __post_init__(self) -> None:
        self._now = Baseline(hits=dict(self.before.hits), of=dict(self.before.of), rounds=self.before.rounds)

    def update(self, day: date, seen: Sequence[Seen]) -> None:
        """Take in one round; once found, a change stays found."""
        enough = self.before.rounds >= ROUNDS and self.before.answers >= ANSWERS
        rates, now = self.before.rates(seen), self._now.rates(seen)
        known = [one for one in seen if one.prompt in rates]
        if not known or not enough or self.found is not None or self.rounds >= WITHIN:
            return
        same = log_marginal(_expected(known, [now[one.prompt] for one in known]), self.day_variance)[0]
        for place, size in enumerate(SIZES):
            moved = [changed(rates[one.prompt], size) for one in known]
            self.logs[place] += log_marginal(_expected(known, moved), self.day_variance)[0] - same
        self._now.add(known)
        self.rounds += 1
        self._judge(day)

    def _judge(self, day: date) -> None:
        top = max(self.logs)
        self.evidence = math.exp(top) * sum(math.exp(log - top) for log in self.logs) / len(self.logs)
        if self.evidence >= self.threshold and self.rounds >= LEAST:
            self.found = day


def _expected(seen: Iterable[Seen], rates: Iterable[float]) -> list[tuple[float, float, float]]:
    return [(one.mean, one.weight, min(max(rate, _EDGE), 1 - _EDGE)) for one, rate in zip(seen, rates, strict=True)]
