"""Core and carousel: which sources an assistant always cites, and which come and go.

Three of four cited domains are others a week later, so that one of them is gone says nothing. A domain that was cited
on nearly every day for weeks is *core*; from then on, and only then, its citations are watched.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift.history import History
from monitor.drift.regimes import Regime

# Core: cited on so large a share of the days of so long a stretch, which held so many days with answers.
SHARE = 0.9
DAYS = 42
ROUNDS = 12

_Panel = tuple[str, Surface]  # assistant, surface
_Place = tuple[str, str, str]  # round, prompt, served model


class Sources:
    """The core sources of a history, each with the day since which it is one."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._asked = _asked(history.series)
        self.since = dict(self._cores())

    def _cores(self) -> Iterator[tuple[Series, date]]:
        days = {panel: self._days(series) for panel, series in self._asked.items()}
        for series in self._history.series:
            panel = (series.assistant_id, series.surface)
            if series.measure is not Measure.CITED or panel not in days:
                continue
            since = core_since(set(self._days(series)), days[panel])
            if since is not None and self._filled(series, since):
                yield series, since

    def _days(self, series: Series) -> list[date]:
        return sorted({tally.day for tally in self._history.tallies(series)})

    def tallies(self, series: Series) -> list[Tally]:
        """Return the citations of a core source since it was one: days without it are zeros of what was asked."""
        return self._filled(series, self.since[series]) if series in self.since else []

    def _filled(self, series: Series, since: date) -> list[Tally]:
        asked = self._history.tallies(self._asked[series.assistant_id, series.surface])
        return _filled(series, self._history.tallies(series), asked, since)


def _asked(found: Iterable[Series]) -> dict[_Panel, Series]:
    """Return the series that tells what was asked of each panel: the citation rate of any one entity does."""
    rates: dict[_Panel, list[Series]] = defaultdict(list)
    for series in found:
        if series.measure is Measure.CITATION_RATE:
            rates[series.assistant_id, series.surface].append(series)
    return {panel: min(own, key=lambda series: series.subject) for panel, own in rates.items()}


def whole(series: Series, tallies: Iterable[Tally]) -> list[Tally]:
    """Return all citations of one domain, core or not; days without it are zeros of what was asked."""
    cited, asked = _panels(tallies)
    panel = (series.assistant_id, series.surface)
    hits = cited[panel][series.subject] if panel in cited else []
    return _filled(series, hits, asked.get(panel, ()), None)


def _panels(tallies: Iterable[Tally]) -> tuple[dict[_Panel, dict[str, list[Tally]]], dict[_Panel, list[Tally]]]:
    """Return the citations by domain, and what was asked: the citation rate of any one entity tells it."""
    cited: dict[_Panel, dict[str, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    searched: dict[_Panel, dict[str, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    for tally in tallies:
        series = tally.series
        panel = (series.assistant_id, series.surface)
        if series.measure is Measure.CITED:
            cited[panel][series.subject].append(tally)
        elif series.measure is Measure.CITATION_RATE:
            searched[panel][series.subject].append(tally)
    return cited, {panel: by_name[min(by_name)] for panel, by_name in searched.items()}


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


def _filled(series: Series, hits: Sequence[Tally], asked: Sequence[Tally], since: date | None) -> list[Tally]:
    """Return one tally per asked prompt after `since`; prompts whose answers had not cited it by then are left out."""
    prompts = {tally.prompt_id for tally in hits if since is None or tally.day <= since}
    found: Mapping[_Place, float] = {_place(tally): tally.hits for tally in hits}
    return [
        replace(
            tally,
            series=replace(series, topic=tally.series.topic),
            hits=min(found.get(_place(tally), 0.0), tally.of),
            regime=replace(Regime.parse(tally.regime), sheet="").text,
        )
        for tally in asked
        if (since is None or tally.day > since) and tally.prompt_id in prompts
    ]


def _place(tally: Tally) -> _Place:
    return (tally.round_id, tally.prompt_id, Regime.parse(tally.regime).model)
