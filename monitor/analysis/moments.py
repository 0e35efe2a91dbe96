"""Dates, years, seasons, decades and "80 years ago" in a text, each as the stretch of days that it may mean."""

from collections.abc import Sequence
from datetime import date

from monitor.analysis import ago, dates, japanese
from monitor.analysis.moment import Grain, Moment
from monitor.analysis.numberwords import Spelled
from monitor.analysis.spans import Span

__all__ = ["Grain", "Moment", "find"]


def find(
    folded: str, words: Sequence[tuple[int, int]], spelled: Sequence[Spelled], today: date, span: Span
) -> list[Moment]:
    """Return every moment inside a span of a folded text, in order, without overlaps.

    `words` and `spelled` are the words and the numbers in words that stand there.
    """
    found = [
        *dates.written(folded, words, span.end),
        *japanese.written(folded, span),
        *ago.counted_back(folded, spelled, today, span),
    ]
    return _apart(found)


def _apart(found: list[Moment]) -> list[Moment]:
    kept: list[Moment] = []
    for moment in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
    return kept
