"""The mail of a watch: what an hour brought that was not said before."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from monitor.domain.alerts import Quote
from reports.addressed import addressed
from reports.plain import one_line
from reports.quotes import marked_text
from reports.words import capital


def compose(
    recipient: str, brand: str, *, hour: int, told: Sequence[tuple[str, Quote]], link: str, sender: str, at: datetime
) -> EmailMessage:
    """Return the message of a moment; `told` is what each quote is, in words, and the quote.

    Mistake for an address that no program accepts.
    """
    things = "one new thing" if len(told) == 1 else f"{len(told)} new things"
    message = addressed(recipient, sender=sender, subject=f"Watch over {brand}, hour {hour}: {things}")
    message["Date"] = format_datetime(at)
    where = (
        f"All of this hour: {link}" if link else "All of this hour stands on the pages of Likeness, in the room Watch."
    )
    message.set_content("\n\n".join([*(_said(what, quote) for what, quote in told), where, _FOOT]))
    return message


_ON_THE_PAGES = "All of this hour stands on the pages of Likeness, in the room Watch."
_FOOT = (
    "What was read in a sentence stands between [[ and ]]. "
    "You get this because you are a reader of a watch; it ends by itself. What it brings enters no series, "
    "and what is called prompted was put to provoke."
)


def _said(what: str, quote: Quote) -> str:
    asked = f"{quote.assistant_label}, {quote.asked_at:%Y-%m-%d %H:%M} UTC" if quote.asked_at else quote.assistant_label
    put = f"{one_line(asked)}, asked: {one_line(quote.question, 140)}"
    return f'{capital(one_line(what))}\n  "{marked_text(quote)}"\n  {put}'
