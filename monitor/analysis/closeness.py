"""How far a value that an answer gives lies from those that the sheet has for a fact.

Who gets a fact wrong is mostly not far off: by a year or two, a former price, a count of last year. A value at quite
another distance is mostly one of something else.
"""

import math

from monitor.analysis import durations
from monitor.analysis.cues import Asked
from monitor.analysis.moments import Moment
from monitor.analysis.quantities import Dimension, Quantity

FAR = 20.0
_YEARS = 8.0  # so far off is a year what a doubling is to an amount
_NEXT = 1.2


def off(asked: Asked, value: object, scale: float = 1.0) -> float:
    """Return doublings, or so many times eight years, from the nearest value of the sheet, today's or a former one."""
    return min([_off(asked, value, scale, one) for one in asked.given])


def is_close(asked: Asked, value: object, scale: float = 1.0) -> bool:
    """Whether a value is of the size of the sheet's."""
    return off(asked, value, scale) < _NEXT


def _off(asked: Asked, value: object, scale: float, known: object) -> float:
    if isinstance(value, Moment):
        return min(abs(value.first.year - int(str(known).split("-")[0])) / _YEARS, FAR)
    if not isinstance(value, Quantity) or not isinstance(known, int | float):
        return FAR
    days = durations.in_days(asked.fact.unit) if value.dimension is Dimension.DURATION else None
    told = value.value * scale / (days or 1.0)
    return min(abs(math.log2(max(abs(told), 1e-9) / max(abs(known), 1e-9))), FAR)
