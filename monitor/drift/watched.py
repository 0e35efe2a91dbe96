"""What is watched: the series of a brand, each with the tallies that belong to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import cores, leading
from monitor.drift.baseline import Seen
from monitor.drift.estimates import MEANS, RATIOS, SIGNED
from monitor.drift.history import History, listed
from monitor.drift.strips import Strip

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
Rounds = list[tuple[date, list[Seen]]]


def streams(tallies: Iterable[Tally] | History, brand: str = "") -> "Streams":
    """Return what is watched, in a fixed order: stored measures, leads of `brand` over the others, core sources."""
    return Streams(tallies if isinstance(tallies, History) else listed(tallies), brand)


class Streams(Mapping[Series, list[Strip]]):
    """The watched series with their strips, which are put together when they are asked for."""

    def __init__(self, history: History, brand: str) -> None:
        self._history, self._sources = history, cores.Sources(history)
        names = [series for series in history.series if series.measure in WATCHED]
        self._own = {
            lead: own
            for lead, own in _rivalries(history.series, brand)
            if leading.is_led(history.strips(own), history.strips(_seen(lead)))
        }
        self._names = sorted([*names, *self._own, *self._sources.since], key=_name)

    def __iter__(self) -> Iterator[Series]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, series: Series) -> list[Strip]:
        if series in self._own:
            return leading.lead(self._history.strips(self._own[series]), self._history.strips(_seen(series)))
        return self._sources.strips(series) or self._history.strips(series)


def _name(series: Series) -> tuple[str, ...]:
    return (series.assistant_id, series.surface, series.measure, series.subject)


def _rivalries(found: Iterable[Series], brand: str) -> Iterator[tuple[Series, Series]]:
    """Yield the leads of the brand, each with the brand's own visibility."""
    seen = {series for series in found if series.measure is Measure.VISIBILITY}
    for series in seen:
        own = replace(series, subject=brand)
        if series != own and own in seen:
            yield replace(series, measure=Measure.LEAD), own


def made_of(series: Series, brand: str, rates: Iterable[Series]) -> tuple[Series, ...]:
    """Return the stored series that a watched one is computed from; `rates` are what tells what was asked."""
    if series.measure is Measure.LEAD:
        return (replace(_seen(series), subject=brand), _seen(series))
    if series.measure is Measure.CITED:
        panel = (series.assistant_id, series.surface)
        return (series, *(each for each in rates if (each.assistant_id, each.surface) == panel))
    return (series,)


def _seen(lead: Series) -> Series:
    return replace(lead, measure=Measure.VISIBILITY)


def rounds(measure: Measure, strips: Iterable[Strip]) -> Rounds:
    """Return the days in order, each with its prompts: several rounds of one day are one look."""
    days: dict[date, list[Strip]] = defaultdict(list)
    for strip in strips:
        days[strip.day].append(strip)
    each = ((day, _look(measure, own)) for day, own in sorted(days.items()))
    return [(day, seen) for day, seen in each if seen]


def _look(measure: Measure, strips: Sequence[Strip]) -> list[Seen]:
    """Return what a day tells of each prompt, in the order of the prompts."""
    first = strips[0]
    if len(strips) > 1 or first.places.order is None:
        return _mixed(measure, strips)
    keys, hits, of, answers = first.places.keys, first.hits, first.of, first.answers
    seen = _seen_of(measure)
    return [seen(keys[at], hits[at], of[at], answers[at]) for at in first.places.order if of[at]]


def _mixed(measure: Measure, strips: Iterable[Strip]) -> list[Seen]:
    """Return the same of several strips, or of one that has a prompt at several places."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for strip in strips:
        for key, hits, of, answers in zip(strip.places.keys, strip.hits, strip.of, strip.answers, strict=True):
            if of:
                more = _units(measure, hits, of, answers)
                total = sums[key]
                total[0] += more[0]
                total[1] += more[1]
    return [Seen.of_answers(key, hits, of) for key, (hits, of) in sorted(sums.items())]


@cache
def _seen_of(measure: Measure) -> Callable[[str, float, float, float], Seen]:
    """Return what makes a prompt's sums what is seen of it; most days bring the same few sums."""

    @lru_cache(maxsize=8192)
    def seen(key: str, hits: float, of: float, answers: float) -> Seen:
        return Seen.of_answers(key, *_units(measure, hits, of, answers))

    return seen


def _units(measure: Measure, hits: float, of: float, answers: float) -> tuple[float, float]:
    """Return hits of answers, the hits between 0 and the answers: what a detector of bounded means takes."""
    if measure in SIGNED:
        return (hits + of) / 2, of
    if measure in MEANS:
        return of * of / max(hits, of), of  # 1 / place: the first is 1, the last near 0
    if measure in RATIOS:
        return hits / of * (answers or 1), answers or 1
    return hits, of


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
