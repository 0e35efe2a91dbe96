"""What persons say about findings, and how right the findings were by their measure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from monitor.domain.measures import Interval, Rate
from monitor.domain.wording import Wording


class Decision(StrEnum):
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True)
class Review:
    """A person's word on a finding; the same words count as reviewed wherever they stand."""

    id: str  # of the wording
    brand: str
    wording: Wording
    decision: Decision
    quote: str = ""  # the sentence that the person saw
    answer_id: str = ""
    alert_id: str = ""
    reviewed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SecondReader:
    """One judge over a period."""

    model: str
    asked: int  # findings
    agrees: int
    disagrees: int
    undecided: int  # it or the analyzer abstained, or its reply could not be used
    cost: Decimal | None  # US dollars; None: not known


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """How the findings of a period fared under other eyes."""

    right: Rate  # findings that a person confirmed, of those reviewed
    interval: Interval | None
    readers: tuple[SecondReader, ...] = ()
