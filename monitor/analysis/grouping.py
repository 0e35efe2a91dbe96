"""Namings by where they stand, without looking at every naming for every place."""

from bisect import bisect_left
from collections.abc import Sequence

from monitor.analysis.text import Document
from monitor.domain.readings import Mention, Span


def by_sentence(document: Document, mentions: Sequence[Mention]) -> dict[Span, list[Mention]]:
    """Return the sentences that name somebody, in order, each with its namings."""
    found: dict[Span, list[Mention]] = {}
    for mention in mentions:
        sentence = document.sentence_of(mention.start)
        if sentence:
            found.setdefault(sentence, []).append(mention)
    return found


def within(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """Return the namings that begin in the span; `mentions` are in order."""
    first = bisect_left(mentions, span.start, key=_start)
    return mentions[first : bisect_left(mentions, span.end, key=_start)]


def without_names(document: Document, mentions: Sequence[Mention]) -> str:
    """Return the plain text with all namings blanked: "Best" in a shop's name is no praise."""
    pieces, at = [], 0
    for mention in mentions:
        pieces += [document.plain[at : mention.start], " " * (mention.end - max(at, mention.start))]
        at = mention.end
    return "".join([*pieces, document.plain[at:]])


def _start(mention: Mention) -> int:
    return mention.start
