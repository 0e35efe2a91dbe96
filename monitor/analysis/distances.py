"""How far a value stands from the words of an attribute."""

import re
from collections.abc import Iterable

from monitor.analysis.lexicon import Hit
from monitor.analysis.spans import Span

FAR = 400  # no word of the attribute stands in the place itself: a heading or label speaks for it
_BREAK = re.compile(r"[,;:()–—]| and | und | et | y ")
_BROKEN = 10  # characters that a break counts


def nearest(folded: str, at: Span, hits: Iterable[Hit]) -> int:
    """Return the characters between a value and the nearest word; each break between them counts as ten more.

    >>> from monitor.analysis.spans import Stretch
    >>> nearest("shops, cafes: 12", Stretch(start=14, end=16), [Hit(0, 5, "shops"), Hit(7, 12, "cafes")])
    12
    """
    best = FAR
    for width, low in sorted([_gap(hit, at) for hit in hits]):
        if width < 0:
            return 0
        if width >= best:
            break  # those that are left lie farther off, whatever stands between
        best = min(best, width + _BROKEN * len(_BREAK.findall(folded, low, low + width)))
    return best


def _gap(hit: Hit, at: Span) -> tuple[int, int]:
    """How many characters stand between, less than 0 where the two overlap, and where they begin."""
    return (at.start - hit.end, hit.end) if hit.end <= at.start else (hit.start - at.end, at.end)
