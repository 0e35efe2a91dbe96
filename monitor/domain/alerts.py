"""From a rule's finding to one message about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval, Rate
from monitor.domain.readings import Span
from monitor.domain.wording import Wording


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The sentence that matters, with the words to mark."""

    answer_id: str
    text: str  # the answer's own words
    marks: tuple[Span, ...] = ()  # offsets into `text`
    question: str = ""
    assistant_label: str = ""
    surface: Surface = Surface.API
    model: str = ""
    asked_at: datetime | None = None
    cited: tuple[str, ...] = ()  # addresses cited beside it; not checked
    wordings: tuple[Wording, ...] = ()  # how the findings in it are put: what a review of them speaks of


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One assistant's part in a finding."""

    assistant_id: str
    label: str
    surface: Surface
    model: str = ""
    rate: Rate
    interval: Interval | None = None
    first_seen: datetime | None = None
    last_clean: datetime | None = None  # the latest asking, before the first finding, that was checked and clean


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A rule's finding in one round."""

    rule: str
    subject: str  # fact id, topic, entity or assistant
    key: str  # what makes two signals the same alert: "wrong_fact:price"
    severity: Severity
    headline: str  # one sentence, also the mail's subject
    said: str = ""  # what they say, short
    truth: str = ""  # the fact's sentence, or "not on your sheet"
    truth_source: str = ""
    voices: tuple[Voice, ...] = ()
    quotes: tuple[Quote, ...] = ()
    advice: tuple[str, ...] = ()  # what to do, one sentence each
    checked: str = ""  # who else looked at it: "second opinion by gpt-5-mini: agrees"; empty: nobody did


class AlertState(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, kw_only=True)
class Alert:
    id: str
    brand: str
    key: str
    state: AlertState
    opened_at: datetime
    resolved_at: datetime | None = None
    last_notice_at: datetime | None = None
    signal: Signal  # the latest finding
    why: str = ""  # one sentence on why it was closed, where a person did it


class NoticeReason(StrEnum):
    OPENING_BALANCE = "opening_balance"
    OPENED = "opened"
    WORSENED = "worsened"
    REMINDER = "reminder"
    RESOLVED = "resolved"


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    UNKNOWN = "unknown"  # the server's answer was lost; one more try with the same Message-ID
    BOUNCED = "bounced"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a round does to one alert."""

    reason: NoticeReason
    alert: Alert


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one recipient about the changes of one round; its row is the outbox."""

    id: str
    brand: str
    recipient: str
    reason: NoticeReason
    changes: tuple[Change, ...]
    created_at: datetime
    message_id: str
    state: NoticeState = NoticeState.WAITING
    attempts: int = 0
    next_try: datetime | None = None
