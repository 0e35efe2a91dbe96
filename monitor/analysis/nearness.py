"""How strongly a value is tied to what a fact is about."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.domain.readings import Span

# Attributes that answers give figures for; one of them beside a figure, and not the fact's own, takes it away.
RIVALS = frozenset(
    ["founding", "revenue", "profit", "valuation", "funding", "employees", "stores", "restaurants", "countries", "cities", "users", "subscribers", "customers", "price", "fee", "deposit", "damage", "liability", "insurance", "donation", "acquisition", "debut", "launch", "opening", "returns", "cancellation", "warranty", "trial", "delivery", "rating", "aircraft", "destinations", "passengers", "market_share", "storage", "battery", "range", "weight", "languages", "courses", "songs", "listings", "factories", "patents", "discount", "interest", "catalogue", "royalty", "age", "films", "podcasts", "franchise", "merger"]
)
_BREAK = re.compile(r"[,;:()–—]| and | und | et | y ")
ENOUGH = 0.5


def tie(place: Place, asked: Asked, at: Span) -> float:
    """Return 0..1: coverage of the fact's words, less what a rival attribute nearer by takes away."""
    covered = place.coverage(asked, at.start)
    if covered <= 0:
        return 0.0
    own = _distance(place, at, [hit for hit in place.hits if hit.concept in asked.concepts or hit.concept == asked.cue])
    rival = _distance(place, at, _rivals(place, asked))
    if rival < own and own > 0:
        covered -= 0.25 if own < 60 and rival > 12 else 0.4  # noqa: PLR2004 -- characters
    second = sum(1 for hit in place.hits if hit.concept in asked.second)
    return max(0.0, min(1.0, covered + 0.05 * min(second, 2)) - 0.0008 * min(own, 150))


def _rivals(place: Place, asked: Asked) -> list[Hit]:
    mine = [(hit.start, hit.end) for hit in place.hits if hit.concept in asked.concepts]
    return [
        hit
        for hit in place.hits
        if hit.concept in RIVALS
        and hit.concept not in asked.concepts
        and not hit.weak
        and not any(start < hit.end and hit.start < end for start, end in mine)
    ]


def _distance(place: Place, at: Span, hits: list[Hit]) -> int:
    """Characters between the value and the nearest hit; each break between them counts as ten more."""
    best = 400
    for hit in hits:
        low, high = (hit.end, at.start) if hit.end <= at.start else (at.end, hit.start)
        if high < low:
            return 0
        gap = place.page.folded[low:high]
        best = min(best, len(gap) + 10 * len(_BREAK.findall(gap)))
    return best
