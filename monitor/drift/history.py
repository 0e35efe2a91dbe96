"""A brand's history as the detectors take it: its series, each as strips of numbers."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.digests import Digest
from monitor.domain.measures import Series, Tally
from monitor.drift import measures, strips, summed
from monitor.drift.strips import Strip

# A long history is cut at fixed days, so that its beginning does not slide by a day with every look.
_LONG = 90
_CUT = 30


class History:
    """The series of a brand. A year of a large panel fits into memory: a number takes a byte.

    It counts from `start` on, by default from where one of these days does.
    """

    def __init__(self, found: Mapping[Series, Sequence[Strip]], start: date | None = None) -> None:
        days = {strip.day for own in found.values() for strip in own}
        self.start = start or (beginning(min(days), max(days)) if days else date.min)
        recent = {series: [strip for strip in own if strip.day >= self.start] for series, own in found.items()}
        self._found = {series: own for series, own in recent.items() if own}

    @property
    def series(self) -> Collection[Series]:
        return self._found.keys()

    def strips(self, series: Series) -> list[Strip]:
        return self._found.get(series, [])


def listed(tallies: Iterable[Tally]) -> History:
    """Return the history that these tallies tell."""
    found = measures.by_series(tally for tally in tallies if tally.of > 0)
    return History({series: strips.of_tallies(own) for series, own in found.items()})


def columned(
    digests: Iterable[Digest], *, only: Collection[Series] | None = None, start: date | None = None
) -> History:
    """Return the history that these digests tell; of these series alone and from `start` on, if they are given."""
    found: dict[Series, list[Strip]] = defaultdict(list)
    for digest in digests:
        for columns in digest.columns:
            bare = replace(columns, sums=())
            for series, sums in summed.measured(columns):
                if only is None or series in only:
                    found[series].append(strips.of_sums(digest.round_id, digest.day, bare, sums))
    return History(found, start)


def beginning(first: date, last: date) -> date:
    """Return the day from which a history of these days counts."""
    if (last - first).days < _LONG:
        return first
    return date.fromordinal(math.ceil(first.toordinal() / _CUT) * _CUT)
