"""One stream, looked at after every round: has it changed, since when, and how strong is the evidence.

An e-detector of the Shiryaev-Roberts kind (Shin, Ramdas, Rinaldo 2023, "E-detectors"): for each of a few sizes of
change it sums, over every round at which the change may have begun, the likelihood ratio of "changed since then" to
"as before"; a weighted mean of these sums is compared with a threshold. Each prompt is its own baseline (the ratio is a
product over prompts, learnt as it goes), and what moves all prompts of a day together is integrated out.

Under the stated null - prompts keep rates drawn from a common spread, days move them together by normal amounts of the
variance allowed for - the sum grows on average by at most one a round, so the mean number of rounds until a false alarm
is at least the threshold.

The state is a frozen value and `update` a pure function: the state after a round depends on the rounds alone, so a kept
state can be made again from the tallies at any time. Its size depends on the number of prompts, not on the history.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from monitor.drift.baseline import Baseline, Days, Seen
from monitor.drift.moves import MOVES, WEIGHTS, weigh

# One odd day is not a shift: no round weighs more than this share of the evidence that is asked for.
LARGEST_SHARE = 0.7
_NOTHING = Baseline()


@dataclass(frozen=True)
class Alarm:
    since: date
    found: date
    evidence: float  # the sum over starting rounds, divided by their number: an e-value at each fixed round


class Move(NamedTuple):
    """One kind of change: the sum over starts, and where the likeliest start is."""

    total: float = 0.0  # sum over starting rounds of the likelihood ratio since then
    climb: float = 0.0  # logarithm of the ratio since the likeliest start
    start: date | None = None
    before: Baseline = _NOTHING  # all that was known at the likeliest start


@dataclass(frozen=True, kw_only=True)
class State:
    """All that a stream's detector remembers."""

    threshold: float  # mean number of rounds to a false alarm is at least this
    begun: date | None = None  # the first day of the baseline
    baseline: Baseline = _NOTHING
    days: Days = field(default_factory=Days)
    moves: tuple[Move, ...] = (Move(),) * len(MOVES)
    tested: int = 0  # rounds
    boldest: float = 0.0  # the largest logarithm of the latest round's ratios, as they were before they were limited
    alarm: Alarm | None = None  # of the latest round: the next begins anew, with what came since the change

    @property
    def evidence(self) -> float:
        """Return the weighted mean of the sums: what is compared with the threshold."""
        return sum(weight * move.total for weight, move in zip(WEIGHTS, self.moves, strict=True))


def update(state: State, day: date, seen: Sequence[Seen]) -> State:
    """Return the state after one round; rounds come in order."""
    state = current(state)
    baseline = state.baseline
    known = baseline.expected(seen) if baseline.ready else []
    learnt = baseline.added(seen)
    if not known:
        return replace(state, baseline=learnt, begun=state.begun or day)
    weighed = weigh(known, state.days.variance)
    most = LARGEST_SHARE * math.log(state.threshold)
    ratios = zip(state.moves, weighed.log_ratios, strict=True)
    tested = State(
        threshold=state.threshold,
        begun=state.begun,
        baseline=learnt,
        days=state.days.added(weighed.score, weighed.information),
        moves=tuple(_moved(move, min(ratio, most), day, baseline) for move, ratio in ratios),
        tested=state.tested + 1,
        boldest=max(weighed.log_ratios),
    )
    return tested if tested.evidence < tested.threshold else replace(tested, alarm=_alarm(tested, day))


def _moved(move: Move, log_ratio: float, day: date, before: Baseline) -> Move:
    total = (move.total + 1) * math.exp(log_ratio)
    if move.climb <= 0:
        return Move(total, log_ratio, day, before)
    return Move(total, move.climb + log_ratio, move.start, move.before)


def _alarm(state: State, day: date) -> Alarm:
    best = _likeliest(state)
    return Alarm(since=best.start or day, found=day, evidence=state.evidence / state.tested)


def _likeliest(state: State) -> Move:
    return max(zip(WEIGHTS, state.moves, strict=True), key=lambda pair: pair[0] * pair[1].total)[1]


def current(state: State) -> State:
    """Return the state that the next round meets: after an alarm, the baseline is what came since the change."""
    if state.alarm is None:
        return state
    since = state.baseline.since(_likeliest(state).before)
    return State(threshold=state.threshold, begun=state.alarm.since, baseline=since, days=state.days.settled())


def afresh(state: State) -> State:
    """Return a state that knows nothing but how days vary: for other prompts than those asked so far."""
    return State(threshold=state.threshold, days=state.days.settled())


def run(state: State, rounds: Iterable[tuple[date, Sequence[Seen]]]) -> State:
    """Return the state after many rounds."""
    for day, seen in rounds:
        state = update(state, day, seen)
    return state


def log_mean(logs: Sequence[float]) -> float:
    """Return the logarithm of the mean of exp(logs), weighted as the moves are."""
    top = max(logs)
    return top + math.log(sum(weight * math.exp(log - top) for log, weight in zip(logs, WEIGHTS, strict=True)))
