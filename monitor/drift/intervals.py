"""Intervals for rates, ratios and means whose answers cluster by prompt.

A prompt's answers resemble each other, so n answers tell less than n. Each interval shrinks n to an effective number
(variance of the prompts' sums; Korn and Graubard 1998), with a little prior knowledge where prompts are few, and takes
Jeffreys' beta quantiles on it, so that 0 of 10 still has an upper end. Coverage: `python -m tests.bench coverage`.

Those that end in `_interval` take one `Rate` per prompt, the others the same as two columns: a report holds a thousand
intervals over a hundred prompts each.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.measures import Interval, Rate
from monitor.drift.quantiles import NORMAL, beta_quantile, t_quantile

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2
Column = Sequence[float]  # a number per prompt
_JEFFREYS = 0.5  # what the prior adds to hits and to misses

# Prior knowledge of how alike a prompt's answers are: correlation 0.35, worth what six prompts tell.
_ALIKE = 0.35
_ALIKE_WEIGHT = 6
_ALIKE_FREEDOM = 3
# Means: three pseudo-prompts that are so many units away, and how much is known of the spread beforehand.
_MEAN_WEIGHT = 3.0
_MEAN_AWAY = 1.4
_MEAN_FREEDOM = 6


@dataclass(frozen=True, kw_only=True)
class _Prior:
    """What is known of a share's spread before it is seen."""

    weight: float  # in prompts that are all or nothing
    freedom: int  # added to the degrees of freedom
    gain: float  # how many times the binomial's precision is possible
    bunched: bool  # whether a prompt's units say about the same


# Shares of voice: those named in one answer are not alike, so it may beat the binomial.
_RATIO = _Prior(weight=0.25, freedom=6, gain=3, bunched=False)
# Citations of one prompt are mostly the same pages.
_BUNCHES = _Prior(weight=2, freedom=20, gain=1, bunched=True)


def rate_interval(clusters: Sequence[Rate]) -> Interval | None:
    """Return the interval of the pooled rate, one `Rate` of yes-or-no answers per prompt; None without answers.

    >>> rate_interval([Rate(hits=0, of=1)] * 10).low
    0.0
    """
    return rate(*columns(clusters))


def columns(clusters: Sequence[Rate]) -> tuple[Column, Column]:
    """Return hits, and of how many, of the prompts of which anything is known."""
    measured = [cluster for cluster in clusters if cluster.of > 0]
    return [cluster.hits for cluster in measured], [cluster.of for cluster in measured]


def rate(hits: Column, of: Column) -> Interval | None:
    """Return the interval of the pooled rate; no prompt has 0 of 0, here and below."""
    if not of:
        return None
    total = sum(of)
    whole = min(max(sum(hits), 0.0), total)
    pairs = sum([number * (number - 1) for number in of])
    if pairs <= 0:
        return _beta(whole, total, total, worth=total)
    design = 1 + _likeness(hits, of, whole, pairs) * pairs / total
    t = t_quantile(1 - _TAIL, max(len(of) - 1, 1) + _ALIKE_FREEDOM)
    return _beta(whole, total, total / design * (NORMAL / t) ** (2 * (design - 1) / design), worth=total / design)


def _likeness(hits: Column, of: Column, whole: float, pairs: float) -> float:
    """Estimate the correlation of two answers to one prompt, shrunk towards what is usual."""
    prompts, total = len(of), sum(of)
    if prompts == 1:
        return _ALIKE
    rate = (whole + _JEFFREYS) / (total + 2 * _JEFFREYS)
    spread = _spread(hits, of, rate) * prompts / (prompts - 1)
    seen = min(max((spread / (rate * (1 - rate)) - total) / pairs, 0.0), 0.99)
    return ((prompts - 1) * seen + _ALIKE_WEIGHT * _ALIKE) / (prompts - 1 + _ALIKE_WEIGHT)


