"""Asking: a round holds probes, a probe has attempts, an attempt ends in an answer or a miss."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from monitor.domain import days
from monitor.domain.answers import Exchange, Reply, Surface
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.readings import Reading


class RoundKind(StrEnum):
    SCHEDULED = "scheduled"
    MANUAL = "manual"
    CONFIRMING = "confirming"  # asked for a reason: never enters a series
    IMPORTED = "imported"
    WATCH = "watch"  # an hour of a watch over a crisis: never enters a series

    @property
    def in_series(self) -> bool:
        return self not in {RoundKind.CONFIRMING, RoundKind.WATCH}


class RoundState(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    PARTIAL = "partial"  # ended early: budget, stop, or an assistant that could not be asked


class AttemptState(StrEnum):
    RESERVED = "reserved"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    MISSED = "missed"
    UNKNOWN = "unknown"  # the call may have been charged and its answer was lost


class MissReason(StrEnum):
    NO_KEY = "no_key"
    KEY_REFUSED = "key_refused"  # 401, 403; 400 for a bad key at Gemini and xAI
    QUOTA = "quota"  # the account's money is gone
    RATE_LIMITED = "rate_limited"
    MODEL_GONE = "model_gone"  # 404: the series ends, it does not drop to 0
    BAD_REQUEST = "bad_request"
    SERVER_ERROR = "server_error"
    OVERLOADED = "overloaded"
    CONNECT = "connect"  # DNS, TCP, TLS: nothing was charged
    TIMEOUT = "timeout"
    DROPPED = "dropped"
    NOT_AN_ANSWER = "not_an_answer"  # an HTML page, an error or a broken JSON with status 200
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    BUDGET = "budget"  # the reservation did not fit
    STOPPED = "stopped"  # the round was stopped before this probe's turn
    NOT_RECORDED = "not_recorded"  # replay has no recording for it
    TAKEN = "taken"  # somebody else asks this probe, or its answer is there already; nothing is recorded
    NOT_KEPT = "not_kept"  # the store cannot write: nobody pays for an answer that cannot be kept


@dataclass(frozen=True, kw_only=True)
class Miss:
    """No answer, and why. The thrower says what may follow; nobody greps the text."""

    reason: MissReason
    detail: str  # one sentence, without secrets
    retry: bool = False  # asking again may help and cannot have been charged
    pauses: bool = False  # do not ask this assistant again in this round
    charged: bool | None = False  # None: not known
    retry_after: float | None = None  # seconds, from the vendor, already bounded


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One asking, a row before it is a call."""

    id: str
    round_id: str
    prompt: Prompt
    assistant: AssistantSettings
    sample: int = 0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a round is to ask: one prompt of one assistant, so many times."""

    prompt: Prompt
    assistant: AssistantSettings
    samples: int = 1


@dataclass(frozen=True, kw_only=True)
class Round:
    id: str
    brand: str
    kind: RoundKind
    key: str  # scheduled: the local calendar slot "2026-11-22T06:00"; unique per brand and kind
    opened_at: datetime
    closed_at: datetime | None = None
    state: RoundState = RoundState.OPEN
    settings: str = ""  # version of the brand file it was planned with
    why: str = ""  # why it is partial


@dataclass(frozen=True, kw_only=True)
class Attempt:
    id: str
    probe_id: str
    generation: int
    reserved: Decimal | None  # worst case in US dollars


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one attempt ended: a reply with its exchange, or a miss with whatever was exchanged."""

    reply: Reply | None = None
    miss: Miss | None = None
    exchanges: tuple[Exchange, ...] = ()  # several where a paused turn was resumed
    cost: Decimal | None = None  # US dollars as stated or computed; None: not known


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One probe as the measures see it: what was asked, what came back, what was read in it."""

    probe_id: str
    answer_id: str = ""  # empty: no answer came
    round_id: str
    kind: RoundKind
    asked_at: datetime
    prompt: Prompt
    assistant_id: str
    assistant_label: str = ""  # what an alert calls it: "OpenAI API, gpt-5 with search"
    surface: Surface
    model: str = ""  # served; requested where the vendor does not say
    searched: bool | None = None
    state: AttemptState
    miss: MissReason | None = None
    truncated: bool = False
    text: str = ""
    reading: Reading | None = None
    cost: Decimal | None = None
    zone: str = "UTC"  # by whose days it counts: the brand's

    @property
    def day(self) -> date:
        """The day on which it was asked, in its zone."""
        return days.day(self.asked_at, self.zone)

    @property
    def counts(self) -> bool:
        """Whether it may enter a series at all."""
        return self.kind.in_series and not self.prompt.leading
