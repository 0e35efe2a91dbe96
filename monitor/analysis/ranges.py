"""Ranges told in two numbers of which one borrows from the other: "two to three million", "12-15,000", "2〜3万"."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.analysis.quantity import Dimension, Quantity

_JOINS = re.compile(r"\s?(?:-|–|—|~|〜|～)\s?|\s(?:to|or|bis|oder|à|ou|a|o)\s")
_CHANGES = re.compile(r"(?:\b(?:from|von|de|du|desde)|から)\s(?:\w+\s)?$")
_SCALES = (1.0, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12)
_WIDEST = 5.0  # times the lower end


def joined(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the amounts with each such pair as one; a change "from two to three million" stays two."""
    kept: list[Quantity] = []
    for one in found:
        last = kept[-1] if kept else None
        scale = _borrowed(folded, last, one) if last else 0.0
        if last and scale:
            kept[-1] = replace(one, start=last.start, value=last.value * scale, high=one.value, bound=last.bound)
        else:
            kept.append(one)
    return kept


def _borrowed(folded: str, low: Quantity, high: Quantity) -> float:
    """By how much the first number must be multiplied; 0 where the two are no range."""
    plain = low.dimension is Dimension.PLAIN and not low.yearlike and low.high is None and high.high is None
    if not plain or high.yearlike or not _JOINS.fullmatch(folded, low.end, high.start):
        return 0.0
    if high.dimension is Dimension.DURATION or _CHANGES.search(folded, max(0, low.start - 16), low.start):
        return 0.0
    return next((s for s in _SCALES if 1.0 < high.value / (low.value * s) <= _WIDEST), 0.0) if low.value else 0.0


def lower_end(low: float, high: float) -> float:
    """Return the lower end of "12-15,000", which leaves out its thousands.

    >>> lower_end(12, 15_000), lower_end(200, 300)
    (12000.0, 200)
    """
    thousands = low * 1e3
    return thousands if low < 1e3 and thousands < high <= _WIDEST * thousands else low  # noqa: PLR2004 -- no thousands