def _spread(hits: Column, of: Column, rate: float) -> float:
    return sum([(hit - rate * number) ** 2 for hit, number in zip(hits, of, strict=True)])


def ratio_interval(clusters: Sequence[Rate]) -> Interval | None:
    """Return the interval of a share whose units are not answers (share of voice), one `Rate` of sums per prompt."""
    return ratio(*columns(clusters))


def ratio(hits: Column, of: Column) -> Interval | None:
    """Return the interval of a share whose units are not answers (share of voice)."""
    return _spread_interval(hits, of, _RATIO)


def share_interval(clusters: Sequence[Rate]) -> Interval | None:
    """Return the interval of a share of units that come in bunches (an answer's citations), one `Rate` per prompt."""
    return share(*columns(clusters))


def share(hits: Column, of: Column) -> Interval | None:
    """Return the interval of a share of units that come in bunches (an answer's citations)."""
    return _spread_interval(hits, of, _BUNCHES)


def _spread_interval(hits: Column, of: Column, prior: "_Prior") -> Interval | None:
    if not of:
        return None
    prompts, total = len(of), sum(of)
    all_hits = min(max(sum(hits), 0.0), total)
    alike = total / prompts if prior.bunched else 1.0
    rate = (all_hits + _JEFFREYS * alike) / (total + 2 * _JEFFREYS * alike)
    binomial = rate * (1 - rate)
    spread = _spread(hits, of, rate)
    whole = binomial * (total / prompts) ** 2  # of a prompt that is all or nothing
    variance = (
        (spread + prior.weight * whole) * prompts / (prompts - 1 + prior.weight) if prompts > 1 else whole * prompts
    )
    effective = min(binomial * total**2 / variance, prior.gain * total)
    reach = (NORMAL / t_quantile(1 - _TAIL, prompts - 1 + prior.freedom)) ** 2
    return _beta(all_hits, total, effective * reach, worth=min(effective, total))


def stance_interval(clusters: Sequence[Rate]) -> Interval | None:
    """Return the interval of a net stance in -1..1: positive minus negative answers, of answers with a stance."""
    return stance(*columns(clusters))


def stance(hits: Column, of: Column) -> Interval | None:
    """Return the interval of a net stance in -1..1."""
    shares = ratio([(hit + number) / 2 for hit, number in zip(hits, of, strict=True)], of)
    return shares and Interval(low=2 * shares.low - 1, high=2 * shares.high - 1, worth=shares.worth)


def mean_interval(clusters: Sequence[Rate], *, least: float = -math.inf) -> Interval | None:
    """Return the interval of a mean (position in a list), `hits` the sum over a prompt's `of` answers.

    None with a single prompt: its spread is not known. No end goes below `least`.
    """
    return mean(*columns(clusters), least=least)


def mean(hits: Column, of: Column, *, least: float = -math.inf) -> Interval | None:
    """Return the interval of a mean; None with a single prompt."""
    prompts, total = len(of), sum(of)
    if prompts < 2:  # noqa: PLR2004 -- one prompt has no spread
        return None
    mean = sum(hits) / total
    spread = _spread(hits, of, mean)
    spread += _MEAN_WEIGHT * (_MEAN_AWAY * total / prompts) ** 2
    reach = math.sqrt(spread * prompts / (prompts - 1 + _MEAN_WEIGHT)) / total
    reach *= t_quantile(1 - _TAIL, prompts - 1 + _MEAN_FREEDOM)
    return Interval(low=max(mean - reach, least), high=max(mean + reach, least))


def _beta(hits: float, total: float, effective: float, *, worth: float) -> Interval:
    share = hits / total
    a, b = share * effective + _JEFFREYS, (1 - share) * effective + _JEFFREYS
    low = beta_quantile(_TAIL, a, b) if hits > 0 else 0.0
    high = beta_quantile(1 - _TAIL, a, b) if hits < total else 1.0
    return Interval(low=min(low, share), high=max(high, share), worth=float(worth))
