"""What is watched: the series of a brand, each with the tallies that belong to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import cores
from monitor.drift.baseline import Seen
from monitor.drift.estimates import MEANS, RATIOS, SIGNED
from monitor.drift.history import Columned, History, Listed
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
Rounds = list[tuple[date, list[Seen]]]


def streams(tallies: Iterable[Tally] | Columned, brand: str = "") -> "Streams":
    """Return what is watched, in a fixed order: stored measures, leads of `brand` over the others, core sources."""
    return Streams(tallies if isinstance(tallies, Columned) else Listed(tallies), brand)


class Streams(Mapping[Series, list[Tally]]):
    """The watched series with their tallies, which are put together when they are asked for."""

    def __init__(self, history: History, brand: str) -> None:
        self._history, self._sources = history, cores.Sources(history)
        names = [series for series in history.series if series.measure in WATCHED]
        self._own = {lead: own for lead, own in _rivalries(history.series, brand) if _is_led(history, lead, own)}
        self._names = sorted([*names, *self._own, *self._sources.since], key=_name)

    def __iter__(self) -> Iterator[Series]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, series: Series) -> list[Tally]:
        if series in self._own:
            return _lead(self._history.tallies(self._own[series]), self._history.tallies(_seen(series)))
        return self._sources.tallies(series) or self._history.tallies(series)


def _name(series: Series) -> tuple[str, ...]:
    return (series.assistant_id, series.surface, series.measure, series.subject)


def _rivalries(found: Iterable[Series], brand: str) -> Iterator[tuple[Series, Series]]:
    """Yield the leads of the brand, each with the brand's own visibility."""
    seen = {series for series in found if series.measure is Measure.VISIBILITY}
    for series in seen:
        own = replace(series, subject=brand)
        if series != own and own in seen:
            yield replace(series, measure=Measure.LEAD), own


def _seen(lead: Series) -> Series:
    return replace(lead, measure=Measure.VISIBILITY)


def _is_led(history: History, lead: Series, own: Series) -> bool:
    """Whether any answer tells of both."""
    ours = {_place(tally) for tally in history.tallies(own)}
    return any(_place(tally) in ours for tally in history.tallies(_seen(lead)))


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
