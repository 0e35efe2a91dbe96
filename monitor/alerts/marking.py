"""Quotes with what persons said of the findings in them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from monitor.domain.alerts import Alert, Quote
from monitor.domain.portrait import FactPortrait, Portrait
from monitor.domain.reviews import Review
from monitor.domain.wording import Wording

Words = Mapping[Wording, Review]  # the reviews that stand


def quote(seen: Quote, said: Words) -> Quote:
    """Return the quote with the reviews of its findings."""
    found = tuple(said[one] for one in seen.wordings if one in said)
    return replace(seen, reviewed=found) if found else seen


def alert(seen: Alert, said: Words) -> Alert:
    """Return the alert with the reviews of all that it quotes."""
    return replace(seen, signal=replace(seen.signal, quotes=tuple(quote(each, said) for each in seen.signal.quotes)))


def portrait(seen: Portrait, said: Words) -> Portrait:
    """Return the portrait with the reviews of all that it quotes."""
    if not said:
        return seen
    return replace(
        seen,
        facts=tuple(_fact(each, said) for each in seen.facts),
        statements=tuple(
            replace(each, quotes=tuple(quote(one, said) for one in each.quotes)) for each in seen.statements
        ),
        alerts=tuple(alert(each, said) for each in seen.alerts),
    )


def _fact(seen: FactPortrait, said: Words) -> FactPortrait:
    return replace(seen, quotes=tuple(quote(each, said) for each in seen.quotes))


def reviews(seen: Portrait) -> Iterator[Review]:
    """Yield the reviews of what a portrait quotes."""
    quotes = [
        *(one for fact in seen.facts for one in fact.quotes),
        *(one for statement in seen.statements for one in statement.quotes),
        *(one for each in seen.alerts for one in each.signal.quotes),
    ]
    yield from (review for one in quotes for review in one.reviewed)
