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
    unpriced: int = 0  # ended calls that may have cost more: nobody knows what

    @property
    def probes(self) -> int:
        return sum(self.states.values())

    @property
    def answered(self) -> int:
        return self.states.get(AttemptState.ANSWERED, 0)

    @property
    def refused(self) -> int:
        return self.states.get(AttemptState.REFUSED, 0)

    @property
    def missed(self) -> int:
        return self.states.get(AttemptState.MISSED, 0)

    @property
    def unknown(self) -> int:
        return self.states.get(AttemptState.UNKNOWN, 0)

    @property
    def settled(self) -> int:
        return self.answered + self.refused + self.missed + self.unknown


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Probes of one assistant that brought no answer for one reason."""

    assistant_label: str
    reason: MissReason | None  # None: the answer was lost, and may have been charged
    detail: str
    count: int
