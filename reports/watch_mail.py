"""The mail of a watch: what an hour brought that was not said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from monitor.domain.alerts import Quote
from reports import twins, zoned
from reports.addressed import addressed
from reports.plain import one_line, web_address

MOST = 12  # things told in one mail; the rest are counted


@dataclass(frozen=True, kw_only=True)
class Told:
    what: str  # in words: "wrong: founding year (prompted)"
    quote: Quote
    truth: str = ""  # what the fact sheet says on it


def compose(
    recipient: str,
    brand: str,
    *,
    hour: int,
    told: Sequence[Told],
    link: str,
    sender: str,
    at: datetime,
    zone: str = "UTC",
) -> EmailMessage:
    """Return the message of a moment, with times as they are in `zone`; Mistake for an address no program accepts."""
    things = "one new thing" if len(told) == 1 else f"{len(told)} new things"
    message = addressed(recipient, sender=sender, subject=f"Watch over {brand}, hour {hour}: {things}")
    message["Date"] = format_datetime(at)
    twins.fill(
        message,
        "watch",
        brand=one_line(brand),
        hour=hour,
        things=things,
        told=zoned.told(tuple(told[:MOST]), zone),
        more=max(0, len(told) - MOST),
        link=web_address(link),
        at=zoned.at(at, zone),
    )
    return message
