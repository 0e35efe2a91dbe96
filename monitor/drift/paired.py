"""One test per new regime: whether the numbers changed when another model, sheet or analyzer began.

The start is known, so no sum over starts is needed: the likelihood ratio from the regime's first round is an e-process,
and may be looked at after every round. Each prompt is compared with its own rate before.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.drift.baseline import Baseline, Seen, log_marginal
from monitor.drift.detector import ANSWERS, LARGEST_SHARE, MOVES, ROUNDS, inside, log_mean

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
        most = LARGEST_SHARE * math.log(self.threshold)
        same = log_marginal(_expected(known, [now[one.prompt] for one in known]), self.day_variance)[0]
        for place, (_, move) in enumerate(MOVES):
            moved = [move(rates[one.prompt]) for one in known]
            self.logs[place] += min(log_marginal(_expected(known, moved), self.day_variance)[0] - same, most)
        self._now.add(known)
        self.rounds += 1
        self._judge(day)

    def _judge(self, day: date) -> None:
        self.evidence = math.exp(log_mean(self.logs))
        if self.evidence >= self.threshold:
            self.found = day


def _expected(seen: Iterable[Seen], rates: Iterable[float]) -> list[tuple[float, float, float]]:
    return [(one.mean, one.weight, inside(rate)) for one, rate in zip(seen, rates, strict=True)]
