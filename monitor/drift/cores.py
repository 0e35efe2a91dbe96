"""Core and carousel: which sources an assistant always cites, and which come and go.

Three of four cited domains are others a week later, so that one of them is gone says nothing. A domain that was cited
on nearly every day for weeks is *core*; from then on, and only then, its citations are watched.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import compress

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import measures, strips
from monitor.drift.history import History
from monitor.drift.regimes import Regime
from monitor.drift.strips import Strip

# Core: cited on so large a share of the days of so long a stretch, which held so many days with answers.
SHARE = 0.9
DAYS = 42
ROUNDS = 12

_Panel = tuple[str, Surface]  # assistant, surface
_Place = tuple[str, str, str]  # round, served model, prompt


class Sources:
    """The core sources of a history, each with the day since which it is one."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._asked = asked(history.series)
        self.since = dict(self._cores())

    def _cores(self) -> Iterator[tuple[Series, date]]:
        days = {panel: strips.days(self._history.strips(series)) for panel, series in self._asked.items()}
        for series in self._history.series:
            panel = (series.assistant_id, series.surface)
            if series.measure is not Measure.CITED or panel not in days:
                continue
            since = core_since(set(strips.days(self._history.strips(series))), days[panel])
            if since is not None and any(True for _ in self._filled(series, since)):
                yield series, since

    def strips(self, series: Series) -> list[Strip]:
        """Return the citations of a core source since it was one: days without it are zeros of what was asked."""
        return list(self._filled(series, self.since[series])) if series in self.since else []

    def _filled(self, series: Series, since: date) -> Iterator[Strip]:
        asked = self._history.strips(self._asked[series.assistant_id, series.surface])
        return _filled(self._history.strips(series), asked, since)


def asked(found: Iterable[Series]) -> dict[_Panel, Series]:
    """Return the series that tells what was asked of each panel: the citation rate of any one entity does."""
    rates: dict[_Panel, list[Series]] = defaultdict(list)
    for series in found:
        if series.measure is Measure.CITATION_RATE:
            rates[series.assistant_id, series.surface].append(series)
    return {panel: min(own, key=lambda series: series.subject) for panel, own in rates.items()}


def whole(series: Series, tallies: Iterable[Tally]) -> list[Tally]:
    """Return all citations of one domain, core or not; days without it are zeros of what was asked."""
    found = measures.by_series(tallies)
    rate = asked(found).get((series.assistant_id, series.surface))
    if rate is None:
        return []
    own = strips.of_tallies(found.get(series, ()))
    return strips.tallies(series, list(_filled(own, strips.of_tallies(found[rate]), None)))


def core_since(cited: set[date], days: Sequence[date]) -> date | None:
    """Return the first of the sorted `days` on which a domain cited on `cited` is core; None if it never was."""
    start = present = 0
    for place, day in enumerate(days):
        present += day in cited
        while (day - days[start]).days >= DAYS:
            present -= days[start] in cited
            start += 1
        number = place + 1 - start
        whole = (day - days[0]).days >= DAYS - 1
        if whole and number >= ROUNDS and present >= SHARE * number:
            return day
    return None


def _filled(cited: Sequence[Strip], asked: Sequence[Strip], since: date | None) -> Iterator[Strip]:
    """Yield what was asked after `since`; prompts whose answers had not cited it by then are left out."""
    known = (strip for strip in cited if since is None or strip.day <= since)
    prompts = frozenset(prompt for strip in known for prompt in compress(strip.places.prompts, strip.of))
    found = _Cited(cited)
    later = (strip for strip in asked if since is None or strip.day > since)
    filled = (found.beside(strip).masked(prompts, strip.places.prompts) for strip in later)
    return (strip for strip in filled if any(strip.of))


class _Cited:
    """The citations of one domain, by what was asked."""

    def __init__(self, cited: Sequence[Strip]) -> None:
        self._rounds = {(strip.round_id, strip.model): strip for strip in cited}
        self._cited = cited if len(self._rounds) < len(cited) else ()

    def beside(self, asked: Strip) -> Strip:
        """Return what was asked with the hits of the domain."""
        own = self._rounds.get((asked.round_id, asked.model))
        regime = _without_sheet(asked.regime)
        if own is None:
            return asked._replace(regime=regime, hits=[0] * len(asked.of))
        if own.places is asked.places and own.places.are_apart and not self._cited:
            return asked._replace(regime=regime, hits=list(map(min, own.hits, asked.of)))
        hits = _by_place(self._cited or [own])
        model = asked.model
        places = ((asked.round_id, model, prompt) for prompt in asked.places.prompts)
        limited = [min(hits.get(place, 0.0), of) for place, of in zip(places, asked.of, strict=True)]
        return asked._replace(regime=regime, hits=limited)


def _by_place(cited: Iterable[Strip]) -> Mapping[_Place, float]:
    """Return the hits at each place: where a prompt has several, those that came last."""
    return {
        (strip.round_id, strip.model, prompt): hits
        for strip in cited
        for prompt, hits, of in zip(strip.places.prompts, strip.hits, strip.of, strict=True)
        if of
    }


@lru_cache(maxsize=4096)
def _without_sheet(regime: str) -> str:
    return replace(Regime.parse(regime), sheet="").text
