"""What is quoted: a name or slogan as it is, or somebody else's sentence."""

import re

from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_QUOTES = re.compile(r"[\"“„«「『]([^\"“”„«»「」『』]{3,200})[\"”“»」』]")
_OPENS_QUOTE = re.compile(r"[\"“„«「『'‘‹]\s?$")
_CLOSES_QUOTE = re.compile(r"[.,!?。]?\s?[\"”“»」』'’›]")
_OTHERS = 4  # words beside the value in one quotation: somebody's sentence
_ALL_BUT = 0.8  # of a place, from which on it is a quotation as a whole


def whole(place: Place, at: Span) -> bool:
    """Whether the words at `at` are all that is quoted: a name or slogan, not somebody's sentence around it."""
    plain = place.page.document.plain
    before, behind = plain[max(0, at.start - 2) : at.start], plain[at.end : at.end + 3]
    return bool(_OPENS_QUOTE.search(before) and _CLOSES_QUOTE.match(behind))


def within(place: Place, at: Span) -> bool:
    """Whether a value stands in somebody else's words: in a quotation of several words."""
    plain = place.page.document.plain
    low, high = max(place.block.start, place.start - 2), min(place.block.end, place.end + 2)
    for found in _QUOTES.finditer(plain, low, high):
        inside = found.start() <= at.start and at.end <= found.end()
        beside = plain[found.start() : at.start].split() + plain[at.end : found.end()].split()
        if inside and len(beside) >= _OTHERS:
            return True
        if inside and len(found[0]) >= _ALL_BUT * (place.end - place.start):
            return len(found[1].split()) > 1
    return False
