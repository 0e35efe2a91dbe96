"""Which words of an answer show that a measure fell."""

from collections.abc import Iterator

from monitor.domain.measures import Series
from monitor.domain.readings import Mention, Outcome, Reading, Span, StanceLabel, Verdict
from monitor.domain.views import RoundView


def others(view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show who is named where the brand is not."""
    if view.sheet.brand.name not in reading.entities:
        yield from _mentions(reading)


def others_first(view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show who is named before the brand."""
    if reading.entities[:1] != (view.sheet.brand.name,):
        yield from _mentions(reading)


def rival(view: RoundView, series: Series, reading: Reading) -> Iterator[Span]:
    """Show the competitor where the brand is not named."""
    if view.sheet.brand.name not in reading.entities:
        yield from (mention for mention in _mentions(reading) if mention.entity == series.subject)


def _mentions(reading: Reading) -> list[Mention]:
    return sorted(reading.mentions, key=lambda mention: mention.start)


def others_recommended(view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show whom the reader is told to choose instead."""
    if view.sheet.brand.name not in reading.recommended:
        spans = reading.evidence.recommended
        yield from (spans[name] for name in reading.recommended if name in spans)


def others_cited(view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show what is said with somebody else's page behind it."""
    if not any(citation.entity == view.sheet.brand.name for citation in reading.citations):
        yield from (citation.supports for citation in reading.citations if citation.supports)


def criticism(view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show what is said against the brand."""
    stance = reading.stance.get(view.sheet.brand.name)
    if stance is not None and stance.label is StanceLabel.NEGATIVE:
        yield from reading.evidence.stance.get(view.sheet.brand.name, ())


def wrong(_view: RoundView, series: Series, reading: Reading) -> Iterator[Span]:
    """Show what is said wrong: on one fact, or on any."""
    claims = (claim for claim in reading.claims if claim.verdict.wrong and series.subject in {"", claim.fact})
    yield from sorted(claims, key=lambda claim: (claim.verdict is not Verdict.CONTRADICTED, claim.start))


def refusal(_view: RoundView, _series: Series, reading: Reading) -> Iterator[Span]:
    """Show the words that refuse."""
    if reading.outcome is Outcome.REFUSAL:
        yield from reading.evidence.outcome
