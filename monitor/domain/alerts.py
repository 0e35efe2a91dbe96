"""From a rule's finding to one message about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval, Rate, Series
from monitor.domain.readings import Span, Verdict
from monitor.domain.reviews import Review
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
    verdict: Verdict | None = None  # of the marked words; None: nothing was held against the sheet
    reviewed: tuple[Review, ...] = ()  # what persons said of these findings; filled in where the quote is shown


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
    noun: str = "answers"  # what the rate counts: "answers", or "extra samples" that were asked to confirm a finding


@dataclass(frozen=True, kw_only=True)
class CourseDay:
    """What a measure was on one day."""

    day: date  # the brand's
    rate: Rate
    interval: Interval | None = None


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
    test: str = ""  # of a change: by what test it was found, and how strong the evidence was
    voices: tuple[Voice, ...] = ()
    quotes: tuple[Quote, ...] = ()
    advice: tuple[str, ...] = ()  # what to do, one sentence each
    checked: str = ""  # who else looked at it: "second opinion by gpt-5-mini: agrees"; empty: nobody did
    values: tuple[str, ...] = ()  # what is said, normalised: several where assistants say different wrong things
    confirmed: str = ""  # one sentence on the extra samples: how many said it too; empty: none were asked
    sheet_first: str = ""  # one sentence on why the sheet itself may be wrong: a mail says it before all else
    series: Series | None = None  # of a finding about a measure: which one it is about
    changed_on: date | None = None  # the day from which on it differs
    course: tuple[CourseDay, ...] = ()  # its days with answers, the oldest first; filled in where a notice is written


class AlertState(StrEnum):
    OPEN = "open"  # it stands, acknowledged and silenced ones too
    RESOLVED = "resolved"


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """A person takes care of it: no reminders; what worsens is still told."""

    by: str
    note: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Silenced:
    """A person wants nothing sent about it before a time; then it is spoken of again if it still stands."""

    until: datetime
    by: str
    note: str = ""
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """The worst that recipients were told of an alert; what goes beyond it has worsened."""

    assistants: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    severity: Severity = Severity.MINOR
    intervals: Mapping[str, Interval] = field(default_factory=dict)  # by assistant, the highest


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """The evidence by which a finding is closed."""

    voices: tuple[Voice, ...] = ()  # per assistant 0 of how many answers since the last finding
    quotes: tuple[Quote, ...] = ()  # the right statement, newest first


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
    reopened_at: datetime | None = None  # the last time it came back; the thread stays the same
    acknowledged: Acknowledged | None = None
    silenced: Silenced | None = None
    told: Told = Told()
    cleared: Cleared | None = None  # resolved ones, where answers show it

    @property
    def since(self) -> datetime:
        """Since when it stands, without what was before it came back."""
        return self.reopened_at or self.opened_at

    def silent(self, now: datetime) -> bool:
        """Whether nothing is to be sent about it now."""
        return self.silenced is not None and now < self.silenced.until


class NoticeReason(StrEnum):
    OPENING_BALANCE = "opening_balance"
    OPENED = "opened"
    WORSENED = "worsened"
    REOPENED = "reopened"  # it was resolved within 30 days and is back
    REMINDER = "reminder"
    RESOLVED = "resolved"
    PASSED = "passed"  # it was resolved before anybody could be told that it was open


class NoticeState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    UNKNOWN = "unknown"  # the server's answer was lost; one more try with the same Message-ID
    BOUNCED = "bounced"
    GATHERED = "gathered"  # told by another message, together with others


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a round does to one alert."""

    reason: NoticeReason
    alert: Alert
    why: str = ""  # one sentence: why this is told now


class HeldReason(StrEnum):
    """Why something that a round found was not told."""

    SINGLE_SLIP = "single_slip"
    CONFIRMING = "confirming"  # more samples are being asked
    SILENCED = "silenced"
    ACKNOWLEDGED = "acknowledged"  # a reminder was due
    INHIBITED = "inhibited"  # it follows from a silent assistant or from many misses
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a round found and did not tell."""

    brand: str
    round_id: str
    key: str  # of the alert that it is, or would have been
    reason: HeldReason
    why: str  # one sentence
    headline: str = ""  # what was found, one sentence
    quotes: tuple[Quote, ...] = ()
    at: datetime

    @property
    def subject(self) -> str:
        """The fact, topic, entity or assistant that it is about."""
        return self.key.split(":")[1] if ":" in self.key else ""


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
    attempts: int = 0  # tries begun
    next_try: datetime | None = None
    why: str = ""  # sentences: by which line of the brand file it goes to whom, and why not earlier
    held_until: datetime | None = None  # quiet hours or a digest: nothing is tried before it
    may_have_arrived: bool = False  # a try ended without an answer: it is only ever sent again as it is
    since: datetime | None = None  # of one that tells several: when the oldest of them was due
    told_at: datetime | None = None  # the time as of which it speaks; the same in each try that may arrive twice
    thread: str = ""  # the Message-ID of the first message to the recipient about its alert; empty: it begins one
    detail: str = ""  # what became of the last try
