"""A brand's history as the detectors take it: one series at a time, so that months of a large panel fit into memory."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from monitor.domain.digests import Columns, Digest, Sums
from monitor.domain.measures import Series, Tally
from monitor.drift import measures, summed
from monitor.drift.regimes import Regime

# A long history is cut at fixed days, so that its beginning does not slide by a day with every look.
_LONG = 90
_CUT = 30


class Listed:
    """A history out of tallies that are there already."""

    def __init__(self, tallies: Iterable[Tally]) -> None:
        found = [tally for tally in tallies if tally.of > 0]
        start = _beginning({tally.day for tally in found})
        self._found = measures.by_series(tally for tally in found if tally.day >= start)

    @property
    def series(self) -> Collection[Series]:
        return self._found.keys()

    def tallies(self, series: Series) -> list[Tally]:
        return self._found.get(series, [])


class _Day(NamedTuple):
    round_id: str
    day: date
    columns: Columns
    sums: Sums


class Columned:
    """A history out of the columns of digests, which take a hundredth of the room."""

    def __init__(self, digests: Iterable[Digest]) -> None:
        found: dict[Series, list[_Day]] = defaultdict(list)
        for digest in digests:
            for columns in digest.columns:
                bare = replace(columns, sums=())
                for series, sums in summed.measured(columns):
                    found[series].append(_Day(digest.round_id, digest.day, bare, sums))
        start = _beginning({each.day for days in found.values() for each in days})
        recent = {series: [each for each in days if each.day >= start] for series, days in found.items()}
        self._found = {series: days for series, days in recent.items() if days}

    @property
    def series(self) -> Collection[Series]:
        return self._found.keys()

    def tallies(self, series: Series) -> list[Tally]:
        return [tally for each in self._found.get(series, ()) for tally in _expanded(series, each)]


def _beginning(days: Collection[date]) -> date:
    """Return the day from which a history counts."""
    if not days or (max(days) - min(days)).days < _LONG:
        return min(days, default=date.min)
    return date.fromordinal(math.ceil(min(days).toordinal() / _CUT) * _CUT)


def _expanded(series: Series, one: _Day) -> list[Tally]:
    columns, sums = one.columns, one.sums
    cells = zip(columns.prompts, columns.words, sums.hits, sums.of, sums.answers, strict=True)
    return [
        Tally(
            series=series,
            round_id=one.round_id,
            prompt_id=prompt,
            day=one.day,
            regime=_regime(sums.regime, words),
            hits=float(hits),
            of=float(of),
            answers=int(answers),
        )
        for prompt, words, hits, of, answers in cells
        if of
    ]


@lru_cache(maxsize=4096)
def _regime(rest: str, words: str) -> str:
    return replace(Regime.parse(rest), prompt=words).text


History = Listed | Columned
