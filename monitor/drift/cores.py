"""Core and carousel: which sources an assistant always cites, and which come and go.

Three of four cited domains are others a week later, so that one of them is gone says nothing. A domain that was cited
on nearly every day for weeks is *core*; from then on, and only then, its citations are watched.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift.regimes import Regime

# Core: cited on so large a share of the days of so long a stretch, which held so many days with answers.
SHARE = 0.9
DAYS = 42
ROUNDS = 12

_Panel = tuple[str, Surface]  # assistant, surface
_Place = tuple[str, str, str]  # round, prompt, served model


def streams(tallies: Iterable[Tally]) -> dict[Series, list[Tally]]:
    """Return the citations of each core source since it was one: days without it are zeros of what was asked."""
    cited, asked = _panels(tallies)
    found: dict[Series, list[Tally]] = {}
    for panel, domains in cited.items():
        days = sorted({tally.day for tally in asked.get(panel, ())})
        for hits in domains.values():
            since = core_since({tally.day for tally in hits}, days)
            if since is not None:
                series = replace(hits[0].series, topic="")
                found[series] = _filled(series, hits, asked[panel], since)
    return {series: own for series, own in found.items() if own}


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
