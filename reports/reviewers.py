"""What persons said of findings that a machine read, in words."""

from collections.abc import Iterable, Sequence

from monitor.domain.alerts import Quote
from monitor.domain.documents import Exhibit
from monitor.domain.reviews import Decision, Review
from reports import words
from reports.plain import one_line

SOMEBODY = "a person"  # whom nobody noted
_DONE = {Decision.CONFIRMED: "Confirmed", Decision.DISMISSED: "Dismissed", Decision.WITHDRAWN: "Taken back"}


def said(review: Review) -> str:
    """Return 'Confirmed by Anna, 22 November 2026'."""
    return f"{_DONE[review.decision]} by {one_line(review.by, 60) or SOMEBODY}, {words.day(review.reviewed_at)}"


def of_quote(quote: Quote) -> str:
    """Return what persons said of the findings in a quote; empty where nobody looked."""
    return "; ".join(dict.fromkeys(said(review) for review in quote.reviewed))


def of_quotes(quotes: Sequence[Quote], judged: str = "") -> str:
    """Return who looked at what is quoted, in a sentence or two; `judged` is what a second opinion says."""
    found = {(review.wording, review.decision) for quote in quotes for review in quote.reviewed}
    if not found:
        return judged or words.MACHINE
    parts = [
        f"{name} {sum(decision is wanted for _, decision in found)}"
        for wanted, name in ((Decision.CONFIRMED, "confirmed"), (Decision.DISMISSED, "dismissed"))
        if any(decision is wanted for _, decision in found)
    ]
    of = len({wording for quote in quotes for wording in quote.wordings} | {wording for wording, _ in found})
    told = f"Persons {words.joined(parts)} of {words.count(of, 'statement')} quoted here"
    rest = "" if len(found) >= of else "; the rest was read by machine and not reviewed"
    return " ".join(filter(None, (f"{told}{rest}.", judged)))


def of_exhibits(exhibits: Iterable[Exhibit]) -> str:
    """Return who looked at the exhibits of an evidence report."""
    seen = [any(r.decision is Decision.CONFIRMED for r in each.quote.reviewed) for each in exhibits]
    if not any(seen):
        return words.MACHINE
    if all(seen):
        return "Read by machine; persons confirmed each of them."
    return f"Read by machine; persons confirmed {sum(seen)} of them, and nobody has reviewed the others."
