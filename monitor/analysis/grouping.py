"""What stands where: namings in their sentences, without looking at every naming for every place."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TypeVar

from monitor.analysis.spans import Span
from monitor.analysis.text import Document
from monitor.domain.readings import Mention

S = TypeVar("S", bound=Span)
_start = attrgetter("start")


def by_sentence(document: Document, spans: Iterable[S]) -> list[tuple[Span, list[S]]]:
    """Return the sentences in which a span begins, in order, each with those that do; the spans are in order."""
    found: list[tuple[Span, list[S]]] = []
    for span in spans:
        sentence = document.sentence_of(span.start)
        if sentence and found and found[-1][0] is sentence:
            found[-1][1].append(span)
        elif sentence:
            found.append((sentence, [span]))
    return found


def within(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """Return the namings that begin in the span; `mentions` are in order."""
    first = bisect_left(mentions, span.start, key=_start)
    if first == len(mentions) or mentions[first].start >= span.end:
        return ()
    return mentions[first : bisect_left(mentions, span.end, first, key=_start)]


def along(inner: Sequence[S], spans: Iterable[Span]) -> Iterator[Sequence[S]]:
    """Yield for each span what begins in it; both are in order, and no span overlaps another."""
    at, count = 0, len(inner)
    for span in spans:
        while at < count and inner[at].start < span.start:
            at += 1
        first = at
        while at < count and inner[at].start < span.end:
            at += 1
        yield inner[first:at]


def without_names(folded: str, mentions: Sequence[Mention]) -> str:
    """Return the text with all namings blanked: "Best" in a shop's name is no praise."""
    pieces, at = [], 0
    for mention in mentions:
        pieces += [folded[at : mention.start], " " * (mention.end - max(at, mention.start))]
        at = mention.end
    return "".join([*pieces, folded[at:]])
