"""How long what was received is kept, and what was forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.answers import Surface


class Kept(StrEnum):
    """What is kept for a time of its own."""

    EXCHANGES = "exchanges"  # the bytes as they went over the wire
    ANSWERS = "answers"  # with all that was read in them
    READINGS = "readings"  # those in whose place a newer one stands


@dataclass(frozen=True, kw_only=True)
class KeepSettings:
    """Days after the asking; what is not named is kept for good."""

    days: Mapping[Kept, int] = field(default_factory=dict)
    surfaces: Mapping[Surface, Mapping[Kept, int | None]] = field(default_factory=dict)  # None: for good

    def of(self, surface: Surface, what: Kept) -> int | None:
        """Return for how many days it is kept; None: for good.

        >>> keep = KeepSettings(days={Kept.ANSWERS: 400}, surfaces={Surface.APP: {Kept.ANSWERS: 60}})
        >>> [keep.of(surface, Kept.ANSWERS) for surface in (Surface.API, Surface.APP)]
        [400, 60]
        """
        return self.surfaces.get(surface, {}).get(what, self.days.get(what))


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What was taken out at one time."""

    what: Kept
    surface: Surface
    before: datetime  # what was asked before this
    count: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MaskSettings:
    """Whether personal data are masked where answers leave the store."""

    on: bool = False
    besides: tuple[str, ...] = ()  # `except:` the brand's own published addresses and numbers, as they are written
