"""What the detectors said as of earlier days, out of one walk to a later one.

A detector reads rounds in order: what it makes of the first of them does not depend on later ones. How much evidence is
asked for does (by how many series are watched by then, and how often they are asked), and so does what is one regime.
So a walk writes down which series could have told anything as of an earlier day, by the least evidence that was ever
asked for. These few are walked again, to that day; the others had nothing to tell.
"""

import math
from bisect import insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from monitor.domain.measures import Explanation, Measure, Series, Shift
from monitor.drift import cores, detect, regimes, watched, why
from monitor.drift.detector import LARGEST_SHARE
from monitor.drift.history import History
from monitor.drift.stream import YEAR, Followed, Look, Stream
from monitor.drift.strips import Strip

_Rate = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A series that may have had something to tell."""

    series: Series
    since: date | None  # as of this day and later, a change
    until: date | None  # as of the days before this one, that it has no baseline yet

    def is_asked(self, day: date) -> bool:
        """Whether it may have had as of this day."""
        return (self.since is not None and day >= self.since) or (self.until is not None and day < self.until)


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What is kept of a walk, for the days up to the last one that it went through."""

    start: date  # of the history; as of a day whose history starts elsewhere it knows nothing
    since: date  # the first day as of which it knows
    watched: tuple[tuple[date, str, int], ...]  # first day, assistant, and how many series are watched from then on
    telling: tuple[Telling, ...]
    made_of: frozenset[Series]  # the stored series that those are computed from

    def asked(self, day: date) -> list[Series]:
        """Return the series that must be walked again to say what was told as of a day."""
        return [each.series for each in self.telling if each.is_asked(day)]


class Walk:
    """Listens to the walk through a history, and says what is to be kept of it."""

    def __init__(self, history: History, brand: str) -> None:
        self._history, self._brand = history, brand
        self._watched: Counter[tuple[date, str]] = Counter()
        self._telling: list[Telling] = []

    def __call__(self, stream: Stream, followed: Followed) -> None:
        series = stream.series
        self._watched[min(strip.day for strip in stream.strips), series.assistant_id] += 1
        own = series.measure is Measure.VISIBILITY and series.subject == self._brand
        found = Telling(
            series=series,
            since=_told_since(stream.strips, followed),
            until=_built(followed.looks) if own else None,
        )
        if found.since or found.until:
            self._telling.append(found)

    def walked(self) -> Walked:
        rates = cores.asked(self._history.series)
        parts = [watched.made_of(each.series, self._brand, rates.values()) for each in self._telling]
        return Walked(
            start=self._history.start,
            since=self._known_since(list(rates.values())),
            watched=tuple((day, assistant, number) for (day, assistant), number in sorted(self._watched.items())),
            telling=tuple(self._telling),
            made_of=frozenset(series for some in parts for series in some),
        )

    def _known_since(self, rates: Sequence[Series]) -> date:
        """Return the day from which on the same series told what was asked of core sources."""
        first = {series: min(strip.day for strip in self._history.strips(series)) for series in self._history.series}
        panels = {(each.assistant_id, each.surface): first[each] for each in rates}
        late = (
            panels[series.assistant_id, series.surface]
            for series, day in first.items()
            if series.measure is Measure.CITATION_RATE and day < panels[series.assistant_id, series.surface]
        )
        return max(late, default=self._history.start)


def told(walked: Walked, history: History, brand: str, day: date) -> tuple[list[Shift], list[Explanation]]:
    """Return what `why.followed` said as of a day: the changes, and of the brand's visibility what has no baseline.

    `history` holds the series that `walked` is made of from its start until that day.
    """
    families: Counter[str] = Counter()
    for first, assistant, number in walked.watched:
        families[assistant] += number if first <= day else 0
    a_year, own = detect.budget(families.total()), watched.streams(history, brand)
    streams = [
        Stream(series=series, strips=own[series], a_year=a_year, family=families[series.assistant_id])
        for series in walked.asked(day)
        if own[series]
    ]
    shifts, found = why.walked(streams)
    return shifts, why.unbuilt(found, brand)


def _told_since(own: Sequence[Strip], followed: Followed) -> date | None:
    """Return the first day as of which a series may have told a change; before it, it told none."""
    paces = _paces(tuple(look.day for look in followed.looks))
    evidence = boldest = 0.0
    found = []
    for look, pace in zip(followed.looks, paces, strict=True):
        evidence, boldest = max(evidence, look.evidence), max(boldest, look.boldest)
        least = min(pace / detect.PER_STREAM, followed.state.threshold)
        if evidence >= least or boldest > LARGEST_SHARE * math.log(least):
            found.append(look.day)
            break
    return min([*found, *_other_regime(own)], default=None)


def _other_regime(own: Sequence[Strip]) -> list[date]:
    """Return the day on which anything but the first regime came up, if one did."""
    seen: regimes.Stretches = {}
    for strip in own:
        if any(strip.of):
            regimes.stretch(seen, strip.regime, strip.day)
    return sorted(first for first, _ in seen.values())[1:2]


@lru_cache(maxsize=256)
def _paces(days: Sequence[date]) -> _Rate:
    """Return how many rounds a year there were by each of these days, as `stream.rounds_a_year` counts them."""
    gaps: list[int] = []
    found = []
    for number, day in enumerate(days):
        if number:
            insort(gaps, (day - days[number - 1]).days)
        middle = (gaps[len(gaps) // 2] + gaps[~(len(gaps) // 2)]) / 2 if gaps else 1
        found.append(YEAR / max(middle, 1))
    return tuple(found)


def _built(looks: Sequence[Look]) -> date | None:
    """Return the day from which on a baseline was there, whatever was looked at later; None if it always was."""
    missing = [place for place, look in enumerate(looks) if not look.ready]
    if not missing:
        return None
    following = looks[missing[-1] + 1 :]
    return following[0].day if following else date.max - timedelta(days=1)
