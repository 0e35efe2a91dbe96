"""What is watched: the series of a brand, each with the tallies that belong to it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import cores, measures
from monitor.drift.baseline import Seen
from monitor.drift.estimates import MEANS, RATIOS, SIGNED
from monitor.drift.regimes import Regime

WATCHED = frozenset(
    {
        Measure.VISIBILITY,
        Measure.RECOMMENDED,
        Measure.FIRST_CHOICE,
        Measure.POSITION,
        Measure.LIST_RANK,
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
# A long history is cut at fixed days, so that its beginning does not slide by a day with every look.
_LONG = 90
_CUT = 30

Rounds = list[tuple[date, list[Seen]]]


def streams(tallies: Iterable[Tally], brand: str = "") -> dict[Series, list[Tally]]:
    """Return what is watched, in a fixed order: stored measures, leads of `brand` over the others, core sources."""
    recent = _from_a_fixed_day([tally for tally in tallies if tally.of > 0])
    found = measures.by_series(tally for tally in recent if tally.series.measure in WATCHED)
    found |= leads(found, brand)
    found |= cores.streams(recent)
    return {series: found[series] for series in sorted(found, key=_name)}


def _name(series: Series) -> tuple[str, ...]:
    return (series.assistant_id, series.surface, series.measure, series.subject)


def _from_a_fixed_day(tallies: Sequence[Tally]) -> Sequence[Tally]:
    if not tallies:
        return tallies
    first, last = min(tally.day for tally in tallies), max(tally.day for tally in tallies)
    if (last - first).days < _LONG:
        return tallies
    start = date.fromordinal(math.ceil(first.toordinal() / _CUT) * _CUT)
    return [tally for tally in tallies if tally.day >= start]


def leads(found: Mapping[Series, Sequence[Tally]], brand: str) -> dict[Series, list[Tally]]:
    """Return the brand's lead over each competitor: of the same answers, those that name it minus those that name them.

    Answers to prompts that name either tell nothing of it.
    """
    seen = {series: own for series, own in found.items() if series.measure is Measure.VISIBILITY}
    pairs = (
        (replace(series, measure=Measure.LEAD), _lead(seen[own], tallies))
        for series, tallies in seen.items()
        if series.subject != brand and (own := replace(series, subject=brand)) in seen
    )
    return {series: both for series, both in pairs if both}


def _lead(own: Sequence[Tally], other: Sequence[Tally]) -> list[Tally]:
    ours = {_place(tally): tally for tally in own}
    return [_minus(ours[place], tally) for tally in other if (place := _place(tally)) in ours]


def _place(tally: Tally) -> tuple[str, str, str, date]:
    return (tally.round_id, tally.prompt_id, Regime.parse(tally.regime).model, tally.day)


def _minus(own: Tally, other: Tally) -> Tally:
    ours, theirs = Regime.parse(own.regime), Regime.parse(other.regime)
    both = replace(ours, sheet=f"{ours.sheet}+{theirs.sheet}" if ours.sheet or theirs.sheet else "")
    series = replace(other.series, measure=Measure.LEAD)
    return replace(own, series=series, hits=own.hits - other.hits, regime=both.text)


def is_constant(tallies: Sequence[Tally]) -> bool:
    """Whether never or always: nothing can have changed, and most streams of a brand are like that."""
    return all(tally.hits == 0 for tally in tallies) or all(tally.hits == tally.of for tally in tallies)


def prompt_of(tally: Tally) -> str:
    """Return the prompt with the version of its words: changed words have a baseline of their own."""
    return f"{tally.prompt_id}\x1f{Regime.parse(tally.regime).prompt}"


def rounds(measure: Measure, tallies: Iterable[Tally]) -> Rounds:
    """Return the days in order, each with its prompts: several rounds of one day are one look."""
    days: dict[date, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
    for tally in tallies:
        hits, of = _units(measure, tally)
        total = days[tally.day][prompt_of(tally)]
        total[0] += hits
        total[1] += of
    return [
        (day, [Seen.of_answers(prompt, hits, of) for prompt, (hits, of) in sorted(prompts.items())])
        for day, prompts in sorted(days.items())
    ]


def _units(measure: Measure, tally: Tally) -> tuple[float, float]:
    """Return hits of answers, the hits between 0 and the answers: what a detector of bounded means takes."""
    if measure in SIGNED:
        return (tally.hits + tally.of) / 2, tally.of
    if measure in MEANS:
        return tally.of * tally.of / max(tally.hits, tally.of), tally.of  # 1 / place: the first is 1, the last near 0
    if measure in RATIOS:
        answers = tally.answers or 1
        return tally.hits / tally.of * answers, answers
    return tally.hits, tally.of


def mean_of(measure: Measure, value: float) -> float:
    """Return a value in the unit of the detectors, 0..1."""
    if measure in SIGNED:
        return (value + 1) / 2
    return 1 / value if measure in MEANS else value


def value_of(measure: Measure, mean: float) -> float:
    """Return a detector's mean, 0..1, in the measure's own unit."""
    if measure in SIGNED:
        return 2 * mean - 1
    return 1 / max(mean, 1e-9) if measure in MEANS else mean
