"""What the rules look at: one round, beside what came before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from monitor.domain import days
from monitor.domain.alerts import Alert
from monitor.domain.brand import ConfirmSettings, FactSheet
from monitor.domain.confirming import Confirmation
from monitor.domain.measures import Interval, Rate, Shift
from monitor.domain.rounds import Observation, Round
from monitor.domain.wording import Wording

# (hits, of) of each prompt -> the interval of the pooled rate; None where it has no value
IntervalOf = Callable[[Sequence[Rate]], Interval | None]
# Ids of answers -> what is there of them, with their texts
Fetch = Callable[[Sequence[str]], Mapping[str, Observation]]


def _nothing(_: Sequence[str]) -> Mapping[str, Observation]:
    return {}


@dataclass(frozen=True, kw_only=True)
class RoundView:
    round: Round
    sheet: FactSheet
    observations: tuple[Observation, ...]  # of this round
    # Of the rounds before it in the look-back window, oldest first; those before the last may lack texts, which `fetch`
    # brings.
    history: tuple[Observation, ...]
    shifts: tuple[Shift, ...] = ()
    first_round: bool = False  # the brand's first: one opening balance, not forty mails
    interval: IntervalOf
    now: datetime
    dismissed: frozenset[Wording] = frozenset()  # a person said that these words are no finding
    confirm: ConfirmSettings | None = None  # None: nothing is asked again before it is told
    confirmations: tuple[Confirmation, ...] = ()  # of the look-back window, oldest first
    fetch: Fetch = _nothing
    alerts: tuple[Alert, ...] = ()  # those that stand, and those resolved in the look-back window
    zone: str = "UTC"  # the brand's

    def day(self, moment: datetime) -> date:
        """Return the day of a moment as the brand counts it."""
        return days.day(moment, self.zone)
