"""One series through its regimes: watched within each, and tested once where a new one begins."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import NamedTuple

from monitor.domain.measures import Series, Shift
from monitor.drift import permuted, strips, watched
from monitor.drift.baseline import ROUNDS, Baseline, Seen
from monitor.drift.detector import Alarm, State, afresh, current, update
from monitor.drift.paired import PairedTest
from monitor.drift.regimes import RegimeSpan
from monitor.drift.strips import Strip

# Chance of a false finding in the one test of a new regime, and the most such findings among an assistant's streams.
PER_REGIME = 0.01
PER_CHANGE = 0.5
YEAR = 365.25


class Look(NamedTuple):
    """What a detector held after a round."""

    day: date
    evidence: float
    boldest: float  # see State
    ready: bool  # whether its baseline was there


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A series with its latest regime and all that was found in it."""

    series: Series
    regime: RegimeSpan
    strips: Sequence[Strip]  # of the latest regime
    state: State
    a_year: float  # false alarms
    shifts: tuple[Shift, ...] = ()  # in the order of time
    looks: Sequence[Look] = ()  # of the first regime


@dataclass(frozen=True, kw_only=True)
class Stream:
    series: Series
    strips: Sequence[Strip]
    a_year: float  # false alarms it may give
    family: int = 1  # streams of the same assistant: a new model is tested in all of them

    def followed(self) -> Followed:
        """Walk through the regimes; there is at least one strip."""
        spans = strips.spans(self.strips)
        own = [strips.within(self.strips, span) for span in spans]
        rounds = [watched.rounds(self.series.measure, some) for some in own]
        threshold = rounds_a_year([day for some in rounds for day, _ in some]) / self.a_year
        walks = [_walked(some, threshold) for some in rounds]
        shifts: list[Shift] = []
        for place, span in enumerate(spans):
            if place:
                pair = _Pair(walks[place - 1], spans[place - 1], own[place - 1], span, own[place])
                shifts += self._paired(pair, rounds[place], walks[place])
            shifts += self._within(walks[place], own[place])
        return Followed(
            series=self.series,
            regime=spans[-1],
            strips=own[-1],
            state=current(walks[-1].state),
            a_year=self.a_year,
            shifts=tuple(shifts),
            looks=walks[0].looks,
        )

    def _within(self, walk: "_Walk", own: Sequence[Strip]) -> Iterator[Shift]:
        ends = [alarm.since for alarm, _ in walk.alarms[1:]]
        for (alarm, begun), end in itertools.zip_longest(walk.alarms, ends):
            yield Shift(
                series=self.series,
                before=strips.estimate(self.series, strips.between(own, begun, alarm.since)),
                after=strips.estimate(self.series, strips.between(own, alarm.since, end)),
                since=alarm.since,
                found=alarm.found,
                evidence=alarm.evidence,
                test=(
                    "the same questions before and after; for each number that is watched this test gives about one "
                    f"false alarm in {float(f'{1 / self.a_year:.2g}'):,.0f} years"
                ),
            )

    def _paired(self, pair: "_Pair", rounds: watched.Rounds, walk: "_Walk") -> Iterator[Shift]:
        """Test the new regime against the end of the old one, once; later changes of the new one are its own."""
        threshold = max(1 / PER_REGIME, self.family / PER_CHANGE)
        state = current(pair.walk.state)
        test = PairedTest(before=state.baseline, day_variance=state.days.variance, threshold=threshold)
        for day, seen in rounds:
            test.update(day, seen)
        if test.found is None:
            return
        end = walk.alarms[0][0].since if walk.alarms else None
        before, after = strips.same_prompts(
            strips.between(pair.old, state.begun or pair.before.start, None),
            strips.between(pair.new, pair.after.start, end),
        )
        yield Shift(
            series=self.series,
            before=strips.estimate(self.series, before),
            after=strips.estimate(self.series, after),
            since=pair.after.start,
            found=test.found,
            evidence=test.evidence,
            test=(
                f"the same questions before and after the change; at most 1 false finding in {threshold:,.0f}"
                f"{permuted.told(self.series.measure, before, after)}"
            ),
            cause=pair.after.cause,
        )


@dataclass(frozen=True)
class _Pair:
    walk: "_Walk"  # of the regime before
    before: RegimeSpan
    old: Sequence[Strip]
    after: RegimeSpan
    new: Sequence[Strip]


@dataclass(frozen=True)
class _Walk:
    state: State
    # each alarm with the day on which what came before it began
    alarms: list[tuple[Alarm, date]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def _walked(rounds: Iterable[tuple[date, Sequence[Seen]]], threshold: float) -> _Walk:
    walk = _Walk(State(threshold=threshold))
    for day, seen in rounds:
        state = afresh(walk.state) if _other_prompts(current(walk.state).baseline, seen) else walk.state
        state = update(state, day, seen)
        if state.alarm is not None:
            walk.alarms.append((state.alarm, state.begun or day))
        walk.looks.append(Look(day, state.evidence, state.boldest, state.baseline.ready))
        walk = replace(walk, state=state)
    return walk


def _other_prompts(baseline: Baseline, seen: Sequence[Seen]) -> bool:
    """Whether most of a round was never asked before: watching begins anew, like is compared with like."""
    strangers = sum(one.prompt not in baseline.counts for one in seen)
    return baseline.rounds >= ROUNDS and strangers > len(seen) / 2


def rounds_a_year(days: Sequence[date]) -> float:
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    return YEAR / max(median(gaps), 1) if gaps else YEAR
