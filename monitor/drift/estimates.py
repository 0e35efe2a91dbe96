"""One number with its interval, out of many tallies."""

import math
from collections.abc import Callable, Sequence

from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Tally
from monitor.drift import intervals, measures
from monitor.drift.intervals import Column

_IntervalOf = Callable[[Column, Column], Interval | None]

# The pooled number is a ratio of sums whose units are not answers.
RATIOS = frozenset({Measure.SHARE_OF_VOICE, Measure.CITATION_SHARE, Measure.ACCURACY})
# Of these, an answer's units say about the same.
_BUNCHED = frozenset({Measure.CITATION_SHARE, Measure.ACCURACY})
# From -1 to 1: answers for minus answers against.
SIGNED = frozenset({Measure.NET_STANCE, Measure.LEAD})
# Plain numbers: places, counted from 1.
MEANS = frozenset({Measure.POSITION, Measure.LIST_RANK})


def estimate(series: Series, tallies: Sequence[Tally]) -> Estimate:
    """Pool the tallies that belong to `series`; an empty topic takes all topics.

    Nothing measured gives a rate without value and no interval: it is not a zero.
    """
    own = [tally for tally in tallies if belongs(tally, series)]
    answers = sum(tally.answers or math.ceil(tally.of) for tally in own)
    return pooled(series, measures.by_prompt(own), answers)


def pooled(series: Series, prompts: Sequence[Rate], answers: int) -> Estimate:
    """Return the same from the sums of each prompt, in the order of the prompts' ids."""
    return of_columns(series, *intervals.columns(prompts), answers)


def of_columns(series: Series, hits: Column, of: Column, answers: int) -> Estimate:
    """Return the same from the sums as columns, of the prompts that brought anything."""
    return Estimate(
        series=series,
        rate=Rate(hits=float(sum(hits)), of=float(sum(of))),
        interval=_interval_of(series.measure)(hits, of),
        answers=answers,
        prompts=len(of),
        unit="" if series.measure in MEANS else "%",
    )


def belongs(tally: Tally, series: Series) -> bool:
    """Whether a tally is part of a series."""
    own = tally.series
    if (own.measure, own.assistant_id, own.surface) != (series.measure, series.assistant_id, series.surface):
        return False
    return own.subject == series.subject and series.topic in {"", own.topic}


def _interval_of(measure: Measure) -> _IntervalOf:
    if measure in _BUNCHED:
        return intervals.share
    if measure in RATIOS:
        return intervals.ratio
    if measure in SIGNED:
        return intervals.stance
    if measure in MEANS:
        return _place_interval
    return intervals.rate


def _place_interval(hits: Column, of: Column) -> Interval | None:
    return intervals.mean(hits, of, least=1.0)
