"""Shifts in many streams: changes within a regime, and changes that came with a new one.

All streams of a brand share one budget of false alarms; docs/measures.md states it and how it was measured.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitor.domain.measures import Series, Shift, Tally
from monitor.drift import strips, watched
from monitor.drift.detectable import PER_BRAND, PER_STREAM, detectable
from monitor.drift.history import History
from monitor.drift.stream import Stream
from monitor.drift.strips import Strip

__all__ = ["PER_BRAND", "PER_STREAM", "budget", "detectable", "shifts", "streams"]


def shifts(
    tallies: Iterable[Tally] | History,
    brand: str = "",
    *,
    per_stream: float = PER_STREAM,
    per_brand: float = PER_BRAND,
) -> list[Shift]:
    """Return every change that passed its test, the latest first.

    `per_stream` is the stated number of false alarms of a stream in a year, `per_brand` that of all together. With the
    `brand`'s name its lead over each competitor is watched too.
    """
    watching = streams(watched.streams(tallies, brand), per_stream=per_stream, per_brand=per_brand)
    moving = (stream for stream in watching if not strips.is_constant(stream.strips))
    return latest_first(shift for stream in moving for shift in stream.followed().shifts)


def latest_first(found: Iterable[Shift]) -> list[Shift]:
    return sorted(found, key=lambda shift: (shift.found or shift.since, shift.evidence), reverse=True)


def budget(watched: int, *, per_stream: float = PER_STREAM, per_brand: float = PER_BRAND) -> float:
    """Return how many false alarms a year each of so many watched series may give."""
    return min(per_stream, per_brand / max(watched, 1))


def streams(
    groups: Mapping[Series, Sequence[Strip]], *, per_stream: float = PER_STREAM, per_brand: float = PER_BRAND
) -> Iterator[Stream]:
    """Yield the streams with their part of the one budget: more of them ask for more evidence each."""
    a_year = budget(len(groups), per_stream=per_stream, per_brand=per_brand)
    families = Counter(series.assistant_id for series in groups)
    for series in groups:
        yield Stream(series=series, strips=groups[series], a_year=a_year, family=families[series.assistant_id])
