"""One number with its interval, out of many tallies."""

import math
from collections.abc import Callable, Sequence

from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series, Tally
from monitor.drift import intervals, measures

_IntervalOf = Callable[[Sequence[Rate]], Interval | None]

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
    clusters = [cluster for cluster in prompts if cluster.of > 0]
    rate = Rate(hits=sum(cluster.hits for cluster in clusters), of=sum(cluster.of for cluster in clusters))
    return Estimate(
        series=series,
        rate=rate,
        interval=_interval_of(series.measure)(clusters),
        answers=answers,
        prompts=len(clusters),
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
        return intervals.share_interval
    if measure in RATIOS:
        return intervals.ratio_interval
    if measure in SIGNED:
        return intervals.stance_interval
    if measure in MEANS:
        return _place_interval
    return intervals.rate_interval


def _place_interval(clusters: Sequence[Rate]) -> Interval | None:
    return intervals.mean_interval(clusters, least=1.0)
