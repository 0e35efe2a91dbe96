"""The rooms as the steps find them, built by the service."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from monitor.analysis.reader import Reader
from monitor.domain import days
from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.jobs import Enqueue, no_queue
from monitor.domain.ledger import Clock, Ledger
from monitor.domain.masking import Mask
from probes.assistants import label
from probes.limits import Limits
from probes.prices import Prices
from reports.delivery import Caller, Courier
from storage.patience import Patience
from storage.store import Store

# What the detectors start from; older rounds no longer describe the baseline.
HISTORY = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class House:
    """The rooms, built by the service."""

    store: Store
    settings: Settings
    reader: Reader
    ledger: Ledger
    prices: Prices
    limits: Limits
    post: Courier
    draw: Callable[[str], bytes]  # HTML to PDF
    environment: Mapping[str, str]  # where the keys are
    clock: Clock
    rng: random.Random
    new_id: Callable[[], str]
    webhooks: Mapping[str, Caller] = field(default_factory=dict)  # by the variable that holds the address
    mask: Mask = field(default_factory=Mask)  # what leaves the store in reports, mails and on pages goes under it
    patience: Patience = field(default_factory=lambda: Patience(0))  # with a store that cannot write
    enqueue: Enqueue = no_queue  # what a transaction makes due, where several machines share the work

    @property
    def zone(self) -> str:
        """In which the brand's days begin."""
        return self.settings.zone

    @property
    def today(self) -> date:
        return self.day(self.clock())

    def day(self, moment: datetime) -> date:
        """Return the day of a moment as the brand counts it."""
        return days.day(moment, self.zone)

    def bounds(self, start: date, end: date) -> tuple[datetime, datetime]:
        """Return the first moment of the brand's day `start` and the one after the last of `end`, in UTC."""
        return days.bounds(start, end, self.zone)


def naming(settings: Settings) -> Callable[[AssistantSettings], str]:
    """What reports and mails call each assistant; those that would be called alike carry their id."""
    alike = Counter(label(assistant) for assistant in settings.assistants)

    def named(assistant: AssistantSettings) -> str:
        called = label(assistant)
        return f"{called} ({assistant.id})" if alike[called] > 1 else called

    return named


def mail_domain(settings: Settings) -> str:
    """The right side of Message-IDs: the sender's own domain."""
    sender = settings.alerts.sender if settings.alerts else ""
    return sender.rpartition("@")[2].rstrip(">") or "localhost"
