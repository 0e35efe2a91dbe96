"""How a round stands while it runs and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.domain.rounds import AttemptState, MissReason, Round


@dataclass(frozen=True, kw_only=True)
class Standing:
    round: Round
    states: Mapping[AttemptState | None, int] = field(default_factory=dict)  # None: not asked yet
    cost: Decimal = Decimal(0)  # US dollars known so far
    cut_off: int = 0  # answered, and cut off by length: they enter no rate
    unpriced: int = 0  # ended calls that may have cost more: nobody knows what

    @property
    def probes(self) -> int:
        return sum(self.states.values())

    @property
    def answered(self) -> int:
        """Answers that can be read: the same that pages and reports count."""
        return self.states.get(AttemptState.ANSWERED, 0) - self.cut_off

    @property
    def refused(self) -> int:
        """By the vendor, or in the words of the answer."""
        return self.states.get(AttemptState.REFUSED, 0)

    @property
    def missed(self) -> int:
        """No answer, or one without text."""
        return self.states.get(AttemptState.MISSED, 0)

    @property
    def unknown(self) -> int:
        return self.states.get(AttemptState.UNKNOWN, 0)

    @property
    def settled(self) -> int:
        return self.answered + self.cut_off + self.refused + self.missed + self.unknown


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Probes of one assistant that brought no answer for one reason."""

    assistant_label: str
    reason: MissReason | None  # None: the answer was lost, and may have been charged; or it was empty
    empty: bool = False  # what came had no text
    detail: str
    count: int
