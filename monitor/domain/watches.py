"""A watch over a crisis: chosen prompts asked every hour for a few days, beside every series."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from monitor.domain.brand import Prompt

HOUR = timedelta(hours=1)
LONGEST = 48  # hours


@dataclass(frozen=True, kw_only=True)
class Watch:
    id: str
    brand: str
    prompts: tuple[Prompt, ...]  # leading ones too: whatever they bring is called prompted
    assistants: tuple[str, ...]  # ids
    budget: Decimal  # US dollars for all of it
    to: tuple[str, ...] = ()  # told of what is new
    started_by: str = ""
    started_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    why: str = ""  # why it ended before its time

    def hour(self, now: datetime) -> int:
        """Return the number of the hour that runs at `now`, from 1."""
        return (now - self.started_at) // HOUR + 1

    def key(self, hour: int) -> str:
        """Return the key of the round that asks this hour."""
        return f"{self.id}:{hour:02}"

    @property
    def hours(self) -> int:
        return (self.ends_at - self.started_at) // HOUR
