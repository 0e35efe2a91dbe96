"""Confirming: a serious finding that is seen for the first time is asked for again at once, before anybody is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.alerts import Quote
from monitor.domain.brand import Prompt, Severity
from monitor.domain.measures import Interval, Rate


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """An answer in which it was seen."""

    answer_id: str
    assistant_id: str
    prompt: Prompt


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """A finding that waits for more samples."""

    rule: str
    subject: str  # fact id or topic
    value: str  # what is said, normalised
    severity: Severity
    headline: str  # one sentence
    topics: tuple[str, ...] = ()  # of the prompts that brought it
    triggers: tuple[Trigger, ...]  # the first one first
    siblings: tuple[Prompt, ...] = ()  # prompts of the same topics that speak of the subject too, the best first
    quotes: tuple[Quote, ...] = ()

    @property
    def key(self) -> str:
        """What is confirmed: "wrong_fact:price:99 usd"."""
        return f"{self.rule}:{self.subject}:{self.value}"


class ConfirmationState(StrEnum):
    ASKED = "asked"  # the samples are on their way
    CONFIRMED = "confirmed"
    SLIP = "slip"  # too few of the samples say it
    UNASKED = "unasked"  # no sample could be had: the rule for unconfirmed findings holds


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """One finding of one round, and what the extra samples say of it."""

    id: str
    brand: str
    round_id: str  # in which it was seen
    asked_in: str = ""  # the confirming round; empty: none was planned
    suspicion: Suspicion
    state: ConfirmationState
    planned: int = 0  # samples
    rate: Rate | None = None  # samples that say it, of those that speak of it
    interval: Interval | None = None
    why: str = ""  # one sentence: why nothing could be asked, or how it was decided
    opened_at: datetime
    closed_at: datetime | None = None
