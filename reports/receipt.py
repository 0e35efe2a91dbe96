"""What became of a message: the one answer that every way of delivering gives."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from monitor.domain.alerts import NoticeState


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """State, a sentence without secrets for the log and the page, and when to try again."""

    state: NoticeState
    detail: str = ""
    retry_after: float | None = None  # seconds; None: not to be tried again


class Courier(Protocol):
    def send(self, message: EmailMessage) -> Delivered: ...


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a webhook is told."""

    id: str  # the same in every try: by it a receiver knows a second one
    body: bytes


class Caller(Protocol):
    def send(self, call: Call) -> Delivered: ...
