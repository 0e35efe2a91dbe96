"""What the rules look at: one round, beside what came before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.alerts import Alert
from monitor.domain.brand import ConfirmSettings, FactSheet
from monitor.domain.confirming import Confirmation
from monitor.domain.measures import Interval, Rate, Shift
from monitor.domain.rounds import Observation, Round
from monitor.domain.wording import Wording

# (hits, of) of each prompt -> the interval of the pooled rate; None where it has no value
IntervalOf = Callable[[Sequence[Rate]], Interval | None]


@dataclass(frozen=True, kw_only=True)
class RoundView:
    round: Round
    sheet: FactSheet
    observations: tuple[Observation, ...]  # of this round
    history: tuple[Observation, ...]  # of the rounds before it in the look-back window, oldest first
    shifts: tuple[Shift, ...] = ()
    first_round: bool = False  # the brand's first: one opening balance, not forty mails
    interval: IntervalOf
    now: datetime
    dismissed: frozenset[Wording] = frozenset()  # a person said that these words are no finding
    confirm: ConfirmSettings | None = None  # None: nothing is asked again before it is told
    confirmations: tuple[Confirmation, ...] = ()  # of the look-back window, oldest first
    alerts: tuple[Alert, ...] = ()  # those that stand, and those resolved in the look-back window
