"""Shifts in many streams: changes within a regime, and changes that came with a new one.

All streams of a brand share one budget of false alarms; docs/measures.md states it and how it was measured.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from monitor.domain.measures import Measure, Series, Shift, Tally
from monitor.drift import measures, regimes
from monitor.drift.baseline import DAY_VARIANCE, Baseline, Seen
from monitor.drift.detector import MOVES, ROUNDS, Alarm, Detector, inside
from monitor.drift.estimates import RATIOS, estimate
from monitor.drift.paired import PairedTest
from monitor.drift.quantiles import beta_quantile
from monitor.drift.regimes import Regime, RegimeSpan

# False alarms a stream may give in a year, and all streams of a brand together.
PER_STREAM = 0.008
PER_BRAND = 4.0
# Chance of a false finding in the one test of a new regime, and the most such findings among an assistant's streams.
PER_REGIME = 0.01
PER_CHANGE = 0.5

WATCHED = frozenset(
    {
        Measure.VISIBILITY,
        Measure.RECOMMENDED,
        Measure.FIRST_CHOICE,
        Measure.SHARE_OF_VOICE,
        Measure.CITATION_RATE,
        Measure.NET_STANCE,
        Measure.ACCURACY,
        Measure.CONTRADICTED_RATE,
        Measure.OUTDATED_RATE,
        Measure.REFUSAL_RATE,
        Measure.MISS_RATE,
    }
)
_YEAR = 365.25
_FOUR_OF_FIVE = 0.84  # quantile of the normal distribution
# Prompts as they usually are: their rates spread like Beta(2 rate, 2 (1 - rate)); nine of them stand for all.
_SPREAD = 2.0
_MONTH = 30  # rounds of baseline
_PROMPTS = tuple((2 * number + 1) / 18 for number in range(9))
# A long history is cut at fixed days, so that its beginning does not slide by a day with every look.
_LONG = 90
_CUT = 30

_Rounds = list[tuple[date, list[Seen]]]


def shifts(tallies: Iterable[Tally], *, per_stream: float = PER_STREAM, per_brand: float = PER_BRAND) -> list[Shift]:
    """Return every change that passed its test, the latest first.

    `per_stream` is the stated number of false alarms of a stream in a year, `per_brand` that of all together.
    """
    groups = measures.by_series(tally for tally in tallies if tally.series.measure in WATCHED and tally.of > 0)
    rate = min(per_stream, per_brand / max(len(groups), 1))
    families: dict[str, int] = defaultdict(int)
    for series in groups:
        families[series.assistant_id] += 1
    found = (
        shift
        for series in sorted(groups, key=_name)
        for shift in _Stream(series, groups[series], rate, families[series.assistant_id]).shifts()
    )
    return sorted(found, key=lambda shift: (shift.found or shift.since, shift.evidence), reverse=True)


def _name(series: Series) -> tuple[str, ...]:
    return (series.assistant_id, series.surface, series.measure, series.subject)


@dataclass(frozen=True)
class _Stream:
    series: Series
    tallies: Sequence[Tally]
    rate: float  # false alarms a year
    family: int  # streams of the same assistant

    def shifts(self) -> Iterator[Shift]:
        """Walk through the regimes: watch each, and test each new one against what came before."""
        if _is_constant(self.tallies):
            return
        tallies = _from_a_fixed_day(self.tallies)
        spans = regimes.spans(tallies)
        rounds = [_rounds(self.series.measure, _within(tallies, span)) for span in spans]
        threshold = _rounds_a_year([day for some in rounds for day, _ in some]) / self.rate
        before: tuple[Detector, RegimeSpan] | None = None
        for span, own in zip(spans, rounds, strict=True):
            if before is not None:
                yield from self._paired(before[0], before[1], span, own)
            detector, alarms = _watch(own, threshold)
            yield from (self._shift(alarm, span, threshold, last) for alarm, last in alarms)
            before = (detector, span)

    def _shift(self, alarm: Alarm, span: RegimeSpan, threshold: float, last: date) -> Shift:
        own = _within(self.tallies, span)
        return Shift(
            series=self.series,
            before=estimate(self.series, [tally for tally in own if last <= tally.day < alarm.since]),
            after=estimate(self.series, [tally for tally in own if alarm.since <= tally.day <= alarm.found]),
            since=alarm.since,
            found=alarm.found,
            evidence=alarm.evidence,
            test=f"e-detector on the paired panel, {self.rate:.2g} false alarms a year (1 in {threshold:,.0f} rounds)",
        )

    def _paired(self, before: Detector, old: RegimeSpan, new: RegimeSpan, rounds: _Rounds) -> Iterator[Shift]:
        threshold = max(1 / PER_REGIME, self.family / PER_CHANGE)
        test = PairedTest(before=before.baseline, day_variance=before.days.variance, threshold=threshold)
        for day, seen in rounds:
            test.update(day, seen)
        if test.found is None:
            return
        earlier, later = _same_prompts(_within(self.tallies, old), _within(self.tallies, new))
        yield Shift(
            series=self.series,
            before=estimate(self.series, earlier),
            after=estimate(self.series, later),
            since=new.start,
            found=test.found,
            evidence=test.evidence,
            test=f"paired before-after test of a new regime, chance of a false finding at most 1 in {threshold:,.0f}",
            cause=new.cause,
        )


def _is_constant(tallies: Sequence[Tally]) -> bool:
    """Whether never or always: nothing can have changed, and most streams of a brand are like that."""
    return all(tally.hits == 0 for tally in tallies) or all(tally.hits == tally.of for tally in tallies)


def _from_a_fixed_day(tallies: Sequence[Tally]) -> Sequence[Tally]:
    first, last = min(tally.day for tally in tallies), max(tally.day for tally in tallies)
    if (last - first).days < _LONG:
        return tallies
    start = date.fromordinal(math.ceil(first.toordinal() / _CUT) * _CUT)
    return [tally for tally in tallies if tally.day >= start]


def _within(tallies: Iterable[Tally], span: RegimeSpan) -> list[Tally]:
    own = (tally for tally in tallies if span.start <= tally.day <= span.end)
    return [tally for tally in own if Regime.parse(tally.regime).model in span.models]


def _same_prompts(before: Sequence[Tally], after: Sequence[Tally]) -> tuple[list[Tally], list[Tally]]:
    common = {_prompt(tally) for tally in before} & {_prompt(tally) for tally in after}
    return [t for t in before if _prompt(t) in common], [t for t in after if _prompt(t) in common]


def _prompt(tally: Tally) -> str:
    """Return the prompt with the version of its words: changed words have a baseline of their own."""
    return f"{tally.prompt_id}\x1f{Regime.parse(tally.regime).prompt}"


def _rounds(measure: Measure, tallies: Iterable[Tally]) -> _Rounds:
    """Return the days in order, each with its prompts: several rounds of one day are one look."""
    days: dict[date, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for tally in tallies:
        hits, of = _units(measure, tally)
        total = days[tally.day][_prompt(tally)]
        total[0] += hits
        total[1] += of
    return [
        (day, [Seen.of_answers(prompt, hits, of) for prompt, (hits, of) in sorted(prompts.items())])
        for day, prompts in sorted(days.items())
    ]


def _units(measure: Measure, tally: Tally) -> tuple[float, float]:
    """Return hits of answers, the hits between 0 and the answers."""
    if measure is Measure.NET_STANCE:
        return (tally.hits + tally.of) / 2, tally.of
    if measure in RATIOS:
        answers = tally.answers or 1
        return tally.hits / tally.of * answers, answers
    return tally.hits, tally.of


def _rounds_a_year(days: Sequence[date]) -> float:
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(days)]
    return _YEAR / max(median(gaps), 1) if gaps else _YEAR


def _watch(rounds: _Rounds, threshold: float) -> tuple[Detector, list[tuple[Alarm, date]]]:
    """Return the last detector and the alarms, each with the day on which what came before it began."""
    detector, begun = Detector(threshold=threshold), rounds[0][0] if rounds else date.min
    alarms: list[tuple[Alarm, date]] = []
    for day, seen in rounds:
        if _other_prompts(detector.baseline, seen):
            detector, begun = Detector(threshold=threshold, days=detector.days.settled()), day
        alarm = detector.update(day, seen)
        if alarm is not None:
            alarms.append((alarm, begun))
            begun = alarm.since
            detector = _anew(rounds, alarm, detector)
    return detector, alarms


def _other_prompts(baseline: Baseline, seen: Sequence[Seen]) -> bool:
    """Whether most of a round was never asked before: watching begins anew, like is compared with like."""
    strangers = sum(one.prompt not in baseline.of for one in seen)
    return baseline.rounds >= ROUNDS and strangers > len(seen) / 2


def _anew(rounds: _Rounds, alarm: Alarm, old: Detector) -> Detector:
    """Return a detector whose baseline is what came since the change."""
    baseline = Baseline()
    for day, seen in rounds:
        if alarm.since <= day <= alarm.found:
            baseline.add(seen)
    return Detector(threshold=old.threshold, baseline=baseline, days=old.days.settled())


def detectable(prompts: int, samples: int, rounds: int, rate: float) -> float:
    """Return the smallest fall of `rate` (0..1, in points of it) that is usually found within `rounds` rounds.

    "Usually" is four times out of five, at the default rate of false alarms with a round a day, after a baseline of a
    month, with prompts whose rates differ. The whole `rate` means: not even the name's vanishing is sure to be found.

    >>> detectable(30, 1, 7, 0.45) < detectable(10, 1, 7, 0.45)
    True
    """
    weight = prompts * Seen.of_answers("", 0, max(samples, 1)).weight
    steps = (rate * step / 100 for step in range(1, 101))
    return next((fall for fall in steps if _is_found(weight, rounds, rate, rate - fall)), rate)


def _is_found(weight: float, rounds: int, rate: float, after: float) -> bool:
    """Whether the evidence of so many rounds passes the threshold in four of five cases (normal approximation)."""
    rates = [inside(beta_quantile(chance, _SPREAD * rate, _SPREAD * (1 - rate))) for chance in _PROMPTS]
    distance = sum(_distance(inside(each * after / rate), each) for each in rates) / len(rates)
    information = weight * sum(each * (1 - each) for each in rates) / len(rates)
    rounds_worth = rounds * _MONTH / (rounds + _MONTH)  # the baseline is learnt, not known
    gained = rounds_worth * weight * distance / (1 + DAY_VARIANCE * information)
    needed = math.log(_YEAR / PER_STREAM) + math.log(1 / MOVES[0][0])
    return gained - _FOUR_OF_FIVE * math.sqrt(2 * gained) >= needed


def _distance(after: float, before: float) -> float:
    """Return what one answer tells, on average, of a rate that is `after` and was `before` (Kullback and Leibler)."""
    return after * math.log(after / before) + (1 - after) * math.log((1 - after) / (1 - before))
