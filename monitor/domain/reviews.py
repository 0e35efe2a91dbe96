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
    WITHDRAWN = "withdrawn"  # taken back: the finding waits for a review again


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
    by: str = ""  # who said so; empty: nobody noted it


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
    dismissed: int = 0  # findings that a person said are none
    readers: tuple[SecondReader, ...] = ()
