"""Comparing amounts: tolerance, bounds, ranges and rounding."""

from monitor.analysis.kind import Match
from monitor.analysis.quantities import Bound, Quantity

_NEAR = 0.05  # a figure said to be "about" may be this far off and still not be called wrong
_COARSE = 0.1  # "half a million" for 542,000
_BOUND_SLACK = 0.25  # "over 450" speaks of something up to a quarter above it


def amounts(said: Quantity, value: float, tolerance: float, *, least: bool = False) -> Match:
    """Compare an amount as it was said with the sheet's value; `tolerance` is relative.

    `least`: the value is itself the least that is asked for, so "at least 4.8" says it exactly.
    """
    if said.high is not None:
        return _range(said.value, said.high, value, tolerance)
    off = _off(said.value, value)
    if off <= tolerance + 1e-9:
        return Match.SAME
    if said.bound in {Bound.OVER, Bound.FLOOR} and not least:
        return _bounded(said.value, value, tolerance)
    if said.bound is Bound.UNDER and least:
        return Match.SAME if off <= tolerance + 1e-9 else Match.OTHER  # "fewer than 500 get nothing"
    if said.bound is Bound.UNDER:
        return _bounded(value, said.value, tolerance)
    return _rounded(said, value, off, tolerance)


def _rounded(said: Quantity, value: float, off: float, tolerance: float) -> Match:
    about = said.bound is Bound.ABOUT
    if rounds_to(value, said.value) and off <= _NEAR:
        return Match.SAME if about else Match.NEAR
    if about and rounds_to(value, said.value) and off <= _COARSE:
        return Match.NEAR
    return Match.NEAR if about and off <= max(_NEAR, 2 * tolerance) else Match.OTHER


def _off(said: float, value: float) -> float:
    return abs(said - value) / abs(value) if value else abs(said)


def _bounded(low: float, high: float, tolerance: float) -> Match:
    """`low` is claimed to lie under `high`."""
    if low > high * (1 + tolerance):
        return Match.OTHER
    return Match.SAME if high <= low * (1 + _BOUND_SLACK) else Match.NEAR


def _range(low: float, high: float, value: float, tolerance: float) -> Match:
    slack = abs(value) * tolerance
    if low - slack <= value <= high + slack:
        return Match.SAME if high <= low * (1 + 2 * _BOUND_SLACK) else Match.NEAR
    return Match.OTHER


def rounds_to(value: float, said: float) -> bool:
    """Whether `said` is `value` with fewer figures: 493 -> 490 or 500, 44.6 -> 45.

    >>> rounds_to(493, 500), rounds_to(44.6e9, 45e9), rounds_to(493, 480)
    (True, True, False)
    """
    for figures in (1, 2, 3):
        rounded = float(f"{value:.{figures - 1}e}")
        if rounded == said:
            return True
    return False
